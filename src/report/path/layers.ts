/** An edge between the keys of two nodes. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** Nodes in layers, so that every link but those of loops leads from one layer to a later one. */
export interface Layers {
  /** The nodes of each layer, and the points that links pass there: `null` nodes with the link. */
  readonly rows: readonly (readonly Cell[])[];
  /** The links that lead to the same layer, or to an earlier one. */
  readonly backward: ReadonlySet<Link>;
}

/** A node of a layer, or the point where a longer link passes it. */
export type Cell = { readonly node: string } | { readonly node: null; readonly link: string };

/** The name of a link that passes layers, the same for all links between two nodes. */
export const linkKey = ({ from, to }: Link): string => `${from}\n${to}`;

/**
 * Puts the nodes of a graph in layers, the way Sugiyama and others describe it: cycles are cut, each node is one layer
 * after the last that leads to it, and the nodes of a layer are placed near those that they are linked to. Cost: the
 * product of nodes and links, which a trace bounds.
 */
export function layersOf(nodes: readonly string[], links: readonly Link[]): Layers {
  const backward = cycleClosers(nodes, links);
  const forward = links.filter((link) => !backward.has(link));
  const layer = new Map(nodes.map((node) => [node, 0]));
  const at = (node: string) => layer.get(node) ?? 0;
  for (let round = 0; round < nodes.length; round++) {
    let moved = false;
    for (const { from, to } of forward) {
      if (at(to) > at(from)) continue;
      layer.set(to, at(from) + 1);
      moved = true;
    }
    if (!moved) break;
  }
  // A node without incoming links goes beside its first target, not to the beginning.
  for (const node of nodes.slice(1)) {
    const next = forward.filter(({ from }) => from === node).map(({ to }) => at(to));
    if (next.length > 0 && !forward.some(({ to }) => to === node))
      layer.set(node, next.reduce((least, each) => Math.min(least, each)) - 1);
  }
  const rows = Array.from(
    { length: [...layer.values()].reduce((most, each) => Math.max(most, each), 0) + 1 },
    (): Cell[] => [],
  );
  for (const node of nodes) rows[at(node)]?.push({ node });
  for (const key of new Set(forward.map(linkKey))) {
    const link = forward.find((each) => linkKey(each) === key);
    if (link === undefined) continue;
    for (let passed = at(link.from) + 1; passed < at(link.to); passed++) rows[passed]?.push({ node: null, link: key });
  }
  return { rows: ordered(rows, forward), backward };
}

/** The links that close a cycle. */
function cycleClosers(nodes: readonly string[], links: readonly Link[]): ReadonlySet<Link> {
  const closers = new Set<Link>();
  const seen = new Set<string>();
  const visit = (node: string, path: ReadonlySet<string>): void => {
    seen.add(node);
    for (const link of links) {
      if (link.from !== node) continue;
      if (path.has(link.to)) closers.add(link);
      else if (!seen.has(link.to)) visit(link.to, new Set([...path, link.to]));
    }
  };
  for (const node of nodes) if (!seen.has(node)) visit(node, new Set([node]));
  return closers;
}

/** The number of passes over the layers, there and back. Each moves nodes to the mean place of their neighbours. */
const SWEEPS = 4;

function ordered(rows: readonly (readonly Cell[])[], links: readonly Link[]): readonly (readonly Cell[])[] {
  const sorted = rows.map((row) => [...row]);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    const order = sorted.map((_, index) => index);
    for (const index of isDown ? order.slice(1) : order.reverse().slice(1)) {
      const beside = sorted[isDown ? index - 1 : index + 1] ?? [];
      const places = new Map(beside.map((cell, place) => [nameOf(cell), place - (beside.length - 1) / 2]));
      const mean = (cell: Cell) => {
        const found = neighbours(cell, links, isDown).flatMap((names) => {
          const place = names.map((name) => places.get(name)).find((each) => each !== undefined);
          return place === undefined ? [] : [place];
        });
        return found.length === 0 ? 0 : found.reduce((sum, place) => sum + place, 0) / found.length;
      };
      sorted[index] = (sorted[index] ?? [])
        .map((cell, place) => ({ cell, place, mean: mean(cell) }))
        .sort((a, b) => a.mean - b.mean || a.place - b.place)
        .map(({ cell }) => cell);
    }
  }
  return sorted;
}

const nameOf = (cell: Cell) => cell.node ?? `link ${cell.link}`;

/** For each link of a cell: the possible names of its other end in the layer beside it. */
function neighbours(cell: Cell, links: readonly Link[], before: boolean): readonly (readonly string[])[] {
  return links.flatMap((link) => {
    const key = linkKey(link);
    const isOwn = cell.node === null ? cell.link === key : (before ? link.to : link.from) === cell.node;
    return isOwn ? [[`link ${key}`, before ? link.from : link.to]] : [];
  });
}
