import { expect, test } from "vitest";
import { NearestPrefix } from "../../../src/analysis/trace/nearest-prefix.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";

const PREFIXES = [
  ...["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32", "10.1.0.0/16"],
  ...["::/0", "fd00::/8", "fd00::1/128", "10.9.0.0/16"],
].map((text, at) => [parsePrefix(text), `${at} ${text}`] as const);

test.each<[string, string | null]>([
  ["10.0.0.1", "0 10.0.0.0/8"],
  ["10.1.0.0", "1 10.1.0.0/16"],
  ["10.1.255.255", "1 10.1.0.0/16"],
  ["10.1.2.3", "2 10.1.2.3/32"],
  ["10.9.1.1", "7 10.9.0.0/16"],
  ["11.0.0.1", null],
  ["fd00::1", "6 fd00::1/128"],
  ["fd00::2", "5 fd00::/8"],
  ["2001:db8::1", "4 ::/0"],
])("%s has the value of its longest prefix, of equal ones the first: %s", (address, expected) => {
  expect(new NearestPrefix(PREFIXES).find(parseAddress(address))).toBe(expected);
});

test("without prefixes nothing has a value", () => {
  expect(new NearestPrefix([]).find(parseAddress("10.0.0.1"))).toBeNull();
});
