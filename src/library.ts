import { ForwardingTable } from "./analysis/bulk/forwarding-table.ts";
import type { AddressCounts } from "./analysis/destinations/address-counts.ts";
import { readDestination } from "./analysis/destinations/destination.ts";
import { parseDestination } from "./analysis/destinations/destination-set.ts";
import { type DestinationSplit, splitByDecision } from "./analysis/destinations/split.ts";
import { diffTables, type TableDiff } from "./analysis/diff/tables.ts";
import { checkPolicy } from "./analysis/policy/check.ts";
import type { Policy } from "./analysis/policy/policy.ts";
import type { PolicyCheck } from "./analysis/policy/result.ts";
import type { Change } from "./analysis/whatif/change.ts";
import { type PredictedMove, predictedMoves } from "./analysis/whatif/moves.ts";
import { applyChanges, type Prediction } from "./analysis/whatif/predict.ts";
import { parseAddress } from "./net/address.ts";
import { annotateTable } from "./routes/annotate-table.ts";
import type { RouteTable } from "./routes/effective-route.ts";
import { requireRows } from "./routes/empty-table.ts";
import { explain } from "./selection/explain.ts";
import type { Explanation } from "./selection/explanation.ts";
import { compileTags } from "./service-tags/index/compile-tags.ts";
import { TagCatalogue } from "./service-tags/tag-catalogue.ts";
import { parseTagFile } from "./service-tags/tag-file.ts";
import { UserError } from "./text/user-error.ts";

// One call per question, for programs that import the package. Each does what the command of the same question does.

/** What every question takes besides route tables. */
export interface TagOptions {
  /** Service tags, as `readServiceTags` returns them. Without them, nothing is named by its tag. */
  readonly tags?: TagCatalogue | null | undefined;
}

/**
 * Returns the service tags in the text of a ServiceTags JSON file, or of an answer of the Discovery API. `file` is the
 * name of the source. A name of Microsoft's form, `ServiceTags_Public_20251124.json`, gives the publication date.
 * @throws UserError<TagFileErrorCode>. Cost: linear in the text, about 0.1 s for the file of the public cloud.
 */
export function readServiceTags(text: string, file = "service tags"): TagCatalogue {
  return new TagCatalogue(compileTags(parseTagFile(text, file)));
}

/**
 * Returns the policy in a YAML or JSON text. `file` names it in errors. Asynchronous because the reader of YAML is
 * loaded on demand.
 * @throws UserError `policy-invalid` (rejects), with every problem and its line.
 */
export async function readPolicy(text: string, file = "policy"): Promise<Policy> {
  const reader = await import("./analysis/policy/read-policy.ts");
  return reader.readPolicy(text, file);
}

/**
 * Explains where a table sends an address: the winner, the rule that decided, why every other covering route lost. For
 * many addresses, make an `Explainer` once.
 * @throws UserError for text that is not an address, or for an empty table. Cost: linear in the table's prefixes.
 */
export function explainRoute(table: RouteTable, destination: string, { tags = null }: TagOptions = {}): Explanation {
  requireRows(table);
  const address = addressOf(destination);
  return explain(annotateTable(table, tags), address, tags);
}

function addressOf(text: string) {
  const { kind, text: address } = readDestination(text);
  if (kind === "address") return parseAddress(address);
  throw new UserError(
    "destination-not-address",
    `'${address}' is not one address`,
    "use splitDestination for a set of addresses",
  );
}

/**
 * Splits a destination (an address, a prefix, `tag:NAME`, `internet` or `private`) by where its addresses go. Every
 * address is in exactly one outcome.
 * @throws UserError for an invalid destination, a tag without `tags`, an empty table, or a result that is too large.
 */
export function splitDestination(
  table: RouteTable,
  destination: string,
  { tags = null }: TagOptions = {},
): DestinationSplit {
  requireRows(table);
  const set = parseDestination(destination, tags);
  return splitByDecision(set, annotateTable(table, tags), new ForwardingTable(table.routes));
}

/**
 * Returns which addresses change next hop from one table to another, over the whole address space, and the rows that
 * differ.
 * @throws UserError for tables or a result that are too large.
 */
export function diffRoutes(before: RouteTable, after: RouteTable, { tags = null }: TagOptions = {}): TableDiff {
  return diffTables(annotateTable(before, tags), annotateTable(after, tags), tags);
}

/** A predicted table, with the addresses that would change next hop. */
export interface PredictedRoutes extends Prediction {
  readonly moved: AddressCounts;
  readonly moves: readonly PredictedMove[];
}

/**
 * Predicts the table after changes, and which addresses would change next hop. The changes are those of
 * `parseAddRoute` and the like.
 * @throws UserError for a change that does not apply to the table, or that needs tags and there are none.
 */
export function predictRoutes(
  table: RouteTable,
  changes: readonly Change[],
  { tags = null }: TagOptions = {},
): PredictedRoutes {
  requireRows(table);
  const prediction = applyChanges(table, changes, tags);
  const after = annotateTable(prediction.table, tags);
  return { ...prediction, ...predictedMoves(prediction, annotateTable(table, tags), after, tags) };
}

/**
 * Checks a policy, as `readPolicy` returns it, against tables by name: every address that it names, not samples.
 * @throws UserError for an unknown tag, a policy that names tags where there are none, or a result that is too large.
 */
export function checkRoutes(
  policy: Policy,
  tables: Readonly<Record<string, RouteTable>>,
  { tags = null }: TagOptions = {},
): PolicyCheck {
  const subjects = Object.entries(tables).map(([name, table]) => {
    requireRows(table);
    return { name, annotated: annotateTable(table, tags), table: new ForwardingTable(table.routes) };
  });
  return checkPolicy(policy, subjects, tags);
}
