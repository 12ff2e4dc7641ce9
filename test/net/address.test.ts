import { isIP } from "node:net";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import {
  compareAddresses,
  formatAddress,
  fromWords,
  hasAddress,
  parseAddress,
  sameAddress,
  toWords,
} from "../../src/net/address.ts";
import type { AddressErrorCode } from "../../src/net/address-error.ts";

const CANONICAL: readonly (readonly [string, string])[] = [
  ["0.0.0.0", "0.0.0.0"],
  ["255.255.255.255", "255.255.255.255"],
  ["10.0.0.4", "10.0.0.4"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["2001:0db8::0001", "2001:db8::1"],
  ["fe80:0:0:0:0:0:0:1", "fe80::1"],
  ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
  ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
  ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
  ["::ffff:10.0.0.4", "10.0.0.4"],
  ["::FFFF:0a00:0004", "10.0.0.4"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
  ["0000:0000:0000:0000:0000:ffff:255.255.255.255", "255.255.255.255"],
];

describe("an address is read and written canonically", () => {
  it.each(CANONICAL)("%s is %s", (text, expected) => {
    expect(formatAddress(parseAddress(text))).toBe(expected);
  });
});

type Refusal = readonly [text: string, code: AddressErrorCode, message: string, hint: string];

const notOne = (text: string, shown = text): Refusal => [
  text,
  "address-syntax",
  `'${shown}' is not an IPv4 or IPv6 address`,
  "write one like 10.0.0.4 or 2001:db8::1",
];

const notWhole = (text: string, shown = text): Refusal => [
  text,
  "address-incomplete",
  `'${shown}' is not a whole IPv4 address`,
  "write all four parts, like 10.0.0.4",
];

const octal = (text: string, hint: string, shown = text): Refusal => [
  text,
  "address-leading-zero",
  `'${shown}' has a leading zero, which some programs read as octal`,
  hint,
];

const zone = (text: string, without: string, shown = text): Refusal => [
  text,
  "address-zone",
  `'${shown}' has a zone, which names an interface of one machine`,
  `write it without: ${without}`,
];

const empty = (text: string): Refusal => [text, "address-empty", "the address is empty", "write one like 10.0.0.4"];

const F40 = "f".repeat(40);

const REFUSED: readonly Refusal[] = [
  empty(""),
  empty("  "),
  octal("010.1.1.1", "write 10.1.1.1"),
  octal("10.01.1.1", "write 10.1.1.1"),
  octal("00.0.0.0", "write 0.0.0.0"),
  octal("010.1.010.01", "write 10.1.10.1"),
  octal("0256.1.1.1", "each part is 0 to 255, no leading zeros"),
  octal(`0${"0".repeat(80)}.0.0.1`, "write 0.0.0.1", `${"0".repeat(40)}...`),
  notWhole("1.2.3"),
  notWhole("10.1"),
  notWhole("167772164"),
  notWhole("1.2.3."),
  notWhole("010.1"),
  notWhole("1".repeat(80), `${"1".repeat(40)}...`),
  notWhole("1".repeat(43)),
  notWhole("1".repeat(44), `${"1".repeat(40)}...`),
  zone("fe80::1%eth0", "fe80::1"),
  zone(`${F40}${F40}%eth0`, `${F40}...`, `${F40}...`),
  zone("fe80::/64%eth0", "fe80::/64"),
  ["10.0.0.0/8", "address-syntax", "'10.0.0.0/8' is a prefix, not an address", "write one address of it"],
  notOne("256.1.1.1"),
  notOne("256.100.1.1"),
  notOne("1.2.3.4.5"),
  notOne("1.2.3.4."),
  notOne("010.2.3.4.5"),
  notOne("a010.2.3.4"),
  notOne("010.2.3.4a"),
  notOne("a1.2"),
  notOne("1.2a"),
  notOne("1..2.3"),
  notOne(" 10.0.0.4"),
  notOne("10.0.0.4\n"),
  notOne("0x0a.0.0.4"),
  notOne(":"),
  notOne(":::"),
  notOne("1::2::3"),
  notOne("1:2:3:4:5:6:7"),
  notOne("1:2:3:4:5:6:7:8:9"),
  notOne("12345::"),
  notOne("g::"),
  notOne("::1g"),
  notOne("::1.2.3"),
  notOne("::1.2.3.256"),
  notOne("::1.2.3.4:5"),
  notOne("1:2:3:4:5:6:7:1.2.3.4"),
  notOne("storage.example"),
];

describe("a look-alike is refused with its reason", () => {
  it.each(REFUSED)("%j: %s", (text, code, message, hint) => {
    expect(() => parseAddress(text)).toThrow(expect.objectContaining({ name: "UserError", code, message, hint }));
    expect(message.length).toBeLessThan(100);
  });
});

/**
 * ipaddr.js takes the deprecated `::a.b.c.d` (RFC 4291, section 2.5.5.1) for the mapped `::ffff:a.b.c.d`; the RFC and
 * net.BlockList do not.
 */
const ipv4Compatible = (text: string) => /^::\d+\.\d+\.\d+\.\d+$/.test(text);

const anyText = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc
    .array(fc.constantFrom("0", "1", "25", "256", "a", "ffff", ".", ":", "::", "%", "/", "-", " "), { maxLength: 14 })
    .map((parts) => parts.join("")),
);

describe("agrees with the platform", () => {
  it("accepts what net.isIP accepts, but for zones", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let accepted = true;
        try {
          parseAddress(text);
        } catch {
          accepted = false;
        }
        expect(accepted).toBe(isIP(text) !== 0 && !text.includes("%"));
      }),
      { numRuns: 5000 },
    );
  });

  it("reads the same number as ipaddr.js", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        fc.pre(!ipv4Compatible(text));
        const other = ipaddr.process(text);
        expect(ipaddr.process(formatAddress(parseAddress(text))).toByteArray()).toEqual(other.toByteArray());
        expect(parseAddress(text).family).toBe(other.kind() === "ipv4" ? 4 : 6);
        expect(parseAddress(text).value).toBe(BigInt(`0x${Buffer.from(other.toByteArray()).toString("hex")}`));
      }),
      { numRuns: 3000 },
    );
  });

  it("words hold the same number", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 128n) - 1n), (value) => {
        const words = new Uint32Array(4);
        toWords({ family: 6, value }, words);
        expect(fromWords(6, words)).toBe(value);
      }),
    );
  });
});

