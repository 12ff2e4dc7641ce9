import { describe, expect, it } from "vitest";
import {
  countAddresses,
  describeAddresses,
  largerFirst,
  largestFirst,
} from "../../../src/analysis/destinations/address-counts.ts";
import { splitSize } from "../../../src/analysis/destinations/split.ts";
import { type AddressRange, rangeOf } from "../../../src/net/address-ranges.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";

const ranges = (...prefixes: readonly string[]) => prefixes.map((prefix) => rangeOf(parsePrefix(prefix)));
const described = (...prefixes: readonly string[]) => describeAddresses(ranges(...prefixes), splitSize());

it.each<[string, readonly string[], string, string]>([
  ["none", [], "0", "0"],
  ["of both families", ["10.0.0.0/24", "fd00::/64"], "256", String(2n ** 64n)],
  ["of ranges that overlap once", ["10.0.0.0/24", "10.0.0.128/25"], "256", "0"],
])("addresses are counted: %s", (_, prefixes, v4, v6) => {
  expect(countAddresses(ranges(...prefixes))).toEqual({ v4, v6 });
});

describe("a set of addresses", () => {
  it("has its count, its shortest prefixes in numeric order and its first address", () => {
    expect(described("fd00::/64", "10.0.1.0/24", "10.0.0.0/24")).toEqual({
      addresses: { v4: "512", v6: String(2n ** 64n) },
      prefixes: ["10.0.0.0/23", "fd00::/64"],
      outline: null,
      example: "10.0.0.0",
    });
  });

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["a hole", ["10.0.0.0/25", "10.0.0.128/26", "10.0.0.192/27"], ["10.0.0.0/24"], ["10.0.0.224/27"]],
    [
      "a gap that is only the host's address",
      ["168.63.129.0/28", "168.63.129.17/32", "168.63.129.18/31", "168.63.129.20/30"],
      ["168.63.129.0/28", "168.63.129.16/29"],
      [],
    ],
    [
      "a gap that is only the metadata service's address",
      ["169.254.169.252/31", "169.254.169.255/32"],
      ["169.254.169.252/30"],
      [],
    ],
  ])("is described by prefixes and exceptions where that is shorter: %s", (_, prefixes, whole, except) => {
    expect(described(...prefixes).outline).toEqual({ prefixes: whole, except });
  });

  it.each<[string, readonly string[]]>([
    ["where the addresses before the host's are missing", ["168.63.129.17/32"]],
    ["where those after it are", ["168.63.129.14/31"]],
    ["where an IPv6 address has the number before it", ["168.63.129.17/32", "::a83f:810f/128"]],
    ["where an IPv6 address has the number after it", ["168.63.129.15/32", "::a83f:8111/128"]],
    ["of one prefix", ["10.0.0.0/24"]],
  ])("has no such description %s", (_, prefixes) => {
    expect(described(...prefixes).outline).toBeNull();
  });

  it.each([
    [10_000, false],
    [10_001, true],
  ])("of %i ranges has such a description: not %s", (count, missing) => {
    const many = Array.from({ length: count }, (_, at): AddressRange => {
      const first = BigInt(at * 4);
      return { family: 4, first, last: first + 2n };
    });
    expect(describeAddresses(many, splitSize()).outline === null).toBe(missing);
  });

  it("of no addresses is an error", () => {
    expect(() => described()).toThrow(new RangeError("a group without addresses"));
  });
});

describe("sets are sorted", () => {
  const SORTED = [
    ["20.0.0.0/23"],
    ["19.0.0.0/24", "fd09::/64"],
    ["18.0.0.0/24", "fd01::/65"],
    ["13.0.0.0/24"],
    ["14.0.0.0/24"],
    ["fd02::/64"],
    ["fd03::/64"],
    ["fd00::/65"],
  ];

  it("by most IPv4 addresses, then most IPv6 addresses, then the lowest first address", () => {
    const sets = SORTED.map((prefixes) => ranges(...prefixes));
    expect(largestFirst(sets.toReversed())).toEqual(sets);
    expect(sets.toReversed().sort(largerFirst)).toEqual(sets);
    expect(largestFirst([...sets.slice(4), ...sets.slice(0, 4)])).toEqual(sets);
  });

  it("and stay where nothing differs", () => {
    const [one, other] = [ranges("10.0.0.0/24"), ranges("10.0.0.0/24")];
    expect([largerFirst(one, other), largerFirst([], []), largerFirst(one, [])]).toEqual([0, 0, -1]);
    const next = ranges("10.0.1.0/24");
    expect([largerFirst(one, next), largerFirst(next, one)]).toEqual([-1, 1]);
    expect(largestFirst([one])).toEqual([one]);
    expect(largestFirst([])).toEqual([]);
  });
});
