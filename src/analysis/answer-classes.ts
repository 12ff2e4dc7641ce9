import { type AddressBatch, BATCH_SIZE } from "../net/address-batch.ts";
import { type Overlay, overlayTables } from "../net/overlay.ts";
import { buildPrefixTable, rangeAtV4, rangeAtV6 } from "../net/prefix-table.ts";
import type { TagCatalogue } from "../service-tags/tag-catalogue.ts";
import type { ForwardingTable } from "./forwarding-table.ts";
import type { Likeness } from "./record-run.ts";

const NO_TAGS = buildPrefixTable({
  count: 0,
  family: new Uint8Array(0),
  words: new Uint32Array(0),
  length: new Uint8Array(0),
});

/**
 * All addresses in classes, so that the answers of a class differ in nothing but the address: its decision is one, and so are its tags. A
 * row tells the most specific tag alone, which makes fewer classes. Compiling is linear in the prefixes of both tables; the class of an
 * address is one search.
 */
export class AnswerClasses {
  readonly #overlay: Overlay;
  readonly #classes = new Uint32Array(BATCH_SIZE);

  constructor(forwarding: ForwardingTable, tags: TagCatalogue | null, alike: Likeness) {
    const known = new Map<number, number>();
    const told = (tag: number) => (alike === "row" && tags !== null ? tags.mostSpecificAt(tag) : tag);
    this.#overlay = overlayTables(forwarding.table, tags?.table ?? NO_TAGS, (route, tag) => {
      const key = route * 2 ** 26 + told(tag) + 1;
      const number = known.get(key) ?? known.size;
      known.set(key, number);
      return number;
    });
  }

  /** The class of each address of the batch. The array is filled anew the next time. */
  of({ count, family, words }: AddressBatch): Uint32Array {
    const { v4, v6, top } = this.#overlay;
    const { starts, number } = v4;
    const classes = this.#classes;
    for (let k = 0; k < count; k++) {
      classes[k] =
        family[k] === 4
          ? (number[rangeAtV4(starts, top, words[4 * k + 3] ?? 0)] ?? 0)
          : (v6.number[rangeAtV6(v6.starts, words, 4 * k)] ?? 0);
    }
    return classes;
  }
}
