import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../../../src/net/prefix.ts";
import { effectiveRouteFromArm } from "../../../../src/routes/read/arm-row.ts";
import { decodeText } from "../../../../src/routes/read/decode-text.ts";
import { FIT } from "../../../../src/routes/read/form.ts";
import { jsonInText } from "../../../../src/routes/read/json/in-text.ts";
import { readRouteTable, readRouteTables, tableNames } from "../../../../src/routes/read/read-route-table.ts";
import { isRouteFileError } from "../../../../src/routes/read/route-file-error.ts";
import { RowPool } from "../../../../src/routes/read/row-pool.ts";
import { namesOf } from "../../../../src/routes/read/table-choice.ts";
import { EXPORT, expectRefusal } from "../refusals.ts";

const ORIGIN = { kind: "stdin", name: "-" } as const;
const ROW = { source: "Default", state: "Active", addressPrefix: ["10.0.0.0/8"], nextHopType: "None" };
const TABLE = { value: [ROW] };
const PASCAL = { Source: "Default", State: "Active", AddressPrefix: ["10.0.0.0/8"], NextHopType: "None" };
const SNAKE = {
  source: "Default",
  state: "Active",
  address_prefix: ["10.0.0.0/8"],
  next_hop_type: "None",
  next_hop_ip_address: ["10.0.0.4"],
};
const json = (value: unknown) => JSON.stringify(value);
const LOST = "its table is empty, or lacks fields that the others have";

/** Ten lists with so many texts together. */
const texts = (count: number) => Array.from({ length: 10 }, (_, k) => Array(Math.floor((count + k) / 10)).fill("x"));

/** The name of each table, or the message why it cannot be read. */
const tablesOf = async (text: string) =>
  (await readRouteTables(text, ORIGIN)).map((each) => [
    each.name,
    "table" in each ? each.table.origin.format : each.error.message,
  ]);

