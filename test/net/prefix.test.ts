import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "../../src/net/address.ts";
import type { AddressErrorCode } from "../../src/net/address-error.ts";
import {
  comparePrefixes,
  contains,
  containsPrefix,
  formatPrefix,
  lastOf,
  parsePrefix,
  prefixOf,
} from "../../src/net/prefix.ts";
import { referencePrefix } from "./reference-prefix.ts";

describe("a prefix is read and written canonically", () => {
  it.each([
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["10.0.0.4/32", "10.0.0.4/32"],
    ["::/0", "::/0"],
    ["2001:DB8::/32", "2001:db8::/32"],
    ["::ffff:10.0.0.0/104", "10.0.0.0/8"],
    ["::ffff:0:0/96", "0.0.0.0/0"],
  ])("%s is %s", (text, expected) => {
    expect(formatPrefix(parsePrefix(text))).toBe(expected);
  });
});

describe("a look-alike is refused with its reason", () => {
  it.each<[text: string, code: AddressErrorCode, message: string, hint: string]>([
    ["1.2.3.4/33", "prefix-length", "'1.2.3.4/33' has no valid prefix length", "the length is a number from 0 to 32"],
    ["1.2.3.4", "prefix-length", "'1.2.3.4' has no prefix length", "write 1.2.3.4/32 or another length"],
    ["1.2.3.4/", "prefix-length", "'1.2.3.4/' has no valid prefix length", "the length is a number from 0 to 32"],
    ["1.2.3.4/08", "prefix-length", "'1.2.3.4/08' has no valid prefix length", "the length is a number from 0 to 32"],
    ["1.2.3.4/-1", "prefix-length", "'1.2.3.4/-1' has no valid prefix length", "the length is a number from 0 to 32"],
    ["::/1234", "prefix-length", "'::/1234' has no valid prefix length", "the length is a number from 0 to 128"],
    ["/8", "address-empty", "the address is empty", "write one like 10.0.0.4"],
    ["::/x8", "prefix-length", "'::/x8' has no valid prefix length", "the length is a number from 0 to 128"],
    ["::/8x", "prefix-length", "'::/8x' has no valid prefix length", "the length is a number from 0 to 128"],
    [
      "::/255.0.0.0",
      "prefix-length",
      "'::/255.0.0.0' has no valid prefix length",
      "the length is a number from 0 to 128",
    ],
    ["::1", "prefix-length", "'::1' has no prefix length", "write ::1/128 or another length"],
    [
      "::ffff:10.0.0.0/129",
      "prefix-length",
      "'::ffff:10.0.0.0/129' has no valid prefix length",
      "the length is a number from 0 to 128",
    ],
    ["::/129", "prefix-length", "'::/129' has no valid prefix length", "the length is a number from 0 to 128"],
    [
      "10.0.0.0/255.0.0.0",
      "prefix-length",
      "'10.0.0.0/255.0.0.0' has a netmask instead of a prefix length",
      "write 10.0.0.0/8",
    ],
    [
      "10.0.0.1/8",
      "prefix-host-bits",
      "'10.0.0.1/8' has host bits set after /8",
      "write 10.0.0.0/8, or 10.0.0.1 for the one address",
    ],
    [
      "2001:db8::1/64",
      "prefix-host-bits",
      "'2001:db8::1/64' has host bits set after /64",
      "write 2001:db8::/64, or 2001:db8::1 for the one address",
    ],
    [
      "010.0.0.0/8",
      "address-leading-zero",
      "'010.0.0.0' has a leading zero, which some programs read as octal",
      "write 10.0.0.0",
    ],
    ["10.0/16", "address-incomplete", "'10.0' is not a whole IPv4 address", "write all four parts, like 10.0.0.4"],
    [
      "<PUBLIC_IP>/26",
      "address-syntax",
      "'<PUBLIC_IP>' is not an IPv4 or IPv6 address",
      "write one like 10.0.0.4 or 2001:db8::1",
    ],
    [
      "10.0.0.0/8/8",
      "prefix-length",
      "'10.0.0.0/8/8' has no valid prefix length",
      "the length is a number from 0 to 32",
    ],
  ])("%s: %s", (text, code, message, hint) => {
    expect(() => parsePrefix(text)).toThrow(expect.objectContaining({ name: "UserError", code, message, hint }));
  });
});

