import { type Address, formatAddress, fromWords, parseAddress } from "../../../src/net/address.ts";
import { bytesOf, scanAddress, scannedTo } from "../../../src/net/read-address.ts";
import { hold, judge } from "../oracle.ts";
import type { Random } from "../random.ts";
import type { Target } from "../target.ts";
import { differenceOf, readingsOf } from "./address-differences.ts";

const ODD_PARTS: readonly string[] = [
  "",
  "0",
  "00",
  "010",
  "256",
  "999",
  "0x0a",
  "1e1",
  "-1",
  "+1",
  " 1",
  "1 ",
  "٣",
  "1_0",
];
const SEPARATORS: readonly string[] = [".", ".", ".", ".", "", "..", ",", ":", "。"];
const ODD_GROUPS: readonly string[] = [
  "",
  "",
  "0",
  "00000",
  "ffff",
  "FFFF",
  "g",
  "10.0.0.1",
  "1.2.3",
  "256.0.0.1",
  "٣",
];

const hex = (random: Random) => random.below(random.pick([2, 16, 0x10000])).toString(16);

function dotted(random: Random): string {
  const odd = random.once(2);
  const part = () => (odd && random.once(4) ? random.pick(ODD_PARTS) : String(random.below(256)));
  const parts = Array.from({ length: odd ? 1 + random.below(5) : 4 }, part);
  return parts.join(odd && random.once(4) ? random.pick(SEPARATORS) : ".");
}

function colons(random: Random): string {
  const odd = random.once(3);
  const group = () =>
    odd && random.once(5) ? random.pick(ODD_GROUPS) : hex(random).padStart(random.once(5) ? 4 : 1, "0");
  const groups = Array.from({ length: random.pick([8, 8, 7, 6, 3, 1 + random.below(9)]) }, group);
  if (random.once(4)) groups.splice(-2, 2, dotted(random));
  if (random.once(2) || groups.length < 8) groups.splice(random.below(groups.length + 1), random.below(3), "");
  const text = groups.join(":");
  return `${text.startsWith(":") ? ":" : ""}${text}${text.endsWith(":") ? ":" : ""}`;
}

/** A valid or almost valid address. */
export function addressLike(random: Random): string {
  const text = random.once(3) ? colons(random) : random.once(6) ? `::ffff:${dotted(random)}` : dotted(random);
  if (random.once(12)) return text + random.pick(["%", "%eth0", "%1", "/24", "\n", " ", "\0", "x"]);
  return random.once(12) ? random.pick([" ", "\t", "[", "+", "\uFEFF"]) + text : text;
}

const bytes = new Uint8Array(100_000);
const words = new Uint32Array(4);

const same = (a: Address, b: Address) => a.family === b.family && a.value === b.value;

const shown = (address: Address | null) => address && formatAddress(address);

/** The address by the scanner of streams; null for a text that it does not read to its end. */
function scanned(text: string): Address | null {
  const size = bytesOf(text, bytes);
  const family = size < 0 ? 0 : scanAddress(bytes, 0, words, 0);
  return family !== 0 && scannedTo() === size ? { family, value: fromWords(family, words) } : null;
}

export const addressTarget: Target = {
  name: "address",
  about: "addresses: the reading of net.isIP and ipaddr.js but for the decided differences, or UserError",
  alphabet: "text",
  words: [".", ":", "::", "::ffff:", "0", "255", "256", "ffff", "%eth0", "/", "0x", "010"],
  largest: 100_000,
  seeds: () => [
    "10.0.0.4",
    "255.255.255.255",
    "::",
    "::1",
    "2001:db8::1",
    "::ffff:10.0.0.4",
    "64:ff9b::192.0.2.33",
    "fe80::1%eth0",
  ],
  invent: addressLike,
  check: (text) => {
    const readings = readingsOf(text);
    const difference = differenceOf(text, readings);
    hold(difference !== undefined, () => `an undecided difference: ${JSON.stringify(readings)}`);
    return judge(
      ["UserError"],
      () => {
        const quick = scanned(text);
        try {
          const address = parseAddress(text);
          hold(
            quick !== null && same(quick, address),
            () => `the reader of streams reads ${JSON.stringify(shown(quick))}`,
          );
          return address;
        } catch (error) {
          hold(quick === null, () => "the reader of streams reads it");
          throw error;
        }
      },
      (address) => {
        const written = formatAddress(address);
        const again = parseAddress(written);
        hold(same(again, address), () => `written as '${written}'`);
      },
    );
  },
};
