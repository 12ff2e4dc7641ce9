import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { portalCsv } from "../../../src/routes/read/portal-csv.ts";
import { readRouteTable, readRouteTables, tableNames } from "../../../src/routes/read/read-route-table.ts";
import { EXPORT, expectRefusal } from "./refusals.ts";

const ORIGIN = { kind: "stdin", name: "-" } as const;

/** The rows of a text, then the remark on them and the form that they were read from. */
async function read(text: string): Promise<readonly string[]> {
  const { routes, origin } = await readRouteTable(text, ORIGIN);
  const rows = routes.map(({ name, source, state, addressPrefix, nextHopType, nextHopIpAddress }) =>
    [name ?? "-", source, state, addressPrefix.map(formatPrefix).join("+"), nextHopType, nextHopIpAddress.join("+")]
      .join(" ")
      .trim(),
  );
  return [...rows, ...(origin.note === null ? [] : [origin.note]), origin.format];
}
const refused = (text: string, code: string, message: string, hint: string) =>
  expectRefusal(readRouteTable(text, ORIGIN), "stdin", { code, message, hint });
const WHOLE = `paste the table whole, each route on a line of its own; ${EXPORT}`;
const EVERY = `which route wins depends on every one of them; ${EXPORT}`;
const excerpt = (line: number) => `An excerpt: line ${line} says that rows were left out. A left-out row may win.`;
const UNNAMED = "This export does not name its user routes.";
const NO_HOPS = "This export has no next hop addresses.";

const HEAD = [
  "Source   State   Address Prefix  Next Hop Type  Next Hop IP",
  "------   -----   --------------  -------------  -----------",
];
const LOCAL = "Default  Active  10.0.0.0/16     VnetLocal";
const NVA = "User     Active  0.0.0.0/0       VirtualAppliance  10.0.9.4";
const L = "- Default Active 10.0.0.0/16 VnetLocal";
const N = "- User Active 0.0.0.0/0 VirtualAppliance 10.0.9.4";

