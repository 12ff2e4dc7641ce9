import { bitsOf } from "../../net/address.ts";
import { type AddressRange, differenceOf, intersectionOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { prefixOf } from "../../net/prefix.ts";
import { includesTag } from "../../routes/includes-tag.ts";
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
  type PolicyProblem,
  policyError,
  policyNeedsTags,
} from "./policy.ts";
import type { LeftOut } from "./result.ts";

/** The addresses that a rule is judged on, and the addresses of its `to` that are left out. */
export interface JudgedAddresses {
  readonly ranges: readonly AddressRange[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Ensures that the catalogue has every tag that the policy names: in `to`, `except` and `symmetric`, and in `expect`,
 * where a misspelt tag would never match and would go unnoticed under `not`.
 * @throws UserError `policy-invalid` with the lines of unknown tags; also if the policy names tags and there are none.
 */
export function requireKnownTags(policy: Policy, tags: TagCatalogue | null): void {
  if (!policyNeedsTags(policy)) return;
  if (tags === null) {
    throw tagsMissingError("the policy names service tags, and no service tags are loaded");
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
  if (problems.length > 0) throw policyError(policy.file, problems);
}

/** Returns the addresses of a tag and its regional tags, as in an expectation; null for an unknown tag. */
export function rangesOfTag(name: string, tags: TagCatalogue): AddressRange[] | null {
  const meant = [...tags.tags()].filter((tag) => includesTag(name, tag.name));
  return meant.length === 0 ? null : unionOf(meant.flatMap(({ prefixes }) => prefixes.map(rangeOf)));
}

/** Returns the addresses of all the destinations. */
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
 * Returns the addresses that a rule is judged on: those of `to` that are not in `except`. Platform addresses are left
 * out unless `to` names them one by one. Where the NIC sends no IPv6, IPv6 addresses of tags and keywords are left out.
 * Other prefixes and addresses in `to` are always judged.
 */
export function judgedAddresses(
  { to, except }: Pick<ExpectRule, "to" | "except">,
  sendsIpv6: boolean,
  tags: TagCatalogue | null,
): JudgedAddresses {
  const leftOut: LeftOut[] = [];
  const named = (...kinds: readonly string[]) =>
    addressesOf(
      to.filter(({ destination: { kind } }) => kinds.includes(kind)),
      tags,
    );
  const singly = to.filter(({ destination }) => isOneAddress(destination));
  const asked = differenceOf(addressesOf(to, tags), addressesOf(except, tags));
  const platform = intersectionOf(asked, differenceOf(PLATFORM, addressesOf(singly, tags)));
  if (platform.length > 0) {
    const text = "The platform answers 168.63.129.16 and 169.254.169.254 itself, without the route table.";
    leftOut.push({ id: "platform-address", addresses: countAddresses(platform), text });
  }
  const unsent = sendsIpv6
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

/** Returns the tags that the rule expects, each once. */
export function expectedTags(rule: Policy["rules"][number]): readonly string[] {
  if (rule.kind !== "expect") return [];
  return [...new Set(rule.expect.flat().flatMap(({ key, values }) => (key === "tag" ? values : [])))];
}
