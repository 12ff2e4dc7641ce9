import { describe, expect, test } from "vitest";
import { readDestination } from "../../../src/analysis/destinations/destination.ts";
import { destinationSet } from "../../../src/analysis/destinations/destination-set.ts";
import { splitSize } from "../../../src/analysis/destinations/split.ts";
import { splitByGateway } from "../../../src/analysis/gateways/split.ts";
import { formatAddress, parseAddress } from "../../../src/net/address.ts";
import { contains, parsePrefix } from "../../../src/net/prefix.ts";
import { explainGateway } from "../../../src/selection/gateways/explain-gateway.ts";
import { gatewayTableOf } from "../../selection/gateways/gateway-tables.ts";

type Table = Parameters<typeof splitByGateway>[1];

const split = (asked: string, table: Table) =>
  splitByGateway(destinationSet(readDestination(asked), null), table, splitSize());

describe("a set is split by the longest prefix", () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    ["an empty table is no route", "10.0.0.0/8", [], ["10.0.0.0/8 no-route"]],
    ["one row holds all", "10.1.0.0/16", ["10.0.0.0/8 >a EBgp"], ["10.1.0.0/16 forward"]],
    [
      "longer prefixes are taken out, largest part first",
      "10.0.0.0/14",
      ["10.0.0.0/8 >a EBgp", "10.1.0.0/16 >b EBgp", "10.1.2.0/24 >c EBgp"],
      ["10.0.0.0/16 10.2.0.0/15 forward", partly("10.1.0.0/16", "10.1.2.0/24"), "10.1.2.0/24 forward"],
    ],
    [
      "rows of the same prefix are one part",
      "10.0.0.0/8",
      ["10.0.0.0/8 >a EBgp", "10.0.0.0/8 >b EBgp"],
      ["10.0.0.0/8 forward"],
    ],
    ["other families do not matter", "10.0.0.0/8", ["::/0 >a EBgp"], ["10.0.0.0/8 no-route"]],
    ["IPv6", "2001:db8::/32", ["2001:db8:8000::/33 >a EBgp"], ["2001:db8::/33 no-route", "2001:db8:8000::/33 forward"]],
  ])("%s", (_, asked, rows, parts) => {
    const found = split(asked, gatewayTableOf(rows)).map(
      ({ part, verdict }) => `${part.prefixes.join(" ")} ${verdict}`,
    );
    expect(found).toEqual(parts);
  });

  function partly(whole: string, hole: string): string {
    const inner = parsePrefix(hole);
    const prefixes: string[] = [];
    for (let length = parsePrefix(whole).length + 1; length <= inner.length; length++) {
      const block = 1n << BigInt(32 - length);
      const other = ((inner.first / block) ^ 1n) * block;
      prefixes.push(`${formatAddress({ family: 4, value: other })}/${length}`);
    }
    const order = (text: string) => parsePrefix(text).first;
    return `${prefixes.sort((a, b) => (order(a) < order(b) ? -1 : 1)).join(" ")} forward`;
  }
});

test("every address is in one part, with the answer for the address alone", () => {
  const rows = ["0.0.0.0/0 >a EBgp 1", "10.0.0.0/8 >b EBgp 1-2", "10.0.0.0/8 >a EBgp 1", "10.64.0.0/10 - Network"];
  const more = ["10.64.7.0/24 >c IBgp", "10.65.0.0/16 >d EBgp 7", "192.168.0.0/16 >a EBgp"];
  const table = gatewayTableOf([...rows, ...more]);
  const parts = split("0.0.0.0/0", table);
  for (const text of [
    "0.0.0.0",
    "9.255.255.255",
    "10.0.0.0",
    "10.64.6.255",
    "10.64.7.0",
    "10.64.7.255",
    "10.64.8.0",
    "10.65.0.1",
    "10.127.255.255",
    "10.128.0.0",
    "192.168.255.255",
    "192.169.0.0",
    "255.255.255.255",
  ]) {
    const address = parseAddress(text);
    const own = parts.filter(({ part }) => part.prefixes.some((prefix) => contains(parsePrefix(prefix), address)));
    expect(own.map(({ destination: _, part: __, ...answer }) => answer)).toEqual(
      explainGateway(table, address).map(({ destination: _, ...answer }) => answer),
    );
  }
  const total = parts.reduce((sum, { part }) => sum + BigInt(part.addresses.v4), 0n);
  expect(total).toBe(1n << 32n);
});
