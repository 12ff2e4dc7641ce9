/*
 * V8 believes a compiled form that fits its own version and flags, and the length of the source, and crashes where the rest is damaged. So
 * the form stands in the file twice, between two marks: comparing is native and takes microseconds, where a checksum in JavaScript,
 * which runs cold at a start, takes milliseconds, as does loading zlib for its own.
 */
const MARK = Buffer.from("vnet-explain code\n");

/** A compiled form as bytes for a file. */
export function encodeCode(code: Uint8Array): Buffer {
  return Buffer.concat([MARK, code, code, MARK]);
}

/** The compiled form in a file's bytes; null where they are damaged. */
export function decodeCode(bytes: Buffer): Buffer | null {
  const middle = bytes.length / 2;
  const end = bytes.length - MARK.length;
  if (middle <= MARK.length || !Number.isInteger(middle)) return null;
  if (!bytes.subarray(0, MARK.length).equals(MARK) || !bytes.subarray(end).equals(MARK)) return null;
  const code = bytes.subarray(MARK.length, middle);
  return code.equals(bytes.subarray(middle, end)) ? code : null;
}
