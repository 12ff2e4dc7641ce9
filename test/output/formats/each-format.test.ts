import { expect, test } from "vitest";
import { type Arrangement, UNARRANGED } from "../../../src/output/arrange/arrangement.ts";
import { type FormatName, formatEntry } from "../../../src/output/formats/formats.ts";
import { printRecords } from "../../../src/output/formats/record-stream.ts";
import type { Result } from "../../../src/output/results/kinds.ts";
import type { RecordKind } from "../../../src/output/results/record-kind.ts";
import type { OutputStream } from "../../../src/terminal/streams.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

async function captured(print: (stdout: OutputStream) => Promise<void> | undefined): Promise<string> {
  const capture = new Capture();
  await print((await openTerminal(capture)).stdout);
  return capture.out;
}

const tag = (name: string, region: string | null, v4: number) => ({
  ...{ name, region, systemService: null, prefixes: { v4, v6: 0 }, changeNumber: 1 },
});
const TAGS = [tag("Storage", null, 2), tag("Sql.West|Europe", "westeurope", 10)];
const RESULT = { kind: "tags-list", report: { schemaVersion: "1.0", tags: TAGS } } as unknown as Result;
const NO_HEADINGS = { ...UNARRANGED, headings: false };
const CHOSEN: Arrangement = {
  columns: ["ipv4Prefixes", "serviceTag"],
  sort: [{ name: "serviceTag", descending: false }],
  headings: true,
};

test.each<[format: FormatName, arrangement: Arrangement, text: string]>([
  ["none", UNARRANGED, ""],
  [
    ...(["csv", UNARRANGED] as const),
    "serviceTag,region,systemService,ipv4Prefixes,ipv6Prefixes,changeNumber\r\nStorage,,,2,0,1\r\nSql.West|Europe,westeurope,,10,0,1\r\n",
  ],
  ["csv", NO_HEADINGS, "Storage,,,2,0,1\r\nSql.West|Europe,westeurope,,10,0,1\r\n"],
  ["csv", CHOSEN, "ipv4Prefixes,serviceTag\r\n10,Sql.West|Europe\r\n2,Storage\r\n"],
  ["tsv", UNARRANGED, "Storage\t-\t-\t2\t0\t1\nSql.West|Europe\twesteurope\t-\t10\t0\t1\n"],
  ["tsv", CHOSEN, "10\tSql.West|Europe\n2\tStorage\n"],
  [
    ...(["markdown", CHOSEN] as const),
    "| ipv4Prefixes | serviceTag |\n| --- | --- |\n| 10 | Sql.West\\|Europe |\n| 2 | Storage |\n",
  ],
  ["markdown", { ...CHOSEN, headings: false }, "| 10 | Sql.West\\|Europe |\n| 2 | Storage |\n"],
  ["short", UNARRANGED, "Storage  -  -  2  0  1\nSql.West|Europe  westeurope  -  10  0  1\n"],
  ["wide", CHOSEN, "IPV4 PREFIXES  SERVICE TAG\n10             Sql.West|Europe\n2              Storage\n"],
  ["wide", { ...CHOSEN, headings: false }, "10  Sql.West|Europe\n2   Storage\n"],
  ["table", CHOSEN, "IPV4 PREFIXES  SERVICE TAG\n10             Sql.West|Europe\n2              Storage\n"],
  [...(["ndjson", UNARRANGED] as const), `${JSON.stringify(TAGS[0])}\n${JSON.stringify(TAGS[1])}\n`],
  ["json", UNARRANGED, `${JSON.stringify(RESULT.report, null, 2)}\n`],
  [
    ...(["yaml", UNARRANGED] as const),
    `schemaVersion: "1.0"
tags:
  - name: Storage
    region: null
    systemService: null
    prefixes:
      v4: 2
      v6: 0
    changeNumber: 1
  - name: Sql.West|Europe
    region: westeurope
    systemService: null
    prefixes:
      v4: 10
      v6: 0
    changeNumber: 1
`,
  ],
])("a result as %s, arranged by %j", async (format, arrangement, text) => {
  const { print } = await formatEntry(format).load();
  expect(await captured((stdout) => print(RESULT, stdout, arrangement))).toBe(text);
});

const OBJECTS = [{ name: "b", size: 2 }, { name: "a|b" }];
const SORTED: Arrangement = { columns: ["size", "name"], sort: [{ name: "name", descending: false }], headings: true };

