import { expect, test } from "vitest";
import { isRecord, nonEmptyText, ownField, textField, textsIn } from "../../src/text/type-guards.ts";

test.each([
  [{}, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  ["text", false],
  [undefined, false],
])("a record is an object that is neither null nor an array: %j", (value, expected) => {
  expect(isRecord(value)).toBe(expected);
});

test("only own fields are read", () => {
  expect(ownField({ id: 1 }, "id")).toBe(1);
  expect(ownField({}, "constructor")).toBeUndefined();
  expect(ownField(JSON.parse('{"__proto__": 2}'), "__proto__")).toBe(2);
  expect(ownField({}, "__proto__")).toBeUndefined();
  expect(ownField("text", "length")).toBeUndefined();
});

test("a field that is not text reads as null", () => {
  expect(textField({ id: "a" }, "id")).toBe("a");
  expect(textField({ id: 1 }, "id")).toBeNull();
  expect(textField(null, "id")).toBeNull();
  expect(textField({ id: "" }, "id")).toBe("");
});

test("the empty text counts as absent", () => {
  expect([nonEmptyText("a"), nonEmptyText(""), nonEmptyText(1)]).toEqual(["a", null, null]);
});

test("elements that are not text are left out of a list", () => {
  expect(textsIn(["a", 1, null, "b"])).toEqual(["a", "b"]);
  expect(textsIn("ab")).toEqual([]);
});
