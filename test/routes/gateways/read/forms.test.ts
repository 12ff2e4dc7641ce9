import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../../../src/net/prefix.ts";
import { isPeerTable } from "../../../../src/routes/gateways/gateway-table.ts";
import { csv } from "../../../../src/routes/gateways/read/csv.ts";
import {
  looksLikeGatewayTable,
  readGatewayTable,
  readGatewayTables,
} from "../../../../src/routes/gateways/read/read-gateway-table.ts";
import { isRouteFileError } from "../../../../src/routes/read/route-file-error.ts";
import { EXPORT_GATEWAY, expectRefusal } from "../../read/refusals.ts";

const json = (value: unknown) => JSON.stringify(value);
const LEARNED = {
  ...{ asPath: "65000", localAddress: "10.9.0.4", network: "10.1.0.0/16", nextHop: "10.8.0.4", origin: "EBgp" },
  ...{ sourcePeer: "10.8.0.4", weight: 32768 },
};
const HUB = {
  addressPrefixes: ["10.1.0.0/16"],
  nextHopType: "VPN",
  nextHops: ["/x/vpn"],
  routeOrigin: "/x/o",
  asPath: "1",
};
/** Too little for a row of any kind. */
const PART = { network: "10.0.0.0/8", asPath: "" };
const CIRCUIT = { network: "10.1.0.0/16", nextHop: "a", path: "1" };
const PEER = { neighbor: "10.8.0.4", asn: 65000, state: "Connected", routesReceived: 1, localAddress: "10.9.0.4" };

/** The rows in short: prefix, next hops, origin, path; of peers: neighbor, AS number, state. */
async function rowsOf(text: string): Promise<readonly string[]> {
  const table = await readGatewayTable(text);
  if (isPeerTable(table)) return table.peers.map(({ neighbor, asn, state }) => `${neighbor} ${asn} ${state}`);
  return table.routes.map(({ prefix, nextHops, origin, asPath }) =>
    [formatPrefix(prefix), nextHops.map(({ text: hop }) => hop).join("+"), origin, asPath?.join("-")].join(" ").trim(),
  );
}
const HEADING = "Network,NextHop,Origin,AsPath,Weight";
const ROW = "10.1.0.0/16,10.8.0.4,EBgp,65000,1";
const SHORT = "10.1.0.0/16 10.8.0.4 EBgp 65000";

describe("CSV", () => {
  test.each([
    ["commas", `${HEADING}\n${ROW}\n`],
    ["semicolons", `${HEADING}\n${ROW}\n`.replaceAll(",", ";")],
    ["tabs", `${HEADING}\n${ROW}\n`.replaceAll(",", "\t")],
    ["the type above", `#TYPE Microsoft.Azure.Commands.X\n${HEADING}\n${ROW}`],
    ["blank lines above and below", `\n\n  ${HEADING}\n\n${ROW}\n\n`],
    ["blank lines around the type", `\n#TYPE X\n\n${HEADING}\n${ROW}`],
    ["quotes and blanks", `"Network" , "NextHop","Origin","AsPath","Weight"\n "10.1.0.0/16" ,10.8.0.4,EBgp,65000,1`],
  ])("with %s", async (_, text) => {
    expect(await rowsOf(text)).toEqual([SHORT]);
    expect((await readGatewayTable(text)).origin.format).toBe("csv");
  });

  test.each<[what: string, text: string, code: string, message: string]>([
    [
      "no column of next hops, which only JSON may leave out",
      "Network,Origin,AsPath,Weight\n10.1.0.0/16,EBgp,1,1\n",
      "route-field",
      "row 1 has no 'nextHop'",
    ],
    ["a heading alone", `${HEADING}\n`, "rows-missing", "the table has a heading and no rows"],
    [
      "a quote that does not close",
      `${HEADING}\n"10.1`,
      "csv-syntax",
      "its rows do not fit the columns of its heading",
    ],
    ["an empty cell for a prefix", `${HEADING}\n,,,,\n`, "route-prefix-missing", "row 1 has no network"],
    [
      "a bad weight in the second row",
      `${HEADING}\n${ROW}\n${ROW}x`,
      "route-field",
      "the 'weight' of row 2 is not a number: '1x'",
    ],
    [
      "a heading that is too long",
      `${HEADING}${",".repeat(2000)}\n${ROW}`,
      "csv-syntax",
      "its rows do not fit the columns of its heading",
    ],
  ])("is refused: %s", async (_, text, code, message) => {
    await expectRefusal(readGatewayTable(text), "gateway table", { code, message, hint: EXPORT_GATEWAY });
  });

  test("of something else is of no kind, with commas between its cells", () => {
    const records = [{ at: "row 1", fields: { Name: "a", Size: "1" }, instance: null }];
    expect(csv.tables("Name,Size\na,1\n")).toMatchObject([{ rowKind: null, headings: ["Name", "Size"], records }]);
  });

  test("is none below other text", () => {
    expect(looksLikeGatewayTable(`hello\n${HEADING}\n${ROW}`)).toBe(false);
  });
});

const DASHED = [
  "Network      NextHop    Origin  AsPath       Weight",
  "-----------  ---------  ------  -----------  ------",
  "10.1.0.0/16  10.8.0.4   EBgp    65000        1",
];