test.each<[format: FormatName, found: unknown, arrangement: Arrangement, text: string]>([
  ["none", OBJECTS, UNARRANGED, ""],
  ["csv", OBJECTS, UNARRANGED, "name,size\r\nb,2\r\na|b,\r\n"],
  ["csv", OBJECTS, NO_HEADINGS, "b,2\r\na|b,\r\n"],
  ["csv", OBJECTS, SORTED, "size,name\r\n,a|b\r\n2,b\r\n"],
  ["csv", [["a", 1], ["b"]], UNARRANGED, "column1,column2\r\na,1\r\nb,\r\n"],
  ["csv", "a", UNARRANGED, "column1\r\na\r\n"],
  ["csv", [[]], UNARRANGED, 'column1\r\n""\r\n'],
  ["csv", [], UNARRANGED, ""],
  ["csv", null, UNARRANGED, ""],
  ["tsv", OBJECTS, UNARRANGED, "b\t2\na|b\t-\n"],
  ["tsv", [["a", 1], ["b"]], { ...UNARRANGED, columns: ["column2"] }, "1\n-\n"],
  ["markdown", OBJECTS, UNARRANGED, "| name | size |\n| --- | --- |\n| b | 2 |\n| a\\|b |  |\n"],
  ["table", OBJECTS, UNARRANGED, "NAME  SIZE\nb     2\na|b   -\n"],
  ["table", OBJECTS, SORTED, "SIZE  NAME\n-     a|b\n2     b\n"],
  ["table", OBJECTS, NO_HEADINGS, "b    2\na|b  -\n"],
  ["table", ["a", null, ["x"], 1], UNARRANGED, "a\n\nx\n1\n"],
  ["table", ["a", ["x", "y"]], UNARRANGED, "COLUMN1  COLUMN2\na        -\nx        y\n"],
  ["table", [{ name: "a" }, { name: "b" }], UNARRANGED, "NAME\na\nb\n"],
  ["table", [["a"], []], UNARRANGED, "a\n\n"],
  ["table", null, UNARRANGED, ""],
  ["wide", OBJECTS, UNARRANGED, "NAME  SIZE\nb     2\na|b   -\n"],
  ["short", OBJECTS, UNARRANGED, "NAME  SIZE\nb     2\na|b   -\n"],
  ["short", "a", UNARRANGED, "a\n"],
  ["ndjson", OBJECTS, UNARRANGED, '{"name":"b","size":2}\n{"name":"a|b"}\n'],
  ["ndjson", { a: [1] }, UNARRANGED, '{"a":[1]}\n'],
  ["ndjson", null, UNARRANGED, "null\n"],
  ["ndjson", undefined, UNARRANGED, "null\n"],
  ["ndjson", [], UNARRANGED, ""],
  ["json", OBJECTS, UNARRANGED, `${JSON.stringify(OBJECTS, null, 2)}\n`],
  ["json", undefined, UNARRANGED, "null\n"],
  ["yaml", OBJECTS, UNARRANGED, "- name: b\n  size: 2\n- name: a|b\n"],
  ["yaml", undefined, UNARRANGED, "null\n"],
  ["yaml", [], UNARRANGED, "[]\n"],
  ["yaml", {}, UNARRANGED, "{}\n"],
  ["yaml", "no", UNARRANGED, '"no"\n'],
  ["yaml", "a\u0000\u001b\u0085b/é", UNARRANGED, '"a\\u0000\\u001b\\u0085b/é"\n'],
])("in the format %s, the answer %j to a query, arranged by %j", async (format, found, arrangement, text) => {
  const { printFound } = await formatEntry(format).load();
  expect(await captured((stdout) => printFound?.(found, stdout, arrangement))).toBe(text);
});

interface Item {
  readonly name: string;
  readonly hops: readonly string[] | null;
}
const ITEMS: readonly Item[] = [
  { name: "10.0.0.4", hops: ["a", "b"] },
  { name: "8.8.8.8", hops: null },
];
const KIND: RecordKind<Item> = {
  ...{ list: "items", columns: ["name", "nextHops"], rows: ({ name, hops }) => [[name, hops]] },
  ...{ rest: { origin: { file: "a.json" }, tags: null } },
};
const LINES: RecordKind<Item> = { ...KIND, line: ({ name }) => `${name} ->\n` };
const BARE: RecordKind<Item> = { ...KIND, headings: false };

