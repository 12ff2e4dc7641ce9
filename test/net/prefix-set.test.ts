import { expect, it } from "vitest";
import { PrefixSet } from "../../src/net/prefix-set.ts";

/** The longest spelling of a prefix has 49 characters. */
const LONG = "2001:0db8:0000:0000:0000:0000:255.255.255.255/128";

it.each([
  ["the longest spelling", LONG, 0],
  ["the same in its shortest form", "2001:db8::ffff:ffff/128", 0],
  ["a character of three bytes behind a long one", `${LONG.replace("255/", "25/")}€`, -1],
  ["a character of four bytes behind a long one", `${LONG.replace("255/", "5/")}😀`, -1],
  ["a character of two bytes behind a long one", `${LONG.replace("255/", "25/")}é`, -1],
  ["a lone surrogate behind a long one", `${LONG.replace("255/", "25/")}\ud800`, -1],
  ["a character of three bytes behind a short one", "10.0.0.0/8€", -1],
  ["a longer text", `${LONG}0`, -1],
])("the place of %s", (_, text, place) => {
  const known = new PrefixSet(2);
  expect(known.add(LONG)).toBe(0);
  expect(known.add(text)).toBe(place);
});
