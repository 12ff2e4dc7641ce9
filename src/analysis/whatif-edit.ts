import { formatAddress, parseAddress } from "../net/address.ts";
import { comparePrefixes, contains, containsPrefix, formatPrefix, type Prefix } from "../net/prefix.ts";
import { type EffectiveRoute, same } from "../routes/effective-route.ts";
import { nearNames } from "../routes/near-names.ts";
import { plainText } from "../routes/quoted-text.ts";
import { isBgp, isDefault, isNetworkOrPeering, isServiceEndpoint, isUser } from "../selection/route-kinds.ts";
import type { TagCatalogue } from "../service-tags/tag-catalogue.ts";
import { DestinationTagsMissingError } from "./destination-error.ts";
import { tagHint } from "./destination-set.ts";
import type { AddEndpoint, AddRoute, Change, ChangePeering, RemoveEndpoint, RemoveRoute } from "./whatif-change.ts";
import { type Draft, dropPrefixes, insertRow, newRoute } from "./whatif-draft.ts";
import { endpointRows, serviceEndpointBase } from "./whatif-endpoint.ts";
import { WhatIfError } from "./whatif-error.ts";

/**
 * Makes one change to the rows that are written by hand or switched on; what Azure then does to the other rows is settled afterwards.
 * @throws WhatIfError where the table has no room for the change; DestinationTagsMissingError where it needs tags.
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
      addEndpoint(draft, change, needed(tags, change.endpoint));
      break;
    case "remove-endpoint":
      removeEndpoint(draft, change, needed(tags, change.endpoint));
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

function needed(tags: TagCatalogue | null, name: string): TagCatalogue {
  if (tags !== null) return tags;
  throw new DestinationTagsMissingError(`${plainText(name)} cannot be looked up without service tags`);
}

const routesOf = (draft: Draft) => draft.rows.map(({ route }) => route);

const holds = (route: EffectiveRoute, prefix: Prefix) =>
  route.addressPrefix.some((own) => comparePrefixes(own, prefix) === 0);

function addRoute(draft: Draft, change: AddRoute, tags: TagCatalogue | null): void {
  const { name, nextHopType, nextHopIpAddress, destination } = change;
  const users = routesOf(draft).filter(isUser);
  const taken = name === null ? undefined : users.find((route) => same(route.name ?? "", name));
  if (taken !== undefined) throw conflict(`a user route is called ${plainText(name ?? "")} already`, taken);
  const of = destination.kind === "prefix" ? null : tagOf(destination.tag, tags);
  const prefixes =
    destination.kind === "prefix" ? [destination.prefix] : prefixesOfTag(draft, of?.prefixes ?? [], nextHopIpAddress);
  if (prefixes.length === 0) {
    throw new WhatIfError("change-tag", `the tag ${of?.name} has no prefix that fits`, "check the next hop's family");
  }
  const twin = users.find(({ destinationServiceTags, addressPrefix }) =>
    of === null
      ? destinationServiceTags.length === 0 &&
        addressPrefix.some((own) => prefixes.some((prefix) => comparePrefixes(own, prefix) === 0))
      : destinationServiceTags.some((tag) => same(tag, of.name)),
  );
  if (twin !== undefined) {
    const what = of === null ? formatPrefix(prefixes[0] ?? twin.addressPrefix[0] ?? noPrefix()) : of.name;
    throw conflict(`a user route for ${what} exists already`, twin);
  }
  insertRow(
    draft,
    newRoute(draft, {
      name,
      source: "User",
      prefixes,
      nextHopType,
      ...(nextHopIpAddress === null ? {} : { nextHopIpAddress }),
      ...(of === null ? {} : { tag: of.name }),
    }),
    of === null ? ["user-route"] : ["user-route", "user-route-of-tag"],
  );
  if (nextHopType === "VirtualAppliance" && nextHopIpAddress !== null) cautionOfAppliance(draft, nextHopIpAddress);
}

function noPrefix(): never {
  throw new RangeError("a route of no prefix");
}

/** A route table takes one route for a prefix, and one for a name. */
function conflict(message: string, route: EffectiveRoute): WhatIfError {
  const which = route.name ?? formatPrefix(route.addressPrefix[0] ?? noPrefix());
  return new WhatIfError("change-conflict", message, `remove it first: --remove-route ${plainText(which)}`);
}

