import type { GroupServiceTags } from "../../analysis/diff/group-tags.ts";
import type { MoveSide, TableMove } from "../../analysis/diff/tables.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import type { Cell } from "../formats/cell.ts";
import { addressesText, countText, groupText } from "./address-text.ts";

/** Returns where packets go, in a few words: `VirtualAppliance 10.0.1.4`, `dropped`. */
function placeText({ verdict, nextHops, serviceTag, serviceEndpoint }: MoveSide): string {
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
        return [type, own.flatMap(({ nextHopIpAddress }) => nextHopIpAddress ?? []).join(", ")].join(" ").trimEnd();
      });
      const service = serviceTag ?? serviceEndpoint;
      return plainText(`${hops.join(" + ")}${service === null ? "" : ` (${service})`}`);
    }
    default:
      return verdict satisfies never;
  }
}

function sideText(side: MoveSide): string {
  const by = side.routes.map(({ source, name }) => (name === null ? source : `${source} ${name}`));
  const sure = side.certainty === "documented" ? "" : `, ${side.certainty}`;
  return by.length === 0 ? placeText(side) : `${placeText(side)} [${plainText([...new Set(by)].join(", "))}${sure}]`;
}

/** Returns the tags that hold the whole group; else some of the tags that overlap it, most specific first. */
function tagsText({ total, shown }: GroupServiceTags): string {
  const holding = shown.filter(({ holdsGroup }) => holdsGroup).map(({ name }) => name);
  const names = holding.length > 0 ? holding : shown.slice(0, 5).map(({ name }) => name);
  const rest = total - names.length;
  const more = rest === 0 ? "" : holding.length > 0 ? `; overlaps ${rest} more` : ` and ${countText(`${rest}`)} more`;
  return plainText(`${names.join(", ")}${more}`);
}

/** Returns each group of addresses that changes its next hop, largest first: the addresses, then before and after. */
export function movesText(moves: readonly TableMove[], { colours }: OutputStream): string {
  return moves
    .map((move) => {
      const lost = move.after.verdict === "drop" || move.after.verdict === "no-route";
      const after = colours[lost ? "red" : "green"](sideText(move.after));
      const tags =
        move.serviceTags === null || move.serviceTags.total === 0
          ? ""
          : `  ${colours.cyan("service tags")}  ${tagsText(move.serviceTags)}\n`;
      return [
        `${colours.bold(groupText(move))}  ${colours.dim(addressesText(move.addresses))}\n`,
        `  ${sideText(move.before)} → ${after}\n`,
        tags,
      ].join("");
    })
    .join("");
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
