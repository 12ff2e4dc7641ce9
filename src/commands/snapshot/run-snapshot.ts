import { setFlagsFromString } from "node:v8";
import { type Answers, isComplete, nextToAsk } from "../../analysis/snapshot/answers.ts";
import { fetchCost } from "../../analysis/snapshot/fetch-cost.ts";
import type { NicGroup, PlannedNic } from "../../analysis/snapshot/fetch-plan.ts";
import type { RunSummary } from "../../analysis/snapshot/summary.ts";
import { AzureConnection } from "../../azure/connection.ts";
import { fetchTable } from "../../azure/fleet/fetch-table.ts";
import { keptBefore } from "../../store/snapshot/kept-before.ts";
import type { SnapshotManifest, SnapshotScope } from "../../store/snapshot/manifest.ts";
import type { RouterFolder } from "../../store/snapshot/router-files.ts";
import { SnapshotWriter } from "../../store/snapshot/snapshot-writer.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import { idKey } from "../../topology/resource-id.ts";
import { EXIT_CODES } from "../help/exit-codes.ts";
import { azureOptions } from "../shared/azure-options.ts";
import type { CommandIO } from "../shared/command-io.ts";
import type { AzureAccessOptions } from "../shared/live-options.ts";
import { FetchProgress } from "./fetch-progress.ts";
import { fetchTables } from "./fetch-tables.ts";
import { knownAnswers, runAfter } from "./known-answers.ts";
import { durationText } from "./progress-text.ts";
import { type Fleet, readFleet } from "./read-fleet.ts";
import { finishedSummary, plannedSummary } from "./summary.ts";

export interface SnapshotOptions extends Omit<AzureAccessOptions, "subscription"> {
  readonly subscription?: readonly string[] | undefined;
  readonly managementGroup?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly vnet?: string | undefined;
  readonly subnet?: string | undefined;
  readonly allNics?: boolean | undefined;
  readonly concurrency: number;
  /** Milliseconds. */
  readonly maxAge?: number | undefined;
  readonly dryRun?: boolean | undefined;
  /** The kinds of routers whose tables to keep too. */
  readonly with?: readonly RouterFolder[] | undefined;
}

/**
 * Lets V8 collect garbage sooner: with its usual heuristics a run of 10,000 NICs takes twice the memory. Azure's limits
 * leave time for it.
 */
const FRUGAL = ["--heap-growing-percent=20", "--semi-space-growth-factor=1"];
/** V8's defaults. */
const USUAL = ["--heap-growing-percent=0", "--semi-space-growth-factor=2"];

/** Takes a snapshot, or resumes an interrupted one; with --dry-run, prints the cost. */
export async function runSnapshot(directory: string, options: SnapshotOptions, io: CommandIO): Promise<void> {
  FRUGAL.forEach(setFlagsFromString);
  const writer = options.dryRun === true ? null : new SnapshotWriter(directory);
  const quit = writer === null ? () => {} : onInterrupt(io.terminal);
  try {
    const summary = await takeSnapshot(directory, options, writer, io.terminal);
    io.terminal.progress(null);
    await io.print({ kind: "snapshot", report: { schemaVersion: "1.0", snapshot: summary } });
    if (writer !== null) refuseIncomplete(summary);
  } finally {
    io.terminal.progress(null);
    quit();
    writer?.close();
    USUAL.forEach(setFlagsFromString);
  }
}

async function takeSnapshot(
  directory: string,
  options: SnapshotOptions,
  writer: SnapshotWriter | null,
  terminal: Terminal,
): Promise<RunSummary> {
  const { concurrency, allNics = false, cloud = "public", maxAge = null } = options;
  const scope = scopeOf(options);
  const kept = writer ?? keptBefore(directory);
  refuseOther(directory, kept.before, cloud, scope);
  const run = runAfter(kept.before, Date.now());
  if (run.isResumed) terminal.note(`resuming the interrupted run of ${run.startedAt.slice(0, 16)}Z`);
  let isFetching = false;
  const connection = new AzureConnection({
    ...azureOptions({ ...options, subscription: undefined }, terminal),
    // Each call reports its own progress, which means nothing for the whole run.
    onProgress: (text) => (isFetching ? undefined : terminal.progress(text)),
  });
  const fleet = await readFleet(connection, scope, (inventory) =>
    writer?.begin({ cloud, scope, allNics, run: { id: run.id, startedAt: run.startedAt }, ...inventory }),
  );
  isFetching = true;
  const { groups } = fleet;
  const known = knownAnswers(groups, kept, run, maxAge, Date.now());
  const first = askedFirst(groups, known, allNics);
  const cost = fetchCost(first, concurrency);
  const about = { directory, cloud, fleet, known, asked: first.length, routers: null };
  if (writer === null) return plannedSummary(about, cost);
  terminal.progress(null);
  terminal.note(planText(groups, first.length, cost.seconds));
  const progress = new FetchProgress(terminal, { groups, known, allNics, planned: cost.seconds, concurrency });
  const answers = await fetchTables({
    ...{ groups, allNics, concurrency, known },
    fetch: (nicId, isKnown) => fetchTable(connection, nicId, isKnown),
    keep: (result, body) => writer.keep(result, body),
    onAnswer: (outcome, error) => progress.answered(outcome, error),
    now: Date.now,
  });
  const kinds = options.with ?? [];
  const routers = kinds.length === 0 ? null : await keepRouters(kinds, fleet, connection, writer, terminal);
  const isWhole =
    isComplete(groups, answers, allNics) && fleet.unreadSubscriptions.length === 0 && (routers?.failed ?? 0) === 0;
  const manifest = writer.finish(new Date().toISOString(), isWhole);
  const bodyOf = (hash: string) => writer.body(hash);
  const done = { ...about, asked: progress.asked, routers };
  return finishedSummary(done, manifest, writer.entries, answers, bodyOf, (code) => progress.hints.get(code) ?? null);
}

