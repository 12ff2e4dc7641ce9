import { bitsOf } from "../../net/address.ts";
import { OutermostPrefixes } from "../../net/outermost-prefixes.ts";
import { containsPrefix, type Prefix, parsePrefix } from "../../net/prefix.ts";
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
  isVnetLocal,
} from "../../selection/route-kinds.ts";
import { same } from "../../text/same.ts";
import {
  type Caution,
  type Draft,
  type DraftRow,
  dropPrefixes,
  insertRow,
  keyOf,
  newRoute,
  withNextHopType,
  withPrefixes,
  withState,
} from "./draft.ts";
import { settleAppliances } from "./reach.ts";

/**
 * Applies Azure's reaction: the effect of the changed rows on the others. It compares the table before with the edited
 * table, so that changes that undo each other have no effect. States that no change affects stay as they are. Cost:
 * sorting the rows' prefixes.
 */
export function settle(draft: Draft): void {
  settleLocalRoutes(draft);
  settlePropagation(draft);
  const edited = draft.rows.map(({ route }) => route);
  settlePrivateEndpoints(draft, edited);
  for (const family of [4, 6] as const) settleDefaults(draft, edited, family);
  settleAppliances(draft);
  settleStates(draft);
}

/**
 * Azure accepts a user route to VnetLocal for addresses outside the network, lists it as None without an address, and
 * drops the traffic. A table without the network's own row is not enough to predict that.
 */
function settleLocalRoutes(draft: Draft): void {
  const own = draft.before
    .filter((route) => isDefault(route) && isVnetLocal(route))
    .flatMap(({ addressPrefix }) => addressPrefix);
  if (own.length === 0) return;
  draft.rows = draft.rows.map((row) => {
    const { route, fate, rules } = row;
    if (fate !== "appears" || !isUser(route) || !isVnetLocal(route)) return row;
    const meetsOwn = ({ addressPrefix }: EffectiveRoute) =>
      addressPrefix.some((prefix) => own.some((mine) => containsPrefix(mine, prefix) || containsPrefix(prefix, mine)));
    if (!meetsOwn(route)) return { route: withNextHopType(route, "None"), fate, rules: [...rules, "local-outside"] };
    const isInside = route.addressPrefix.every((prefix) => own.some((mine) => containsPrefix(mine, prefix)));
    if (!isInside) draft.cautions.push(LOCAL_BEYOND);
    return row;
  });
}

const LOCAL_BEYOND: Caution = {
  id: "local-beyond-network",
  text: "The route to VnetLocal also covers addresses outside the network's own prefixes; Azure may list it as None and drop that traffic.",
};

function settlePropagation(draft: Draft): void {
  if (draft.propagation === false) dropPrefixes(draft, isBgp, ["gateway-propagation"]);
  const wasOff = draft.before.some(({ disableBgpRoutePropagation }) => disableBgpRoutePropagation === true);
  if (draft.propagation === true && wasOff) {
    draft.cautions.push({
      id: "gateway-routes-unknown",
      text: "The prediction adds no gateway routes: a table read with propagation off does not show them.",
    });
  }
}

const networkPrefixes = (routes: readonly EffectiveRoute[]) =>
  routes.filter(isNetworkOrPeering).flatMap(({ addressPrefix }) => addressPrefix);

/** Returns the prefixes of `routes` that are not in `others`. */
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
  const changed = [
    ...edited.filter((route) => isUser(route) && !old.has(route)),
    ...draft.before.filter((route) => isUser(route) && !now.has(route)),
  ]
    .flatMap(({ addressPrefix }) => addressPrefix)
    .filter(({ length }) => length > 0);
  // For a user route with the same prefix the state is predicted: see `takersIn`.
  const unsure = new OutermostPrefixes(changed.filter((prefix) => prefix.length < bitsOf(prefix.family)));
  const touched = draft.rows.some(
    ({ route }) => isPrivateEndpoint(route) && route.addressPrefix.some((prefix) => unsure.hold(prefix)),
  );
  if (touched) {
    draft.cautions.push({
      id: "private-endpoint-state",
      text: "A user route at least as long as its network's prefix overrides a private endpoint's route where the endpoint's subnet has network policies on. The prediction leaves the states of those rows unchanged.",
    });
  }
}

