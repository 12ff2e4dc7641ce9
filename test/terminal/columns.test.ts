import Table from "cli-table3";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { inColumns } from "../../src/terminal/columns.ts";
import { plainText } from "../../src/terminal/plain-text.ts";
import type { Column, Forms, Line, TableForm } from "../../src/terminal/table-form.ts";
import { openTerminal } from "../../src/terminal/terminal.ts";
import { Capture } from "./capture-terminal.ts";

const NO_BORDERS = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((name) => [name, ""]),
);

/** The reference: cli-table3, which takes quadratic time in the number of rows. */
function byPackage(lines: readonly Line[]): string {
  const style = { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true };
  const table = new Table({ chars: NO_BORDERS, style });
  for (const { cells } of lines) table.push([...cells]);
  const rows = table.toString().split("\n");
  return rows.map((row) => `${row.trimEnd()}\n`).join("");
}

const stdout = (await openTerminal(new Capture({}))).stdout;

const line = (...cells: Line["cells"]): Line => ({ cells, colour: null });

/** A table from lines, the heading first. */
function formOf([heading, ...lines]: readonly Line[], columns: Partial<Column>[] = []): TableForm {
  return { columns: (heading?.cells ?? []).map((text, at) => ({ heading: text, ...columns[at] })), lines };
}

const laidOut = async (form: TableForm | Forms, to = stdout, width?: number) =>
  [...(await inColumns("lines" in form ? [form] : form, to, { width }))].join("");

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
    expect(await laidOut(formOf(lines))).toBe(byPackage(lines));
  });

  it("whatever the cells hold", { tags: ["slow"] }, async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const lines = table.map((cells) => line(...cells));
        const form = formOf(lines);
        expect(await laidOut(form)).toBe(byPackage(lines));
        expect(await laidOut({ ...form, lines: () => form.lines as Line[] })).toBe(byPackage(lines));
      }),
      { numRuns: 500 },
    );
  });
});

