import { type Address, bitsOf } from "../../src/net/address.ts";
import type { Prefix } from "../../src/net/prefix.ts";
import type { EffectiveRoute } from "../../src/routes/effective-route.ts";
import type { Verdict } from "../../src/selection/explanation.ts";
import type { RuleId } from "../../src/selection/rules.ts";

/**
 * The slow, obvious reading of the rules, one paragraph a rule, in their order: prefixes are compared as strings of bits and
 * nothing is shared with the code under test. Rows are named by their place in the table.
 */
export interface ReferenceAnswer {
  readonly verdict: Verdict;
  readonly winners: readonly number[];
  /** By which rule each other covering row lost. */
  readonly lost: Readonly<Record<number, RuleId>>;
}

const bitString = (value: bigint, bits: number) => value.toString(2).padStart(bits, "0");

function matchLength(prefix: Prefix, address: Address): number {
  if (prefix.family !== address.family) return -1;
  const bits = bitsOf(address.family);
  const fixed = bitString(prefix.first, bits).slice(0, prefix.length);
  return bitString(address.value, bits).startsWith(fixed) ? prefix.length : -1;
}

export function referenceSelect(routes: readonly EffectiveRoute[], address: Address): ReferenceAnswer {
  const lost: Record<number, RuleId> = {};
  const row = (index: number) => {
    const route = routes[index];
    if (route === undefined) throw new RangeError(`no row ${index}`);
    return route;
  };
  const is =
    (field: "source" | "state" | "nextHopType", ...values: string[]) =>
    (index: number) =>
      values.some((value) => row(index)[field].toLowerCase() === value.toLowerCase());
  const user = is("source", "User");
  const bgp = is("source", "VirtualNetworkGateway");
  const system = is("source", "Default");
  const endpoint = (index: number) => system(index) && is("nextHopType", "VirtualNetworkServiceEndpoint")(index);
  const network = (index: number) =>
    system(index) && is("nextHopType", "VnetLocal", "VNetPeering", "VNetGlobalPeering")(index);
  const length = (index: number) => Math.max(...row(index).addressPrefix.map((prefix) => matchLength(prefix, address)));

  const covering = routes.map((_, index) => index).filter((index) => length(index) >= 0);
  const drop = (from: readonly number[], keep: (index: number) => boolean, rule: RuleId) => {
    for (const index of from) if (!keep(index)) lost[index] = rule;
    return from.filter(keep);
  };

  // inactive-route
  const active = drop(covering, is("state", "Active"), "inactive-route");

  // platform-address
  if (address.family === 4 && [0xa83f8110n, 0xa9fea9fen].includes(address.value)) {
    drop(active, () => false, "platform-address");
    return { verdict: "platform", winners: [], lost };
  }

  // no-route
  if (active.length === 0) return { verdict: "no-route", winners: [], lost };

  // longest-prefix
  const top = Math.max(...active.map(length));
  let winners = drop(active, (index) => length(index) === top, "longest-prefix");

  // ties: service-endpoint-tie, source-precedence, tag-specificity
  const settle = (rows: readonly number[]) => {
    let left = [...rows];
    if (left.some(endpoint) && left.some(user)) {
      const beats = left.filter((index) => user(index) && !is("nextHopType", "Internet")(index));
      const fallen = beats.length > 0 ? (i: number) => endpoint(i) || (user(i) && !beats.includes(i)) : user;
      left = drop(left, (index) => !fallen(index), "service-endpoint-tie");
    }
    const order = [user, ...(left.some(bgp) ? [network] : []), bgp, system, () => true];
    const first = order.find((kind) => left.some(kind));
    if (first !== undefined) left = drop(left, first, "source-precedence");
    if (left.every(user)) {
      const breadth = (index: number) => {
        const ranks = row(index).destinationServiceTags.map((tag) =>
          tag === "AzureCloud" ? 4 : /^AzureCloud\./.test(tag) ? 3 : /\./.test(tag) ? 1 : 2,
        );
        return ranks.length === 0 ? 0 : Math.min(...ranks);
      };
      const narrowest = Math.min(...left.map(breadth));
      left = drop(left, (index) => breadth(index) === narrowest, "tag-specificity");
    }
    return left;
  };
  const longestOf = (rows: readonly number[]) => {
    const most = Math.max(...rows.map(length));
    return rows.filter((index) => length(index) === most);
  };
  winners = settle(winners);

  // bgp-override, system-over-bgp
  if (winners.some(bgp)) {
    const overriding = active.filter((index) => user(index) && row(index).hasBgpOverride);
    const preferred = active.filter((index) => network(index) || endpoint(index));
    const [rule, rows]: [RuleId, number[]] =
      overriding.length > 0 ? ["bgp-override", overriding] : ["system-over-bgp", preferred];
    if (rows.length > 0) {
      drop(winners, () => false, rule);
      winners = settle(longestOf(rows));
      for (const index of winners) delete lost[index];
    }
  }

  // longer-udr-over-endpoint
  const best = winners[0];
  if (best !== undefined && user(best)) {
    for (const index of active) {
      if (lost[index] === "longest-prefix" && endpoint(index) && length(index) < length(best)) {
        lost[index] = "longer-udr-over-endpoint";
      }
    }
  }
  return { verdict: winners.every(is("nextHopType", "None")) ? "drop" : "forward", winners, lost };
}
