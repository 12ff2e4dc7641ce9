import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { fromWords } from "../../../src/net/address.ts";
import { containsPrefix, formatPrefix, lastOf, type Prefix, parsePrefix } from "../../../src/net/prefix.ts";
import { asciiBytes } from "../../../src/net/read-address.ts";
import { familyRead, lengthRead, prefixScannedTo, scanPrefix } from "../../../src/net/read-prefix.ts";
import { hold, judge } from "../oracle.ts";
import type { Random } from "../random.ts";
import type { Target } from "../target.ts";
import { addressLike } from "./address.ts";

/**
 * What a prefix is, by net.isIP and ipaddr.js: an address without a zone, a length without leading zeros that the family has, no host bits.
 * Null for what is none, undefined for IPv4 within IPv6, which ipaddr.js reads otherwise and other tests cover.
 */
function referencePrefix(text: string): Prefix | null | undefined {
  const [address = "", length = "", ...more] = text.split("/");
  const family = isIP(address);
  if (more.length > 0 || family === 0 || address.includes("%") || !/^(0|[1-9]\d*)$/.test(length)) return null;
  if (Number(length) > (family === 4 ? 32 : 128)) return null;
  if (address.includes(".") && family === 6) return undefined;
  const bytes = ipaddr.parse(address).toByteArray();
  if (family === 6 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255)
    return undefined;
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  if (bits.slice(Number(length)).includes("1")) return null;
  return { family: family === 4 ? 4 : 6, first: BigInt(`0b${bits}`), length: Number(length) };
}

const bytes = new Uint8Array(64);
const words = new Uint32Array(4);

/** The reader of tag files, made to read the whole text; null for what it refuses. */
function scanned(text: string): Prefix | null {
  const count = asciiBytes(text, bytes);
  const read = count < 0 ? -1 : scanPrefix(bytes, 0, words, 0);
  if (read < 0 || prefixScannedTo() !== count) return null;
  const family = familyRead(read);
  return { family, first: fromWords(family, words), length: lengthRead(read) };
}

const same = (a: Prefix, b: Prefix) => a.family === b.family && a.first === b.first && a.length === b.length;

/** A text that is a prefix, or nearly. */
export function prefixLike(random: Random): string {
  const address = addressLike(random);
  const bits = address.includes(":") ? 128 : 32;
  if (random.once(4))
    return `${address}/${random.pick(["", "0", "00", "08", "-1", "33", "129", "1e1", "1.5", " 8", "٨", "999999999999"])}`;
  const length = random.below(bits + 1);
  if (random.once(4)) return `${address}/${length}`;
  // Mostly without host bits, for only those are read.
  try {
    const base = isIP(address) === 4 ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${length}`) : null;
    return `${base ?? ipaddr.IPv6.networkAddressFromCIDR(`${address}/${length}`)}/${length}`;
  } catch {
    return `${address}/${length}`;
  }
}

export const prefixTarget: Target = {
  name: "prefix",
  about: "prefixes: the reading of net.isIP and ipaddr.js, two readers that agree, or AddressError",
  alphabet: "text",
  words: ["/", "/0", "/8", "/32", "/33", "/128", "/129", ".0", "::", "::ffff:", "255"],
  largest: 100_000,
  seeds: () => ["10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/32", "::ffff:10.0.0.0/104", "1.2.3.4/32", "10.0.0.1/8"],
  invent: prefixLike,
  check: (text) => {
    const expected = referencePrefix(text);
    return judge(
      ["AddressError"],
      () => {
        const quick = scanned(text);
        try {
          const prefix = parsePrefix(text);
          hold(quick === null || same(quick, prefix), () => "two readers read two prefixes");
          hold(quick !== null || expected === undefined, () => "the reader of tag files refuses it");
          return prefix;
        } catch (error) {
          hold(quick === null, () => "the reader of tag files reads it");
          hold(expected === null || expected === undefined, () => "refused, though it is a prefix");
          throw error;
        }
      },
      (prefix) => {
        hold(expected !== null, () => `read as ${formatPrefix(prefix)}, though it is none`);
        hold(expected === undefined || same(prefix, expected), () => `read as ${formatPrefix(prefix)}`);
        hold(same(parsePrefix(formatPrefix(prefix)), prefix), () => `written as ${formatPrefix(prefix)}`);
        hold(lastOf(prefix) >= prefix.first && containsPrefix(prefix, prefix), () => "it does not hold itself");
      },
    );
  },
};
