import { type Address, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { quotedText } from "../../text/quoted-text.ts";

/** Network security group flow logs of version 1 and 2, virtual network flow logs of version 4. */
export type FlowLogFormat = "nsg-v1" | "nsg-v2" | "vnet-v4";

/** The fields of a tuple. Numbers are null if the log omits them. */
export interface TupleFields {
  /** ISO 8601. */
  readonly time: string;
  readonly sourceAddress: string;
  readonly destinationAddress: string;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  /** `TCP`, `UDP`, `ICMP`, or the IANA protocol number from the log. */
  readonly protocol: string;
  readonly direction: "inbound" | "outbound";
  /** Null if the log has neither A nor D. In virtual network flow logs the state of a denied flow is D. */
  readonly decision: "allowed" | "denied" | null;
  /** Null in version 1. */
  readonly state: "begin" | "continuing" | "end" | "denied" | null;
  /** The encryption status of a virtual network flow log, e.g. `NX`; otherwise null. */
  readonly encryption: string | null;
  readonly packetsToDestination: number | null;
  readonly bytesToDestination: number | null;
  readonly packetsToSource: number | null;
  readonly bytesToSource: number | null;
}

/**
 * The end of the flow to look up in the routes of the network interface, and its address. For an outbound flow that is
 * the destination. For an inbound flow it is the source, because the interface sends its replies there and effective
 * routes only apply to packets that leave.
 */
export interface LookedUp {
  readonly lookedUp: "destination" | "source";
  readonly address: Address;
}

export type ReadTuple = TupleFields & LookedUp;

/** The reason why a tuple is invalid. */
export interface TupleRefusal {
  readonly code: string;
  readonly reason: string;
  readonly hint: string;
}

const FIELDS: Readonly<Record<FlowLogFormat, number>> = { "nsg-v1": 8, "nsg-v2": 13, "vnet-v4": 13 };

const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ["T", "TCP"],
  ["U", "UDP"],
  ["1", "ICMP"],
  ["6", "TCP"],
  ["17", "UDP"],
]);

const STATES: ReadonlyMap<string, TupleFields["state"]> = new Map([
  ["B", "begin"],
  ["C", "continuing"],
  ["E", "end"],
  ["D", "denied"],
]);

const HINT = "use the unmodified log file from Azure";

const refusal = (reason: string): TupleRefusal => ({ code: "flow-tuple", reason, hint: HINT });

const number = (text: string | undefined) => (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null);

/** Latest time with a four-digit year in ISO 8601. */
const MAX_TIME = Date.UTC(9999, 11, 31);

/** Seconds up to the year 5138; as milliseconds, times before March 1973. */
const MAX_SECONDS = 1e11;

/**
 * Parses the time. NSG flow logs have seconds since 1970, virtual network flow logs milliseconds. Some virtual network
 * flow logs have seconds too, so the size of the number decides.
 * https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
 */
function timeOf(text: string): string | null {
  const value = number(text);
  if (value === null) return null;
  const milliseconds = value < MAX_SECONDS ? value * 1000 : value;
  return milliseconds <= MAX_TIME ? new Date(milliseconds).toISOString() : null;
}

/**
 * Parses a flow tuple. Ignores additional fields, in case a later format adds some.
 * https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview#log-format
 * https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview#log-format
 */
export function readTuple(text: string, format: FlowLogFormat): ReadTuple | TupleRefusal {
  const fields = text.split(",");
  if (fields.length < FIELDS[format]) {
    return refusal(`only ${fields.length} of ${FIELDS[format]} fields`);
  }
  const [stamp = "", source = "", destination = "", sourcePort, destinationPort, protocol = "", flow = ""] = fields;
  const time = timeOf(stamp);
  if (time === null) return refusal(`invalid time '${quotedText(stamp, 20)}'`);
  const direction = flow === "I" ? "inbound" : flow === "O" ? "outbound" : null;
  if (direction === null) return refusal(`invalid direction '${quotedText(flow, 20)}', expected I or O`);
  const lookedUp = direction === "outbound" ? "destination" : "source";
  let address: Address;
  try {
    const ends = { source: parseAddress(source), destination: parseAddress(destination) };
    address = ends[lookedUp];
  } catch (error) {
    if (!isAddressError(error)) throw error;
    return { code: error.code, reason: quotedText(error.message, 120), hint: error.hint };
  }
  const outcome = outcomeOf(fields, format);
  return {
    time,
    sourceAddress: source,
    destinationAddress: destination,
    sourcePort: number(sourcePort),
    destinationPort: number(destinationPort),
    protocol: PROTOCOLS.get(protocol) ?? protocol,
    direction,
    decision: outcome.decision,
    state: outcome.state,
    encryption: outcome.encryption,
    packetsToDestination: outcome.packetsToDestination,
    bytesToDestination: outcome.bytesToDestination,
    packetsToSource: outcome.packetsToSource,
    bytesToSource: outcome.bytesToSource,
    lookedUp,
    address,
  };
}

type Outcome = Omit<
  TupleFields,
  "time" | "sourceAddress" | "destinationAddress" | "sourcePort" | "destinationPort" | "protocol" | "direction"
>;

function outcomeOf(fields: readonly string[], format: FlowLogFormat): Outcome {
  const seventh = fields[7] ?? "";
  const eighth = fields[8] ?? "";
  const nsg = format !== "vnet-v4";
  const state = nsg ? (format === "nsg-v1" ? null : STATES.get(eighth)) : STATES.get(seventh);
  const denied = nsg ? seventh === "D" : state === "denied";
  const allowed = nsg ? seventh === "A" : state !== undefined;
  const count = (index: number) => (format === "nsg-v1" ? null : number(fields[index]));
  return {
    decision: denied ? "denied" : allowed ? "allowed" : null,
    state: state ?? null,
    encryption: nsg ? null : eighth,
    packetsToDestination: count(9),
    bytesToDestination: count(10),
    packetsToSource: count(11),
    bytesToSource: count(12),
  };
}
