/** What a path says besides its AS numbers: BGP's origin, which `show ip bgp` writes behind them. */
export interface AsPath {
  readonly numbers: readonly number[];
  /** `Igp`, `Egp` or `Incomplete`; null where the text has none. */
  readonly origin: string | null;
}

const ORIGINS: ReadonlyMap<string, string> = new Map([
  ["i", "Igp"],
  ["e", "Egp"],
  ["?", "Incomplete"],
]);

/** The largest AS number: four bytes (RFC 6793). */
const LARGEST = 0xffff_ffff;

/**
 * The AS path in a text, in the spellings of Azure: `65000-65003` of gateways and hubs, `65515 65520 I` of circuits,
 * with commas, and numbers of four bytes, also as `1.10` (RFC 5396). Null for any other text. Linear.
 */
export function parseAsPath(text: string): AsPath | null {
  const parts = text.split(/[\s,;-]/).filter((part) => part !== "");
  const origin = ORIGINS.get(parts.at(-1)?.toLowerCase() ?? "") ?? null;
  const numbers = (origin === null ? parts : parts.slice(0, -1)).map(asNumber);
  return numbers.every((number) => number !== null) ? { numbers, origin } : null;
}

/** The AS number in a text; null for any other text. */
export function asNumber(text: string): number | null {
  const dotted = /^(\d{1,5})\.(\d{1,5})$/.exec(text);
  if (dotted !== null) {
    const [high, low] = [Number(dotted[1]), Number(dotted[2])];
    return high <= 0xffff && low <= 0xffff ? high * 0x1_0000 + low : null;
  }
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Infinity;
  return number <= LARGEST ? number : null;
}
