import { quotedText } from "../../text/quoted-text.ts";
import { isRecord, nonEmptyText } from "../../text/type-guards.ts";
import { UserError } from "../../text/user-error.ts";
import { type FlowLogFormat, type LookedUp, type ReadTuple, readTuple, type TupleFields } from "./tuple.ts";

/** Codes for invalid flow logs. */
export type FlowLogErrorCode =
  | "flow-log-empty"
  | "flow-log-syntax"
  | "flow-log-truncated"
  | "flow-log-unrecognised"
  | "flow-log-record-size"
  | "flow-log-version"
  | "flow-log-shape";

/** The position of a tuple in the log: record number, and tuple number within the record, both from 1. */
interface TuplePosition {
  readonly record: number;
  readonly tuple: number;
}

/** A tuple with the fields of its record. */
export interface FlowTuple extends TuplePosition, TupleFields, LookedUp {
  readonly format: FlowLogFormat;
  /** The network interface that saw the flow, as Azure writes it (`000D3AF8801A`). */
  readonly macAddress: string | null;
  /** The security rule that allowed or denied the flow. */
  readonly securityRule: string | null;
  /** The resource id of the network security group, or of the target of a virtual network flow log. */
  readonly resourceId: string | null;
}

/** An invalid tuple. `destination` is the start of its text. */
export interface RefusedTuple extends TuplePosition {
  readonly destination: string;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

type Fields = Readonly<Record<string, unknown>>;

type VnetRecord = Fields & { readonly flowRecords: Fields };

type NsgRecord = Fields & { readonly properties: Fields };

const isVnetRecord = (record: Fields): record is VnetRecord => isRecord(record.flowRecords);

const isNsgRecord = (record: Fields): record is NsgRecord =>
  isRecord(record.properties) && "flows" in record.properties;

/** Whether an object is a flow log record of either kind. */
export function isFlowLogRecord(value: unknown): value is VnetRecord | NsgRecord {
  return isRecord(value) && (isVnetRecord(value) || isNsgRecord(value));
}

/** Checks the shape of a record; error messages contain its number. */
class ShapeCheck {
  readonly record: number;

  constructor(record: number) {
    this.record = record;
  }

  objects(value: unknown, path: string): readonly Fields[] {
    if (Array.isArray(value) && value.every(isRecord)) return value;
    throw this.error(`${path} is not a list of objects`);
  }

  texts(value: unknown, path: string): readonly string[] {
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    throw this.error(`${path} is not a list of strings`);
  }

  error(problem: string): UserError<FlowLogErrorCode> {
    return new UserError(
      "flow-log-shape",
      `record ${this.record} of the flow log: ${problem}`,
      "use the unmodified PT1H.json file from Azure",
    );
  }
}

function formatOf(record: VnetRecord | NsgRecord, shape: ShapeCheck): FlowLogFormat {
  const vnet = isVnetRecord(record);
  const version = vnet ? record.flowLogVersion : record.properties.Version;
  if (vnet && version === 4) return "vnet-v4";
  if (!vnet && version === 1) return "nsg-v1";
  if (!vnet && version === 2) return "nsg-v2";
  throw new UserError<FlowLogErrorCode>(
    "flow-log-version",
    `record ${shape.record} of the flow log has ${versionText(version)}`,
    "supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
  );
}

function versionText(version: unknown): string {
  if (version === undefined) return "no version";
  return isRecord(version) || Array.isArray(version)
    ? "a version that is not a number"
    : `version ${quotedText(JSON.stringify(version), 20)}`;
}

/** Tuples that share a rule and a network interface. */
interface TupleGroup {
  readonly rule: string | null;
  readonly macAddress: string | null;
  readonly tuples: readonly string[];
}

function* nsgGroups(record: NsgRecord, shape: ShapeCheck): Generator<TupleGroup> {
  for (const ofRule of shape.objects(record.properties.flows, "properties.flows")) {
    for (const ofMac of shape.objects(ofRule.flows, "properties.flows[].flows")) {
      yield {
        rule: nonEmptyText(ofRule.rule),
        macAddress: nonEmptyText(ofMac.mac) ?? nonEmptyText(record.macAddress),
        tuples: shape.texts(ofMac.flowTuples, "flowTuples"),
      };
    }
  }
}

function* vnetGroups(record: VnetRecord, shape: ShapeCheck): Generator<TupleGroup> {
  for (const ofAcl of shape.objects(record.flowRecords.flows, "flowRecords.flows")) {
    for (const group of shape.objects(ofAcl.flowGroups, "flowRecords.flows[].flowGroups")) {
      yield {
        rule: nonEmptyText(group.rule),
        macAddress: nonEmptyText(record.macAddress),
        tuples: shape.texts(group.flowTuples, "flowTuples"),
      };
    }
  }
}

/** The category of a record of another resource log, quoted; null if there is none. */
export function otherCategory(record: unknown): string | null {
  const category = isRecord(record) ? nonEmptyText(record.category) : null;
  return category === null ? null : quotedText(category, 40);
}

/**
 * Yields the tuples of record number `number` in order. An invalid tuple is yielded as a RefusedTuple in its place.
 * Cost: linear.
 * @throws UserError if the version of the record is unsupported or its shape is invalid.
 */
export function* recordTuples(record: unknown, number: number): Generator<FlowTuple | RefusedTuple> {
  const shape = new ShapeCheck(number);
  if (!isFlowLogRecord(record)) {
    const category = otherCategory(record);
    throw category === null
      ? shape.error("it has neither flowRecords nor properties.flows")
      : shape.error(`it is of category ${category}, not a flow record`);
  }
  const format = formatOf(record, shape);
  const isVnet = isVnetRecord(record);
  const resourceId = nonEmptyText(isVnet ? record.targetResourceID : record.resourceId);
  const groups = isVnet ? vnetGroups(record, shape) : nsgGroups(record, shape);
  let tuple = 0;
  for (const { rule, macAddress, tuples } of groups) {
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
 * Combines the fields of a tuple and its record. Copies field by field, because a spread costs more than parsing the
 * tuple.
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
