import { describe, expect, it } from "vitest";
import { compileTags } from "../../src/service-tags/index/compile-tags.ts";
import { parseTagFile, type TagFileErrorCode } from "../../src/service-tags/tag-file.ts";
import { hasSharedData, listShared, readShared } from "../shared-data.ts";

const file = (values: unknown, rest: object = {}) =>
  JSON.stringify({ changeNumber: 1, cloud: "Public", values, ...rest });
const tag = (properties: object) => ({ name: "Storage", id: "Storage", properties });

describe("a tag file is read", () => {
  it.each([
    ["an old file without regionId and networkFeatures", file([tag({ region: "", addressPrefixes: ["10.0.0.0/8"] })])],
    ["null networkFeatures", file([tag({ region: null, networkFeatures: null, addressPrefixes: ["10.0.0.0/8"] })])],
    ["a byte order mark", `\uFEFF${file([tag({ addressPrefixes: ["10.0.0.0/8"] })])}`],
    ["CRLF", file([tag({ addressPrefixes: ["10.0.0.0/8"] })]).replaceAll(",", ",\r\n")],
  ])("with %s", (_, text) => {
    const parsed = parseTagFile(text, "tags.json");
    expect(parsed.file).toEqual({
      cloud: "Public",
      changeNumber: "1",
      numbering: "weekly-file",
      file: "tags.json",
      date: null,
      note: null,
    });
    expect(parsed.tags[0]).toMatchObject({
      name: "Storage",
      region: null,
      networkFeatures: [],
      prefixes: ["10.0.0.0/8"],
    });
  });

  const pascal = [{ Name: "Storage", Properties: { ChangeNumber: "7", AddressPrefixes: ["10.0.0.0/8"] } }];
  it.each([
    ["with change numbers as text", file([tag({ addressPrefixes: ["10.0.0.0/8"] })], { changeNumber: "1" }), "1"],
    ["of PowerShell", JSON.stringify({ ChangeNumber: "1", Cloud: "Public", Values: pascal }), "1"],
    ["of PowerShell, only its values", JSON.stringify(pascal), null],
    ["of Windows PowerShell, only its values", JSON.stringify({ value: pascal, Count: 1 }), null],
    ["of az, only its values", JSON.stringify([tag({ changeNumber: "7", addressPrefixes: ["10.0.0.0/8"] })]), null],
  ])("as an answer of the Discovery API, with a note: %s", (_, text, changeNumber) => {
    const parsed = parseTagFile(text, "tags.json");
    expect(parsed.file).toMatchObject({ changeNumber, numbering: "discovery-api" });
    expect(parsed.file.note).toMatch(/lacks many regional tags/);
    expect(parsed.tags).toMatchObject([{ name: "Storage", prefixes: ["10.0.0.0/8"] }]);
  });

  it.each([
    ["/data/ServiceTags_Public_20231106.json", "2023-11-06"],
    ["C:\\data\\ServiceTags_AzureGovernment_20231106.json", "2023-11-06"],
    ["tags.json", null],
  ])("%s is of %s", (name, date) => {
    expect(parseTagFile(file([]), name).file.date).toBe(date);
  });

  it("as a part of the tags, with a note, where the Discovery API has more pages", () => {
    expect(parseTagFile(file([], { nextLink: "https://management.azure.com/next" }), "tags.json").file.note).toMatch(
      /Only some/,
    );
  });

  it("with no tags, and with a tag of no prefixes", () => {
    expect(parseTagFile(file([]), "tags.json").tags).toEqual([]);
    expect(compileTags(parseTagFile(file([tag({ addressPrefixes: [] })]), "tags.json")).columns.count).toBe(0);
  });
});

const REFUSED: readonly (readonly [string, string, TagFileErrorCode, RegExp])[] = [
  ["nothing", "", "tag-file-empty", /empty/],
  ["white space", " \r\n", "tag-file-empty", /empty/],
  ["a file that is cut off", file([]).slice(0, -3), "tag-file-syntax", /cut off/],
  ["a web page", "<!DOCTYPE html><html>", "tag-file-syntax", /web page/],
  ["a number", "7", "tag-file-kind", /not a service tag file/],
  ["an error that Azure answered", '{"error":{"code":"AuthorizationFailed"}}', "tag-file-kind", /error from Azure/],
  ["effective routes", '{"value":[{"nextHopType":"Internet"}]}', "tag-file-kind", /effective routes/],
  ["effective routes of PowerShell", '[{"NextHopType":"Internet"}]', "tag-file-kind", /effective routes/],
  ["an array", "[]", "tag-file-kind", /no list of tags/],
  ["a tag without a name", file([{ properties: { addressPrefixes: [] } }]), "tag-file-shape", /tag 1 has no name/],
  [
    "tags of PowerShell that lack depth",
    JSON.stringify({
      Values: [{ Name: "Storage", Properties: "Microsoft.Azure...PSServiceTagInformationProperties" }],
    }),
    "tag-file-shape",
    /tag 1 was cut off by ConvertTo-Json/,
  ],
  ["a list of names", '[{"name":"Storage"}]', "tag-file-kind", /no list of tags/],
  ["a tag without prefixes", file([tag({})]), "tag-file-shape", /addressPrefixes/],
  ["a prefix that is a number", file([tag({ addressPrefixes: [7] })]), "tag-file-shape", /not text/],
  [
    "a prefix with host bits",
    file([tag({ addressPrefixes: ["10.0.0.1/8"] })]),
    "tag-file-prefix",
    /tag Storage: '10\.0\.0\.1\/8' has host bits/,
  ],
  ["a prefix that is none", file([tag({ addressPrefixes: ["10.0.0.0/99"] })]), "tag-file-prefix", /tag Storage/],
  [
    "an address instead of a prefix",
    file([tag({ addressPrefixes: ["10.0.0.0"] })]),
    "tag-file-prefix",
    /no prefix length/,
  ],
];

describe("a file that is not a tag file is refused with the reason", () => {
  it.each(REFUSED)("%s", (_, text, code, message) => {
    const read = () => compileTags(parseTagFile(text, "some/folder/tags.json"));
    expect(read).toThrow(expect.objectContaining({ name: "UserError", code, message: expect.stringMatching(message) }));
    expect(read).toThrow(/^.{1,99}$/);
  });
});

describe.skipIf(!hasSharedData)("real files", () => {
  it.each(listShared("data/service-tags"))("%s", (name) => {
    const parsed = parseTagFile(readShared(`data/service-tags/${name}`), name);
    expect(parsed.file.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(parsed.file.cloud).toBe(/ServiceTags_([A-Za-z]+)_/.exec(name)?.[1]);
    expect(compileTags(parsed).tags.length).toBe(parsed.tags.length);
  });

  it.each([
    [
      "Microsoft's example of the Discovery API",
      "ServiceTagsList.json",
      (json: unknown) => at(json, "responses", "200", "body"),
    ],
    [
      "a recorded answer of the Discovery API",
      "custodian.serviceTags.cassette.json",
      (json: unknown) => at(json, "interactions", "0", "response", "body", "data"),
    ],
  ])("%s", (_, name, body) => {
    const parsed = parseTagFile(JSON.stringify(body(JSON.parse(readShared(`data/recordings/${name}`)))), name);
    expect(compileTags(parsed).columns.count).toBeGreaterThan(0);
  });
});

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
}
