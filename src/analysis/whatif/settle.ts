import { OutermostPrefixes } from "../../net/outermost-prefixes.ts";
import { type Prefix, parsePrefix } from "../../net/prefix.ts";
import type { Family } from "../../net/read-address.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import {
  isActive,
  isBgp,
  isDefault,
  isNetworkOrPeering,
  isNone,
  isPrivateEndpoint,
  isServiceEndpoint,
  isUser,
} from "../../selection/route-kinds.ts";
import { same } from "../../text/same.ts";
import {
  type Draft,
  type DraftRow,
  dropPrefixes,
  insertRow,
  keyOf,
  newRoute,
  withPrefixes,
  withState,
} from "./draft.ts";
import { settleAppliances } from "./reach.ts";

/**
 * Lets Azure react: what the changed rows do to the others. It compares the table before with the table as edited, so that changes which
 * undo each other leave nothing behind; states that no change touches stay as Azure decided them. Cost: that of sorting the rows' prefixes.
 */
export function settle(draft: Draft): void {
  settlePropagation(draft);
  const edited = draft.rows.map(({ route }) => route);
  settlePrivateEndpoints(draft, edited);
  for (const family of [4, 6] as const) settleDefaults(draft, edited, family);
  settleAppliances(draft);
  settleStates(draft);
}

function settlePropagation(draft: Draft): void {
  if (draft.propagation === false) dropPrefixes(draft, isBgp, ["gateway-propagation"]);
  const wasOff = draft.before.some(({ disableBgpRoutePropagation }) => disableBgpRoutePropagation === true);
  if (draft.propagation === true && wasOff) {
    draft.cautions.push({
      id: "gateway-routes-unknown",
      text: "Which routes a gateway would add is not in a table that was read with propagation off; none are predicted.",
    });
  }
}

const networkPrefixes = (routes: readonly EffectiveRoute[]) =>
  routes.filter(isNetworkOrPeering).flatMap(({ addressPrefix }) => addressPrefix);

/** The prefixes of `routes` that `others` does not have. */
function onlyIn(routes: readonly EffectiveRoute[], others: readonly EffectiveRoute[]): readonly Prefix[] {
  const known = new Set(networkPrefixes(others).map(keyOf));
  return networkPrefixes(routes).filter((prefix) => !known.has(keyOf(prefix)));
}

function settlePrivateEndpoints(draft: Draft, edited: readonly EffectiveRoute[]): void {
  const gone = new OutermostPrefixes(onlyIn(draft.before, edited));
  const left = new OutermostPrefixes(networkPrefixes(edited));
  dropPrefixes(draft, (route, prefix) => isPrivateEndpoint(route) && gone.hold(prefix) && !left.hold(prefix), [
    "private-endpoint-of-peer",
  ]);
  const [old, now] = [new Set(draft.before), new Set(edited)];
  const changed = new OutermostPrefixes(
    [
      ...edited.filter((route) => isUser(route) && !old.has(route)),
      ...draft.before.filter((route) => isUser(route) && !now.has(route)),
    ]
      .flatMap(({ addressPrefix }) => addressPrefix)
      .filter(({ length }) => length > 0),
  );
  const touched = draft.rows.some(
    ({ route }) => isPrivateEndpoint(route) && route.addressPrefix.some((prefix) => changed.hold(prefix)),
  );
  if (touched) {
    draft.cautions.push({
      id: "private-endpoint-state",
      text: "A user route as long as its network's prefix, or longer, takes a private endpoint's place where its subnet has network policies on; those rows' states are left as they are.",
    });
  }
}

/** The address space that is dropped by default, by the documentation; other None rows differ from network to network. */
const DROPPED_BY_DEFAULT = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map((text) =>
  parsePrefix(text),
);

const isDroppedByDefault = (route: EffectiveRoute) => isDefault(route) && isNone(route);

/** Whether a user or a gateway sets the family's default route. */
function hasOwnDefault(routes: readonly EffectiveRoute[], family: Family): boolean {
  return routes.some(
    (route) =>
      ((isUser(route) && isActive(route)) || isBgp(route)) &&
      route.addressPrefix.some((prefix) => prefix.family === family && prefix.length === 0),
  );
}

