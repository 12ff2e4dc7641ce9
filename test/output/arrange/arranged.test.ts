import { describe, expect, test } from "vitest";
import { arrangedForms, arrangedRecords, arrangedRows } from "../../../src/output/arrange/arranged.ts";
import type { Arrangement } from "../../../src/output/arrange/arrangement.ts";
import type { TableForm } from "../../../src/terminal/table-form.ts";

const up = (name: string) => ({ name, descending: false });
const down = (name: string) => ({ name, descending: true });
const by = (columns: readonly string[] | null, ...sort: Arrangement["sort"]): Arrangement => ({
  ...{ columns, sort, headings: true },
});

describe("rows", () => {
  const columns = ["name", "size"];
  const named = [{ name: "name" }, { name: "size", heading: "KILOGRAMS" }];
  const rows = [
    ["b", 2],
    ["a", 10],
    ["c", null],
  ];

  test.each<[arrangement: Arrangement, columns: readonly string[], rows: readonly (readonly unknown[])[]]>([
    [by(null), columns, rows],
    [by(null, up("name")), columns, [rows[1], rows[0], rows[2]] as typeof rows],
    [by(null, down("size")), columns, [rows[1], rows[0], rows[2]] as typeof rows],
    [by(["kilograms"]), ["size"], [[2], [10], [null]]],
    [
      by(["size", "name"], up("size")),
      ["size", "name"],
      [
        [2, "b"],
        [10, "a"],
        [null, "c"],
      ],
    ],
    [by(["size"], down("name")), ["size"], [[null], [2], [10]]],
  ])("are arranged by %j, and can be read twice", (arrangement, expected, cells) => {
    const arranged = arrangedRows({ columns, rows }, named, arrangement);
    expect(arranged.columns).toEqual(expected);
    expect([...arranged.rows]).toEqual(cells);
    expect([...arranged.rows]).toEqual(cells);
  });

  test("that are not sorted are not read in advance", () => {
    let read = 0;
    const endless = {
      *[Symbol.iterator]() {
        for (;;) yield ["a", read++];
      },
    };
    const { rows: arranged } = arrangedRows({ columns, rows: endless }, named, by(["size"]));
    for (const row of arranged) {
      expect(row).toEqual([0]);
      break;
    }
    expect(read).toBe(1);
  });
});

describe("the forms of a table", () => {
  const columns = [
    { name: "prefix", heading: "PREFIX" },
    { name: "hop", heading: "NEXT HOP", givenUp: 1 },
    { name: "origin", heading: "ORIGIN", optional: true },
  ];
  const line = (...cells: readonly string[]) => ({
    cells,
    colour: cells[0] === "10.0.0.0/8" ? ("dim" as const) : null,
  });
  const lines = (optional: boolean) => [
    line("10.0.0.0/8", "b", ...(optional ? ["x"] : [])),
    line("9.0.0.0/8", "a", ...(optional ? ["z"] : [])),
    line("8.0.0.0/8", "c", ...(optional ? ["y"] : [])),
  ];
  const narrow = { columns: [{ heading: "ROUTE", covers: ["PREFIX"] }], lines: [line("10"), line("9"), line("8")] };
  /** `later`: the lines come from a function. */
  const table = (later = false) => ({
    columns,
    forms: (report: string, view: string, optional: boolean) => {
      expect([report, view]).toEqual(["report", "view"]);
      const first: TableForm = {
        columns: optional ? columns : columns.slice(0, 2),
        lines: later ? () => lines(optional) : lines(optional),
      };
      return [first, narrow] as const;
    },
  });
  const arranged = (arrangement: Arrangement, later = false) =>
    arrangedForms(table(later), "report", "view", arrangement).map((form) => ({
      headings: form.columns.map(({ heading, ...more }) =>
        Object.keys(more).length === 0 ? heading : { heading, ...more },
      ),
      lines: [...(typeof form.lines === "function" ? form.lines() : form.lines)].map(({ cells, colour }) =>
        colour === null ? cells.join(" ") : `${cells.join(" ")} ${colour}`,
      ),
    }));

  const wide = [
    { name: "prefix", heading: "PREFIX" },
    { name: "hop", heading: "NEXT HOP", givenUp: 1 },
  ];
  const own = wide.map(({ heading, ...more }) => ({ heading, ...more }));
  const route = { heading: "ROUTE", covers: ["PREFIX"] };

  test.each([false, true])("stay as they are without a sort and a choice; lines made later: %s", (later) => {
    expect(arranged(by(null), later)).toEqual([
      { headings: own, lines: ["10.0.0.0/8 b dim", "9.0.0.0/8 a", "8.0.0.0/8 c"] },
      { headings: [route], lines: ["10", "9", "8"] },
    ]);
  });

  test.each([false, true])("are all sorted as the first one is; lines made later: %s", (later) => {
    expect(arranged(by(null, up("next hop")), later)).toEqual([
      { headings: own, lines: ["9.0.0.0/8 a", "10.0.0.0/8 b dim", "8.0.0.0/8 c"] },
      { headings: [route], lines: ["9", "10", "8"] },
    ]);
  });

  test("that are not sorted are not read in advance", () => {
    const unread = { columns, lines: () => expect.fail("it is read") };
    const [first] = arrangedForms({ columns, forms: () => [unread] }, "report", "view", by(null));
    expect(first).toBe(unread);
  });

  test("are sorted by an optional column that is not shown", () => {
    expect(arranged(by(null, up("origin")))).toEqual([
      { headings: ["PREFIX", "NEXT HOP"], lines: ["10.0.0.0/8 b dim", "8.0.0.0/8 c", "9.0.0.0/8 a"] },
      { headings: [route], lines: ["10", "8", "9"] },
    ]);
  });

  test("are one alone with chosen columns, which are never given up", () => {
    expect(arranged(by(["hop", "prefix"]))).toEqual([
      { headings: ["NEXT HOP", "PREFIX"], lines: ["b 10.0.0.0/8 dim", "a 9.0.0.0/8", "c 8.0.0.0/8"] },
    ]);
    expect(arranged(by(["origin"], down("prefix")), true)).toEqual([
      { headings: ["ORIGIN"], lines: ["x dim", "z", "y"] },
    ]);
  });
});

describe("records", () => {
  const kind = {
    ...{ list: "items", columns: ["address", "hop"], rest: {}, givenUp: ["hop"] },
    rows: (record: string) => [
      [record, 1],
      [record, 2],
    ],
  };

  test("keep their columns without a choice", () => {
    expect(arrangedRecords(kind, { columns: null, sort: [], headings: false })).toEqual({ ...kind, headings: false });
    expect(arrangedRecords(kind, by(null))).toEqual({ ...kind, headings: true });
  });

  test.each<[chosen: readonly string[], columns: readonly string[], rows: readonly unknown[], first: boolean]>([
    [["HOP"], ["hop"], [[1], [2]], false],
    [
      ["hop", "address"],
      ["hop", "address"],
      [
        [1, "a"],
        [2, "a"],
      ],
      false,
    ],
    [["address"], ["address"], [["a"], ["a"]], true],
  ])("have the chosen columns %j, none of which is given up", (chosen, columns, rows, startsWithAddress) => {
    const arranged = arrangedRecords(kind, by(chosen));
    expect(arranged).toEqual({
      ...kind,
      ...{ headings: true, columns, givenUp: [], startsWithAddress, rows: expect.any(Function) },
    });
    expect(arranged.rows("a")).toEqual(rows);
  });
});
