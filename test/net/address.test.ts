import { isIP } from "node:net";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { formatAddress, fromWords, parseAddress, toWords } from "../../src/net/address.ts";
import type { AddressErrorCode } from "../../src/net/address-error.ts";
import { UserError } from "../../src/text/user-error.ts";

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
];

describe("an address is read and written canonically", () => {
  it.each(CANONICAL)("%s is %s", (text, expected) => {
    expect(formatAddress(parseAddress(text))).toBe(expected);
  });
});

const REFUSED: readonly (readonly [string, AddressErrorCode])[] = [
  ["", "address-empty"],
  ["  ", "address-empty"],
  ["010.1.1.1", "address-leading-zero"],
  ["10.01.1.1", "address-leading-zero"],
  ["00.0.0.0", "address-leading-zero"],
  ["1.2.3", "address-incomplete"],
  ["10.1", "address-incomplete"],
  ["167772164", "address-incomplete"],
  ["1.2.3.", "address-incomplete"],
  ["fe80::1%eth0", "address-zone"],
  [`${"f".repeat(80)}%eth0`, "address-zone"],
  [`0${"0".repeat(80)}.0.0.1`, "address-leading-zero"],
  ["1".repeat(80), "address-incomplete"],
  ["10.0.0.0/8", "address-syntax"],
  ["256.1.1.1", "address-syntax"],
  ["1.2.3.4.5", "address-syntax"],
  ["1..2.3", "address-syntax"],
  [" 10.0.0.4", "address-syntax"],
  ["10.0.0.4\n", "address-syntax"],
  ["0x0a.0.0.4", "address-syntax"],
  [":", "address-syntax"],
  [":::", "address-syntax"],
  ["1::2::3", "address-syntax"],
  ["1:2:3:4:5:6:7", "address-syntax"],
  ["1:2:3:4:5:6:7:8:9", "address-syntax"],
  ["12345::", "address-syntax"],
  ["g::", "address-syntax"],
  ["::1.2.3", "address-syntax"],
  ["::1.2.3.4:5", "address-syntax"],
  ["1:2:3:4:5:6:7:1.2.3.4", "address-syntax"],
  ["storage.example", "address-syntax"],
];

describe("a look-alike is refused with its reason", () => {
  it.each(REFUSED)("%j: %s", (text, code) => {
    let caught: unknown;
    try {
      parseAddress(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(UserError);
    expect((caught as UserError).code).toBe(code);
    expect((caught as UserError).message.length).toBeLessThan(100);
    expect((caught as UserError).hint).not.toBe("");
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
