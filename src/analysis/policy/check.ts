import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Topology } from "../../topology/topology.ts";
import { describeAddresses } from "../destinations/address-counts.ts";
import { checkExpect, type ExpectCheck } from "./expect/check-expect.ts";
import { DecisionExplanations } from "./expect/explanations.ts";
import { AddressesOfRules } from "./expect/rule-addresses.ts";
import { checkInventory } from "./inventory/check-inventory.ts";
import { inventoryFacts, subnetRoutes } from "./inventory/facts.ts";
import { requireKnownTags } from "./judged-addresses.ts";
import { requireKnownNextHops } from "./known-next-hops.ts";
import { requireFewResults, resultSize } from "./limits.ts";
import { notJudged } from "./not-judged.ts";
import { type Policy, policyNeedsInventory } from "./policy.ts";
import { policyCheck } from "./policy-check.ts";
import type { PolicyCheck, PolicyResult, PolicySubject } from "./result.ts";
import { checkSymmetry } from "./symmetry.ts";

/**
 * Checks every rule against every table, a symmetric rule against every pair of tables, and a rule about an inventory
 * against the topology; without one it is not judged. It checks every address, not samples. The outcome of an address
 * is that of `explain`. Counter-examples are complete, as the shortest prefixes.
 * @throws UserError `policy-invalid` for tags that are not in the catalogue and for unknown next hop types; also if the
 * policy needs tags and there are none, or if the result is too large.
 * Cost: for each rule and table a step per piece of the table in the rule's addresses.
 */
export function checkPolicy(
  policy: Policy,
  subjects: readonly PolicySubject[],
  tags: TagCatalogue | null,
  topology: Topology | null = null,
  given: readonly string[] = subjects.map(({ name }) => name),
): PolicyCheck {
  requireKnownTags(policy, tags);
  requireKnownNextHops(policy, new Set(subjects.flatMap(({ table }) => table.routes.map((row) => row.nextHopType))));
  const results: PolicyResult[] = [];
  for (const result of resultsOf(policy, subjects, tags, topology, given)) {
    results.push(result);
    requireFewResults(results);
  }
  return policyCheck(policy, results);
}

function* resultsOf(
  policy: Policy,
  subjects: readonly PolicySubject[],
  tags: TagCatalogue | null,
  topology: Topology | null,
  given: readonly string[],
): Generator<PolicyResult> {
  const facts =
    topology !== null && policyNeedsInventory(policy) ? inventoryFacts(topology, subjects.map(subnetRoutes)) : null;
  const size = resultSize();
  const check: ExpectCheck = {
    explanations: new DecisionExplanations(tags),
    addresses: new AddressesOfRules(tags),
    size,
    describe: describeAddresses,
  };
  for (const rule of policy.rules) {
    if (rule.kind === "inventory") yield checkInventory(rule, facts, size);
    else if (rule.kind === "reach")
      yield notJudged(rule, [], "it needs a snapshot directory: see vnet-explain snapshot");
    else if (rule.kind === "symmetric") yield* checkSymmetry(rule, subjects, tags, size, given);
    else for (const subject of subjects) yield checkExpect(rule, subject, check);
  }
}
