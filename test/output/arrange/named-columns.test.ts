import { expect, test } from "vitest";
import { columnIndexes } from "../../../src/output/arrange/named-columns.ts";
import { UserError } from "../../../src/text/user-error.ts";

const COLUMNS = [
  { name: "source" },
  { name: "addressPrefix", heading: "PREFIX" },
  { name: "nextHopType", heading: "NEXT HOP TYPE" },
  { name: "größe2", heading: undefined },
];

test.each<[rule: string, wanted: readonly string[], indexes: readonly number[]]>([
  ["none", [], []],
  ["by name", ["nextHopType", "source"], [2, 0]],
  ["by heading", ["PREFIX"], [1]],
  ["in any case", ["SOURCE", "prefix"], [0, 1]],
  ["with other signs between the words", ["next-hop-type", "address_prefix"], [2, 1]],
  ["with blanks around", [" source "], [0]],
  ["with letters of any script, and digits", ["GRÖßE-2"], [3]],
])("columns are found %s", (_, wanted, indexes) => {
  expect(columnIndexes(wanted, COLUMNS)).toEqual(indexes);
});

const error = (wanted: readonly string[], columns: Parameters<typeof columnIndexes>[1] = COLUMNS) => {
  try {
    return columnIndexes(wanted, columns);
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    const { code, message, hint, exit } = thrown;
    return { code, message, hint, exit };
  }
};

test("columns that only other kinds of result have are known, but not listed", () => {
  const columns = [...COLUMNS, { name: "asPath", isOfOthers: true }];
  expect(columnIndexes(["asPath"], columns)).toEqual([COLUMNS.length]);
  expect(error(["zzzzz"], columns)).toMatchObject({ hint: `${ALL}; snapshots, routers and flow logs have others` });
});

const ALL = "columns: source, addressPrefix, nextHopType, größe2";

test.each<[rule: string, typed: string, message: string, hint: string]>([
  ["a near name", "sourc", "unknown column 'sourc'", `did you mean source? ${ALL}`],
  ["a near heading", "PREFXI", "unknown column 'PREFXI'", `did you mean PREFIX? ${ALL}`],
  ["both", "nexthoptyp", "unknown column 'nexthoptyp'", `did you mean nextHopType, NEXT HOP TYPE? ${ALL}`],
  ["all, if nothing is near", "zzzzz", "unknown column 'zzzzz'", ALL],
  ["all, for a number that no name has", "source2", "unknown column 'source2'", `did you mean source? ${ALL}`],
  ["a long name in part", "x".repeat(50), `unknown column '${"x".repeat(37)}...'`, ALL],
])("an unknown column is an error with %s", (_, typed, message, hint) => {
  expect(error(["source", typed])).toEqual({ code: "unknown-column", message, hint, exit: "usage" });
});

test.each([
  [["nextHopType", "source", "SOURCE"], "source"],
  [["prefix", "addressPrefix"], "addressPrefix"],
])("%j is an error: a column is given twice", (wanted, name) => {
  expect(error(wanted)).toEqual({
    ...{ code: "column-twice", message: `column ${name} is given twice` },
    ...{ hint: "give each column once", exit: "usage" },
  });
});

test("a name without letters and digits is unknown", () => {
  expect(error(["--"])).toMatchObject({ code: "unknown-column", hint: ALL });
});