describe("tables inside other JSON", () => {
  test.each<[what: string, value: unknown, tables: readonly (readonly [string | null, string])[]]>([
    ["of one interface", { name: "nic1", routes: TABLE }, [["nic1", "nested-json"]]],
    ["of an interface by its id", { id: "/x/nic1", routes: [ROW] }, [["nic1", "nested-json"]]],
    ["of the first name field", { name: "x", Nic: "a", routes: TABLE }, [["a", "nested-json"]]],
    ["of a name that is blank", { Nic: "", nicName: "b", routes: TABLE }, [["b", "nested-json"]]],
    [
      "by the keys that hold them",
      { a: TABLE, b: [ROW] },
      [
        ["a", "nested-json"],
        ["b", "nested-json"],
      ],
    ],
    ["in a text", { StatusCode: 200, Content: json(TABLE) }, [[null, "nested-json"]]],
    ["in a text of something else", { name: "x", Content: "[oops", routes: TABLE }, [["x", "nested-json"]]],
    ["of PowerShell", { name: "x", routes: [PASCAL] }, [["x", "nested-json"]]],
    ["of Python", { name: "x", routes: [SNAKE] }, [["x", "nested-json"]]],
    ["five levels down", { a: { b: { c: { d: TABLE } } } }, [["d", "nested-json"]]],
    ["the outer name counts where the inner has none", { name: "x", a: { b: TABLE } }, [["x", "nested-json"]]],
    ["the inner name counts before the outer", { name: "x", a: { name: "y", b: TABLE } }, [["y", "nested-json"]]],
    [
      "of a list, one of them lost",
      [
        { name: "a", routes: TABLE },
        { name: "b", routes: { value: [] } },
        { name: "c", other: 1 },
      ],
      [
        ["a", "nested-json"],
        ["b", LOST],
      ],
    ],
    [
      "of a list, the first one lost",
      [
        { name: "a", routes: null },
        { name: "b", routes: TABLE },
      ],
      [
        ["a", LOST],
        ["b", "nested-json"],
      ],
    ],
    [
      "of a list, all but the third lost",
      [
        { name: "a", routes: [] },
        { name: "b", routes: 7 },
        { name: "c", routes: [ROW] },
        { name: "d", routes: {} },
      ],
      [
        ["a", LOST],
        ["b", LOST],
        ["c", "nested-json"],
        ["d", LOST],
      ],
    ],
    [
      "of a list, one lost inside a field whose twin holds a table",
      [
        { name: "a", answer: { time: 1, routes: [ROW] } },
        { name: "b", answer: { time: 2 } },
      ],
      [
        ["a", "nested-json"],
        ["b", LOST],
      ],
    ],
    [
      "of a list, beside one that has only other fields of its kind",
      [
        { name: "a", routes: [ROW], tags: { x: 1 }, more: null },
        { name: "b", tags: { x: 1 }, more: null },
      ],
      [["a", "nested-json"]],
    ],
    [
      "of a list with the outer name, one of them lost",
      { hub: { name: "x", list: [{ routes: TABLE }, { routes: null }] } },
      [
        ["x", "nested-json"],
        ["x (2)", LOST],
      ],
    ],
    [
      "of a list in a list, beside an object that has a number for a name",
      [[TABLE], { 0: 1 }],
      [[null, "nested-json"]],
    ],
    ["of a list, beside what is no object", [{ routes: TABLE }, "routes", null, 7], [["routes", "nested-json"]]],
    ["in a list of 10,000", [...Array(9_999).fill({}), { name: "x", routes: TABLE }], [["x", "nested-json"]]],
    ["as the last of 100,000 values", { a: texts(99_987), b: [ROW] }, [["b", "nested-json"]]],
    ["in a text behind blanks", { name: "x", Content: `\n ${json(TABLE)}` }, [["x", "nested-json"]]],
  ])("%s", async (_, value, tables) => {
    expect(await tablesOf(json(value))).toEqual(tables);
  });

  test.each<[what: string, value: unknown]>([
    ["six levels down", { a: { b: { c: { d: { e: { f: TABLE } } } } } }],
    ["six levels down, in a list", { a: { b: { c: { d: [{ routes: TABLE }] } } } }],
    ["in a report of this program", { schemaVersion: "1.0", x: TABLE }],
    ["without rows", { name: "x", routes: { value: [] } }],
    ["in a list of 10,001", [...Array(10_000).fill({}), { name: "x", routes: TABLE }]],
    ["behind 100,000 values", { a: texts(99_988), b: [ROW] }],
    ["in a text within a text", { name: "x", Content: json(json(TABLE)) }],
  ])("are none %s", async (_, value) => {
    await expect(readRouteTable(json(value), ORIGIN)).rejects.toThrow(
      /^stdin: it (holds an? .*, not routes|looks like .*)$/,
    );
  });
});

