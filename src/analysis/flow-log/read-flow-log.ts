import { type FlowTuple, type RefusedTuple, recordTuples } from "./record.ts";
import { flowLogRecords } from "./records.ts";

/**
 * Yields the tuples of an Azure flow log in order, in one iterable per chunk of the input. Supports network security
 * group flow logs of version 1 and 2 and virtual network flow logs of version 4. An invalid tuple is yielded as a
 * RefusedTuple in its place. Memory: a chunk of the input and a record, for logs of any length.
 * @throws UserError if the input is not a flow log or is cut off, after yielding the tuples before that point.
 */
export async function* flowTuples(
  chunks: AsyncIterable<Uint8Array>,
  largestRecord?: number,
): AsyncGenerator<Iterable<FlowTuple | RefusedTuple>> {
  let before = 0;
  for await (const records of flowLogRecords(chunks, largestRecord)) {
    yield tuplesOf(records, before);
    before += records.length;
  }
}

function* tuplesOf(records: readonly unknown[], before: number): Generator<FlowTuple | RefusedTuple> {
  let number = before;
  for (const record of records) yield* recordTuples(record, ++number);
}

/** Whether a tuple was refused. */
export function isRefusedTuple(tuple: FlowTuple | RefusedTuple): tuple is RefusedTuple {
  return "error" in tuple;
}
