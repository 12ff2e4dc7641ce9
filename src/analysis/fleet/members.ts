import { formatPrefix } from "../../net/prefix.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import { nicName } from "../../routes/nic-name.ts";
import type { Outcome, Snapshot, SnapshotNic } from "../../topology/snapshot.ts";
import { groupedBy } from "./grouped-by.ts";
import { distinctNames, endsOf, nicParts, subnetParts } from "./member-names.ts";

/**
 * NICs of a snapshot that have one route table: those of a subnet, since Azure computes the same routes for all NICs of
 * a subnet; or a single one where its subnet is unknown, or where the subnet's NICs have different tables.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
 */
export interface Member {
  readonly kind: "subnet" | "nic";
  /** `network/subnet`, or the NIC's name; unique in the snapshot, with the resource group where it needs one. */
  readonly name: string;
  /** The resource id of the subnet or the NIC. */
  readonly id: string;
  /** The name of the subnet; null where it is unknown. */
  readonly subnet: string | null;
  readonly nics: readonly SnapshotNic[];
  /** The NIC that Azure computed the table for; null without a table. */
  readonly answeredBy: SnapshotNic | null;
  /** The key of the table in the snapshot; null without a table. */
  readonly tableKey: string | null;
}

/** A distinct table of a snapshot, and everything that it answers for. */
export interface MemberTable {
  readonly key: string;
  readonly table: RouteTable;
  readonly members: readonly Member[];
}

/** A snapshot by what its tables answer for. */
export interface Members {
  /** In alphabetical order. */
  readonly all: readonly Member[];
  /** Those without a table. */
  readonly withoutTable: readonly Member[];
  /** The names of subnets whose NICs have different tables. Their members are NICs. */
  readonly divided: readonly string[];
}

/** Returns what the tables of a snapshot answer for. Cost: linear in the NICs, and a sort. */
export function membersOf(snapshot: Snapshot): Members {
  const bySubnet = groupedBy(snapshot.nics, ({ id, subnetId }) => (subnetId ?? `nic ${id}`).toLowerCase());
  const groups = [...bySubnet.values()];
  const subnets = groups.filter(([nic]) => nic?.subnetId !== null);
  const subnetNames = distinctNames(subnets.map(([nic]) => endsOf(subnetParts(nic?.subnetId ?? ""), 2)));
  const names = new Map(subnets.map((group, at) => [group, subnetNames[at] ?? ""]));
  const nicNames = namesOfNics(snapshot.nics);
  const divided: string[] = [];
  const all = groups.flatMap((nics): Member[] => {
    const subnet = names.get(nics) ?? null;
    const tables = tablesOf(nics, snapshot);
    if (subnet !== null && tables.length < 2) return [subnetMember(subnet, nics, tables[0])];
    if (subnet !== null) divided.push(subnet);
    const known = new Set(tables.flatMap((own) => own.nics));
    return [
      ...tables.map((own) => nicMember(own.first, own.nics, subnet, nicNames, own.key)),
      ...nics.filter((nic) => !known.has(nic)).map((nic) => nicMember(nic, [nic], subnet, nicNames, null)),
    ];
  });
  all.sort(byName);
  return { all, withoutTable: all.filter(({ tableKey }) => tableKey === null), divided: divided.sort() };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);

/** Returns a name for each NIC that no other has. */
function namesOfNics(nics: readonly SnapshotNic[]): ReadonlyMap<SnapshotNic, string> {
  const names = distinctNames(
    nics.map(({ id, name }) => (id === name ? [name] : endsOf(nicParts(id, nicName(id)), 1))),
  );
  return new Map(nics.map((nic, at) => [nic, names[at] ?? nic.name]));
}

/** The NICs of a subnet that have one table. */
interface NicsOfTable {
  readonly key: string;
  /** One that the table is its own, not a stand-in's. */
  readonly first: SnapshotNic;
  readonly nics: readonly SnapshotNic[];
}

/** Returns the distinct tables of a subnet's NICs. Tables with the same rows in another order are one. */
function tablesOf(nics: readonly SnapshotNic[], { tables }: Snapshot): readonly NicsOfTable[] {
  const byKey = [...groupedBy(nics, ({ tableKey }) => tableKey)].flatMap(([key, own]) => {
    const first = own.find(({ standInId }) => standInId === null) ?? own[0];
    return key === null || first === undefined || !tables.has(key) ? [] : [{ key, first, nics: own }];
  });
  if (byKey.length < 2) return byKey;
  return [...groupedBy(byKey, ({ key }) => rowsText(tables.get(key))).values()].flatMap((equal) => {
    const [first] = equal;
    return first === undefined ? [] : [{ ...first, nics: equal.flatMap((each) => each.nics) }];
  });
}

/** Returns a text that is the same for tables with the same rows. */
function rowsText(table: RouteTable | undefined): string {
  const rows = (table?.routes ?? []).map((route) =>
    JSON.stringify([
      route.source,
      route.state,
      route.nextHopType,
      route.name,
      route.addressPrefix.map(formatPrefix).sort(),
      [...route.nextHopIpAddress].sort(),
    ]),
  );
  return rows.sort().join("\n");
}

function subnetMember(name: string, nics: readonly SnapshotNic[], table: NicsOfTable | undefined): Member {
  const id = nics[0]?.subnetId ?? name;
  const answeredBy = table?.first ?? null;
  return { kind: "subnet", name, id, subnet: name, nics, answeredBy, tableKey: table?.key ?? null };
}

function nicMember(
  nic: SnapshotNic,
  nics: readonly SnapshotNic[],
  subnet: string | null,
  names: ReadonlyMap<SnapshotNic, string>,
  tableKey: string | null,
): Member {
  const name = names.get(nic) ?? nic.name;
  return { kind: "nic", name, id: nic.id, subnet, nics, answeredBy: tableKey === null ? null : nic, tableKey };
}

/** Yields each distinct table with its members, in the order of the first ones. */
export function* memberTables({ all }: Members, { tables }: Snapshot): Generator<MemberTable> {
  for (const [key, members] of groupedBy(all, ({ tableKey }) => tableKey)) {
    const table = key === null ? undefined : tables.get(key);
    if (key !== null && table !== undefined) yield { key, table, members };
  }
}

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  ok: "read",
  stopped: "stopped",
  unattached: "unattached",
  "no-api": "without an API",
  denied: "denied",
  failed: "failed",
};

/** Returns how many NICs have which outcome: `2 stopped, 1 failed`; for a single one its outcome. */
export function outcomesText(nics: readonly SnapshotNic[]): string {
  const counts = groupedBy(nics, ({ outcome }) => outcome);
  const [only, other] = nics;
  if (only !== undefined && other === undefined) return OUTCOME_WORDS[only.outcome];
  return [...counts].map(([outcome, own]) => `${own.length} ${OUTCOME_WORDS[outcome]}`).join(", ");
}
