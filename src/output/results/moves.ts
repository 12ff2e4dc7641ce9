import type { AddressCounts } from "../../analysis/destinations/address-counts.ts";
import type { GroupServiceTags } from "../../analysis/diff/group-tags.ts";
import type { MoveSide, TableMove } from "../../analysis/diff/tables.ts";
import { hopWord } from "../../routes/next-hop-words.ts";
import { type Certainty, leastSure } from "../../selection/certainty.ts";
import { measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { type StackedRow, stackedPieces } from "../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import type { Symbols } from "../../terminal/symbols.ts";
import type { Cell } from "../formats/cell.ts";
import { addressesText, countsText, groupText, prefixesText } from "./address-text.ts";
import { certaintyText } from "./answer-text.ts";

/** Returns the target of packets in a few words: `VirtualAppliance 10.0.1.4`, `dropped`. `wordOf` names a type. */
function placeText(
  { verdict, nextHops, serviceTag, serviceEndpoint }: MoveSide,
  wordOf = (nextHopType: string) => nextHopType,
): string {
  switch (verdict) {
    case "drop":
      return "dropped";
    case "no-route":
      return "no route";
    case "platform":
      return "answered by the host";
    case "forward": {
      // Equal-cost hops of one type share its name: VirtualNetworkGateway 10.0.0.4, 10.0.0.5.
      const types = [...new Set(nextHops.map(({ nextHopType }) => nextHopType))];
      const hops = types.map((type) => {
        const own = nextHops.filter(({ nextHopType }) => nextHopType === type);
        return [wordOf(type), own.flatMap(({ nextHopIpAddress }) => nextHopIpAddress ?? []).join(", ")]
          .join(" ")
          .trimEnd();
      });
      const service = serviceTag ?? serviceEndpoint;
      return plainText(`${hops.join(" + ")}${service === null ? "" : ` (${service})`}`);
    }
    default:
      return verdict satisfies never;
  }
}

/** The most names of routes for one side of a move. JSON has all. The longest cell sets the width of its column. */
const NAMES_SHOWN = 3;

/** Returns the target of packets, with the name of the user route that sends them there. */
function sideText(side: MoveSide): string {
  const names = [...new Set(side.routes.flatMap(({ name }) => name ?? []))];
  const shown = prefixesText(names, NAMES_SHOWN);
  const by = names.length === 0 ? "" : side.verdict === "drop" ? ` by ${shown}` : ` (${shown})`;
  const place =
    side.verdict === "drop" ? "DROPPED" : side.verdict === "no-route" ? "NO ROUTE" : placeText(side, hopWord);
  return plainText(`${place}${by}${UNDELIVERED[side.undelivered]}`);
}

const UNDELIVERED: Readonly<Record<MoveSide["undelivered"], string>> = { none: "", some: "", all: ": NOT DELIVERED" };

/** Returns the mark of a move: whether its addresses arrive somewhere afterwards, or only some of them. */
export function moveMark(
  { after }: TableMove,
  { won, lost, problem }: Symbols,
): { readonly mark: string; readonly markColour: "red" | "yellow" | "green" } {
  if (after.verdict === "drop" || after.verdict === "no-route" || after.undelivered === "all") {
    return { mark: lost, markColour: "red" };
  }
  return after.undelivered === "some" ? { mark: problem, markColour: "yellow" } : { mark: won, markColour: "green" };
}

/** Returns the tags that hold the whole group, most specific first. */
function tagsText(tags: GroupServiceTags | null): string {
  const holding = (tags?.shown ?? []).filter(({ holdsGroup }) => holdsGroup).map(({ name }) => name);
  return holding.length === 0 ? "" : plainText(`; service tags ${prefixesText(holding, TAGS_SHOWN)}`);
}

/** The most tags named for one move. JSON has all. */
const TAGS_SHOWN = 2;

/** The columns of a move's cells. */
export const MOVE_HEADING = ["ADDRESSES", "CHANGE", "PREFIXES"];

/** Returns the cells of a move: the number of addresses, both targets, the certainty, the prefixes. */
function cellsOf(move: TableMove, certainty: Certainty, { symbols }: OutputStream): readonly string[] {
  const lost = move.after.undelivered === "some" ? "; private ones NOT DELIVERED" : "";
  const change = `${sideText(move.before)} ${symbols.arrow} ${sideText(move.after)}${lost}${certaintyText(certainty)}`;
  return [countsText(move.addresses), change, `${groupText(move)}${tagsText(move.serviceTags)}`];
}

/** Returns the cells of a move without a prediction. */
export const moveCells = (move: TableMove, stdout: OutputStream): readonly string[] =>
  cellsOf(move, certaintyOf(move), stdout);

/** The certainty of a move: its own in a prediction, else the lower one of its sides. */
const certaintyOf = (move: TableMove & { readonly certainty?: Certainty }) =>
  move.certainty ?? leastSure([move.before.certainty, move.after.certainty]);

/**
 * Yields one line for each group of addresses that changes its next hop, largest first. Each pass creates the cells
 * again, because those of a long list would take too much memory.
 */
export async function* movesText(moves: readonly TableMove[], stdout: OutputStream): AsyncGenerator<string> {
  if (moves.length === 0) return;
  const measure = await measureFor(textsOf(moves, stdout));
  const rows = { [Symbol.iterator]: () => rowsOf(moves, stdout) };
  yield* stackedPieces({ heading: MOVE_HEADING, rows, prose: 2, indent: 2 }, stdout, measure);
}

function* rowsOf(moves: readonly TableMove[], stdout: OutputStream): Generator<StackedRow> {
  for (const move of moves) {
    const cells = cellsOf(move, certaintyOf(move), stdout);
    yield { ...moveMark(move, stdout.symbols), cells, colour: null };
  }
}

function* textsOf(moves: readonly TableMove[], stdout: OutputStream): Generator<string> {
  for (const { cells } of rowsOf(moves, stdout)) yield* cells;
}

/** Returns the number of addresses that move: `1 IPv4 address changes next hop`. */
export function movedText(moved: AddressCounts): string {
  const isOne = BigInt(moved.v4) + BigInt(moved.v6) === 1n;
  return `${addressesText(moved)} ${isOne ? "changes" : "change"} next hop`;
}

/** Yields the moves on one line each. */
export function* moveLines(moves: readonly TableMove[], stdout: OutputStream): Generator<string> {
  for (const move of moves) {
    const [count, change, prefixes] = cellsOf(move, certaintyOf(move), stdout);
    const { markColour } = moveMark(move, stdout.symbols);
    yield `${count}  ${stdout.colours[markColour](change ?? "")}  ${prefixes}\n`;
  }
}

/** The columns of moves. Scripts rely on their order. */
export const MOVE_COLUMNS = [
  "addressPrefix",
  "before",
  "after",
  "serviceTags",
  "beforeVerdict",
  "beforeNextHopType",
  "beforeNextHopIpAddress",
  "beforeRoute",
  "beforeCertainty",
  "afterVerdict",
  "afterNextHopType",
  "afterNextHopIpAddress",
  "afterRoute",
  "afterCertainty",
] as const;

const each = (texts: Iterable<string>) => [...new Set(texts)];

function sideCells({ verdict, nextHops, routes, certainty }: MoveSide): readonly Cell[] {
  return [
    verdict,
    each(nextHops.map(({ nextHopType }) => nextHopType)),
    each(nextHops.flatMap(({ nextHopIpAddress }) => nextHopIpAddress ?? [])),
    each(routes.map(({ source, name }) => (name === null ? source : `${source} ${name}`))),
    certainty,
  ];
}

/** Yields a row for each prefix that moves. Its service tags are those that hold every address of its group. */
export function* moveRows(moves: Iterable<TableMove>): Generator<readonly Cell[]> {
  for (const { prefixes, before, after, serviceTags } of moves) {
    const holding = (serviceTags?.shown ?? []).filter(({ holdsGroup }) => holdsGroup).map(({ name }) => name);
    const rest = [placeText(before), placeText(after), holding, ...sideCells(before), ...sideCells(after)];
    for (const prefix of prefixes) yield [prefix, ...rest];
  }
}
