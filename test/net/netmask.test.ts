import { expect, it } from "vitest";
import { lengthOfNetmask } from "../../src/net/netmask.ts";

it.each([
  ["255.255.255.255", 32],
  ["255.255.255.254", 31],
  ["255.255.240.0", 20],
  ["255.0.0.0", 8],
  ["128.0.0.0", 1],
  ["0.0.0.0", 0],
  ["255.0.255.0", null],
  ["0.0.0.255", null],
  ["127.255.255.255", null],
  ["256.0.0.0", null],
  ["0255.0.0.0", null],
  ["255.255.0", null],
  ["255.255.0.0.0", null],
  ["255.255.0.0 ", null],
  ["ffff::", null],
  ["::ffff:255.0.0.0", null],
  ["8.0.0.0", null],
  ["16", null],
  ["", null],
])("the netmask '%s' is a prefix length of %s", (text, length) => {
  expect(lengthOfNetmask(text)).toBe(length);
});
