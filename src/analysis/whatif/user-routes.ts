import { parseAddress } from "../../net/address.ts";
import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { isUser } from "../../selection/route-kinds.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { tagHint } from "../destinations/destination-set.ts";
import type { AddRoute, RemoveRoute } from "./change.ts";
import { type Draft, dropPrefixes, holdsPrefix, insertRow, newRoute, routesOf, tagsNeeded } from "./draft.ts";
import { WhatIfError } from "./whatif-error.ts";

/**
 * Writes a user route, as the route table would hold it; whether its appliance can be reached is settled afterwards.
 * @throws WhatIfError for a prefix or a name that is taken, an unknown tag; UserError where a tag is named without tags.
 */
export function addRoute(draft: Draft, change: AddRoute, tags: TagCatalogue | null): void {
  const { name, nextHopType, nextHopIpAddress, destination } = change;
  const users = routesOf(draft).filter(isUser);
  const taken = name === null ? undefined : users.find((route) => same(route.name ?? "", name));
  if (taken !== undefined) throw conflict(draft, `called ${quotedText(name ?? "")}`, taken);
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
    throw conflict(draft, `for ${what}`, twin);
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
}

function noPrefix(): never {
  throw new RangeError("a route of no prefix");
}

/** A route table takes one route for a prefix, and one for a name. */
function conflict(draft: Draft, what: string, route: EffectiveRoute): WhatIfError {
  if (!draft.before.includes(route)) {
    return new WhatIfError("change-conflict", `two user routes are to be added ${what}`, "give one of them");
  }
  const [tag] = route.destinationServiceTags;
  const which = route.name ?? tag ?? formatPrefix(route.addressPrefix[0] ?? noPrefix());
  const hint = `remove it first: --remove-route ${quotedText(which)}`;
  return new WhatIfError("change-conflict", `there is a user route ${what} already`, hint);
}

function tagOf(name: string, tags: TagCatalogue | null) {
  const catalogue = tagsNeeded(tags, name);
  const tag = catalogue.tag(name);
  if (tag !== null) return tag;
  throw new WhatIfError("change-tag", `unknown service tag '${quotedText(name)}'`, tagHint(name, catalogue));
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

/**
 * Takes out user routes. A prefix means the route that was written for it, if there is one, before a service tag's that holds it too.
 * @throws WhatIfError where there is none.
 */
export function removeRoute(draft: Draft, { route: wanted }: RemoveRoute): void {
  const users = routesOf(draft).filter(isUser);
  const chosen = new Set(wanted.kind === "prefix" ? ofPrefix(users, wanted.prefix) : ofName(users, wanted.name));
  if (chosen.size === 0) throw noSuchRoute(draft, wanted, users);
  dropPrefixes(draft, (route) => chosen.has(route), ["user-route"]);
}

function ofPrefix(users: readonly EffectiveRoute[], prefix: Prefix): readonly EffectiveRoute[] {
  const holders = users.filter((route) => holdsPrefix(route, prefix));
  const written = holders.filter((route) => route.addressPrefix.length === 1);
  return written.length > 0 ? written : holders;
}

/** A name before a tag of the same spelling. */
function ofName(users: readonly EffectiveRoute[], name: string): readonly EffectiveRoute[] {
  const named = users.filter((route) => same(route.name ?? "", name));
  if (named.length > 0) return named;
  return users.filter((route) => route.destinationServiceTags.some((tag) => same(tag, name)));
}

function noSuchRoute(draft: Draft, wanted: RemoveRoute["route"], users: readonly EffectiveRoute[]): WhatIfError {
  const shown = wanted.kind === "prefix" ? formatPrefix(wanted.prefix) : quotedText(wanted.name);
  const names = users.map(({ name, addressPrefix }) => name ?? formatPrefix(addressPrefix[0] ?? noPrefix()));
  if (wanted.kind === "prefix" && routesOf(draft).some((route) => holdsPrefix(route, wanted.prefix))) {
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
      : `among the user routes: ${some.map((n) => quotedText(n)).join(", ")}`,
  );
}
