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
 * Traces a packet and, where it is wanted, its reply: from what has the destination to the source address. Where the
 * packet is not seen to arrive, the reply is that of the only NIC with the destination; whether both directions are
 * symmetric is not known then. Pure. Cost: as `trace`, twice.
 */
export function roundTrip(data: TraceData, question: TraceQuestion, withReturn: boolean): RoundTrip {
  const there = trace(data, question);
  const oneWay = { trace: there.trace, return: null, returnReason: null, symmetry: null, lacking: there.lacking };
  if (!withReturn) return oneWay;
  const replies = repliesTo(data, question, there.trace);
  if (replies.from.length === 0) return { ...oneWay, returnReason: replies.reason };
  const backs = replies.from.map((reply) => {
    const back = trace(data, reply);
    const symmetry = symmetryOf(there.trace, back.trace);
    return { ...back, symmetry: replies.reason === null ? symmetry : unknownSymmetry(symmetry, replies.reason) };
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
    return: backs.length === 1 ? shown.trace : withOthers(shown.trace, replies.from),
    returnReason: null,
    symmetry: shown.symmetry,
    lacking: {
      nics: union(all.map(({ nics }) => nics)),
      gateways: union(all.map(({ gateways }) => gateways)),
      hubs: union(all.map(({ hubs }) => hubs)),
    },
  };
}

const unknownSymmetry = (symmetry: Symmetry, text: string): Symmetry => ({
  ...symmetry,
  symmetric: null,
  text,
  notes: [],
});

const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];

/** The reply of one backend, and which others answer too. */
function withOthers(back: Trace, replies: readonly TraceQuestion[]): Trace {
  const others = replies.map(({ from }) => from.endpoint.name).filter((name) => name !== back.from.name);
  const text = `from ${back.from.name}; ${others.join(", ")} may answer too`;
  return { ...back, notes: [...back.notes, noted("several-nics", "remark", text)] };
}

/** The questions of the replies. */
interface Replies {
  /** One for each backend that has the destination; none where there is no reply to trace. */
  readonly from: readonly TraceQuestion[];
  /** Why there is none, or why it is not known whether it is ever sent; null where the packet arrives. */
  readonly reason: string | null;
}

function repliesTo({ index }: TraceData, question: TraceQuestion, there: Trace): Replies {
  const { from, to, protocol } = question;
  if (from.address === null) return { from: [], reason: `the source address of ${from.endpoint.name} is unknown` };
  const ends = { from: from.address, to, protocol };
  const hosts = there.hops.filter(({ kind }) => kind === "host");
  if (hosts.length > 0) {
    const nics = hosts.flatMap(({ resourceId }) => index.nics.get(resourceId) ?? []);
    const reason = nics.length === 0 ? `no NIC with ${there.to} is known` : null;
    return { from: nics.map((nic) => replyFrom(nic, ends)), reason };
  }
  const owners = index.nicsWith(to);
  const [owner] = owners;
  const reason = notArriving(there, owners);
  if (owner === undefined || owners.length > 1) return { from: [], reason };
  const reply = replyFrom(owner, ends);
  const text = `${owner.name} is the only known NIC with ${there.to}; the packet is not seen to arrive there`;
  return { from: [{ ...reply, from: { ...reply.from, notes: [noted("not-arriving", "remark", text)] } }], reason };
}

/** Why a packet that reaches no host may have no reply. */
function notArriving({ to, ends }: Trace, owners: readonly NetworkInterface[]): string {
  const is = (wanted: Trace["disposition"]) => ends.some(({ disposition }) => disposition === wanted);
  if (is("leaves-azure")) {
    if (owners.length === 0) return `${to} is outside Azure, or in a network that was not read`;
    const several = owners.length > 1 ? `; ${owners.length} NICs have ${to}` : "";
    return `the packet leaves Azure, so where it arrives is not known${several}`;
  }
  return is("unknown") ? "it is not known whether the packet arrives" : "the packet does not arrive";
}

/** The question of a reply: from the NIC that has the destination back to the source. */
function replyFrom(
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
