import type { ReachFinding } from "../../../analysis/policy/reach/finding.ts";
import type { InventoryResult, PolicyResult } from "../../../analysis/policy/result.ts";

/** The names of a result's tables; `inventory` for a rule on none. */
export function tableNames({ tables, inventory }: Pick<PolicyResult, "tables" | "inventory">): string {
  return inventory === null ? tables.join(" and ") : "inventory";
}

/** `2 of 12 peerings`, or `12 peerings` if none is violated. */
export function judgedText({ judges, resources, findings }: InventoryResult): string {
  const violated = findings.filter(({ status }) => status === "violated").length;
  const all = `${resources.toLocaleString("en")} ${judges}`;
  return violated === 0 ? all : `${violated.toLocaleString("en")} of ${all}`;
}

/** How a walk differs from its rule, or what is unknown about it. */
export const walkText = ({ mismatches, example }: ReachFinding): string => `${mismatches.join("; ")} (e.g. ${example})`;

/** The violation of a resource, or what is unknown about it, and the remedy. */
export function findingText({ status, text, remedy }: InventoryResult["findings"][number]): string {
  return `${status === "unknown" ? "unknown: " : ""}${text}; ${remedy}`;
}