test.each<[format: FormatName, count: number, kind: RecordKind<Item>, text: string]>([
  ["none", 2, KIND, ""],
  ["csv", 0, KIND, "name,nextHops\r\n"],
  ["csv", 2, KIND, 'name,nextHops\r\n10.0.0.4,"a,b"\r\n8.8.8.8,\r\n'],
  ["csv", 2, BARE, '10.0.0.4,"a,b"\r\n8.8.8.8,\r\n'],
  ["csv", 1, { ...KIND, rows: () => [["x"], ["y"]] }, "name,nextHops\r\nx\r\ny\r\n"],
  ["tsv", 2, KIND, "10.0.0.4\ta,b\n8.8.8.8\t-\n"],
  ["markdown", 0, KIND, "| name | nextHops |\n| --- | --- |\n"],
  ["markdown", 1, BARE, "| 10.0.0.4 | a,b |\n"],
  ["wide", 0, KIND, "NAME  NEXT HOPS\n"],
  ["wide", 2, KIND, "NAME      NEXT HOPS\n10.0.0.4  a,b\n8.8.8.8   -\n"],
  ["wide", 2, BARE, "10.0.0.4  a,b\n8.8.8.8   -\n"],
  ["table", 2, KIND, "NAME      NEXT HOPS\n10.0.0.4  a,b\n8.8.8.8   -\n"],
  ["table", 2, BARE, "10.0.0.4  a,b\n8.8.8.8   -\n"],
  ["short", 0, KIND, ""],
  ["short", 2, KIND, "10.0.0.4  a,b\n8.8.8.8  -\n"],
  ["short", 2, LINES, "10.0.0.4 ->\n8.8.8.8 ->\n"],
  ["ndjson", 0, KIND, ""],
  ["ndjson", 2, KIND, '{"name":"10.0.0.4","hops":["a","b"]}\n{"name":"8.8.8.8","hops":null}\n'],
  ["yaml", 0, KIND, 'schemaVersion: "1.0"\nitems: []\norigin:\n  file: a.json\ntags: null\n'],
  [
    ...(["yaml", 2, KIND] as const),
    `schemaVersion: "1.0"
items:
  - name: 10.0.0.4
    hops:
      - a
      - b
  - name: 8.8.8.8
    hops: null
origin:
  file: a.json
tags: null
`,
  ],
  [
    ...(["json", 0, KIND] as const),
    `{
  "schemaVersion": "1.0",
  "items": [
  ],
  "origin": {
    "file": "a.json"
  },
  "tags": null
}
`,
  ],
  ["json", 1, KIND, `${JSON.stringify({ schemaVersion: "1.0", items: ITEMS.slice(0, 1), ...KIND.rest }, null, 2)}\n`],
  ["json", 2, KIND, `${JSON.stringify({ schemaVersion: "1.0", items: ITEMS, ...KIND.rest }, null, 2)}\n`],
])("in the format %s, a stream of %i records", async (format, count, kind, text) => {
  const { stream } = await formatEntry(format).load();
  if (stream === undefined) throw new Error(`${format} has no stream`);
  async function* pieces() {
    for (const item of ITEMS.slice(0, count)) yield [item];
  }
  expect(await captured((stdout) => printRecords(pieces(), kind, stream, stdout))).toBe(text);
});

const ROW_FIRST = { detail: "row", inRuns: true };
const ROW_LATER = { detail: "row", inRuns: false };
const RECORD_FIRST = { detail: "record", inRuns: true };
const RECORD_LATER = { detail: "record", inRuns: false };

test.each<[format: FormatName, kind: RecordKind<Item>, expected: object]>([
  ["csv", KIND, ROW_FIRST],
  ["csv", { ...KIND, startsWithAddress: false }, ROW_LATER],
  ["tsv", KIND, ROW_FIRST],
  ["markdown", { ...KIND, startsWithAddress: true }, ROW_FIRST],
  ["short", KIND, ROW_FIRST],
  ["short", LINES, RECORD_FIRST],
  ["short", { ...KIND, startsWithAddress: false }, ROW_LATER],
  ["short", { ...LINES, startsWithAddress: false }, RECORD_LATER],
  ["ndjson", KIND, RECORD_FIRST],
  ["none", KIND, ROW_FIRST],
  ["wide", KIND, ROW_LATER],
  ["table", KIND, ROW_LATER],
  ["json", KIND, RECORD_LATER],
  ["yaml", KIND, RECORD_LATER],
])("%s prints runs of addresses at once only where the address comes first: %j", async (format, kind, expected) => {
  const { stream } = await formatEntry(format).load();
  const { stdout } = await openTerminal(new Capture());
  const text = await stream?.(kind, stdout);
  expect({ detail: text?.detail, inRuns: text?.printRun !== undefined }).toEqual(expected);
});
