import { byAddresses } from "../../../analysis/destinations/address-counts.ts";
import type { GatewayPart } from "../../../analysis/gateways/split.ts";
import { hopText, type ReportedRouter } from "../../../routes/gateways/gateway-report.ts";
import { type GatewayExplanation, winningPrefix } from "../../../selection/gateways/explain-gateway.ts";
import type { Measure } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { countsText, groupText, prefixesText } from "../address-text.ts";
import { headlineText, LEVEL_COLOUR, levelMark } from "../answer-text.ts";
import { shortInstance } from "./routes.ts";

type Level = GatewayExplanation["level"];

/** Parts of a set with the same next hop, by one or several prefixes. */
interface Way {
  readonly parts: readonly GatewayPart[];
  readonly level: Level;
  readonly v4: bigint;
  readonly v6: bigint;
  readonly text: string;
  /** The same in fewer words. */
  readonly to: string;
}

/** A set of addresses on one line: the next hops of most addresses. */
export function partsLine(parts: readonly GatewayPart[], router: ReportedRouter): { level: Level; text: string } {
  const ways = distinctWays(parts, router, false);
  const more = ways.length - WAYS_SHOWN;
  const shown = ways.slice(0, more > 1 ? WAYS_SHOWN : ways.length).map((way) => `${countOf(way)} ${way.to}`);
  const text = onlyOf(ways)?.text ?? [...shown, ...(more > 1 ? [`and ${more} more ways`] : [])].join(", ");
  return { level: worstOf(ways), text: `${text} (inferred)` };
}

/** The most next hops named on one line. */
const WAYS_SHOWN = 3;

const HEADING = ["ADDRESSES", "ANSWER", "PREFIXES"];

/** A set of addresses for people: a row for each next hop; `expand` shows each part with all its prefixes. */
export function partsText(
  parts: readonly GatewayPart[],
  router: ReportedRouter,
  expand: boolean,
  stdout: OutputStream,
  measure: Measure,
): string {
  const ways = distinctWays(parts, router, expand);
  const asked = plainText(parts[0]?.destination ?? "");
  const summary = onlyOf(ways)?.text ?? `${ways.length} ways`;
  const head = headlineText(asked, `${summary} (inferred)`, worstOf(ways), stdout, measure);
  if (parts.length === 1) return head;
  const rows = ways.map((way): StackedRow => {
    const { parts: same, level, text } = way;
    const cells = [countOf(way), text, expand ? allPrefixes(same) : whereText(same)];
    return { mark: levelMark(level, stdout.symbols), markColour: LEVEL_COLOUR[level], cells, colour: null };
  });
  return `${head}\n${stackedRows({ heading: HEADING, rows, prose: 2, indent: 2 }, stdout, measure)}`;
}

const onlyOf = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

const countOf = ({ v4, v6 }: Way) => countsText({ v4: `${v4}`, v6: `${v6}` });

const allPrefixes = (parts: readonly GatewayPart[]) => parts.flatMap(({ part }) => part.prefixes).join(", ");

/** The addresses of one part. For several parts the winning prefixes, which may contain longer ones. */
function whereText(parts: readonly GatewayPart[]): string {
  const only = onlyOf(parts);
  if (only !== undefined) return groupText(only.part);
  return prefixesText([...new Set(parts.map((each) => winningPrefix(each) ?? groupText(each.part)))]);
}

function distinctWays(parts: readonly GatewayPart[], router: ReportedRouter, expand: boolean): readonly Way[] {
  const groups = new Map<string, [GatewayPart, ...GatewayPart[]]>();
  for (const [at, part] of parts.entries()) {
    const { verdict, nextHops, instances, candidates } = part;
    const hops = nextHops.map(({ text }) => text).sort();
    const key = expand ? String(at) : JSON.stringify([verdict, hops, candidates[0]?.nextHopType, instances]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return Array.from(groups.values(), (same): Way => foldedWay(same, router)).sort(byAddresses);
}

function foldedWay(parts: readonly [GatewayPart, ...GatewayPart[]], router: ReportedRouter): Way {
  const [first] = parts;
  const { verdict, instances, nextHops, candidates } = first;
  const sum = (family: "v4" | "v6") => parts.reduce((total, { part }) => total + BigInt(part.addresses[family]), 0n);
  const at = instances.length < router.instances.length ? ` at ${instances.map(shortInstance).join(", ")}` : "";
  const hops = nextHops.map(({ text, name }) => hopText(text, name)).join(", ");
  const named = [candidates[0]?.nextHopType ?? "", hops].filter((part) => part !== "").join(" ");
  const to = named === "" ? "an unnamed next hop" : named;
  const prefixes = new Set(parts.map(winningPrefix)).size;
  const folded =
    verdict === "own-network"
      ? `networks in Azure: ${prefixes} of the gateway's own routes`
      : `${to} by ${prefixes} prefixes`;
  const isOneText = parts.every(({ text }) => text === first.text);
  return {
    parts,
    level: worstOf(parts),
    v4: sum("v4"),
    v6: sum("v6"),
    text: plainText(`${isOneText ? first.text : folded}${at}`),
    to: plainText(
      `${{ forward: `to ${to}`, "own-network": "to networks in Azure", "no-route": "without a route" }[verdict]}${at}`,
    ),
  };
}

const LEVELS: readonly Level[] = ["fine", "warning", "problem"];

function worstOf(those: readonly { readonly level: Level }[]): Level {
  return those.reduce<Level>(
    (worst, { level }) => (LEVELS.indexOf(level) > LEVELS.indexOf(worst) ? level : worst),
    "fine",
  );
}
