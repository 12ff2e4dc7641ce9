import { expect, test } from "vitest";
import {
  type ArrangeOptions,
  isArranged,
  readArrangement,
  UNARRANGED,
} from "../../../src/output/arrange/arrangement.ts";
import { UserError } from "../../../src/text/user-error.ts";

const up = (name: string) => ({ name, descending: false });
const down = (name: string) => ({ name, descending: true });

test.each<[options: ArrangeOptions, changed: object, arranged: boolean]>([
  [{}, {}, false],
  [{ headers: true }, {}, false],
  [{ headers: false }, { headings: false }, false],
  [{ columns: "a" }, { columns: ["a"] }, true],
  [{ columns: " a , b c,-d" }, { columns: ["a", "b c", "-d"] }, true],
  [{ sort: "a" }, { sort: [up("a")] }, true],
  [{ sort: "-a,+b, c ,d-e" }, { sort: [down("a"), up("b"), up("c"), up("d-e")] }, true],
  [{ sort: "--a,-+b" }, { sort: [down("-a"), down("+b")] }, true],
])("the options %j arrange rows by %j", (options, changed, arranged) => {
  const found = readArrangement(options);
  expect(found).toEqual({ columns: null, sort: [], headings: true, ...changed });
  expect(isArranged(found)).toBe(arranged);
});

test("without options nothing is arranged", () => {
  expect(readArrangement({})).toEqual(UNARRANGED);
});

test.each<[options: ArrangeOptions, message: string, hint: string]>([
  [{ columns: "" }, "--columns '' has an empty name", "write --columns a,b,c"],
  [{ columns: "a, ,b" }, "--columns 'a, ,b' has an empty name", "write --columns a,b,c"],
  [{ sort: "a," }, "--sort 'a,' has an empty name", "write --sort a,b,c"],
  [{ sort: `,${"x".repeat(50)}` }, `--sort ',${"x".repeat(36)}...' has an empty name`, "write --sort a,b,c"],
])("the options %j are an error", (options, message, hint) => {
  const expected = new UserError("column-list", message, hint);
  expect(() => readArrangement(options)).toThrow(expected);
  expect(() => readArrangement(options)).toThrow(expect.objectContaining({ code: "column-list", hint }));
});
