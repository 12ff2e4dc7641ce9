import type { AddressBatch } from "../../net/address-batch.ts";

/** How much of a record is printed: all of it, or only its row of a table. */
export type Detail = "record" | "row";

/** The records of a batch of addresses, one per address, built on demand. */
export class RecordRun<Full, Row = Full> {
  readonly addresses: AddressBatch;
  /** Builds the record of the address at index `at`. */
  readonly record: (at: number) => Full;
  /** Builds only what a row of a table shows of that record. */
  readonly row: (at: number) => Row;
  /**
   * Returns a class number per address. Addresses of one class have the same record or row, except for the address
   * itself. The next call overwrites the array.
   */
  readonly classes: (detail: Detail) => Uint32Array;

  constructor(
    addresses: AddressBatch,
    record: (at: number) => Full,
    row: (at: number) => Row,
    classes: (detail: Detail) => Uint32Array,
  ) {
    this.addresses = addresses;
    this.record = record;
    this.row = row;
    this.classes = classes;
  }

  /** Returns the record or the row at index `at`. */
  get(detail: Detail, at: number): Full | Row {
    return detail === "row" ? this.row(at) : this.record(at);
  }

  /** Yields the record or the row of every address. */
  *all(detail: Detail): Generator<Full | Row> {
    for (let at = 0; at < this.addresses.count; at++) yield this.get(detail, at);
  }
}