describe("a table with dashes", () => {
  test.each<[what: string, lines: readonly string[], rows: readonly string[]]>([
    ["one row", [...HEAD, LOCAL], [L, "az-table"]],
    ["a user route without its name", [...HEAD, LOCAL, NVA], [L, N, UNNAMED, "az-table"]],
    ["blank lines below each", [HEAD[0] ?? "", "", HEAD[1] ?? "", "", LOCAL, "", LOCAL], [L, L, "az-table"]],
    ["a prompt below", [...HEAD, LOCAL, "", "user@host:~$ az network nic list 10.0.0.0/8"], [L, "az-table"]],
    ["a prompt right below", [...HEAD, LOCAL, "PS C:\\> Get-Az {x}"], [L, "az-table"]],
    ["an indented prompt right below", [...HEAD, LOCAL, "  PS C:\\> Get-Az {x}"], [L, "az-table"]],
    ["a prompt of a shell right below", [...HEAD, LOCAL, "user@host:~$ ping 10.1.0.0/16"], [L, "az-table"]],
    ["a command of PowerShell right below", [...HEAD, LOCAL, "Get-AzEffectiveRouteTable {x}"], [L, "az-table"]],
    ["a command that is cut right below", [...HEAD, LOCAL, "$ az network…"], [L, "az-table"]],
    ["a text that is cut further below", [...HEAD, LOCAL, "", "and so on…"], [L, "az-table"]],
    [
      "a command below a name as long as its column",
      [
        "Name State   Source   AddressPrefix  NextHopType",
        "---- -----   ------   -------------  -----------",
        "rt-1 Active  Default  10.0.0.0/16    VnetLocal",
        "$ x",
      ],
      ["rt-1 Default Active 10.0.0.0/16 VnetLocal", NO_HOPS, "powershell-table"],
    ],
    ["a remark below", [...HEAD, LOCAL, "", "The prefix 10.0.0.0/8 is ours"], [L, "az-table"]],
    [
      "a source and a state that are not Azure's, right below the heading",
      [...HEAD, "Oracle   Odd     10.0.0.0/16     VnetLocal", LOCAL],
      ["- Oracle Odd 10.0.0.0/16 VnetLocal", L, "az-table"],
    ],
    ["a remark on a row", [...HEAD, `${LOCAL}   <-- ours`], [L, "az-table"]],
    ["comments between rows", [...HEAD, LOCAL, "# 10.1.0.0/16", "// x", "(a)", "-> b", LOCAL], [L, L, "az-table"]],
    ["rows left out", [...HEAD, LOCAL, "...", LOCAL], [L, L, excerpt(4), "az-table"]],
    ["rows left out, twice", [...HEAD, "<snip>", LOCAL, "...", LOCAL], [L, L, excerpt(3), "az-table"]],
    ["a row that was cut to its first words", [...HEAD, LOCAL, "Default…"], [L, excerpt(4), "az-table"]],
    ["tags of HTML", ["<pre>", ...HEAD, `<b>${LOCAL}</b>`, "</pre>"], [L, "az-table"]],
    ["tags with attributes", [...HEAD, `<b class="x">${LOCAL}</b >`, `<P ID=y>${LOCAL}`], [L, L, "az-table"]],
    [
      "a heading whose words are set apart",
      [
        "Source  State  Address  Prefix  Next  Hop  Type",
        "------  -----  --------------  -------------",
        "Default Active 10.0.0.0/16 VnetLocal",
      ],
      [L, NO_HOPS, "az-table"],
    ],
    [
      "user routes without their names and next hops, rows left out",
      [...HEAD.map((line) => line.slice(0, 46)), "User     Active  0.0.0.0/0       Internet", "..."],
      ["- User Active 0.0.0.0/0 Internet", `${excerpt(4)} ${UNNAMED} ${NO_HOPS}`, "az-table"],
    ],
    [
      "a column of one's own",
      [
        "Source   State   Address Prefix  Next Hop Type  Next Hop IP  Remark",
        "------   -----   --------------  -------------  -----------  ------",
        "Default  Active  10.0.0.0/16     VnetLocal                   x",
      ],
      [L, "az-table"],
    ],
    [
      "names",
      [
        "Name    Source   State   Address Prefix  Next Hop Type     Next Hop IP",
        "------  ------   -----   --------------  ----------------  -----------",
        "to-nva  User     Active  0.0.0.0/0       VirtualAppliance  10.0.9.4",
      ],
      ["to-nva User Active 0.0.0.0/0 VirtualAppliance 10.0.9.4", "az-table"],
    ],
    [
      "a list wrapped in PowerShell",
      [
        "State   Source   AddressPrefix    NextHopType  NextHopIpAddress",
        "-----   ------   -------------    -----------  ----------------",
        "Active  Default  {10.0.0.0/16,    VnetLocal    {}",
        "                 10.1.0.0/16,",
        "                 10.2.0.0/16}",
      ],
      ["- Default Active 10.0.0.0/16+10.1.0.0/16+10.2.0.0/16 VnetLocal", "powershell-table"],
    ],
    [
      "a word wrapped in PowerShell",
      [
        "State   Source   NextHopType AddressPrefix",
        "-----   ------   ----------- -------------",
        "Active  Default  VirtualNetw {10.0.0.0/16}",
        "                 orkGateway",
      ],
      ["- Default Active 10.0.0.0/16 VirtualNetworkGateway", NO_HOPS, "powershell-table"],
    ],
    ["indented, blanks at the ends of its lines", [...HEAD, LOCAL].map((line) => `   ${line}   `), [L, "az-table"]],
    [
      "a heading that begins before its dashes",
      [HEAD[0] ?? "", (HEAD[1] ?? "").replace("------", "   ---"), LOCAL],
      [L, "az-table"],
    ],
    [
      "a heading whose words column -t took for columns",
      [
        "Source   State   Address      Prefix     Next  Hop  Type",
        "------   ------  -----------  ---------",
        "Default  Active  10.0.0.0/16  VnetLocal",
      ],
      [L, NO_HOPS, "az-table"],
    ],
    ["a word of rows below other text", [...HEAD, LOCAL, "bye", "Default  is what Azure adds"], [L, "az-table"]],
    ["a brace below other text", [...HEAD, LOCAL, "bye", "The active {hello"], [L, "az-table"]],
    ["an indented comment between rows", [...HEAD, LOCAL, "   # 10.1.0.0/16", LOCAL], [L, L, "az-table"]],
    ["a line like an excerpt's below other text", [...HEAD, LOCAL, "bye", "..."], [L, "az-table"]],
    ["text with a number below", [...HEAD, LOCAL, "cli 2.1"], [L, "az-table"]],
    ["text that begins with a number below", [...HEAD, LOCAL, "2.1 cli"], [L, "az-table"]],
    ["text further below that begins like a row", [...HEAD, LOCAL, "", "Defaults apply"], [L, "az-table"]],
    ["text further below that ends like a source", [...HEAD, LOCAL, "", "A Default  for all"], [L, "az-table"]],
    [
      "a command with addresses between rows",
      [...HEAD, LOCAL, "$ az x 10.1.0.0/16", "az y Active {}"],
      [L, "az-table"],
    ],
    [
      "a column of one's own with words, whose cells are under their heading",
      [
        "Source   State   Address Prefix  Next Hop Type  Next Hop IP  Remark",
        "------   -----   --------------  -------------  -----------  ------",
        "Default  Active  10.0.0.0/16     VnetLocal                   of the hub",
      ],
      [L, "az-table"],
    ],
    [
      "a route called az",
      [
        "Name  Source   State   Address Prefix  Next Hop Type     Next Hop IP",
        "----  ------   -----   --------------  ----------------  -----------",
        "az    User     Active  0.0.0.0/0       VirtualAppliance  10.0.9.4",
      ],
      ["az User Active 0.0.0.0/0 VirtualAppliance 10.0.9.4", "az-table"],
    ],
    [
      "a list and a word wrapped in PowerShell, rows below",
      [
        "State   Source   NextHopType AddressPrefix    NextHopIpAddress",
        "-----   ------   ----------- -------------    ----------------",
        "Active  Default  VirtualNetw {10.0.0.0/16,    {10.0.4.4,",
        "                 orkGateway  10.1.0.0/16}     10.0.4.5}",
        "Active  Default  VnetLocal   {10.2.0.0/16}    {}",
      ],
      [
        "- Default Active 10.0.0.0/16+10.1.0.0/16 VirtualNetworkGateway 10.0.4.4+10.0.4.5",
        "- Default Active 10.2.0.0/16 VnetLocal",
        "powershell-table",
      ],
    ],
  ])("is read: %s", async (_, lines, rows) => {
    expect(await read(lines.join("\n"))).toEqual(rows);
  });

  test.each<[what: string, lines: readonly string[], code: string, message: string, hint: string]>([
    ["no rows", HEAD, "rows-missing", "the table has a heading and no rows", EXPORT],
    [
      "a row below text that is right below the heading",
      [...HEAD, "hello", LOCAL],
      "row-unreadable",
      "line 4 is a row below other text (line 3), without a heading of its own",
      `paste each table with its heading, and nothing between its rows; ${EXPORT}`,
    ],
    [
      "a row that ends like a command",
      [...HEAD, "Default  Active  10.0.0.0/16     Vnet az x"],
      "row-unreadable",
      "line 3 does not fit the columns of its table",
      WHOLE,
    ],
    ...[[""], ["bye"]].map((between): [string, readonly string[], string, string, string] => [
      `a list in PowerShell whose rest is below '${between}'`,
      [
        "State   Source   AddressPrefix    NextHopType  NextHopIpAddress",
        "-----   ------   -------------    -----------  ----------------",
        "Active  Default  {10.0.0.0/16,    VnetLocal    {}",
        ...between,
        "                 10.1.0.0/16}",
      ],
      "row-unreadable",
      "line 3 does not fit the columns of its table",
      WHOLE,
    ]),
    [
      "a row in half",
      [...HEAD, "Default  Active  10.0.0.0/16"],
      "row-unreadable",
      "line 3 does not fit the columns of its table",
      WHOLE,
    ],
    [
      "a row in half below a blank line",
      [...HEAD, LOCAL, "", "Default"],
      "row-unreadable",
      "line 5 does not fit the columns of its table",
      WHOLE,
    ],
    [
      "a state alone below a blank line",
      [...HEAD, LOCAL, "", "         Invalid"],
      "row-unreadable",
      "line 5 does not fit the columns of its table",
      WHOLE,
    ],
    ...["{}", "{a b}", "{10.0.4.4,"].map((list): [string, readonly string[], string, string, string] => [
      `a state with the list ${list} below other text`,
      [...HEAD, LOCAL, "bye", `Default  Active  ${list}`],
      "row-unreadable",
      "line 5 is a row below other text (line 4), without a heading of its own",
      `paste each table with its heading, and nothing between its rows; ${EXPORT}`,
    ]),
    [
      "a row below text with a hash inside",
      [...HEAD, LOCAL, "see # 5", LOCAL],
      "row-unreadable",
      "line 5 is a row below other text (line 4), without a heading of its own",
      `paste each table with its heading, and nothing between its rows; ${EXPORT}`,
    ],
    [
      "a row whose remark crosses a border of its columns",
      [
        "Source   State   Address Prefix  Next Hop Type  Next Hop IP  Remark",
        "------   -----   --------------  -------------  -----------  ------",
        "Default  Active  10.0.0.0/16     VnetLocal          x of the hub",
      ],
      "row-unreadable",
      "line 3 does not fit the columns of its table",
      WHOLE,
    ],
    [
      "a next hop that crosses the border to a remark",
      [
        "Source   State   Address Prefix  Next Hop Type     Next Hop IP  Remark",
        "------   -----   --------------  -------------     -----------  ------",
        "User     Active  0.0.0.0/0       VirtualAppliance       10.0.9.10 of the hub",
      ],
      "row-unreadable",
      "line 3 does not fit the columns of its table",
      WHOLE,
    ],
    [
      "a word that does not continue a short one",
      [
        "State   Source   NextHopType AddressPrefix",
        "-----   ------   ----------- -------------",
        "Active  Default  VnetLocal   {10.0.0.0/16}",
        "                 orkGateway  {10.1.0.0/16}",
      ],
      "row-unreadable",
      "line 4 does not fit the columns of its table",
      WHOLE,
    ],
    [
      "a row without a prefix",
      [...HEAD, "Default  Active     VnetLocal"],
      "row-unreadable",
      "line 3 does not fit the columns of its table",
      WHOLE,
    ],
    [
      "a row below other text",
      [...HEAD, LOCAL, "and then:", LOCAL],
      "row-unreadable",
      "line 5 is a row below other text (line 4), without a heading of its own",
      `paste each table with its heading, and nothing between its rows; ${EXPORT}`,
    ],
    [
      "a column missing",
      [HEAD[0]?.replace("State", "Remark") ?? "", HEAD[1] ?? "", LOCAL],
      "columns-missing",
      "the table has no column 'State'",
      EVERY,
    ],
    [
      "two columns of prefixes",
      [
        "Source   State   Prefix       Prefixes     Next Hop Type",
        "------   -----   ------       --------     -------------",
        "Default  Active  10.0.0.0/16  11.0.0.0/16  VnetLocal",
      ],
      "columns-missing",
      "the table has two columns for addressPrefix: 'Prefixes' is the second",
      "keep the one that Azure filled",
    ],
    [
      "a column that may be next hops",
      [
        "Source   State   Prefix       Hop      Next Hop Type",
        "------   -----   ------       ---      -------------",
        "Default  Active  10.0.0.0/16  x        VnetLocal",
      ],
      "columns-missing",
      "the column 'Hop' may be the next hop addresses",
      `call it 'Next Hop IP Address' where it is, or leave it out; ${EXPORT}`,
    ],
  ])("is refused: %s", async (_, lines, code, message, hint) => {
    await refused(lines.join("\n"), code, message, hint);
  });

  test("several tables have the names above them", async () => {
    const text = ["NIC: a", ...HEAD, LOCAL, "", "NIC: b", "", ...HEAD, NVA, "", ...HEAD, LOCAL].join("\n");
    expect(await tableNames(text, ORIGIN)).toEqual(["a", "b", "table 3"]);
    const tables = await readRouteTables(text, ORIGIN);
    expect(tables.map((each) => ("table" in each ? each.table.routes.length : each.error.code))).toEqual([1, 1, 1]);
    await refused(
      text,
      "several-tables",
      "it holds the tables of 3 network interfaces\na, b, table 3",
      "choose one: --table a",
    );
  });

  test("the line above the first table is no title of the second", async () => {
    const text = ["NIC: a", ...HEAD, LOCAL, ...HEAD, LOCAL].join("\n");
    expect(await tableNames(text, ORIGIN)).toEqual(["a", "table 2"]);
  });

  test.each([
    ["line above it", ["NIC: a", "Name  Size", "----  ----"]],
    ["heading", ["Network interface  Size", "-----------------  ----"]],
  ])("the %s of a table of another kind is no title of the next", async (_, lines) => {
    expect(await tableNames([...lines, ...HEAD, LOCAL].join("\n"), ORIGIN)).toEqual(["table 1"]);
  });

  test("a table of another kind beside it is passed over; alone it is refused by what it is", async () => {
    const rules = [
      "Name  Priority  Access  Direction",
      "----  --------  ------  ---------",
      "ssh   100       Allow   Inbound",
    ];
    expect(await read([...rules, "", ...HEAD, LOCAL].join("\n"))).toEqual([L, "az-table"]);
    const sizes = ["Name  Size", "----  ----", "x     1"];
    await refused(
      [...sizes, "", ...rules].join("\n"),
      "security-rules",
      "it looks like a network security group's rules",
      EXPORT,
    );
  });

  test("one of several that cannot be read has its error in its place", async () => {
    const text = [
      "NIC: a",
      ...HEAD,
      LOCAL,
      "",
      "NIC: b",
      ...HEAD,
      "Default  Active  10.0.0.0/16     VirtualNetworkGa",
    ].join("\n");
    const tables = await readRouteTables(text, ORIGIN);
    expect(tables.map((each) => [each.name, "table" in each ? each.table.origin : each.error.message])).toEqual([
      ["a", { kind: "stdin", name: "-", format: "az-table", fetchedAt: null, note: null }],
      ["b", "line 9 has a cell that is cut: 'VirtualNetworkGa'"],
    ]);
  });
});

