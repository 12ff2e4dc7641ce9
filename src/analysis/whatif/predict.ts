import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { EffectiveRoute, RouteTable } from "../../routes/effective-route.ts";
import { describeNextHop, describeRow } from "../../selection/describe-route.ts";
import type { Certainty } from "../../selection/explanation.ts";
import { regionName } from "../../service-tags/paired-regions.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { type Change, describeChange } from "./change.ts";
import type { Caution, Draft, RowFate } from "./draft.ts";
import { makeChange } from "./edit.ts";
import { certaintyOfRules, type PredictionRule, type PredictionRuleId, predictionRule } from "./rules.ts";
import { settle } from "./settle.ts";

/** A row, or some prefixes of one, that appears, goes or changes its state. Fields are those of the predicted row, of a row that goes the last. */
export interface PredictedRow {
  readonly fate: RowFate;
  readonly source: string;
  readonly state: string;
  readonly name: string | null;
  readonly addressPrefixes: readonly string[];
  readonly nextHopType: string;
  readonly nextHopIpAddress: readonly string[];
  /** The tag that names an endpoint's row, or that a user route is made on; null where there is none, or there are no tags. */
  readonly serviceTag: string | null;
  /** Its place in the predicted table's rows; null for a row that goes. */
  readonly row: number | null;
  readonly rules: readonly PredictionRuleId[];
  readonly certainty: Certainty;
  /** What happens to it, in one sentence. */
  readonly text: string;
}

/** A route table as Azure would have it, by the rules that are known. */
export interface Prediction {
  /** Rows that nothing changes are the table's own objects. Its origin's note says that it is a prediction. */
  readonly table: RouteTable;
  /** The changes in words, in their order. */
  readonly changes: readonly string[];
  /** Rows that appear or change in the table's order, then those that go; rows that are as they were are not among them. */
  readonly rows: readonly PredictedRow[];
  /** The rules that were used, each once. */
  readonly rules: readonly PredictionRule[];
  /** The status of the least sure of them. */
  readonly certainty: Certainty;
  /** What cannot be predicted, and what it depends on. */
  readonly cautions: readonly Caution[];
}

/**
 * Predicts the effective routes after the changes, made in their order. The rules are those of `predictionRule`; what no change touches stays as
 * Azure has it. Rows that the changes make are ARM's in shape. Pure; cost: a pass over the rows for each change, and over the tags for one
 * that names a service.
 * @throws UserError for a change that this table has no room for; UserError for one that needs tags.
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

/** The endpoint in the network's region, where none was named and that is known. */
function inRegion(change: Change, region: string | null): Change {
  return change.kind === "add-endpoint" && change.region === null && region !== null
    ? { ...change, region: regionName(region) }
    : change;
}

/** Azure writes the switch of the subnet's route table into every row; where the source does not tell it, it stays unknown. */
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
  goes: "goes",
  "turns-invalid": "turns Invalid",
  "turns-active": "turns Active",
  "loses-appliance": "is listed so, for its appliance gets out of reach",
  "finds-appliance": "is listed so, for its appliance comes within reach",
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
    ? ", its appliance out of reach"
    : rules.includes("local-outside")
      ? ", because it lies outside the network's own prefixes"
      : "";

function nameOf(route: EffectiveRoute, serviceTag: string | null): string {
  const [first, ...others] = [...route.addressPrefix].sort(comparePrefixes);
  const prefix: Prefix = first ?? { family: 4, first: 0n, length: 0 };
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const of = serviceTag === null ? "" : ` of ${serviceTag}`;
  return `${describeRow({ route, index: 0, prefix, place: 0 })}${more}${of}`;
}