describe("a field of a row", () => {
  const read = (more: object) => effectiveRouteFromArm({ ...ROW, ...more }, "row 7");
  const refusal = (more: object) => {
    try {
      return read(more);
    } catch (error) {
      if (!isRouteFileError(error)) throw error;
      return [error.code, error.message, error.hint];
    }
  };
  const AGAIN = "export the table again";
  test.each<[what: string, more: object, refused: readonly string[]]>([
    [
      "prefixes as an object",
      { addressPrefix: { a: 1 } },
      ["route-field", "the 'addressPrefix' of row 7 is not a list of address prefixes", AGAIN],
    ],
    ["a name as a number", { name: 7 }, ["route-field", "the 'name' of row 7 is not text", AGAIN]],
    [
      "hops as numbers",
      { nextHopIpAddress: [7] },
      ["route-field", "the 'nextHopIpAddress' of row 7 is not a list of texts", AGAIN],
    ],
    [
      "tags as a number",
      { destinationServiceTags: 7 },
      ["route-field", "the 'destinationServiceTags' of row 7 is not a list of texts", AGAIN],
    ],
    [
      "a flag in words",
      { disableBgpRoutePropagation: "yes" },
      ["route-field", "the 'disableBgpRoutePropagation' of row 7 is not true or false", AGAIN],
    ],
    [
      "a flag as a number",
      { hasBgpOverride: 1 },
      ["route-field", "the 'hasBgpOverride' of row 7 is not true or false", AGAIN],
    ],
    ["a source as a number", { source: 7 }, ["route-field", "the 'source' of row 7 is not text", AGAIN]],
    ...["source", "state", "nextHopType"].map((field): [string, object, readonly string[]] => [
      `${field} that is null`,
      { [field]: null },
      [
        "route-field",
        `row 7 has no '${field}'`,
        "export every field: which route wins depends on source, state and nextHopType",
      ],
    ]),
    ...["10.0...", "10.0…", "+1", "12", "More", "System.Collections.x", "SYSTEM.OBJECT[]", "System.String[]"].map(
      (hop): [string, object, readonly string[]] => [
        `the hop ${hop}`,
        { nextHopIpAddress: ["10.0.0.4", hop] },
        ["cell-cut", `row 7 shows only some of its next hops: '${hop}'`, EXPORT],
      ],
    ),
    [
      "prefixes that are counted",
      { addressPrefix: ["10.0.0.0/8", "78 more"] },
      [
        "route-prefix-cut",
        "row 7 shows only some of its prefixes: '78 more'",
        "download the table instead of copying it from the page",
      ],
    ],
    [
      "a type name for a list",
      { addressPrefix: "System.String[]" },
      [
        "route-prefix-cut",
        "row 7 has a PowerShell type name in place of its prefixes",
        "export with: Get-AzEffectiveRouteTable ... | ConvertTo-Json -Depth 5",
      ],
    ],
    [
      "a redacted prefix",
      { addressPrefix: ["REDACTED"] },
      [
        "route-prefix-masked",
        "row 7 has a masked address prefix: 'REDACTED'",
        "give the table as Azure sent it; without the prefix the winning route is unknown",
      ],
    ],
    [
      "a blank beside a prefix",
      { addressPrefix: ["", "10.0.0.0/8"] },
      ["route-prefix-invalid", "row 7: the address is empty", "write one like 10.0.0.4"],
    ],
    [
      "prefixes in one text, counted",
      { addressPrefix: "10.0.0.0/8, 11.0.0.0/8 and 78 more" },
      [
        "route-prefix-cut",
        "row 7 shows only some of its prefixes: '10.0.0.0/8, 11.0.0.0/...'",
        "download the table instead of copying it from the page",
      ],
    ],
    [
      "a masked prefix in a list that Windows PowerShell wrapped",
      { addressPrefix: { value: ["10.0.0.0/8", "**/8"], Count: 2 } },
      [
        "route-prefix-masked",
        "row 7 has a masked address prefix: '**/8'",
        "give the table as Azure sent it; without the prefix the winning route is unknown",
      ],
    ],
    [
      "a masked prefix in an object that is no text",
      { addressPrefix: { value: ["**/8"], Count: 1, toString: 1 } },
      [
        "route-prefix-masked",
        "row 7 has a masked address prefix: '**/8'",
        "give the table as Azure sent it; without the prefix the winning route is unknown",
      ],
    ],
    ...["FileSystem.String", "a78 more", "78 moreover"].map((text): [string, object, readonly string[]] => [
      `${text} for a prefix`,
      { addressPrefix: [text] },
      [
        "route-prefix-invalid",
        `row 7: '${text}' is not an IPv4 or IPv6 address`,
        "write one like 10.0.0.4 or 2001:db8::1",
      ],
    ]),
    [
      "a text of 43 characters for a prefix",
      { addressPrefix: ["1".repeat(43)] },
      [
        "route-prefix-invalid",
        `row 7: '${"1".repeat(43)}' is not a whole IP...`,
        "write all four parts, like 10.0.0.4",
      ],
    ],
    [
      "a text of 44 characters for a prefix",
      { addressPrefix: ["1".repeat(44)] },
      [
        "route-prefix-invalid",
        `row 7: '${"1".repeat(37)}...' is not an address prefix`,
        "write all four parts, like 10.0.0.4",
      ],
    ],
    [
      "hops in an object without a count",
      { nextHopIpAddress: { value: ["10.0.0.4"] } },
      ["route-field", "the 'nextHopIpAddress' of row 7 is not a list of texts", AGAIN],
    ],
    ...["untrue", "falsehood"].map((text): [string, object, readonly string[]] => [
      `the flag ${text}`,
      { hasBgpOverride: text },
      ["route-field", "the 'hasBgpOverride' of row 7 is not true or false", AGAIN],
    ]),
    [
      "33 levels",
      { more: JSON.parse(`${"[".repeat(33)}${"]".repeat(33)}`) },
      ["route-shape", "row 7 is nested too deeply", "Azure sends flat rows; export it again"],
    ],
  ])("is refused: %s", (_, more, refused) => {
    expect(refusal(more)).toEqual(refused);
  });

  test.each<[what: string, more: object, read: object]>([
    ["a name that is blank", { name: "" }, { name: null }],
    [
      "blanks around words",
      { source: " User ", state: " Active", nextHopType: "None " },
      { source: "User", state: "Active", nextHopType: "None" },
    ],
    [
      "flags as texts",
      { disableBgpRoutePropagation: "TRUE", hasBgpOverride: "True" },
      { disableBgpRoutePropagation: true, hasBgpOverride: true },
    ],
    [
      "flags that are null",
      { disableBgpRoutePropagation: null, hasBgpOverride: null },
      { disableBgpRoutePropagation: null, hasBgpOverride: false },
    ],
    [
      "flags that are blank",
      { disableBgpRoutePropagation: "", hasBgpOverride: "false" },
      { disableBgpRoutePropagation: null, hasBgpOverride: false },
    ],
    [
      "hops in one text",
      { nextHopIpAddress: "10.0.0.4, 10.0.0.5;10.0.0.6" },
      { nextHopIpAddress: ["10.0.0.4", "10.0.0.5", "10.0.0.6"] },
    ],
    ["hops that are blank", { nextHopIpAddress: ["", " 10.0.0.4 "] }, { nextHopIpAddress: ["10.0.0.4"] }],
    [
      "hops wrapped by Windows PowerShell",
      { nextHopIpAddress: { value: ["10.0.0.4"], Count: 1 } },
      { nextHopIpAddress: ["10.0.0.4"] },
    ],
    [
      "hops with the word more inside",
      { nextHopIpAddress: ["evermore", "moreover"] },
      { nextHopIpAddress: ["evermore", "moreover"] },
    ],
    ["tags of the map", { tagMap: { Sql: ["x"], odd: 1 } }, { destinationServiceTags: ["Sql"] }],
    [
      "tags of the list before those of the map",
      { tagMap: { Sql: [] }, destinationServiceTags: ["Web"] },
      { destinationServiceTags: ["Web"] },
    ],
    ["a map that is none", { tagMap: "x" }, { destinationServiceTags: [] }],
    ["32 levels", { more: JSON.parse(`${"[".repeat(32)}${"]".repeat(32)}`) }, { source: "Default" }],
  ])("is read: %s", (_, more, expected) => {
    expect(read(more)).toMatchObject(expected);
  });

  test("keeps its prefixes as a list under Azure's name, and unknown fields", () => {
    expect(read({ addressPrefix: "10.0.0.0/8 11.0.0.0/8", odd: 1 }).fields).toEqual({
      ...{ ...ROW, addressPrefix: ["10.0.0.0/8", "11.0.0.0/8"], odd: 1 },
    });
  });
});

