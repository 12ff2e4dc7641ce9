import { type AddressRange, unionOf } from "../../net/address-ranges.ts";
import type { Family } from "../../net/read-address.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import { certaintyOf, leastSure } from "../../selection/certainty.ts";
import type { Decision } from "../../selection/decision.ts";
import type { Certainty } from "../../selection/explanation.ts";
import { ruleOf } from "../../selection/rules.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { ForwardingTable } from "../bulk/forwarding-table.ts";
import {
  type AddressCounts,
  type AddressGroup,
  countAddresses,
  largerFirst,
  describeAddresses,
} from "../destinations/address-counts.ts";
import type { DecidingRule } from "../destinations/outcome.ts";
import { ResultSize } from "../destinations/result-size.ts";
import { type GroupServiceTags, tagsOfGroups } from "./group-tags.ts";
import { type RowChange, rowChanges } from "./rows.ts";
import { type Whereabouts, whereaboutsKey, whereaboutsOf } from "./whereabouts.ts";

/** A row that wins for addresses of a move. */
interface MoveRoute {
  readonly source: string;
  readonly name: string | null;
}

/** Where addresses went before, or go after, and what sends them there. */
export interface MoveSide extends Whereabouts {
  /** The rows that win, each source and name once; empty for `platform` and `no-route`. */
  readonly routes: readonly MoveRoute[];
  /** The rules that decide. */
  readonly rules: readonly DecidingRule[];
  /** The least sure of the decisions. */
  readonly certainty: Certainty;
}

/** Addresses that went to one place and go to another now. */
export interface TableMove extends AddressGroup {
  readonly before: MoveSide;
  readonly after: MoveSide;
  /** Null where there are no tags. */
  readonly serviceTags: GroupServiceTags | null;
}

/** What differs between two tables. */
export interface TableDiff {
  /** How many addresses go elsewhere. */
  readonly moved: AddressCounts;
  /** Every such address in one and only one. Most IPv4 addresses first, then most IPv6 addresses, then the lowest first address. */
  readonly moves: readonly TableMove[];
  /** The rows that differ; those for which no address moves (`addressesMoved` is false) come last. */
  readonly rows: readonly RowChange[];
}

interface Gathered {
  readonly before: Set<Decision>;
  readonly after: Set<Decision>;
  readonly ranges: AddressRange[];
}

/**
 * Which addresses go elsewhere. An address goes elsewhere when its verdict differs (forward, drop, no-route); or, where both
 * tables forward it, the set of its next hops, each a type and an address if it has one; or, between service endpoint routes, the
 * service tag of the row or the endpoint, provided both tables were named by tags. That another row sends it to the same place, or that
 * the row of a dropped packet lists another appliance, moves nothing. Exact over both families' whole space.
 * Cost: linear in the pieces of both tables, with `tags` in the tag file's prefixes besides.
 */
export function diffTables(
  before: AnnotatedRouteTable,
  after: AnnotatedRouteTable,
  tags: TagCatalogue | null,
): TableDiff {
  const withTags = before.serviceTagFile !== null && after.serviceTagFile !== null;
  const placeBefore = placesOf(before, withTags);
  const placeAfter = placesOf(after, withTags);
  const old = new ForwardingTable(before.table.routes);
  const now = new ForwardingTable(after.table.routes);
  const gathered = new Map<string, Gathered>();
  for (const family of [4, 6] as const) {
    for (const piece of overlay(old, now, family)) {
      const from = placeBefore(piece.before);
      const to = placeAfter(piece.after);
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
  const named =
    tags === null
      ? null
      : tagsOfGroups(
          groups.map(({ ranges }) => ranges),
          tags,
        );
  const hint = "compare tables with fewer routes";
  const size = new ResultSize({ prefixes: 1_000_000, groups: 100_000, name: "moves", hint });
  return {
    moved: countAddresses(moved),
    moves: groups.map((group, at) => {
      size.addGroup();
      return {
        ...describeAddresses(group.ranges, size),
        before: sideOf([...group.before], before, withTags),
        after: sideOf([...group.after], after, withTags),
        serviceTags: named?.[at] ?? null,
      };
    }),
    rows: rowChanges(before.routes, after.routes, moved),
  };
}

/** Consecutive addresses with one decision in each of two tables. */
interface OverlaidPiece extends AddressRange {
  readonly before: Decision;
  readonly after: Decision;
}

/** Yields the pieces of two tables laid over each other, in order: each address of the family is in exactly one. Cost: linear in both. */
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

function placesOf(annotated: AnnotatedRouteTable, withTags: boolean): (decision: Decision) => string {
  const known = new Map<Decision, string>();
  return (decision) => {
    let key = known.get(decision);
    if (key === undefined) {
      key = whereaboutsKey(whereaboutsOf(decision, annotated, withTags));
      known.set(decision, key);
    }
    return key;
  };
}

function sideOf(decisions: readonly Decision[], annotated: AnnotatedRouteTable, withTags: boolean): MoveSide {
  const one = decisions[0];
  if (one === undefined) throw new RangeError("a move of no decisions");
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
    ...whereaboutsOf(one, annotated, withTags),
    routes: [...routes.values()],
    rules: [...rules.values()],
    certainty: leastSure(decisions.map(certaintyOf)),
  };
}
