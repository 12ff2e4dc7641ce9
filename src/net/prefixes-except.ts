import { bitsOf } from "./address.ts";
import { type AddressRange, prefixesOf, unionOf } from "./address-ranges.ts";
import { lastOf, type Prefix } from "./prefix.ts";

/**
 * The addresses of `prefixes` without those of `except`; every exception lies in one of the prefixes. Both in numeric
 * order.
 */
export interface PrefixesExcept {
  readonly prefixes: readonly Prefix[];
  readonly except: readonly Prefix[];
}

/** How much of a prefix the set holds: some of it, all of it, or nothing. */
type Node = Mixed | "held" | "lacking";

interface Mixed {
  readonly halves: readonly [Node, Node];
  /** The number of prefixes that its missing addresses take. */
  readonly holes: number;
  /** The fewest prefixes and exceptions, counted together, that describe the part in the set. */
  readonly cost: number;
  /** Whether the whole prefix with its holes as exceptions is shorter than its halves described separately. */
  readonly excepting: boolean;
}

const costOf = (node: Node) => (node === "held" ? 1 : node === "lacking" ? 0 : node.cost);
const holesOf = (node: Node) => (node === "held" ? 0 : node === "lacking" ? 1 : node.holes);

/**
 * The shortest description of exactly these addresses as prefixes with exceptions, counting both: `0.0.0.0/0 except
 * 10.0.0.0/8` instead of eight prefixes. Has exceptions only where they make it shorter. Cost: linear in the ranges
 * times the bits of an address.
 */
export function prefixesExcept(ranges: Iterable<AddressRange>): PrefixesExcept {
  const set = unionOf(ranges);
  const found: { prefixes: Prefix[]; except: AddressRange[] } = { prefixes: [], except: [] };
  for (const family of [4, 6] as const) {
    const own = set.filter((range) => range.family === family);
    const everything: Prefix = { family, first: 0n, length: 0 };
    collect(survey(everything, own, 0, own.length), everything, found);
  }
  return { prefixes: found.prefixes, except: prefixesOf(found.except) };
}

/** Examines a prefix. `ranges[from, to)` are those with an address in it. */
function survey(prefix: Prefix, ranges: readonly AddressRange[], from: number, to: number): Node {
  const only = ranges[from];
  if (from >= to || only === undefined) return "lacking";
  if (only.first <= prefix.first && only.last >= lastOf(prefix)) return "held";
  const [low, high] = halvesOf(prefix);
  const behindLow = firstWhere(ranges, from, to, (range) => range.first >= high.first);
  const inHigh = firstWhere(ranges, from, to, (range) => range.last >= high.first);
  const halves = [survey(low, ranges, from, behindLow), survey(high, ranges, inHigh, to)] as const;
  const holes = holesOf(halves[0]) + holesOf(halves[1]);
  const apart = costOf(halves[0]) + costOf(halves[1]);
  const excepting = 1 + holes < apart;
  return { halves, holes, cost: excepting ? 1 + holes : apart, excepting };
}

function halvesOf({ family, first, length }: Prefix): readonly [Prefix, Prefix] {
  const bit = 1n << BigInt(bitsOf(family) - length - 1);
  return [
    { family, first, length: length + 1 },
    { family, first: first | bit, length: length + 1 },
  ];
}

/** The first index for which the test holds. It must hold for all later ones. */
function firstWhere(
  ranges: readonly AddressRange[],
  from: number,
  to: number,
  test: (range: AddressRange) => boolean,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const range = ranges[middle];
    if (range !== undefined && test(range)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function collect(node: Node, prefix: Prefix, found: { prefixes: Prefix[]; except: AddressRange[] }): void {
  if (node === "lacking") return;
  if (node === "held" || node.excepting) found.prefixes.push(prefix);
  if (node === "held") return;
  const [low, high] = halvesOf(prefix);
  for (const [half, of] of [[node.halves[0], low] as const, [node.halves[1], high] as const]) {
    if (node.excepting) collectHoles(half, of, found.except);
    else collect(half, of, found);
  }
}

function collectHoles(node: Node, prefix: Prefix, holes: AddressRange[]): void {
  if (node === "held") return;
  if (node === "lacking") {
    holes.push({ family: prefix.family, first: prefix.first, last: lastOf(prefix) });
    return;
  }
  const [low, high] = halvesOf(prefix);
  collectHoles(node.halves[0], low, holes);
  collectHoles(node.halves[1], high, holes);
}
