import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { EffectiveRoute, RouteTable } from "../../routes/effective-route.ts";
import type { Certainty } from "../../selection/certainty.ts";
import { describeNextHop, describeRow } from "../../selection/describe-route.ts";
import { regionName } from "../../service-tags/paired-regions.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { type Change, describeChange } from "./change.ts";
import type { Caution, Draft, RowFate } from "./draft.ts";
import { makeChange } from "./edit.ts";
import { certaintyOfRules, type PredictionRule, type PredictionRuleId, predictionRule } from "./rules.ts";
import { settle } from "./settle/settle.ts";

/**
 * A row, or some of its prefixes, that appears, disappears or changes. The fields are those of the predicted row; for a
 * row that disappears, those from before.
 */
export interface PredictedRow {
  readonly fate: RowFate;
  readonly source: string;
  readonly state: string;
  readonly name: string | null;
  readonly addressPrefixes: readonly string[];
  readonly nextHopType: string;
  readonly nextHopIpAddress: readonly string[];
  /** The tag of an endpoint's row or of a user route; null without one, or without tags. */
  readonly serviceTag: string | null;
  /** Its index in the predicted table's rows; null for a row that disappears. */
  readonly row: number | null;
  readonly rules: readonly PredictionRuleId[];
  readonly certainty: Certainty;
  /** One sentence about the change. */
  readonly text: string;
}

/** A route table as Azure would list it, by the known rules. */
export interface Prediction {
  /** Unchanged rows are the same objects as in the given table. The origin's note marks it as a prediction. */
  readonly table: RouteTable;
  /** The changes as text, in their order. */
  readonly changes: readonly string[];
  /** Rows that appear or change, in the table's order, then rows that disappear. Unchanged rows are left out. */
  readonly rows: readonly PredictedRow[];
  /** The applied rules, each once. */
  readonly rules: readonly PredictionRule[];
  /** The status of the least certain of them. */
  readonly certainty: Certainty;
  /** What cannot be predicted, and what it depends on. */
  readonly cautions: readonly Caution[];
}

/**
 * Predicts the effective routes after the changes, applied in order. The rules are those of `predictionRule`. Rows that
 * no change affects stay as Azure lists them. New rows have ARM's fields. Cost: a pass over the rows for each change,
 * and over the tags for a change that names a service.
 * @throws UserError for a change that does not apply to this table, or needs tags and there are none.
 */
export function applyChanges(table: RouteTable, given: readonly Change[], tags: TagCatalogue | null): Prediction {
  const changes = given.map((change) => inRegion(change, table.subnet?.region ?? null));
  const draft: Draft = {
    before: table.routes,
    rows: table.routes.map((route) => ({ route, fate: null, rules: [] })),
    gone: [],
    cautions: [],
    rules: new Set(),
    propagation: null,
    endpoints: table.subnet?.serviceEndpoints,
  };
  for (const change of changes) makeChange(draft, change, tags);
  settle(draft);
  const routes = draft.rows.map(({ route }) => withPropagation(route, draft.propagation));
  const tagOf = (route: EffectiveRoute, endpoints: Draft["endpoints"]) =>
    route.destinationServiceTags[0] ?? tags?.annotate(route, endpoints).serviceTag?.name ?? null;
  const rows = [
    ...draft.rows.flatMap(({ fate, rules }, row) => {
      const route = routes[row];
      if (fate === null || route === undefined) return [];
      return [predictedRow(fate, route, tagOf(route, draft.endpoints), row, rules)];
    }),
    ...draft.gone.map(({ route, rules }) =>
      predictedRow("goes", route, tagOf(route, table.subnet?.serviceEndpoints), null, rules),
    ),
  ];
  const used = new Set([...draft.rules, ...rows.flatMap(({ rules }) => rules)]);
  const words = changes.map(describeChange);
  return {
    table: {
      routes,
      origin: { ...table.origin, note: noteOf(table.origin.note, words) },
      ...(table.nic === undefined ? {} : { nic: table.nic }),
      ...(table.subnet === undefined ? {} : { subnet: { ...table.subnet, serviceEndpoints: draft.endpoints ?? [] } }),
    },
    changes: words,
    rows,
    rules: [...used].map(predictionRule),
    certainty: certaintyOfRules(used),
    cautions: uniqueCautions(draft.cautions),
  };
}

/** Returns an endpoint without a region in the network's region, if that is known. */
function inRegion(change: Change, region: string | null): Change {
  return change.kind === "add-endpoint" && change.region === null && region !== null
    ? { ...change, region: regionName(region) }
    : change;
}

/** Azure writes the setting of the subnet's route table into every row. Rows without the field stay without it. */
function withPropagation(route: EffectiveRoute, on: boolean | null): EffectiveRoute {
  if (on === null || route.disableBgpRoutePropagation === null || route.disableBgpRoutePropagation === !on)
    return route;
  return {
    ...route,
    disableBgpRoutePropagation: !on,
    fields: { ...route.fields, disableBgpRoutePropagation: !on },
  };
}

function noteOf(known: string | null, changes: readonly string[]): string | null {
  if (changes.length === 0) return known;
  const own = `A prediction, not Azure's answer: ${changes.join("; ")}.`;
  return known === null ? own : `${own} ${known}`;
}

function uniqueCautions(cautions: readonly Caution[]): readonly Caution[] {
  return [...new Map(cautions.map((caution) => [caution.text, caution])).values()];
}

const FATES: Readonly<Record<RowFate, string>> = {
  appears: "appears",
  goes: "disappears",
  "turns-invalid": "becomes Invalid",
  "turns-active": "becomes Active",
  "loses-appliance": "replaces the route to VirtualAppliance: its appliance becomes unreachable",
  "finds-appliance": "replaces the route to None: its appliance becomes reachable",
};

function predictedRow(
  fate: RowFate,
  route: EffectiveRoute,
  serviceTag: string | null,
  row: number | null,
  rules: readonly PredictionRuleId[],
): PredictedRow {
  const more = fate !== "appears" ? "" : rules.includes("same-prefix") ? ", Invalid" : unreachedText(rules);
  return {
    fate,
    source: route.source,
    state: route.state,
    name: route.name,
    addressPrefixes: route.addressPrefix.map(formatPrefix),
    nextHopType: route.nextHopType,
    nextHopIpAddress: route.nextHopIpAddress,
    serviceTag,
    row,
    rules,
    certainty: certaintyOfRules(rules),
    text: `The ${nameOf(route, serviceTag)} to ${describeNextHop(route)} ${FATES[fate]}${more}.`,
  };
}

const unreachedText = (rules: readonly PredictionRuleId[]) =>
  rules.includes("appliance-out-of-reach")
    ? ": its appliance is unreachable"
    : rules.includes("local-outside")
      ? ": it is outside the network's own prefixes"
      : "";

function nameOf(route: EffectiveRoute, serviceTag: string | null): string {
  const [first, ...others] = [...route.addressPrefix].sort(comparePrefixes);
  const prefix: Prefix = first ?? { family: 4, first: 0n, length: 0 };
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const of = serviceTag === null ? "" : ` of ${serviceTag}`;
  return `${describeRow({ route, index: 0, prefix, place: 0 })}${more}${of}`;
}
