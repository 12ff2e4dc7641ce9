import { type Address, compareAddresses } from "../../src/net/address.ts";
import { formatPrefix, lastOf, type Prefix } from "../../src/net/prefix.ts";
import { referencePrefix } from "../net/reference-prefix.ts";

/** The slow, obvious look-up: every prefix of every tag of the JSON, one after the other. */
export interface ReferenceTag {
  readonly name: string;
  readonly region: string;
  readonly prefixes: readonly Prefix[];
  /**
   * Each prefix with the first and last address that it holds; IPv4's as numbers, which JavaScript compares faster.
   */
  readonly spans: readonly {
    readonly prefix: Prefix;
    readonly first: number | bigint;
    readonly last: number | bigint;
  }[];
}

interface Json {
  readonly values: readonly {
    readonly name: string;
    readonly properties: { readonly region?: string; readonly addressPrefixes: readonly string[] };
  }[];
}

export function referenceTags(text: string): ReferenceTag[] {
  return (JSON.parse(text.replace(/^\uFEFF/, "")) as Json).values.map(({ name, properties }) => {
    const prefixes = properties.addressPrefixes.map((prefix) => {
      const read = referencePrefix(prefix);
      if (read === null) throw new Error(`${prefix} is no prefix`);
      return read;
    });
    const spans = prefixes.map((prefix) => {
      const [first, last] = [prefix.first, lastOf(prefix)];
      return prefix.family === 4 ? { prefix, first: Number(first), last: Number(last) } : { prefix, first, last };
    });
    return { name, region: properties.region ?? "", prefixes, spans };
  });
}

/** `name prefix` of every tag that holds the address, by its longest prefix; most specific first. */
export function referenceLookup(tags: readonly ReferenceTag[], { family, value }: Address): string[] {
  const wanted = family === 4 ? Number(value) : value;
  const found: { readonly tag: ReferenceTag; readonly prefix: Prefix }[] = [];
  for (const tag of tags) {
    let longest: Prefix | null = null;
    for (const { prefix, first, last } of tag.spans) {
      if (prefix.family !== family || wanted < first || wanted > last) continue;
      if (longest === null || prefix.length > longest.length) longest = prefix;
    }
    if (longest !== null) found.push({ tag, prefix: longest });
  }
  const cloud = (name: string) => Number(name.split(".")[0] === "AzureCloud");
  found.sort(
    (a, b) =>
      b.prefix.length - a.prefix.length ||
      cloud(a.tag.name) - cloud(b.tag.name) ||
      Number(a.tag.region === "") - Number(b.tag.region === "") ||
      (a.tag.name < b.tag.name ? -1 : 1),
  );
  return found.map(({ tag, prefix }) => `${tag.name} ${formatPrefix(prefix)}`);
}

/** Addresses that could go wrong: in, at both ends of and beside prefixes, and anywhere; `random` gives 0 to 1. */
export function tellingAddresses(tags: readonly ReferenceTag[], count: number, random: () => number): Address[] {
  const prefixes = tags.flatMap((tag) => tag.prefixes);
  const addresses: Address[] = [];
  const below = (limit: bigint) => {
    let value = 0n;
    for (let bits = 0; bits < 128; bits += 32) value = (value << 32n) | BigInt(Math.floor(random() * 2 ** 32));
    return value % limit;
  };
  for (let i = 0; i < count; i++) {
    const prefix = prefixes[Math.floor(random() * prefixes.length)];
    if (prefix === undefined) break;
    const last = lastOf(prefix);
    const within = prefix.first + below(last - prefix.first + 1n);
    const top = prefix.family === 4 ? 1n << 32n : 1n << 128n;
    for (const value of [prefix.first, last, prefix.first - 1n, last + 1n, within, below(top)]) {
      if (value >= 0n && value < top) addresses.push({ family: prefix.family, value });
    }
  }
  return addresses.sort(compareAddresses);
}
