import { describe, expect, it } from "vitest";
import { compileTags } from "../../src/service-tags/index/compile-tags.ts";
import { isTagFileError, parseTagFile, type TagFileErrorCode } from "../../src/service-tags/tag-file.ts";
import { UserError } from "../../src/text/user-error.ts";
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

  it("with every field of a tag, in JSON's and in PowerShell's spelling", () => {
    const properties = {
      changeNumber: 7,
      region: "westeurope",
      systemService: "AzureStorage",
      networkFeatures: ["API", 7, "VSE"],
      addressPrefixes: ["10.0.0.0/8"],
    };
    const upper = Object.entries(properties).map(([name, value]) => [
      `${name[0]?.toUpperCase()}${name.slice(1)}`,
      value,
    ]);
    for (const own of [properties, Object.fromEntries(upper)]) {
      expect(parseTagFile(file([{ name: "Storage", properties: own }]), "tags.json").tags).toEqual([
        {
          ...{ name: "Storage", region: "westeurope", systemService: "AzureStorage", changeNumber: "7" },
          ...{ networkFeatures: ["API", "VSE"], prefixes: ["10.0.0.0/8"] },
        },
      ]);
    }
  });

  const OF_API = "From the Discovery API, which lacks many regional tags and can be four weeks behind the weekly file.";
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
    expect(parsed.file.note).toBe(OF_API);
    expect(parsed.tags).toMatchObject([{ name: "Storage", prefixes: ["10.0.0.0/8"] }]);
  });

  it.each([
    ["/data/ServiceTags_Public_20231106.json", "2023-11-06"],
    ["C:\\data\\ServiceTags_AzureGovernment_20231106.json", "2023-11-06"],
    ["ServiceTags_Public_20231106 (1).json", "2023-11-06"],
    ["ServiceTags_Public_2023110.json", null],
    ["ServiceTags__20231106.json", null],
    ["tags.json", null],
  ])("%s is of %s", (name, date) => {
    expect(parseTagFile(file([]), name).file.date).toBe(date);
  });

  it("as a part of the tags, with a note, where the Discovery API has more pages", () => {
    const noteOf = (rest: object) => parseTagFile(file([], rest), "tags.json").file.note;
    const nextLink = "https://management.azure.com/next";
    const pages = "Only some of the tags: the answer has a nextLink, and the pages after it were not saved.";
    expect([noteOf({ nextLink }), noteOf({ nextLink: "" })]).toEqual([pages, null]);
    expect(noteOf({ nextLink, type: "Microsoft.Network/serviceTags" })).toBe(`${OF_API} ${pages}`);
  });

  it("with no tags, and with a tag of no prefixes", () => {
    expect(parseTagFile(file([]), "tags.json").tags).toEqual([]);
    expect(compileTags(parseTagFile(file([tag({ addressPrefixes: [] })]), "tags.json")).columns.count).toBe(0);
  });
});

const WHERE = "give a ServiceTags_Public_<date>.json from https://www.microsoft.com/download/details.aspx?id=56519";
const AGAIN = `download it again; ${WHERE}`;
const CHECK = `check the download; ${WHERE}`;

type Refusal = readonly [name: string, text: string, code: TagFileErrorCode, message: string, hint: string];

const NO_LIST = "tags.json is not a service tag file: it has no list of tags ('values')";
const ROUTES = "tags.json is not a service tag file: it looks like effective routes; give those as --file";
const SECURITY = "tags.json is not a service tag file: it looks like security rules";
const NO_PREFIXES = "tags.json: tag 1 has no addressPrefixes";

