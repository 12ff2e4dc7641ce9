import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress, toWords } from "../../src/net/address.ts";
import { ADDRESS_ROOM, writeAddress } from "../../src/net/write-address.ts";

/** The text that is written for an address, somewhere in a buffer. */
function written(family: 4 | 6, value: bigint, at: number): string {
  const words = new Uint32Array(6);
  toWords({ family, value }, words, 2);
  const target = new DataView(new ArrayBuffer(at + ADDRESS_ROOM));
  const end = writeAddress(family, words, 2, target, at);
  return new TextDecoder().decode(new Uint8Array(target.buffer, at, end - at));
}

const zeroOrNot = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xff }));

describe("an address is written to bytes as formatAddress writes it", () => {
  it("IPv4", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 0xffffffffn), fc.nat(9), (value, at) => {
        expect(written(4, value, at)).toBe(formatAddress({ family: 4, value }));
      }),
    );
  });

  it("IPv6, with zero groups anywhere", () => {
    fc.assert(
      fc.property(fc.array(zeroOrNot, { minLength: 8, maxLength: 8 }), fc.nat(9), (groups, at) => {
        const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
        expect(written(6, value, at)).toBe(formatAddress({ family: 6, value }));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    "::",
    "::1",
    "1::",
    "1:2:3:4:5:6:7:0",
    "0:2:3:4:5:6:7:8",
    "1:0:0:2::3",
    "f:10:ff:100:fff:1000:0:a",
    "1:0:2:0:3:0:4:0",
    "::2:0:0:3:4:0",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  ])("%s", (text) => {
    const { family, value } = parseAddress(text);
    expect(written(family, value, 0)).toBe(text);
  });
});
