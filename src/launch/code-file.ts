/*
 * V8 believes a compiled form that fits its own version and flags, and the length of the source, and crashes where the rest is damaged. So
 * the form stands in the file twice, between two marks: comparing is native and takes microseconds, where a checksum in JavaScript,
 * which runs cold at a start, takes milliseconds, as does loading zlib for its own.
 */

/** Of a length that leaves what follows at a multiple of eight: V8 copies a compiled form that lies elsewhere. */
const MARK = Buffer.from("vnet-explain js\n");

/** A compiled form, and how many runs of the program have given it the functions that ran in them: 1 to 255. */
export interface KeptCode {
  readonly code: Uint8Array;
  readonly runs: number;
}

/** A compiled form as the parts of a file. */
export function encodeCode({ code, runs }: KeptCode): readonly Uint8Array[] {
  const kept = [code, Uint8Array.of(runs)];
  return [MARK, ...kept, ...kept, MARK];
}

/** The compiled form in a file's bytes; null where they are damaged. */
export function decodeCode(bytes: Buffer): KeptCode | null {
  const middle = bytes.length / 2;
  const end = bytes.length - MARK.length;
  if (middle <= MARK.length || !Number.isInteger(middle)) return null;
  if (!bytes.subarray(0, MARK.length).equals(MARK) || !bytes.subarray(end).equals(MARK)) return null;
  if (!bytes.subarray(MARK.length, middle).equals(bytes.subarray(middle, end))) return null;
  return { code: bytes.subarray(MARK.length, middle - 1), runs: bytes[middle - 1] ?? 0 };
}
