import { expect, it } from "vitest";
import { errorField, hashField, timeField } from "../../../src/store/snapshot/manifest.ts";
import { inDirectory, shownPath } from "../../../src/store/snapshot/snapshot-error.ts";

it.each([
  ["x".repeat(40), "x".repeat(40)],
  [`abcd${"x".repeat(37)}`, `...${"x".repeat(37)}`],
])("a long path is shown by its end: %s", (path, shown) => {
  expect(shownPath(path)).toBe(shown);
});

it("a part that is named by a hash is shown by the hash's start", () => {
  expect(inDirectory("dir", `bodies/${"ab".repeat(32)}.json`)).toBe("dir: bodies/abababababab....json");
  expect(inDirectory("dir", `bodies/${"ab".repeat(31)}.json`)).toBe(`dir: bodies/${"ab".repeat(31)}.json`);
});

it.each([
  ["2026-11-29T10:00:00Z", true],
  [`2026-11-29T10:00:00.${"0".repeat(19)}Z`, true],
  [`2026-11-29T10:00:00.${"0".repeat(20)}Z`, false],
  ["yesterday", false],
  [5, false],
])("a time in a manifest: %s: %s", (time, is) => {
  expect(timeField({ time }, "time")).toBe(is ? time : null);
});

it.each([
  ["0".repeat(64), true],
  ["0".repeat(63), false],
  ["0".repeat(65), false],
  ["A".repeat(64), false],
])("a hash in a manifest: %s: %s", (hash, is) => {
  expect(hashField({ hash }, "hash")).toBe(is ? hash : null);
});

it.each([
  [
    { code: "c", message: "m", more: 1 },
    { code: "c", message: "m" },
  ],
  [{ code: "c" }, null],
  [{ message: "m" }, null],
  [null, null],
])("an error in a manifest: %j", (error, read) => {
  expect(errorField({ error }, "error")).toEqual(read);
});