test.each([
  ["PowerShell", PASCAL],
  ["Python", SNAKE],
])("a row of %s that is no object is refused", async (_, row) => {
  await expectRefusal(readRouteTable(json([row, "x"]), ORIGIN), "stdin", {
    ...{ code: "route-shape", message: "row 2 is not an object", hint: "each row must be one effective route" },
  });
});

test("Python's names become Azure's", async () => {
  const { routes, origin } = await readRouteTable(json([SNAKE]), ORIGIN);
  expect([origin.format, routes[0]?.nextHopIpAddress, Object.keys(routes[0]?.fields ?? {})]).toEqual([
    ...["python-sdk", ["10.0.0.4"], ["source", "state", "addressPrefix", "nextHopType", "nextHopIpAddress"]],
  ]);
});

test("an empty list of Azure's is the table, whatever is beside it", async () => {
  const { routes, origin } = await readRouteTable(json({ value: [], more: TABLE }), ORIGIN);
  expect([routes, origin.format]).toEqual([[], "arm"]);
});

describe("JSON with other text around it", () => {
  test.each<[what: string, text: string, prefixes: readonly string[], note: string | null]>([
    ["keeps its remark", `The routes:\n${json({ note: "An excerpt", value: [ROW] })}`, ["10.0.0.0/8"], "An excerpt"],
    ["may have no routes", `The routes:\n${json({ value: [] })}`, [], null],
    ["may be below an empty list", `see [] first:\n${json(TABLE)}`, ["10.0.0.0/8"], null],
    ["may be below lists of something else", `[]\n[]\nThe routes:\n${json(TABLE)}`, ["10.0.0.0/8"], null],
    ["may be above something else", `${json(TABLE)}\nthe status:\n${json({ a: 1 })}`, ["10.0.0.0/8"], null],
  ])("%s", async (_, text, prefixes, note) => {
    const { routes, origin } = await readRouteTable(text, ORIGIN);
    expect(routes.map(({ addressPrefix }) => addressPrefix.map(formatPrefix).join())).toEqual(prefixes);
    expect([origin.format, origin.note]).toEqual(["json-in-text", note]);
  });

  test.each(["see []", "see {}", "see [] and {}"])("%s has no JSON", async (text) => {
    await expectRefusal(readRouteTable(text, ORIGIN), "stdin", {
      ...{ code: "text-unrecognised", message: "not a route table in any form that this program reads", hint: EXPORT },
    });
    expect([jsonInText.recognises(text), await jsonInText.tables(text)]).toEqual([FIT.none, []]);
  });

  test("a route with a list behind it is no table", async () => {
    await expect(readRouteTable(`${json(ROW)}\n["x"]`, ORIGIN)).rejects.toMatchObject({
      ...{ code: "json-syntax", message: "stdin: it is not valid JSON (line 2, column 1)" },
    });
  });

  test("of several documents that are no tables, none is taken for one", async () => {
    await expectRefusal(readRouteTable(`a\n${json({ a: 1 })}\nb\n${json({ b: 1 })}`, ORIGIN), "stdin", {
      ...{ code: "not-effective-routes", message: "it holds an object with documents, not routes", hint: EXPORT },
    });
  });
});

