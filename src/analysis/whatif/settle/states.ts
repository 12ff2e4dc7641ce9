import type { Prefix } from "../../../net/prefix.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import {
  isActive,
  isBgp,
  isDefault,
  isNetworkOrPeering,
  isPrivateEndpoint,
  isServiceEndpoint,
} from "../../../selection/route-kinds.ts";
import { same } from "../../../text/same.ts";
import { type Draft, type DraftRow, keyOf, withPrefixes, withState } from "../draft.ts";
import { userPrefixes } from "./prefixes.ts";

/** What overrides a prefix of a row: nothing, a gateway's route or a user route. The higher number prevails. */
type Taker = 0 | 1 | 2;
const [NOTHING, GATEWAY, USER] = [0, 1, 2] as const;

/**
 * Returns what overrides a prefix of a row: a user route overrides any row, a gateway's route a system route that is
 * not for a network or a peering. A service endpoint's row is never marked (in docs#111706 both are Active). Only a
 * user route with the same prefix overrides a private endpoint's row, even with network policies off; its state under a
 * shorter one is not predicted.
 */
function takersIn(routes: readonly EffectiveRoute[]): (route: EffectiveRoute, prefix: Prefix) => Taker {
  const prefixesOf = (test: (route: EffectiveRoute) => boolean) =>
    new Set(routes.filter(test).flatMap(({ addressPrefix }) => addressPrefix.map(keyOf)));
  const users = userPrefixes(routes);
  const gateways = prefixesOf(isBgp);
  return (route, prefix) => {
    if (isServiceEndpoint(route)) return NOTHING;
    if (isPrivateEndpoint(route)) return users.has(keyOf(prefix)) ? USER : NOTHING;
    if (!isBgp(route) && !isDefault(route)) return NOTHING;
    if (users.has(keyOf(prefix))) return USER;
    return !isBgp(route) && !isNetworkOrPeering(route) && gateways.has(keyOf(prefix)) ? GATEWAY : NOTHING;
  };
}

/** Settles which rows are Active and Invalid, where what overrides them has changed. */
export function settleStates(draft: Draft): void {
  const takerBefore = takersIn(draft.before);
  const takerNow = takersIn(draft.rows.map(({ route }) => route));
  draft.rows = draft.rows.flatMap((row): DraftRow[] => {
    const { route, fate } = row;
    const turns = (prefix: Prefix): boolean => {
      const before = fate === "appears" ? NOTHING : takerBefore(route, prefix);
      const now = takerNow(route, prefix);
      if (now > before) return isActive(route);
      return now === NOTHING && before !== NOTHING && same(route.state, "Invalid");
    };
    const stays = route.addressPrefix.filter((prefix) => !turns(prefix));
    if (stays.length === route.addressPrefix.length) return [row];
    const turning = withPrefixes(route, route.addressPrefix.filter(turns));
    const rule = isPrivateEndpoint(route) ? "private-endpoint-same-prefix" : "same-prefix";
    const turned = isActive(route) ? ("turns-invalid" as const) : ("turns-active" as const);
    const state = withState(turning, turned === "turns-invalid" ? "Invalid" : "Active");
    const piece: DraftRow =
      fate === "appears"
        ? { route: state, fate, rules: [...row.rules, rule] }
        : { route: state, fate: turned, rules: [rule] };
    return stays.length === 0 ? [piece] : [{ ...row, route: withPrefixes(route, stays) }, piece];
  });
}