const REFUSED: readonly Refusal[] = [
  [
    "a web page behind blank lines",
    "\r\n <html>",
    "tag-file-syntax",
    "tags.json is a web page, not JSON",
    "download the file that the page links to",
  ],
  ["a text with a tag in it", "x <html>", "tag-file-syntax", "tags.json is not valid JSON, or is cut off", AGAIN],
  ["a byte order mark alone", "\uFEFF \n", "tag-file-empty", "tags.json is empty", CHECK],
  ["a text", '"values"', "tag-file-kind", NO_LIST, WHERE],
  ["null", "null", "tag-file-kind", NO_LIST, WHERE],
  ["an error that is a text", '{"error":"no"}', "tag-file-kind", NO_LIST, WHERE],
  ["security rules of a group", '{"securityRules":[]}', "tag-file-kind", SECURITY, WHERE],
  ["security rules", '{"value":[{"Priority":100}]}', "tag-file-kind", SECURITY, WHERE],
  ["a list of texts", '["Storage"]', "tag-file-kind", NO_LIST, WHERE],
  ["a list without names", '[{"properties":{"addressPrefixes":[]}}]', "tag-file-kind", NO_LIST, WHERE],
  ["a list of other resources", '[{"name":"x","properties":{"a":1}}]', "tag-file-kind", NO_LIST, WHERE],
  [
    "a list of resources that were cut off",
    '[{"name":"x","properties":"Microsoft.X"}]',
    "tag-file-kind",
    NO_LIST,
    WHERE,
  ],
  [
    "a list of tags of PowerShell that lack depth",
    '[{"Name":"x","Properties":"PSServiceTagInformationProperties"}]',
    "tag-file-shape",
    "tags.json: tag 1 was cut off by ConvertTo-Json",
    "save it again with more depth: Get-AzNetworkServiceTag -Location westeurope | ConvertTo-Json -Depth 5",
  ],
  [
    "a second tag that is a text",
    file([tag({ addressPrefixes: [] }), "x"]),
    "tag-file-shape",
    "tags.json: tag 2 has no name",
    AGAIN,
  ],
  ["a tag that is null", file([null]), "tag-file-shape", "tags.json: tag 1 has no name", AGAIN],
  [
    "a tag whose name is a number",
    file([{ name: 7, properties: { addressPrefixes: [] } }]),
    "tag-file-shape",
    "tags.json: tag 1 has no name",
    AGAIN,
  ],
  ["a tag without properties", file([{ name: "x" }]), "tag-file-shape", NO_PREFIXES, AGAIN],
  [
    "a tag whose properties are a text",
    file([{ name: "x", properties: "other" }]),
    "tag-file-shape",
    NO_PREFIXES,
    AGAIN,
  ],
  ["prefixes that are a text", file([tag({ addressPrefixes: "10.0.0.0/8" })]), "tag-file-shape", NO_PREFIXES, AGAIN],
  [
    "one prefix that is a number",
    file([tag({ addressPrefixes: ["10.0.0.0/8", 7] })]),
    "tag-file-shape",
    "tags.json: tag 1 has a prefix that is not text",
    AGAIN,
  ],
  ["nothing", "", "tag-file-empty", "tags.json is empty", CHECK],
  ["white space", " \r\n", "tag-file-empty", "tags.json is empty", CHECK],
  [
    "a file that is cut off",
    file([]).slice(0, -3),
    "tag-file-syntax",
    "tags.json is not valid JSON, or is cut off",
    AGAIN,
  ],
  [
    "a web page",
    "<!DOCTYPE html><html>",
    "tag-file-syntax",
    "tags.json is a web page, not JSON",
    "download the file that the page links to",
  ],
  ["a number", "7", "tag-file-kind", NO_LIST, WHERE],
  [
    "an error that Azure answered",
    '{"error":{"code":"AuthorizationFailed"}}',
    "tag-file-kind",
    "tags.json is not a service tag file: it looks like an error from Azure",
    WHERE,
  ],
  ["effective routes", '{"value":[{"nextHopType":"Internet"}]}', "tag-file-kind", ROUTES, WHERE],
  ["effective routes of PowerShell", '[{"NextHopType":"Internet"}]', "tag-file-kind", ROUTES, WHERE],
  ["an array", "[]", "tag-file-kind", NO_LIST, WHERE],
  [
    "a tag without a name",
    file([{ properties: { addressPrefixes: [] } }]),
    "tag-file-shape",
    "tags.json: tag 1 has no name",
    AGAIN,
  ],
  [
    "tags of PowerShell that lack depth",
    JSON.stringify({
      Values: [{ Name: "Storage", Properties: "Microsoft.Azure...PSServiceTagInformationProperties" }],
    }),
    "tag-file-shape",
    "tags.json: tag 1 was cut off by ConvertTo-Json",
    "save it again with more depth: Get-AzNetworkServiceTag -Location westeurope | ConvertTo-Json -Depth 5",
  ],
  ["a list of names", '[{"name":"Storage"}]', "tag-file-kind", NO_LIST, WHERE],
  ["a tag without prefixes", file([tag({})]), "tag-file-shape", NO_PREFIXES, AGAIN],
  [
    "a prefix that is a number",
    file([tag({ addressPrefixes: [7] })]),
    "tag-file-shape",
    "tags.json: tag 1 has a prefix that is not text",
    AGAIN,
  ],
  [
    "a prefix with host bits",
    file([tag({ addressPrefixes: ["10.0.0.1/8"] })]),
    "tag-file-prefix",
    "tag Storage: '10.0.0.1/8' has host bits set after /8",
    AGAIN,
  ],
  [
    "a prefix that is none",
    file([tag({ addressPrefixes: ["10.0.0.0/99"] })]),
    "tag-file-prefix",
    "tag Storage: '10.0.0.0/99' has no valid prefix length",
    AGAIN,
  ],
  [
    "an address instead of a prefix",
    file([tag({ addressPrefixes: ["10.0.0.0"] })]),
    "tag-file-prefix",
    "tag Storage: '10.0.0.0' has no prefix length",
    AGAIN,
  ],
];

describe("a file that is not a tag file is refused with the reason", () => {
  it.each(REFUSED)("%s", (_, text, code, message, hint) => {
    const read = () => compileTags(parseTagFile(text, "some/folder/tags.json"));
    expect(read).toThrow(expect.objectContaining({ name: "UserError", code, message, hint }));
    expect(read).toThrow(/^.{1,99}$/);
  });

  it("in a message of 99 characters at most, whatever the tag is called", () => {
    const long = { name: "x".repeat(200), properties: { addressPrefixes: ["7"] } };
    expect(() => compileTags(parseTagFile(file([long]), "tags.json"))).toThrow(/^tag x{95}$/);
  });

  it("which callers can tell from other errors", () => {
    const refusal = (read: () => unknown) => {
      try {
        return read();
      } catch (error) {
        return error;
      }
    };
    expect(isTagFileError(refusal(() => parseTagFile("", "tags.json")))).toBe(true);
    expect(isTagFileError(new UserError("address-empty", "the address is empty", ""))).toBe(false);
    expect(isTagFileError(new Error("x"))).toBe(false);
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
