import { type FlowTuple, type RefusedTuple, recordTuples } from "./record.ts";
import { flowLogRecords } from "./records.ts";

/**
 * The tuples of an Azure flow log, in the log's order, those that come together in one piece: network security group
 * flow logs of version 1 and 2, virtual network flow logs of version 4. A tuple that cannot be read is refused in its
 * place and the rest goes on. Memory: a chunk of the input and a record, however long the log.
 * @throws UserError where the input is no such log or breaks off, after the tuples before the break.
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
