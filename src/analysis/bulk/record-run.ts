import type { AddressBatch } from "../../net/address-batch.ts";

/** In what records are alike, but for the address: in all that they hold, or in their row of a table, which does not hold all. */
export type Likeness = "record" | "row";

/** Records that come together, one for each address of a batch. */
export class RecordRun<Full, Row = Full> {
  readonly addresses: AddressBatch;
  /** The record of address number `at`, made anew. */
  readonly record: (at: number) => Full;
  /** As much of it as its row tells. */
  readonly row: (at: number) => Row;
  /** Per address, a small whole number: those with the same one are alike. To be used before the next call. */
  readonly classes: (alike: Likeness) => Uint32Array;

  constructor(
    addresses: AddressBatch,
    record: (at: number) => Full,
    row: (at: number) => Row,
    classes: (alike: Likeness) => Uint32Array,
  ) {
    this.addresses = addresses;
    this.record = record;
    this.row = row;
    this.classes = classes;
  }

  /** What a format needs of record number `at` that prints full records, or rows. */
  asMuchAs(alike: Likeness, at: number): Full | Row {
    return alike === "row" ? this.row(at) : this.record(at);
  }

  /** The same of every record. */
  *all(alike: Likeness): Generator<Full | Row> {
    for (let at = 0; at < this.addresses.count; at++) yield this.asMuchAs(alike, at);
  }
}
