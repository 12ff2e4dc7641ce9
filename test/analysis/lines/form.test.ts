import { expect, test } from "vitest";
import { placeAtDelimiter } from "../../../src/analysis/lines/form.ts";

test.each<[string, number | null]>([
  [",", 44],
  ["\t", 9],
  ["x", 120],
  ["\u007f", 127],
  ["\u0080", null],
  ["\u00e4", null],
  ["::", null],
  ["", null],
  [".", null],
  [":", null],
  ['"', null],
  ["0", null],
  ["9", null],
  ["a", null],
  ["F", null],
])("plain lines may be split at %j: %s", (delimiter, code) => {
  const place = { kind: "delimiter", field: 3, delimiter: code, quotes: true };
  expect(placeAtDelimiter(3, delimiter, true)).toEqual(code === null ? null : place);
});