const HUB_HEADING = [
  "AddressPrefixes NextHopType NextHops         RouteOrigin",
  "--------------- ----------- --------         -----------",
];

describe("a table with dashes", () => {
  test.each<[what: string, text: string, rows: readonly string[]]>([
    ["one row", DASHED.join("\n"), [SHORT]],
    ["blank lines between", DASHED.join("\n\n").replace("\n\n", "\n"), [SHORT]],
    ["text below", [...DASHED, "Done!"].join("\n"), [SHORT]],
    [
      "a path in two lines",
      [
        ...DASHED.slice(0, 2),
        "10.1.0.0/16  10.8.0.4   EBgp    65000-       1",
        "                                65001",
      ].join("\n"),
      ["10.1.0.0/16 10.8.0.4 EBgp 65000-65001"],
    ],
    ["a long word below", [...DASHED, "x".repeat(40)].join("\n"), [SHORT]],
    [
      "dashes that begin behind their heading",
      ["Network  NextHop    Origin  AsPath  Weight", "  -----  ---------  ------  ------  ------"]
        .concat("10.1/16  10.8.0.4   EBgp    65000   1".replace("10.1/16", "fd00::/8"))
        .join("\n"),
      ["fd00::/8 10.8.0.4 EBgp 65000"],
    ],
    [
      "a number that is longer than its heading, to the right",
      ["Network     NextHop  Origin AsPath Weight", "----------- -------- ------ ------ ------"]
        .concat("10.1.0.0/16 10.8.0.4 EBgp   65000 1234567")
        .join("\n"),
      [SHORT],
    ],
    ["blanks at the ends of its lines", DASHED.map((line) => `  ${line}   `).join("\n"), [SHORT]],
    ["dashes above", ["--- ---", ...DASHED].join("\n"), [SHORT]],
    [
      "lists of a hub in two lines",
      [
        ...HUB_HEADING,
        "{10.1.0.0/16}   VPN         {/x/firewalls/f, /x/",
        "                            /x/vpn}          o",
        "{10.2.0.0/16}   VPN         {/x/fire         /x/o",
        "                            walls/f}",
        "{10.3.0.0/16}   VPN         /x/fire          {",
        "                            walls/f          /x/o}",
      ].join("\n"),
      [
        "10.1.0.0/16 /x/firewalls/f+/x/vpn /x/o",
        "10.2.0.0/16 /x/firewalls/f /x/o",
        "10.3.0.0/16 /x/firewalls/f {/x/o}",
      ],
    ],
    ["an indented long word below", [...DASHED, `  ${"x".repeat(40)}`].join("\n"), [SHORT]],
    ["a prefix in a text below", [...DASHED, "see 10.2.0.0/16, and a-word-below-two-columns"].join("\n"), [SHORT]],
    [
      "a text below that begins with a prefix, where rows begin with another column",
      [
        "LocalAddress Network      NextHop   Origin AsPath Weight",
        "------------ -------      -------   ------ ------ ------",
        "10.9.0.4     10.1.0.0/16  10.8.0.4  EBgp   65000  1",
        "10.2.0.0/16 ours",
      ].join("\n"),
      [SHORT],
    ],
    [
      "a cell that ends where the next column begins, which is blank",
      [...DASHED.slice(0, 2), "10.1.0.0/16  10.88.10.40        65000        1"].join("\n"),
      ["10.1.0.0/16 10.88.10.40  65000"],
    ],
    [
      "rows of another table above that do not fit its columns",
      ["Prefix  Size", "------  ----", "10.0.0.0/16  1", "", ...DASHED].join("\n"),
      [SHORT],
    ],
    ["two tables of one kind", ["## a", "", ...DASHED].join("\n"), [SHORT]],
  ])("%s", async (_, text, rows) => {
    expect(await rowsOf(text)).toEqual(rows);
  });

  test.each<[what: string, lines: readonly string[], code: string, message: string, hint: string]>([
    ["no row", DASHED.slice(0, 2), "rows-missing", "the table has a heading and no rows", EXPORT_GATEWAY],
    [
      "a cut cell",
      [...DASHED.slice(0, 2), "10.1.0.0/16  10.8...    EBgp    65000        1"],
      "cell-cut",
      "line 3 has a cell that is cut: '10.8...'",
      EXPORT_GATEWAY,
    ],
    [
      "a bad weight in the third row",
      [...DASHED, DASHED[2] ?? "", "10.2.0.0/16  10.8.0.4   EBgp    65000        x"],
      "route-field",
      "the 'weight' of line 5 is not a number: 'x'",
      EXPORT_GATEWAY,
    ],
    [
      "a bad weight in a row of two lines",
      [
        ...DASHED,
        "10.2.0.0/16  10.8.0.4   EBgp    65000-       x",
        "                                65001",
        DASHED[2] ?? "",
      ],
      "route-field",
      "the 'weight' of line 4 is not a number: 'x'",
      EXPORT_GATEWAY,
    ],
    [
      "a cut cell of a column of one's own",
      [`${DASHED[0]}  Note`, `${DASHED[1]}  ----`, `${DASHED[2]}       a...`],
      "cell-cut",
      "line 3 has a cell that is cut: 'a...'",
      EXPORT_GATEWAY,
    ],
    [
      "a row that is under two columns",
      [...DASHED, "10.2.0.0/16  10.8.0.4-long-name  65000        1"],
      "row-unreadable",
      "line 4 does not fit the columns of its table",
      EXPORT_GATEWAY,
    ],
    [
      "a row below text under a cell that is whole",
      [
        ...HUB_HEADING,
        "{10.1.0.0/16}   VPN         {/x/f}           /x/o",
        "                            firewall",
        "{10.2.0.0/16}   VPN         {/x/f}           /x/o",
      ],
      "row-unreadable",
      "line 5 is a row below other text (line 4), without a heading of its own",
      "paste each table with its heading, and nothing between its rows",
    ],
    [
      "a row below text at the margin, under a cell that goes on",
      [
        "NextHops AddressPrefixes NextHopType RouteOrigin",
        "-------- --------------- ----------- -----------",
        "/x/f     {10.1.0.0/16}   VPN         /x/o",
        "walls",
        "/x/f     {10.2.0.0/16}   VPN         /x/o",
      ],
      "row-unreadable",
      "line 5 is a row below other text (line 4), without a heading of its own",
      "paste each table with its heading, and nothing between its rows",
    ],
    [
      "an indented row that is under two columns",
      [...DASHED, "  10.2.0.0/16  10.8.0.4-long-name  65000        1"],
      "row-unreadable",
      "line 4 does not fit the columns of its table",
      EXPORT_GATEWAY,
    ],
    [
      "a row below a line that continues none",
      [...DASHED.slice(0, 2), "                                65001", DASHED[2] ?? ""],
      "row-unreadable",
      "line 4 is a row below other text (line 3), without a heading of its own",
      "paste each table with its heading, and nothing between its rows",
    ],
    [
      "a row below other text",
      [...DASHED, "hello", "10.2.0.0/16  10.8.0.4   EBgp    65000        1"],
      "row-unreadable",
      "line 5 is a row below other text (line 4), without a heading of its own",
      "paste each table with its heading, and nothing between its rows",
    ],
  ])("is refused: %s", async (_, lines, code, message, hint) => {
    await expectRefusal(readGatewayTable(lines.join("\n")), "gateway table", { code, message, hint });
  });

  test.each([["..."], ["<snip>"], ["[output omitted]"]])("%s between rows makes an excerpt", async (mark) => {
    const text = [...DASHED, mark, "10.2.0.0/16  10.8.0.4   EBgp    65000        1"].join("\n");
    const { origin } = await readGatewayTable(text);
    expect(origin).toEqual({
      ...{ kind: "file", name: "gateway table", format: "dash-table", fetchedAt: null },
      note: "An excerpt: line 4 says that rows were left out. A left-out row may win.",
    });
  });

  test("the first line that says so is named where rows were left out twice", async () => {
    const { origin } = await readGatewayTable([...DASHED, "...", "<snip>"].join("\n"));
    expect(origin.note).toBe("An excerpt: line 4 says that rows were left out. A left-out row may win.");
  });

  test("cells are kept as one line, also those of columns of one's own", async () => {
    const table = await readGatewayTable(
      [
        "AddressPrefixes NextHopType NextHops                  RouteOrigin Note",
        "--------------- ----------- --------                  ----------- ----",
        "{10.1.0.0/16}   VPN         {/x/firewalls/f1, /x/f2,  /x/o        a b c,",
        "                            /x/firewalls/f3}                      ",
      ].join("\n"),
    );
    expect(isPeerTable(table) ? [] : table.routes.map(({ fields }) => fields)).toEqual([
      {
        ...{ AddressPrefixes: "{10.1.0.0/16}", NextHopType: "VPN", RouteOrigin: "/x/o", Note: "a b c," },
        NextHops: "{/x/firewalls/f1, /x/f2, /x/firewalls/f3}",
      },
    ]);
  });

  test("a title may be fifteen lines above the heading", async () => {
    const above = ["Gateway: gw1", ...Array(14).fill("")];
    expect((await readGatewayTables([...above, ...DASHED].join("\n"))).map(({ name }) => name)).toEqual(["gw1"]);
  });

  test("a title is of the table below it alone", async () => {
    const tables = await readGatewayTables(["Gateway: gw1", ...DASHED, "", "hello", ...DASHED].join("\n"));
    expect(tables.map(({ name }) => name)).toEqual(["gw1", "table 2"]);
  });

  test("a table of another kind alone is none", () => {
    expect(looksLikeGatewayTable("Name  Size\n----  ----\nx     1\n")).toBe(false);
  });

  test("several tables have the names above them; those of other kinds are passed over", async () => {
    const other = ["Name  Size", "----  ----", "x     1"];
    const text = [...other, "", "Gateway: gw1", ...DASHED, "", ...other, "Gateway: gw2", ...DASHED].join("\n");
    const tables = await readGatewayTables(text);
    expect(tables.map(({ name, table }) => [name, table.routerId])).toEqual([
      ["gw1", "gw1"],
      ["gw2", "gw2"],
    ]);
  });
});

