import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { type Address, parseAddress } from "../../../src/net/address.ts";
import { isAddressError } from "../../../src/net/address-error.ts";

/** How this program, `net.isIP` and ipaddr.js read a text: the address as `4 <number>` or `6 <number>`, or null. */
export interface Readings {
  readonly ours: string | null;
  /** `net.isIP` returns only the family. */
  readonly node: 4 | 6 | 0;
  /** Read by `ipaddr.process`, which turns IPv4-mapped IPv6 into IPv4, as we do. */
  readonly ipaddr: string | null;
}

const told = ({ family, value }: Address) => `${family} ${value}`;

function ipaddrReading(text: string): string | null {
  try {
    const address = ipaddr.process(text);
    const value = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    return `${address.kind() === "ipv4" ? 4 : 6} ${value}`;
  } catch {
    return null;
  }
}

/** @throws any error of `parseAddress` that is not a UserError. */
export function readingsOf(text: string): Readings {
  let ours: string | null = null;
  try {
    ours = told(parseAddress(text));
  } catch (error) {
    if (!isAddressError(error)) throw error;
  }
  return { ours, node: isIP(text) as Readings["node"], ipaddr: ipaddrReading(text) };
}

/** A difference between the three, and the decision about it. */
export interface DecidedDifference {
  readonly id: string;
  readonly example: string;
  /** Whether this is the difference between the readings of the text. */
  applies(text: string, readings: Readings): boolean;
  readonly decision: string;
}

/** The known differences, which docs/reliability.md lists too. Any other one fails. */
export const DECIDED: readonly DecidedDifference[] = [
  {
    id: "zone",
    example: "fe80::1%eth0",
    applies: (text, { ours, node }) => text.includes("%") && ours === null && node === 6,
    decision: "refused here, read by both: a zone names an interface of one machine, and no route of Azure's has one",
  },
  {
    id: "inet-aton",
    example: "010.0.0.1",
    applies: (text, { ours, node, ipaddr: theirs }) =>
      /^(0x[\da-f]+|\d+)(\.(0x[\da-f]+|\d+)){0,3}$/i.test(text) && ours === null && node === 0 && theirs !== null,
    decision:
      "refused here and by net.isIP: ipaddr.js reads what C's inet_aton does, octal, hexadecimal and fewer than four parts",
  },
  {
    id: "inet-aton-in-ipv6",
    example: "64:ff9b::192.0.2.010",
    applies: (text, { ours, node, ipaddr: theirs }) =>
      /:(0x[\da-f]+|\d+)(\.(0x[\da-f]+|\d+)){3}(%.*)?$/i.test(text) && ours === null && node === 0 && theirs !== null,
    decision: "refused here and by net.isIP: octal, hexadecimal and leading zeros in the IPv4 part of IPv6",
  },
  {
    id: "ipv4-compatible",
    example: "::192.0.2.1",
    applies: (text, { ours, node, ipaddr: theirs }) =>
      /^::\d+\.\d+\.\d+\.\d+$/.test(text) && node === 6 && ours !== null && theirs?.startsWith("4 ") === true,
    decision:
      "IPv6 here and for net.isIP (RFC 4291, section 2.5.5.1): ipaddr.js takes it for the IPv4-mapped ::ffff:192.0.2.1",
  },
];

const agree = ({ ours, node, ipaddr: theirs }: Readings) =>
  ours === theirs && (ours !== null) === (node !== 0) && (node !== 4 || ours?.startsWith("4 ") === true);

/** The known difference that explains the readings; null if they agree, undefined if no difference explains them. */
export function differenceOf(text: string, readings: Readings): DecidedDifference | null | undefined {
  return agree(readings) ? null : DECIDED.find((each) => each.applies(text, readings));
}
