import { describe, expect, test } from "vitest";
import { cleanText } from "../../../src/routes/read/clean-text.ts";
import { bestForm, FIT, type Fit, type Form } from "../../../src/routes/read/form.ts";
import { TEXT_FORMS } from "../../../src/routes/read/forms.ts";
import { parseJsonDocument } from "../../../src/routes/read/json/document.ts";
import { JSON_FORMS } from "../../../src/routes/read/json/forms.ts";
import { HOW_TO_EXPORT } from "../../../src/routes/read/route-file-error.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { hasSharedData, listShared, readShared } from "../../shared-data.ts";
import { armRow } from "../arm-json.ts";

/** The forms that fit a text best; one, unless the registry is ambiguous. */
function bestNames(raw: string): readonly string[] {
  const text = cleanText(raw);
  const document = parseJsonDocument(text);
  const fits =
    document === null
      ? TEXT_FORMS.map(({ name, recognises }) => ({ name, fit: recognises(text) }))
      : JSON_FORMS.map(({ name, recognises }) => ({ name, fit: recognises(document) }));
  const best = Math.max(...fits.map(({ fit }) => fit));
  return fits.filter(({ fit }) => fit === best && fit > FIT.none).map(({ name }) => name);
}

const json = JSON.stringify;
const pascal = { Source: "User", State: "Active", AddressPrefix: ["10.0.0.0/8"], NextHopType: "None" };
const { state: _, source: __, ...prefixAndHop } = armRow();

/** At least one sample of each form, so that a new form is compared with all the others. */
const SAMPLES: readonly (readonly [form: string, what: string, text: string])[] = [
  ["arm", "{value}", json({ value: [armRow()] })],
  ["arm", "a bare list", json([armRow()])],
  ["arm", "no rows", json({ value: [] })],
  ["arm", "one row alone", json(armRow())],
  ["arm", "a row without a prefix, which reading reports", json([armRow({ addressPrefix: undefined })])],
  ["arm", "a row that is no object, which reading reports", "[[]]"],
  ["arm", "a row with Azure's error fields beside all others", json([armRow({ code: "a", message: "b" })])],
  ["powershell", "a list", json([pascal])],
  ["powershell", "one object", json(pascal)],
  ["powershell", "the {value, Count} of Windows PowerShell 5", json({ value: [pascal], Count: 1 })],
  ["portal-csv", "the portal's columns", "Source,State,Address Prefixes,Next Hop Type\n"],
  ["portal-csv", "a column missing, which reading reports", "Source;Address prefixes\n"],
  ["portal-csv", "Export-Csv", '#TYPE Selected\n"Source","State","AddressPrefix","NextHopType"\n'],
  ["other-json", "an error", json({ error: { code: "a", message: "b" } })],
  ["other-json", "a service tag file", json({ values: [], cloud: "Public" })],
  ["other-json", "a route list", json([prefixAndHop])],
  ["other-json", "routes -o json", json({ schemaVersion: "1.0", routes: [armRow()] })],
  ["unknown-json", "null", "null"],
  ["unknown-json", "a list of other objects", json([{ request: {} }])],
  [
    "python-sdk",
    "as_dict",
    json([{ address_prefix: ["10.0.0.0/8"], next_hop_type: "None", source: "User", state: "Active" }]),
  ],
  ["nested-json", "a list of network interfaces", json([{ name: "nic1", routes: { value: [armRow()] } }])],
  ["nested-json", "an answer as text", json({ StatusCode: 200, Content: json({ value: [armRow()] }) })],
  [
    "az-table",
    "the headings",
    "Source    State    Address Prefix    Next Hop Type\n--------  -------  ----------------  ---------------\n",
  ],
  ["az-table", "a column missing, which reading reports", "Source    Address Prefix\n--------  ----------------\n"],
  [
    "powershell-table",
    "the headings",
    "Name State Source AddressPrefix NextHopType\n---- ----- ------ ------------- -----------\n",
  ],
  [
    "powershell-list",
    "a route",
    "Source        : User\nState         : Active\nAddressPrefix : {10.0.0.0/8}\nNextHopType   : None\n",
  ],
  ["pipe-table", "Markdown", "| Source | State | Prefix | Next Hop Type |\n|---|---|---|---|\n"],
  ["pipe-table", "Jira", "||Source||State||Prefix||Next Hop Type||\n"],
  ["portal-csv", "tabs", "Source\tState\tAddress Prefixes\tNext Hop Type\n"],
  [
    "portal-csv",
    "below a title and Excel's separator",
    "sep=,\nRoutes of nic1\nSource,State,Address Prefixes,Next Hop Type\n",
  ],
  ["json-in-text", "below a prompt", `$ az network\n${json({ value: [armRow()] })}\n$`],
  ["json-in-text", "lines", `${json(armRow())}\n${json(armRow())}\n`],
  ["yaml", "az's document", "value:\n- addressPrefix:\n  - 10.0.0.0/8\n  nextHopType: None\n"],
  ["other-text", "counts", "1\tFalse\tNone\t0\tVnetLocal\tDefault\tActive\n"],
  ["other-text", "prefixes", "10.0.0.0/8\n10.1.0.0/16\n"],
  ["unknown-text", "words", "Usage: az network [-h]"],
  ["unknown-text", "broken JSON", '[{"source":'],
];

test.each(SAMPLES)("%s: %s", (form, _, text) => {
  expect(bestNames(text)).toEqual([form]);
});

test("every form has a sample", () => {
  const names = [...JSON_FORMS, ...TEXT_FORMS].map(({ name }) => name);
  expect(new Set(SAMPLES.map(([form]) => form))).toEqual(new Set(names));
  expect(new Set(names).size).toBe(names.length);
});

describe("of several forms", () => {
  const form = (name: string, fit: Fit): Form<string> => ({ name, recognises: () => fit, tables: () => [] });
  test.each<[what: string, forms: readonly Form<string>[], best: string]>([
    ["the only one", [form("one", FIT.none)], "one"],
    ["the first", [form("one", FIT.full), form("two", FIT.typical)], "one"],
    ["the last", [form("one", FIT.partial), form("two", FIT.partial), form("three", FIT.full)], "three"],
  ])("%s is the best", (_, forms, best) => {
    expect(bestForm(forms, "text").name).toBe(best);
  });

  test("two that fit equally well are refused, not guessed", () => {
    const forms = [form("none", FIT.none), form("one", FIT.full), form("two", FIT.full), form("also", FIT.none)];
    expect(() => bestForm(forms, "text")).toThrow(
      new UserError("text-ambiguous", "it can be read as one and as two", HOW_TO_EXPORT),
    );
  });
});

describe.skipIf(!hasSharedData)("no two forms fit the same real text equally well", () => {
  const FOLDERS = ["data/captures", "data/pasted", "data/recordings", "data/service-tags", "oracle"];
  const files = FOLDERS.flatMap((folder) => listShared(folder).map((file) => `${folder}/${file}`));
  test.each(files.filter((file) => /\.(json|txt|md|csv|tsv|yaml|html)$/.test(file)))("%s", (file) => {
    expect(bestNames(readShared(file))).toHaveLength(1);
  });
});