describe("however long the text is, the reason is one short line", () => {
  const long = "9".repeat(10_000);
  it.each([
    long,
    `${long}/8`,
    `1.2.3.4/${long}`,
    `1.2.3.4/${"/".repeat(10_000)}`,
    `0${long}.1.1.1/8`,
    `${long}%eth0/8`,
  ])("%.20s...", (text) => {
    expect(() => parsePrefix(text)).toThrow(
      expect.objectContaining({
        name: "UserError",
        message: expect.stringMatching(/^.{1,99}$/),
        hint: expect.stringMatching(/^.{1,99}$/),
      }),
    );
  });
});

it("a netmask is corrected to the length that it means", () => {
  expect(() => parsePrefix("10.0.0.0/255.255.0.0")).toThrow(
    expect.objectContaining({
      correction: { words: ["10.0.0.0/255.255.0.0"], instead: ["10.0.0.0/16"] },
      exit: "usage",
    }),
  );
});

const anyPrefixText = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
  fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
);

it("holds the addresses that ipaddr.js says it holds", () => {
  fc.assert(
    fc.property(anyPrefixText, fc.oneof(fc.ipV4(), fc.ipV6()), ([text, length], other) => {
      fc.pre(parseAddress(text).family === (text.includes(":") ? 6 : 4));
      fc.pre(![text, other].some((written) => /^::\d+\./.test(written))); // ipaddr.js takes ::a.b.c.d for ::ffff:a.b.c.d
      const prefix = prefixOf(parseAddress(text), length);
      const address = parseAddress(other);
      const theirs = ipaddr.process(other);
      const base = ipaddr.parse(text);
      const expected = theirs.kind() === base.kind() && theirs.match(base, length);
      expect(contains(prefix, address)).toBe(expected);
      expect(contains(prefix, parseAddress(text))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it("ends where the next prefix of its length begins", () => {
  fc.assert(
    fc.property(anyPrefixText, ([text, length]) => {
      fc.pre(parseAddress(text).family === (text.includes(":") ? 6 : 4));
      const prefix = prefixOf(parseAddress(text), length);
      const last = { family: prefix.family, value: lastOf(prefix) };
      expect(contains(prefix, last)).toBe(true);
      expect(contains(prefix, { ...last, value: last.value + 1n })).toBe(false);
      expect(prefixOf(parseAddress(formatAddress(last)), length)).toEqual(prefix);
    }),
  );
});

it("orders by family, then numerically, then shorter first", () => {
  const sorted = ["0.0.0.0/0", "9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "100.0.0.0/8", "::/0", "2001:db8::/32"];
  const shuffled = [...sorted].reverse().map((text) => parsePrefix(text));
  expect(shuffled.sort(comparePrefixes).map(formatPrefix)).toEqual(sorted);
});

it.each([
  ["10.0.0.0/8", "10.1.0.0/16", true],
  ["10.0.0.0/8", "10.0.0.0/8", true],
  ["10.1.0.0/16", "10.0.0.0/8", false],
  ["0.0.0.0/0", "::/0", false],
])("%s holds %s: %s", (outer, inner, expected) => {
  expect(containsPrefix(parsePrefix(outer), parsePrefix(inner))).toBe(expected);
});

describe("a prefix is read as the slow reference reads it", () => {
  const parsed = (text: string) => {
    try {
      return parsePrefix(text);
    } catch {
      return null;
    }
  };
  const v4 = fc.tuple(fc.ipV4(), fc.nat(40)).map(([address, length]) => `${address}/${length}`);
  const v6 = fc.tuple(fc.ipV6(), fc.nat(140)).map(([address, length]) => `${address}/${length}`);
  const whole = fc
    .tuple(fc.bigInt(0n, (1n << 128n) - 1n), fc.nat(128), fc.boolean())
    .map(([value, length, family6]) => {
      const bits = family6 ? 128 : 32;
      const kept = Math.min(length, bits);
      const first = (BigInt.asUintN(bits, value) >> BigInt(bits - kept)) << BigInt(bits - kept);
      return formatPrefix({ family: family6 ? 6 : 4, first, length: kept });
    });
  const written = fc.oneof(v4, v6, whole, fc.constantFrom("::ffff:10.0.0.0/104", "::ffff:0:0/95", "::/0", "0.0.0.0/0"));

  it("for any prefix", () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(parsed(text)).toEqual(referencePrefix(text));
      }),
      { numRuns: 5000 },
    );
  });

  it("for any damaged prefix", () => {
    const put = fc.constantFrom("", "/", ".", ":", "0", "9", "f", " ", "%", "é");
    fc.assert(
      fc.property(written, fc.nat(50), fc.nat(2), put, (text, at, gone, put) => {
        const damaged = text.slice(0, at) + put + text.slice(at + gone);
        expect(parsed(damaged)).toEqual(referencePrefix(damaged));
      }),
      { numRuns: 5000 },
    );
  });
});
