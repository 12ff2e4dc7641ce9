import { type AddressRange, meets, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { formatPrefix, parsePrefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { type Certainty, leastSure } from "../../selection/certainty.ts";
import type { CoveringRow } from "../../selection/covering.ts";
import type { Decision } from "../../selection/decision.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { ForwardingTable } from "../bulk/forwarding-table.ts";
import type { AddressCounts } from "../destinations/address-counts.ts";
import { diffTables, overlay, type TableMove } from "../diff/tables.ts";
import type { Prediction } from "./predict.ts";
import { certaintyOfRules, type PredictionRuleId } from "./rules.ts";

/** Addresses that would change their next hop, and the certainty of that. */
export interface PredictedMove extends TableMove {
  /** The rules that predict the change of the rows that decide for them. */
  readonly predictedBy: readonly PredictionRuleId[];
  /** The lowest certainty of these rules and of the decisions before and after. */
  readonly certainty: Certainty;
}

/**
 * Returns exactly the addresses that would change their next hop, as `diffTables` does. `before` and `after` are the
 * annotated tables of the prediction. Cost: that of the diff, and a pass over both tables' pieces for each rule.
 */
export function predictedMoves(
  prediction: Prediction,
  before: AnnotatedRouteTable,
  after: AnnotatedRouteTable,
  tags: TagCatalogue | null,
): { readonly moved: AddressCounts; readonly moves: readonly PredictedMove[] } {
  const { moved, moves } = diffTables(before, after, tags);
  const concerned = moves.length === 0 ? [] : rangesOfRules(prediction, before.table.routes, after.table.routes);
  return {
    moved,
    moves: moves.map((move) => {
      const own = move.prefixes.map((text) => rangeOf(parsePrefix(text)));
      const predictedBy = concerned.filter(([, ranges]) => meets(own, ranges)).map(([id]) => id);
      const sure = [certaintyOfRules(predictedBy), move.before.certainty, move.after.certainty];
      return { ...move, predictedBy, certainty: leastSure(sure) };
    }),
  };
}

type RulesOfRow = (row: CoveringRow) => readonly PredictionRuleId[];

/** Returns for each rule the addresses whose decision depends on it, in either table. */
function rangesOfRules(
  prediction: Prediction,
  before: readonly EffectiveRoute[],
  after: readonly EffectiveRoute[],
): readonly (readonly [PredictionRuleId, readonly AddressRange[]])[] {
  const [old, now] = [new ForwardingTable(before), new ForwardingTable(after)];
  const rulesBefore = rulesOfRowsBefore(prediction);
  const rulesAfter = rulesOfRowsAfter(prediction);
  const found = new Map<PredictionRuleId, AddressRange[]>();
  for (const family of [4, 6] as const) {
    for (const { first, last, before: from, after: to } of overlay(old, now, family)) {
      const winning = [...from.winners.flatMap(rulesBefore), ...to.winners.flatMap(rulesAfter)];
      // A row may decide without winning: a peering excludes a BGP route, and a user route wins.
      const rules =
        winning.length > 0 ? winning : [...covering(from).flatMap(rulesBefore), ...covering(to).flatMap(rulesAfter)];
      for (const id of new Set(rules)) {
        const ranges = found.get(id);
        if (ranges === undefined) found.set(id, [{ family, first, last }]);
        else ranges.push({ family, first, last });
      }
    }
  }
  return [...found].map(([id, ranges]) => [id, unionOf(ranges)]);
}

const covering = ({ winners, losers, inactive }: Decision) => [
  ...winners,
  ...losers.map(({ row }) => row),
  ...inactive,
];

function rulesOfRowsAfter({ rows }: Prediction): RulesOfRow {
  const byPlace = new Map(rows.map(({ row, rules }) => [row, rules]));
  return ({ index }) => byPlace.get(index) ?? [];
}

/**
 * The rules of rows that disappear or become Invalid. They have no index in the new table, so they are found by
 * content.
 */
function rulesOfRowsBefore({ rows }: Prediction): RulesOfRow {
  const key = (prefix: string, row: Pick<EffectiveRoute, "source" | "name" | "nextHopType" | "nextHopIpAddress">) =>
    JSON.stringify([prefix, row.source, row.name, row.nextHopType, row.nextHopIpAddress]);
  const byContent = new Map<string, readonly PredictionRuleId[]>();
  for (const row of rows) {
    if (row.fate !== "goes" && row.fate !== "turns-invalid") continue;
    for (const prefix of row.addressPrefixes) byContent.set(key(prefix, row), row.rules);
  }
  return ({ route, prefix }) => byContent.get(key(formatPrefix(prefix), route)) ?? [];
}
