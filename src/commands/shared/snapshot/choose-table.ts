import { type Member, outcomesText } from "../../../analysis/fleet/members.ts";
import { memberName } from "../../../analysis/fleet/summary.ts";
import type { RouteTable } from "../../../routes/effective-route.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { firstOf } from "../../../text/first-of.ts";
import { lastPart } from "../../../text/last-part.ts";
import { nearNames } from "../../../text/near-names.ts";
import { quotedText } from "../../../text/quoted-text.ts";
import { same } from "../../../text/same.ts";
import { UserError } from "../../../text/user-error.ts";
import type { Outcome } from "../../../topology/snapshot.ts";
import type { SnapshotOptions } from "./given-snapshot.ts";
import { type LoadedSnapshot, type LoadOptions, loadSnapshot } from "./load-snapshot.ts";
import { factsOf } from "./subnet-facts.ts";

/**
 * The table of one subnet or NIC of a snapshot, with what the snapshot knows of its subnet; the only one where none is
 * named.
 * @throws UserError for an unknown name, for one without a table, and where several tables are meant.
 */
export async function tableInSnapshot(
  path: string,
  options: SnapshotOptions & LoadOptions,
  terminal: Terminal,
): Promise<RouteTable> {
  const loaded = await loadSnapshot(path, options, terminal);
  const { subnet } = options;
  const nic = options.nic ?? options.table;
  const member =
    subnet !== undefined ? ofSubnet(subnet, loaded) : nic !== undefined ? ofNic(nic, loaded) : onlyOne(loaded, path);
  const table = member.tableKey === null ? undefined : loaded.snapshot.tables.get(member.tableKey);
  if (table === undefined) throw withoutTable(member, loaded);
  const { answeredBy } = member;
  if (table.origin.kind !== "snapshot" || answeredBy === null) return table;
  const origin = { ...table.origin, name: answeredBy.id, fetchedAt: answeredBy.fetchedAt };
  const own = { ...table, origin, ...factsOf(member, loaded.snapshot.topology) };
  const { id, name, standInId, outcome } = answeredBy;
  if (standInId === null) return own;
  const { withStandIn } = await import("../../../routes/stand-in.ts");
  const whole = withStandIn(own, id, standInId, `${name} ${WHY[outcome]}`, outcome !== "ok");
  terminal.note(whole.origin.note);
  return whole;
}

/** Why a NIC has no table of its own. */
const WHY: Readonly<Record<Outcome, string>> = {
  ok: "was not asked, because all NICs of a subnet have the same routes",
  stopped: "is stopped, and Azure computes routes only for VMs that run",
  unattached: "has no VM, and Azure computes routes only for VMs that run",
  "no-api": "is a NIC for which Azure has no effective routes",
  denied: "could not be read with your role",
  failed: "could not be read",
};

/** `app` also names `hub/app` where no other subnet is called so. */
function ofSubnet(wanted: string, { members: { all }, word }: LoadedSnapshot): Member {
  const subnets = all.filter(({ subnet }) => subnet !== null);
  const [member, other] = firstFound(
    subnets.filter((each) => same(each.id, wanted) || same(each.subnet ?? "", wanted)),
    subnets.filter(({ subnet }) => same(lastPart(subnet ?? ""), wanted)),
  );
  if (member === undefined) {
    if (subnets.length === 0) {
      const hint = "choose a table by its name: --nic NAME";
      throw new UserError("unknown-subnet", "this folder does not say which subnets its tables are of", hint);
    }
    throw unknown("subnet", wanted, word, [...new Set(subnets.map(({ subnet }) => subnet ?? ""))]);
  }
  if (other === undefined) return member;
  const found = subnets.filter(({ subnet }) => same(subnet ?? "", member.subnet ?? ""));
  if (found.length > 1) {
    const message = `the NICs of ${quotedText(member.name, 40)} have different tables`;
    throw several(
      message,
      "--nic",
      found.map(({ name }) => name),
    );
  }
  const names = subnets.filter((each) => same(lastPart(each.subnet ?? ""), wanted)).map(({ name }) => name);
  throw several(`${names.length} subnets are named '${quotedText(wanted, 40)}'`, "--subnet", names);
}

/** A NIC's own table, or that of the NIC that answers for its subnet. */
function ofNic(wanted: string, { members: { all }, snapshot: { nics }, word }: LoadedSnapshot): Member {
  const found = all.flatMap((member) =>
    member.nics
      .filter(
        ({ id, name }) =>
          same(id, wanted) || same(name, wanted) || (member.kind === "nic" && same(member.name, wanted)),
      )
      .map((nic) => ({ member, nic })),
  );
  const [first, other] = found;
  if (first === undefined) throw unknown("nic", wanted, word, [...new Set(nics.map(({ name }) => name))]);
  if (other !== undefined) {
    const ids = found.map(({ nic }) => nic.id);
    throw several(`${found.length} NICs are named '${quotedText(wanted, 40)}'`, "--nic", ids);
  }
  return { ...first.member, answeredBy: first.member.tableKey === null ? null : first.nic };
}

function onlyOne({ members: { all } }: LoadedSnapshot, path: string): Member {
  const tables = new Set(all.map(({ tableKey }) => tableKey));
  const [only] = all;
  if (only !== undefined && tables.size === 1) return only;
  const names = all.map(({ name }) => name);
  const bySubnet = all.some(({ subnet }) => subnet !== null);
  throw several(
    `${quotedText(path, 40)} has the tables of ${all.length} ${bySubnet ? "subnets" : "NICs"}`,
    bySubnet ? "--subnet" : "--nic",
    names,
  );
}

/** The first list that is not empty. */
const firstFound = <T>(...lists: readonly (readonly T[])[]): readonly T[] =>
  lists.find((list) => list.length > 0) ?? [];

/** The most names that a message lists. */
const MOST_NAMES = 20;

function listOf(names: readonly string[]): string {
  const texts = names.map((name) => quotedText(name, 100));
  return firstOf(texts, MOST_NAMES);
}

function unknown(
  kind: "subnet" | "nic",
  wanted: string,
  word: LoadedSnapshot["word"],
  names: readonly string[],
): UserError {
  const what = kind === "subnet" ? "subnet" : "NIC";
  const [near] = nearNames(wanted, names);
  const hint = near === undefined ? `it has: ${listOf(names)}` : `did you mean --${kind} ${quotedText(near, 100)}?`;
  return new UserError(`unknown-${kind}`, `the ${word} has no ${what} '${quotedText(wanted, 40)}'`, hint, "usage", {
    correction: near === undefined ? null : { words: [wanted], instead: [near] },
  });
}

function several(message: string, flag: "--subnet" | "--nic", names: readonly string[]): UserError {
  const [first = "NAME"] = names;
  return new UserError(
    "several-tables",
    `${message}\n${listOf(names)}`,
    `choose one: ${flag} ${quotedText(first, 100)}`,
  );
}

function withoutTable(member: Member, { word }: LoadedSnapshot): UserError {
  const { name } = memberName(member);
  const error = member.nics.find((nic) => nic.error !== null)?.error ?? null;
  const why = error === null ? outcomesText(member.nics) : `${outcomesText(member.nics)}: ${error.message}`;
  return new UserError(
    "member-without-table",
    `${quotedText(name, 40)} has no table in the ${word}`,
    `${quotedText(why, 200)}; ${word === "folder" ? "export it" : "take the snapshot"} again when its VM runs`,
  );
}