/** Keeps the tables of routers of these kinds. */
async function keepRouters(
  kinds: readonly RouterFolder[],
  { routers }: Fleet,
  connection: AzureConnection,
  writer: SnapshotWriter,
  terminal: Terminal,
): Promise<NonNullable<RunSummary["routers"]>> {
  const { fetchRouters, routerRequests } = await import("./fetch-routers.ts");
  const wanted = routerRequests(kinds, routers);
  return fetchRouters(connection, wanted, terminal, (folder, texts) => writer.keepRouters(folder, texts));
}

function scopeOf({ subscription, managementGroup, resourceGroup, vnet, subnet }: SnapshotOptions): SnapshotScope {
  return {
    subscriptions: subscription ?? [],
    managementGroup: managementGroup ?? null,
    resourceGroup: resourceGroup ?? null,
    network: vnet ?? null,
    subnet: subnet ?? null,
  };
}

/** @throws UserError for a directory with a snapshot of another scope, which would lose NICs. */
function refuseOther(directory: string, before: SnapshotManifest | null, cloud: string, scope: SnapshotScope): void {
  if (before === null) return;
  if (before.cloud === cloud && same(JSON.stringify(scope), JSON.stringify(before.scope))) return;
  throw new UserError(
    "snapshot-other-scope",
    `${directory.slice(-50)} holds a snapshot of ${scopeText(before)}`,
    "name another directory, or give the same --subscription, -g, --vnet, --subnet and --cloud as before",
  );
}

function scopeText({ cloud, scope }: SnapshotManifest): string {
  const parts = [
    ...scope.subscriptions.map((name) => `--subscription ${name}`),
    ...(scope.managementGroup === null ? [] : [`--management-group ${scope.managementGroup}`]),
    ...(scope.resourceGroup === null ? [] : [`-g ${scope.resourceGroup}`]),
    ...(scope.network === null ? [] : [`--vnet ${scope.network}`]),
    ...(scope.subnet === null ? [] : [`--subnet ${scope.subnet}`]),
    ...(cloud === "public" ? [] : [`--cloud ${cloud}`]),
  ];
  return parts.length === 0 ? "all subscriptions" : parts.join(" ").slice(0, 200);
}

/** The NICs that are asked first. Others of a subnet follow if one fails. */
function askedFirst(groups: readonly NicGroup[], known: Answers, allNics: boolean): readonly PlannedNic[] {
  if (allNics) return groups.flatMap(({ askable }) => askable.filter(({ id }) => !known.has(idKey(id))));
  return groups.flatMap((group) => nextToAsk(group, known) ?? []);
}

/** `1,000 NICs in 60 subnets: 60 tables to fetch, about 20 s`. */
function planText(groups: readonly NicGroup[], asked: number, seconds: number): string {
  const number = (value: number) => value.toLocaleString("en");
  const nics = groups.reduce((sum, { askable, silent }) => sum + askable.length + silent.length, 0);
  const counted = (value: number, noun: string) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
  const where = `${counted(nics, "NIC")} in ${counted(groups.length, "subnet")}`;
  return asked === 0
    ? `${where}: nothing to fetch`
    : `${where}: ${counted(asked, "table")} to fetch, ${durationText(seconds)}`;
}

/** Prints on Ctrl-C how to resume; returns a function that stops this. */
function onInterrupt(terminal: Terminal): () => void {
  const say = (code: number) => {
    if (code === EXIT_CODES.interrupted.code)
      terminal.note("interrupted: fetched tables are kept; the same command resumes the run");
  };
  process.once("exit", say);
  return () => void process.removeListener("exit", say);
}

/** @throws UserError if something that can answer did not, after the summary is printed. */
function refuseIncomplete({ complete, counts, problems, unreadSubscriptions, routers }: RunSummary): void {
  if (complete !== false) return;
  const [problem] = problems;
  const hint = problem?.hint ?? "the summary on stdout says why";
  if (counts.ok === 0 && counts.failed === 0 && counts.denied > 0) {
    throw new UserError("snapshot-denied", "Azure refused every route table", hint, "notAllowed");
  }
  const nics = counts.denied + counts.failed;
  const unread = unreadSubscriptions.length;
  const lost = routers?.failed ?? 0;
  const what = [
    ...(nics === 0 ? [] : [`${nics.toLocaleString("en")} ${nics === 1 ? "NIC" : "NICs"}`]),
    ...(unread === 0 ? [] : [`${unread} ${unread === 1 ? "subscription" : "subscriptions"}`]),
    ...(lost === 0 ? [] : [`${lost} ${lost === 1 ? "table" : "tables"} of routers`]),
  ];
  throw new UserError(
    "snapshot-incomplete",
    `the snapshot is not complete: ${what.join(" and ")} could not be read`,
    `run again with --max-age 1h to ask only for what is missing; ${hint}`,
    "failed",
  );
}
