import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { measureFor } from "../../src/terminal/measure.ts";
import { wrap, wrapCells } from "../../src/terminal/wrap.ts";

const padTo =
  (widths: readonly number[]) =>
  (cell: string, column: number): string =>
    cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell)));

const ROW = [
  "10.0.0.0/8",
  "User to-nva",
  "None 10.10.10.10",
  "longest-prefix: Its /8 is shorter than the winner's /16.",
];
const WIDTHS = [12, 11, 16];

describe("cells in lines", () => {
  it.each([
    ["stand on one line where they fit", 200, [`10.0.0.0/8    User to-nva  None 10.10.10.10  ${ROW[3]}`]],
    ["break before the cell that does not fit", 64, ["10.0.0.0/8    User to-nva  None 10.10.10.10", `  ${ROW[3]}`]],
    [
      "break a cell that is wider than a line between its words",
      44,
      [
        "10.0.0.0/8    User to-nva  None 10.10.10.10",
        "  longest-prefix: Its /8 is shorter than the",
        "  winner's /16.",
      ],
    ],
    ["stay whole where they fit exactly", 101, [`10.0.0.0/8    User to-nva  None 10.10.10.10  ${ROW[3]}`]],
    ["break nowhere without a width", null, [`10.0.0.0/8    User to-nva  None 10.10.10.10  ${ROW[3]}`]],
  ] as const)("%s", (_, width, lines) => {
    expect(wrapCells(ROW, padTo(WIDTHS), width, stringWidth)).toEqual(lines);
  });

  it.each([
    ["stays whole where it is exactly as wide as the room", 11, ["User to-nva", "  None"]],
    ["is broken where it is wider", 10, ["User", "  to-nva", "  None"]],
  ] as const)("the first of them %s", (_, width, lines) => {
    expect(wrapCells(["User to-nva", "None"], padTo([11, 4]), width, stringWidth)).toEqual(lines);
  });

  it("lose no word, have no trailing blank, and are too wide only for a single word, for any texts and width", () => {
    const word = fc.constantFrom("a", "10.0.0.0/8", "VirtualNetworkServiceEndpoint", "日本語", "to-nva");
    const cell = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), fc.integer({ min: 10, max: 90 }), (cells, width) => {
        const lines = wrapCells(cells, padTo([12, 8]), width, stringWidth);
        expect(lines.join(" ").split(/ +/).filter(Boolean)).toEqual(cells.join(" ").split(" "));
        for (const line of lines) {
          expect(line).toBe(line.trimEnd());
          if (stringWidth(line) > width) expect(line.trim()).not.toContain(" ");
        }
      }),
    );
  });
});

it.each([
  ["by words", "one two three", 8, ["one two", "three"]],
  ["by columns: an ideograph takes two", "日本 日本 日本", 9, ["日本 日本", "日本"]],
  ["nowhere where it fits exactly", "one two", 7, ["one two"]],
  ["not within a word", "10.0.0.0/8 a", 4, ["10.0.0.0/8", "a"]],
])("text is broken %s", async (_, text, width, lines) => {
  expect(wrap(text, width, await measureFor([text]))).toEqual(lines);
});
