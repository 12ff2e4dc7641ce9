import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { UnreadPart } from "../../topology/snapshot.ts";
import type { Topology } from "../../topology/topology.ts";
import { ForwardingTable } from "../bulk/forwarding-table.ts";
import { checkPolicy } from "../policy/check.ts";
import { TableChecks } from "../policy/expect/check-expect.ts";
import { checkInventory } from "../policy/inventory/check-inventory.ts";
import { inventoryFacts, type SubnetRoutes, subnetRoutes } from "../policy/inventory/facts.ts";
import { requireKnownTags } from "../policy/judged-addresses.ts";
import { requireKnownNextHops } from "../policy/known-next-hops.ts";
import { resultSize } from "../policy/limits.ts";
import { NO_TABLE, notJudged } from "../policy/not-judged.ts";
import {
  type ExpectRule,
  type Policy,
  type PolicyRule,
  policyNeedsInventory,
  policyNeedsTraces,
} from "../policy/policy.ts";
import { policyCheck } from "../policy/policy-check.ts";
import { checkReach } from "../policy/reach/check-reach.ts";
import type { ReachSource } from "../policy/reach/source.ts";
import {
  isOfEachTable,
  type PolicyCheck,
  type PolicyResult,
  type PolicyStatus,
  type PolicySubject,
} from "../policy/result.ts";
import type { TraceData } from "../trace/question.ts";
import type { Member, MemberTable } from "./members.ts";
import type { SnapshotSummary } from "./summary.ts";

/** The tables of a snapshot that a policy is checked against. */
export interface CheckedSnapshot {
  /** Each distinct table. */
  readonly tables: Iterable<MemberTable>;
  readonly summary: SnapshotSummary;
  /** Null where the snapshot has no inventory. */
  readonly topology: Topology | null;
  readonly unreadParts: readonly UnreadPart[] | undefined;
  /** Whether the inventory is made of exports in a folder. */
  readonly isOfExports: boolean;
  /** Everything that is not a table is a source without one, for rules about what is reached. */
  readonly withoutTable: readonly Member[];
  /** What traces are computed from; asked for where the policy needs them. */
  traces(): TraceData;
  annotate(table: MemberTable["table"]): AnnotatedRouteTable;
}

/** More tables than that are not compared by twos. */
const MOST_IN_PAIRS = 60;

/**
 * Checks a policy against every table of a snapshot. Each distinct table is judged once, and equal results of a rule
 * are folded: `tables` of a result names all subnets that have it, each by itself. A symmetric rule is checked with the
 * tables that it names, a rule about the inventory with the topology. What the snapshot lacks is not judged, and then
 * the check does not pass.
 * @throws UserError as `checkPolicy`.
 * Cost: for each rule and distinct table a step per piece of the table in the rule's addresses.
 */
export function checkSnapshot(
  policy: Policy,
  { tables, summary, topology, unreadParts = [], isOfExports, withoutTable, annotate, traces }: CheckedSnapshot,
  tags: TagCatalogue | null,
): PolicyCheck {
  requireKnownTags(policy, tags);
  const rules = policy.rules.filter((rule): rule is ExpectRule => rule.kind === "expect");
  const reaching = policyNeedsTraces(policy);
  const sources: ReachSource[] = reaching ? withoutTable.map((member) => sourceOf(member, false)) : [];
  const others = policy.rules.filter((rule) => rule.kind === "symmetric");
  const needsInventory = topology !== null && policyNeedsInventory(policy);
  const checks = new TableChecks(tags);
  const folds = new ResultFolds();
  const named: MemberTable[] = [];
  const given: string[] = [];
  const routes: SubnetRoutes[] = [];
  const nextHopTypes = new Set<string>();
  const sides = others.map(sidesOf);
  const wanted = sides.some((each) => each === null) ? null : new Set(sides.flatMap((each) => each ?? []));
  for (const each of tables) {
    for (const { nextHopType } of each.table.routes) nextHopTypes.add(nextHopType);
    const annotated = annotate(each.table);
    const subject = {
      name: each.members[0]?.name ?? each.key,
      annotated,
      table: new ForwardingTable(each.table.routes),
    };
    const names = each.members.map(({ name }) => name);
    for (const name of names) given.push(name);
    for (const result of checks.of(rules, subject)) folds.add(result, names);
    if (needsInventory) routes.push(subnetRoutes({ ...subject, subnetIds: subnetIdsOf(each) }));
    if (reaching) for (const member of each.members) sources.push(sourceOf(member, true));
    const own = each.members.filter(
      ({ name }) => wanted === null || wanted.has(name.toLowerCase()) || wanted.has(lastPart(name)),
    );
    if (others.length > 0 && named.length <= MOST_IN_PAIRS && own.length > 0) named.push({ ...each, members: own });
  }
  requireKnownNextHops(policy, nextHopTypes);
  const { unreadSubscriptions } = summary;
  const lacks = { unreadParts, unreadSubscriptions, isOfExports };
  const facts = needsInventory ? inventoryFacts(topology, routes, lacks) : null;
  const unread = unreadSubscriptions.map(({ id, name }) => `subscription ${name ?? id}`);
  const inPairs = symmetric(others, policy, named, annotate, tags, given.sort());
  const missing = summary.complete
    ? []
    : summary.withoutTable.filter(({ outcomes }) => outcomes.some(({ outcome }) => MISSING.has(outcome)));
  const size = resultSize();
  if (reaching) {
    const data = traces();
    const inOrder = sources.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const rule of policy.rules) {
      if (rule.kind !== "reach") continue;
      for (const result of checkReach(rule, inOrder, data, tags, resultSize)) folds.add(result, result.tables);
    }
  }
  const results = policy.rules.flatMap((rule): readonly PolicyResult[] => {
    if (rule.kind === "inventory") return [checkInventory(rule, facts, size)];
    const ofUnread = unread.length === 0 ? [] : [notJudged(rule, unread, "the snapshot could not read it")];
    if (rule.kind === "reach") return [...folds.of(rule), ...ofUnread];
    return [
      ...(rule.kind === "expect" ? folds.of(rule) : inPairs.filter((result) => result.rule.id === rule.id)),
      ...(missing.length === 0
        ? []
        : [
            notJudged(
              rule,
              missing.map(({ name }) => name),
              NO_TABLE,
            ),
          ]),
      ...ofUnread,
    ];
  });
  const check = policyCheck(policy, results, tablesOf);
  return { ...check, passed: summary.complete && check.passed };
}

