import { bitsOf } from "../../net/address.ts";
import { type AddressRange, differenceOf, intersectionOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { prefixOf } from "../../net/prefix.ts";
import { PLATFORM_ADDRESSES } from "../../selection/select.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { countAddresses } from "../destinations/address-counts.ts";
import { type Destination, isDestinationError, tagsMissingError } from "../destinations/destination.ts";
import { destinationSet, tagHint } from "../destinations/destination-set.ts";
import {
  destinationsOf,
  type ExpectRule,
  type Policy,
  type PolicyDestination,
  PolicyError,
  type PolicyProblem,
  policyNeedsTags,
} from "./policy.ts";
import type { LeftOut, PolicySubject } from "./result.ts";

/** The addresses that a rule is judged on, and those of its `to` that it is not. */
export interface JudgedAddresses {
  readonly ranges: readonly AddressRange[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Makes sure that every tag the policy names is in the catalogue: in `to`, `except` and `symmetric`, and in `expect`, where a misspelt one
 * would never match and `not` would not even notice.
 * @throws PolicyError with the lines; UserError where tags are named and there are none.
 */
export function requireKnownTags(policy: Policy, tags: TagCatalogue | null): void {
  if (!policyNeedsTags(policy)) return;
  if (tags === null) {
    throw tagsMissingError("the policy names service tags, and there are none to look in");
  }
  const problems: PolicyProblem[] = [];
  const known = new Set<string>();
  for (const rule of policy.rules) {
    for (const { destination, line } of destinationsOf(rule)) {
      if (destination.kind !== "tag" || known.has(destination.tag)) continue;
      try {
        destinationSet(destination, tags);
        known.add(destination.tag);
      } catch (error) {
        if (!isDestinationError(error)) throw error;
        problems.push({ line, message: error.message, hint: error.hint });
      }
    }
    for (const tag of expectedTags(rule)) {
      if (rangesOfTag(tag, tags) !== null) continue;
      const line = rule.kind === "expect" ? rule.expectLine : rule.line;
      problems.push({ line, message: `unknown service tag '${tag}'`, hint: tagHint(tag, tags) });
    }
  }
  if (problems.length > 0) throw new PolicyError(policy.file, problems);
}

/** The addresses of a tag and of its regional tags, as an expectation means it; null where there is neither. */
export function rangesOfTag(name: string, tags: TagCatalogue): AddressRange[] | null {
  const wanted = name.toLowerCase();
  const meant = [...tags.tags()].filter((tag) => {
    const own = tag.name.toLowerCase();
    return own === wanted || own.startsWith(`${wanted}.`);
  });
  return meant.length === 0 ? null : unionOf(meant.flatMap(({ prefixes }) => prefixes.map(rangeOf)));
}

/** The addresses of several destinations together. */
export function addressesOf(destinations: readonly PolicyDestination[], tags: TagCatalogue | null): AddressRange[] {
  // A list may name a tag a thousand times.
  const distinct = new Map(destinations.map(({ destination }) => [destination.text, destination]));
  return unionOf([...distinct.values()].flatMap((destination) => destinationSet(destination, tags).ranges));
}

const PLATFORM = PLATFORM_ADDRESSES.map((address) => rangeOf(prefixOf(address, bitsOf(address.family))));

const isOneAddress = (destination: Destination) =>
  destination.kind === "address" ||
  (destination.kind === "prefix" && destination.prefix.length === bitsOf(destination.prefix.family));

/**
 * The addresses of a table that the rule is judged on: those of `to` that are not in `except`. Left out are the platform's addresses, unless
 * `to` names them one by one, and the IPv6 addresses of tags and keywords where the table has no IPv6 row: then the NIC has no IPv6 address
 * to send from. Other prefixes and addresses in `to` are always judged.
 */
export function judgedAddresses(
  rule: ExpectRule,
  { table }: PolicySubject,
  tags: TagCatalogue | null,
): JudgedAddresses {
  const leftOut: LeftOut[] = [];
  const named = (...kinds: readonly string[]) =>
    addressesOf(
      rule.to.filter(({ destination: { kind } }) => kinds.includes(kind)),
      tags,
    );
  const singly = rule.to.filter(({ destination }) => isOneAddress(destination));
  const asked = differenceOf(addressesOf(rule.to, tags), addressesOf(rule.except, tags));
  const platform = intersectionOf(asked, differenceOf(PLATFORM, addressesOf(singly, tags)));
  if (platform.length > 0) {
    const text = "The platform answers 168.63.129.16 and 169.254.169.254 itself, without the route table.";
    leftOut.push({ id: "platform-address", addresses: countAddresses(platform), text });
  }
  const hasIpv6 = table.routes.some(({ addressPrefix }) => addressPrefix.some(({ family }) => family === 6));
  const unsent = hasIpv6
    ? []
    : differenceOf(
        asked.filter(({ family }) => family === 6),
        named("address", "prefix"),
      );
  if (unsent.length > 0) {
    const text = "The table has no IPv6 route, so the NIC has no IPv6 address to send from.";
    leftOut.push({ id: "no-ipv6", addresses: countAddresses(unsent), text });
  }
  return { ranges: differenceOf(asked, [...platform, ...unsent]), leftOut };
}

/** The tags that the rule expects, each once. */
export function expectedTags(rule: Policy["rules"][number]): readonly string[] {
  if (rule.kind === "symmetric") return [];
  return [...new Set(rule.expect.flat().flatMap(({ key, values }) => (key === "tag" ? values : [])))];
}