const PIPES = ["| Source | State | Prefix | Next Hop Type | Next Hop IP |", "|---|---|---|---|---|"];
const PIPE_ROW = "| Default | Active | 10.0.0.0/16 | VnetLocal | |";
const ODD_ROW = PIPE_ROW.replace("Active", "Odd");
const ODD = L.replace("Active", "Odd");

describe("a table with pipes", () => {
  test.each<[what: string, lines: readonly string[], rows: readonly string[]]>([
    ["Markdown", [...PIPES, PIPE_ROW], [L, "pipe-table"]],
    [
      "no outer pipes",
      [
        "Source | State | Prefix | Next Hop Type | Next Hop IP",
        "---|---|---|---|---",
        "Default | Active | 10.0.0.0/16 | VnetLocal | ",
      ],
      [L, "pipe-table"],
    ],
    ["text below", [...PIPES, PIPE_ROW, "", "Thanks | bye"], [L, "pipe-table"]],
    ...["| a-b | Default | Active | 10.0.0.0/16 | VnetLocal |", "a-b | Default | Active | 10.0.0.0/16 | VnetLocal"].map(
      (row): [string, readonly string[], readonly string[]] => [
        `a dash in the row ${row}`,
        ["| Name | Source | State | Prefix | Next Hop Type |", "|---|---|---|---|---|", row],
        ["a-b Default Active 10.0.0.0/16 VnetLocal", NO_HOPS, "pipe-table"],
      ],
    ),
    ["tabs beside the pipes", [...PIPES, PIPE_ROW].map((line) => line.replaceAll(" | ", "\t|\t")), [L, "pipe-table"]],
    [
      "a row without its first pipe",
      [...PIPES, "Default | Active | 10.0.0.0/16 | VnetLocal | 10.0.0.4 |"],
      ["- Default Active 10.0.0.0/16 VnetLocal 10.0.0.4", "pipe-table"],
    ],
    [
      "a row with a state of its own, first and below a blank line",
      [...PIPES, ODD_ROW, "", PIPE_ROW, ODD_ROW],
      [ODD, L, ODD, "pipe-table"],
    ],
    [
      "Jira, indented",
      ["  ||Source||State||Prefix||Next Hop Type||Next Hop IP||", "  |Default|Active|10.0.0.0/16|VnetLocal| |"],
      [L, "pipe-table"],
    ],
    [
      "a word like a state and a prefix further below",
      [...PIPES, PIPE_ROW, "", "actively | 10.1.0.0/16"],
      [L, "pipe-table"],
    ],
    [
      "outer pipes around the heading alone",
      [...PIPES, "Default | Active | 10.0.0.0/16 | VnetLocal | 10.0.0.4"],
      ["- Default Active 10.0.0.0/16 VnetLocal 10.0.0.4", "pipe-table"],
    ],
    [
      "a row without its last pipe",
      [...PIPES, "| Default | Active | 10.0.0.0/16 | VnetLocal | 10.0.0.4"],
      ["- Default Active 10.0.0.0/16 VnetLocal 10.0.0.4", "pipe-table"],
    ],
    ["text right below", [...PIPES, PIPE_ROW, "Thanks"], [L, "pipe-table"]],
    ["rows left out", [...PIPES, PIPE_ROW, "| ... | | | | |", PIPE_ROW], [L, L, excerpt(4), "pipe-table"]],
    ["rows left out, outside the pipes", [...PIPES, PIPE_ROW, "...", PIPE_ROW], [L, L, excerpt(4), "pipe-table"]],
    ["a blank line between rows", [...PIPES, PIPE_ROW, "", PIPE_ROW], [L, L, "pipe-table"]],
    [
      "an escaped pipe",
      [...PIPES, PIPE_ROW.replace("VnetLocal", "Vnet\\|Local")],
      ["- Default Active 10.0.0.0/16 Vnet|Local", "pipe-table"],
    ],
    [
      "Jira",
      ["||Source||State||Prefix||Next Hop Type||Next Hop IP||", "|Default|Active|10.0.0.0/16|VnetLocal| |"],
      [L, "pipe-table"],
    ],
    [
      "the first excerpt of two",
      [...PIPES, "| ... | | | | |", PIPE_ROW, "...", PIPE_ROW, "| … | | | | |"],
      [L, L, excerpt(3), "pipe-table"],
    ],
    ["a line like an excerpt's below other text", [...PIPES, PIPE_ROW, "bye", "..."], [L, "pipe-table"]],
    ["other cells further below", [...PIPES, PIPE_ROW, "", "| a | b | c | d | e |"], [L, "pipe-table"]],
    ["a prefix in text further below", [...PIPES, PIPE_ROW, "", "10.1.0.0/16 is ours"], [L, "pipe-table"]],
    ["a state without a prefix further below", [...PIPES, PIPE_ROW, "", "active | all"], [L, "pipe-table"]],
    [
      "a state in its column, without a prefix, further below",
      [...PIPES, PIPE_ROW, "", "all | active"],
      [L, "pipe-table"],
    ],
    ["a prefix without a state further below", [...PIPES, PIPE_ROW, "", "inactive | 10.1.0.0/16"], [L, "pipe-table"]],
    [
      "a first column without a heading",
      ["|| Source | State | Prefix | Next Hop Type | Next Hop |", "|---|---|---|---|---|---|"].concat(
        "| 1 | Default | Active | 10.0.0.0/16 | VnetLocal | |",
      ),
      [L, "pipe-table"],
    ],
    [
      "a column without a heading inside",
      ["| Source || State | Prefix | Next Hop Type | Next Hop |", "|---|---|---|---|---|---|"].concat(
        "| Default | 1 | Active | 10.0.0.0/16 | VnetLocal | |",
      ),
      [L, "pipe-table"],
    ],
    ["a box", ["+---+", PIPES[0] ?? "", "+===+", PIPE_ROW, "+---+"], [L, "pipe-table"]],
    [
      "Unicode's double lines",
      [
        "╔═══╗",
        "║ Source ║ State ║ Prefix ║ Next Hop Type ║ Next Hop IP ║",
        "╠═══╣",
        "║ Default ║ Active ║ 10.0.0.0/16 ║ VnetLocal ║ ║",
      ],
      [L, "pipe-table"],
    ],
    [
      "Unicode's heavy lines",
      [
        "┏━━━┓",
        "┃ Source ┃ State ┃ Prefix ┃ Next Hop Type ┃ Next Hop IP ┃",
        "┣━━━┫",
        "┃ Default ┃ Active ┃ 10.0.0.0/16 ┃ VnetLocal ┃ ┃",
      ],
      [L, "pipe-table"],
    ],
  ])("is read: %s", async (_, lines, rows) => {
    expect(await read(lines.join("\n"))).toEqual(rows);
  });

  const misfit = (line: number) => `line ${line} is a row that does not fit the table above it`;
  test.each<[what: string, lines: readonly string[], code: string, message: string, hint: string]>([
    ["no rows", PIPES, "rows-missing", "the table has a heading and no rows", EXPORT],
    [
      "a cell that is cut, alone",
      [...PIPES, "| Def... | | | | |"],
      "cell-cut",
      "line 3 has a cell that is cut: 'Def...'",
      EXPORT,
    ],
    [
      "a cell whose start is cut, alone",
      [...PIPES, "| ...lt | | | | |"],
      "cell-cut",
      "line 3 has a cell that is cut: '...lt'",
      EXPORT,
    ],
    [
      "a cell too few",
      [...PIPES, "| Default | Active | 10.0.0.0/16 | VnetLocal |"],
      "row-unreadable",
      misfit(3),
      WHOLE,
    ],
    [
      "a cell and pipes too few",
      [...PIPES, "Default | Active | 10.0.0.0/16 | VnetLocal"],
      "row-unreadable",
      misfit(3),
      WHOLE,
    ],
    [
      "a cell too few, indented",
      [...PIPES, "  | Default | Active | 10.0.0.0/16 | VnetLocal |"],
      "row-unreadable",
      misfit(3),
      WHOLE,
    ],
    [
      "a heading's word alone",
      ["PeeringState"],
      "text-unrecognised",
      "not a route table in any form that this program reads",
      EXPORT,
    ],
    ["a cell too many", [...PIPES, `${PIPE_ROW} x |`], "row-unreadable", misfit(3), WHOLE],
    ["a prefix outside the pipes", [...PIPES, PIPE_ROW, "10.1.0.0/16"], "row-unreadable", misfit(4), WHOLE],
    ["a row below other text", [...PIPES, PIPE_ROW, "and", PIPE_ROW], "row-unreadable", misfit(5), WHOLE],
    [
      "two columns alone",
      ["| Source | Prefix |", "|---|---|", "| Default | 10.0.0.0/16 |"],
      "columns-missing",
      "the table has no column 'Next Hop Type', 'State'",
      EVERY,
    ],
    [
      "a row of blank cells",
      [...PIPES, PIPE_ROW, "| | | | | |"],
      "route-prefix-missing",
      "line 4 has no address prefix",
      "export the table again; a route without a prefix matches nothing, so the file is incomplete",
    ],
    [
      "half a row below a blank line",
      [...PIPES, PIPE_ROW, "", "| Active | 10.1.0.0/16 |"],
      "row-unreadable",
      misfit(5),
      WHOLE,
    ],
    [
      "a column missing",
      ["| Source | Prefix | Next Hop Type |", "|---|---|---|", "| a | b | c |"],
      "columns-missing",
      "the table has no column 'State'",
      EVERY,
    ],
  ])("is refused: %s", async (_, lines, code, message, hint) => {
    await refused(lines.join("\n"), code, message, hint);
  });

  test("several tables have the names above them", async () => {
    const text = ["## a", "", ...PIPES, PIPE_ROW, "", "## b", ...PIPES, PIPE_ROW].join("\n");
    expect(await tableNames(text, ORIGIN)).toEqual(["a", "b"]);
  });

  test("the line above the first table is no title of the second", async () => {
    const text = ["## a", PIPES[0], PIPE_ROW, ...PIPES, PIPE_ROW].join("\n");
    expect(await tableNames(text, ORIGIN)).toEqual(["a", "table 2"]);
  });

  test("the heading of a table is no title of the next", async () => {
    const heading = "| Network interface | State | Source | Prefix |";
    expect(await tableNames([heading, ...PIPES, PIPE_ROW].join("\n"), ORIGIN)).toEqual(["table 1"]);
  });
});

