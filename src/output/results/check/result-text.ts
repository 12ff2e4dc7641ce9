import type { InventoryFinding } from "../../../analysis/policy/inventory/finding.ts";
import type { ReachFinding } from "../../../analysis/policy/reach/finding.ts";
import type { InventoryResult, PolicyResult } from "../../../analysis/policy/result.ts";

/** The names of a result's tables; `inventory` for a rule on none. */
export function tableNames({ tables, inventory }: Pick<PolicyResult, "tables" | "inventory">): string {
  return inventory === null ? tables.join(" and ") : "inventory";
}

/** Returns the findings that are violations. Others say what the data does not show. */
export const violated = <T extends InventoryFinding | ReachFinding>(
  judged: { readonly findings: readonly T[] } | null,
): readonly T[] => judged?.findings.filter(({ status }) => status === "violated") ?? [];

/** `2 of 12 peerings`, or `12 peerings` if none is violated. */
export function judgedText({ judges, resources, findings }: InventoryResult): string {
  const wrong = violated({ findings }).length;
  const all = `${resources.toLocaleString("en")} ${judges}`;
  return wrong === 0 ? all : `${wrong.toLocaleString("en")} of ${all}`;
}

/** How a walk differs from its rule, or what is unknown about it. */
export const walkText = ({ mismatches, example }: ReachFinding): string => `${mismatches.join("; ")} (e.g. ${example})`;

/** The violation of a resource, or what is unknown about it, and the remedy. */
export function findingText({ status, text, remedy }: InventoryResult["findings"][number]): string {
  return `${status === "unknown" ? "unknown: " : ""}${text}; ${remedy}`;
}
