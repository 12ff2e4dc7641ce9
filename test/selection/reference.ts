import { type Address, bitsOf } from "../../src/net/address.ts";
import type { Prefix } from "../../src/net/prefix.ts";
import type { EffectiveRoute } from "../../src/routes/effective-route.ts";
import type { Verdict } from "../../src/selection/decision.ts";
import type { RuleId } from "../../src/selection/rules.ts";

/**
 * The slow, literal reading of docs/route-selection.md, one paragraph a rule. It compares prefixes as strings of bits
 * and shares nothing with the code under test. Rows are named by their place in the table.
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

  const none = is("nextHopType", "None");
  const peering = (index: number) => system(index) && is("nextHopType", "VNetPeering", "VNetGlobalPeering")(index);
  const mesh = (index: number) => system(index) && is("nextHopType", "ConnectedGroup")(index);

  const elect = (rows: readonly number[]): readonly number[] => {
    // longest-prefix
    const top = Math.max(...rows.map(length));
    let left = drop(rows, (index) => length(index) === top, "longest-prefix");

    // service-endpoint-tie: against an endpoint a user route to Internet loses, any other user route wins
    if (left.some(endpoint) && left.some(user)) {
      const strong = left.filter((index) => user(index) && !is("nextHopType", "Internet")(index));
      const falls = (index: number) =>
        (user(index) && !strong.includes(index)) || (endpoint(index) && strong.length > 0);
      left = drop(left, (index) => !falls(index), "service-endpoint-tie");
    }

    // source-precedence: the smallest number wins
    const contestedByBgp = left.some(bgp);
    const besidePeering = left.some(peering);
    const precedence = (index: number) => {
      if (user(index)) return 10;
      if (network(index) && contestedByBgp) return 20;
      if (bgp(index)) return 30;
      if (!system(index)) return 50;
      return none(index) ? 42 : mesh(index) && besidePeering ? 41 : 40;
    };
    const best = Math.min(...left.map(precedence));
    left = drop(left, (index) => precedence(index) === best, "source-precedence");

    // tag-specificity
    if (best === 10) {
      const breadth = (index: number) => {
        const ranks = row(index).destinationServiceTags.map((tag) =>
          tag === "AzureCloud" ? 4 : /^AzureCloud\./.test(tag) ? 3 : /\./.test(tag) ? 1 : 2,
        );
        return ranks.length === 0 ? 0 : Math.min(...ranks);
      };
      const narrowest = Math.min(...left.map(breadth));
      left = drop(left, (index) => breadth(index) === narrowest, "tag-specificity");
    }

    // equal-cost: what is left
    return left;
  };
  let winners = elect(active);

  // bgp-override, system-over-bgp: every BGP row leaves, and the rest is elected as if there had been none
  if (winners.some(bgp)) {
    const override = active.some((index) => user(index) && row(index).hasBgpOverride);
    const preferred = active.some((index) => network(index) || endpoint(index));
    if (override || preferred) {
      for (const index of active) delete lost[index];
      winners = elect(drop(active, (index) => !bgp(index), override ? "bgp-override" : "system-over-bgp"));
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
