import { bitsOf } from "../../../net/address.ts";
import { OutermostPrefixes } from "../../../net/outermost-prefixes.ts";
import { containsPrefix } from "../../../net/prefix.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import { isBgp, isDefault, isPrivateEndpoint, isUser, isVnetLocal } from "../../../selection/route-kinds.ts";
import { type Caution, type Draft, dropPrefixes, withNextHopType } from "../draft.ts";
import { settleAppliances } from "./appliances.ts";
import { settleDefaults } from "./defaults.ts";
import { networkPrefixes, onlyIn } from "./prefixes.ts";
import { settleStates } from "./states.ts";

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
    if (fate !== "appears" || !isVnetLocal(route)) return row;
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
  // For a user route with the same prefix the state is predicted: see states.ts.
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
