import { describe, expect, it } from "vitest";
import { measureFor } from "../../src/terminal/measure.ts";
import { stackedRows } from "../../src/terminal/stacked-rows.ts";
import { openTerminal } from "../../src/terminal/terminal.ts";
import { Capture } from "./capture-terminal.ts";

const { stdout } = await openTerminal(new Capture({}));
const measure = await measureFor([]);

function drawn(columns: number | null, ...rows: readonly (readonly string[])[]): readonly string[] {
  const lines = rows.map((cells) => ({ mark: "", markColour: null, cells, colour: null }));
  const text = stackedRows({ heading: null, rows: lines, indent: 0 }, { ...stdout, columns }, measure);
  return text.trimEnd().split("\n");
}

const SET = "10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16";
const MANY = "an answer that leaves little room";

describe("prose goes where it takes fewer lines", () => {
  it("below its row, if beside it every item had a line of its own", () => {
    expect(drawn(60, [MANY, SET])).toEqual([MANY, `  ${SET}`]);
  });

  it("beside its row, if it takes no more lines there than below", () => {
    expect(
      drawn(70, ["10.0.0.0/8", "two lines of prose beside a short cell, and as many of them below it here"]),
    ).toEqual(["10.0.0.0/8  two lines of prose beside a short cell, and as many of", "            them below it here"]);
  });

  it("beside its row off a terminal, whatever its length", () => {
    expect(drawn(null, [MANY, SET])).toEqual([`${MANY}  ${SET}`]);
  });
});

describe("a row that is exactly as wide as the terminal stays on one line", () => {
  it.each<[columns: number, cells: readonly string[], lines: readonly string[]]>([
    [16, ["10.0.0.0/8", "prose"], ["10.0.0.0/8", "  prose"]],
    [17, ["10.0.0.0/8", "prose"], ["10.0.0.0/8  prose"]],
    [10, ["10.0.0.0/8"], ["10.0.0.0/8"]],
    [10, ["10.0.0.0/8", "prose"], ["10.0.0.0/8", "  prose"]],
    [21, ["10.0.0.0/8", "Default", "prose"], ["10.0.0.0/8  Default", "  prose"]],
    [19, ["10.0.0.0/8", "Default", "prose"], ["10.0.0.0/8  Default", "  prose"]],
    [18, ["10.0.0.0/8", "Default", "prose"], ["10.0.0.0/8", "  Default: prose"]],
  ])("at %i columns: %j", (columns, cells, lines) => {
    expect(drawn(columns, cells)).toEqual(lines);
  });

  it("shorter cells are used only for a row that is wider", () => {
    const row = (cell: string) => ({ mark: "x", markColour: null, cells: [cell, "prose"], colour: null });
    const at = (columns: number) => {
      const table = { heading: null, rows: [row("10.0.0.0/8")], shorter: [row("10/8")], indent: 0 };
      return stackedRows(table, { ...stdout, columns }, measure).trimEnd();
    };
    expect([at(19), at(18)]).toEqual(["x 10.0.0.0/8  prose", "x 10/8  prose"]);
  });
});
