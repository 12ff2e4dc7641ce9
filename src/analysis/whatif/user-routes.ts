import { bitsOf, parseAddress } from "../../net/address.ts";
import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { isUser } from "../../selection/route-kinds.ts";
import { PLATFORM_ADDRESSES } from "../../selection/select.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { firstOf } from "../../text/first-of.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import { tagHint } from "../destinations/destination-set.ts";
import type { AddRoute, RemoveRoute, WhatIfErrorCode } from "./change.ts";
import { type Draft, dropPrefixes, holdsPrefix, insertRow, newRoute, routesOf, tagsNeeded } from "./draft.ts";

/**
 * Adds a user route. `settleAppliances` decides later whether its appliance is reachable.
 * @throws UserError for a prefix or a name that is already used, an unknown tag, or a tag without loaded service tags.
 */
export function addRoute(draft: Draft, change: AddRoute, tags: TagCatalogue | null): void {
  const { name, nextHopType, nextHopIpAddress, destination } = change;
  const users = routesOf(draft).filter(isUser);
  if (name !== null) {
    const taken = users.find((route) => isCalled(route, name));
    if (taken !== undefined) throw conflict(draft, `called ${quotedText(name)}`, taken);
  }
  if (destination.kind === "prefix") refuseRestricted(destination.prefix);
  const of = destination.kind === "prefix" ? null : tagOf(destination.tag, tags);
  const prefixes =
    destination.kind === "prefix" ? [destination.prefix] : prefixesOfTag(draft, of?.prefixes ?? [], nextHopIpAddress);
  if (prefixes.length === 0) {
    throw new UserError<WhatIfErrorCode>(
      "change-tag",
      `the tag ${of?.name} has no prefix of the next hop's address family`,
      "check the next hop",
    );
  }
  const twin = users.find(({ destinationServiceTags, addressPrefix }) =>
    of === null
      ? destinationServiceTags.length === 0 &&
        addressPrefix.some((own) => prefixes.some((prefix) => comparePrefixes(own, prefix) === 0))
      : destinationServiceTags.some((tag) => same(tag, of.name)),
  );
  if (twin !== undefined) {
    throw conflict(draft, `for ${of?.name ?? prefixes.map(formatPrefix).join()}`, twin);
  }
  if (of !== null) refuseTooManyTags(users);
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

/**
 * Azure's own code is AddressPrefixInRestrictedAddressSpace. https://github.com/MicrosoftDocs/azure-docs/issues/32610
 */
function refuseRestricted(prefix: Prefix): void {
  const isRestricted = PLATFORM_ADDRESSES.some(
    ({ family, value }) => family === prefix.family && value === prefix.first && prefix.length === bitsOf(family),
  );
  if (!isRestricted) return;
  throw new UserError<WhatIfErrorCode>(
    "change-restricted",
    `Azure rejects a route for ${formatPrefix(prefix)}, a platform address`,
    "the platform answers this address without the route table; leave the route out",
  );
}

/**
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#service-tags-for-user-defined-routes
 */
const MOST_TAG_ROUTES = 25;

function refuseTooManyTags(users: readonly EffectiveRoute[]): void {
  const tags = new Set(users.flatMap(({ destinationServiceTags }) => destinationServiceTags));
  if (tags.size < MOST_TAG_ROUTES) return;
  throw new UserError<WhatIfErrorCode>(
    "change-conflict",
    `the route table has ${tags.size} routes for service tags, and Azure allows ${MOST_TAG_ROUTES}`,
    "remove one first: --remove-route TAG",
  );
}

const isCalled = (route: EffectiveRoute, name: string) => route.name !== null && same(route.name, name);

/** What removes a user route: its name, else its service tag, else its first prefix. */
function labelOf({ name, destinationServiceTags, addressPrefix }: EffectiveRoute): string {
  return name ?? destinationServiceTags[0] ?? addressPrefix.slice(0, 1).map(formatPrefix).join();
}

/** A route table has at most one route for each prefix and each name. */
function conflict(draft: Draft, what: string, route: EffectiveRoute): UserError<WhatIfErrorCode> {
  if (!draft.before.includes(route)) {
    return new UserError<WhatIfErrorCode>("change-conflict", `two added user routes ${what}`, "keep one of them");
  }
  const hint = `remove it first: --remove-route ${quotedText(labelOf(route))}`;
  return new UserError<WhatIfErrorCode>("change-conflict", `a user route ${what} already exists`, hint);
}

function tagOf(name: string, tags: TagCatalogue | null) {
  const catalogue = tagsNeeded(tags, name);
  const tag = catalogue.tag(name);
  if (tag !== null) return tag;
  throw new UserError<WhatIfErrorCode>(
    "change-tag",
    `unknown service tag '${quotedText(name)}'`,
    tagHint(name, catalogue),
  );
}

/** Returns the prefixes of the next hop's family. Without an address, IPv6 prefixes only if the network has IPv6. */
function prefixesOfTag(draft: Draft, prefixes: readonly Prefix[], nextHop: string | null): readonly Prefix[] {
  const families = new Set<number>(
    nextHop === null
      ? [4, ...routesOf(draft).flatMap((route) => route.addressPrefix.map(({ family }) => family))]
      : [parseAddress(nextHop).family],
  );
  return prefixes.filter(({ family }) => families.has(family));
}

/**
 * Removes user routes. A prefix means the route with exactly that prefix, before a service tag's route that contains
 * it.
 * @throws UserError for an unknown route.
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

/** Matches a name before a tag with the same spelling. */
function ofName(users: readonly EffectiveRoute[], name: string): readonly EffectiveRoute[] {
  const named = users.filter((route) => isCalled(route, name));
  if (named.length > 0) return named;
  return users.filter((route) => route.destinationServiceTags.some((tag) => same(tag, name)));
}

function noSuchRoute(
  draft: Draft,
  wanted: RemoveRoute["route"],
  users: readonly EffectiveRoute[],
): UserError<WhatIfErrorCode> {
  const shown = wanted.kind === "prefix" ? formatPrefix(wanted.prefix) : quotedText(wanted.name);
  const labels = users.map(labelOf);
  if (wanted.kind === "prefix" && routesOf(draft).some((route) => holdsPrefix(route, wanted.prefix))) {
    return new UserError<WhatIfErrorCode>(
      "change-not-found",
      `${shown} is not the prefix of a user route, and only user routes can be removed`,
      "for other routes, remove the peering or the endpoint, or use --propagate-bgp off",
    );
  }
  const near = nearNames(shown, labels);
  const known = (near.length > 0 ? near : labels).map((label) => quotedText(label));
  return new UserError<WhatIfErrorCode>(
    "change-not-found",
    `unknown user route '${shown}'`,
    known.length === 0 ? "the table has no user routes" : `among the user routes: ${firstOf(known, 3)}`,
  );
}
