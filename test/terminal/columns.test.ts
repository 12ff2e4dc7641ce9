import Table from "cli-table3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inColumns, type Line } from "../../src/terminal/columns.ts";
import { plainText } from "../../src/terminal/plain-text.ts";
import { openTerminal } from "../../src/terminal/terminal.ts";
import { Capture } from "./capture-terminal.ts";

const NO_BORDERS = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((name) => [name, ""]),
);

/** Each line by itself: one that stands for several becomes these. */
function apart(
  lines: readonly Line[],
): readonly { readonly cells: readonly string[]; readonly colour: Line["colour"] }[] {
  return lines.flatMap(({ cells, colour }) => {
    const lists = cells.filter((each) => typeof each !== "string");
    return Array.from({ length: lists[0]?.length ?? 1 }, (_, at) => ({
      cells: cells.map((each) => (typeof each === "string" ? each : (each[at] ?? ""))),
      colour,
    }));
  });
}

/** The reference: the package that lays tables out. It takes time in the square of the rows. */
function byPackage(lines: readonly Line[]): string {
  const style = { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true };
  const table = new Table({ chars: NO_BORDERS, style });
  for (const { cells } of apart(lines)) table.push([...cells]);
  const rows = table.toString().split("\n");
  return rows.map((row) => `${row.trimEnd()}\n`).join("");
}

const stdout = (await openTerminal(new Capture({}))).stdout;

const line = (...cells: Line["cells"]): Line => ({ cells, colour: null });

describe("columns are laid out as cli-table3 does it", () => {
  it.each([
    ["a heading and a row", [line("PREFIX", "NAME"), line("10.0.0.0/8", "-")]],
    ["letters of two columns", [line("名前", "x"), line("a", "y")]],
    ["letters of no width", [line("e\u0301", "x"), line("ab", "y")]],
    ["a line for each of several prefixes", [line("PREFIX", "TAG", "NAME"), line(["10.0.0.0/8", "::/0"], "-", "a")]],
    [
      "a line for each prefix and its tag",
      [line("PREFIX", "TAG", "NAME"), line(["10.0.0.0/8", "::/0"], ["a", "-"], "b")],
    ],
    ["several at the end of a line", [line("NAME", "PREFIX"), line("a", ["10.0.0.0/8", "::/0"]), line("b", "-")]],
    ["an emoji", [line("🇩🇪", "x"), line("👩‍👩‍👧", "y")]],
  ])("%s", async (_, lines) => {
    expect(await inColumns(lines, stdout)).toBe(byPackage(lines));
  });

  const text = fc
    .oneof(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12, unit: "grapheme" }), fc.constant("-"))
    .map((written) => plainText(written))
    .filter((written) => written !== "");
  /** A line in which any cells may be lists, of the same length. */
  const lineOf = (width: number) =>
    fc.integer({ min: 1, max: 3 }).chain((count) => {
      const list = fc.array(text, { minLength: count, maxLength: count });
      return fc.array(fc.oneof(text, list), { minLength: width, maxLength: width });
    });
  const tables = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(lineOf(width), { minLength: 1, maxLength: 8 }));

  it("whatever the cells hold", async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const lines = table.map((cells) => line(...cells));
        expect(await inColumns(lines, stdout)).toBe(byPackage(lines));
      }),
      { numRuns: 500 },
    );
  });

  it("and as many lines where the list of what they are is left out, for it holds nothing", async () => {
    const lines = [line("NAME", "PREFIX"), line("a", ["-", "-"])];
    expect(await inColumns(lines, stdout, 1)).toBe("NAME\na\na\n");
  });

  it("and lines that are told together as each by itself, in colour and on a narrow terminal", async () => {
    const coloured = (await openTerminal(new Capture({}), { colour: "always", quiet: false, verbose: false })).stdout;
    const colours = fc.constantFrom<Line["colour"]>("red", "dim", null);
    await fc.assert(
      fc.asyncProperty(tables, colours, fc.nat({ max: 60 }), async (table, colour, width) => {
        const lines = table.map((cells) => ({ cells, colour }));
        // The first line is a heading, so it is one line.
        const heading = { cells: (table[0] ?? []).map(() => "-"), colour: "bold" } as const;
        const together = await inColumns([heading, ...lines], coloured, width);
        expect(together).toBe(await inColumns([heading, ...apart(lines)], coloured, width));
      }),
    );
  });
});
