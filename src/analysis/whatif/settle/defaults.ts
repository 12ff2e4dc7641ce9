import { OutermostPrefixes } from "../../../net/outermost-prefixes.ts";
import { type Prefix, parsePrefix } from "../../../net/prefix.ts";
import type { Family } from "../../../net/read-address.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import { isActive, isBgp, isDefault, isNone, isUser } from "../../../selection/route-kinds.ts";
import { type Draft, dropPrefixes, insertRow, keyOf, newRoute } from "../draft.ts";
import { networkPrefixes, onlyIn, userPrefixes } from "./prefixes.ts";

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

/** Settles the system's None rows and default route, which other default routes and network prefixes replace. */
export function settleDefaults(draft: Draft, edited: readonly EffectiveRoute[], family: Family): void {
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
      text: "The prediction has only the documented None rows. Some networks have others (127.0.0.0/8, parts of 25.0.0.0/8 and others).",
    });
  }
}