test("a remark that the writer left is kept on one line", async () => {
  const { origin } = await readRouteTable(json({ note: "An\nexcerpt", value: [ROW] }), ORIGIN);
  expect(origin.note).toBe("An excerpt");
});

const UTF8 = "save it as UTF-8; in PowerShell: ... | Out-File -Encoding utf8 FILE";

describe("bytes that are no text", () => {
  test.each<[what: string, bytes: readonly number[], code: string, message: string, hint: string]>([
    [
      "a zip",
      [0x50, 0x4b, 3, 4],
      "text-binary",
      "it is a zip, Excel or gzip file, not text",
      "unpack it, or save the sheet as CSV, and give that",
    ],
    [
      "gzip",
      [0x1f, 0x8b, 8],
      "text-binary",
      "it is a zip, Excel or gzip file, not text",
      "unpack it, or save the sheet as CSV, and give that",
    ],
    [
      "broken UTF-8",
      [0x5b, 0xe9, 0x5d],
      "text-encoding",
      "it is not valid UTF-8 text",
      "save it as UTF-8; in PowerShell: ... | Out-File -Encoding utf8 FILE",
    ],
    ["half a mark of UTF-16, its second byte", [0x61, 0xfe], "text-encoding", "it is not valid UTF-8 text", UTF8],
    ["half a mark of UTF-16, its first byte", [0xff, 0x61], "text-encoding", "it is not valid UTF-8 text", UTF8],
    ["the other mark's second byte", [0x61, 0xff], "text-encoding", "it is not valid UTF-8 text", UTF8],
    ["the other mark's first byte", [0xfe, 0x61], "text-encoding", "it is not valid UTF-8 text", UTF8],
    [
      "broken UTF-16",
      [0xff, 0xfe, 0x5b],
      "text-encoding",
      "it is not valid UTF-16 text",
      "save it as UTF-8; in PowerShell: ... | Out-File -Encoding utf8 FILE",
    ],
    [
      "zero bytes",
      [0x5b, 0x5b, 0, 0x5d],
      "text-binary",
      "it holds zero bytes, so it is not text",
      "give the JSON or CSV file itself",
    ],
  ])("are refused: %s", (_, bytes, code, message, hint) => {
    expect(() => decodeText(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code, message, hint }));
  });

  test.each<[bytes: readonly number[], text: string]>([
    [[], ""],
    [[0x61], "a"],
    [[0x50, 0x61], "Pa"],
    [[0x1f, 0x61], "\u001fa"],
    [[0x61, 0x4b], "aK"],
    [[0x61, 0x8b & 0x7f], "a\u000b"],
    [[0, 0x61], "a"],
    [[0x61, 0], "a"],
    [[0xfe, 0xff, 0, 0x61], "a"],
    [[0xff, 0xfe, 0x61, 0], "a"],
  ])("%j are the text %j", (bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes))).toBe(text);
  });
});

