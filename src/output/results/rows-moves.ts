import type { MoveSide, TableMove } from "../../analysis/diff/tables.ts";
import type { Cell } from "../formats/cell.ts";
import type { Rows } from "./kinds.ts";
import { placeText } from "./moves.ts";

/** Scripts lean on their order. */
const COLUMNS = [
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

/** A row for each prefix that goes elsewhere. The service tags are those that hold every address of its group. */
export function moveRows(moves: readonly TableMove[]): Rows {
  return {
    columns: COLUMNS,
    rows: moves.flatMap(({ prefixes, before, after, serviceTags }) => {
      const holding = (serviceTags?.shown ?? []).filter(({ holdsGroup }) => holdsGroup).map(({ name }) => name);
      const rest = [placeText(before), placeText(after), holding, ...sideCells(before), ...sideCells(after)];
      return prefixes.map((prefix) => [prefix, ...rest]);
    }),
  };
}
