import { describe, expect, test } from "vitest";
import { chosenTable, namesOf } from "../../../src/routes/read/table-choice.ts";

const tables = (...names: readonly (string | null)[]) => names.map((name) => ({ name }));
const many = (count: number) => tables(...Array.from({ length: count }, (_, at) => `nic${at + 1}`));
const chosen = (from: ReturnType<typeof tables>, wanted: string | null) => chosenTable(from, wanted, "interfaces");

describe("of several tables", () => {
  test.each<[names: readonly (string | null)[], wanted: string | null, name: string | null]>([
    [["a"], null, "a"],
    [[null], null, null],
    [["a", "b"], "b", "b"],
    [["a", "B"], "b", "B"],
  ])("%j with --table %s, one is chosen", (names, wanted, name) => {
    expect(chosen(tables(...names), wanted).name).toBe(name);
  });

  test("one without a name is chosen by its number", () => {
    const given = tables("a", null);
    const [, second = ""] = namesOf(given);
    expect(chosen(given, second)).toBe(given[1]);
  });

  test.each([
    [2, "nic1, nic2"],
    [
      20,
      many(20)
        .map(({ name }) => name)
        .join(", "),
    ],
    [
      22,
      `${many(20)
        .map(({ name }) => name)
        .join(", ")} and 2 more`,
    ],
  ])("%i without a choice are named, twenty at most", (count, list) => {
    const message = `it holds the tables of ${count} interfaces\n${list}`;
    const refusal = { code: "several-tables", message, hint: "choose one: --table nic1" };
    expect(() => chosen(many(count), null)).toThrow(expect.objectContaining(refusal));
  });

  test("the second of a name has a number, in any case", () => {
    expect(namesOf(tables("a", "A", null, "b"))).toEqual(["a", "A (2)", "table 3", "b"]);
  });

  test.each([
    [["a b", "c"], null, "choose one: --table 'a b'"],
    [["web1", "db"], "web2", "did you mean --table web1?"],
    [["web1", "db"], "zzzzzzzz", "it has: web1, db"],
  ])("%j with --table %s: the hint is %s", (names, wanted, hint) => {
    expect(() => chosen(tables(...names), wanted)).toThrow(expect.objectContaining({ hint }));
  });
});
