import { decisiveRule, routeOf } from "../../output/results/trace/answer.ts";
import { type Element, h, shownText } from "../markup.ts";
import { type Box, type Form, number, type Size } from "./geometry.ts";
import type { PathNode } from "./path-graph.ts";

const PADDING = 10;
const TITLE_LINE = 17;
const LINE = 15;
/** More hops of one node are counted. */
const MOST_HOPS = 3;

/** One line of a box. */
export interface BoxLine {
  readonly text: string;
  readonly kind: "title" | "dim" | "plain" | "mark" | "alarm";
}

/** The lines of a box: the name, the network, and for each hop its route, its rule and the certainty. */
export function boxLines(node: PathNode, { titleCharacters, lineCharacters }: Form): readonly BoxLine[] {
  const { name, network, hops, stateful, only, kind, disposition } = node;
  const shown = hops.slice(0, MOST_HOPS);
  const lines: BoxLine[] = [];
  const add = (text: string, lineKind: BoxLine["kind"], most = 2) => {
    const characters = lineKind === "title" ? titleCharacters : lineCharacters;
    for (const line of wrapped(text, characters, most)) lines.push({ text: line, kind: lineKind });
  };
  add(name, "title", kind === "end" ? 5 : 2);
  if (network !== null && network !== name) add(network, "dim");
  for (const { direction, hop } of shown) {
    const number = `${direction === "back" ? "back " : ""}${hop.index}`;
    if (hop.name !== name) add(`${number} by ${hop.name}`, "plain");
    const route = routeOf(hop, true);
    if (hop.kind === "host") add(`${number} ${hop.address ?? ""}`, "plain");
    else if (route !== "") add(`${hop.name === name ? `${number} ` : ""}${route}`, "plain");
    add(`${decisiveRule(hop).id}, ${hop.certainty}`, "dim");
  }
  if (hops.length > shown.length) add(`and ${hops.length - shown.length} more hops`, "dim");
  if (disposition === "delivered") add("✓ delivered", "mark");
  if (only !== null) add(only === "there" ? "! stateful, there only" : "! stateful, back only", "alarm");
  else if (stateful) add("stateful", "mark");
  return lines;
}

/** A text on a few lines, broken after a nearby blank, hyphen or dot. The rest is cut off. */
function wrapped(text: string, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  let rest = [...shownText(text)];
  while (rest.length > width && lines.length < most - 1) {
    const blank = rest.slice(0, width + 1).lastIndexOf(" ");
    const last = rest.slice(0, width).findLastIndex((char) => "-_.".includes(char));
    const end = blank > width / 3 ? blank : last > width / 2 ? last + 1 : width;
    lines.push(rest.slice(0, end).join("").trim());
    rest = rest.slice(end);
  }
  const left = rest.join("").trim();
  return [...lines, [...left].length <= width ? left : `${[...left].slice(0, width - 1).join("")}…`];
}

/** The size of a box with these lines. */
export const sizeOf = (lines: readonly BoxLine[], { boxWidth }: Form): Size => ({
  width: boxWidth,
  height: 2 * PADDING + lines.reduce((sum, { kind }) => sum + (kind === "title" ? TITLE_LINE : LINE), 0),
});

const STRIPES = {
  nic: "local",
  host: "local",
  "load-balancer": "appliance",
  firewall: "appliance",
  "managed-appliance": "appliance",
  gateway: "gateway",
  hub: "peer",
  end: "other",
} as const satisfies Record<PathNode["kind"], string>;

const ENDS = {
  delivered: "local",
  "leaves-azure": "internet",
  dropped: "drop",
  "no-route": "drop",
  loop: "drop",
  refused: "drop",
  unknown: "other",
} as const satisfies Record<Exclude<PathNode["disposition"], null>, string>;

/** A box is a drawing of its own, so that a text in a wide font does not leave it. */
export function nodeBox(node: PathNode, lines: readonly BoxLine[], { x, y, width, height }: Box): Element {
  const { kind, stateful, only, disposition, name } = node;
  const stripe = kind === "end" && disposition !== null ? ENDS[disposition] : stateful ? "appliance" : STRIPES[kind];
  let baseline = PADDING - 4;
  return h(
    "svg",
    {
      class: `box${kind === "end" ? " end" : ""}${only === null ? "" : " one-sided"}`,
      x: number(x),
      y: number(y),
      width: String(width),
      height: String(height),
    },
    h("title", {}, name),
    h("rect", {
      class: "frame",
      x: "1",
      y: "1",
      width: String(width - 2),
      height: String(height - 2),
      rx: "6",
      fill: "#ffffff",
      stroke: "#526071",
    }),
    h("rect", { class: `stripe ${stripe}`, x: "1", y: "6", width: "5", height: String(height - 12), fill: "#526071" }),
    ...lines.map(({ text, kind: lineKind }) => {
      baseline += lineKind === "title" ? TITLE_LINE : LINE;
      return h("text", { class: lineKind, x: "14", y: String(baseline), "font-size": "12" }, text);
    }),
  );
}
