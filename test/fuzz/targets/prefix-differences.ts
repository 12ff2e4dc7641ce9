import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { isAddressError } from "../../../src/net/address-error.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";

/** An address and a length as one of the readers read them; host bits may be set. */
interface Reading {
  readonly family: 4 | 6;
  readonly address: bigint;
  readonly length: number;
}

/**
 * How this program and `ipaddr.parseCIDR` read a text, and the family that `net.isIP` returns for the part before the
 * slash.
 */
export interface PrefixReadings {
  readonly ours: Reading | null;
  readonly node: 4 | 6 | 0;
  readonly ipaddr: Reading | null;
}

function ipaddrReading(text: string): Reading | null {
  try {
    const [read, length] = ipaddr.parseCIDR(text);
    const address = read.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    return { family: read.kind() === "ipv4" ? 4 : 6, address, length };
  } catch {
    return null;
  }
}

/** @throws any error of `parsePrefix` that is not a UserError. */
export function prefixReadingsOf(text: string): PrefixReadings {
  let ours: Reading | null = null;
  try {
    const { family, first, length } = parsePrefix(text);
    ours = { family, address: first, length };
  } catch (error) {
    if (!isAddressError(error)) throw error;
  }
  const [before = ""] = text.split("/", 1);
  return { ours, node: isIP(before) as PrefixReadings["node"], ipaddr: ipaddrReading(text) };
}

/** The readings as text, for a failure message. */
export function shownReadings({ ours, node, ipaddr: theirs }: PrefixReadings): string {
  const shown = (reading: Reading | null) =>
    reading && `IPv${reading.family} ${reading.address.toString(16)}/${reading.length}`;
  return `ours ${shown(ours)}, net.isIP ${node}, ipaddr.js ${shown(theirs)}`;
}

/** A kind of text that we read in another way than ipaddr.js, and the decision about it. */
export interface DecidedPrefixDifference {
  readonly id: string;
  readonly example: string;
  /**
   * Whether the text is of this kind, by the text itself, the family that `net.isIP` gives, and what ipaddr.js reads.
   */
  concerns(text: string, node: PrefixReadings["node"], theirs: Reading): boolean;
  /** What we must read instead; null if the text must be rejected. */
  instead(theirs: Reading): Reading | null;
  readonly decision: string;
}

const MAPPED = 0xffffn << 32n;
const V4_PART = 0xffff_ffffn;

const same = (a: Reading, b: Reading) => a.family === b.family && a.address === b.address && a.length === b.length;

function hasHostBits({ family, address, length }: Reading): boolean {
  const bits = address.toString(2).padStart(family === 4 ? 32 : 128, "0");
  return bits.slice(length).includes("1");
}

const refused = () => null;
const unlessHostBits = (reading: Reading) => (hasHostBits(reading) ? null : reading);

/**
 * The known differences, which docs/reliability.md lists too. The first that concerns a text counts; any other fails.
 */
export const DECIDED_PREFIXES: readonly DecidedPrefixDifference[] = [
  {
    id: "zone",
    example: "fe80::%1/64",
    concerns: (text) => text.includes("%"),
    instead: refused,
    decision: "refused here: a zone names an interface of one machine, and no route of Azure's has one",
  },
  {
    id: "inet-aton",
    example: "10.1/16",
    concerns: (text, node) => /^(0x[\da-f]+|\d+)(\.(0x[\da-f]+|\d+)){0,3}\/\d+$/i.test(text) && node === 0,
    instead: refused,
    decision: "refused here, as by net.isIP: octal, hexadecimal and fewer than four parts",
  },
  {
    id: "inet-aton-in-ipv6",
    example: "64:ff9b::192.0.2.010/128",
    concerns: (text, node) => /:(0x[\da-f]+|\d+)(\.(0x[\da-f]+|\d+)){3}\/\d+$/i.test(text) && node === 0,
    instead: refused,
    decision: "refused here, as by net.isIP: octal, hexadecimal and leading zeros in the IPv4 part of IPv6",
  },
  {
    id: "leading-zero",
    example: "10.0.0.0/08",
    concerns: (text) => /\/0\d+$/.test(text),
    instead: refused,
    decision: "refused here: it means octal to some readers",
  },
  {
    id: "ipv4-compatible",
    example: "::192.0.2.0/120",
    concerns: (text) => /^::\d+\.\d+\.\d+\.\d+\/\d+$/.test(text),
    instead: (theirs) => unlessHostBits({ ...theirs, address: theirs.address & ~MAPPED }),
    decision: "IPv6 here (RFC 4291, section 2.5.5.1): ipaddr.js takes it for the IPv4-mapped ::ffff:192.0.2.0/120",
  },
  {
    id: "ipv4-mapped",
    example: "::ffff:10.0.0.0/104",
    concerns: (_, __, { family, address, length }) => family === 6 && address >> 32n === 0xffffn && length >= 96,
    instead: ({ address, length }) => unlessHostBits({ family: 4, address: address & V4_PART, length: length - 96 }),
    decision: "IPv4 here, 10.0.0.0/8, as such an address is; IPv6 for ipaddr.js",
  },
  {
    id: "host-bits",
    example: "10.0.0.1/8",
    concerns: (_, __, theirs) => hasHostBits(theirs),
    instead: refused,
    decision: "refused here: bits set behind the length are a slip in the one or the other, and which cannot be told",
  },
];

/**
 * The known difference between the readings of the text; null if they agree. Undefined if our reading is explained
 * neither by ipaddr.js nor by a decision, or if `net.isIP` disagrees with ipaddr.js about the family.
 */
export function prefixDifferenceOf(
  text: string,
  { ours, node, ipaddr: theirs }: PrefixReadings,
): DecidedPrefixDifference | null | undefined {
  if (theirs === null) return ours === null ? null : undefined;
  const decided = DECIDED_PREFIXES.find((each) => each.concerns(text, node, theirs)) ?? null;
  const expected = decided === null ? theirs : decided.instead(theirs);
  if (expected === null) return ours === null ? decided : undefined;
  return ours !== null && same(ours, expected) && node === theirs.family ? decided : undefined;
}
