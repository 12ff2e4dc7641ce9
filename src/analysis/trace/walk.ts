import { formatAddress } from "../../net/address.ts";
import { conclude } from "./conclusion.ts";
import { keyOf, type Place } from "./places.ts";
import type { Lacking, TraceData, TraceQuestion } from "./question.ts";
import { leastSureStep, type TraceStatus } from "./rules.ts";
import { applied, noted, type Step } from "./steps/branch.ts";
import { configuredStep } from "./steps/configured.ts";
import { gatewayStep, unnamedGatewayStep } from "./steps/gateway/gateway.ts";
import { hostStep } from "./steps/host.ts";
import { hubStep } from "./steps/hub.ts";
import { loadBalancerStep } from "./steps/load-balancer.ts";
import { nicStep } from "./steps/nic.ts";
import type { Disposition, Hop, Trace, TraceEnd, TraceNote } from "./trace.ts";

/** Most hops of a trace. Real paths have a handful. */
export const MOST_HOPS = 64;

/** A trace, and the missing tables that would make it longer. */
export interface TraceResult {
  readonly trace: Trace;
  readonly lacking: Lacking;
}

/**
 * Follows a packet from router to router. Every place is visited once, so the hops are a graph: an edge back to a hop
 * that leads there is a loop. What is missing is named, never fetched: a live caller fetches it and traces again. Pure.
 * Cost: linear in the tables of the hops, at most `MOST_HOPS` of them.
 */
export function trace(data: TraceData, question: TraceQuestion): TraceResult {
  const walk = new Walk(data, question);
  walk.run();
  return walk.result();
}

/** A hop that has been numbered, and whose followers may not all be known yet. */
interface Visited {
  readonly index: number;
  readonly step: Step;
  readonly next: number[];
  /** How it closes a loop; null where it does not. */
  loop: string | null;
}

class Walk {
  readonly #data: TraceData;
  readonly #question: TraceQuestion;
  readonly #visited = new Map<string, Visited>();
  readonly #ends: TraceEnd[] = [];
  readonly #notes: TraceNote[] = [];
  readonly #lacking = { nics: new Set<string>(), gateways: new Set<string>(), hubs: new Set<string>() };
  #isBounded = false;

  constructor(data: TraceData, question: TraceQuestion) {
    this.#data = data;
    this.#question = question;
  }

  run(): void {
    this.#visit(this.#question.from.place, new Set());
  }

  /** Returns the number of a place's hop; null where the bound is reached. `path` has the places that led here. */
  #visit(place: Place, path: Set<string>): number | null {
    const key = keyOf(place);
    if (this.#visited.size >= MOST_HOPS) {
      this.#isBounded = true;
      return null;
    }
    const step = this.#step(place);
    const visited: Visited = { index: this.#visited.size + 1, step, next: [], loop: null };
    this.#visited.set(key, visited);
    for (const { disposition, text } of step.ends) this.#ends.push({ hop: visited.index, disposition, text });
    path.add(key);
    for (const next of step.next) {
      const nextKey = keyOf(next);
      const known = this.#visited.get(nextKey);
      if (path.has(nextKey) && known !== undefined) {
        visited.loop = `loops: the packet reaches ${known.step.hop.name} again`;
        this.#ends.push({ hop: visited.index, disposition: "loop", text: visited.loop });
      }
      const index = known?.index ?? this.#visit(next, path);
      if (index !== null && !visited.next.includes(index)) visited.next.push(index);
    }
    path.delete(key);
    return visited.index;
  }

  #step(place: Place): Step {
    const data = this.#data;
    const question = this.#question;
    const missingGateway = (id: string) => this.#lacking.gateways.add(id);
    switch (place.kind) {
      case "nic":
        return nicStep(data, question, place, (id) => this.#lacking.nics.add(id));
      case "load-balancer":
        return loadBalancerStep(data, question, place);
      case "firewall":
      case "managed-appliance":
        return configuredStep(data, question, place, missingGateway);
      case "gateway":
        return gatewayStep(data, question, place, missingGateway);
      case "unnamed-gateway":
        return unnamedGatewayStep(place);
      case "hub":
        return hubStep(data, question, place, (id) => this.#lacking.hubs.add(id));
      case "host":
        return hostStep(place, question);
      default:
        return place satisfies never;
    }
  }

  result(): TraceResult {
    const { from, to, protocol, port } = this.#question;
    if (this.#isBounded) {
      const text = `only the first ${MOST_HOPS} hops were followed`;
      this.#notes.push(noted("bounded", "problem", text));
      this.#ends.push({ hop: MOST_HOPS, disposition: "unknown", text });
    }
    const hops = Array.from(this.#visited.values(), (visited) => hopOf(visited, this.#ends));
    const conclusion = conclude(hops, this.#ends);
    return {
      trace: {
        from: from.endpoint,
        to: formatAddress(to),
        protocol,
        port,
        ...conclusion,
        hops,
        ends: this.#ends,
        notes: [...from.notes, ...this.#notes],
      },
      lacking: {
        nics: [...this.#lacking.nics],
        gateways: [...this.#lacking.gateways],
        hubs: [...this.#lacking.hubs],
      },
    };
  }
}

function hopOf({ index, step, next, loop }: Visited, ends: readonly TraceEnd[]): Hop {
  const rules = loop === null ? step.rules : [...step.rules, applied("loop", loop)];
  const statuses: TraceStatus[] = rules.map(({ status }) => status);
  if (step.hop.explanation !== null) statuses.push(step.hop.explanation.certainty);
  if (step.assumptions.length > 0) statuses.push("assumed");
  return {
    ...step.hop,
    index,
    rule: step.rules[0],
    rules,
    certainty: leastSureStep(statuses),
    next,
    disposition: dispositionAt(index, ends),
    assumptions: step.assumptions,
  };
}

function dispositionAt(index: number, ends: readonly TraceEnd[]): Disposition | null {
  const here = new Set(ends.filter(({ hop }) => hop === index).map(({ disposition }) => disposition));
  if (here.size > 1) return "depends";
  return [...here][0] ?? null;
}
