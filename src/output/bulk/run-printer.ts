import type { Detail, RecordRun } from "../../analysis/bulk/record-run.ts";
import { formatAddress } from "../../net/address.ts";
import { ADDRESS_ROOM, writeIPv4, writeIPv6 } from "../../net/write-address.ts";
import { ClassTexts, COPY_UNIT, copyText } from "./class-texts.ts";
import type { OutputBuffer } from "./output-buffer.ts";

/**
 * Prints runs of records whose texts differ only in the address. The text of each class is made once, then copied.
 * Memory is bounded; a dropped text is made again.
 */
export class RunPrinter<T> {
  readonly #detail: Detail;
  readonly #before: string;
  readonly #textOf: (record: T) => string;
  /** The bytes for a record without the text after its address. */
  readonly #fixed: number;
  /** The text of each class after the address. */
  readonly #behind = new ClassTexts();

  /** `detail` is how much of a record `textOf` prints; `before` is the ASCII text in front of each address. */
  constructor(detail: Detail, before: string, textOf: (record: T) => string) {
    this.#detail = detail;
    this.#before = before;
    this.#textOf = textOf;
    this.#fixed = before.length + ADDRESS_ROOM + COPY_UNIT;
  }

  async print(run: RecordRun<T>, out: OutputBuffer): Promise<void> {
    const classes = run.classes(this.#detail);
    for (let at = 0; at < run.addresses.count; ) {
      const reached = this.#write(run, classes, at, out);
      if (reached === at) {
        await out.flush();
        out.reserve(this.#fixed + (this.#behind.lengths[classes[at] ?? 0] ?? 0));
      }
      at = reached;
    }
  }

  /** Writes the run's records from number `from` on while there is room; returns the first that was not written. */
  #write(run: RecordRun<T>, classes: Uint32Array, from: number, out: OutputBuffer): number {
    const { count, words, family } = run.addresses;
    const { view } = out;
    const before = this.#before;
    const size = view.byteLength - this.#fixed;
    let { bytes, starts, lengths } = this.#behind;
    let end = out.length;
    let at = from;
    for (; at < count; at++) {
      const number = classes[at] ?? 0;
      let length = lengths[number] ?? 0;
      if (length === 0) {
        this.#behind.put(number, this.#behindOf(run, at));
        ({ bytes, starts, lengths } = this.#behind);
        length = lengths[number] ?? 0;
      }
      if (end + length > size) break;
      end = writeAscii(before, view, end);
      end = family[at] === 4 ? writeIPv4(words[4 * at + 3] ?? 0, view, end) : writeIPv6(words, 4 * at, view, end);
      copyText(bytes, starts[number] ?? 0, length, view, end);
      end += length;
    }
    out.length = end;
    return at;
  }

  #behindOf(run: RecordRun<T>, at: number): string {
    const text = this.#textOf(run.get(this.#detail, at));
    const start = this.#before + formatAddress(run.addresses.address(at));
    if (!text.startsWith(start)) throw new RangeError(`the text of a record does not start with ${start}`);
    return text.slice(start.length);
  }
}

function writeAscii(text: string, target: DataView, at: number): number {
  for (let k = 0; k < text.length; k++) target.setUint8(at + k, text.charCodeAt(k));
  return at + text.length;
}
