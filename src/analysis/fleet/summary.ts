import type { MissingSubscription } from "../../topology/coverage.ts";
import { countOutcomes, type OUTCOMES, type Snapshot } from "../../topology/snapshot.ts";
import { type Member, type Members, outcomesText } from "./members.ts";

/** The outcomes, under a name of their own for the JSON Schema. */
type NicOutcome = (typeof OUTCOMES)[number];

/** What a snapshot holds. Every report about a snapshot has it. */
export interface SnapshotSummary {
  /** As the user named it. */
  readonly name: string;
  /** ISO 8601, the time of its oldest table; null where the source does not say. */
  readonly takenAt: string | null;
  /** False where something that could have answered did not. */
  readonly complete: boolean;
  /** Subnets with at least one NIC. */
  readonly subnets: number;
  readonly nics: number;
  /** Distinct route tables. */
  readonly tables: number;
  /** How many NICs had which outcome. */
  readonly outcomes: Readonly<Record<NicOutcome, number>>;
  /** The subnets and NICs that no table answers for. */
  readonly withoutTable: readonly MissingMember[];
  /** Subnets whose NICs have different tables; they are reported by NIC. */
  readonly divided: readonly string[];
  /** Subscriptions in scope that could not be read. */
  readonly unreadSubscriptions: readonly MissingSubscription[];
}

/** A subnet, or a NIC, of a snapshot in a report. */
export interface MemberName {
  /** The subnet or the NIC, unique in its snapshot. */
  readonly name: string;
  /** Null where the subnet is unknown. */
  readonly subnet: string | null;
  /** The NIC that Azure computed the table for. */
  readonly nic: string | null;
  /** How many NICs it stands for. */
  readonly nics: number;
}

/** A subnet or a NIC without a table. */
interface MissingMember extends MemberName {
  /** Why, in a few words: `2 stopped`. */
  readonly reason: string;
  /** Each of its NICs. */
  readonly outcomes: readonly {
    readonly nic: string;
    readonly outcome: NicOutcome;
    readonly error: { readonly code: string; readonly message: string } | null;
  }[];
}

/** Returns the summary of a snapshot. */
export function summaryOf(snapshot: Snapshot, { all, withoutTable, divided }: Members): SnapshotSummary {
  const { name, takenAt, complete, nics, tables, coverage } = snapshot;
  const subnets = new Set(all.flatMap(({ subnet }) => subnet ?? []));
  return {
    name,
    takenAt,
    complete,
    subnets: subnets.size,
    nics: nics.length,
    tables: tables.size,
    outcomes: countOutcomes(nics.map(({ outcome }) => outcome)),
    withoutTable: withoutTable.map(missingMember),
    divided,
    unreadSubscriptions: coverage?.unreadSubscriptions ?? [],
  };
}

/** Returns a member as reports name it. */
export function memberName({ name, subnet, answeredBy, nics }: Member): MemberName {
  return { name, subnet, nic: answeredBy?.name ?? null, nics: nics.length };
}

function missingMember(member: Member): MissingMember {
  return {
    ...memberName(member),
    reason: outcomesText(member.nics),
    outcomes: member.nics.map(({ name, outcome, error }) => ({ nic: name, outcome, error })),
  };
}
