/*
 * Scans addresses in ASCII bytes without allocating, for streams and tag files. `parseAddress` reads all other
 * addresses with ipaddr.js; the tests hold the two to the same answers.
 *
 * IPv4 is dotted decimal, four parts, no leading zeros: `010` is octal to some programs and decimal to others (RFC
 * 6943, section 3.1.1), so it is rejected. IPv6 is RFC 4291, section 2.2, with the embedded IPv4 form.
 */

/** The address families by their usual number. */
export type Family = 4 | 6;

const DOT = 46;
const COLON = 58;
const ZERO = 48;

/** For each byte its value as a hexadecimal digit, or -1. */
const HEX = new Int8Array(256).fill(-1);
for (const [value, digit] of [..."0123456789abcdef"].entries()) {
  HEX[digit.charCodeAt(0)] = value;
  HEX[digit.toUpperCase().charCodeAt(0)] = value;
}

const encoder = new TextEncoder();

/**
 * Writes the text as UTF-8 followed by NUL, for the scanners below. Returns the number of bytes, or -1 if the target is
 * too small. A loop over the characters slows the start, because V8 compiles it twice for the prefixes of one file.
 */
export function bytesOf(text: string, target: Uint8Array): number {
  const { read, written } = encoder.encodeInto(text, target);
  // It leaves out a last character that does not fit.
  if (read < text.length || written === target.length) return -1;
  target[written] = 0;
  return written;
}

let end = 0;

/** The index of the first byte after the address that was scanned last. */
export function scannedTo(): number {
  return end;
}

/**
 * Scans the dotted decimal at `from`. Returns its value, 0 to 2^32 - 1, or -1. The byte after it must not be a digit.
 */
export function scanIPv4(bytes: Uint8Array, from: number): number {
  let i = from;
  let value = 0;
  for (let dots = 0; ; dots++) {
    // XOR maps only "0" to "9" to 0 to 9, so one comparison suffices. No number needs more than 31 bits, which V8
    // would box in cold code.
    let part = (bytes[i++] ?? 0) ^ ZERO;
    if (part > 9) return -1;
    let digit = (bytes[i] ?? 0) ^ ZERO;
    if (digit <= 9) {
      if (part === 0) return -1;
      part = part * 10 + digit;
      digit = (bytes[++i] ?? 0) ^ ZERO;
      if (digit <= 9) {
        part = part * 10 + digit;
        if (part > 255) return -1;
        i++;
      }
    }
    value = (value << 8) | part;
    if (dots === 3) break;
    if (bytes[i++] !== DOT) return -1;
  }
  end = i;
  return value >>> 0;
}

const groups = new Uint16Array(8);

/** Scans IPv6 in the same way, to four big-endian words from `words[at]`. Returns false if there is none. */
export function scanIPv6(bytes: Uint8Array, from: number, words: Uint32Array, at: number): boolean {
  let count = 0;
  let gap = -1;
  let i = from;
  if (bytes[i] === COLON) {
    if (bytes[i + 1] !== COLON) return false;
    gap = 0;
    i += 2;
  }
  for (;;) {
    const start = i;
    let group = 0;
    for (let digit = HEX[bytes[i] ?? 0] ?? -1; digit >= 0; digit = HEX[bytes[i] ?? 0] ?? -1) {
      if (i - start === 4) return false;
      group = group * 16 + digit;
      i++;
    }
    if (i === start) {
      if (gap === count) break; // the address ends with ::
      return false;
    }
    if (bytes[i] === DOT) {
      const v4 = scanIPv4(bytes, start);
      if (v4 < 0) return false;
      groups[count++] = v4 >>> 16;
      groups[count++] = v4 & 0xffff;
      i = end;
      break;
    }
    groups[count++] = group;
    if (bytes[i] !== COLON) break;
    i++;
    if (bytes[i] === COLON) {
      if (gap >= 0) return false;
      gap = count;
      i++;
    }
  }
  if (gap < 0 ? count !== 8 : count > 7) return false;
  if (gap >= 0) {
    const tail = count - gap;
    for (let k = 1; k <= tail; k++) groups[8 - k] = groups[count - k] ?? 0;
    for (let k = gap; k < 8 - tail; k++) groups[k] = 0;
  }
  for (let k = 0; k < 4; k++) words[at + k] = (groups[2 * k] ?? 0) * 65536 + (groups[2 * k + 1] ?? 0);
  end = i;
  return true;
}

/** Whether the four words are an IPv4-mapped IPv6 address (`::ffff:a.b.c.d`; RFC 4291, section 2.5.5.2). */
export function isMapped(words: Uint32Array, at: number): boolean {
  return words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0xffff;
}

/**
 * Scans an address in the same way. IPv6 fills four words from `words[at]`, IPv4 the last of them. An IPv4-mapped IPv6
 * address is the IPv4 address. Returns the family, or 0 if there is no address.
 */
export function scanAddress(bytes: Uint8Array, from: number, words: Uint32Array, at: number): Family | 0 {
  const v4 = scanIPv4(bytes, from);
  if (v4 >= 0) {
    words[at + 3] = v4;
    return 4;
  }
  if (!scanIPv6(bytes, from, words, at)) return 0;
  return isMapped(words, at) ? 4 : 6;
}