const LIST = "Network : 10.1.0.0/16\nNextHop : 10.8.0.4\nOrigin  : EBgp\nAsPath  : 65000\nWeight  : 1\n";

describe("a list of properties", () => {
  test.each<[what: string, text: string, rows: readonly string[]]>([
    ["one row", LIST, [SHORT]],
    ["rows without a blank line between", LIST + LIST, [SHORT, SHORT]],
    ["text around", `PS> Get-X\n${LIST}\nPS>`, [SHORT]],
    ["indented text above", `  The answer\n${LIST}`, [SHORT]],
    [
      "a value in two lines",
      LIST.replace("65000", "65000-\n          65001"),
      ["10.1.0.0/16 10.8.0.4 EBgp 65000-65001"],
    ],
    [
      "a list that goes on behind a comma",
      LIST.replace("65000", "65000,\n  65001"),
      ["10.1.0.0/16 10.8.0.4 EBgp 65000-65001"],
    ],
    ["a title of one property", `Gateway : gw1\n\n${LIST}`, [SHORT]],
    ["a title that ends like a field", `VirtualNetwork : v\n\n${LIST}`, [SHORT]],
  ])("%s", async (_, text, rows) => {
    expect(await rowsOf(text)).toEqual(rows);
    expect((await readGatewayTable(text)).origin.format).toBe("powershell-list");
  });

  test("a value in several lines is kept as one", async () => {
    const text =
      "AddressPrefixes : {10.1.0.0/16,\n   10.2.0.0/16}\nNextHopType :  VPN\nNextHops : {/x/fire\n   walls/f}\n";
    const table = await readGatewayTable(text);
    expect(isPeerTable(table) ? null : table.routes[0]?.fields).toEqual({
      ...{ AddressPrefixes: "{10.1.0.0/16, 10.2.0.0/16}", NextHopType: "VPN", NextHops: "{/x/firewalls/f}" },
    });
  });

  test("several lists have the names above them", async () => {
    const tables = await readGatewayTables(`Gateway: gw1\n\n${LIST}\nGateway: gw2\n\n${LIST}`);
    expect(tables.map(({ name }) => name)).toEqual(["gw1", "gw2"]);
  });

  test("a title is of the list below it alone", async () => {
    const tables = await readGatewayTables(`Gateway: gw1\n\n${LIST}\nhello\n${LIST}`);
    expect(tables.map(({ name }) => name)).toEqual(["gw1", "table 2"]);
  });

  test("the second line of a value is no title of the next list", async () => {
    const tables = await readGatewayTables(`${LIST}Note    : x\n  Gateway: gw9\nhello\n${LIST}`);
    expect(tables.map(({ name }) => name)).toEqual(["table 1", "table 2"]);
  });

  test.each(["Network : 10.0.0.0/8\n", "asPath: 1\nweight: 1\n", "the Network : x\n"])(
    "%j alone is no table",
    (text) => {
      expect(looksLikeGatewayTable(text)).toBe(false);
    },
  );

  test("a row of one property is a row, not a title", async () => {
    await expectRefusal(readGatewayTable(`${LIST}\nNetwork : 10.0.0.0/8\n`), "gateway table", {
      code: "row-unreadable",
      message: "the row at line 7 has no NextHop",
      hint: "paste every property of every row",
    });
  });

  test("a row that lacks a property is refused", async () => {
    await expectRefusal(readGatewayTable(`${LIST}\n${LIST.replace(/Origin.*\n/, "")}`), "gateway table", {
      code: "row-unreadable",
      message: "the row at line 7 has no Origin",
      hint: "paste every property of every row",
    });
  });
});