/** The outcomes of NICs that could have answered. */
const MISSING: ReadonlySet<string> = new Set(["ok", "denied", "failed"]);

/** The subnets of the members. A NIC that differs from others of its subnet does not speak for it. */
const subnetIdsOf = ({ members }: MemberTable): readonly string[] =>
  members.flatMap(({ kind, id }) => (kind === "subnet" ? [id] : []));

const lastPart = (name: string) => name.slice(name.lastIndexOf("/") + 1).toLowerCase();

/** The names that a symmetric rule gives to its tables; null where it means all tables. */
const sidesOf = (rule: PolicyRule): readonly string[] | null =>
  rule.kind === "symmetric" ? (rule.sides?.map(({ table }) => table.toLowerCase()) ?? null) : [];

const sourceOf = ({ name, subnet, nics }: Member, hasTable: boolean): ReachSource => ({
  name,
  subnet,
  nicIds: nics.map(({ id }) => id),
  withoutTable: hasTable ? null : { isGap: nics.some(({ outcome }) => MISSING.has(outcome)) },
});

/** How many tables have a result: those of a rule on two tables count once. */
const tablesOf = (result: PolicyResult) => (isOfEachTable(result) ? Math.max(1, result.tables.length) : 1);

function symmetric(
  rules: readonly PolicyRule[],
  policy: Policy,
  tables: readonly MemberTable[],
  annotate: CheckedSnapshot["annotate"],
  tags: TagCatalogue | null,
  given: readonly string[],
): readonly PolicyResult[] {
  if (rules.length === 0) return [];
  const members = tables.flatMap(({ table, members }) => members.map(({ name }) => ({ name, table })));
  if (members.length > MOST_IN_PAIRS) {
    const reason = `a symmetric rule compares tables in pairs, and there are more than ${MOST_IN_PAIRS}: name its tables`;
    return rules.map((rule) => notJudged(rule, [], reason));
  }
  const subjects = members.map(({ name, table }): PolicySubject => {
    return { name, annotated: annotate(table), table: new ForwardingTable(table.routes) };
  });
  return checkPolicy({ ...policy, rules }, subjects, tags, null, given).results;
}

/** Results of one rule that differ only in the table. */
class ResultFolds {
  readonly #folds = new Map<string, Map<string, { result: PolicyResult; readonly names: string[] }>>();
  readonly #size = resultSize();

  add(result: PolicyResult, names: readonly string[]): void {
    const { id } = result.rule;
    const own = this.#folds.get(id) ?? new Map<string, { result: PolicyResult; readonly names: string[] }>();
    this.#folds.set(id, own);
    const key = keyOf(result);
    const fold = own.get(key);
    if (fold !== undefined) {
      for (const name of names) fold.names.push(name);
      return;
    }
    for (const { prefixes } of [...result.counterExamples, ...(result.reach?.findings ?? [])]) {
      this.#size.addGroup();
      this.#size.addPrefixes(prefixes.length);
    }
    own.set(key, { result, names: [...names] });
  }

  /** Returns the folded results of a rule: violated ones first, those of most tables first. */
  of({ id }: PolicyRule): readonly PolicyResult[] {
    const order: readonly PolicyStatus[] = ["violated", "not-judged", "holds"];
    return [...(this.#folds.get(id)?.values() ?? [])]
      .map(({ result, names }) => ({ ...result, tables: names.sort() }))
      .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || b.tables.length - a.tables.length);
  }
}

/** Results with equal keys are the same but for names of routes and for rows that lost. */
function keyOf(result: PolicyResult): string {
  const { status, reason, addresses, violating, leftOut, counterExamples, reach } = result;
  const examples = counterExamples.map(({ prefixes, explanation: { verdict, winner, certainty }, mismatches }) => {
    const hop = winner && [winner.nextHopType, winner.nextHopIpAddress, winner.addressPrefix];
    return [prefixes, verdict, hop, certainty, mismatches];
  });
  // Each walk starts with a NIC of its own subnet.
  const walks = reach?.findings.map(({ prefixes, disposition, hops, text, mismatches }) => {
    const [own = "", ...others] = hops;
    const withoutOwn = (line: string) => (own === "" ? line : line.replaceAll(own, ""));
    return [prefixes, disposition, others, withoutOwn(text), mismatches.map(withoutOwn)];
  });
  // The reason of what is not known names a walk too.
  const why = reach !== null && reach.findings.length > 0 ? null : reason;
  return JSON.stringify([status, why, addresses, violating, leftOut.map(({ id }) => id), examples, walks]);
}
