/* Writes addresses as ASCII bytes without making strings, for streams. The text is that of `formatAddress`. */

import type { Family } from "./read-address.ts";

/** The longest address text: eight groups of four digits. */
const LONGEST_ADDRESS = 39;

/** The bytes that a target needs for one address. Parts are written as whole words, so more than the longest text. */
export const ADDRESS_ROOM = LONGEST_ADDRESS + 4;

const COLON = 58;
const ZERO = 48;

/**
 * For each part of an IPv4 address its digits and the dot as a little-endian word, and the number of bytes that count.
 */
const PARTS = new Uint32Array(256);
const PART_LENGTHS = new Uint8Array(256);
for (let part = 0; part < 256; part++) {
  const text = `${part}.`;
  for (let k = 0; k < text.length; k++) PARTS[part] = (PARTS[part] ?? 0) + text.charCodeAt(k) * 2 ** (8 * k);
  PART_LENGTHS[part] = text.length;
}

function writePart(part: number, target: DataView, at: number): number {
  target.setUint32(at, PARTS[part] ?? 0, true);
  return at + (PART_LENGTHS[part] ?? 0);
}

/** Writes dotted decimal and returns its end. May overwrite up to `ADDRESS_ROOM` bytes from `at`. */
export function writeIPv4(value: number, target: DataView, at: number): number {
  let end = writePart(value >>> 24, target, at);
  end = writePart((value >>> 16) & 255, target, end);
  end = writePart((value >>> 8) & 255, target, end);
  return writePart(value & 255, target, end) - 1;
}

function writeGroup(group: number, target: DataView, at: number): number {
  let end = at;
  for (let shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 0xf ? 4 : 0; shift >= 0; shift -= 4) {
    const digit = (group >>> shift) & 15;
    target.setUint8(end++, digit < 10 ? ZERO + digit : 87 + digit);
  }
  return end;
}

const groups = new Uint16Array(8);

/** Writes the IPv6 address in four big-endian words in the form of RFC 5952, in the same way. */
export function writeIPv6(words: Uint32Array, from: number, target: DataView, at: number): number {
  for (let k = 0; k < 8; k++) groups[k] = (words[from + (k >>> 1)] ?? 0) >>> (k % 2 === 0 ? 16 : 0);
  let gap = 8;
  let gapLength = 1; // section 4.2.2: a single zero group is not shortened
  for (let k = 0; k < 8; k++) {
    let after = k;
    while (groups[after] === 0) after++;
    if (after - k > gapLength) {
      gap = k;
      gapLength = after - k;
    }
    k = after; // no run starts within another
  }
  let end = at;
  for (let k = 0; k < 8; k++) {
    if (k === gap) {
      target.setUint8(end++, COLON);
      k += gapLength - 1;
      if (k === 7) target.setUint8(end++, COLON);
      continue;
    }
    if (k > 0) target.setUint8(end++, COLON);
    end = writeGroup(groups[k] ?? 0, target, end);
  }
  return end;
}

/** Writes an address in words as `scanAddress` writes them: IPv4 in the last one. */
export function writeAddress(family: Family, words: Uint32Array, from: number, target: DataView, at: number): number {
  return family === 4 ? writeIPv4(words[from + 3] ?? 0, target, at) : writeIPv6(words, from, target, at);
}
