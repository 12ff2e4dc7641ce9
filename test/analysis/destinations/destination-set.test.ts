import ipaddr from "ipaddr.js";
import { describe, expect, it, test } from "vitest";
import { isDestinationError, readDestination } from "../../../src/analysis/destinations/destination.ts";
import { parseDestination } from "../../../src/analysis/destinations/destination-set.ts";
import { formatAddress, parseAddress } from "../../../src/net/address.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

const tags = tagsOf({
  Storage: ["20.60.0.0/16", "20.60.1.0/24", "2603:1000::/40"],
  "Storage.WestEurope": ["20.60.1.0/24"],
  Sql: ["20.70.0.0/16"],
});

function failureOf(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("a destination resolves to its addresses", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["10.0.0.4", "address", "10.0.0.4", ["10.0.0.4/32"]],
    ["2001:DB8::1", "address", "2001:db8::1", ["2001:db8::1/128"]],
    ["10.0.0.0/8", "prefix", "10.0.0.0/8", ["10.0.0.0/8"]],
    [" ::/0 ", "prefix", "::/0", ["::/0"]],
    ["tag:storage.westeurope", "tag", "tag:Storage.WestEurope", ["20.60.1.0/24"]],
    ["TAG:Storage", "tag", "tag:Storage", ["20.60.0.0/16", "20.60.1.0/24", "2603:1000::/40"]],
    ["Private", "keyword", "private", ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]],
  ])("%s", (text, kind, name, prefixes) => {
    const set = parseDestination(text, tags);
    expect({ ...set, prefixes: Array.from(set.own, ({ prefix }) => formatPrefix(prefix)) }).toMatchObject({
      kind,
      name,
      prefixes,
    });
  });

  it("nested prefixes of a tag count once", () => {
    expect(parseDestination("tag:Storage", tags).ranges).toHaveLength(2);
  });
});

describe("an invalid destination is rejected", () => {
  test.each<[string, typeof UserError, string, string]>([
    [
      "10.0.0.1/8",
      UserError,
      "prefix-host-bits",
      "'10.0.0.1/8' has host bits set after /8; write 10.0.0.0/8, or 10.0.0.1 for the one address",
    ],
    [
      "010.1.1.1",
      UserError,
      "address-leading-zero",
      "'010.1.1.1' has a leading zero, which some programs read as octal; write 10.1.1.1",
    ],
    [
      "1.2.3",
      UserError,
      "address-incomplete",
      "'1.2.3' is not a whole IPv4 address; write all four parts, like 10.0.0.4",
    ],
    ["", UserError, "address-empty", "the address is empty; write one like 10.0.0.4"],
    ["intrenet", UserError, "destination-unknown", "'intrenet' is not a valid destination; did you mean: internet"],
    [
      "Storage.WestEurope",
      UserError,
      "destination-unknown",
      "'Storage.WestEurope' is not a valid destination; write tag:Storage.WestEurope for a service tag, or an address, a prefix, internet or private",
    ],
    ["tag:", UserError, "destination-tag", "'tag:' is not a valid service tag; write tag:NAME, e.g. tag:Storage"],
    ["tag:a b", UserError, "destination-tag", "'tag:a b' is not a valid service tag; write tag:NAME, e.g. tag:Storage"],
    [
      "tag:Storage.WestEurop",
      UserError,
      "destination-tag",
      "unknown service tag 'Storage.WestEurop'; did you mean: Storage.WestEurope, Storage",
    ],
    [
      "tag:Nothing.Like.It",
      UserError,
      "destination-tag",
      "unknown service tag 'Nothing.Like.It'; run vnet-explain tags list to see all tags",
    ],
  ])("%j", (text, errorClass, code, told) => {
    const error = failureOf(() => parseDestination(text, tags));
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({ code });
    expect(`${(error as UserError).message}; ${(error as UserError).hint}`).toBe(told);
    expect((error as Error).message.length).toBeLessThan(100);
  });

  it.each(["beef", "a", "10.1.2.3x", "x10.1.2.3/8"])("%s is refused as an address or a prefix", (text) => {
    const error = failureOf(() => parseDestination(text, tags)) as UserError;
    expect(error.code).toMatch(/^(address|prefix)-/);
    expect(isDestinationError(error)).toBe(true);
  });

  it("a blank after tag: is left out", () => {
    expect(readDestination(" TAG: Storage ")).toEqual({ kind: "tag", text: "tag:Storage", tag: "Storage" });
  });

  it("another error is none of a destination", () => {
    expect(isDestinationError(new UserError("trace-start", "m", "h"))).toBe(false);
    expect(isDestinationError(new RangeError("m"))).toBe(false);
  });

  it("a tag without service tags is an error", () => {
    expect(failureOf(() => parseDestination("tag:Storage", null))).toMatchObject({
      code: "service-tags-missing",
      message: "cannot look up tag:Storage without service tags",
      hint: "run vnet-explain tags update (with the same --cloud), or pass --tags ServiceTags_Public_<date>.json",
      exit: "tagsMissing",
    });
    expect(readDestination("tag:Storage")).toMatchObject({ kind: "tag", tag: "Storage" });
  });
});

describe("internet is every globally reachable unicast address", () => {
  const { ranges } = parseDestination("internet", null);
  const isIn = (text: string) => {
    const { family, value } = parseAddress(text);
    return ranges.some((range) => range.family === family && range.first <= value && value <= range.last);
  };
  test.each<[string, boolean]>([
    ["8.8.8.8", true],
    ["1.0.0.0", true],
    ["223.255.255.255", true],
    ["168.63.129.15", true],
    ["192.0.0.9", true],
    ["192.88.99.1", true],
    ["2606:4700::1111", true],
    ["2001:4:112::1", true],
    ["2001:200::1", true],
    ["2002::1", true],
    ["0.0.0.1", false],
    ["10.0.0.1", false],
    ["100.64.0.1", false],
    ["127.0.0.1", false],
    ["168.63.129.16", false],
    ["169.254.169.254", false],
    ["172.31.255.255", false],
    ["192.0.0.8", false],
    ["192.168.0.1", false],
    ["198.19.0.1", false],
    ["203.0.113.1", false],
    ["224.0.0.1", false],
    ["255.255.255.255", false],
    ["::1", false],
    ["64:ff9b::1", false],
    ["2001::1", false],
    ["2001:db8::1", false],
    ["3fff::1", false],
    ["4000::1", false],
    ["5f00::1", false],
    ["fd00::1", false],
    ["fe80::1", false],
    ["ff02::1", false],
  ])("%s: %s", (text, expected) => {
    expect(isIn(text)).toBe(expected);
  });

  it("agrees with ipaddr.js at every IPv4 boundary, except for the anycast and platform addresses", () => {
    const kindOf = (value: bigint) => ipaddr.parse(formatAddress({ family: 4, value })).range();
    const odd = ["192.0.0.8", "192.0.0.9", "192.0.0.10", "192.0.0.11", "168.63.129.16"].map(
      (text) => parseAddress(text).value,
    );
    for (const { first, last } of ranges.filter(({ family }) => family === 4)) {
      for (const value of [first, last]) if (!odd.includes(value)) expect(kindOf(value), `${value}`).toBe("unicast");
      for (const value of [first - 1n, last + 1n]) {
        if (!odd.includes(value)) expect(kindOf(value), `${value}`).not.toBe("unicast");
      }
    }
  });
});
