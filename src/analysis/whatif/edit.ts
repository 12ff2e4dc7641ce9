import { OutermostPrefixes } from "../../net/outermost-prefixes.ts";
import { comparePrefixes, containsPrefix, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { holdsNextHop } from "../../selection/next-hop-prefixes.ts";
import { isBgp, isNetworkOrPeering, isPeering, isServiceEndpoint } from "../../selection/route-kinds.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import type { AddEndpoint, Change, ChangePeering, RemoveEndpoint, WhatIfErrorCode } from "./change.ts";
import {
  type Caution,
  type Draft,
  dropPrefixes,
  holdsPrefix,
  insertRow,
  newRoute,
  routesOf,
  tagsNeeded,
} from "./draft.ts";
import { endpointRows, serviceEndpointBase } from "./endpoint-rows.ts";
import { addRoute, removeRoute } from "./user-routes.ts";

/**
 * Applies one change to the rows that it adds or removes directly. `settle` then applies Azure's reaction to the other
 * rows.
 * @throws UserError if the change does not apply to the table, or needs tags and there are none.
 */
export function makeChange(draft: Draft, change: Change, tags: TagCatalogue | null): void {
  switch (change.kind) {
    case "add-route":
      addRoute(draft, change, tags);
      break;
    case "remove-route":
      removeRoute(draft, change);
      break;
    case "add-endpoint":
      addEndpoint(draft, change, tagsNeeded(tags, change.endpoint));
      break;
    case "remove-endpoint":
      removeEndpoint(draft, change, tagsNeeded(tags, change.endpoint));
      break;
    case "add-peering":
      addPeering(draft, change);
      break;
    case "remove-peering":
      removePeering(draft, change);
      break;
    case "propagate-bgp":
      propagate(draft, change.on);
      break;
    default:
      change satisfies never;
  }
}

/** Returns the service endpoint of each endpoint row that the tags can name. */
function endpointsOf(draft: Draft, tags: TagCatalogue): ReadonlyMap<EffectiveRoute, string> {
  const named = routesOf(draft)
    .filter(isServiceEndpoint)
    .map((route) => [route, tags.annotate(route, draft.endpoints).serviceEndpoint] as const);
  return new Map(named.filter((pair): pair is [EffectiveRoute, string] => pair[1] !== null));
}

/** https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview#considerations */
const ENDPOINT_EFFECTS: Caution = {
  id: "endpoint-effects",
  text: "The service then sees private source addresses: its IP firewall rules for public addresses no longer match. Open connections close when the endpoint is enabled.",
};

function addEndpoint(draft: Draft, change: AddEndpoint, tags: TagCatalogue): void {
  const { endpoint, locations, rows, rule, cautions } = endpointRows(change, tags);
  const base = serviceEndpointBase(endpoint);
  const on = [...endpointsOf(draft, tags).values(), ...(draft.endpoints ?? []).map(({ service }) => service)].find(
    (other) => serviceEndpointBase(other) === base,
  );
  if (on !== undefined) {
    throw new UserError<WhatIfErrorCode>(
      "change-conflict",
      `the service endpoint ${on} is already enabled`,
      `remove it first: --remove-endpoint ${on}`,
    );
  }
  for (const prefixes of rows) {
    const fields = { name: null, source: "Default", nextHopType: "VirtualNetworkServiceEndpoint" } as const;
    insertRow(draft, newRoute(draft, { ...fields, prefixes }), [rule]);
  }
  for (const caution of [...cautions, ENDPOINT_EFFECTS]) draft.cautions.push(caution);
  if (draft.endpoints !== undefined) draft.endpoints = [...draft.endpoints, { service: endpoint, locations }];
}

function removeEndpoint(draft: Draft, { endpoint }: RemoveEndpoint, tags: TagCatalogue): void {
  const base = serviceEndpointBase(endpoint);
  const named = endpointsOf(draft, tags);
  const chosen = new Set([...named].filter(([, own]) => serviceEndpointBase(own) === base).map(([route]) => route));
  if (chosen.size === 0) {
    const others = [...new Set(named.values())];
    throw new UserError<WhatIfErrorCode>(
      "change-not-found",
      `the table has no row for the service endpoint '${quotedText(endpoint)}'`,
      others.length === 0 ? "it has no service endpoint rows" : `its endpoints: ${others.join(", ")}`,
    );
  }
  dropPrefixes(draft, (route) => chosen.has(route), ["endpoint-off"]);
  draft.endpoints = draft.endpoints?.filter(({ service }) => serviceEndpointBase(service) !== base);
}

/** https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering#requirements-and-constraints */
function addPeering(draft: Draft, { prefixes }: ChangePeering): void {
  const networks = routesOf(draft).filter(isNetworkOrPeering);
  for (const prefix of prefixes) {
    for (const own of networks.flatMap(({ addressPrefix }) => addressPrefix)) {
      if (!containsPrefix(own, prefix) && !containsPrefix(prefix, own)) continue;
      throw new UserError<WhatIfErrorCode>(
        "change-conflict",
        `${formatPrefix(prefix)} overlaps ${formatPrefix(own)}, a prefix of the network or a peering`,
        "Azure peers only networks without overlapping addresses",
      );
    }
  }
  for (const prefix of prefixes) {
    const fields = { name: null, source: "Default", nextHopType: "VNetPeering" } as const;
    insertRow(draft, newRoute(draft, { ...fields, prefixes: [prefix] }), ["peering"]);
  }
  draft.cautions.push({
    id: "peer-private-endpoints",
    text: "The peering may also add routes for private endpoints of the peered network and for a gateway that it shares. They cannot be predicted from this table.",
  });
}

function removePeering(draft: Draft, { prefixes }: ChangePeering): void {
  const peerings = routesOf(draft).filter(isPeering);
  for (const prefix of prefixes) {
    if (peerings.some((route) => holdsPrefix(route, prefix))) continue;
    const others = peerings.flatMap(({ addressPrefix }) => addressPrefix.map(formatPrefix));
    throw new UserError<WhatIfErrorCode>(
      "change-not-found",
      `the table has no peering with the prefix ${formatPrefix(prefix)}`,
      others.length === 0 ? "the table has no peering" : `its peerings: ${others.slice(0, 3).join(", ")}`,
    );
  }
  const isRemoved = (prefix: Prefix) => prefixes.some((removed) => comparePrefixes(removed, prefix) === 0);
  dropPrefixes(draft, (route, prefix) => isPeering(route) && isRemoved(prefix), ["peering"]);
  if (routesOf(draft).some(isPeering)) {
    draft.cautions.push({
      id: "other-prefixes-of-peering",
      text: "Removing a peering removes every prefix of the other network. The table does not show which of the remaining peering rows belong to it.",
    });
  }
  const learned = routesOf(draft).filter(isBgp);
  if (learned.length > 0) {
    const gone = new OutermostPrefixes(prefixes);
    const through = learned.filter(({ nextHopIpAddress }) =>
      nextHopIpAddress.some((hop) => holdsNextHop(gone, hop) === true),
    );
    const likely = through.flatMap(({ addressPrefix }) => addressPrefix.map(formatPrefix));
    const which =
      likely.length === 0
        ? "the table does not show which ones"
        : `most likely ${likely.slice(0, 6).join(", ")}${likely.length > 6 ? " and others" : ""}, whose next hop is in it`;
    draft.cautions.push({
      id: "gateway-of-peering",
      text: `Routes of a gateway behind this peering would disappear too, but the prediction keeps them: ${which}.`,
    });
  }
}

/** Only records the setting. `settle` removes the rows, so that the last of several such changes counts. */
function propagate(draft: Draft, on: boolean): void {
  draft.propagation = on;
  draft.rules.add("gateway-propagation");
}
