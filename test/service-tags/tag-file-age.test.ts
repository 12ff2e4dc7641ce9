import { expect, it } from "vitest";
import { compareAges } from "../../src/service-tags/tag-file-age.ts";

const file = (changeNumber: string | null, date: string | null = null) =>
  ({ changeNumber, date, numbering: "weekly-file" }) as const;
const answer = (changeNumber: string) => ({ changeNumber, date: null, numbering: "discovery-api" }) as const;

it.each([
  ["dates decide, whatever the numbers", file("102", "2020-03-31"), file("88", "2020-04-27"), false],
  ["dates decide backwards", file("88", "2020-04-27"), file("102", "2020-03-31"), true],
  ["numbers of the same date", file("2", "2020-04-27"), file("1", "2020-04-27"), true],
  ["numbers where a date is unknown", file("102"), file("88", "2020-04-27"), true],
  ["numbers by value, not as text", file("99"), file("100"), false],
  ["numbers of the Discovery API", answer("103"), answer("102"), true],
  ["numbers of two numberings", file("213", "2022-08-01"), answer("102"), null],
  ["no number", file("5"), file(null), null],
  ["a number that is none", file("5"), file("five"), null],
])("%s", (_, first, second, isFirstNewer) => {
  expect(compareAges(first, second)?.isFirstNewer ?? null).toBe(isFirstNewer);
});
