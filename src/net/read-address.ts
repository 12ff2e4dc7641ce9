/**
 * Reading addresses without allocating: the one place that knows the two address syntaxes. `parseAddress` builds on it for
 * what people type; tag files and streams call it directly.
 *
 * IPv4 is dotted decimal, four parts, no leading zeros: `010` is octal to some programs and decimal to others (RFC 6943,
 * section 3.1.1), so it is refused rather than guessed. IPv6 is RFC 4291, section 2.2, with the embedded IPv4 form.
 */

/** The address families by their usual number. */
export type Family = 4 | 6;

const DOT = 46;
const COLON = 58;
const ZERO = 48;
const NINE = 57;

function hexDigit(code: number): number {
  if (code >= ZERO && code <= NINE) return code - ZERO;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Reads `text[from, to)` as dotted decimal; the value from 0 to 2^32 - 1, or -1 where it is not one. */
export function readIPv4(text: string, from: number, to: number): number {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) {
      if (digits > 0 && part === 0) return -1;
      part = part * 10 + (code - ZERO);
      if (part > 255) return -1;
      digits++;
    } else if (code === DOT && digits > 0 && dots < 3) {
      value = value * 256 + part;
      part = 0;
      digits = 0;
      dots++;
    } else {
      return -1;
    }
  }
  return dots === 3 && digits > 0 ? value * 256 + part : -1;
}

const groups = new Uint16Array(8);

/** Reads `text[from, to)` as IPv6 into four big-endian words of `words`; false where it is not one. */
function readIPv6(text: string, from: number, to: number, words: Uint32Array): boolean {
  let count = 0;
  let gap = -1;
  let i = from;
  if (text.charCodeAt(i) === COLON) {
    if (i + 1 >= to || text.charCodeAt(i + 1) !== COLON) return false;
    gap = 0;
    i += 2;
  }
  while (i < to) {
    if (count === 8) return false;
    const start = i;
    let group = 0;
    while (i < to) {
      const digit = hexDigit(text.charCodeAt(i));
      if (digit < 0) break;
      if (i - start === 4) return false;
      group = group * 16 + digit;
      i++;
    }
    if (i < to && text.charCodeAt(i) === DOT) {
      const v4 = readIPv4(text, start, to);
      if (v4 < 0 || count > 6) return false;
      groups[count++] = v4 >>> 16;
      groups[count++] = v4 & 0xffff;
      i = to;
      break;
    }
    if (i === start) return false;
    groups[count++] = group;
    if (i === to) break;
    if (text.charCodeAt(i) !== COLON) return false;
    i++;
    if (i === to) return false;
    if (text.charCodeAt(i) === COLON) {
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
  for (let k = 0; k < 4; k++) words[k] = (groups[2 * k] ?? 0) * 65536 + (groups[2 * k + 1] ?? 0);
  return true;
}

/**
 * Reads `text[from, to)` as an address. IPv6 fills the four words of `words`, IPv4 the last one; an IPv4-mapped IPv6
 * address (`::ffff:a.b.c.d`) is the IPv4 address. Gives the family, or 0 where the text is no address.
 */
export function readAddress(text: string, from: number, to: number, words: Uint32Array): Family | 0 {
  const v4 = readIPv4(text, from, to);
  if (v4 >= 0) {
    words[3] = v4;
    return 4;
  }
  if (!readIPv6(text, from, to, words)) return 0;
  return words[0] === 0 && words[1] === 0 && words[2] === 0xffff ? 4 : 6;
}
