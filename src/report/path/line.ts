import { h, type Markup } from "../markup.ts";
import { type Box, type Form, number, type Point } from "./geometry.ts";
import type { PathEdge } from "./path-graph.ts";

/** The surroundings of a line: the boxes, and the layers that it passes. */
interface EdgeRoom {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly form: Form;
  readonly isBackward: boolean;
  /** The points of the layers that it passes, in the order of the layers. */
  readonly passed: readonly Point[];
  readonly lane: number;
}

const pair = ({ x, y }: Point) => `${number(x)} ${number(y)}`;

/** Returns the line of an edge with an arrow at its end. */
export function edgePath({ from, to, direction, loop }: PathEdge, room: EdgeRoom): Markup {
  const { boxes, form, isBackward, passed, lane } = room;
  const { isAcross } = form;
  const [source, target] = [boxes.get(from), boxes.get(to)];
  if (source === undefined || target === undefined) return null;
  const kind = loop ? "loop" : direction;
  const line = (d: string, tip: Point, towards: Point) => [
    h("path", { class: `line ${kind}`, d, fill: "none", stroke: FALLBACK[kind], "stroke-width": "2" }, ""),
    h("path", { class: `tip ${kind}`, d: arrow(tip, towards), fill: FALLBACK[kind] }, ""),
  ];
  if (isBackward || from === to) {
    const { d, tip, before } = aroundThem(source, target, isAcross);
    return line(d, tip, before);
  }
  const isReply = direction === "back";
  const points = [
    port(source, isAcross, isReply ? "in" : "out", lane),
    ...(isReply ? [...passed].reverse() : passed).map(({ x, y }) =>
      isAcross ? { x, y: y + lane / 2 } : { x: x + lane / 2, y },
    ),
    port(target, isAcross, isReply ? "out" : "in", lane),
  ];
  const pieces = points.slice(1).map((end, index) => {
    const start = points[index] as Point;
    const [a, b] = isAcross
      ? [
          { x: (start.x + end.x) / 2, y: start.y },
          { x: (start.x + end.x) / 2, y: end.y },
        ]
      : [
          { x: start.x, y: (start.y + end.y) / 2 },
          { x: end.x, y: (start.y + end.y) / 2 },
        ];
    return `C ${pair(a)}, ${pair(b)}, ${pair(end)}`;
  });
  const tip = points.at(-1) as Point;
  const step = isReply ? 10 : -10;
  return line(
    `M ${pair(points[0] as Point)} ${pieces.join(" ")}`,
    tip,
    isAcross ? { x: tip.x + step, y: tip.y } : { x: tip.x, y: tip.y + step },
  );
}

/** Colours for pages without a style sheet. */
const FALLBACK = { there: "#1f5fa8", back: "#8a4b00", loop: "#a91d14" } as const;

/** The middle of the side by which lines come in or go out. */
function port({ x, y, width, height }: Box, isAcross: boolean, side: "in" | "out", lane: number): Point {
  if (isAcross) return { x: side === "in" ? x : x + width, y: y + height / 2 + lane };
  return { x: x + width / 2 + lane, y: side === "in" ? y : y + height };
}

/** A line that leads back. It leaves and enters at the sides of the boxes, outside other lines. */
function aroundThem(source: Box, target: Box, isAcross: boolean) {
  if (isAcross) {
    const start = { x: source.x + source.width * 0.4, y: source.y + source.height };
    const tip = { x: target.x + target.width * (source === target ? 0.7 : 0.5), y: target.y + target.height };
    const below = Math.max(start.y, tip.y) + 22;
    const [a, b] = [
      { x: start.x, y: below },
      { x: tip.x, y: below },
    ];
    return { d: `M ${pair(start)} C ${pair(a)}, ${pair(b)}, ${pair(tip)}`, tip, before: { x: tip.x, y: tip.y + 10 } };
  }
  const start = { x: source.x + source.width, y: source.y + source.height * 0.4 };
  const tip = { x: target.x + target.width, y: target.y + target.height * (source === target ? 0.7 : 0.5) };
  const right = Math.max(start.x, tip.x) + 22;
  const [a, b] = [
    { x: right, y: start.y },
    { x: right, y: tip.y },
  ];
  return { d: `M ${pair(start)} C ${pair(a)}, ${pair(b)}, ${pair(tip)}`, tip, before: { x: tip.x + 10, y: tip.y } };
}

/** A triangle at the end of a line. */
function arrow(tip: Point, before: Point): string {
  const [dx, dy] = [Math.sign(tip.x - before.x), Math.sign(tip.y - before.y)];
  const corner = (side: number) => ({ x: tip.x - 9 * dx + side * 5 * dy, y: tip.y - 9 * dy + side * 5 * dx });
  return `M ${pair(tip)} L ${pair(corner(1))} L ${pair(corner(-1))} Z`;
}