describe("JSON", () => {
  test.each<[what: string, text: string, rows: readonly string[]]>([
    ["a comment's example is passed over", `# [${json(LEARNED)}]\nThe answer:\n${json([LEARNED])}`, [SHORT]],
    ["a row alone", json(LEARNED), [SHORT]],
    ["a list in a field", json({ routes: [LEARNED] }), [SHORT]],
    ["a text of JSON", json({ body: json([LEARNED]) }), [SHORT]],
    ["a text of JSON, indented", json({ body: `  ${json({ value: [LEARNED] })}` }), [SHORT]],
    ["a nextLink that is empty", json({ value: [LEARNED], nextLink: "" }), [SHORT]],
    ["PowerShell's Value", json({ Value: [LEARNED] }), [SHORT]],
    ["six levels deep", json({ a: { b: { c: { d: { e: [LEARNED] } } } } }), [SHORT]],
    ["a text that is no JSON beside", json({ a: "[x", b: [LEARNED] }), [SHORT]],
    ["texts beside, as many as there may be values", json({ a: Array(99_997).fill("x"), b: [LEARNED] }), [SHORT]],
    ["empty lists beside", json({ a: [], b: [LEARNED] }), [SHORT]],
    ["a hub", json({ value: [HUB] }), ["10.1.0.0/16 /x/vpn /x/o 1"]],
    ["peers", json({ value: [PEER] }), ["10.8.0.4 65000 Connected"]],
    ["an instance of a Route Server", json({ routeservicerole_in_0: [LEARNED] }), [SHORT]],
    ["columns of one's own, told apart by digits", json([{ ...LEARNED, note1: "a", note2: "b" }]), [SHORT]],
    ["columns of one's own without Latin letters", json([{ ...LEARNED, "\u4f4d": "a", "\u7f6e": "b" }]), [SHORT]],
    ["a row below a document of something else", `${json({ status: "x" })}\n${json(LEARNED)}`, [SHORT]],
    ["blanks before the colons", json([LEARNED]).replaceAll(":", " :"), [SHORT]],
    ["indented", `The answer:\n \t${json([LEARNED])}`, [SHORT]],
    ["behind a hash inside a line", `az x # ${json([LEARNED])}\n{}`, [SHORT]],
    [
      "an indented comment's example is passed over",
      `\n \t# e.g. ${json([LEARNED])}\nThe answer:\n${json([{ ...LEARNED, more: "x".repeat(3000) }])}`,
      [SHORT],
    ],
    ["a nextLink beside other fields", json({ nextLink: "https://x", rows: [LEARNED] }), [SHORT]],
    ["a list with nothing in it in a row", json([{ ...LEARNED, more: [null, "a"] }]), [SHORT]],
    ["an instance that is null", json({ RouteServiceRole_IN_0: null, RouteServiceRole_IN_1: [LEARNED] }), [SHORT]],
    [
      "a field that only the second row has",
      json([
        { network: "10.2.0.0/16", path: "1", nextHop: "" },
        { ...CIRCUIT, weight: 1 },
      ]),
      ["10.2.0.0/16   1", "10.1.0.0/16 a  1"],
    ],
    ["a path as a list", json([{ ...LEARNED, asPath: ["65000", 65001] }]), [`${SHORT}-65001`]],
    [
      "an instance without rows first",
      json({ RouteServiceRole_IN_0: [], RouteServiceRole_IN_1: [LEARNED], other: 1 }),
      [SHORT],
    ],
  ])("%s", async (_, text, rows) => {
    expect(await rowsOf(text)).toEqual(rows);
    expect((await readGatewayTable(text)).origin.format).toBe("json");
  });

  test.each<[what: string, text: string, code: string, message: string]>([
    [
      "instances of something else",
      json({ RouteServiceRole_IN_0: [{ a: 1 }] }),
      "not-effective-routes",
      "its instances hold no routes",
    ],
    [
      "a row of a Route Server that is none",
      json({ RouteServiceRole_IN_0: [LEARNED, 7] }),
      "route-shape",
      "IN_0 row 2 is not an object",
    ],
    ["a row that is null", json([LEARNED, null]), "route-shape", "row 2 is not an object"],
    [
      "a field that only row 1,000 has tells the kind",
      json([...Array(999).fill(PART), { network: "10.0.0.0/8", origin: "" }]),
      "route-field",
      "row 1 has no 'weight'",
    ],
    [
      "a field that only row 1,001 has does not",
      json([...Array(1000).fill(PART), { network: "10.0.0.0/8", origin: "" }]),
      "text-unrecognised",
      "not a table of a hub, gateway, Route Server or circuit in any known form",
    ],
    [
      "as many rows as a router may have, the first without a weight",
      json(Array(100_000).fill({ ...PART, origin: "" })),
      "route-field",
      "row 1 has no 'weight'",
    ],
    ["a row with objects", json([{ ...LEARNED, more: { a: 1 } }]), "route-shape", "row 1 is nested too deeply"],
    ["a row with lists of objects", json([{ ...LEARNED, more: [{}] }]), "route-shape", "row 1 is nested too deeply"],
    [
      "seven levels deep",
      json({ a: { b: { c: { d: { e: { f: { g: [LEARNED] } } } } } } }),
      "text-unrecognised",
      "not a table of a hub, gateway, Route Server or circuit in any known form",
    ],
    [
      "behind more values than any export has",
      json({ a: Array(99_998).fill("x"), b: [LEARNED] }),
      "text-unrecognised",
      "not a table of a hub, gateway, Route Server or circuit in any known form",
    ],
    [
      "more rows than any router has",
      json(Array(100_001).fill({ network: "10.0.0.0/8", asPath: "", weight: 1 })),
      "table-too-large",
      "it has more than 100,000 rows",
    ],
  ])("is refused: %s", async (_, text, code, message) => {
    await expectRefusal(readGatewayTable(text), "gateway table", { code, message, hint: EXPORT_GATEWAY });
  });

  test.each<[what: string, value: unknown, names: readonly string[]]>([
    [
      "by their name fields",
      [
        { gateway: "a", rows: [LEARNED] },
        { name: "/x/b", rows: [LEARNED] },
      ],
      ["a", "b"],
    ],
    ["by the keys that hold them", { east: [LEARNED], west: { value: [LEARNED] } }, ["east", "west"]],
    [
      "not by the keys of envelopes",
      { value: { properties: { output: { body: { content: [LEARNED] } } } } },
      ["table 1"],
    ],
    [
      "by the first name field",
      [
        { id: "x", hub: "a", rows: [HUB] },
        { hub: "", Name: "b", rows: [HUB] },
      ],
      ["a", "b"],
    ],
    ...["gateway", "Gateway", "hub", "routeServer", "circuit", "name", "Name", "id", "Id"].map(
      (field): [string, unknown, readonly string[]] => [`by ${field}`, { [field]: "/s/x", rows: [LEARNED] }, ["x"]],
    ),
    ["by keys that are not quite envelopes", { bodyguard: [LEARNED], nobody: [LEARNED] }, ["bodyguard", "nobody"]],
    ["by a key that is not quite an instance", { xRouteServiceRole_IN_0: [LEARNED] }, ["xRouteServiceRole_IN_0"]],
    ["by the name further out", { circuit: "er", primary: [LEARNED] }, ["er"]],
  ])("tables are named %s", async (_, value, names) => {
    expect((await readGatewayTables(json(value))).map(({ name }) => name)).toEqual(names);
  });

  test("documents one below the other are tables of their own", async () => {
    const tables = await readGatewayTables(`${json({ value: [LEARNED] })}\n${json({ value: [LEARNED] })}`);
    expect(tables.map(({ name }) => name)).toEqual(["table 1", "table 2"]);
  });

  test("the instances of a Route Server are those that have a list, also an empty one", async () => {
    const instances = { RouteServiceRole_IN_0: [], RouteServiceRole_IN_1: null, RouteServiceRole_IN_2: [LEARNED] };
    expect(await readGatewayTable(json(instances))).toMatchObject({
      instances: ["RouteServiceRole_IN_0", "RouteServiceRole_IN_2"],
    });
  });

  const COMMAND = "az network vnet-gateway list-learned-routes -n gw";
  test.each<[what: string, above: string]>([
    ["alone", COMMAND],
    ["behind a prompt in brackets", `[me@host ~]$ ${COMMAND}`],
    ["behind a list", `echo [] && ${COMMAND}`],
  ])("the command above an empty list counts %s, however long the list's document is", async (_, above) => {
    const document = JSON.stringify({ value: [], more: Array(20).fill(1) }, null, 2);
    const table = await readGatewayTable(`${above}\n  ${document}`);
    expect(table).toMatchObject({ kind: "gateway-learned", routerId: "gw", routes: [] });
  });

  test.each(['{"value":[]}', 'see "network": [1]', '"network": 10.0.0.0/8'])("%s alone is no table", (text) => {
    expect(looksLikeGatewayTable(text)).toBe(false);
  });

  test("an empty list below the command that lists peers has no peers", async () => {
    const table = await readGatewayTable('az network vnet-gateway list-bgp-peer-status -n gw\n{"value":[]}');
    expect(table).toMatchObject({ kind: "gateway-peers", routerId: "gw", peers: [] });
  });

  test("what this program kept with a table counts", async () => {
    const kept = {
      kind: "route-server-advertised",
      routerId: "/s/rs1",
      scope: "nva",
      fetchedAt: "2026-11-29T10:00:00Z",
    };
    expect(await readGatewayTable(json({ gatewayTable: kept, value: [] }))).toMatchObject({
      ...{ kind: kept.kind, routerId: kept.routerId, scope: "nva", routes: [], origin: { fetchedAt: kept.fetchedAt } },
    });
    const odd = json({ gatewayTable: { ...kept, kind: "odd" }, value: [LEARNED] });
    expect(await readGatewayTable(odd)).toMatchObject({ kind: "gateway-learned" });
    expect(await readGatewayTable(json({ gatewayTable: {}, value: [LEARNED] }))).toMatchObject({
      ...{ kind: "gateway-learned", routerId: "gateway table", scope: null, origin: { fetchedAt: null } },
    });
  });
});

