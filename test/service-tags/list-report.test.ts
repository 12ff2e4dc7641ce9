import { expect, it } from "vitest";
import { regionsOf, servicesOf, tagListReport, tagReport } from "../../src/service-tags/list-report.ts";
import type { TagFilter } from "../../src/service-tags/tag-filter.ts";
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
  ["none", { service: "Stor" }, []],
] satisfies readonly (readonly [string, TagFilter, readonly string[]])[])("tags that fit: %s", (_, filter, names) => {
  expect(tagListReport(tags, filter).tags.map(({ name }) => name)).toEqual(names);
});

it("a tag's prefixes are counted by family, and shown in the file's order", () => {
  const tag = tags.tag("Storage");
  if (tag === null) throw new Error("the catalogue has the tag");
  expect(tagReport(tag, tags.file).tag).toMatchObject({
    name: "Storage",
    prefixes: { v4: 2, v6: 1 },
    addressPrefixes: ["20.0.0.0/24", "20.0.1.0/24", "2603::/32"],
  });
});

it("services and regions stand once each", () => {
  expect(servicesOf(tags)).toEqual(["Storage", "Sql"]);
  expect(regionsOf(tags)).toEqual(["westeurope", "northeurope"]);
});
