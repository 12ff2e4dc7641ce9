import { type AddressRange, meets, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { formatPrefix, parsePrefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { leastSure } from "../../selection/certainty.ts";
import type { CoveringRow } from "../../selection/covering.ts";
import type { Decision } from "../../selection/decision.ts";
import type { Certainty } from "../../selection/explanation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { ForwardingTable } from "../bulk/forwarding-table.ts";
import type { AddressCounts } from "../destinations/address-counts.ts";
import { diffTables, overlay, type TableMove } from "../diff/tables.ts";
import type { Prediction } from "./predict.ts";
import { certaintyOfRules, type PredictionRuleId } from "./rules.ts";

/** Addresses that would go elsewhere, and how sure that is. */
export interface PredictedMove extends TableMove {
  /** The rules by which the rows that send them changed. */
  readonly predictedBy: readonly PredictionRuleId[];
  /** The least sure of these rules and of the decisions before and after. */
  readonly certainty: Certainty;
}

/**
 * Which addresses would go elsewhere by the prediction, exactly, as `diffTables` has it; `before` and `after` are its tables, annotated.
 * Cost: that of the diff, and once more a pass over both tables' pieces for each rule.
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

/** Of each rule the addresses whose decision rests on it, on either side. */
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
      // A row may decide without winning: a peering takes a BGP route out, and a user route wins.
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

/** Of rows that go or turn Invalid: the prediction names them by what they hold, for their places are gone. */
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