describe("on a terminal, a table is fitted to its width", () => {
  const table = [
    line("SOURCE", "STATE", "PREFIX", "NEXT HOP TYPE", "NAME", "ENDPOINT"),
    line("Default", "Active", "191.239.203.0/28 +79", "VirtualNetworkServiceEndpoint", "-", "Microsoft.Storage"),
    line("User", "Active", "0.0.0.0/0", "None", "to-nva", "-"),
  ];
  const form = formOf(table, [{ givenUp: 3 }, { foldable: true }, {}, {}, { givenUp: 2 }, { givenUp: 1 }]);

  it.each<[number, readonly string[]]>([
    [
      200,
      [
        "SOURCE   STATE   PREFIX                NEXT HOP TYPE                  NAME    ENDPOINT",
        "Default  Active  191.239.203.0/28 +79  VirtualNetworkServiceEndpoint  -       Microsoft.Storage",
        "User     Active  0.0.0.0/0             None                           to-nva  -",
      ],
    ],
    [
      90,
      [
        "SOURCE   PREFIX                NEXT HOP TYPE                  NAME    ENDPOINT",
        "Default  191.239.203.0/28 +79  VirtualNetworkServiceEndpoint  -       Microsoft.Storage",
        "User     0.0.0.0/0             None                           to-nva  -",
        "in every row: STATE Active",
      ],
    ],
    [
      70,
      [
        "SOURCE   PREFIX                NEXT HOP TYPE                  NAME",
        "Default  191.239.203.0/28 +79  VirtualNetworkServiceEndpoint  -",
        "User     0.0.0.0/0             None                           to-nva",
        "in every row: STATE Active",
        "hidden at 70 columns: ENDPOINT",
      ],
    ],
    [
      48,
      [
        "PREFIX             NEXT HOP TYPE",
        "191.239.203.0/28   VirtualNetworkServiceEndpoint",
        "+79",
        "0.0.0.0/0          None",
        "in every row: STATE Active",
        "hidden at 48 columns: SOURCE, NAME, ENDPOINT",
      ],
    ],
    [
      40,
      [
        "SOURCE         Default",
        "STATE          Active",
        "PREFIX         191.239.203.0/28 +79",
        "NEXT HOP TYPE",
        "    VirtualNetworkServiceEndpoint",
        "ENDPOINT       Microsoft.Storage",
        "",
        "SOURCE         User",
        "STATE          Active",
        "PREFIX         0.0.0.0/0",
        "NEXT HOP TYPE  None",
        "NAME           to-nva",
      ],
    ],
  ])("of %i columns", async (width, expected) => {
    expect((await laidOut(form, stdout, width)).trimEnd().split("\n")).toEqual(expected);
  });

  it("a narrower form is preferred to wrapped cells, and the footer names what it leaves out", async () => {
    const narrow: TableForm = {
      columns: [{ heading: "ROUTE", covers: ["SOURCE", "PREFIX", "NAME"] }],
      lines: [line("0.0.0.0/0 by User")],
    };
    const whole = formOf([line("SOURCE", "PREFIX", "NAME", "ENDPOINT"), line("User", "0.0.0.0/0", "to-nva", "A B C")]);
    expect(await laidOut([whole, narrow], stdout, 24)).toBe(
      "ROUTE\n0.0.0.0/0 by User\nhidden at 24 columns:\n    ENDPOINT\n",
    );
  });

  it("a heading wraps before a column is given up", async () => {
    const lines = [line("ADDRESS", "IPV4 PREFIXES"), line("10.0.0.0/8", "1"), line("11.0.0.0/8", "2")];
    expect(await laidOut(formOf(lines, [{}, { givenUp: 1 }]), stdout, 20)).toBe(
      "ADDRESS     IPV4\n            PREFIXES\n10.0.0.0/8  1\n11.0.0.0/8  2\n",
    );
  });

  it("columns without a value are left out where there is no room", async () => {
    const lines = [line("A", "B", "C"), line("-", "10.0.0.0/8", "-")];
    expect(await laidOut(formOf(lines), stdout, 12)).toBe("B\n10.0.0.0/8\n");
    expect(await laidOut(formOf(lines), stdout, 16)).toBe("A  B           C\n-  10.0.0.0/8  -\n");
  });

  it("a word that is wider than the terminal stays whole, on a line of its own", async () => {
    const lines = [line("PREFIX"), line("2001:db8:1111:2222:3333:4444:5555:6666/128")];
    expect(await laidOut(formOf(lines), stdout, 40)).toBe("PREFIX\n2001:db8:1111:2222:3333:4444:5555:6666/128\n");
  });

  it("a long table keeps the same columns to its end", async () => {
    const rows = Array.from({ length: 1050 }, (_, at) => line(at === 1049 ? "a long name" : "b", `10.0.0.${at}`, "c"));
    const shown = (await laidOut(formOf([line("NAME", "ADDRESS", "X"), ...rows]), stdout, 80)).trimEnd().split("\n");
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

  it("whatever the cells hold: a line is too wide only for a word, no character is lost, no word broken", {
    tags: ["slow"],
  }, async () => {
    const coloured = (await openTerminal(new Capture({}), { colour: "always", quiet: false, verbose: false })).stdout;
    await fc.assert(
      fc.asyncProperty(wide, fc.integer({ min: 40, max: 200 }), async (cells, width) => {
        const heading = line(...(cells[0] ?? []).map(() => "-"));
        const form = formOf([heading, ...cells.map((each): Line => ({ cells: each, colour: "red" }))]);
        const shown = await laidOut(form, stdout, width);
        for (const each of shown.split("\n")) {
          if (stringWidth(each) > width) expect(each.trim()).not.toMatch(/ /);
        }
        const kept = (all: string) => [...all.replace(/\s|-/g, "")].sort().join("");
        expect(kept(shown)).toBe(kept(cells.flat().join("")));
        for (const word of cells.flat().flatMap((each) => each.split(" "))) {
          expect(` ${shown.replaceAll("\n", " ")}`).toContain(word === "-" ? "" : ` ${word} `);
        }
        // biome-ignore lint/suspicious/noControlCharactersInRegex: this removes colours
        expect((await laidOut(form, coloured, width)).replace(/\u001b\[\d+m/g, "")).toBe(shown);
      }),
      { numRuns: 300 },
    );
  });
});
