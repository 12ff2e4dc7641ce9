import { addressOrNull } from "../../net/address.ts";
import { isAppliance, isUnreachableAppliance } from "../../selection/route-kinds.ts";
import { isInScope, missingSubscriptionOf } from "../../topology/coverage.ts";
import type { Member } from "./members.ts";
import type { SnapshotSide } from "./pairs.ts";

/** Names that only one of the snapshots has. */
export interface CameAndWent {
  readonly came: readonly string[];
  readonly went: readonly string[];
}

/** A subnet or a NIC whose tables could not be compared. */
export interface NotCompared {
  readonly name: string;
  readonly reason: string;
}

/** Whether it is a folder of exports, which has only the tables that somebody exported. */
const isFolder = ({ snapshot: { coverage } }: SnapshotSide) => coverage === undefined;

interface Unpaired {
  readonly member: Member;
  readonly reason: string;
}

/**
 * Divides the members that only one snapshot has: the subnets that the other one would have if they existed, and the
 * tables that cannot be compared, because nothing shows that they are gone.
 */
export function alone(
  members: readonly Member[],
  other: SnapshotSide,
  words: { readonly only: string; readonly other: string },
): { readonly subnets: readonly string[]; readonly notCompared: readonly Unpaired[] } {
  const subnets = new Set<string>();
  const notCompared: Unpaired[] = [];
  for (const member of members) {
    const { subnet, tableKey } = member;
    const why = whyLacking(member, other, words);
    if (subnet !== null && why === null) subnets.add(subnet);
    else if (tableKey !== null) notCompared.push({ member, reason: why ?? words.only });
  }
  return { subnets: [...subnets], notCompared };
}

/** Why a snapshot lacks a member that may exist all the same; null where it would have it. */
function whyLacking(
  { nics: [nic] }: Pick<Member, "nics">,
  { snapshot: { coverage } }: SnapshotSide,
  words: { readonly only: string; readonly other: string },
): string | null {
  if (coverage === undefined) return words.only;
  if (nic === undefined) return null;
  const unread = missingSubscriptionOf(nic.id, coverage);
  if (unread !== null) return `subscription ${unread.name ?? unread.id} was not read ${words.other}`;
  return isInScope(nic, coverage) ? null : `not in the scope of the snapshot ${words.other}`;
}

/**
 * The NICs of one snapshot alone that the other one would have if they existed. A folder has only NICs whose own tables
 * were exported, so those whose table is another NIC's are not gone from it.
 */
export function nicsOf(
  before: SnapshotSide,
  after: SnapshotSide,
  came: readonly Member[],
  went: readonly Member[],
): CameAndWent {
  // Exports in folders are compared by name, which pairMembers has done.
  if (isFolder(before) && isFolder(after)) return { came: came.map(nameOf), went: went.map(nameOf) };
  const missing = (side: SnapshotSide, other: SnapshotSide, members: readonly Member[]) => {
    const known = new Set(other.snapshot.nics.map(({ id }) => id.toLowerCase()));
    const unpaired = new Set(members.flatMap(({ nics }) => nics));
    return side.snapshot.nics
      .filter((nic) => {
        if (known.has(nic.id.toLowerCase())) return false;
        if (isFolder(other)) return unpaired.has(nic) && nic.tableKey !== null && nic.standInId === null;
        if (nic.id === nic.name) return unpaired.has(nic);
        return whyLacking({ nics: [nic] }, other, { only: "", other: "" }) === null;
      })
      .map(nameOf);
  };
  return { came: missing(after, before, came), went: missing(before, after, went) };
}

const nameOf = ({ name }: { readonly name: string }) => name;

/** The next hops of the routes to appliances that only one side has, without the tables that were not compared. */
export function appliancesOf(before: SnapshotSide, after: SnapshotSide, notCompared: ReadonlySet<Member>): CameAndWent {
  const [old, now] = [before, after].map((side) => applianceHops(side, notCompared));
  return difference(old ?? new Set(), now ?? new Set());
}

function applianceHops({ members, snapshot }: SnapshotSide, notCompared: ReadonlySet<Member>): ReadonlySet<string> {
  const found = new Set<string>();
  const compared = members.all.filter((member) => !notCompared.has(member));
  for (const key of new Set(compared.flatMap(({ tableKey }) => tableKey ?? []))) {
    for (const route of snapshot.tables.get(key)?.routes ?? []) {
      if (!isAppliance(route) && !isUnreachableAppliance(route)) continue;
      for (const address of route.nextHopIpAddress) if (addressOrNull(address) !== null) found.add(address);
    }
  }
  return found;
}

const difference = (old: ReadonlySet<string>, now: ReadonlySet<string>): CameAndWent => ({
  came: [...now].filter((each) => !old.has(each)),
  went: [...old].filter((each) => !now.has(each)),
});
