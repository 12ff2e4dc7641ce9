import { expect, it } from "vitest";
import { regionsOf, servicesOf, tagListReport, tagReport } from "../../src/service-tags/list-report.ts";
import { type TagFilter, tagTest } from "../../src/service-tags/tag-filter.ts";
import { tagsOf } from "./tags-for-tests.ts";

const tags = tagsOf({
  Storage: ["20.0.0.0/24", "20.0.1.0/24", "2603::/32"],
  "Storage.WestEurope": ["20.0.0.0/24"],
  "Sql.WestEurope": ["30.0.0.0/24"],
  "Sql.NorthEurope": [],
});

it.each([
  ["all, in the file's order", {}, ["Storage", "Storage.WestEurope", "Sql.WestEurope", "Sql.NorthEurope"]],
  ["of a service, without case", { service: "storage" }, ["Storage", "Storage.WestEurope"]],
  ["of a system service", { service: "Service of Storage" }, ["Storage"]],
  ["of a region", { region: "westeurope" }, ["Storage.WestEurope", "Sql.WestEurope"]],
  ["of both", { service: "Sql", region: "WestEurope" }, ["Sql.WestEurope"]],
  ["of a tag and those below it, without case", { tag: "storage" }, ["Storage", "Storage.WestEurope"]],
  ["of a regional tag alone", { tag: "SQL.westeurope" }, ["Sql.WestEurope"]],
  ["of a tag and a region", { tag: "Storage", region: "West Europe" }, ["Storage.WestEurope"]],
  ["of no region", { region: "" }, []],
  ["of a tag's part", { tag: "Stor" }, []],
  ["none", { service: "Stor" }, []],
] satisfies readonly (readonly [string, TagFilter, readonly string[]])[])("tags that fit: %s", (_, filter, names) => {
  expect(tagListReport(tags, filter).tags.map(({ name }) => name)).toEqual(names);
});

it("a tag's prefixes are counted by family, and shown in the file's order", () => {
  const tag = tags.tag("Storage");
  if (tag === null) throw new Error("the catalogue has the tag");
  expect(tagReport(tag, tags.file)).toEqual({
    schemaVersion: "1.0",
    serviceTagFile: tags.file,
    tag: {
      name: "Storage",
      region: null,
      systemService: "Service of Storage",
      changeNumber: "1",
      networkFeatures: ["API", "NSG"],
      prefixes: { v4: 2, v6: 1 },
      addressPrefixes: ["20.0.0.0/24", "20.0.1.0/24", "2603::/32"],
    },
  });
});

it("a list has each tag with the number of its prefixes, and says of which file", () => {
  expect(tagListReport(tags, { tag: "sql.northeurope" })).toEqual({
    schemaVersion: "1.0",
    serviceTagFile: tags.file,
    tags: [
      {
        name: "Sql.NorthEurope",
        region: "northeurope",
        systemService: "Service of Sql.NorthEurope",
        changeNumber: "1",
        networkFeatures: ["API", "NSG"],
        prefixes: { v4: 0, v6: 0 },
      },
    ],
  });
});

it("a tag without a system service passes the filter by its name alone", () => {
  const [plain, named] = [null, "AzureStorage"].map((systemService) => ({ name: "A.b", region: null, systemService }));
  const passes = (service: string) => [plain, named].map((tag) => tag && tagTest({ service }, () => [])(tag));
  expect([passes("a"), passes("azurestorage"), passes("")]).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
});

it("the regions are learned only for a filter that has one", () => {
  const known = () => {
    throw new Error("not needed");
  };
  expect(tagTest({ tag: "A" }, known)({ name: "A", region: null, systemService: null })).toBe(true);
  expect(() => tagTest({ region: "b" }, known)).toThrow("not needed");
});

it("services and regions stand once each", () => {
  expect(servicesOf(tags)).toEqual(["Storage", "Sql"]);
  expect(regionsOf(tags)).toEqual(["westeurope", "northeurope"]);
});