/** The address space that is documented as dropped by default. Other None rows differ between networks. */
const DROPPED_BY_DEFAULT = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map((text) =>
  parsePrefix(text),
);

const isDroppedByDefault = (route: EffectiveRoute) => isDefault(route) && isNone(route);

/** Returns the active default routes of the family from a user or a gateway. */
function ownDefaults(routes: readonly EffectiveRoute[], family: Family): readonly EffectiveRoute[] {
  return routes.filter(
    (route) =>
      ((isUser(route) && isActive(route)) || isBgp(route)) &&
      route.addressPrefix.some((prefix) => prefix.family === family && prefix.length === 0),
  );
}

/** A user default route to None keeps the system's None rows, unless it has the address of an appliance. */
const removesNoneRows = (route: EffectiveRoute) => !isNone(route) || route.nextHopIpAddress.length > 0;

/** Returns the keys of the prefixes of active user routes. */
const userPrefixes = (routes: readonly EffectiveRoute[]) =>
  new Set(
    routes.filter((route) => isUser(route) && isActive(route)).flatMap(({ addressPrefix }) => addressPrefix.map(keyOf)),
  );

/** Settles the system's None rows and default route, which other default routes and network prefixes replace. */
function settleDefaults(draft: Draft, edited: readonly EffectiveRoute[], family: Family): void {
  const [before, after] = [ownDefaults(draft.before, family), ownDefaults(edited, family)];
  const [had, has] = [before.length > 0, after.length > 0];
  const [wasBare, isBare] = [before.some(removesNoneRows), after.some(removesNoneRows)];
  const networks = networkPrefixes(edited);
  const added = new OutermostPrefixes(onlyIn(edited, draft.before));
  const removed = new OutermostPrefixes(onlyIn(draft.before, edited));
  const [usersBefore, usersNow] = [userPrefixes(draft.before), userPrefixes(edited)];
  const ofFamily = (prefix: Prefix) => prefix.family === family && prefix.length > 0;
  if (isBare && !wasBare) {
    dropPrefixes(draft, (route, prefix) => isDroppedByDefault(route) && ofFamily(prefix), ["no-none-rows"]);
  }
  dropPrefixes(draft, (route, prefix) => isDroppedByDefault(route) && ofFamily(prefix) && added.hold(prefix), [
    "network-space",
  ]);
  const isReplaced = (prefix: Prefix) => usersNow.has(keyOf(prefix)) && !usersBefore.has(keyOf(prefix));
  dropPrefixes(draft, (route, prefix) => isDroppedByDefault(route) && ofFamily(prefix) && isReplaced(prefix), [
    "none-row-replaced",
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
  if (isBare || family !== 4) return;
  const back: Prefix[] = [];
  const left = new OutermostPrefixes(networks);
  for (const prefix of DROPPED_BY_DEFAULT) {
    const key = keyOf(prefix);
    if (usersNow.has(key) || left.hold(prefix) || hasRow(prefix)) continue;
    const isBack = wasBare || removed.hold(prefix);
    if (!isBack && !usersBefore.has(key)) continue;
    const route = newRoute(draft, { name: null, source: "Default", prefixes: [prefix], nextHopType: "None" });
    const cause = wasBare ? (["no-none-rows"] as const) : removed.hold(prefix) ? [] : (["none-row-replaced"] as const);
    insertRow(draft, route, [...cause, "none-rows"]);
    back.push(prefix);
  }
  if (back.length > 0) {
    draft.cautions.push({
      id: "none-rows-vary",
      text: "The prediction has only the documented None rows. Networks differ in further ones (127.0.0.0/8, parts of 25.0.0.0/8 and others).",
    });
  }
}

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