test("YAML of a Route Server without routes is its table", async () => {
  const text = "RouteServiceRole_IN_0: []\nRouteServiceRole_IN_1: []\n";
  expect(await readGatewayTable(text)).toMatchObject({
    ...{ kind: "route-server-learned", instances: ["RouteServiceRole_IN_0", "RouteServiceRole_IN_1"], routes: [] },
  });
  expect(looksLikeGatewayTable("network: x\nthe asPath: y\n")).toBe(false);
});

test("YAML below a command is the table that the command names", async () => {
  const row = "- network: 10.1.0.0/16\n  nextHop: 10.8.0.4\n  origin: EBgp\n  asPath: '65000'\n  weight: 1\n";
  const text = `$ az network vnet-gateway list-advertised-routes -n gw1 --peer 10.0.0.4\nvalue:\n${row}`;
  expect(await readGatewayTable(text)).toMatchObject({
    ...{ kind: "gateway-advertised", routerId: "gw1", scope: "10.0.0.4", origin: { format: "yaml" } },
  });
});

test("bytes that are no text do not look like a table", () => {
  expect(looksLikeGatewayTable(Uint8Array.of(0x7b, 0xff))).toBe(false);
});

test("tables of one router are told apart by their scope", async () => {
  const path = (title: string) => `AzurePrivatePeering (${title}): er1\n${json([CIRCUIT])}\n`;
  const tables = await readGatewayTables(`${path("Primary")}${path("Secondary")}`);
  expect(tables.map(({ name }) => name)).toEqual(["er1 primary", "er1 secondary"]);
});

