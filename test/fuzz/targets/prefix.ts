import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { fromWords } from "../../../src/net/address.ts";
import { containsPrefix, formatPrefix, lastOf, type Prefix, parsePrefix } from "../../../src/net/prefix.ts";
import { bytesOf } from "../../../src/net/read-address.ts";
import { familyRead, lengthRead, prefixScannedTo, scanPrefix } from "../../../src/net/read-prefix.ts";
import { hold, judge } from "../oracle.ts";
import type { Random } from "../random.ts";
import type { Target } from "../target.ts";
import { addressLike } from "./address.ts";
import { prefixDifferenceOf, prefixReadingsOf, shownReadings } from "./prefix-differences.ts";

const bytes = new Uint8Array(64);
const words = new Uint32Array(4);

/** Reads the whole text with the reader of tag files; null if that rejects it. */
function scanned(text: string): Prefix | null {
  const count = bytesOf(text, bytes);
  const read = count < 0 ? -1 : scanPrefix(bytes, 0, words, 0);
  if (read < 0 || prefixScannedTo() !== count) return null;
  const family = familyRead(read);
  return { family, first: fromWords(family, words), length: lengthRead(read) };
}

const same = (a: Prefix, b: Prefix) => a.family === b.family && a.first === b.first && a.length === b.length;

/** A valid or almost valid prefix. */
export function prefixLike(random: Random): string {
  const address = addressLike(random);
  const bits = address.includes(":") ? 128 : 32;
  if (random.once(4))
    return `${address}/${random.pick(["", "0", "00", "08", "-1", "33", "129", "1e1", "1.5", " 8", "٨", "999999999999"])}`;
  const length = random.below(bits + 1);
  if (random.once(4)) return `${address}/${length}`;
  // Mostly without host bits, since prefixes with host bits are rejected.
  try {
    if (isIP(address) !== 4) return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${length}`)}/${length}`;
    const base = ipaddr.IPv4.networkAddressFromCIDR(`${address}/${length}`);
    return random.once(20) ? `${random.pick(["::", "::ffff:"])}${base}/${96 + length}` : `${base}/${length}`;
  } catch {
    return `${address}/${length}`;
  }
}

export const prefixTarget: Target = {
  name: "prefix",
  about: "prefixes: the reading of ipaddr.js but for the decided differences, two readers that agree, or UserError",
  alphabet: "text",
  words: ["/", "/0", "/8", "/32", "/33", "/128", "/129", ".0", "::", "::ffff:", "255"],
  largest: 100_000,
  seeds: () => ["10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/32", "::ffff:10.0.0.0/104", "1.2.3.4/32", "10.0.0.1/8"],
  invent: prefixLike,
  check: (text) => {
    const readings = prefixReadingsOf(text);
    const difference = prefixDifferenceOf(text, readings);
    hold(difference !== undefined, () => `an undecided difference: ${shownReadings(readings)}`);
    return judge(
      ["UserError"],
      () => {
        const quick = scanned(text);
        try {
          const prefix = parsePrefix(text);
          hold(quick === null || same(quick, prefix), () => "two readers read two prefixes");
          hold((quick === null) === (difference?.id === "ipv4-mapped"), () => "the reader of tag files refuses it");
          return prefix;
        } catch (error) {
          hold(quick === null, () => "the reader of tag files reads it");
          throw error;
        }
      },
      (prefix) => {
        hold(same(parsePrefix(formatPrefix(prefix)), prefix), () => `written as ${formatPrefix(prefix)}`);
        hold(lastOf(prefix) >= prefix.first && containsPrefix(prefix, prefix), () => "it does not hold itself");
      },
    );
  },
};
