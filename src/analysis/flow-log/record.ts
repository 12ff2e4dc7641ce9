import { quotedText } from "../../text/quoted-text.ts";
import { isRecord, nonEmptyText } from "../../text/type-guards.ts";
import { UserError } from "../../text/user-error.ts";
import { type FlowLogFormat, type LookedUp, type ReadTuple, readTuple, type TupleFields } from "./tuple.ts";

/** Why an input is rejected as a flow log. */
export type FlowLogErrorCode =
  | "flow-log-empty"
  | "flow-log-syntax"
  | "flow-log-truncated"
  | "flow-log-unrecognised"
  | "flow-log-record-size"
  | "flow-log-version"
  | "flow-log-shape";

/** Where in the log a tuple stands: record, and tuple within the record, both from 1. */
interface TuplePosition {
  readonly record: number;
  readonly tuple: number;
}

/** A tuple with what its record says of it. */
export interface FlowTuple extends TuplePosition, TupleFields, LookedUp {
  readonly format: FlowLogFormat;
  /** The network interface that saw the flow, as Azure writes it (`000D3AF8801A`). */
  readonly macAddress: string | null;
  /** The security rule that allowed or denied it. */
  readonly securityRule: string | null;
  /** The resource id of the network security group, or of what a virtual network flow log is for. */
  readonly resourceId: string | null;
}

/** A tuple that could not be read, in its place; `destination` shows how it starts. */
export interface RefusedTuple extends TuplePosition {
  readonly destination: string;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether an object is a flow log record of either kind. */
export function isFlowLogRecord(value: unknown): boolean {
  return (
    isRecord(value) && (isRecord(value.flowRecords) || (isRecord(value.properties) && "flows" in value.properties))
  );
}

/** The one record that a message is about. */
class Place {
  readonly record: number;

  constructor(record: number) {
    this.record = record;
  }

  objects(value: unknown, path: string): readonly Fields[] {
    if (Array.isArray(value) && value.every(isRecord)) return value;
    throw this.wrong(`${path} is no list of objects`);
  }

  texts(value: unknown, path: string): readonly string[] {
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    throw this.wrong(`${path} is no list of texts`);
  }

  wrong(what: string): UserError<FlowLogErrorCode> {
    return new UserError(
      "flow-log-shape",
      `record ${this.record} of the flow log: ${what}`,
      "give the PT1H.json file as Azure wrote it",
    );
  }
}

function formatOf(record: Fields, place: Place): FlowLogFormat {
  const vnet = isRecord(record.flowRecords);
  const version = vnet ? record.flowLogVersion : isRecord(record.properties) ? record.properties.Version : undefined;
  if (vnet && version === 4) return "vnet-v4";
  if (!vnet && version === 1) return "nsg-v1";
  if (!vnet && version === 2) return "nsg-v2";
  throw new UserError<FlowLogErrorCode>(
    "flow-log-version",
    `record ${place.record} of the flow log has ${versionText(version)}`,
    "read are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
  );
}

function versionText(version: unknown): string {
  if (version === undefined) return "version none";
  return typeof version === "object" && version !== null
    ? "a version that is no number"
    : `version ${quotedText(JSON.stringify(version), 20)}`;
}

/** Tuples that share a rule and a network interface. */
interface TupleGroup {
  readonly rule: string | null;
  readonly macAddress: string | null;
  readonly tuples: readonly string[];
}

function* nsgGroups(record: Fields, place: Place): Generator<TupleGroup> {
  const properties = isRecord(record.properties) ? record.properties : {};
  for (const ofRule of place.objects(properties.flows, "properties.flows")) {
    for (const ofMac of place.objects(ofRule.flows, "properties.flows[].flows")) {
      yield {
        rule: nonEmptyText(ofRule.rule),
        macAddress: nonEmptyText(ofMac.mac) ?? nonEmptyText(record.macAddress),
        tuples: place.texts(ofMac.flowTuples, "flowTuples"),
      };
    }
  }
}

function* vnetGroups(record: Fields, place: Place): Generator<TupleGroup> {
  const flowRecords = isRecord(record.flowRecords) ? record.flowRecords : {};
  for (const ofAcl of place.objects(flowRecords.flows, "flowRecords.flows")) {
    for (const group of place.objects(ofAcl.flowGroups, "flowRecords.flows[].flowGroups")) {
      yield {
        rule: nonEmptyText(group.rule),
        macAddress: nonEmptyText(record.macAddress),
        tuples: place.texts(group.flowTuples, "flowTuples"),
      };
    }
  }
}

/**
 * The tuples of record number `number`, in the log's order; one that cannot be read is refused in its place. Linear.
 * @throws UserError where the record is of no known version or has another shape.
 */
export function* recordTuples(record: unknown, number: number): Generator<FlowTuple | RefusedTuple> {
  const place = new Place(number);
  if (!isRecord(record) || !isFlowLogRecord(record))
    throw place.wrong("it has neither flowRecords nor properties.flows");
  const format = formatOf(record, place);
  const resourceId = nonEmptyText(format === "vnet-v4" ? record.targetResourceID : record.resourceId);
  let tuple = 0;
  for (const { rule, macAddress, tuples } of format === "vnet-v4"
    ? vnetGroups(record, place)
    : nsgGroups(record, place)) {
    for (const text of tuples) {
      tuple++;
      const read = readTuple(text, format);
      if ("reason" in read) {
        const message = `record ${number}, tuple ${tuple}: ${read.reason}`;
        const error = { code: read.code, message, hint: read.hint };
        yield { record: number, tuple, destination: quotedText(text, 60), error };
      } else {
        yield tupleOf(read, { record: number, tuple, format, macAddress, securityRule: rule, resourceId });
      }
    }
  }
}

/**
 * What a tuple says by itself and what its record says of it, field by field: a spread costs more than all the
 * reading.
 */
function tupleOf(read: ReadTuple, of: Omit<FlowTuple, keyof ReadTuple>): FlowTuple {
  return {
    record: of.record,
    tuple: of.tuple,
    format: of.format,
    time: read.time,
    sourceAddress: read.sourceAddress,
    destinationAddress: read.destinationAddress,
    sourcePort: read.sourcePort,
    destinationPort: read.destinationPort,
    protocol: read.protocol,
    direction: read.direction,
    decision: read.decision,
    state: read.state,
    encryption: read.encryption,
    packetsToDestination: read.packetsToDestination,
    bytesToDestination: read.bytesToDestination,
    packetsToSource: read.packetsToSource,
    bytesToSource: read.bytesToSource,
    lookedUp: read.lookedUp,
    address: read.address,
    macAddress: of.macAddress,
    securityRule: of.securityRule,
    resourceId: of.resourceId,
  };
}