test.each<[localAddresses: readonly (string | undefined)[], instances: readonly string[]]>([
  [
    ["10.9.0.4", "10.9.0.5", "10.9.0.4"],
    ["10.9.0.4", "10.9.0.5"],
  ],
  [[undefined, "10.9.0.5"], ["10.9.0.5"]],
  [[undefined], []],
])("a table whose rows are of %j has the instances %j", async (localAddresses, instances) => {
  const rows = localAddresses.map((localAddress) => ({ ...LEARNED, localAddress }));
  expect(await readGatewayTable(json(rows))).toMatchObject({ instances });
});

describe("the kind of a table", () => {
  const advertised = { ...LEARNED, origin: "Igp", sourcePeer: "" };
  test.each<[above: string, rows: readonly object[], kind: string]>([
    ["", [LEARNED], "gateway-learned"],
    ["", [advertised], "gateway-advertised"],
    ["", [advertised, LEARNED, advertised], "gateway-learned"],
    ["", [{ ...advertised, sourcePeer: "10.8.0.4" }], "gateway-learned"],
    ["", [{ ...advertised, sourcePeer: " " }], "gateway-advertised"],
    ["", [{ ...advertised, sourcePeer: 7 }], "gateway-advertised"],
    ["", [{ ...advertised, origin: "Networks" }], "gateway-advertised"],
    ["", [{ ...advertised, origin: "OfNetwork" }], "gateway-advertised"],
    ["", [{ ...advertised, sourcePeer: undefined, origin: "ibgp" }], "gateway-learned"],
    ["", [{ ...advertised, sourcePeer: undefined, origin: "network" }], "gateway-learned"],
    ["az network vnet-gateway list-advertised-routes -n gw", [LEARNED], "gateway-advertised"],
    ["az network routeserver peering list-learned-routes --routeserver rs -n p", [advertised], "route-server-learned"],
    ["az network vnet-gateway list-bgp-peer-status -n gw", [LEARNED], "gateway-learned"],
    ["az network vnet-gateway list-bgp-peer-status -n gw", [PEER], "gateway-peers"],
    ["az network vhub get-effective-routes -n h", [HUB], "hub"],
  ])("below '%s' %j is %s", async (above, rows, kind) => {
    expect((await readGatewayTable(`${above}\n${json({ value: rows })}`)).kind).toBe(kind);
  });

  test.each<[above: string, kind: string]>([
    ["az network vnet-gateway list-learned-routes -n gw", "gateway-learned"],
    ["az network routeserver peering list-advertised-routes --routeserver rs -n p", "route-server-advertised"],
  ])("of a Route Server below '%s' is %s only where that fits", async (above, kind) => {
    const text = `${above}\n${json({ RouteServiceRole_IN_0: [advertised] })}`;
    expect((await readGatewayTable(text)).kind).toBe(kind === "gateway-learned" ? "route-server-advertised" : kind);
  });
});

