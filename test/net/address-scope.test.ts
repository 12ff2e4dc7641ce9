import { expect, test } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { prefixesOf } from "../../src/net/address-ranges.ts";
import { internetRanges, isPrivate, isPublic, privateRanges } from "../../src/net/address-scope.ts";
import { formatPrefix } from "../../src/net/prefix.ts";

type Scope = "private" | "internet" | "neither";

/** Both ends of ranges, and their neighbours. */
const SCOPES: Readonly<Record<Scope, string>> = {
  private: `10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 172.16.0.0 172.31.255.255 192.168.0.0 192.168.255.255
    fc00:: fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff`,
  internet: `1.0.0.0 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255
    169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.0.9 192.0.0.10 192.0.1.0 192.0.3.0 192.88.99.1
    192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0
    223.255.255.255 2000:: 2001:1::1 2001:1::2 2001:1::3 2001:3:: 2001:4:112:: 2001:20:: 2001:30:: 2001:200::
    2001:db7:ffff:: 2001:db9:: 2002:: 3ffe:: 3fff:1000::`,
  neither: `0.0.0.0 0.255.255.255 127.0.0.0 127.255.255.255 169.254.0.0 169.254.255.255 192.0.0.0 192.0.0.8 192.0.0.11
    192.0.0.255 192.0.2.0 192.0.2.255 198.18.0.0 198.19.255.255 198.51.100.0 198.51.100.255 203.0.113.0 203.0.113.255
    224.0.0.0 239.255.255.255 240.0.0.0 255.255.255.255 :: ::1 1fff:: 2001:: 2001:1:: 2001:1::4 2001:4:111::
    2001:4:113:: 2001:1ff:: 2001:db8:: 2001:db8:ffff:: 3fff:: 3fff:fff:: 4000:: fbff:: fe00:: fe80::1 ff02::1`,
};

test.each(
  Object.entries(SCOPES).flatMap(([scope, texts]) => texts.split(/\s+/).map((text): [string, string] => [text, scope])),
)("%s is %s", (text, scope) => {
  const address = parseAddress(text);
  expect([isPrivate(address), isPublic(address)]).toEqual([scope === "private", scope === "internet"]);
});

test("an address is public exactly if it is in the ranges of the Internet", () => {
  for (const { family, first, last } of internetRanges()) {
    const isPublicAt = (value: bigint) => isPublic({ family, value });
    expect([first - 1n, first, last, last + 1n].map(isPublicAt)).toEqual([false, true, true, false]);
  }
});

test("the ranges of a scope are those of both families, or of one", () => {
  const v4 = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];
  const shown = (ranges: ReturnType<typeof privateRanges>) => prefixesOf(ranges).map(formatPrefix);
  expect(shown(privateRanges())).toEqual([...v4, "fc00::/7"]);
  expect([shown(privateRanges(4)), shown(privateRanges(6))]).toEqual([v4, ["fc00::/7"]]);
  expect(internetRanges()).toEqual([...internetRanges(4), ...internetRanges(6)]);
});
