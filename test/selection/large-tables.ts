import fc from "fast-check";
import { ForwardingTable } from "../../src/analysis/bulk/forwarding-table.ts";
import { diffTables } from "../../src/analysis/diff/tables.ts";
import { type Address, formatAddress } from "../../src/net/address.ts";
import { contains, type Prefix, parsePrefix, prefixOf } from "../../src/net/prefix.ts";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import type { EffectiveRoute } from "../../src/routes/effective-route.ts";
import type { Decision } from "../../src/selection/decision.ts";
import { PLATFORM_ADDRESSES, select } from "../../src/selection/select.ts";
import { boundaryAddresses, routeWith } from "./random-tables.ts";
import { type ReferenceAnswer, referenceSelect } from "./reference.ts";

/** Few values for each byte, so that prefixes nest and meet; and now and then any value. */
const byte = fc.oneof({ weight: 6, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(255) });

const ipv4: fc.Arbitrary<Prefix> = fc
  .tuple(fc.constantFrom(10, 10, 20, 168, 169), byte, byte, byte, fc.nat(32))
  .map(([a, b, c, d, length]) =>
    prefixOf({ family: 4, value: BigInt(a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) }, length),
  );

const ipv6: fc.Arbitrary<Prefix> = fc
  .tuple(fc.constantFrom(0x20010db8n, 0xfd000000n), byte, byte, fc.bigInt(0n, (1n << 64n) - 1n), fc.nat(128))
  .map(([top, b, c, low, length]) => {
    const value = (top << 96n) | (BigInt(b) << 88n) | (BigInt(c) << 64n) | low;
    return prefixOf({ family: 6, value }, length);
  });

const platform: fc.Arbitrary<Prefix> = fc
  .tuple(fc.constantFrom(...PLATFORM_ADDRESSES), fc.integer({ min: 8, max: 32 }))
  .map(([address, length]) => prefixOf(address, length));

const route = routeWith(
  fc.oneof({ weight: 12, arbitrary: ipv4 }, { weight: 6, arbitrary: ipv6 }, { weight: 1, arbitrary: platform }),
);

const rows = (minLength: number, maxLength: number) => fc.array(route, { minLength, maxLength, size: "max" });

/** Tables of 1 to 5,000 rows, most of them small. */
export const tableOfAnySize: fc.Arbitrary<EffectiveRoute[]> = fc.oneof(
  { weight: 8, arbitrary: rows(1, 40) },
  { weight: 4, arbitrary: rows(40, 400) },
  { weight: 1, arbitrary: rows(400, 5000) },
);

/** Places in a list of addresses whose length is not known yet, and addresses that no table knows of. */
export const somePlaces = fc.record({
  places: fc.array(fc.nat(), { minLength: 8, maxLength: 24 }),
  values: fc.array(fc.bigInt(0n, (1n << 128n) - 1n), { maxLength: 4 }),
});

type Places = typeof somePlaces extends fc.Arbitrary<infer T> ? T : never;

/** Ends of prefixes and their neighbours, the platform's addresses, and any. */
function addressesAt(routes: readonly EffectiveRoute[], { places, values }: Places): readonly Address[] {
  const ends = boundaryAddresses(routes);
  const chosen = places.flatMap((place) => ends[place % ends.length] ?? []);
  const anywhere = values.flatMap((value): Address[] => [
    { family: 6, value },
    { family: 4, value: value & 0xffffffffn },
  ]);
  return [...chosen, ...PLATFORM_ADDRESSES, ...anywhere];
}

function sameAnswer(decision: Decision, expected: ReferenceAnswer): boolean {
  const lost = Object.fromEntries([
    ...decision.losers.map((loser) => [loser.row.index, loser.reason] as const),
    ...decision.inactive.map((row) => [row.index, "inactive-route"] as const),
  ]);
  const indexes = decision.winners.map(({ index }) => index).sort((a, b) => a - b);
  return (
    decision.verdict === expected.verdict &&
    indexes.join() === [...expected.winners].sort((a, b) => a - b).join() &&
    JSON.stringify(lost) === JSON.stringify(expected.lost)
  );
}

/**
 * The scan of the rows, the compiled table and the reference choose the same rows, and give every loser the same
 * reason. @throws
 */
export function holdSelection(routes: readonly EffectiveRoute[], places: Places): void {
  const table = new ForwardingTable(routes);
  for (const address of addressesAt(routes, places)) {
    const expected = referenceSelect(routes, address);
    for (const decision of [select(routes, address), table.select(address)]) {
      if (!sameAnswer(decision, expected)) throw new Error(`${formatAddress(address)}: ${JSON.stringify(expected)}`);
    }
  }
}

/** Where the packets go, by the reference: the verdict, and every next hop in any order. */
function whereabouts(routes: readonly EffectiveRoute[], address: Address): string {
  const { verdict, winners } = referenceSelect(routes, address);
  if (verdict !== "forward") return verdict;
  const hops = winners.flatMap((index) => {
    const { nextHopType = "", nextHopIpAddress = [] } = routes[index] ?? {};
    return (nextHopIpAddress.length === 0 ? ["-"] : nextHopIpAddress).map((ip) => `${nextHopType} ${ip}`);
  });
  return [...new Set(hops)].sort().join();
}

const origin = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null } as const;

/** An address stands in one move of the diff if the reference sends it elsewhere, in none if not. @throws */
export function holdDiff(before: readonly EffectiveRoute[], after: readonly EffectiveRoute[], places: Places): void {
  const annotated = [before, after].map((routes) => annotateTable({ routes, origin }, null));
  const [old, now] = annotated;
  if (old === undefined || now === undefined) throw new RangeError("two tables");
  const moves = diffTables(old, now, null).moves.map(({ prefixes }) => prefixes.map((prefix) => parsePrefix(prefix)));
  for (const address of [...addressesAt(before, places), ...addressesAt(after, places)]) {
    const count = moves.filter((prefixes) => prefixes.some((prefix) => contains(prefix, address))).length;
    const moved = whereabouts(before, address) !== whereabouts(after, address);
    if (count !== Number(moved)) throw new Error(`${formatAddress(address)} stands in ${count} moves`);
  }
}