function tagOf(name: string, tags: TagCatalogue | null) {
  const catalogue = needed(tags, name);
  const tag = catalogue.tag(name);
  if (tag !== null) return tag;
  throw new WhatIfError("change-tag", `there is no service tag '${plainText(name)}'`, tagHint(name, catalogue));
}

/** Those of the next hop's family; without an address, IPv6 only where the network has it. */
function prefixesOfTag(draft: Draft, prefixes: readonly Prefix[], nextHop: string | null): readonly Prefix[] {
  const families = new Set<number>(
    nextHop === null
      ? [4, ...routesOf(draft).flatMap((route) => route.addressPrefix.map(({ family }) => family))]
      : [parseAddress(nextHop).family],
  );
  return prefixes.filter(({ family }) => families.has(family));
}

function cautionOfAppliance(draft: Draft, nextHop: string): void {
  const address = parseAddress(nextHop);
  const near = routesOf(draft).some(
    (route) => isNetworkOrPeering(route) && route.addressPrefix.some((prefix) => contains(prefix, address)),
  );
  const shown = formatAddress(address);
  draft.cautions.push(
    near
      ? {
          id: "appliance-reachable",
          text: `${shown} is taken to answer; where no appliance is there, Azure lists the route as None and drops the traffic.`,
        }
      : {
          id: "appliance-elsewhere",
          text: `${shown} is in no prefix of the network or its peerings, so Azure may list the route as None and drop the traffic; predicted is that the appliance answers.`,
        },
  );
}

function removeRoute(draft: Draft, { route: wanted }: RemoveRoute): void {
  const users = routesOf(draft).filter(isUser);
  const fits = (route: EffectiveRoute) =>
    wanted.kind === "prefix"
      ? holds(route, wanted.prefix)
      : same(route.name ?? "", wanted.name) || route.destinationServiceTags.some((tag) => same(tag, wanted.name));
  const chosen = new Set(users.filter(fits));
  if (chosen.size === 0) throw noSuchRoute(draft, wanted, users);
  dropPrefixes(draft, (route) => chosen.has(route), ["user-route"]);
}

function noSuchRoute(draft: Draft, wanted: RemoveRoute["route"], users: readonly EffectiveRoute[]): WhatIfError {
  const shown = wanted.kind === "prefix" ? formatPrefix(wanted.prefix) : plainText(wanted.name);
  const names = users.map(({ name, addressPrefix }) => name ?? formatPrefix(addressPrefix[0] ?? noPrefix()));
  if (wanted.kind === "prefix" && routesOf(draft).some((route) => holds(route, wanted.prefix))) {
    return new WhatIfError(
      "change-not-found",
      `${shown} is not a user route's, and only those can be removed`,
      "system and gateway routes go with the peering, the endpoint or --propagate-bgp off",
    );
  }
  const near = nearNames(shown, names);
  const some = near.length > 0 ? near : names.slice(0, 3);
  return new WhatIfError(
    "change-not-found",
    `there is no user route '${shown}'`,
    some.length === 0
      ? "the table has no user route"
      : `among the user routes: ${some.map((n) => plainText(n)).join(", ")}`,
  );
}

/** The service endpoint that each of the table's endpoint rows is named by. */
function endpointsOf(draft: Draft, tags: TagCatalogue): ReadonlyMap<EffectiveRoute, string> {
  const named = routesOf(draft)
    .filter(isServiceEndpoint)
    .map((route) => [route, tags.annotate(route, draft.endpoints).serviceEndpoint] as const);
  return new Map(named.filter((pair): pair is [EffectiveRoute, string] => pair[1] !== null));
}

