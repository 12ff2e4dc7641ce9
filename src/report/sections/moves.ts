import type { TableMove } from "../../analysis/diff/tables.ts";
import type { PredictedMove } from "../../analysis/whatif/moves.ts";
import { addressesText, groupText } from "../../output/results/address-text.ts";
import { exampleOf } from "../examples.ts";
import { type Element, h, type Markup } from "../markup.ts";
import { type MovePlace, placeOfSide, routesOfSide } from "../move-place.ts";
import type { Section } from "../subject.ts";
import { asked, bar, counted, log2, numberText, placeOf, prefixList, table } from "../texts.ts";

type Move = TableMove | PredictedMove;

/** The most places before and after in the matrix. The list below it has all moves. */
const MOST_PLACES = 12;

/** The most prefixes listed for one move. Others are counted. */
const MOST_PREFIXES = 2000;

/** The most moves listed. Others are counted. */
const MOST_MOVES = 300;

/** Which addresses change next hop: a matrix from before to after, and each move with its prefixes. */
export const moves: Section = {
  id: "moves",
  title: "What moves",
  of({ result }) {
    if (result.kind !== "diff" && result.kind !== "whatif") return null;
    const all: readonly Move[] = result.report.moves;
    const isPrediction = result.kind === "whatif";
    if (all.length === 0) {
      return h("p", { class: "lead" }, `No address ${isPrediction ? "would change" : "changes"} next hop.`);
    }
    const shown = all.slice(0, MOST_MOVES);
    return [
      h(
        "p",
        { class: "lead" },
        `${addressesText(result.report.moved)} ${isPrediction ? "would change" : "change"} next hop.`,
      ),
      matrix(all),
      ...shown.map(moveDetails),
      all.length > shown.length
        ? h("p", { class: "dim" }, `and ${counted(all.length - shown.length, "more move")}; -o csv lists all`)
        : null,
    ];
  },
};

const moveId = (at: number) => `move-${at + 1}`;

function matrix(all: readonly Move[]): Markup {
  const before = distinct(all.map((move) => placeOfSide(move.before)));
  const after = distinct(all.map((move) => placeOfSide(move.after)));
  const [rows, columns] = [before.slice(0, MOST_PLACES), after.slice(0, MOST_PLACES)];
  const cells = new Map(
    all.map((move, at) => [cellKey(placeOfSide(move.before), placeOfSide(move.after)), { move, at }]),
  );
  const left = before.length - rows.length + (after.length - columns.length);
  return [
    h(
      "div",
      { class: "matrix" },
      table(
        "Addresses that move: a row for each place before, a column for each place after",
        [h("span", { class: "dim" }, "from ↓  to →"), ...columns.map(placeOf)],
        rows.map((from) => [
          placeOf(from),
          ...columns.map((to): Markup => {
            const cell = cells.get(cellKey(from, to));
            return cell === undefined
              ? h("span", { class: "none", title: "no address" }, "·")
              : moveCell(cell.move, cell.at);
          }),
        ]),
      ),
    ),
    left > 0
      ? h("p", { class: "dim" }, `${counted(left, "smaller place is", "smaller places are")} in the list alone.`)
      : null,
  ];
}

const cellKey = (from: MovePlace, to: MovePlace) => `${from.key}\n${to.key}`;

const distinct = (places: readonly MovePlace[]) => [...new Map(places.map((place) => [place.key, place])).values()];

function moveCell({ addresses: { v4, v6 }, prefixes }: Move, at: number): Element {
  const count = v4 === "0" ? `${numberText(BigInt(v6))} IPv6` : numberText(BigInt(v4));
  return h(
    "a",
    { class: "move", href: `#${moveId(at)}` },
    h("strong", {}, count),
    h("span", { class: "dim" }, ` ${counted(prefixes.length, "prefix", "prefixes")}`),
    bar(v4 === "0" ? log2(BigInt(v6)) / 128 : log2(BigInt(v4)) / 32, "share"),
  );
}

function moveDetails(move: Move, at: number): Element {
  const { before, after, addresses, prefixes, serviceTags } = move;
  const example = exampleOf(prefixes, move.example);
  const shown = prefixes.slice(0, MOST_PREFIXES);
  const tags = serviceTags === null ? [] : serviceTags.shown.map(({ name }) => name);
  return h(
    "details",
    { class: "route", id: moveId(at) },
    h(
      "summary",
      {},
      placeOf(placeOfSide(before)),
      " → ",
      placeOf(placeOfSide(after)),
      " ",
      h("span", { class: "dim" }, addressesText(addresses)),
    ),
    h("p", {}, groupText(move)),
    h("p", { class: "dim" }, `Before by ${routesOfSide(before)}; after by ${routesOfSide(after)}.`),
    after.undelivered === "some" ? h("p", {}, "Internet does not deliver the private ones among them.") : null,
    "predictedBy" in move
      ? h(
          "p",
          { class: "dim" },
          `Predicted by ${move.predictedBy.join(", ")} (`,
          h("span", { class: `certainty ${move.certainty}` }, move.certainty),
          ").",
        )
      : null,
    tags.length === 0 ? null : h("p", { class: "tags" }, `Service tags: ${tags.slice(0, 8).join(", ")}`),
    h("p", {}, "Example: ", asked(example)),
    prefixList(shown, "The prefixes that move"),
    prefixes.length > shown.length
      ? h(
          "p",
          { class: "dim" },
          `and ${counted(prefixes.length - shown.length, "more prefix", "more prefixes")}; -o csv lists all`,
        )
      : null,
  );
}
