import { describe, expect, it } from "vitest";
import { UNARRANGED } from "../../../src/output/arrange/arrangement.ts";
import { fittedColumns, printRows } from "../../../src/output/formats/wide.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const { stdout } = await openTerminal(new Capture({}));

/** The table of a stream of two records on a terminal of this width. */
async function drawn(width: number, givenUp?: readonly string[]): Promise<string> {
  const rows = (record: readonly string[]) => [record];
  const kind = { columns: ["addressPrefix", "state", "source"], ...(givenUp && { givenUp }), rows };
  const text = await fittedColumns(kind as never, stdout, width);
  const lines = [text.of(["10.0.0.0/8", "Active", "Default"]), text.of(["11.0.0.0/8", "Invalid", "User"])];
  return [...lines, await text.settled?.(), text.tail()].join("").replace(/\n +/g, " ");
}

it("a stream on a narrow terminal drops columns in the order that its kind gives, else from the last one", async () => {
  const whole = "ADDRESS PREFIX  STATE    SOURCE\n10.0.0.0/8      Active   Default\n11.0.0.0/8      Invalid  User\n";
  expect(await drawn(40)).toBe(whole);
  expect(await drawn(26)).toContain("hidden at 26 columns: SOURCE");
  expect(await drawn(26, ["state", "source"])).toContain("hidden at 26 columns: STATE");
  expect(await drawn(26, ["source", "state"])).toContain("hidden at 26 columns: SOURCE");
});

const ROWS = {
  columns: ["addressPrefix", "state", "nextHopType", "source"],
  rows: [
    ["10.0.0.0/8", "Active", "Internet", "User"],
    ["11.0.0.0/8", "Active", "None", null],
  ],
};

/** A table of finished rows on a terminal of this width. */
async function fitted(width: number | null, rows: object = ROWS, arrangement: object = {}): Promise<string> {
  const capture = new Capture({ tty: width !== null, columns: width ?? 80, env: { NO_COLOR: "1" } });
  const { stdout } = await openTerminal(capture);
  await printRows(rows as typeof ROWS, stdout, { arrangement: { ...UNARRANGED, ...arrangement }, width });
  return capture.out;
}

const WIDE = `ADDRESS PREFIX  STATE   NEXT HOP TYPE  SOURCE
10.0.0.0/8      Active  Internet       User
11.0.0.0/8      Active  None           -
`;
const FOLDED = `ADDRESS PREFIX  NEXT HOP TYPE  SOURCE
10.0.0.0/8      Internet       User
11.0.0.0/8      None           -
`;

describe("finished rows", () => {
  it("have every column at full width and where they fit", async () => {
    expect([await fitted(null), await fitted(60)]).toEqual([WIDE, WIDE]);
    expect(await fitted(60, ROWS, { headings: false })).toBe(
      "10.0.0.0/8      Active  Internet       User\n11.0.0.0/8      Active  None           -\n",
    );
  });

  it("state a value that all of them have in the footer, where the columns do not fit", async () => {
    expect(await fitted(40)).toBe(`${FOLDED}in every row: STATE Active\n`);
  });

  it("drop columns from the last one, or in the order of their kind, but never the first", async () => {
    const dropped = async (width: number, rows?: object) =>
      (await fitted(width, rows)).replace(/\n +/g, " ").split("11.0.0.0/8").at(-1)?.replace(/^.*\n/, "");
    expect(await dropped(20)).toBe("in every row: STATE Active\nhidden at 20 columns: SOURCE (-o wide shows all)\n");
    expect(await dropped(12)).toBe(
      "in every row: STATE Active\nhidden at 12 columns: NEXT HOP TYPE, SOURCE (-o wide shows all)\n",
    );
    expect(await dropped(20, { ...ROWS, givenUp: ["nextHopType", "source"] })).toBe(
      "in every row: STATE Active\nhidden at 20 columns: NEXT HOP TYPE (-o wide shows all)\n",
    );
    expect(await fitted(12)).toMatch(/^ADDRESS\nPREFIX\n10\.0\.0\.0\/8\n11\.0\.0\.0\/8\n/);
  });

  it("keep columns that were chosen by name", async () => {
    const chosen = { columns: ["addressPrefix", "state", "nextHopType", "source"] };
    expect(await fitted(36, ROWS, chosen)).toBe(`ADDRESS     STATE   NEXT HOP  SOURCE
PREFIX              TYPE
10.0.0.0/8  Active  Internet  User
11.0.0.0/8  Active  None      -
`);
  });
});

describe("a stream on a narrow terminal", () => {
  const pieces = async (more: object) => {
    const kind = { columns: ["addressPrefix", "state", "source"], rows: (row: readonly string[]) => [row], ...more };
    const text = await fittedColumns(kind as never, stdout, 26);
    const first = [text.of(["10.0.0.0/8", "Active", "Default"]), text.of(["11.0.0.0/8", "Active", "User"])];
    return [...first, await text.settled?.(), await text.settled?.(), text.tail()];
  };
  const PREFIXES = "10.0.0.0/8      Active\n11.0.0.0/8      Active\n";
  const HIDDEN = "hidden at 26 columns:\n    SOURCE (-o wide shows\n    all)\n";

  it("prints the records that arrived together, and nothing where none came", async () => {
    expect(await pieces({})).toEqual(["", "", `ADDRESS PREFIX  STATE\n${PREFIXES}`, "", HIDDEN]);
    expect(await pieces({ headings: false })).toEqual(["", "", PREFIXES, "", HIDDEN]);
  });

  it("keeps columns that were chosen by name", async () => {
    const shown = `ADDRESS PREFIX  10.0.0.0/8
STATE           Active
SOURCE          Default

ADDRESS PREFIX  11.0.0.0/8
STATE           Active
SOURCE          User
`;
    expect(await pieces({ givenUp: [] })).toEqual(["", "", shown, "", ""]);
  });
});
