import { parseAddress } from "../../net/address.ts";
import { addressesIn } from "./configured-routes.ts";
import type { Lacking, TraceData, TraceQuestion } from "./question.ts";
import { type Symmetry, symmetryOf } from "./symmetry.ts";
import type { Trace } from "./trace.ts";
import { trace } from "./walk.ts";

/** The way of a packet, and that of its reply. */
export interface RoundTrip {
  readonly trace: Trace;
  /** Null where it was not asked for, or cannot be traced. */
  readonly return: Trace | null;
  /** Why the reply is not traced; null where it is, or was not asked for. */
  readonly returnReason: string | null;
  /** Null without a traced return. */
  readonly symmetry: Symmetry | null;
  readonly lacking: Lacking;
}

/**
 * Traces a packet and, where it is wanted, its reply: from what has the destination to the source address. Pure. Cost:
 * as `trace`, twice.
 */
export function roundTrip(data: TraceData, question: TraceQuestion, withReturn: boolean): RoundTrip {
  const there = trace(data, question);
  const oneWay = { trace: there.trace, return: null, returnReason: null, symmetry: null, lacking: there.lacking };
  if (!withReturn) return oneWay;
  const reply = replyTo(data, question, there.trace);
  if (typeof reply === "string") return { ...oneWay, returnReason: reply };
  const back = trace(data, reply);
  return {
    trace: there.trace,
    return: back.trace,
    returnReason: null,
    symmetry: symmetryOf(there.trace, back.trace),
    lacking: {
      nics: union(there.lacking.nics, back.lacking.nics),
      gateways: union(there.lacking.gateways, back.lacking.gateways),
      hubs: union(there.lacking.hubs, back.lacking.hubs),
    },
  };
}

const union = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])];

/** The question of the reply, or why there is none. */
function replyTo({ index }: TraceData, question: TraceQuestion, there: Trace): TraceQuestion | string {
  const { from, protocol } = question;
  if (from.address === null) return `the source address of ${from.endpoint.name} is not known`;
  const hosts = there.hops.filter(({ kind }) => kind === "host");
  const [host] = hosts;
  if (host === undefined) {
    return there.ends.some(({ disposition }) => disposition === "leaves-azure")
      ? `${there.to} is outside Azure`
      : "the packet does not arrive";
  }
  const nic = index.nics.get(host.resourceId);
  if (nic === null) return `no NIC with ${there.to} is known`;
  const [address] = addressesIn([there.to]);
  return {
    from: {
      place: { kind: "nic", nic, arrivedBy: null, address: there.to },
      address: address ?? parseAddress(there.to),
      endpoint: { address: there.to, resourceId: nic.id, name: nic.name },
      notes: [],
    },
    to: from.address,
    protocol,
    // The port of a rule is that of the service, which a reply comes from.
    port: null,
  };
}
