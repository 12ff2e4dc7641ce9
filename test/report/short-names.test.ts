import { describe, expect, it } from "vitest";
import { shortNames } from "../../src/report/short-names.ts";

const ID = "nic:/subscriptions/s1/resourceGroups";
const NIC = "providers/Microsoft.Network/networkInterfaces/web01";

describe("short names of tables", () => {
  it.each([
    ["paths", ["/home/me/a.json", "C:\\x\\b.json"], ["a.json", "b.json"]],
    ["paths with one file name", ["/home/me/old/a.json", "/home/me/new/a.json"], ["old/a.json", "new/a.json"]],
    ["a path that is the end of another", ["a.json", "x/a.json"], ["a.json", "x/a.json"]],
    [
      "samples, NICs and the table fetched last",
      ["sample:udr", "nic:web01", "last"],
      ["sample:udr", "nic:web01", "last"],
    ],
    ["before and after", ["before", "after"], ["before", "after"]],
    ["no label", [""], [""]],
    [
      "resource ids of two NICs with one name",
      [`${ID}/rg1/${NIC}`, `${ID}/rg2/${NIC}`],
      [`nic:rg1/${NIC}`, `nic:rg2/${NIC}`],
    ],
  ])("of %s", (_, names, expected) => {
    expect([...shortNames(names).values()]).toEqual(expected);
  });
});