describe("the order of addresses", () => {
  it("is IPv4 first, then by number", () => {
    const texts = ["::", "10.0.0.2", "::1", "9.0.0.0", "10.0.0.10"];
    const sorted = texts.map((text) => parseAddress(text)).sort(compareAddresses);
    expect(sorted.map(formatAddress)).toEqual(["9.0.0.0", "10.0.0.2", "10.0.0.10", "::", "::1"]);
  });

  it.each([
    ["10.0.0.1", "10.0.0.1", 0],
    ["10.0.0.1", "10.0.0.2", -1],
    ["10.0.0.2", "10.0.0.1", 1],
  ])("of %s and %s is %i", (one, other, order) => {
    expect(compareAddresses(parseAddress(one), parseAddress(other))).toBe(order);
    expect(sameAddress(parseAddress(one), parseAddress(other))).toBe(order === 0);
  });

  it("is not shared by two families: 0.0.0.1 is not ::1", () => {
    expect(sameAddress(parseAddress("0.0.0.1"), parseAddress("::1"))).toBe(false);
    expect(hasAddress([parseAddress("0.0.0.1")], parseAddress("::1"))).toBe(false);
    expect(hasAddress([parseAddress("::2"), parseAddress("::1")], parseAddress("::1"))).toBe(true);
  });
});
