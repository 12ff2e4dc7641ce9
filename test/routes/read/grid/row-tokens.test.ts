import { expect, test } from "vitest";
import { rowCells } from "../../../../src/routes/read/grid/row-tokens.ts";
import type { Column } from "../../../../src/routes/read/headings.ts";

const AZ: readonly Column[] = ["source", "state", "addressPrefix", "nextHopType", "nextHopIpAddress"];

test.each<[what: string, line: string, columns: readonly (Column | null)[], cells: readonly string[] | null]>([
  ["one word, one prefix", "Default Active 10.0.0.0/8 None", AZ, ["Default", "Active", "10.0.0.0/8", "None", ""]],
  [
    "several prefixes and hops",
    "User Active 10.0.0.0/8 fd00::/8 None 10.0.0.4 fd00::1",
    AZ,
    ["User", "Active", "10.0.0.0/8 fd00::/8", "None", "10.0.0.4 fd00::1"],
  ],
  [
    "lists with commas and semicolons",
    "User Active 10.0.0.0/8,11.0.0.0/8; None 10.0.0.4,",
    AZ,
    ["User", "Active", "10.0.0.0/8,11.0.0.0/8;", "None", "10.0.0.4,"],
  ],
  [
    "lists in braces",
    "User Active {10.0.0.0/8, 11.0.0.0/8} None {}",
    AZ,
    ["User", "Active", "{10.0.0.0/8, 11.0.0.0/8}", "None", "{}"],
  ],
  [
    "a brace that does not close",
    "User Active {10.0.0.0/8, None",
    ["source", "state", "addressPrefix"],
    ["User", "Active", "{10.0.0.0/8, None"],
  ],
  [
    "words out of line",
    "  Default     Active 10.0.0.0/8      VnetLocal",
    AZ,
    ["Default", "Active", "10.0.0.0/8", "VnetLocal", ""],
  ],
  ["no prefix", "Default Active None", AZ, null],
  ["no state", "Default 10.0.0.0/8 None", AZ, null],
  ["a word too many", "Default Active 10.0.0.0/8 None hello", AZ, null],
  ["a type that begins with a digit", "Default Active 10.0.0.0/8 10.2.0", AZ, null],
  ["a type that has a letter behind a digit", "Default Active 10.0.0.0/8 1None", AZ, null],
  ["a type that is an address", "Default Active 10.0.0.0/8 10.2.0.0", AZ, null],
  ["a type that is a flag", "Default Active 10.0.0.0/8 true", AZ, null],
  ["a hop that is a prefix", "Default Active 10.0.0.0/8 None 10.0.0.0/8", AZ, null],
  ["a length of four digits", "Default Active 10.0.0.0/1000 None", AZ, null],
  ["a remark", "Default Active 10.0.0.0/8 None => to the hub", AZ, ["Default", "Active", "10.0.0.0/8", "None", ""]],
  [
    "a remark of each kind",
    "Default Active 10.0.0.0/8 None <-- here",
    AZ,
    ["Default", "Active", "10.0.0.0/8", "None", ""],
  ],
  [
    "a remark in brackets",
    "Default Active 10.0.0.0/8 None (branch)",
    AZ,
    ["Default", "Active", "10.0.0.0/8", "None", ""],
  ],
  ["a remark after a hash", "Default Active 10.0.0.0/8 None # x", AZ, ["Default", "Active", "10.0.0.0/8", "None", ""]],
  ["a remark among the first three words", "Default # Active 10.0.0.0/8 None", AZ, null],
  [
    "a remark as the fourth word",
    "Default Active 10.0.0.0/8 #None",
    ["source", "state", "addressPrefix"],
    ["Default", "Active", "10.0.0.0/8"],
  ],
  ["a cut prefix", "Default Active 10.0.0.0/8... None", AZ, ["Default", "Active", "10.0.0.0/8...", "None", ""]],
  ["a list that was cut", "Default Active 10.0.0.0/8 78 more None", AZ, null],
  [
    "a list whose end was cut",
    "Default Active 10.0.0.0/8 … None",
    AZ,
    ["Default", "Active", "10.0.0.0/8 …", "None", ""],
  ],
  [
    "a list with the word more",
    "Default Active 10.0.0.0/8 MORE None",
    AZ,
    ["Default", "Active", "10.0.0.0/8 MORE", "None", ""],
  ],
  [
    "a cut word",
    "Default Active 10.0.0.0/8 VirtualNet...",
    AZ,
    ["Default", "Active", "10.0.0.0/8", "VirtualNet...", ""],
  ],
  [
    "marks of a cut alone, where a word must be",
    "Default Active 10.0.0.0/8 ...",
    ["source", "state", "addressPrefix", "nextHopType"],
    null,
  ],
  ["a name before", "to-nva User Active", ["name", "source", "state"], ["to-nva", "User", "Active"]],
  ["no name before", "User Active", ["name", "source", "state"], ["", "User", "Active"]],
  ["a dash for a name", "- User Active", ["name", "source", "state"], ["-", "User", "Active"]],
  ["a name that may be a column of one's own", "a User Active", ["name", null, "source", "state"], null],
  ["one of two columns of one's own", "User a Active", ["source", null, null, "state"], null],
  ["a name with a slash inside", "a/b User Active", ["name", "source", "state"], null],
  ["a name with a mark before", "!ab User Active", ["name", "source", "state"], null],
  ["a name with a mark behind", "ab! User Active", ["name", "source", "state"], null],
  ["a name that is an address", "10.0.0.4 User Active", ["name", "source", "state"], null],
  ["a name that is a flag", "True User Active", ["name", "source", "state"], null],
  ["a name with dots and digits", "1a.b_c-2 User Active", ["name", "source", "state"], ["1a.b_c-2", "User", "Active"]],
  ["a NIC", "nic-1 User", ["nic", "source"], ["nic-1", "User"]],
  ["no NIC", "User", ["nic", "source"], null],
  ["flags", "User True", ["source", "disableBgpRoutePropagation"], ["User", "True"]],
  ["no flag", "User", ["source", "hasBgpOverride"], ["User", ""]],
  ["a word for a flag", "User yes", ["source", "hasBgpOverride"], null],
  ["tags in braces", "User {a, b}", ["source", "destinationServiceTags"], ["User", "{a, b}"]],
  ["tags without braces", "User a", ["source", "destinationServiceTags"], null],
  ["nothing for nothing", "", [], []],
  ["nothing for a column", "", ["source"], null],
])("%s: %s", (_, line, columns, cells) => {
  expect(rowCells(line, columns)).toEqual(cells);
});

test("what follows the words of a column is judged once, in however many ways they fit", () => {
  let judged = 0;
  const columns = new Proxy<null[]>(Array(40).fill(null), {
    get: (target, key) => {
      if (typeof key === "string" && /^\d+$/.test(key)) judged++;
      return Reflect.get(target, key);
    },
  });
  expect(rowCells("a ".repeat(20), columns)).toBeNull();
  // The first 20 columns may begin at any word up to their own number, the others at any word or at the end.
  expect(judged).toBe((20 * 21) / 2 + 20 * 21);
});

test.each<[words: number, columns: number, fits: boolean]>([
  [3, 3, true],
  [2, 3, false],
  [4, 3, false],
])("%i words in %i columns that may be blank fit in just one way: %s", (words, columns, fits) => {
  const cells = Array(words).fill("a");
  expect(rowCells(cells.join(" "), Array(columns).fill(null))).toEqual(fits ? cells : null);
});

test("a line with more words than any row can have is not a row", () => {
  const line = (count: number) => Array(count).fill("10.0.0.0/8").join(" ");
  expect(rowCells(line(20_000), ["addressPrefix"])).toHaveLength(1);
  expect(rowCells(line(20_001), ["addressPrefix"])).toBeNull();
});
