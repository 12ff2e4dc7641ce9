import { type AddressRange, differenceOf, intersectionOf } from "../../../net/address-ranges.ts";
import { hasIpv6 } from "../../../selection/route-kinds.ts";
import type { TagCatalogue } from "../../../service-tags/tag-catalogue.ts";
import { type AddressCounts, countAddresses } from "../../destinations/address-counts.ts";
import { expectedTags, type JudgedAddresses, judgedAddresses, rangesOfTag } from "../judged-addresses.ts";
import type { ExpectRule } from "../policy.ts";
import type { PolicySubject } from "../result.ts";

/** The addresses that a rule is judged on, and their parts by expected tags. */
type RuleAddresses = JudgedAddresses & {
  readonly parts: readonly (readonly AddressRange[])[];
  readonly count: AddressCounts;
};

/** The addresses of each rule, worked out once for all tables that have IPv6 rows, and once for all others. */
export class AddressesOfRules {
  readonly #tags: TagCatalogue | null;
  /** By rule, and by whether the NIC sends IPv6. */
  readonly #known = new Map<ExpectRule, Map<boolean, RuleAddresses>>();

  constructor(tags: TagCatalogue | null) {
    this.#tags = tags;
  }

  of(rule: ExpectRule, subject: PolicySubject): RuleAddresses {
    let known = this.#known.get(rule);
    if (known === undefined) {
      known = new Map();
      this.#known.set(rule, known);
    }
    const sendsIpv6 = hasIpv6(subject.table.routes);
    const found = known.get(sendsIpv6);
    if (found !== undefined) return found;
    const judged = judgedAddresses(rule, sendsIpv6, this.#tags);
    const parts = partsByTag(rule, judged.ranges, this.#tags);
    const all = { ...judged, parts, count: countAddresses(judged.ranges) };
    known.set(sendsIpv6, all);
    return all;
  }
}

/**
 * Splits the addresses by the expected tags that hold them. A decision is not enough, since one route may cover
 * addresses of several tags. Returns one part if no tag is expected.
 */
function partsByTag(
  rule: ExpectRule,
  ranges: readonly AddressRange[],
  tags: TagCatalogue | null,
): (readonly AddressRange[])[] {
  let parts = [ranges];
  for (const tag of expectedTags(rule)) {
    const own = tags === null ? null : rangesOfTag(tag, tags);
    if (own !== null) parts = parts.flatMap((part) => [intersectionOf(part, own), differenceOf(part, own)]);
    parts = parts.filter((part) => part.length > 0);
  }
  return parts;
}
