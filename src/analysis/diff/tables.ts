import { type AddressRange, differenceOf, meets, unionOf } from "../../net/address-ranges.ts";
import { privateRanges } from "../../net/address-scope.ts";
import type { Family } from "../../net/read-address.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import { type Certainty, certaintyOf, leastSure } from "../../selection/certainty.ts";
import type { Decision } from "../../selection/decision.ts";
import { isInternet } from "../../selection/route-kinds.ts";
import { ruleOf } from "../../selection/rules.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { UserError } from "../../text/user-error.ts";
import { ForwardingTable } from "../bulk/forwarding-table.ts";
import {
  type AddressCounts,
  type AddressGroup,
  countAddresses,
  describeAddresses,
  largerFirst,
} from "../destinations/address-counts.ts";
import type { DecidingRule } from "../destinations/outcome.ts";
import { ResultSize } from "../destinations/result-size.ts";
import { type Forwarding, forwardingKey, forwardingOf } from "./forwarding.ts";
import { type GroupServiceTags, tagsOfGroups } from "./group-tags.ts";
import { type RowChange, rowChanges } from "./rows.ts";

/** A winning row of a move. */
interface MoveRoute {
  readonly source: string;
  readonly name: string | null;
}

/** Where the addresses of a move go before or after, and the rows that send them there. */
export interface MoveSide extends Forwarding {
  /** The winning rows, each source and name once; empty for `platform` and `no-route`. */
  readonly routes: readonly MoveRoute[];
  /** The rules that decide. */
  readonly rules: readonly DecidingRule[];
  /** The lowest certainty of all decisions. */
  readonly certainty: Certainty;
  /** How many of the addresses are private ones that go to Internet, which does not deliver them. */
  readonly undelivered: "none" | "some" | "all";
}

/** Addresses with the same forwarding before and the same, different forwarding after. */
export interface TableMove extends AddressGroup {
  readonly before: MoveSide;
  readonly after: MoveSide;
  /** Null without tags. */
  readonly serviceTags: GroupServiceTags | null;
}

/** The differences between two tables. */
export interface TableDiff {
  /** Number of addresses that move. */
  readonly moved: AddressCounts;
  /**
   * Every address that moves is in exactly one. Sorted by most IPv4 addresses, most IPv6 addresses, lowest first
   * address.
   */
  readonly moves: readonly TableMove[];
  /** The rows that differ. Rows without moved addresses (`addressesMoved` is false) come last. */
  readonly rows: readonly RowChange[];
}

/** The most prefixes of both tables together. The decisions of more may not fit in a heap of 256 MB. */
const MOST_PREFIXES = 50_000;

const HINT = "compare tables with fewer routes";

interface MoveGroup {
  readonly before: Set<Decision>;
  readonly after: Set<Decision>;
  readonly ranges: AddressRange[];
}

/**
 * Compares two tables over the whole address space of both families. An address moves if its verdict differs (forward,
 * drop, no-route); if both tables forward it and the set of next hops differs (type and address); or if the tag or
 * endpoint of its service endpoint route differs, provided both tables are annotated with tags. It does not move if
 * another row sends it to the same next hop, or if it is dropped and the row lists another appliance. Cost: linear in
 * the pieces of both tables and, with `tags`, in the prefixes of the tag file.
 * @throws UserError if the tables or the result are too large.
 */
