import { type AddressBatch, BATCH_SIZE } from "../../net/address-batch.ts";
import { buildPrefixTable, topOf } from "../../net/build-prefix-table.ts";
import { numberPairs, type Overlay, overlayRanges } from "../../net/overlay.ts";
import { distinctPrefixes } from "../../net/prefix-columns.ts";
import { type Indices, type Ranges, rangeAtV4, rangeAtV6, rangesOf } from "../../net/prefix-table.ts";
import type { Family } from "../../net/read-address.ts";
import { noteScopes } from "../../selection/notes/note-scopes.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { ForwardingTable } from "./forwarding-table.ts";
import type { Detail } from "./record-run.ts";

const NO_TAGS = buildPrefixTable({
  count: 0,
  family: new Uint8Array(0),
  words: new Uint32Array(0),
  length: new Uint8Array(0),
});

type RangesOfFamily = (family: Family) => Ranges;

/** Returns the ranges of the decisions, split wherever the notes of a decision change. Only full records have notes. */
function withNoteScopes(forwarding: ForwardingTable): RangesOfFamily {
  const scopes = noteScopes(forwarding.routes);
  const { prefixes, columns, places } = distinctPrefixes(scopes.flat());
  const table = buildPrefixTable(columns);
  const scopeOf = new Int32Array(prefixes.length);
  let at = 0;
  for (const [scope, own] of scopes.entries()) for (const _ of own) scopeOf[places[at++] ?? 0] = scope;
  const numberOf = numberPairs(scopes.length);
  return (family) => {
    const { starts, number } = overlayRanges(
      rangesOf(forwarding.table, family),
      rangesOf(table, family),
      family === 4 ? 1 : 4,
      (decision, prefix) => numberOf(decision, scopeOf[prefix] ?? -1),
    );
    return { starts, prefix: Int32Array.from(number) };
  };
}

/**
 * Partitions all addresses into classes. The answers of a class have the same decision, tags and notes, and differ
 * only in the address. Rows have no notes and only the most specific tag, so they need fewer classes. Compiling is
 * linear in the prefixes of both tables; finding the class of an address is one binary search.
 */
export class AnswerClasses {
  readonly #compile: (family: Family) => Overlay;
  readonly #v4: Overlay;
  readonly #top: Indices;
  /** Compiled on the first IPv6 address. */
  #v6: Overlay | null = null;
  readonly #classes = new Uint32Array(BATCH_SIZE);

  constructor(forwarding: ForwardingTable, tags: TagCatalogue | null, detail: Detail) {
    const table = tags?.table ?? NO_TAGS;
    const numberOf = numberPairs(table.parent.length);
    const decisions =
      detail === "row" ? (family: Family) => rangesOf(forwarding.table, family) : withNoteScopes(forwarding);
    const shownTag = (tag: number) => (detail === "row" && tags !== null ? tags.mostSpecificAt(tag) : tag);
    this.#compile = (family) =>
      overlayRanges(decisions(family), rangesOf(table, family), family === 4 ? 1 : 4, (route, tag) =>
        numberOf(route, shownTag(tag)),
      );
    this.#v4 = this.#compile(4);
    this.#top = topOf(this.#v4.starts);
  }

  /** Returns the class of each address of the batch. The next call overwrites the array. */
  of({ count, family, words }: AddressBatch): Uint32Array {
    const { starts, number } = this.#v4;
    const top = this.#top;
    const classes = this.#classes;
    for (let k = 0; k < count; k++) {
      classes[k] =
        family[k] === 4 ? (number[rangeAtV4(starts, top, words[4 * k + 3] ?? 0)] ?? 0) : this.#ofV6(words, 4 * k);
    }
    return classes;
  }

  #ofV6(words: Uint32Array, at: number): number {
    this.#v6 ??= this.#compile(6);
    const { starts, number } = this.#v6;
    return number[rangeAtV6(starts, words, at)] ?? 0;
  }
}
