import { idKey } from "../../topology/resource-id.ts";
import type { Outcome, SnapshotNic } from "../../topology/snapshot.ts";
import type { NicGroup, PlannedNic } from "./fetch-plan.ts";

/** The outcome of asking Azure for a NIC's table. */
export interface NicAnswer {
  readonly outcome: Extract<Outcome, "ok" | "stopped" | "denied" | "failed">;
  /** The hash of its body; null unless the outcome is `ok`. */
  readonly body: string | null;
  /** ISO 8601. */
  readonly fetchedAt: string;
  readonly error: SnapshotNic["error"];
}

/** The answers so far, by `idKey` of the NIC. */
export type Answers = ReadonlyMap<string, NicAnswer>;

/** The outcome of a NIC, as a snapshot keeps it. */
export interface NicResult extends Omit<NicAnswer, "outcome" | "fetchedAt"> {
  readonly nicId: string;
  readonly subnetId: string | null;
  readonly outcome: Outcome;
  readonly fetchedAt: string | null;
  readonly standInId: string | null;
}

/** How many NICs of a subnet may fail or be refused before the others are not asked. */
const MOST_REFUSALS = 3;

/**
 * The NIC of a subnet to ask next where one answer is enough; null where none is to be asked. Another is asked where
 * one fails or turns out to be stopped. After a refusal, one of another resource group: a role covers a whole group.
 */
export function nextToAsk({ askable }: NicGroup, answers: Answers): PlannedNic | null {
  const asked = askable.flatMap((nic) => {
    const answer = answers.get(idKey(nic.id));
    return answer === undefined ? [] : [{ nic, answer }];
  });
  if (asked.some(({ answer }) => answer.outcome === "ok")) return null;
  if (asked.filter(({ answer }) => answer.outcome !== "stopped").length >= MOST_REFUSALS) return null;
  const refused = new Set(asked.flatMap(({ nic, answer }) => (answer.outcome === "denied" ? [placeOf(nic)] : [])));
  return askable.find((nic) => !answers.has(idKey(nic.id)) && !refused.has(placeOf(nic))) ?? null;
}

/** The subscription and resource group of a NIC. */
const placeOf = ({ id }: PlannedNic) => idKey(id).replace(/\/providers\/.*/, "");

/**
 * The outcome of each NIC of a group, once no more is asked. A NIC without a table of its own gets that of the first
 * NIC that has one, which stands in for it: all NICs of a subnet have the same effective routes.
 * https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
 */
export function resultsOf({ subnetId, askable, silent }: NicGroup, answers: Answers): readonly NicResult[] {
  const answerOf = ({ id }: PlannedNic) => answers.get(idKey(id)) ?? null;
  const source = askable.find((nic) => answerOf(nic)?.outcome === "ok") ?? null;
  const table = source && answerOf(source);
  const standIn = { body: table?.body ?? null, fetchedAt: table?.fetchedAt ?? null, standInId: source?.id ?? null };
  const last = askable.findLast((nic) => answerOf(nic) !== null) ?? null;
  const asked = askable.map((nic): NicResult => {
    const answer = answerOf(nic) ?? (table === null ? notAsked(last && answerOf(last)) : null);
    if (answer?.outcome === "ok") return { nicId: nic.id, subnetId, standInId: null, ...answer };
    const { outcome, error } = answer ?? { outcome: "ok" as const, error: null };
    return {
      nicId: nic.id,
      subnetId,
      ...standIn,
      fetchedAt: standIn.fetchedAt ?? answer?.fetchedAt ?? null,
      outcome,
      error,
    };
  });
  const others = silent.map(
    ({ nic, outcome }): NicResult => ({ nicId: nic.id, subnetId, ...standIn, outcome, error: null }),
  );
  return [...asked, ...others];
}

/** For a NIC that was left out after others of its subnet failed: it counts as they do. */
function notAsked(last: NicAnswer | null): Omit<NicAnswer, "fetchedAt"> & { readonly fetchedAt: null } {
  const { code, message } = last?.error ?? { code: "not-asked", message: "its subnet was not asked" };
  const outcome = last?.outcome === "denied" ? "denied" : "failed";
  return {
    outcome,
    body: null,
    fetchedAt: null,
    error: { code, message: `not asked after a failure in its subnet: ${message}` },
  };
}

/**
 * Whether everything that can answer did: each NIC that was asked where all are, else each subnet with a NIC to ask.
 * VMs that turned out to be stopped cannot answer.
 */
export function isComplete(groups: readonly NicGroup[], answers: Answers, allNics: boolean): boolean {
  return groups.every(({ askable }) => {
    const found = askable.map(({ id }) => answers.get(idKey(id))?.outcome);
    if (!allNics && found.includes("ok")) return true;
    return found.every((outcome) => outcome === "ok" || outcome === "stopped");
  });
}
