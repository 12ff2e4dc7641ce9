import { same } from "../../../text/same.ts";
import { nameOf, sameResource } from "../../../topology/resource-id.ts";
import type { ResultSize } from "../../destinations/result-size.ts";
import { NO_ADDRESSES } from "../not-judged.ts";
import type { InventoryRule } from "../policy.ts";
import { type PolicyResult, ruleHead } from "../result.ts";
import { INVENTORY_CHECKS, NETWORKS } from "./checks.ts";
import type { InventoryFacts } from "./facts.ts";
import type { InventoryFinding } from "./finding.ts";

const NO_INVENTORY =
  "it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)";

/**
 * Judges the rule on an inventory. A rule without a violation is not judged if the inventory lacks what decides for a
 * resource. In exports nothing proves that a resource is missing, or that there is none to judge.
 */
export function checkInventory(rule: InventoryRule, facts: InventoryFacts | null, size: ResultSize): PolicyResult {
  const base = { rule: ruleHead(rule), tables: [], ...NO_ADDRESSES, reach: null };
  if (facts === null) {
    const inventory = { judges: judgedKind(rule, 0), resources: 0, findings: [] };
    return { ...base, status: "not-judged", reason: NO_INVENTORY, inventory };
  }
  const { judge, exports, isEnough } = INVENTORY_CHECKS[rule.check];
  const { resources, findings: all } = judge(facts);
  const findings = withUnread(
    all.filter((finding) => !isExempt(finding, rule)),
    rule,
    facts,
  );
  for (const _ of findings) size.addGroup();
  const unknown = findings.filter(({ status }) => status === "unknown");
  const isViolated = unknown.length < findings.length;
  const [first] = unknown;
  const inventory = { judges: judgedKind(rule, resources), resources, findings };
  if (isViolated) return { ...base, status: "violated", reason: null, inventory };
  if (first === undefined && resources === 0 && facts.lacks.isOfExports && !isEnough(facts.topology)) {
    const hasNetworks = exports === NETWORKS && facts.topology.networks.length > 0;
    const reason = hasNetworks
      ? `no network in the folder has ${judgedKind(rule, 0)}: if other networks have, add the output of ${exports}`
      : `the folder has no ${judgedKind(rule, 0)}: add the output of ${exports}`;
    return { ...base, status: "not-judged", reason, inventory };
  }
  if (first === undefined) return { ...base, status: "holds", reason: null, inventory };
  const more = unknown.length === 1 ? "" : ` (and ${unknown.length - 1} more)`;
  return { ...base, status: "not-judged", reason: `${first.resource}: ${first.text}${more}`, inventory };
}

/** The findings, and what could not be read for the rule. What only seems to be missing is then unknown. */
function withUnread(
  findings: readonly InventoryFinding[],
  { check }: InventoryRule,
  { lacks: { unreadParts, unreadSubscriptions, isOfExports } }: InventoryFacts,
): readonly InventoryFinding[] {
  const { needs, findsMissing, exports } = INVENTORY_CHECKS[check];
  const parts = unreadParts.filter(({ what }) => needs.includes(what.slice(what.lastIndexOf(" ") + 1)));
  const unread = [
    ...parts.map(({ resourceId, what }) => ({ resourceId, resource: `${what} of ${nameOf(resourceId)}` })),
    ...unreadSubscriptions.map(({ id, name }) => ({
      resourceId: `/subscriptions/${id}`,
      resource: `subscription ${name ?? id}`,
    })),
  ];
  const isUnknown = findsMissing && (parts.length > 0 || isOfExports);
  const open = findings.map((finding) => (isUnknown ? { ...finding, status: "unknown" as const } : finding));
  return [
    ...open.map((finding) =>
      isOfExports && finding.status === "unknown"
        ? { ...finding, remedy: `add the output of ${exports} to the folder, or take a snapshot` }
        : finding,
    ),
    ...unread.map((each) => ({
      status: "unknown" as const,
      ...each,
      text: "could not be read",
      remedy: "take the snapshot with a role that may read it (Reader)",
    })),
  ];
}

/** The kind of resource that the rule judges, in the number that fits the count. */
function judgedKind({ check }: InventoryRule, count: number): string {
  const [one, many] = INVENTORY_CHECKS[check].judges;
  return count === 1 ? one : many;
}

/** Whether the rule makes an exception for the resource, by its id, its name, or the words that describe it. */
function isExempt({ resourceId, resource }: InventoryFinding, { exceptResources }: InventoryRule): boolean {
  const names = [
    resource,
    resource.slice(resource.indexOf(" ") + 1),
    resourceId.slice(resourceId.lastIndexOf("/") + 1),
  ];
  return exceptResources.some((each) => sameResource(each, resourceId) || names.some((name) => same(name, each)));
}
