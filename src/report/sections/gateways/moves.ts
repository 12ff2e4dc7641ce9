import type { GatewayAnswer } from "../../../analysis/diff/gateways.ts";
import { routerDataText } from "../../../output/results/gateways/router-text.ts";
import { h } from "../../markup.ts";
import type { Section } from "../../subject.ts";
import { table } from "../../texts.ts";

/** What differs between two tables of hubs, gateways, Route Servers or circuits. */
export const gatewayMoves: Section = {
  id: "gateway-moves",
  title: "What is routed differently",
  of({ result }) {
    if (result.kind !== "gateway-diff") return null;
    const { moves, before, after } = result.report;
    const tables = h("p", { class: "lead" }, `${routerDataText(before)} → ${routerDataText(after)}`);
    if (moves.length === 0) return [tables, h("p", {}, "No prefix is routed differently.")];
    return [
      tables,
      table(
        "The prefixes that are routed differently",
        ["Prefix", "Change", "Before", "After"],
        moves.map((move) => [move.prefix, move.change, answerText(move.before), answerText(move.after)]),
        ["prefix"],
      ),
    ];
  },
};

function answerText(answer: GatewayAnswer | null): string {
  if (answer === null) return "no route";
  const { nextHopTypes, nextHops, asPaths, origins } = answer;
  const to = [...nextHopTypes, nextHops.join(", ")].filter((part) => part !== "").join(" ") || origins.join(", ");
  const paths = asPaths.filter((path) => path !== "");
  return paths.length === 0 ? to : `${to} (AS path ${paths.join(" or ")})`;
}
