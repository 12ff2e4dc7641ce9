import { isStateful } from "../../analysis/trace/symmetry.ts";
import type { Hop, Trace, TraceEnd } from "../../analysis/trace/trace.ts";
import { type TraceReport, tracesOf } from "../../output/results/trace/report.ts";
import { lastPart } from "../../text/last-part.ts";

/** The direction of a packet: to the destination, or back as its reply. */
export type Direction = ReturnType<typeof tracesOf>[number]["direction"];

/** A router or a host that packets pass, or where they end. All NICs of an appliance are one node. */
export interface PathNode {
  readonly key: string;
  readonly name: string;
  readonly network: string | null;
  /** `end`: the fate of a packet that reaches no host. */
  readonly kind: Hop["kind"] | "end";
  readonly hops: readonly { readonly direction: Direction; readonly hop: Hop }[];
  readonly stateful: boolean;
  /** The only direction in which a stateful hop sees the flow, so that it drops the other half; null elsewhere. */
  readonly only: Direction | null;
  readonly disposition: TraceEnd["disposition"] | null;
}

/** Packets go from one node to another. */
export interface PathEdge {
  readonly from: string;
  readonly to: string;
  readonly direction: Direction;
  /** Whether it closes a loop, or leads to the node of a loop. */
  readonly loop: boolean;
}

/** The paths of a packet and of its reply, over shared nodes. */
export interface PathGraph {
  readonly nodes: readonly PathNode[];
  readonly edges: readonly PathEdge[];
}

/** Returns the graph of a trace, in the order of the trace. Cost: linear in the hops. */
export function pathGraph(report: TraceReport): PathGraph {
  const nodes = new Map<string, Writable<PathNode>>();
  const edges = new Map<string, PathEdge>();
  const onlyOn = oneSided(report);
  const connect = (edge: PathEdge) => {
    const key = `${edge.direction}\n${edge.from}\n${edge.to}`;
    if (!edge.loop || !edges.has(key)) edges.set(key, edge);
  };
  for (const { direction, trace } of tracesOf(report)) {
    for (const hop of trace.hops) {
      const key = keyOf(hop);
      const known = nodes.get(key);
      if (known !== undefined) {
        known.hops = [...known.hops, { direction, hop }];
        known.stateful ||= isStateful(hop);
        continue;
      }
      nodes.set(key, {
        key,
        name: nodeName(hop),
        network: hop.network,
        kind: hop.kind,
        hops: [{ direction, hop }],
        stateful: isStateful(hop),
        only: onlyOn.get(key) ?? null,
        disposition: hop.kind === "host" && direction === "there" ? "delivered" : null,
      });
    }
    for (const edge of edgesOf(trace, direction)) connect(edge);
    for (const [end, from] of endsOf(trace)) {
      const key = `end\n${direction}\n${end.disposition}\n${end.text}`;
      nodes.set(key, {
        key,
        name: end.text,
        network: null,
        kind: "end",
        hops: [],
        stateful: false,
        only: null,
        disposition: end.disposition,
      });
      connect({ from, to: key, direction, loop: end.disposition === "loop" });
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function keyOf(hop: Hop): string {
  const own = hop.kind === "nic" && hop.applianceId !== null ? hop.applianceId : hop.resourceId;
  return own?.toLowerCase() ?? `${hop.kind} ${hop.name}`;
}

const nodeName = (hop: Hop) => (hop.kind === "nic" && hop.applianceId !== null ? lastPart(hop.applianceId) : hop.name);

/** The stateful hops that see only one direction. None if a part of a direction is unknown, since it may pass them. */
function oneSided({ symmetry, symmetric }: TraceReport): ReadonlyMap<string, Direction> {
  if (symmetry === null || symmetric !== false) return new Map();
  const ids = (ways: typeof symmetry.there) => new Set(ways.flat().map(({ id }) => id.toLowerCase()));
  const [there, back] = [ids(symmetry.there), ids(symmetry.back)];
  // If nothing comes back, every hop would be marked.
  if (symmetry.back.length === 0) return new Map();
  return new Map([
    ...[...there].filter((id) => !back.has(id)).map((id) => [id, "there"] as const),
    ...[...back].filter((id) => !there.has(id)).map((id) => [id, "back"] as const),
  ]);
}

function* edgesOf({ hops, ends }: Trace, direction: Direction): Generator<PathEdge> {
  const looping = new Set(ends.filter(({ disposition }) => disposition === "loop").map(({ hop }) => hop));
  for (const hop of hops) {
    for (const index of hop.next) {
      const next = hops[index - 1];
      if (next === undefined) continue;
      const loop = looping.has(hop.index) && index <= hop.index;
      yield { from: keyOf(hop), to: keyOf(next), direction, loop };
    }
  }
}

/** The ends that no host and no edge shows. */
function* endsOf({ hops, ends }: Trace): Generator<readonly [TraceEnd, string]> {
  for (const end of ends) {
    const hop = hops[end.hop - 1];
    if (hop === undefined || hop.kind === "host") continue;
    if (end.disposition === "loop" && hop.next.some((index) => index <= hop.index)) continue;
    yield [end, keyOf(hop)];
  }
}
