import { describe, expect, it, vi } from "vitest";
import { isStoreError, storeError, systemCode } from "../../../src/store/files/store-error.ts";
import { isUnfinished, unfinishedBeside } from "../../../src/store/files/unfinished-file.ts";
import { UserError } from "../../../src/text/user-error.ts";

it.each([
  ["of the store", storeError("write-failed", "no", "try"), true],
  ["of another room", new UserError("file-not-found", "no", "try"), false],
  ["without such a code", new Error("no"), false],
  ["with such a code, that is no UserError", Object.assign(new Error("no"), { code: "write-failed" }), false],
])("an error %s: %s", (_, error, is) => {
  expect(isStoreError(error)).toBe(is);
});

it.each<[thrown: unknown, code: string]>([
  [Object.assign(new Error("no"), { code: "ENOENT" }), "ENOENT"],
  [{ code: "EIO" }, "EIO"],
  [{ code: 5 }, ""],
  [new Error("no"), ""],
  [null, ""],
  [undefined, ""],
  ["ENOENT", ""],
])("the system's code of %j is '%s'", (thrown, code) => {
  expect(systemCode(thrown)).toBe(code);
});

describe("an unfinished file", () => {
  it.each([
    [0, "000000000000"],
    [1 / 2 ** 48, "000000000001"],
    [1 - 1 / 2 ** 48, "ffffffffffff"],
  ])("has twelve digits in its name, by chance %d", (chance, digits) => {
    const random = vi.spyOn(Math, "random").mockReturnValue(chance);
    const path = unfinishedBeside("/d/f.json");
    random.mockRestore();
    expect(path.replaceAll("\\", "/")).toBe(`/d/.f.json.${digits}.tmp`);
  });

  it.each([
    [".f.json.0123456789ab.tmp", true],
    ["f.json.0123456789ab.tmp", false],
    [".f.json.0123456789a.tmp", false],
    [".f.json.0123456789AB.tmp", false],
    [".f.json.0123456789ab.tmpx", false],
    ["x.f.json.0123456789ab.tmp", false],
    [".g.json.0123456789ab.tmp", false],
    ["..0123456789ab.tmp", false],
  ])("is known by its name and its target's: %s: %s", (name, is) => {
    expect(isUnfinished(name, (target) => target === "f.json")).toBe(is);
  });

  it("is none by another kind of name, whichever targets are accepted", () => {
    expect(["f.json", ".f.json.0123456789ab.tmp"].map((name) => isUnfinished(name, () => true))).toEqual([false, true]);
  });
});
