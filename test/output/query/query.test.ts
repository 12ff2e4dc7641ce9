import { compile, TreeInterpreter } from "@jmespath-community/jmespath";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UNARRANGED } from "../../../src/output/arrange/arrangement.ts";
import { csv } from "../../../src/output/formats/csv.ts";
import { compileQuery } from "../../../src/output/query/query.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const unknown = async (query: string, report: object) => (await compileQuery(query)).unknownNames(report);

const REPORT = {
  routes: [
    { source: "User", prefixes: ["10.0.0.0/8"] },
    { source: "Default", prefixes: [] },
  ],
};
const answer = async (query: string, report: object = REPORT) => (await compileQuery(query)).search(report);

describe("a query sees only the report's own fields", () => {
  it.each<[string, unknown]>([
    ["constructor", null],
    ["__proto__", null],
    ["toString", null],
    ["routes[0].constructor.name", null],
    ["routes[?constructor]", []],
    ["routes[?hasOwnProperty].source", []],
    ["routes[0].prefixes.length", null],
    ["routes[0].source.length", null],
    ["@.routes.at", null],
    ['"__proto__".toString', null],
    ["routes[].valueOf", []],
    ["keys({constructor: routes[0].source})", ["constructor"]],
    ['{"__proto__": routes[0].source}."__proto__"', "User"],
    ["group_by([{n: 'constructor'}, {n: '__proto__'}], &n) | keys(@)", ["constructor", "__proto__"]],
    ['merge(`{"__proto__": {"a": 1}}`, {b: `2`}) | [a, b, keys(@)]', [null, 2, ["__proto__", "b"]]],
    ["let $a = @ in $a.constructor", null],
  ])("%s", async (query, expected) => {
    expect(await answer(query)).toEqual(expected);
  });

  it.each(["constructor(@)", "toString(@)", "__proto__(@)", "hasOwnProperty(@)", "let $a = @ in toString(@)"])(
    "%s is not a function",
    async (query) => {
      await expect(answer(query)).rejects.toThrow(/Unknown function/);
    },
  );

  it("the columns of its result are own fields too", async () => {
    const capture = new Capture();
    await csv.printFound?.([JSON.parse('{"constructor": "a"}'), {}], (await openTerminal(capture)).stdout, UNARRANGED);
    expect(capture.out).toBe('constructor\r\na\r\n""\r\n');
  });
});

describe("a query is written as for az", () => {
  it.each<[string, unknown]>([
    ["routes[?source == `User`].prefixes[]", ["10.0.0.0/8"]],
    ['routes[?source == `"User"`].prefixes[]', ["10.0.0.0/8"]],
    ["routes[?source == 'User'].prefixes[]", ["10.0.0.0/8"]],
    ["let $all = routes in $all[].source", ["User", "Default"]],
    ["let $wanted = 'User' in routes[?source == $wanted].prefixes[]", ["10.0.0.0/8"]],
  ])("%s", async (query, expected) => {
    expect(await answer(query)).toEqual(expected);
  });

  it("a function's expression does not see the variables around it, as in the library", async () => {
    const query = "let $a = 'x' in map(&$a, routes)";
    expect(() => TreeInterpreter.search(compile(query), REPORT)).toThrow("undefined variable a");
    await expect(answer(query)).rejects.toThrow("undefined variable a");
  });
});

describe("a query has a budget of time and memory", () => {
  const repeated = (start: string, step: string, count = 40) => start + step.repeat(count);
  const ROWS = {
    rows: Array.from({ length: 2000 }, (_, at) => ({ name: `row ${at}`, text: `${" ".repeat(400)}\n.` })),
  };
  it.each<[string, string]>([
    ["a list that doubles", repeated("@", " | [@,@]")],
    ["an object that doubles", repeated("@", " | {a: @, b: @}")],
    ["a list that doubles and is flattened", repeated("rows[].name", " | [@,@][]")],
    ["a text that is joined with itself", repeated("rows[0].name", " | join(@, [@,@])")],
    ["a text that is replaced in itself", repeated("rows[0].name", " | replace(@, ' ', @)")],
    ["a text that is replaced a billion times", "replace(rows[0].name, '', 'x', `1000000000`)"],
    ["a padded text", "pad_left('a', `400000000`)"],
    ["a text that is padded beside a variable", "let $a = 'a' in pad_left('a', `400000000`)"],
    ["many padded texts", "rows[].pad_left(name, `1000000`)"],
    ["escapes of escapes", repeated("to_string(@)", " | to_string([@])")],
    [
      "a comparison of doubled lists",
      `${repeated("[@,@]", " | [@,@]", 6)} | [?@ == @] | ${repeated("@", " | [@,@]", 30)}`,
    ],
    ["every row with every row", "rows[].{a: name, b: $.rows[].{c: name}}"],
    ["three loops over the rows", "rows[?length($.rows[?length($.rows[?name == 'x']) == `1`]) == `1`]"],
    ["three loops with variables", "map(&[let $a = @ in $.rows[].[let $b = @ in [$a.name, $b.name]]], rows)"],
    ["trimming what backtracks", "rows[].trim(text)"],
    ["sorting with long keys", "rows | sort_by(@, &join(name, $.rows[].name))"],
    ["a search for half of a long text", "join('', rows[].text) | contains(@, join('', $.rows[:1000].text))"],
  ])("%s", { tags: ["slow"] }, async (_, query) => {
    await expect(answer(query, ROWS)).rejects.toMatchObject({
      code: "query",
      exit: "usage",
      message: expect.stringMatching(/\nit takes too many steps$|\nthe result is too large$/),
    });
  });

  it("grows with the report: 100,000 rows are sorted, grouped and compared", { tags: ["slow"] }, async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => ({
      name: `row ${(at * 7919) % 100_000}`,
      kind: `${at % 7}`,
    }));
    const query =
      "{sorted: sort_by(rows, &name)[0], kinds: length(keys(group_by(rows, &kind))), some: rows[?kind == '3'] | length(@)}";
    expect(await answer(query, { rows })).toEqual({ sorted: { name: "row 0", kind: "0" }, kinds: 7, some: 14_286 });
  });
});

