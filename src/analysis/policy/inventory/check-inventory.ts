import { same } from "../../../text/same.ts";
import { sameResource } from "../../../topology/resource-id.ts";
import { countAddresses } from "../../destinations/address-counts.ts";
import type { ResultSize } from "../../destinations/result-size.ts";
import type { InventoryRule } from "../policy.ts";
import { type PolicyResult, ruleHead } from "../result.ts";
import { INVENTORY_CHECKS } from "./checks.ts";
import type { InventoryFacts } from "./facts.ts";
import type { InventoryFinding } from "./finding.ts";

const NONE = countAddresses([]);

/**
 * Judges the rule on an inventory. A rule that meets no violation, but resources of which the inventory does not say
 * enough, is not judged.
 */
export function checkInventory(rule: InventoryRule, facts: InventoryFacts | null, size: ResultSize): PolicyResult {
  const base = { rule: ruleHead(rule), tables: [], addresses: NONE, violating: NONE, leftOut: [], counterExamples: [] };
  if (facts === null) {
    const reason = "it needs an inventory: check a directory of vnet-explain snapshot";
    return { ...base, status: "not-judged", reason, inventory: { judges: judgesOf(rule), resources: 0, findings: [] } };
  }
  const { resources, findings: all } = INVENTORY_CHECKS[rule.check].judge(facts);
  const findings = all.filter((finding) => !isExempt(finding, rule));
  for (const _ of findings) size.addGroup();
  const unknown = findings.filter(({ status }) => status === "unknown");
  const isViolated = unknown.length < findings.length;
  const [first] = unknown;
  const inventory = { judges: judgesOf(rule), resources, findings };
  if (isViolated) return { ...base, status: "violated", reason: null, inventory };
  if (first === undefined) return { ...base, status: "holds", reason: null, inventory };
  const more = unknown.length === 1 ? "" : ` (and ${unknown.length - 1} more)`;
  return { ...base, status: "not-judged", reason: `${first.resource}: ${first.text}${more}`, inventory };
}

const judgesOf = ({ check }: InventoryRule) => INVENTORY_CHECKS[check].judges;

/** Whether the rule makes an exception for the resource, by its id, its name, or the words that describe it. */
function isExempt({ resourceId, resource }: InventoryFinding, { exceptResources }: InventoryRule): boolean {
  const names = [
    resource,
    resource.slice(resource.indexOf(" ") + 1),
    resourceId.slice(resourceId.lastIndexOf("/") + 1),
  ];
  return exceptResources.some((each) => sameResource(each, resourceId) || names.some((name) => same(name, each)));
}