export function diffTables(
  before: AnnotatedRouteTable,
  after: AnnotatedRouteTable,
  tags: TagCatalogue | null,
): TableDiff {
  refuseTooMany(before, after);
  const withTags = before.serviceTagFile !== null && after.serviceTagFile !== null;
  const keyBefore = forwardingKeys(before, withTags);
  const keyAfter = forwardingKeys(after, withTags);
  const old = new ForwardingTable(before.table.routes);
  const now = new ForwardingTable(after.table.routes);
  const gathered = new Map<string, MoveGroup>();
  for (const family of [4, 6] as const) {
    for (const piece of overlay(old, now, family)) {
      const from = keyBefore(piece.before);
      const to = keyAfter(piece.after);
      if (from === to) continue;
      const key = `${from} ${to}`;
      let group = gathered.get(key);
      if (group === undefined) {
        group = { before: new Set(), after: new Set(), ranges: [] };
        gathered.set(key, group);
      }
      group.before.add(piece.before);
      group.after.add(piece.after);
      group.ranges.push({ family, first: piece.first, last: piece.last });
    }
  }
  const groups = [...gathered.values()]
    .map((group) => ({ ...group, ranges: unionOf(group.ranges) }))
    .sort((a, b) => largerFirst(a.ranges, b.ranges));
  const moved = unionOf(groups.flatMap(({ ranges }) => ranges));
  const serviceTags =
    tags === null
      ? null
      : tagsOfGroups(
          groups.map(({ ranges }) => ranges),
          tags,
        );
  const size = new ResultSize({ prefixes: 1_000_000, groups: 100_000, name: "moves", hint: HINT });
  return {
    moved: countAddresses(moved),
    moves: groups.map((group, at) => {
      size.addGroup();
      return {
        ...describeAddresses(group.ranges, size),
        before: sideOf([...group.before], group.ranges, before, withTags),
        after: sideOf([...group.after], group.ranges, after, withTags),
        serviceTags: serviceTags?.[at] ?? null,
      };
    }),
    rows: rowChanges(before.routes, after.routes, moved),
  };
}

/** Rejects tables that would fill the memory. A row counts at least once. */
function refuseTooMany(...tables: readonly AnnotatedRouteTable[]): void {
  let prefixes = 0;
  for (const { table } of tables) {
    for (const { addressPrefix } of table.routes) prefixes += Math.max(1, addressPrefix.length);
  }
  if (prefixes <= MOST_PREFIXES) return;
  const message = `the two tables have more than ${MOST_PREFIXES.toLocaleString("en")} prefixes together`;
  throw new UserError("tables-too-large", message, HINT);
}

/** Consecutive addresses with the same decision in each of two tables. */
interface OverlaidPiece extends AddressRange {
  readonly before: Decision;
  readonly after: Decision;
}

/**
 * Yields the overlaid pieces of two tables, in order. Each address of the family is in exactly one. Cost: linear in
 * both tables.
 */
export function* overlay(before: ForwardingTable, after: ForwardingTable, family: Family): Generator<OverlaidPiece> {
  const left = before.pieces(family);
  const right = after.pieces(family);
  let a = left.next();
  let b = right.next();
  let first = 0n;
  while (a.done !== true && b.done !== true) {
    let { last } = a.value;
    if (last > b.value.last) last = b.value.last;
    yield { family, first, last, before: a.value.decision, after: b.value.decision };
    first = last + 1n;
    if (a.value.last === last) a = left.next();
    if (b.value.last < first) b = right.next();
  }
}

/** Returns a function from a decision to its forwarding key. Caches by identity. */
function forwardingKeys(annotated: AnnotatedRouteTable, withTags: boolean): (decision: Decision) => string {
  const known = new Map<Decision, string>();
  return (decision) => {
    let key = known.get(decision);
    if (key === undefined) {
      key = forwardingKey(forwardingOf(decision, annotated, withTags));
      known.set(decision, key);
    }
    return key;
  };
}

function sideOf(
  decisions: readonly Decision[],
  ranges: readonly AddressRange[],
  annotated: AnnotatedRouteTable,
  withTags: boolean,
): MoveSide {
  const first = decisions[0];
  if (first === undefined) throw new RangeError("a move without decisions");
  const routes = new Map<string, MoveRoute>();
  const rules = new Map<string, DecidingRule>();
  for (const decision of decisions) {
    for (const { route } of decision.winners) {
      routes.set(`${route.source} ${route.name}`, { source: route.source, name: route.name });
    }
    const { id, status, source } = ruleOf(decision.rule);
    rules.set(id, { id, status, source });
  }
  return {
    ...forwardingOf(first, annotated, withTags),
    routes: [...routes.values()],
    rules: [...rules.values()],
    certainty: leastSure(decisions.map(certaintyOf)),
    undelivered: first.winners.some(({ route }) => isInternet(route)) ? privateShare(ranges) : "none",
  };
}

function privateShare(ranges: readonly AddressRange[]): MoveSide["undelivered"] {
  if (!meets(ranges, privateRanges())) return "none";
  return differenceOf(ranges, privateRanges()).length === 0 ? "all" : "some";
}
