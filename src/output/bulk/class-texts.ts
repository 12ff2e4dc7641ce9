/** Texts are copied in units of this many bytes, so up to 15 bytes after a text are copied too. */
export const COPY_UNIT = 16;

/** The most bytes for texts, and the bytes allocated at first. */
const LARGEST = 8 * 1024 * 1024;
const FIRST = 64 * 1024;

const encoder = new TextEncoder();

/**
 * UTF-8 texts under small whole numbers, ready to be copied millions of times. When there are too many, all are
 * dropped.
 */
export class ClassTexts {
  /**
   * The bytes of all texts, and the start and the length of each number's text; the length is 0 or missing where there
   * is none.
   */
  bytes = new DataView(new ArrayBuffer(FIRST));
  starts = new Uint32Array(1024);
  lengths = new Uint32Array(1024);
  #used = 0;

  /** Stores the text of a number, which must not be empty. May replace the arrays. */
  put(number: number, text: string): void {
    const encoded = encoder.encode(text);
    const room = encoded.length + COPY_UNIT;
    if (this.#used + room > LARGEST) {
      this.#used = 0;
      this.lengths.fill(0);
    }
    if (this.#used + room > this.bytes.byteLength) this.#grow(this.#used + room);
    if (number >= this.lengths.length) {
      this.starts = larger(this.starts, number);
      this.lengths = larger(this.lengths, number);
    }
    new Uint8Array(this.bytes.buffer).set(encoded, this.#used);
    this.starts[number] = this.#used;
    this.lengths[number] = encoded.length;
    this.#used += room;
  }

  #grow(least: number): void {
    const grown = new Uint8Array(Math.max(least, Math.min(2 * this.bytes.byteLength, LARGEST)));
    grown.set(new Uint8Array(this.bytes.buffer));
    this.bytes = new DataView(grown.buffer);
  }
}

function larger(array: Uint32Array, number: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(2 * number);
  grown.set(array);
  return grown;
}

/**
 * Copies a text as floating-point numbers, which are the largest unit that JavaScript copies at once. That is faster
 * than `Uint8Array.set` for texts of a hundred bytes. UTF-8 without control characters is never a NaN, whose bits could
 * change.
 */
export function copyText(source: DataView, start: number, length: number, target: DataView, at: number): void {
  for (let k = 0; k < length; k += COPY_UNIT) {
    target.setFloat64(at + k, source.getFloat64(start + k, true), true);
    target.setFloat64(at + k + 8, source.getFloat64(start + k + 8, true), true);
  }
}
