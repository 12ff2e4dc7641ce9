import { comparePrefixes, formatPrefix, type Prefix, prefixOf } from "../../net/prefix.ts";
import { hopText } from "../../routes/gateways/gateway-report.ts";
import type { GatewayRoute, GatewayTable } from "../../routes/gateways/gateway-table.ts";
import { decideGateway } from "../../selection/gateways/decision.ts";
import { lastPart } from "../../text/last-part.ts";

/** Where a router sends the addresses of a prefix, as all its instances together. */
export interface GatewayAnswer {
  /** The prefixes that win. */
  readonly addressPrefixes: readonly string[];
  readonly nextHops: readonly string[];
  readonly nextHopTypes: readonly string[];
  readonly origins: readonly string[];
  readonly asPaths: readonly string[];
}

/**
 * A prefix whose addresses are treated otherwise: `gained` a route, `lost` it, `moved` to other next hops, or
 * `rerouted`: the same next hops by another route, e.g. with a longer AS path.
 */
export interface GatewayMove {
  /** Its addresses without those of the longer prefixes of both tables. */
  readonly prefix: string;
  readonly change: "gained" | "lost" | "moved" | "rerouted";
  readonly before: GatewayAnswer | null;
  readonly after: GatewayAnswer | null;
}

/**
 * The prefixes whose addresses two tables of routers treat otherwise, in numeric order. n log n in the rows, times the
 * lengths of a prefix.
 */
export function diffGatewayTables(before: GatewayTable, after: GatewayTable): readonly GatewayMove[] {
  const prefixes = [...before.routes, ...after.routes].map(({ prefix }) => prefix).sort(comparePrefixes);
  const distinct = prefixes.filter((prefix, at) => {
    const previous = prefixes[at - 1];
    return previous === undefined || comparePrefixes(previous, prefix) !== 0;
  });
  const [old, now] = [rowsByPrefix(before), rowsByPrefix(after)];
  return distinct.flatMap((prefix): GatewayMove[] => {
    const answers = { before: answerOf(old, before, prefix), after: answerOf(now, after, prefix) };
    const change = changeOf(answers.before, answers.after);
    return change === null ? [] : [{ prefix: formatPrefix(prefix), change, ...answers }];
  });
}

function changeOf(before: GatewayAnswer | null, after: GatewayAnswer | null): GatewayMove["change"] | null {
  if (before === null) return after === null ? null : "gained";
  if (after === null) return "lost";
  const hops = (answer: GatewayAnswer) => JSON.stringify([answer.nextHops, answer.nextHopTypes]);
  if (hops(before) !== hops(after)) return "moved";
  return JSON.stringify(before) === JSON.stringify(after) ? null : "rerouted";
}

function rowsByPrefix({ routes }: GatewayTable): ReadonlyMap<string, readonly GatewayRoute[]> {
  const rows = new Map<string, GatewayRoute[]>();
  for (const route of routes) {
    const text = formatPrefix(route.prefix);
    const group = rows.get(text);
    if (group === undefined) rows.set(text, [route]);
    else group.push(route);
  }
  return rows;
}

/** The answer for the addresses of a prefix that no longer prefix has; null without a route. */
function answerOf(
  rows: ReadonlyMap<string, readonly GatewayRoute[]>,
  { instances }: GatewayTable,
  prefix: Prefix,
): GatewayAnswer | null {
  const address = { family: prefix.family, value: prefix.first };
  const lengths = Array.from({ length: prefix.length + 1 }, (_, length) => length);
  const covering = lengths.flatMap((length) => rows.get(formatPrefix(prefixOf(address, length))) ?? []);
  const deciding = instances.length === 0 ? [null] : instances;
  const winners = deciding.flatMap((instance) => {
    const own = covering.filter((route) => instance === null || route.instance === null || route.instance === instance);
    return decideGateway(own, address).winners;
  });
  if (winners.length === 0) return null;
  const each = (text: (route: GatewayRoute) => readonly string[]) => [...new Set(winners.flatMap(text))].sort();
  return {
    addressPrefixes: each((route) => [formatPrefix(route.prefix)]),
    nextHops: each(({ nextHops }) =>
      nextHops.map(({ text }) => hopText(text, text.startsWith("/") ? lastPart(text) : null)),
    ),
    nextHopTypes: each(({ nextHopType }) => (nextHopType === null ? [] : [nextHopType])),
    origins: each(({ origin }) => (origin === null ? [] : [lastPart(origin)])),
    asPaths: each(({ asPath }) => (asPath === null ? [] : [asPath.join("-")])),
  };
}
