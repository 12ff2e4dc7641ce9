/** A text is copied in units of this many bytes, so up to so many behind it are copied along. */
export const COPY_UNIT = 16;

/** The memory that texts may take, and what they take at first. */
const LARGEST = 8 * 1024 * 1024;
const FIRST = 64 * 1024;

const encoder = new TextEncoder();

/** Texts as UTF-8, known by small whole numbers, ready to be copied millions of times. When there are too many, all are forgotten. */
export class ClassTexts {
  /** The texts' bytes, where each number's text starts among them and how many it has: 0 or nothing where it has none. */
  bytes = new DataView(new ArrayBuffer(FIRST));
  starts = new Uint32Array(1024);
  lengths = new Uint32Array(1024);
  #used = 0;

  /** Gives the number its text, which is not empty. The arrays may be others afterwards. */
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
 * Copies a text. As floating-point numbers, because these are what JavaScript reads and writes most of at once: for texts of a hundred
 * bytes faster than `Uint8Array.set`. No UTF-8 without control characters is a NaN, the bits of which would not be safe.
 */
export function copyText(source: DataView, start: number, length: number, target: DataView, at: number): void {
  for (let k = 0; k < length; k += COPY_UNIT) {
    target.setFloat64(at + k, source.getFloat64(start + k, true), true);
    target.setFloat64(at + k + 8, source.getFloat64(start + k + 8, true), true);
  }
}
