import type { Answers } from "../../analysis/snapshot/answers.ts";
import type { FetchCost } from "../../analysis/snapshot/fetch-cost.ts";
import type { NicGroup } from "../../analysis/snapshot/fetch-plan.ts";
import { differingSubnets, networkCount, problemsOf, type RunSummary } from "../../analysis/snapshot/summary.ts";
import { tableContent } from "../../analysis/snapshot/table-content.ts";
import type { JournalEntry } from "../../store/snapshot/journal.ts";
import type { SnapshotManifest } from "../../store/snapshot/manifest.ts";
import { idKey } from "../../topology/resource-id.ts";
import { countOutcomes } from "../../topology/snapshot.ts";
import type { Fleet } from "./read-fleet.ts";

interface About {
  readonly directory: string;
  readonly cloud: string;
  readonly fleet: Fleet;
  /** The answers kept from before. */
  readonly known: Answers;
  /** The number of NICs asked, or to be asked. */
  readonly asked: number;
  /** The outcome for the tables of routers; null if none were requested. */
  readonly routers: RunSummary["routers"];
}

/** The fields that are known before and after the run, in the order of the JSON. */
function summary(about: About, state: Pick<RunSummary, StateFields>): RunSummary {
  const { directory, cloud, fleet, known, asked, routers } = about;
  const { groups, source, subscriptions, unreadSubscriptions, gaps } = fleet;
  const { dryRun, startedAt, finishedAt, complete, subnetsWithTable, distinctTables, counts, cost } = state;
  return {
    directory,
    dryRun,
    cloud,
    startedAt,
    finishedAt,
    complete,
    inventory: source,
    subscriptions,
    networks: networkCount(groups),
    subnets: groups.length,
    subnetsWithTable,
    nics: groups.reduce((sum, { askable, silent }) => sum + askable.length + silent.length, 0),
    asked,
    reused: [...known.values()].filter(({ outcome }) => outcome === "ok").length,
    distinctTables,
    counts,
    routers,
    cost,
    problems: state.problems,
    unreadSubscriptions,
    gaps,
    differing: state.differing,
  };
}

type StateFields =
  | "dryRun"
  | "startedAt"
  | "finishedAt"
  | "complete"
  | "subnetsWithTable"
  | "distinctTables"
  | "counts"
  | "cost"
  | "problems"
  | "differing";

/** The cost of a snapshot, for --dry-run. */
export function plannedSummary(about: About, cost: FetchCost): RunSummary {
  const { fleet, known } = about;
  const has = ({ askable }: NicGroup) => askable.some(({ id }) => known.get(idKey(id))?.body != null);
  return summary(about, {
    dryRun: true,
    startedAt: null,
    finishedAt: null,
    complete: null,
    subnetsWithTable: fleet.groups.filter(has).length,
    distinctTables: new Set([...known.values()].flatMap(({ body }) => body ?? [])).size,
    counts: countOutcomes(fleet.groups.flatMap(({ silent }) => silent.map(({ outcome }) => outcome))),
    cost,
    problems: [],
    differing: [],
  });
}

/** The result of a run. `bodyOf` reads a body by its hash; `hintOf` returns the hint for an error's code. */
export function finishedSummary(
  about: About,
  manifest: SnapshotManifest,
  entries: readonly JournalEntry[],
  answers: Answers,
  bodyOf: (hash: string) => string,
  hintOf: (code: string) => string | null,
): RunSummary {
  const withTable = entries.filter(({ body }) => body !== null);
  return summary(about, {
    dryRun: false,
    startedAt: manifest.run.startedAt,
    finishedAt: manifest.run.finishedAt,
    complete: manifest.complete,
    subnetsWithTable: new Set(withTable.map(({ subnetId, nicId }) => idKey(subnetId ?? nicId))).size,
    distinctTables: new Set(withTable.map(({ body }) => body)).size,
    counts: manifest.counts,
    cost: null,
    problems: problemsOf(entries, hintOf),
    differing: differingSubnets(about.fleet.groups, answers, (hash) => tableContent(bodyOf(hash))),
  });
}
