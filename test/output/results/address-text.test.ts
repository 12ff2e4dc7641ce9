import { expect, test } from "vitest";
import {
  addressesText,
  countsText,
  countText,
  groupText,
  prefixesText,
} from "../../../src/output/results/address-text.ts";

test.each([
  ["0", "0"],
  ["1", "1"],
  ["999", "999"],
  ["1000", "1,000"],
  ["1234567", "1,234,567"],
  ["999999999999999", "999,999,999,999,999"],
  ["1000000000000000", "about 2^49"],
  [`${2n ** 64n}`, "2^64"],
  [`${2n ** 64n - 1n}`, "about 2^63"],
  [`${2n ** 64n + 1n}`, "about 2^64"],
])("the count %s is written %s", (count, text) => {
  expect(countText(count)).toBe(text);
});

test.each([
  ["0", "0", "no addresses", "none"],
  ["1", "0", "1 IPv4 address", "1 IPv4"],
  ["2", "0", "2 IPv4 addresses", "2 IPv4"],
  ["0", "1", "1 IPv6 address", "1 IPv6"],
  ["65536", `${2n ** 64n}`, "65,536 IPv4 addresses, 2^64 IPv6 addresses", "65,536 IPv4, 2^64 IPv6"],
])("%s IPv4 and %s IPv6 addresses are %s", (v4, v6, whole, brief) => {
  expect([addressesText({ v4, v6 }), countsText({ v4, v6 })]).toEqual([whole, brief]);
});

const list = (count: number) => Array.from({ length: count }, (_, k) => `p${k}`);

test.each([
  [0, undefined, ""],
  [1, undefined, "p0"],
  [7, undefined, "p0, p1, p2, p3, p4, p5, p6"],
  [8, undefined, "p0, p1, p2, p3, p4, p5 and 2 more"],
  [3, 2, "p0, p1, p2"],
  [4, 2, "p0, p1 and 2 more"],
])("a list of %i prefixes, cut after %s, is '%s'", (count, shown, text) => {
  expect(prefixesText(list(count), shown)).toBe(text);
});

test.each([
  [null, "p0, p1"],
  [{ prefixes: ["a", "b"], except: [] }, "a, b"],
  [{ prefixes: ["a"], except: list(1) }, "a except p0"],
  [{ prefixes: ["a"], except: list(6) }, "a except p0, p1, p2, p3, p4, p5"],
  [{ prefixes: ["a"], except: list(7) }, "a except 7 prefixes"],
  [{ prefixes: list(8), except: ["x"] }, "p0, p1, p2, p3, p4, p5 and 2 more except x"],
])("a group with the outline %j is '%s'", (outline, text) => {
  expect(groupText({ prefixes: list(2), outline } as never)).toBe(text);
});
