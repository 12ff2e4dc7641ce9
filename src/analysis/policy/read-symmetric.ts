import { isMap, isScalar } from "yaml";
import type { PolicyDestination, SymmetricSide } from "./policy.ts";
import type { Entry, PolicyNodes } from "./yaml-node.ts";

const EXAMPLE = "symmetric: true, or tables with their addresses: {spoke1: 10.1.0.0/16, spoke2: 10.2.0.0/16}";

/**
 * Reads `symmetric:`, which is `true` for all given tables or a mapping from table names to the addresses behind them.
 * Returns null for `true`. Errors are added to the nodes' problems.
 */
export function readSides(
  { line, value }: Entry,
  nodes: PolicyNodes,
  destinationsIn: (entry: Entry, nodes: PolicyNodes) => PolicyDestination[],
): SymmetricSide[] | null {
  if (isScalar(value) && value.value === true) return null;
  if (!isMap(value)) {
    nodes.refuse(line, "symmetric is neither true nor tables with their addresses", EXAMPLE);
    return null;
  }
  const entries = nodes.pairs(value, "symmetric", EXAMPLE) ?? [];
  if (entries.length < 2) nodes.refuse(line, "symmetric needs at least two tables", EXAMPLE);
  return entries.map((entry) => ({ table: entry.key, addresses: destinationsIn(entry, nodes) }));
}
