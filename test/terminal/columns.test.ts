import Table from "cli-table3";
import fc from "fast-check";
import stringWidth from "string-width";
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

/** The reference: the package that lays tables out. It takes time in the square of the rows. */
function byPackage(lines: readonly Line[]): string {
  const style = { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true };
  const table = new Table({ chars: NO_BORDERS, style });
  for (const { cells } of lines) table.push([...cells]);
  const rows = table.toString().split("\n");
  return rows.map((row) => `${row.trimEnd()}\n`).join("");
}

const stdout = (await openTerminal(new Capture({}))).stdout;

const line = (...cells: Line["cells"]): Line => ({ cells, colour: null });

const laidOut = async (...args: Parameters<typeof inColumns>) => [...(await inColumns(...args))].join("");

const text = fc
  .oneof(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12, unit: "grapheme" }), fc.constant("-"))
  .map((written) => plainText(written))
  .filter((written) => written !== "");
const tables = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

describe("off a terminal, columns are laid out as cli-table3 does it", () => {
  it.each([
    ["a heading and a row", [line("PREFIX", "NAME"), line("10.0.0.0/8", "-")]],
    ["letters of two columns", [line("名前", "x"), line("a", "y")]],
    ["letters of no width", [line("e\u0301", "x"), line("ab", "y")]],
    ["an emoji", [line("🇩🇪", "x"), line("👩‍👩‍👧", "y")]],
  ])("%s", async (_, lines) => {
    expect(await laidOut(lines, stdout)).toBe(byPackage(lines));
  });

  it("whatever the cells hold", async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const lines = table.map((cells) => line(...cells));
        expect(await laidOut(lines, stdout)).toBe(byPackage(lines));
        expect(await laidOut(() => lines, stdout)).toBe(byPackage(lines));
      }),
      { numRuns: 500 },
    );
  });
});

describe("on a terminal, a table is fitted to its width", () => {
  const table = [
    line("SOURCE", "PREFIX", "NEXT HOP TYPE", "NAME", "ENDPOINT"),
    line("Default", "191.239.203.0/28 +79", "VirtualNetworkServiceEndpoint", "-", "Microsoft.Storage"),
    line("User", "0.0.0.0/0", "None", "to-nva", "-"),
  ];

  it.each<[number, readonly string[]]>([
    [
      200,
      [
        "SOURCE   PREFIX                NEXT HOP TYPE                  NAME    ENDPOINT",
        "Default  191.239.203.0/28 +79  VirtualNetworkServiceEndpoint  -       Microsoft.Storage",
        "User     0.0.0.0/0             None                           to-nva  -",
      ],
    ],
    [
      86,
      [
        "SOURCE   PREFIX               NEXT HOP TYPE                  NAME    ENDPOINT",
        "Default  191.239.203.0/28     VirtualNetworkServiceEndpoint  -       Microsoft.Storage",
        "         +79",
        "User     0.0.0.0/0            None                           to-nva  -",
      ],
    ],
    [
      70,
      [
        "SOURCE   PREFIX                NEXT HOP TYPE                  NAME",
        "  ENDPOINT",
        "Default  191.239.203.0/28 +79  VirtualNetworkServiceEndpoint  -",
        "  Microsoft.Storage",
        "User     0.0.0.0/0             None                           to-nva",
      ],
    ],
    [
      40,
      [
        "SOURCE   PREFIX",
        "  NEXT HOP TYPE                  NAME",
        "  ENDPOINT",
        "Default  191.239.203.0/28 +79",
        "  VirtualNetworkServiceEndpoint  -",
        "  Microsoft.Storage",
        "User     0.0.0.0/0",
        "  None                           to-nva",
      ],
    ],
  ])("of %i columns", async (width, expected) => {
    expect((await laidOut(table, stdout, width)).trimEnd().split("\n")).toEqual(expected);
  });

  it("columns without a value are left out where there is no room", async () => {
    const lines = [line("A", "B", "C"), line("-", "10.0.0.0/8", "-")];
    expect(await laidOut(lines, stdout, 12)).toBe("B\n10.0.0.0/8\n");
    expect(await laidOut(lines, stdout, 16)).toBe("A  B           C\n-  10.0.0.0/8  -\n");
  });

  it("only a word that is wider than the terminal is broken, and nothing of it is lost", async () => {
    const lines = [line("PREFIX"), line("2001:db8:1111:2222:3333:4444:5555:6666/128")];
    expect(await laidOut(lines, stdout, 40)).toBe("PREFIX\n2001:db8:1111:2222:3333:4444:5555:6666/1\n28\n");
  });

  it("all pages of a long table have the same columns, in time that grows with its rows", async () => {
    const rows = Array.from({ length: 1050 }, (_, at) => line(at === 1049 ? "a long name" : "b", `10.0.0.${at}`, "c"));
    const shown = (await laidOut([line("NAME", "ADDRESS", "X"), ...rows], stdout, 80)).trimEnd().split("\n");
    expect(shown).toHaveLength(1051);
    for (const each of shown.slice(1)) expect(each.slice(13, 20)).toBe("10.0.0.");
  });

  const cell = fc
    .array(
      fc.oneof(
        fc.constantFrom("10.0.0.0/8", "2001:db8::/32", "VirtualNetworkServiceEndpoint", "-", "日本語", "to-nva"),
        text,
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((words) => words.join(" ").trim().replace(/\s+/g, " ") || "-");
  const wide = fc
    .integer({ min: 1, max: 9 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 6 }));

  it("whatever the cells hold: no line is too wide, no character lost, no word broken that fits", async () => {
    const coloured = (await openTerminal(new Capture({}), { colour: "always", quiet: false, verbose: false })).stdout;
    await fc.assert(
      fc.asyncProperty(wide, fc.integer({ min: 40, max: 200 }), async (cells, width) => {
        const heading = line(...(cells[0] ?? []).map(() => "-"));
        const lines = [heading, ...cells.map((each): Line => ({ cells: each, colour: "red" }))];
        const shown = await laidOut(lines, stdout, width);
        for (const each of shown.split("\n")) expect(stringWidth(each)).toBeLessThanOrEqual(width);
        const kept = (all: string) => [...all.replace(/\s|-/g, "")].sort().join("");
        expect(kept(shown)).toBe(kept(cells.flat().join("")));
        for (const word of cells.flat().flatMap((each) => each.split(" "))) {
          if (stringWidth(word) <= width - 2)
            expect(` ${shown.replaceAll("\n", " ")}`).toContain(word === "-" ? "" : ` ${word} `);
        }
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
        expect((await laidOut(lines, coloured, width)).replace(/\u001b\[\d+m/g, "")).toBe(shown);
      }),
      { numRuns: 300 },
    );
  });
});