describe("names of tables", () => {
  test("are each their own, in any case", () => {
    expect(namesOf([{ name: "a" }, { name: null }, { name: "A" }, { name: "a" }, { name: "table 2" }])).toEqual([
      ...["a", "table 2", "A (2)", "a (3)", "table 2 (2)"],
    ]);
  });

  const several = (...names: readonly string[]) => json(names.map((name) => ({ name, routes: TABLE })));
  test("are listed where none is chosen, at most twenty", async () => {
    const names = Array.from({ length: 22 }, (_, k) => `nic${k}`);
    await expectRefusal(readRouteTable(several("nic 0", ...names.slice(1)), ORIGIN), "stdin", {
      code: "several-tables",
      message: `it holds the tables of 22 network interfaces\nnic 0, ${names.slice(1, 20).join(", ")} and 2 more`,
      hint: "choose one: --table 'nic 0'",
    });
    expect(await tableNames(several(...names.slice(0, 20)), ORIGIN)).toHaveLength(20);
    await expectRefusal(readRouteTable(several(...names.slice(0, 20)), ORIGIN), "stdin", {
      code: "several-tables",
      message: `it holds the tables of 20 network interfaces\n${names.slice(0, 20).join(", ")}`,
      hint: "choose one: --table nic0",
    });
  });

  test.each([
    ["Web02", "it has no table 'Web02'", "did you mean --table web01?"],
    ["zzz", "it has no table 'zzz'", "it has: web01, db (1)"],
  ])("%s is none of them", async (table, message, hint) => {
    const reading = readRouteTable(several("web01", "db (1)"), ORIGIN, { table });
    await expectRefusal(reading, "stdin", { code: "table-unknown", message, hint });
  });

  test("one is chosen in any case, also of a single table", async () => {
    for (const [text, table] of [
      [several("web01", "db"), "DB"],
      [several("web01"), "WEB01"],
    ] as const) {
      const { routes } = await readRouteTable(text, ORIGIN, { table });
      expect(routes.map(({ addressPrefix }) => addressPrefix.map(formatPrefix))).toEqual([["10.0.0.0/8"]]);
    }
    await expect(readRouteTable(several("web01"), ORIGIN, { table: "other" })).rejects.toMatchObject({
      code: "table-unknown",
    });
  });
});

test("a pool reads each distinct row once, and refuses what is no answer of Azure", () => {
  const pool = new RowPool();
  const [first, second] = [
    pool.read(json({ value: [ROW, ROW] })),
    pool.read(json([ROW, { ...ROW, state: "Invalid" }])),
  ];
  expect(first.routes[0]).toBe(first.routes[1]);
  expect(second.routes[0]).toBe(first.routes[0]);
  expect(second.routes[1]?.state).toBe("Invalid");
  for (const text of ["oops", "7", '{"a":1}']) {
    expect(() => pool.read(text)).toThrow(
      expect.objectContaining({ code: "not-effective-routes", message: "it holds no effective routes", hint: EXPORT }),
    );
  }
});