function addEndpoint(draft: Draft, change: AddEndpoint, tags: TagCatalogue): void {
  const { endpoint, rows, rule, cautions } = endpointRows(change, tags);
  const base = serviceEndpointBase(endpoint);
  const on = [...endpointsOf(draft, tags).values(), ...(draft.endpoints ?? []).map(({ service }) => service)].find(
    (other) => serviceEndpointBase(other) === base,
  );
  if (on !== undefined) {
    throw new WhatIfError(
      "change-conflict",
      `the service endpoint ${on} is on already`,
      `remove it first: --remove-endpoint ${on}`,
    );
  }
  for (const prefixes of rows) {
    const fields = { name: null, source: "Default", nextHopType: "VirtualNetworkServiceEndpoint" } as const;
    insertRow(draft, newRoute(draft, { ...fields, prefixes }), [rule]);
  }
  draft.cautions.push(...cautions);
  if (draft.endpoints !== undefined) draft.endpoints = [...draft.endpoints, { service: endpoint, locations: [] }];
}

function removeEndpoint(draft: Draft, { endpoint }: RemoveEndpoint, tags: TagCatalogue): void {
  const base = serviceEndpointBase(endpoint);
  const named = endpointsOf(draft, tags);
  const chosen = new Set([...named].filter(([, own]) => serviceEndpointBase(own) === base).map(([route]) => route));
  if (chosen.size === 0) {
    const others = [...new Set(named.values())];
    throw new WhatIfError(
      "change-not-found",
      `no row of the table belongs to the service endpoint '${plainText(endpoint)}'`,
      others.length === 0 ? "none of its rows is a service endpoint's" : `its endpoints: ${others.join(", ")}`,
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
      throw new WhatIfError(
        "change-conflict",
        `${formatPrefix(prefix)} overlaps ${formatPrefix(own)}, a network's or a peering's prefix`,
        "Azure peers only networks that have no address in common",
      );
    }
  }
  for (const prefix of prefixes) {
    const fields = { name: null, source: "Default", nextHopType: "VNetPeering" } as const;
    insertRow(draft, newRoute(draft, { ...fields, prefixes: [prefix] }), ["peering"]);
  }
  draft.cautions.push({
    id: "peer-private-endpoints",
    text: "Private endpoints of the peered network add a route each, which cannot be known here; so do routes of a gateway that it shares.",
  });
}

const isPeering = (route: EffectiveRoute) =>
  isDefault(route) && isNetworkOrPeering(route) && !same(route.nextHopType, "VnetLocal");

function removePeering(draft: Draft, { prefixes }: ChangePeering): void {
  const peerings = routesOf(draft).filter(isPeering);
  for (const prefix of prefixes) {
    if (peerings.some((route) => holds(route, prefix))) continue;
    const others = peerings.flatMap(({ addressPrefix }) => addressPrefix.map(formatPrefix));
    throw new WhatIfError(
      "change-not-found",
      `no peering of the table has the prefix ${formatPrefix(prefix)}`,
      others.length === 0 ? "the table has no peering" : `its peerings: ${others.slice(0, 3).join(", ")}`,
    );
  }
  const isRemoved = (prefix: Prefix) => prefixes.some((removed) => comparePrefixes(removed, prefix) === 0);
  dropPrefixes(draft, (route, prefix) => isPeering(route) && isRemoved(prefix), ["peering"]);
  if (routesOf(draft).some(isBgp)) {
    draft.cautions.push({
      id: "gateway-of-peering",
      text: "Routes of a gateway that is reached through this peering would go with it; the table does not tell which do.",
    });
  }
}

/** The rows themselves go when all is settled, so that the last of several such changes counts. */
function propagate(draft: Draft, on: boolean): void {
  draft.propagation = on;
  draft.rules.add("gateway-propagation");
}