const CSV = "Source,State,Address Prefixes,Next Hop Type,Next Hop IP Address,User Defined Route Name";
const CSV_ROW = "Default,Active,10.0.0.0/16,Virtual network,-,-";

describe("the columns of a table", () => {
  const pipes = (...rows: readonly (readonly string[])[]) =>
    rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n|---|\n");
  const HEADINGS = ["Source", "State", "Prefix", "Next Hop Type", "Next Hop"];
  const CELLS = ["Default", "Active", "10.0.0.0/16", "VnetLocal", ""];

  test("of one's own are fields by their headings; those of NICs and those without a heading are none", async () => {
    const text = pipes(
      [...HEADINGS, "", "Owner", "NIC", "Name", "Route Name"],
      [...CELLS, "1", "ann", "nic1", "a", "b"],
    );
    const { routes } = await readRouteTable(text, ORIGIN);
    expect(routes.map(({ fields }) => fields)).toEqual([
      {
        ...{ source: "Default", state: "Active", addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" },
        ...{ nextHopIpAddress: [], Owner: "ann", name: "a", "Route Name": "b" },
      },
    ]);
  });

  test.each<[second: string, column: string, cell: string]>([
    ["SOURCE", "source", "User"],
    ["`State`", "state", "Invalid"],
    ["Address prefixes", "addressPrefix", "10.0.0.0/8"],
    ["NextHopType", "nextHopType", "None"],
    ["Next hop IP", "nextHopIpAddress", "10.0.0.4"],
  ])("two of what decides the answer are refused: %s for %s", async (second, column, cell) => {
    await refused(
      pipes([...HEADINGS, second], [...CELLS, cell]),
      "columns-missing",
      `the table has two columns for ${column}: '${second}' is the second`,
      "keep the one that Azure filled",
    );
  });
});

/** A table with a column of its own that makes the heading so long. */
const longCsv = (length: number) => `${CSV},${"x".repeat(length - CSV.length - 1)}\n${CSV_ROW},y`;

describe("CSV", () => {
  test.each<[what: string, text: string, rows: readonly string[]]>([
    ["the portal's", `${CSV}\n${CSV_ROW}\n`, [L, "portal-csv"]],
    ["semicolons", `${CSV}\n${CSV_ROW}`.replaceAll(",", ";"), [L, "portal-csv"]],
    ["tabs", `${CSV}\n${CSV_ROW}`.replaceAll(",", "\t"), [L, "portal-csv"]],
    ["five lines above", `1\n2\n3\n4\n5\n${CSV}\n${CSV_ROW}`, [L, "portal-csv"]],
    ["empty lines and records", `${CSV}\n\n,,,,,\n${CSV_ROW}\n`, [L, "portal-csv"]],
    ["a fence below", `${CSV}\n${CSV_ROW}\n\`\`\`\n`, [L, "portal-csv"]],
    ["a prompt below", `${CSV}\n${CSV_ROW}\nPS C:\\>`, [L, "portal-csv"]],
    ["a prompt of a shell below", `${CSV}\n${CSV_ROW}\nme@host:~$\n\n`, [L, "portal-csv"]],
    ...["~~~", "PS C:\\> ", "  #", "%", ">"].map((end): [string, string, readonly string[]] => [
      `'${end}' below`,
      `${CSV}\n${CSV_ROW}\n\n${end}\n \n`,
      [L, "portal-csv"],
    ]),
    ...[",", ";", "\t"].map((mark): [string, string, readonly string[]] => [
      `a last row that ends like a prompt, with '${mark}' between its cells`,
      `${CSV},Load\nDefault,Active,10.0.0.0/16,Internet,-,-,5%`.replaceAll(",", mark),
      ["- Default Active 10.0.0.0/16 Internet", "portal-csv"],
    ]),
    ["a fence and a prompt below", `${CSV}\n${CSV_ROW}\n\`\`\`\n\nPS C:\\>`, [L, "portal-csv"]],
    ["a prompt of 199 characters below", `${CSV}\n${CSV_ROW}\n${">".padStart(199, "x")}`, [L, "portal-csv"]],
    ["dashes in a cell", `${CSV},Note\n${CSV_ROW},-- x`, [L, "portal-csv"]],
    ["a heading of 10,000 characters", longCsv(10_000), [L, "portal-csv"]],
    [
      "a prefix list in a cell",
      `${CSV}\nUser,Invalid,"10.0.0.0/16, 10.1.0.0/16",None,,a`,
      ["a User Invalid 10.0.0.0/16+10.1.0.0/16 None", "portal-csv"],
    ],
  ])("is read: %s", async (_, text, rows) => {
    expect(await read(text)).toEqual(rows);
  });

  test.each<[what: string, text: string, code: string, message: string, hint: string]>([
    [
      "six lines above",
      `1\n2\n3\n4\n5\n6\n${CSV}\n${CSV_ROW}`,
      "text-unrecognised",
      "not a route table in any form that this program reads",
      EXPORT,
    ],
    [
      "columns missing",
      "Source,Address Prefixes\nDefault,10.0.0.0/16",
      "csv-columns",
      "the CSV has no column 'Next Hop Type', 'State'",
      `download it with all columns from the network interface's Effective routes page, or ${EXPORT}`,
    ],
    [
      "a quote that does not close",
      `${CSV}\n"Default`,
      "csv-truncated",
      "the CSV is cut off inside a quoted cell",
      "download the table again",
    ],
    [
      "the routes of a hub",
      "Address Prefix,Next Hop Type,Origin\n10.0.0.0/8,x,y",
      "hub-routes",
      "it looks like the effective routes of a virtual hub, not of a network interface",
      EXPORT,
    ],
    [
      "prefixes alone, below their heading",
      "Address Prefix\n10.0.0.0/8\n11.0.0.0/8\n",
      "text-unrecognised",
      "not a route table in any form that this program reads",
      EXPORT,
    ],
    [
      "a line of 200 characters below that ends like a prompt",
      `${CSV}\n${CSV_ROW}\n${">".padStart(200, "x")}`,
      "csv-syntax",
      "the CSV is broken: line 3 has 1 cell, unlike the heading",
      "download the table again",
    ],
    [
      "a heading of 10,001 characters",
      longCsv(10_001),
      "text-unrecognised",
      "not a route table in any form that this program reads",
      EXPORT,
    ],
  ])("is refused: %s", async (_, text, code, message, hint) => {
    await refused(text, code, message, hint);
  });

  test("without a heading of its own is taken to have commas", () => {
    expect(() => portalCsv.tables("Name;Size\na;1")).toThrow(
      expect.objectContaining({
        ...{
          code: "csv-columns",
          message: `the CSV has no column 'Address Prefix', 'Next Hop Type', 'Source', 'State'`,
        },
      }),
    );
    expect(portalCsv.tables(longCsv(10_001))).toMatchObject([{ name: null }]);
  });

  test("a line further above may name it too", async () => {
    const [table] = await readRouteTables(`NIC: nic1\nThese are its routes\n${CSV}\n${CSV_ROW}`, ORIGIN);
    expect(table?.name).toBe("nic1");
  });

  test("the line above may name it", async () => {
    const [table] = await readRouteTables(`NIC: nic1\n${CSV}\n${CSV_ROW}`, ORIGIN);
    expect(table?.name).toBe("nic1");
  });
});

const LIST =
  "Source : Default\nState : Active\nAddressPrefix : {10.0.0.0/16}\nNextHopType : VnetLocal\nNextHopIpAddress : {}\n";

describe("a list of properties", () => {
  test.each<[what: string, text: string, rows: readonly string[]]>([
    ["one route", LIST, [L, "powershell-list"]],
    ["no blank line between routes", LIST + LIST, [L, L, "powershell-list"]],
    [
      "a list in two lines",
      LIST.replace("/16}", "/16,\n  10.1.0.0/16}"),
      ["- Default Active 10.0.0.0/16+10.1.0.0/16 VnetLocal", "powershell-list"],
    ],
    ["properties without a value", `Name :\n${LIST}Note:\n`, [L, "powershell-list"]],
    ["a word in two lines", LIST.replace("VnetLocal", "Vnet\n   Local"), [L, "powershell-list"]],
    ["a prefix in two lines", LIST.replace("{10.0.0.0/16}", "{10.0.0.\n    0/16}"), [L, "powershell-list"]],
    ["text around", `PS C:\\> Get-X\n\n${LIST}\nPS C:\\>\n`, [L, "powershell-list"]],
  ])("is read: %s", async (_, text, rows) => {
    expect(await read(text)).toEqual(rows);
  });

  test("titles name tables", async () => {
    expect(await tableNames(`=== a ===\n${LIST}\n=== b ===\n${LIST}`, ORIGIN)).toEqual(["a", "b"]);
  });

  test("a route that lacks a property is refused", async () => {
    await refused(
      `${LIST}\n${LIST.replace(/State.*\n/, "")}`,
      "row-unreadable",
      "the route at line 7 has no State",
      `paste every property of every route; ${EXPORT}`,
    );
  });
});

test("an error of Azure in a text counts before JSON of no known kind below it", async () => {
  await refused(
    'ERROR: (AbcD) The message\n{"a":1}\n',
    "azure-error",
    "it holds an Azure error, not routes\nAbcD: The message",
    "follow Azure's message, then export the table again",
  );
});
