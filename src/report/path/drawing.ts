import { type Element, h } from "../markup.ts";
import { boxLines, nodeBox, sizeOf } from "./box.ts";
import { ACROSS, type Box, DOWN, type Form, NARROW, type Point, type Size } from "./geometry.ts";
import { type Cell, layersOf, linkKey } from "./layers.ts";
import { edgePath } from "./line.ts";
import type { PathEdge, PathGraph } from "./path-graph.ts";

/** Between layers, and between the boxes of one. */
const GAP = { layers: 52, boxes: 22 };
/** The room of a link in a layer that it passes. */
const PASSAGE = 14;
/** The distance of the packet's line, and of its reply's, from the middle of a box. */
const LANE = 8;
/** The widest picture that a page shows without shrinking its texts much. */
const MOST_WIDTH = 1150;

/**
 * Returns a picture of the path for wide windows, from left to right where it fits, and one for narrow windows. The
 * list of the hops says the same in words.
 */
export function pathPictures(graph: PathGraph, label: string): readonly [Element, Element] {
  const across = picture(graph, ACROSS, label, "wide");
  const wide = Number(across.attributes.width) <= MOST_WIDTH ? across : picture(graph, DOWN, label, "wide");
  return [wide, picture(graph, NARROW, label, "narrow")];
}

function picture(graph: PathGraph, form: Form, label: string, windows: "wide" | "narrow"): Element {
  const { nodes, edges } = graph;
  const texts = new Map(nodes.map((node) => [node.key, boxLines(node, form)]));
  // A reply goes the other way, so that both directions have the same layers.
  const links = edges.map((edge) => (edge.direction === "there" ? edge : { ...edge, from: edge.to, to: edge.from }));
  const { rows, backward } = layersOf(
    nodes.map(({ key }) => key),
    links,
  );
  const sizes = new Map(Array.from(texts, ([key, lines]) => [key, sizeOf(lines, form)]));
  const { boxes, passages, size } = placed(rows, sizes, form);
  const both = new Set(edges.map(({ direction }) => direction)).size > 1;
  const paths = links.map((link, index) => {
    const edge = edges[index] as PathEdge;
    return edgePath(edge, {
      boxes,
      form,
      isBackward: backward.has(link),
      passed: rows.flatMap((_, layer) => passages.get(`${layer} ${linkKey(link)}`) ?? []),
      lane: both ? (edge.direction === "there" ? -LANE : LANE) : 0,
    });
  });
  return h(
    "svg",
    {
      class: `path ${windows}`,
      viewBox: `0 0 ${size.width} ${size.height}`,
      width: String(size.width),
      height: String(size.height),
      role: "img",
      "aria-label": label,
    },
    ...paths,
    ...nodes.map((node) => nodeBox(node, texts.get(node.key) ?? [], boxes.get(node.key) as Box)),
  );
}

/** Gives every box its place, each layer in the middle of the others. */
function placed(rows: readonly (readonly Cell[])[], sizes: ReadonlyMap<string, Size>, { isAcross, margin }: Form) {
  const along = ({ width, height }: Size) => (isAcross ? width : height);
  const beside = ({ width, height }: Size) => (isAcross ? height : width);
  const sizeOfCell = (cell: Cell): Size =>
    cell.node === null ? { width: PASSAGE, height: PASSAGE } : (sizes.get(cell.node) ?? { width: 0, height: 0 });
  const spans = rows.map(
    (row) => row.reduce((sum, cell) => sum + beside(sizeOfCell(cell)), 0) + GAP.boxes * Math.max(0, row.length - 1),
  );
  const widest = spans.reduce((most, span) => Math.max(most, span), 0);
  const boxes = new Map<string, Box>();
  const passages = new Map<string, readonly Point[]>();
  let start = margin;
  rows.forEach((row, layer) => {
    const depth = row.reduce((most, cell) => Math.max(most, along(sizeOfCell(cell))), 0);
    let side = margin + (widest - (spans[layer] ?? 0)) / 2;
    for (const cell of row) {
      const size = sizeOfCell(cell);
      const [main, cross] = [start + (depth - along(size)) / 2, side];
      if (cell.node === null) {
        const place = cross + PASSAGE / 2;
        const ends = [start, start + depth].map((at) => (isAcross ? { x: at, y: place } : { x: place, y: at }));
        passages.set(`${layer} ${cell.link}`, ends);
      } else boxes.set(cell.node, { ...size, ...(isAcross ? { x: main, y: cross } : { x: cross, y: main }) });
      side += beside(size) + GAP.boxes;
    }
    start += depth + GAP.layers;
  });
  const [length, breadth] = [start - GAP.layers + margin, widest + 2 * margin];
  return { boxes, passages, size: isAcross ? { width: length, height: breadth } : { width: breadth, height: length } };
}