describe("a query within the budget has the library's result", () => {
  const field = fc.constantFrom(
    "a",
    "b",
    "c",
    '"d e"',
    "a.b",
    "a[0]",
    "a[-1]",
    "b[*].a",
    "b[].a",
    "*",
    "@",
    "$",
    "c[::-1]",
  );
  const literal = fc.constantFrom("'x'", "`1`", "`null`", "`[1, 2]`", '`{"a": [1, {"b": "x"}]}`', "'10.0.0.0/8'");
  const unary = fc.constantFrom(
    ...[
      "abs",
      "ceil",
      "floor",
      "sum",
      "avg",
      "keys",
      "values",
      "length",
      "lower",
      "upper",
      "max",
      "min",
      "reverse",
      "sort",
    ],
    ...["to_array", "to_number", "to_string", "type", "trim", "items", "from_items", "not_null"],
  );
  const { expression } = fc.letrec<{ expression: string }>((tie) => {
    const of = tie("expression");
    const two = (make: (a: string, b: string) => string) => fc.tuple(of, of).map(([a, b]) => make(a, b));
    return {
      expression: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        field,
        literal,
        fc.tuple(unary, of).map(([name, a]) => `${name}(${a})`),
        fc
          .tuple(fc.constantFrom("contains", "join", "starts_with", "split", "zip", "merge"), of, of)
          .map(([f, a, b]) => `${f}(${a}, ${b})`),
        fc
          .tuple(fc.constantFrom("sort_by", "group_by", "max_by", "min_by"), of, of)
          .map(([f, a, b]) => `${f}(${a}, &${b})`),
        two((a, b) => `map(&${a}, ${b})`),
        fc
          .tuple(fc.constantFrom("==", "!=", "<", ">=", "&&", "||", "|", "+"), of, of)
          .map(([op, a, b]) => `(${a} ${op} ${b})`),
        two((a, b) => `(${a})[?${b}]`),
        two((a, b) => `[${a}, ${b}]`),
        two((a, b) => `{a: ${a}, b: ${b}}`),
        two((a, b) => `(let $v = ${a} in [$v, ${b}])`),
        two((a, b) => `(${a} && ${b} || $v)`),
        of.map((a) => `!(${a})`),
        of.map((a) => `(${a})[].a`),
      ),
    };
  });
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, true, false, 0, 1, -2.5, "", "x", "10.0.0.0/8", "é  "),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom("a", "b", "c", "d e", "10"), tie("value"), { maxKeys: 4 }),
    ),
  }));

  const outcome = async (work: () => unknown) => {
    try {
      return { answer: await work() };
    } catch (error) {
      return { refused: error instanceof Error };
    }
  };

  it("for random queries", { tags: ["slow"] }, async () => {
    await fc.assert(
      fc.asyncProperty(expression, fc.dictionary(fc.constantFrom("a", "b", "c"), value), async (query, data) => {
        const report = JSON.parse(JSON.stringify(data));
        const expected = await outcome(() => TreeInterpreter.search(compile(query), report));
        expect(await outcome(() => answer(query, report))).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("names that the report does not have", () => {
  it.each([
    ["are named with near ones", "status.fil", { status: { file: "x" } }, /'fil' \(did you mean file\?\)$/],
    ["are named without, where none is near", "status.zzz", { status: { file: "x" } }, /'zzz'$/],
    ["are named where one list of several has elements", "moves[].nam", { moves: [], rows: [{ name: "x" }] }, /'nam'/],
    [
      "are named once each",
      "alpha[].street || beta[].street || gamma",
      { alpha: [{ name: 1 }] },
      /: 'street', 'beta', 'gamma'$/,
    ],
  ])("%s", async (_, query, report, told) => {
    expect(await unknown(query, report)).toMatch(told);
  });

  it.each([
    ["are none where each is a field", "rows[?name=='x'].name", { rows: [{ name: "y" }] }],
    ["are none where the query itself gives them", "rows[].{hop: name} | [0].hop", { rows: [{ name: "y" }] }],
    ["are not reported if no list has an element", "rows[].name", { rows: [], moves: [] }],
  ])("%s", async (_, query, report) => {
    expect(await unknown(query, report)).toBeNull();
  });
});
