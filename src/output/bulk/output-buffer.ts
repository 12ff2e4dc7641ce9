import type { OutputStream } from "../../terminal/streams.ts";

/** The approximate size of the written pieces, in bytes. */
const PIECE = 64 * 1024;

const encoder = new TextEncoder();

/** Collects output into pieces that are large enough to be written at little cost. */
export class OutputBuffer {
  readonly #stdout: OutputStream;
  bytes = new Uint8Array(2 * PIECE);
  view = new DataView(this.bytes.buffer);
  /** The number of bytes not yet written. */
  length = 0;

  constructor(stdout: OutputStream) {
    this.#stdout = stdout;
  }

  /** Whether there is enough output to write. */
  get full(): boolean {
    return this.length >= PIECE;
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(this.length + count);
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  add(text: string): void {
    if (text === "") return;
    this.reserve(3 * text.length);
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  /**
   * Writes the pending bytes, then waits for the reader. A slow reader slows the work down instead of filling the
   * memory.
   */
  async flush(): Promise<void> {
    if (this.length === 0) return;
    this.#stdout.write(this.bytes.subarray(0, this.length));
    this.length = 0;
    await this.#stdout.drained();
  }
}
