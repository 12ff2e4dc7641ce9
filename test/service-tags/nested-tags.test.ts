import { expect, test } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import { readRouteTable } from "../../src/routes/read/read-route-table.ts";
import { tagsOf } from "./tags-for-tests.ts";

const namesAt = (tags: ReturnType<typeof tagsOf>, address: string) =>
  tags.lookup(parseAddress(address)).map(({ name, addressPrefix }) => `${name} ${addressPrefix}`);

const annotated = async (tags: ReturnType<typeof tagsOf>, ...addressPrefix: string[]) => {
  const row = { source: "Default", state: "Active", addressPrefix, nextHopType: "VirtualNetworkServiceEndpoint" };
  const [route] = annotateTable(await readRouteTable(JSON.stringify([row]), { kind: "stdin", name: "-" }), tags).routes;
  return { tag: route?.serviceTag, prefixes: route?.prefixes.map(({ serviceTag }) => serviceTag) };
};

const NESTED = { Storage: ["10.0.0.0/8"], Sql: ["10.1.0.0/16"], "Sql.WestEurope": ["10.1.2.0/24"] };

test("an address has the tags of every prefix around it, the longest first", () => {
  const tags = tagsOf(NESTED);
  expect(namesAt(tags, "10.1.2.3")).toEqual(["Sql.WestEurope 10.1.2.0/24", "Sql 10.1.0.0/16", "Storage 10.0.0.0/8"]);
  expect(namesAt(tags, "10.1.3.3")).toEqual(["Sql 10.1.0.0/16", "Storage 10.0.0.0/8"]);
  expect(namesAt(tags, "10.2.0.0")).toEqual(["Storage 10.0.0.0/8"]);
  expect(namesAt(tags, "11.0.0.0")).toEqual([]);
});

test("a row's prefix within another tag's prefix is still named by the row's tag around both", async () => {
  const tags = tagsOf({ Storage: ["10.0.0.0/8", "20.0.0.0/8", "30.0.0.0/8"], Sql: ["10.1.0.0/16"] });
  expect(await annotated(tags, "10.1.2.0/24", "20.0.0.0/8", "30.0.0.0/8")).toEqual({
    tag: { name: "Storage", matched: 3, total: 3 },
    prefixes: ["Storage", "Storage", "Storage"],
  });
});

test("a file with only the global tag names a regional row by it", async () => {
  const tags = tagsOf({ Storage: ["10.0.0.0/8"] });
  expect(tags.names()).toEqual(["Storage"]);
  expect(tags.knows("storage")).toBe(true);
  expect(tags.knows("Storage.WestEurope")).toBe(false);
  expect(await annotated(tags, "10.1.0.0/16", "10.2.0.0/16")).toEqual({
    tag: { name: "Storage", matched: 2, total: 2 },
    prefixes: ["Storage", "Storage"],
  });
});

test("a prefix that the row has twice counts twice", async () => {
  const tags = tagsOf({ Storage: ["10.0.0.0/8"] });
  expect((await annotated(tags, "10.0.0.0/8", "10.0.0.0/8")).tag).toEqual({ name: "Storage", matched: 2, total: 2 });
});
