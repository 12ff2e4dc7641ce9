import { expect, it } from "vitest";
import { compareAges } from "../../src/service-tags/tag-file-age.ts";

const file = (changeNumber: string | null, date: string | null = null) =>
  ({ changeNumber, date, numbering: "weekly-file" }) as const;
const answer = (changeNumber: string) => ({ changeNumber, date: null, numbering: "discovery-api" }) as const;

it.each([
  [
    "dates decide, whatever the numbers",
    file("102", "2020-03-31"),
    file("88", "2020-04-27"),
    "2020-03-31 <= 2020-04-27",
  ],
  ["dates decide backwards", file("88", "2020-04-27"), file("102", "2020-03-31"), "2020-04-27 > 2020-03-31"],
  ["numbers of the same date", file("2", "2020-04-27"), file("1", "2020-04-27"), "change number 2 > change number 1"],
  ["the same number", file("2"), file("2"), "change number 2 <= change number 2"],
  ["numbers where a date is unknown", file("102"), file("88", "2020-04-27"), "change number 102 > change number 88"],
  ["numbers where the other is", file("102", "2020-04-27"), file("88"), "change number 102 > change number 88"],
  ["numbers by value, not as text", file("99"), file("100"), "change number 99 <= change number 100"],
  ["numbers of the Discovery API", answer("103"), answer("102"), "change number 103 > change number 102"],
  ["numbers of two numberings", file("213", "2022-08-01"), answer("102"), null],
  ["no number", file("5"), file(null), null],
  ["no number of the first", file(null), file("5"), null],
  ["a number that is none", file("5"), file("five"), null],
  ["a first number that is none", file("x5"), file("5"), null],
  ["a number with more behind it", file("5x"), file("5"), null],
  ["a second one with more before it", file("5"), file("x5"), null],
  ["a second one with more behind it", file("5"), file("5x"), null],
  ["a number of 15 digits", file("999999999999999"), file("1"), "change number 999999999999999 > change number 1"],
  ["a number of 16 digits", file("9999999999999999"), file("1"), null],
])("%s", (_, one, other, expected) => {
  const compared = compareAges(one, other);
  const told = compared && `${compared.first} ${compared.isFirstNewer ? ">" : "<="} ${compared.second}`;
  expect(told).toBe(expected);
});
