import type { TagDetails, TagList } from "./tag-index.ts";

/** The details of all tags as JSON, one after the other, and where each begins. */
export function encodeTags(tags: TagList): { readonly text: Uint8Array; readonly starts: Uint32Array } {
  const encoder = new TextEncoder();
  const texts = Array.from({ length: tags.length }, (_, tag) => encoder.encode(JSON.stringify(tags.at(tag))));
  const starts = new Uint32Array(texts.length + 1);
  texts.forEach((text, tag) => {
    starts[tag + 1] = (starts[tag] ?? 0) + text.length;
  });
  const text = new Uint8Array(starts[texts.length] ?? 0);
  texts.forEach((own, tag) => {
    text.set(own, starts[tag]);
  });
  return { text, starts };
}

const decoder = new TextDecoder();

/** The details of one tag. */
function decodeTag(text: Uint8Array): TagDetails {
  return JSON.parse(decoder.decode(text)) as TagDetails;
}

/** The details of tags, each read when it is first asked for: a look-up needs a handful of three thousand. */
export class EncodedTags implements TagList {
  readonly length: number;
  readonly #text: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #read: (TagDetails | undefined)[] = [];

  constructor(text: Uint8Array, starts: Uint32Array) {
    this.#text = text;
    this.#starts = starts;
    this.length = starts.length - 1;
  }

  at(tag: number): TagDetails | undefined {
    if (tag < 0 || tag >= this.length) return undefined;
    this.#read[tag] ??= decodeTag(this.#text.subarray(this.#starts[tag], this.#starts[tag + 1]));
    return this.#read[tag];
  }
}
