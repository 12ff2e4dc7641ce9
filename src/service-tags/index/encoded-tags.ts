import { UserError } from "../../text/user-error.ts";
import type { TagDetails, TagList } from "./tag-index.ts";

/** A tag as stored: a tuple, since field names would be more than half of the text. */
type Written = readonly [
  name: string,
  region: string | null,
  systemService: string | null,
  changeNumber: string | null,
  networkFeatures: readonly string[],
];

function written(tag: TagDetails | undefined): string {
  if (tag === undefined) throw new RangeError("a tag list has a gap");
  const { name, region, systemService, changeNumber, networkFeatures } = tag;
  return JSON.stringify([name, region, systemService, changeNumber, networkFeatures] satisfies Written);
}

/** Returns the details of all tags as JSON, one after the other, and the start of each. */
export function encodeTags(tags: TagList): { readonly text: Uint8Array; readonly starts: Uint32Array } {
  const texts: string[] = [];
  const starts = new Uint32Array(tags.length + 1);
  for (let tag = 0; tag < tags.length; tag++) {
    const own = written(tags.at(tag));
    texts.push(own);
    starts[tag + 1] = (starts[tag] ?? 0) + own.length;
  }
  const encoder = new TextEncoder();
  const text = encoder.encode(texts.join(""));
  // As many bytes as characters means ASCII. Otherwise each text is encoded to measure it.
  if (text.length !== starts[tags.length]) {
    texts.forEach((own, tag) => {
      starts[tag + 1] = (starts[tag] ?? 0) + encoder.encode(own).length;
    });
  }
  return { text, starts };
}

/** Makes a text of bytes in UTF-8. */
export type DecodeText = (bytes: Uint8Array) => string;

let decoder: InstanceType<typeof TextDecoder> | undefined;

/** Decodes UTF-8 in a browser too, where a page has its own tags. The first call makes a decoder, in 0.2 ms. */
export function decodeUtf8(bytes: Uint8Array): string {
  decoder ??= new TextDecoder();
  return decoder.decode(bytes);
}

/**
 * The JSON in bytes of an index file.
 * @throws UserError where they are damaged.
 */
export function decodeJson(bytes: Uint8Array, decode: DecodeText): unknown {
  try {
    return JSON.parse(decode(bytes));
  } catch (cause) {
    throw damagedIndex(cause);
  }
}

export function damagedIndex(cause?: unknown): UserError<"tag-index-damaged"> {
  const hint = "run vnet-explain tags update, or delete the cache";
  return new UserError("tag-index-damaged", "the compiled service tags are damaged", hint, "failed", { cause });
}

/** Whether a value is a tuple of `encodeTags`. `tags status` checks the whole file: only damage is looked for here. */
function isWritten(value: unknown): value is Written {
  return Array.isArray(value) && typeof value[0] === "string";
}

/** Decodes the details of one tag. */
function decodeTag(text: Uint8Array, decode: DecodeText): TagDetails {
  const found = decodeJson(text, decode);
  if (!isWritten(found)) throw damagedIndex();
  const [name, region, systemService, changeNumber, networkFeatures] = found;
  return { name, region, systemService, changeNumber, networkFeatures };
}

/** Reads `length` bytes of the text of all tags from offset `at`. */
export type ReadText = (at: number, length: number) => Uint8Array;

/** Bytes read at once: one tag has about 80, and a list of all tags reads them in order. */
const WINDOW = 4096;

/**
 * The details of tags, each read and decoded on first use, because a look-up needs only a handful. The text of all
 * three thousand takes 240 KB.
 */
export class EncodedTags implements TagList {
  readonly length: number;
  readonly #readText: ReadText;
  readonly #starts: Uint32Array;
  readonly #decode: DecodeText;
  readonly #tags: (TagDetails | undefined)[] = [];
  #window: { readonly at: number; readonly text: Uint8Array } = { at: 0, text: new Uint8Array() };

  constructor(readText: ReadText, starts: Uint32Array, decode: DecodeText) {
    this.#readText = readText;
    this.#starts = starts;
    this.#decode = decode;
    this.length = starts.length - 1;
  }

  at(tag: number): TagDetails | undefined {
    if (tag < 0 || tag >= this.length) return undefined;
    this.#tags[tag] ??= decodeTag(this.#text(this.#starts[tag] ?? 0, this.#starts[tag + 1] ?? 0), this.#decode);
    return this.#tags[tag];
  }

  #text(start: number, end: number): Uint8Array {
    const { at, text } = this.#window;
    if (start >= at && end <= at + text.length) return text.subarray(start - at, end - at);
    const size = this.#starts[this.length] ?? 0;
    const read = this.#readText(start, Math.min(size, Math.max(end, start + WINDOW)) - start);
    this.#window = { at: start, text: read };
    return read.subarray(0, end - start);
  }
}