describe("the fields of a row", () => {
  const at = "row 1";
  const bgp = (more: object) => json([{ ...LEARNED, ...more }]);
  const hub = (more: object) => json([{ ...HUB, ...more }]);
  const peer = (more: object) => json([{ ...PEER, ...more }]);
  test.each<[what: string, text: string, code: string, message: string]>([
    ["a weight in words", bgp({ weight: "much" }), "route-field", `the 'weight' of ${at} is not a number: 'much'`],
    [
      "a weight of eleven digits",
      bgp({ weight: "12345678901" }),
      "route-field",
      `the 'weight' of ${at} is not a number: '12345678901'`,
    ],
    ["a weight that is a list", bgp({ weight: [1] }), "route-field", `the 'weight' of ${at} is not text`],
    ["a next hop that is true", bgp({ nextHop: true }), "route-field", `the 'nextHop' of ${at} is not text`],
    ["no network", bgp({ network: "" }), "route-prefix-missing", `${at} has no network`],
    ["a network that is a dash", bgp({ network: "-" }), "route-prefix-missing", `${at} has no network`],
    [
      "a prefix of 44 characters",
      bgp({ network: "1".repeat(44) }),
      "route-prefix-invalid",
      `${at}: '${"1".repeat(37)}...' is not an address prefix`,
    ],
    [
      "a hub's row without prefixes",
      hub({ addressPrefixes: [] }),
      "route-prefix-missing",
      `${at} has no address prefix`,
    ],
    [
      "a hub's row with a blank prefix",
      hub({ addressPrefixes: " " }),
      "route-prefix-missing",
      `${at} has no address prefix`,
    ],
    [
      "a hub's cut list",
      hub({ addressPrefixes: "{10.0.0.0/8" }),
      "cell-cut",
      `${at} has a cell that is cut: '{10.0.0.0/8'`,
    ],
    [
      "a hub's list that goes on",
      hub({ addressPrefixes: "10.0.0.0/8," }),
      "cell-cut",
      `${at} has a cell that is cut: '10.0.0.0/8,'`,
    ],
    ["an AS number in words", peer({ asn: "many" }), "route-field", `the 'asn' of ${at} is not an AS number: 'many'`],
    ["no neighbor", peer({ neighbor: "" }), "route-field", `${at} has no 'neighbor'`],
    [
      "routes in words",
      peer({ routesReceived: "few" }),
      "route-field",
      `the 'routesReceived' of ${at} is not a number: 'few'`,
    ],
    [
      "a weight with a word before",
      bgp({ weight: "x1" }),
      "route-field",
      `the 'weight' of ${at} is not a number: 'x1'`,
    ],
    ["a cut cell with blanks", bgp({ nextHop: " 10.8... " }), "cell-cut", `${at} has a cell that is cut: '10.8...'`],
    [
      "a prefix of 43 characters",
      bgp({ network: "1".repeat(43) }),
      "route-prefix-invalid",
      `${at}: '${"1".repeat(43)}' is ...`,
    ],
    [
      "a hub's prefix in braces behind another",
      hub({ addressPrefixes: "10.1.0.0/16 {10.2.0.0/16}" }),
      "route-prefix-invalid",
      `${at}: '{10.2.0.0' is not an IPv4 or IPv6 address`,
    ],
    [
      "a hub's prefix in brackets before another",
      hub({ addressPrefixes: "[10.1.0.0/16] 10.2.0.0/16" }),
      "route-prefix-invalid",
      `${at}: '[10.1.0.0' is not an IPv4 or IPv6 address`,
    ],
  ])("are refused: %s", async (_, text, code, message) => {
    const error = await readGatewayTable(text).catch((thrown: unknown) => thrown);
    expect(isRouteFileError(error) && [error.code, error.message]).toEqual([code, `gateway table: ${message}`]);
  });

  test.each<[row: object, fields: readonly string[]]>([
    [LEARNED, ["network", "nextHop", "origin", "asPath", "weight", "localAddress", "sourcePeer"]],
    [CIRCUIT, ["locPrf"]],
    [HUB, ["addressPrefixes", "nextHopType", "nextHops", "routeOrigin", "asPath"]],
    [
      PEER,
      [
        "neighbor",
        "asn",
        "state",
        "routesReceived",
        "connectedDuration",
        "localAddress",
        "messagesSent",
        "messagesReceived",
      ],
    ],
    [{ neighbor: "a", statePfxRcd: "1" }, ["statePfxRcd"]],
  ])("of %j that are neither text nor a number are refused by their names", async (row, fields) => {
    for (const field of fields) {
      await expectRefusal(readGatewayTable(json([{ ...row, [field]: true }])), "gateway table", {
        code: "route-field",
        message: `the '${field}' of row 1 is not text`,
        hint: EXPORT_GATEWAY,
      });
    }
  });

  test.each<[what: string, value: unknown, prefixes: readonly string[]]>([
    ["a list", ["10.1.0.0/16", null, "10.2.0.0/16", " "], ["10.1.0.0/16", "10.2.0.0/16"]],
    ["braces", "{10.1.0.0/16, 10.2.0.0/16}", ["10.1.0.0/16", "10.2.0.0/16"]],
    ["brackets and quotes", "[\"10.1.0.0/16\", '10.2.0.0/16']", ["10.1.0.0/16", "10.2.0.0/16"]],
    ["blanks and semicolons", "10.1.0.0/16 10.2.0.0/16;10.3.0.0/16 -", ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"]],
  ])("prefixes of a hub in %s", async (_, addressPrefixes, prefixes) => {
    const table = await readGatewayTable(hub({ addressPrefixes }));
    expect(isPeerTable(table) ? [] : table.routes.map(({ prefix }) => formatPrefix(prefix))).toEqual(prefixes);
  });

  test.each<[value: unknown, hop: string | undefined]>([
    ["10.8.0.4", "10.8.0.4"],
    ["None", undefined],
    ["-", undefined],
    [" ", undefined],
    [null, undefined],
    [7, "7"],
    ["10.8.*.4", "10.8.*.4"],
    ["10.8.0.4*", "10.8.0.4"],
  ])("the next hop %j is %s", async (nextHop, hop) => {
    const table = await readGatewayTable(bgp({ nextHop }));
    expect(isPeerTable(table) ? null : table.routes[0]?.nextHops[0]?.text).toBe(hop);
  });

  test.each<[more: object, state: string | null, received: number | null]>([
    [{ statePfxRcd: "12" }, "Established", 12],
    [{ statePfxRcd: 0 }, "Established", 0],
    [{ statePfxRcd: "Idle" }, "Idle", null],
    [{ statePfxRcd: "1 (Idle)", state: "x" }, "1 (Idle)", null],
    [{ statePfxRcd: "Idle 1" }, "Idle 1", null],
    [{ statePfxRcd: "", state: "Down", routesReceived: 3 }, "Down", 3],
  ])("a circuit's peer with %j is %s with %s routes", async (more, state, received) => {
    const table = await readGatewayTable(json([{ neighbor: "a", as: "1.10", upDown: "1d", v: 4, ...more }]));
    expect(isPeerTable(table) && table.peers[0]).toMatchObject({
      asn: 65546,
      state,
      routesReceived: received,
      duration: "1d",
    });
  });

  test("an unmarked row beside the best of its prefix is not the best; of another prefix it is not known", async () => {
    const row = { locPrf: "100", network: "10.1.0.0/16", path: "65515 I", weight: 0 };
    const rows = [
      { ...row, nextHop: "a*" },
      { ...row, nextHop: "b" },
      { ...row, network: "10.2.0.0/16", nextHop: "c" },
    ];
    const table = await readGatewayTable(json(rows));
    expect(isPeerTable(table) ? [] : table.routes.map(({ best }) => best)).toEqual([true, false, null]);
  });
});
