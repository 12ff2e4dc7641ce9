import { idKey, nameOf, networkOf } from "../../topology/resource-id.ts";
import type { Outcome } from "../../topology/snapshot.ts";
import type { Answers, NicResult } from "./answers.ts";
import type { FetchCost } from "./fetch-cost.ts";
import type { NicGroup } from "./fetch-plan.ts";

/** The result of a snapshot, or what it would cost. */
export interface RunSummary {
  /** As the user named it. */
  readonly directory: string;
  /** Whether nothing was fetched and nothing written. */
  readonly dryRun: boolean;
  readonly cloud: string;
  /** ISO 8601; null for a dry run. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Whether everything that can answer did; null for a dry run. */
  readonly complete: boolean | null;
  /** How the inventory was read. */
  readonly inventory: string;
  readonly subscriptions: number;
  readonly networks: number;
  /** Those with NICs. */
  readonly subnets: number;
  readonly subnetsWithTable: number;
  readonly nics: number;
  /** How many NICs Azure was asked for, or would be. */
  readonly asked: number;
  /** How many tables were kept before: by this run before it was interrupted, or recently enough. */
  readonly reused: number;
  /** How many different tables there are. */
  readonly distinctTables: number;
  /** NICs by outcome. One that another NIC of its subnet answers for is `ok`. Of a dry run: what is known. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** The tables of routers that were kept, and those that could not be read; null without `--with`. */
  readonly routers: { readonly kept: number; readonly failed: number } | null;
  /** What the calls for tables cost; null unless it is a dry run. */
  readonly cost: FetchCost | null;
  readonly problems: readonly RunProblem[];
  /** Subscriptions that could not be read. */
  readonly unreadSubscriptions: readonly UnreadSubscription[];
  /** Parts of the inventory that could not be read. */
  readonly gaps: readonly InventoryGap[];
  /** The subnets whose NICs have different tables. */
  readonly differing: readonly DifferingSubnet[];
}

/** NICs that were refused or failed for the same reason. */
export interface RunProblem {
  readonly outcome: "denied" | "failed";
  readonly code: string;
  /** Of the first of them. */
  readonly message: string;
  /** What to do; null where the program does not know. */
  readonly hint: string | null;
  readonly nics: number;
  /** The first of them. */
  readonly nicIds: readonly string[];
}

export interface UnreadSubscription {
  readonly id: string;
  /** Null where Azure does not say. */
  readonly name: string | null;
  readonly outcome: "denied" | "failed";
  readonly code: string;
  readonly message: string;
}

export interface InventoryGap {
  readonly resourceId: string;
  /** `the list of routeTables` */
  readonly what: string;
  readonly code: string;
  readonly message: string;
}

/** A subnet whose NICs have different tables, contrary to Azure's documentation. */
export interface DifferingSubnet {
  readonly subnetId: string;
  readonly tables: number;
  /** A NIC of each table. */
  readonly nicIds: readonly string[];
}

const MOST_EXAMPLES = 3;

/**
 * What was refused or failed, folded by its reason: the most frequent first. `hintOf` says what to do about an error's
 * code.
 */
export function problemsOf(
  results: Iterable<Pick<NicResult, "nicId" | "outcome" | "error">>,
  hintOf: (code: string) => string | null,
): readonly RunProblem[] {
  const problems = new Map<string, RunProblem>();
  for (const { nicId, outcome, error } of results) {
    if ((outcome !== "denied" && outcome !== "failed") || error === null) continue;
    const key = `${outcome} ${error.code}`;
    const known = problems.get(key) ?? { outcome, ...error, hint: hintOf(error.code), nics: 0, nicIds: [] };
    const nicIds = known.nicIds.length < MOST_EXAMPLES ? [...known.nicIds, nicId] : known.nicIds;
    problems.set(key, { ...known, nics: known.nics + 1, nicIds });
  }
  return [...problems.values()].sort((left, right) => right.nics - left.nics);
}

/**
 * The subnets whose NICs have different tables of their own. `contentOf` gives equal texts for equal tables. It
 * is called only for subnets with several bodies.
 */
export function differingSubnets(
  groups: readonly NicGroup[],
  answers: Answers,
  contentOf: (hash: string) => string,
): readonly DifferingSubnet[] {
  return groups.flatMap(({ subnetId, askable }) => {
    const firstOf = new Map<string, string>();
    for (const { id } of askable) {
      const body = answers.get(idKey(id))?.body ?? null;
      if (body !== null && !firstOf.has(body)) firstOf.set(body, id);
    }
    if (subnetId === null || firstOf.size < 2) return [];
    const byContent = new Map<string, string>();
    for (const [hash, nicId] of firstOf) {
      const content = contentOf(hash);
      if (!byContent.has(content)) byContent.set(content, nicId);
    }
    if (byContent.size < 2) return [];
    return [{ subnetId, tables: byContent.size, nicIds: [...byContent.values()].slice(0, MOST_EXAMPLES) }];
  });
}

/** How many networks the groups' subnets are in. */
export function networkCount(groups: readonly NicGroup[]): number {
  const networks = groups.flatMap(({ subnetId }) => (subnetId === null ? [] : (networkOf(subnetId) ?? [])));
  return new Set(networks.map(idKey)).size;
}

/** `vm1, vm2 and 5 more`. */
export function namesOf(ids: readonly string[], total: number): string {
  const names = ids.map(nameOf).join(", ");
  const more = total - ids.length;
  return more > 0 ? `${names} and ${more.toLocaleString("en")} more` : names;
}
