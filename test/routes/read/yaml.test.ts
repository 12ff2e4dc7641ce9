import { expect, test } from "vitest";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { FIT } from "../../../src/routes/read/form.ts";
import { readRouteTable, tableNames } from "../../../src/routes/read/read-route-table.ts";
import { yaml } from "../../../src/routes/read/yaml.ts";
import { EXPORT, expectRefusal } from "./refusals.ts";

const ORIGIN = { kind: "stdin", name: "-" } as const;
const ROW = "- addressPrefix:\n  - 10.0.0.0/8\n  nextHopType: None\n  source: User\n  state: Active\n";

test.each<[what: string, text: string]>([
  ["az's document", `value:\n${ROW}`],
  ["a list", ROW],
  ["a nextLink first", `nextLink: null\nvalue:\n${ROW}`],
  ["a prompt above and below", `$ az network nic\nvalue:\n${ROW}$ \n`],
  ["an indented fence", `  value:\n${ROW.replace(/^/gm, "  ").trimEnd()}\n  done\n`],
  ["a list whose rows begin a line below their dash", `value:\n-\n  ${ROW.slice(2)}`],
  [
    "Python's names",
    `value:\n${ROW.replace("addressPrefix", "address_prefix").replace("nextHopType", "next_hop_type")}`,
  ],
  ["PowerShell's names", "- AddressPrefix:\n  - 10.0.0.0/8\n  NextHopType: None\n  Source: User\n  State: Active\n"],
])("%s is read", async (_, text) => {
  const { routes } = await readRouteTable(text, ORIGIN);
  expect(routes.map(({ addressPrefix, source }) => [addressPrefix.map(formatPrefix), source])).toEqual([
    [["10.0.0.0/8"], "User"],
  ]);
});

test.each<[text: string, fit: number]>([
  ["addressPrefix: x\nnextHopType: y", FIT.full],
  ["- address_prefix: x\n  next_hop_type: y", FIT.full],
  ["addressPrefix: x", FIT.partial],
  ["sourcePeer: x", FIT.partial],
  ["peeringState: x", FIT.partial],
  [`${" ".repeat(20)}nextHopType: x`, FIT.partial],
  [`${" ".repeat(21)}nextHopType: x`, FIT.none],
  ["the addressPrefix: x", FIT.none],
  ["addressPrefix = x", FIT.none],
  ["hello", FIT.none],
])("%j fits YAML with the score %i", (text, fit) => {
  expect(yaml.recognises(text)).toBe(fit);
});

const BROKEN = [
  "text-unrecognised",
  "it is not one valid YAML document of routes",
  `remove the text before and after it; ${EXPORT}`,
];
const keys = (count: number) =>
  Array.from({ length: count }, (_, k) => `  key${"abcdefghij"[k % 10]}${"klmnopqrst"[Math.floor(k / 10)]}: 1\n`).join(
    "",
  );

/** YAML with so many characters. */
const longYaml = (length: number) => `value:\n${ROW}  name: `.padEnd(length, "x");

test.each<[what: string, text: string, refusal: readonly string[]]>([
  ["a key twice", `value:\n${ROW}  source: User\n`, BROKEN],
  ["an alias", `value:\n${ROW.replace("source: User", "source: &a User")}  name: *a\n`, BROKEN],
  ["a map for a key", `value:\n${ROW.replace("  source", "  {a: b}: c\n  source")}`, BROKEN],
  ["a list for a key", `value:\n${ROW.replace("  source", "  ? - a\n  : b\n  source")}`, BROKEN],
  ["an object for a key", `value:\n${ROW.replace("  source", "  ? {a: b}\n  : c\n  source")}`, BROKEN],
  ["a bad indent", `value:\n${ROW}   name: x\n`, BROKEN],
  ["a text that does not close", `value:\n${ROW}  name: "x\n`, BROKEN],
  ["more levels than any table has", `value:\n${ROW}  deep:\n  ${"- ".repeat(36)}x\n`, BROKEN],
  [
    "as many levels as a table may have, but more than a row",
    `value:\n${ROW}  deep:\n  ${"- ".repeat(35)}x\n`,
    ["route-shape", "row 1 is nested too deeply", "Azure sends flat rows; export it again"],
  ],
  ["more fields than any row has", `value:\n${ROW}${keys(97)}`, BROKEN],
  [
    "more text than any table has",
    longYaml(2_000_001),
    ["table-too-large", "the YAML is larger than 2 million characters", `JSON may be larger; ${EXPORT}`],
  ],
])("refused: %s", async (_, text, [code = "", message = "", hint = ""]) => {
  await expectRefusal(readRouteTable(text, ORIGIN), "stdin", { code, message, hint });
});

test.each<[what: string, text: string, fields: readonly string[]]>([
  ["last", `value:\n${ROW}  note1: x\n  note2:\n  - y\n$ \n`, ["note1", "note2"]],
  ["last, after an underscore", `${ROW}  _1: x\n`, ["_1"]],
  ["first", `$ az\n- note1: x\n  ${ROW.slice(2)}`, ["note1"]],
])("fields whose names end in a digit are kept where they are %s", async (_, text, fields) => {
  const { routes } = await readRouteTable(text, ORIGIN);
  const known = ["addressPrefix", "nextHopType", "source", "state"];
  expect(Object.keys(routes[0]?.fields ?? {}).filter((field) => !known.includes(field))).toEqual(fields);
});

test("two million characters are read", async () => {
  const { routes } = await readRouteTable(longYaml(2_000_000), ORIGIN);
  expect(routes.map(({ name }) => name?.slice(0, 3))).toEqual(["xxx"]);
});

test("several documents in an indented fence are tables of their own", async () => {
  const document = `value:\n${ROW}`.replace(/^(?=.)/gm, "  ");
  const text = `Here:\n  \`\`\`yaml\n${document}  ---\n${document}  \`\`\`\n`;
  expect(await tableNames(text, ORIGIN)).toEqual(["table 1", "table 2"]);
});

test("a hundred fields are read", async () => {
  const { routes } = await readRouteTable(`value:\n${ROW}${keys(96)}`, ORIGIN);
  expect(Object.keys(routes[0]?.fields ?? {})).toHaveLength(100);
});
