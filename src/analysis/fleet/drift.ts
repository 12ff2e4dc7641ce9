import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { UserError } from "../../text/user-error.ts";
import { forwardingKey } from "../diff/forwarding.ts";
import type { RowChange } from "../diff/rows.ts";
import { diffTables, type TableDiff, type TableMove } from "../diff/tables.ts";
import { alone, appliancesOf, type CameAndWent, type NotCompared, nicsOf } from "./came-and-went.ts";
import { groupedBy } from "./grouped-by.ts";
import { type Member, outcomesText } from "./members.ts";
import { type MemberPair, pairMembers, type SnapshotSide } from "./pairs.ts";

/** Addresses that change their next hop, in these subnets. */
interface MemberMove extends TableMove {
  /** The names of the subnets, or NICs, in alphabetical order. */
  readonly members: readonly string[];
}

/** A row that differs, in these subnets. */
export interface MemberRowChange extends RowChange {
  readonly members: readonly string[];
}

/** The differences between two snapshots. */
export interface Drift {
  /** How many subnets, and NICs without a known subnet, were compared. */
  readonly compared: number;
  /** How many of them have moved addresses. */
  readonly changed: number;
  /** Equal moves of several subnets are one. Most subnets first. */
  readonly moves: readonly MemberMove[];
  readonly rows: readonly MemberRowChange[];
  readonly subnets: CameAndWent;
  readonly nics: CameAndWent;
  /** Next hop addresses of routes to appliances. */
  readonly appliances: CameAndWent;
  readonly notCompared: readonly NotCompared[];
}

/** Differences that many subnets have. */
class Folds<Change> {
  readonly #folds = new Map<string, { readonly change: Change; readonly members: string[] }>();

  add(key: string, change: Change, name: string): void {
    const fold = this.#folds.get(key);
    if (fold === undefined) this.#folds.set(key, { change, members: [name] });
    else fold.members.push(name);
  }

  all(): (Change & { readonly members: readonly string[] })[] {
    return [...this.#folds.values()]
      .map(({ change, members }) => ({ ...change, members: members.sort() }))
      .sort((a, b) => b.members.length - a.members.length);
  }
}

/**
 * Compares two snapshots, subnet by subnet. Tables with one key in both are equal. Each other pair of tables is
 * compared once, whatever the number of subnets that have it. Cost: a diff for each pair of tables.
 */
export function driftOf(
  before: SnapshotSide,
  after: SnapshotSide,
  annotate: (table: RouteTable) => AnnotatedRouteTable,
  tags: TagCatalogue | null,
): Drift {
  const { pairs, came, went } = pairMembers(before, after);
  const moves = new Folds<TableMove>();
  const rows = new Folds<RowChange>();
  const notCompared: NotCompared[] = [];
  const left = new Set<Member>();
  let compared = 0;
  let changed = 0;
  const byTables = groupedBy(pairs, (pair) => `${pair.before.tableKey} ${pair.after.tableKey}`);
  for (const own of byTables.values()) {
    const [first] = own;
    const [old, now] = [tableOf(first?.before, before), tableOf(first?.after, after)];
    if (old === null || now === null) {
      for (const pair of own) {
        for (const each of missing(pair)) notCompared.push(each);
        left.add(pair.before).add(pair.after);
      }
      continue;
    }
    const isEqual = first?.before.tableKey === first?.after.tableKey;
    const diff = isEqual ? NOTHING : compare(annotate(old), annotate(now), tags);
    if (diff instanceof UserError) {
      for (const {
        after: { name },
      } of own)
        notCompared.push({ name, reason: diff.message });
      continue;
    }
    compared += own.length;
    if (diff.moves.length > 0) changed += own.length;
    for (const {
      after: { name },
    } of own) {
      for (const move of diff.moves) moves.add(moveKey(move), move, name);
      for (const row of diff.rows) rows.add(JSON.stringify(row), row, name);
    }
  }
  const gone = alone(went, after, { only: "only before", other: "after" });
  const fresh = alone(came, before, { only: "only after", other: "before" });
  for (const { member, reason } of [...gone.notCompared, ...fresh.notCompared]) {
    notCompared.push({ name: member.name, reason });
    left.add(member);
  }
  return {
    compared,
    changed,
    moves: moves.all(),
    rows: rows.all(),
    subnets: { came: fresh.subnets, went: gone.subnets },
    nics: nicsOf(before, after, came, went),
    appliances: appliancesOf(before, after, left),
    notCompared: notCompared.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const NOTHING: Pick<TableDiff, "moves" | "rows"> = { moves: [], rows: [] };

function compare(old: AnnotatedRouteTable, now: AnnotatedRouteTable, tags: TagCatalogue | null): TableDiff | UserError {
  try {
    return diffTables(old, now, tags);
  } catch (error) {
    if (error instanceof UserError) return error; // too large
    throw error;
  }
}

function tableOf(member: Member | undefined, { snapshot }: SnapshotSide): RouteTable | null {
  const key = member?.tableKey ?? null;
  return key === null ? null : (snapshot.tables.get(key) ?? null);
}

const moveKey = ({ prefixes, before, after }: TableMove) =>
  JSON.stringify([prefixes, forwardingKey(before), forwardingKey(after)]);

/** Why a pair could not be compared; nothing where neither side could have a table. */
function missing({ before, after }: MemberPair): readonly NotCompared[] {
  const sides = [
    { when: "before", member: before },
    { when: "after", member: after },
  ].filter(({ member }) => member.tableKey === null);
  const failed = sides.some(({ member: { nics } }) =>
    nics.some(({ outcome }) => outcome === "failed" || outcome === "denied"),
  );
  if (sides.length === 2 && !failed) return [];
  const reason = sides.map(({ when, member: { nics } }) => `no table ${when} (${outcomesText(nics)})`).join(", ");
  return [{ name: after.name, reason }];
}
