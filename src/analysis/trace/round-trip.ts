import { type Address, formatAddress } from "../../net/address.ts";
import type { NetworkInterface } from "../../topology/topology.ts";
import type { Lacking, TraceData, TraceQuestion } from "./question.ts";
import { noted } from "./steps/branch.ts";
import { type Symmetry, symmetryOf } from "./symmetry.ts";
import type { Protocol, Trace } from "./trace.ts";
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
  const replies = repliesTo(data, question, there.trace);
  if (typeof replies === "string") return { ...oneWay, returnReason: replies };
  const backs = replies.map((reply) => {
    const back = trace(data, reply);
    return { ...back, symmetry: symmetryOf(there.trace, back.trace) };
  });
  // Only one reply is shown: an asymmetric one first, then one that is not known to its end.
  const shown =
    backs.find(({ symmetry }) => symmetry.symmetric === false) ??
    backs.find(({ symmetry }) => symmetry.symmetric === null) ??
    backs[0];
  if (shown === undefined) return oneWay;
  const all = [there, ...backs].map(({ lacking }) => lacking);
  return {
    trace: there.trace,
    return: backs.length === 1 ? shown.trace : withOthers(shown.trace, replies),
    returnReason: null,
    symmetry: shown.symmetry,
    lacking: {
      nics: union(all.map(({ nics }) => nics)),
      gateways: union(all.map(({ gateways }) => gateways)),
      hubs: union(all.map(({ hubs }) => hubs)),
    },
  };
}

const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];

/** The reply of one backend, and which others answer too. */
function withOthers(back: Trace, replies: readonly TraceQuestion[]): Trace {
  const others = replies.map(({ from }) => from.endpoint.name).filter((name) => name !== back.from.name);
  const text = `from ${back.from.name}; ${others.join(", ")} may answer too`;
  return { ...back, notes: [...back.notes, noted("several-nics", "remark", text)] };
}

/** The question of the reply, one for each backend that has the destination; or why there is none. */
function repliesTo({ index }: TraceData, question: TraceQuestion, there: Trace): readonly TraceQuestion[] | string {
  const { from, protocol } = question;
  if (from.address === null) return `the source address of ${from.endpoint.name} is unknown`;
  const { address: source } = from;
  const hosts = there.hops.filter(({ kind }) => kind === "host");
  if (hosts.length === 0) {
    return there.ends.some(({ disposition }) => disposition === "leaves-azure")
      ? `${there.to} is outside Azure`
      : "the packet does not arrive";
  }
  const nics = hosts.flatMap(({ resourceId }) => index.nics.get(resourceId) ?? []);
  if (nics.length === 0) return `no NIC with ${there.to} is known`;
  return nics.map((nic) => replyFrom(nic, { from: source, to: question.to, protocol }));
}

/** The question of a reply: from the NIC that has the destination back to the source. */
export function replyFrom(
  nic: NetworkInterface,
  { from, to, protocol }: { readonly from: Address; readonly to: Address; readonly protocol: Protocol | null },
): TraceQuestion {
  const address = formatAddress(to);
  return {
    from: {
      place: { kind: "nic", nic, arrivedBy: null, address },
      address: to,
      endpoint: { address, resourceId: nic.id, name: nic.name },
      notes: [],
    },
    to: from,
    protocol,
    // The port of a rule is that of the service, which a reply comes from. It goes to a port that the client chose.
    port: null,
    isReply: true,
  };
}
