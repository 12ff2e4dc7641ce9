import { idKey } from "../../topology/resource-id.ts";
import type { Snapshot } from "../../topology/snapshot.ts";
import { groupedBy } from "./grouped-by.ts";
import type { Member, Members } from "./members.ts";

/** A snapshot, and what its tables answer for. */
export interface SnapshotSide {
  readonly snapshot: Snapshot;
  readonly members: Members;
}

/** The same subnet, or the same NIC, in two snapshots. */
export interface MemberPair {
  readonly before: Member;
  readonly after: Member;
}

/** The members that two snapshots have in common, and those of one alone. */
export interface Pairs {
  readonly pairs: readonly MemberPair[];
  readonly came: readonly Member[];
  readonly went: readonly Member[];
}

/**
 * Pairs subnets and NICs by their ids. Where the NICs of a subnet differ in one snapshot and not in the other, each of
 * them is paired with the subnet. Exports in folders have no ids: their names are compared, also without words such as
 * `before` and `post`, where that is unambiguous; beside a snapshot with the names of its NICs and VMs. Cost: linear in
 * the NICs.
 */
export function pairMembers(before: SnapshotSide, after: SnapshotSide): Pairs {
  const findBefore = finder(before.members.all);
  const pairs: MemberPair[] = [];
  const paired = new Set<Member>();
  const add = (old: Member, now: Member) => {
    pairs.push({ before: old, after: now });
    paired.add(old).add(now);
  };
  for (const now of after.members.all) {
    const old = findBefore(now);
    if (old !== null) add(old, now);
  }
  const findAfter = finder(after.members.all);
  for (const old of before.members.all) {
    const now = paired.has(old) ? null : findAfter(old);
    if (now !== null) add(old, now);
  }
  const [went, came] = [before, after].map(({ members }) => members.all.filter((member) => !paired.has(member)));
  for (const [old, now] of byPlainName(went ?? [], came ?? [])) add(old, now);
  for (const [old, now] of byMachine(before, after, paired)) add(old, now);
  for (const [now, old] of byMachine(after, before, paired)) add(old, now);
  const alone = (members: readonly Member[] = []) => members.filter((member) => !paired.has(member));
  return { pairs, came: alone(came), went: alone(went) };
}

/** Returns a function that finds a member of the other snapshot: by its id, by its NIC, by its subnet. */
function finder(members: readonly Member[]): (wanted: Member) => Member | null {
  const byId = new Map(members.map((member) => [member.id.toLowerCase(), member]));
  const byNic = new Map(members.flatMap((member) => member.nics.map(({ id }) => [id.toLowerCase(), member] as const)));
  return (wanted) => {
    const id = wanted.id.toLowerCase();
    const subnetId = wanted.nics[0]?.subnetId?.toLowerCase() ?? "";
    return byId.get(id) ?? byNic.get(id) ?? byId.get(subnetId) ?? null;
  };
}

/** Words that tell one capture from another, and not one machine from another. */
const WHEN = /^(pre|post|before|during|after|old|new|\d{1,3})$/i;

/** What happened before or after a capture: `post-fault`, `pre-upgrade`. */
const EVENT = /^(fault|failover|failback|recovery|change|upgrade|migration|maintenance)$/i;
const BESIDE_EVENT = /^(pre|post|before|during|after)$/i;

const plainName = (name: string) =>
  name
    .split(/[-_. ]/)
    .filter((word, at, words) => !WHEN.test(word) && !(EVENT.test(word) && BESIDE_EVENT.test(words[at - 1] ?? "")))
    .join("-")
    .toLowerCase();

function byPlainName(went: readonly Member[], came: readonly Member[]): readonly (readonly [Member, Member])[] {
  const ofFiles = (members: readonly Member[]) => groupedBy(members.filter(isNameOnly), ({ name }) => plainName(name));
  const others = ofFiles(came);
  return [...ofFiles(went)].flatMap(([name, [old, another]]) => {
    const [now, second] = others.get(name) ?? [];
    const isOne = name !== "" && another === undefined && second === undefined;
    return old !== undefined && now !== undefined && isOne ? [[old, now] as const] : [];
  });
}

/** Whether it is a table in a folder, known only by its name. */
const isNameOnly = ({ id, name }: Pick<Member, "id" | "name">) => id === name;

/** Pairs the tables of a folder with the only NIC, or the only VM, that a snapshot has by that name. */
function byMachine(
  folder: SnapshotSide,
  { snapshot: { topology }, members }: SnapshotSide,
  paired: ReadonlySet<Member>,
): readonly (readonly [Member, Member])[] {
  const open = folder.members.all.filter((member) => isNameOnly(member) && !paired.has(member));
  if (open.length === 0) return [];
  const owners = members.all.flatMap((member) =>
    isNameOnly(member) ? [] : member.nics.map(({ id, name }) => ({ member, id: idKey(id), name })),
  );
  const byId = new Map(owners.map(({ id, member }) => [id, member]));
  const machines = (topology?.virtualMachines ?? []).flatMap(({ name, nicIds: [first] }) => {
    const member = first === undefined ? undefined : byId.get(idKey(first));
    return member === undefined ? [] : [{ name, member }];
  });
  const [byNic, byVm] = [owners, machines].map((named) => groupedBy(named, ({ name }) => plainName(name)));
  const names = groupedBy(open, ({ name }) => plainName(name));
  return [...names].flatMap(([name, [own, second]]) => {
    const [found, another] = byNic?.get(name) ?? byVm?.get(name) ?? [];
    const isOne = own !== undefined && second === undefined && found !== undefined && another === undefined;
    return isOne ? [[own, found.member] as const] : [];
  });
}
