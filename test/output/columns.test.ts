import Table from "cli-table3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inColumns, type Line } from "../../src/output/columns.ts";
import { plainText } from "../../src/output/plain-text.ts";
import { openTerminal } from "../../src/output/terminal.ts";
import { Capture } from "./capture-terminal.ts";

const NO_BORDERS = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((name) => [name, ""]),
);

/** The reference: the package that lays tables out. It takes time in the square of the rows. */
function byPackage(lines: readonly Line[]): string {
  const style = { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true };
  const table = new Table({ chars: NO_BORDERS, style });
  for (const { cells } of lines) table.push([...cells]);
  const rows = table.toString().split("\n");
  return rows.map((row) => `${row.trimEnd()}\n`).join("");
}

const stdout = openTerminal(new Capture({})).stdout;

const line = (...cells: string[]): Line => ({ cells, colour: null });

describe("columns are laid out as cli-table3 does it", () => {
  it.each([
    ["a heading and a row", [line("PREFIX", "NAME"), line("10.0.0.0/8", "-")]],
    ["letters of two columns", [line("名前", "x"), line("a", "y")]],
    ["letters of no width", [line("e\u0301", "x"), line("ab", "y")]],
    ["an emoji", [line("🇩🇪", "x"), line("👩‍👩‍👧", "y")]],
  ])("%s", async (_, lines) => {
    expect(await inColumns(lines, stdout)).toBe(byPackage(lines));
  });

  it("whatever the cells hold", async () => {
    const cell = fc
      .oneof(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12, unit: "grapheme" }), fc.constant("-"))
      .map((text) => plainText(text))
      .filter((text) => text !== "");
    const tables = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      );
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const lines = table.map((cells) => line(...cells));
        expect(await inColumns(lines, stdout)).toBe(byPackage(lines));
      }),
      { numRuns: 500 },
    );
  });
});