/** The system's None rows and its default route, which give way to others' default routes and to networks' prefixes. */
function settleDefaults(draft: Draft, edited: readonly EffectiveRoute[], family: Family): void {
  const had = hasOwnDefault(draft.before, family);
  const has = hasOwnDefault(edited, family);
  const networks = networkPrefixes(edited);
  const added = new OutermostPrefixes(onlyIn(edited, draft.before));
  const removed = new OutermostPrefixes(onlyIn(draft.before, edited));
  const ofFamily = (prefix: Prefix) => prefix.family === family && prefix.length > 0;
  if (has && !had) {
    dropPrefixes(draft, (route, prefix) => isDroppedByDefault(route) && ofFamily(prefix), ["no-none-rows"]);
  }
  dropPrefixes(draft, (route, prefix) => isDroppedByDefault(route) && ofFamily(prefix) && added.hold(prefix), [
    "network-space",
  ]);
  const hasRow = (wanted: Prefix) =>
    draft.rows.some(
      ({ route }) => isDefault(route) && route.addressPrefix.some((prefix) => keyOf(prefix) === keyOf(wanted)),
    );
  if (had && !has && (family === 4 || networks.some((prefix) => prefix.family === family))) {
    const everything: Prefix = { family, first: 0n, length: 0 };
    if (!hasRow(everything)) {
      const route = newRoute(draft, {
        name: null,
        source: "Default",
        prefixes: [everything],
        nextHopType: "Internet",
      });
      insertRow(draft, route, ["default-route-alone"]);
    }
  }
  if (has || family !== 4) return;
  const left = new OutermostPrefixes(networks);
  const back = DROPPED_BY_DEFAULT.filter(
    (prefix) => (had || removed.hold(prefix)) && !left.hold(prefix) && !hasRow(prefix),
  );
  for (const prefix of back) {
    const route = newRoute(draft, { name: null, source: "Default", prefixes: [prefix], nextHopType: "None" });
    insertRow(draft, route, had ? ["no-none-rows", "none-rows"] : ["none-rows"]);
  }
  if (back.length > 0) {
    draft.cautions.push({
      id: "none-rows-vary",
      text: "Networks differ in what else is dropped by default (127.0.0.0/8, parts of 25.0.0.0/8 and others); only the documented None rows are predicted.",
    });
  }
}

/** What takes a prefix from a row: nothing, a gateway's route, a user route. The higher prevails. */
type Taker = 0 | 1 | 2;
const [NOTHING, GATEWAY, USER] = [0, 1, 2] as const;

/**
 * What takes a prefix from a row of these routes: a user route from any, a gateway's from a system route that is not a network's or a
 * peering's. A service endpoint's row is never marked (docs#111706 saw both Active), and a private endpoint's state is not predicted.
 */
function takersIn(routes: readonly EffectiveRoute[]): (route: EffectiveRoute, prefix: Prefix) => Taker {
  const prefixesOf = (test: (route: EffectiveRoute) => boolean) =>
    new Set(routes.filter(test).flatMap(({ addressPrefix }) => addressPrefix.map(keyOf)));
  const users = prefixesOf((route) => isUser(route) && isActive(route));
  const gateways = prefixesOf(isBgp);
  return (route, prefix) => {
    if (isServiceEndpoint(route) || isPrivateEndpoint(route)) return NOTHING;
    if (!isBgp(route) && !isDefault(route)) return NOTHING;
    if (users.has(keyOf(prefix))) return USER;
    return !isBgp(route) && !isNetworkOrPeering(route) && gateways.has(keyOf(prefix)) ? GATEWAY : NOTHING;
  };
}

function settleStates(draft: Draft): void {
  const takerBefore = takersIn(draft.before);
  const takerNow = takersIn(draft.rows.map(({ route }) => route));
  draft.rows = draft.rows.flatMap((row): DraftRow[] => {
    const { route, fate } = row;
    const turns = (prefix: Prefix): "turns-invalid" | "turns-active" | null => {
      const before = fate === "appears" ? NOTHING : takerBefore(route, prefix);
      const now = takerNow(route, prefix);
      if (now > before) return isActive(route) ? "turns-invalid" : null;
      return now === NOTHING && before !== NOTHING && same(route.state, "Invalid") ? "turns-active" : null;
    };
    const stays = route.addressPrefix.filter((prefix) => turns(prefix) === null);
    if (stays.length === route.addressPrefix.length) return [row];
    const turning = withPrefixes(
      route,
      route.addressPrefix.filter((prefix) => turns(prefix) !== null),
    );
    const turned = isActive(route) ? ("turns-invalid" as const) : ("turns-active" as const);
    const state = withState(turning, turned === "turns-invalid" ? "Invalid" : "Active");
    const piece: DraftRow =
      fate === "appears"
        ? { route: state, fate, rules: [...row.rules, "same-prefix"] }
        : { route: state, fate: turned, rules: ["same-prefix"] };
    return stays.length === 0 ? [piece] : [{ ...row, route: withPrefixes(route, stays) }, piece];
  });
}
