import { parseAddress } from "../../net/address.ts";
import { type AddressRange, intersectionOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { explain } from "../../selection/explain.ts";
import { isDefault, isVnetLocal } from "../../selection/route-kinds.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { firstOf } from "../../text/first-of.ts";
import { same } from "../../text/same.ts";
import { countAddresses, describeAddresses } from "../destinations/address-counts.ts";
import type { ResultSize } from "../destinations/result-size.ts";
import { addressesOf } from "./judged-addresses.ts";
import { notJudged } from "./not-judged.ts";
import type { SymmetricRule, SymmetricSide } from "./policy.ts";
import { type CounterExample, type PolicyResult, type PolicySubject, ruleHead } from "./result.ts";
import { type Hop, hopsTo } from "./symmetry-hops.ts";

/** A table and the addresses behind it. */
interface Side {
  readonly subject: PolicySubject;
  readonly ranges: readonly AddressRange[];
}

/**
 * Checks the rule for every pair of its tables: for any address of one side and any address of the other, a packet and
 * its reply take the same next hop. Routes depend on the destination only, so it is enough to compare each next hop of
 * one direction with each of the other. Equal-cost next hops are not symmetric, even if both tables list the same ones:
 * Azure does not guarantee symmetric flows over them. `given`: the names of all tables, also of those that
 * are not in `subjects`.
 * https://learn.microsoft.com/azure/virtual-wan/how-to-routing-policies
 */
export function* checkSymmetry(
  rule: SymmetricRule,
  subjects: readonly PolicySubject[],
  tags: TagCatalogue | null,
  size: ResultSize,
  given: readonly string[],
): Generator<PolicyResult> {
  const sides = rule.sides === null ? sidesByNetwork(subjects) : namedSides(rule.sides, subjects, tags, given);
  if (typeof sides === "string") {
    const tables = subjects.map(({ name }) => name);
    yield notJudged(rule, tables, sides);
    return;
  }
  for (const [at, one] of sides.entries()) {
    for (const other of sides.slice(at + 1)) yield checkPair(rule, one, other, tags, size);
  }
}

function sidesByNetwork(subjects: readonly PolicySubject[]): Side[] | string {
  if (subjects.length < 2) return "a symmetric rule needs two tables, and one was given";
  return subjects.map((subject) => ({ subject, ranges: networkOf(subject) }));
}

/** Returns the address space of the NIC's network: the prefixes of its VnetLocal system routes, Active or Invalid. */
function networkOf({ table }: PolicySubject): AddressRange[] {
  const own = table.routes.filter((route) => isDefault(route) && isVnetLocal(route));
  return unionOf(own.flatMap(({ addressPrefix }) => addressPrefix.map(rangeOf)));
}

function namedSides(
  sides: readonly SymmetricSide[],
  subjects: readonly PolicySubject[],
  tags: TagCatalogue | null,
  given: readonly string[],
): Side[] | string {
  const found: Side[] = [];
  for (const { table, addresses } of sides) {
    const exact = subjects.filter(({ name }) => same(name, table));
    const meant = exact.length > 0 ? exact : subjects.filter(({ name }) => same(shortName(name), table));
    const [subject] = meant;
    if (subject === undefined) return `no table named '${table}' is given: ${namesText(given)}`;
    if (meant.length > 1) return `several tables are named ${table}: ${meant.map(({ name }) => name).join(", ")}`;
    if (found.some((side) => side.subject === subject)) return `${table} names the same table as another side`;
    found.push({ subject, ranges: addressesOf(addresses, tags) });
  }
  return found;
}

/**
 * Returns the last part of a path, an id or a `nic:NAME`, without a file extension: `spoke1` for `tables/spoke1.json`.
 */
function shortName(name: string): string {
  return name.replace(/^.*[\\/:]/s, "").replace(FILE_EXTENSION, "");
}

/** Only extensions of exports: names of resources may have dots too. */
const FILE_EXTENSION = /\.(?:jsonl?|csv|tsv|txt|log|ya?ml|md|markdown|html?)$/i;

/** The most names in a reason. */
const MOST_NAMES = 10;

/** Tables with the same short name have their whole names. */
function namesText(given: readonly string[]): string {
  const short = given.map(shortName);
  const isShared = new Set(short.filter((name, at) => short.indexOf(name) !== at));
  const names = given.map((name) => (isShared.has(shortName(name)) ? name : shortName(name)));
  return `there ${given.length === 1 ? "is" : "are"} ${firstOf(names, MOST_NAMES)}`;
}

function checkPair(
  rule: SymmetricRule,
  one: Side,
  other: Side,
  tags: TagCatalogue | null,
  size: ResultSize,
): PolicyResult {
  const tables = [one.subject.name, other.subject.name] as const;
  const empty = [one, other].find(({ ranges }) => ranges.length === 0);
  if (empty !== undefined) {
    return notJudged(rule, tables, `${empty.subject.name} has no virtual network route, so its addresses are unknown`);
  }
  if (intersectionOf(one.ranges, other.ranges).length > 0) {
    const hint = rule.sides === null ? "; name the tables and the subnets behind them" : "";
    return notJudged(rule, tables, `the addresses of ${tables.join(" and ")} overlap${hint}`);
  }
  const pairs: { readonly there: Hop; readonly back: Hop }[] = [];
  const coming = hopsTo(one.ranges, other.subject);
  for (const there of hopsTo(other.ranges, one.subject)) {
    for (const back of coming) {
      if (isSymmetric(there, back)) continue;
      size.addGroup();
      pairs.push({ there, back });
    }
  }
  // A next hop can be in many pairs. It is described once.
  const hops = new Set(pairs.flatMap(({ there, back }) => [there, back]));
  const routedThere = routedOnce(one, tags, size);
  const routedBack = routedOnce(other, tags, size);
  return {
    rule: ruleHead(rule),
    tables,
    status: pairs.length > 0 ? "violated" : "holds",
    reason: null,
    addresses: countAddresses([...one.ranges, ...other.ranges]),
    violating: countAddresses([...hops].flatMap(({ ranges }) => ranges)),
    leftOut: [],
    counterExamples: pairs.map(({ there, back }) => ({
      ...routedThere(there),
      mismatches: [asymmetryText(there, back, tables)],
      back: routedBack(back),
    })),
    inventory: null,
    reach: null,
  };
}

/**
 * Whether both directions take the same next hop. The reply to an IPv4 packet is IPv4, so only one family is compared.
 */
function isSymmetric(there: Hop, back: Hop): boolean {
  return there.family !== back.family || (there.key === back.key && !there.shared);
}

function asymmetryText(there: Hop, back: Hop, [one, other]: readonly [string, string]): string {
  if (there.key === back.key)
    return `${there.text} in both directions, but each direction chooses among them independently`;
  return `${there.text} from ${one} to ${other}, ${back.text} on the return path`;
}

type Routed = Omit<CounterExample, "mismatches" | "back">;

/** Returns a function that describes the addresses behind a next hop, once for each hop. */
function routedOnce({ subject }: Side, tags: TagCatalogue | null, size: ResultSize): (hop: Hop) => Routed {
  const known = new Map<Hop, Routed>();
  return (hop) => {
    const found = known.get(hop);
    if (found !== undefined) {
      size.addPrefixes(found.prefixes.length); // Its text is printed again.
      return found;
    }
    const group = describeAddresses(hop.ranges, size);
    const explanation = explain(subject.annotated, parseAddress(group.example), tags);
    const routed = { table: subject.name, ...group, explanation };
    known.set(hop, routed);
    return routed;
  };
}
