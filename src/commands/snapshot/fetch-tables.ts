import { type Answers, type NicAnswer, type NicResult, nextToAsk, resultsOf } from "../../analysis/snapshot/answers.ts";
import type { NicGroup, PlannedNic } from "../../analysis/snapshot/fetch-plan.ts";
import type { AzureError } from "../../azure/failure/azure-error.ts";
import type { FetchedTable } from "../../azure/fleet/fetch-table.ts";
import { mapBounded } from "../../azure/map-bounded.ts";
import { sha256 } from "../../store/files/sha256.ts";
import { UserError } from "../../text/user-error.ts";
import { idKey, subscriptionOf } from "../../topology/resource-id.ts";

interface FetchOptions {
  readonly groups: readonly NicGroup[];
  /** Whether every NIC is asked, not only one of each subnet. */
  readonly allNics: boolean;
  /** The number of NICs asked at once. */
  readonly concurrency: number;
  /** Answers that need not be fetched, by `idKey`. */
  readonly known: Answers;
  /** `isKnown`: whether a body came before. */
  fetch(nicId: string, isKnown: (body: string) => boolean): Promise<FetchedTable>;
  /** Stores the outcome of a NIC at once. */
  keep(result: NicResult, body: string | null): void;
  /** `error`: why there is no table. */
  onAnswer(outcome: NicAnswer["outcome"], error: AzureError | null): void;
  now(): number;
}

/** The connection is lost when Azure cannot be reached for this many NICs in a row. */
const LOST_AFTER = 20;

/**
 * Asks Azure for the tables of the groups, and keeps the outcome of each NIC as soon as it is known. Returns all
 * answers.
 * @throws what `fetch` and `keep` throw; UserError where the connection is lost. What was kept stays.
 */
export async function fetchTables(options: FetchOptions): Promise<Answers> {
  const { groups, allNics, concurrency, known, fetch, keep, onAnswer, now } = options;
  const answers = new Map(known);
  const hashes = new Set([...known.values()].flatMap(({ body }) => body ?? []));
  const isKnown = (body: string) => hashes.has(sha256(body));
  let isOver = false;
  let unreachable = 0;
  const ask = async ({ id }: PlannedNic, { subnetId }: NicGroup) => {
    const fetched = await fetch(id, isKnown);
    if (isOver) return;
    const body = fetched.outcome === "ok" ? fetched.body : null;
    const error = fetched.outcome === "ok" ? null : fetched.error;
    unreachable = error?.code.startsWith("network-") === true ? unreachable + 1 : 0;
    if (error !== null && unreachable >= LOST_AFTER) throw lost(error);
    const answer: NicAnswer = {
      outcome: fetched.outcome,
      body: body === null ? null : sha256(body),
      fetchedAt: new Date(now()).toISOString(),
      error: error && { code: error.code, message: error.message },
    };
    keep({ nicId: id, subnetId, standInId: null, ...answer }, body);
    answers.set(idKey(id), answer);
    if (answer.body !== null) hashes.add(answer.body);
    onAnswer(answer.outcome, error);
  };
  const settle = (group: NicGroup) => {
    for (const result of resultsOf(group, answers)) {
      const isKept = answers.has(idKey(result.nicId)) && result.standInId === null;
      if (!isKept) keep(result, null);
    }
  };
  const whole = async (group: NicGroup) => {
    for (let nic = nextToAsk(group, answers); nic !== null && !isOver; nic = nextToAsk(group, answers)) {
      await ask(nic, group);
    }
    if (!isOver) settle(group);
  };
  const each = (group: NicGroup): (() => Promise<void>)[] => {
    const asked = group.askable.filter(({ id }) => !answers.has(idKey(id)));
    let open = asked.length;
    if (open === 0) settle(group);
    return asked.map((nic) => async () => {
      await ask(nic, group);
      open--;
      if (open === 0 && !isOver) settle(group);
    });
  };
  const tasks = byTurns(groups, allNics ? each : (group) => [() => whole(group)]);
  try {
    await mapBounded(tasks, concurrency, async (task) => {
      if (!isOver) await task();
    });
  } finally {
    isOver = true; // answers that arrive after a failure are not kept
  }
  return answers;
}

/** The tasks of the groups. Subscriptions take turns, because each has an allowance of its own. */
function byTurns<Task>(groups: readonly NicGroup[], tasksOf: (group: NicGroup) => readonly Task[]): readonly Task[] {
  const queues = new Map<string, Task[]>();
  for (const group of groups) {
    const id = group.askable[0]?.id ?? group.silent[0]?.nic.id ?? "";
    const key = subscriptionOf(id);
    const queue = queues.get(key) ?? [];
    for (const task of tasksOf(group)) queue.push(task);
    queues.set(key, queue);
  }
  const lists = [...queues.values()];
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

function lost({ message, detail }: AzureError) {
  return new UserError(
    "snapshot-connection-lost",
    `the connection to Azure is lost: ${message}`,
    "fetched tables are kept: run the same command again when the network is back",
    "failed",
    { detail },
  );
}
