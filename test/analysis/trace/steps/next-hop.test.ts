import { describe, expect, test } from "vitest";
import { ambiguous } from "../../../../src/analysis/trace/steps/next-hop.ts";
import { trace } from "../../../../src/analysis/trace/walk.ts";
import { parseAddress } from "../../../../src/net/address.ts";
import { change, type Draft, dataOf, hubAndSpokes, nic, question } from "../lab.ts";

test.each([
  [2, "a and b"],
  [3, "a and b and c"],
  [4, "a and b and c and 1 more"],
  [9, "a and b and c and 6 more"],
])("of %i resources with one address the first three are named", (count, named) => {
  const text = `10.0.0.4 is ambiguous: ${named} have it`;
  const { rules, end, places } = ambiguous("10.0.0.4", [..."abcdefghi"].slice(0, count));
  expect([places, end]).toEqual([[], { disposition: "unknown", text }]);
  expect(rules.map(({ id, status, text: own }) => `${id} ${status} ${own}`)).toEqual([
    `next-hop-owner unknown ${text}`,
  ]);
});

function hopsOf(lab: (draft: Draft) => void) {
  const draft = hubAndSpokes();
  lab(draft);
  const data = dataOf(draft);
  return trace(data, question(data, "nic:web", "10.2.0.4")).trace.hops;
}

test("an appliance is shown with the address of its that is the next hop", () => {
  const hops = hopsOf((draft) => {
    change(draft.nics, "nva", (each) => ({
      ...each,
      ipConfigurations: each.ipConfigurations.flatMap((own) => [
        own,
        { ...own, primary: false, address: parseAddress("10.0.1.40") },
      ]),
    }));
    draft.tables.web = [...(draft.tables.web ?? []), "10.2.0.0/16 User VirtualAppliance 10.0.1.40"];
  });
  expect(hops.map(({ name, address }) => `${name} ${address}`)).toEqual([
    "web 10.1.0.4",
    "nva 10.0.1.40",
    "db 10.2.0.4",
  ]);
});

describe("the NIC by which a packet leaves an appliance", () => {
  const address = (more: Parameters<typeof nic>[3]) =>
    hopsOf((draft) => {
      draft.nics.push({ ...nic("out", "hub", null), virtualMachineId: "vm-nva", ...more });
    }).find(({ name }) => name === "out")?.address;
  const [one] = nic("out", "hub", "10.0.1.8").ipConfigurations;
  if (one === undefined) throw new RangeError("no configuration");
  const other = { ...one, address: parseAddress("10.0.1.9") };

  test.each<[string, Parameters<typeof nic>[3], string | null]>([
    ["its only address", { ipConfigurations: [one] }, "10.0.1.8"],
    ["its primary one", { ipConfigurations: [{ ...other, primary: false }, one] }, "10.0.1.8"],
    [
      "its first one, if none is primary",
      { ipConfigurations: [other, one].map((each) => ({ ...each, primary: false })) },
      "10.0.1.9",
    ],
    [
      "none, if that of the primary one is not known",
      {
        ipConfigurations: [
          { ...one, address: null },
          { ...other, primary: false },
        ],
      },
      null,
    ],
    ["none, if it has no configuration", { ipConfigurations: [] }, null],
  ])("is shown with %s", (_, more, expected) => {
    expect(address(more)).toBe(expected);
  });
});
