import type { Certainty } from "../../selection/certainty.ts";
import type { Verdict } from "../../selection/decision.ts";
import type { Diagnosis, Explanation } from "../../selection/explanation.ts";
import { foldOutcomes } from "../destinations/fold.ts";
import type { DestinationSplit } from "../destinations/split.ts";
import type { Member } from "./members.ts";
import type { OwnerName } from "./owner-names.ts";
import { type MemberName, memberName } from "./summary.ts";

/** A subnet or a NIC with its own answer. */
interface AnsweringMember extends MemberName {
  /** Its answer in one line, with the name of its route. */
  readonly text: string;
  /** The name of its winning route; null where it has none, and for a set of addresses. */
  readonly route: string | null;
}

/** Subnets and NICs that send a destination to the same next hop by the same prefix. */
export interface FoldedAnswer {
  /** The answer in a few words, without the names of routes: `appliance 10.0.1.4`. Null for a set of addresses. */
  readonly brief: string | null;
  readonly level: Diagnosis["level"];
  /** Null for a set of addresses with several outcomes. */
  readonly verdict: Verdict | null;
  readonly nextHopType: string | null;
  readonly nextHopIpAddress: readonly string[];
  /** What has the next hops' addresses: those that all members give the same name. */
  readonly owners: readonly { readonly address: string; readonly name: string }[];
  /** The prefix that wins; null for a set of addresses, and where none does. */
  readonly addressPrefix: string | null;
  readonly certainty: Certainty | null;
  /** The names of the winning routes of all members, each once. */
  readonly routes: readonly string[];
  readonly members: readonly AnsweringMember[];
  /** The whole answer of the first member. Those of the others differ in names of routes and in losers at most. */
  readonly answer: Explanation | DestinationSplit;
}

/** The answers for one destination. */
export interface DestinationAnswers {
  readonly destination: string;
  readonly hostName: string | null;
  /** Problems first, then warnings; most members first. */
  readonly answers: readonly FoldedAnswer[];
}

const byName = (a: MemberName | undefined, b: MemberName | undefined) => ((a?.name ?? "") < (b?.name ?? "") ? -1 : 1);

const LEVELS: readonly Diagnosis["level"][] = ["problem", "warning", "fine"];

type Fold = Omit<FoldedAnswer, "members" | "routes" | "owners"> & {
  readonly members: AnsweringMember[];
  readonly routes: string[];
  /** By address; null where members disagree. */
  readonly names: Map<string, string | null>;
};

/** Folds the answers of many tables, which come one after the other, so that those of one table are in memory. */
export class AnswerFolds {
  readonly #folds: Map<string, Fold>[] = [];
  readonly #nameOf: OwnerName;

  /** `nameOf` names what has the address of a next hop. */
  constructor(nameOf: OwnerName) {
    this.#nameOf = nameOf;
  }

  /**
   * Adds the answers of a table, one for each destination in the order given. `textOf` writes an answer in one line.
   */
  add(
    members: readonly Member[],
    answers: readonly (Explanation | DestinationSplit)[],
    textOf: (answer: Explanation | DestinationSplit) => string,
  ): void {
    for (const [at, answer] of answers.entries()) {
      this.#folds[at] ??= new Map();
      const folds = this.#folds[at];
      const key = keyOf(answer);
      let fold = folds.get(key);
      if (fold === undefined) {
        fold = foldOf(answer);
        folds.set(key, fold);
      }
      const text = textOf(answer);
      const route = "outcomes" in answer ? null : (answer.winner?.name ?? null);
      for (const member of members) {
        fold.members.push({ ...memberName(member), text, route });
        for (const address of fold.nextHopIpAddress) {
          const name = this.#nameOf(address, member.nics[0]?.subnetId ?? null);
          const known = fold.names.get(address);
          fold.names.set(address, known === undefined || known === name ? name : null);
        }
      }
      for (const name of routesOf(answer)) if (!fold.routes.includes(name)) fold.routes.push(name);
    }
  }

  /** Returns the folded answers, a list for each destination. */
  all(): readonly DestinationAnswers[] {
    return this.#folds.map((folds): DestinationAnswers => {
      const answers = [...folds.values()];
      for (const { members } of answers) members.sort(byName);
      answers.sort(
        (a, b) =>
          LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
          b.members.length - a.members.length ||
          byName(a.members[0], b.members[0]),
      );
      const first = answers[0]?.answer;
      const hostName = first !== undefined && "hostName" in first ? first.hostName : null;
      return { destination: first?.destination ?? "", hostName, answers: answers.map(withOwners) };
    });
  }
}

function withOwners({ names, ...fold }: Fold): FoldedAnswer {
  const owners = [...names].flatMap(([address, name]) => (name === null ? [] : [{ address, name }]));
  return { ...fold, owners };
}

/** Answers with equal keys lead to the same place, by the same prefix, as surely, with the same problems. */
function keyOf(answer: Explanation | DestinationSplit): string {
  if ("outcomes" in answer) {
    return JSON.stringify(
      foldOutcomes(answer.outcomes).map(({ diagnosis, winner, certainty, prefixes, notes }) => [
        diagnosis.id,
        diagnosis.brief,
        winner?.addressPrefixes,
        certainty,
        notes,
        prefixes,
      ]),
    );
  }
  const { diagnosis, winner, certainty, notes } = answer;
  const bypasses = notes.some(({ id }) => id === "bypasses-appliance");
  return JSON.stringify([diagnosis.id, diagnosis.level, diagnosis.brief, winner?.addressPrefix, certainty, bypasses]);
}

function foldOf(answer: Explanation | DestinationSplit): Fold {
  const open = { routes: [], members: [], names: new Map<string, string | null>(), answer };
  if (!("outcomes" in answer)) {
    const { diagnosis, verdict, winner, certainty } = answer;
    return {
      brief: diagnosis.brief,
      level: diagnosis.level,
      verdict,
      nextHopType: winner?.nextHopType ?? null,
      nextHopIpAddress: winner?.nextHopIpAddress ?? [],
      addressPrefix: winner?.addressPrefix ?? null,
      certainty,
      ...open,
    };
  }
  const outcomes = foldOutcomes(answer.outcomes);
  const worst = LEVELS.find((level) => outcomes.some(({ diagnosis }) => diagnosis.level === level)) ?? "fine";
  const only = outcomes.length === 1 ? outcomes[0] : undefined;
  return {
    brief: only?.diagnosis.brief ?? null,
    level: worst,
    verdict: only?.verdict ?? null,
    nextHopType: only?.winner?.nextHopType ?? null,
    nextHopIpAddress: only?.winner?.nextHopIpAddress ?? [],
    addressPrefix: only?.winner?.addressPrefix ?? null,
    certainty: only?.certainty ?? null,
    ...open,
  };
}

function routesOf(answer: Explanation | DestinationSplit): readonly string[] {
  if ("outcomes" in answer) return answer.outcomes.flatMap(({ winner }) => winner?.name ?? []);
  return answer.candidates.flatMap(({ outcome, name }) => (outcome === "won" && name !== null ? [name] : []));
}
