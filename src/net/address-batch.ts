import { type Address, fromWords } from "./address.ts";
import type { Family } from "./read-address.ts";

/** The number of addresses in a batch: few enough to stay in the processor's cache. */
export const BATCH_SIZE = 512;

/** Addresses as numbers, column by column. Filled again for each batch. */
export class AddressBatch {
  /** The number of addresses in it. */
  count = 0;
  readonly family = new Uint8Array(BATCH_SIZE);
  /** Four words for each address, as `scanAddress` writes them. */
  readonly words = new Uint32Array(4 * BATCH_SIZE);

  familyOf(at: number): Family {
    return this.family[at] === 4 ? 4 : 6;
  }

  address(at: number): Address {
    const family = this.familyOf(at);
    return { family, value: fromWords(family, this.words, 4 * at) };
  }
}
