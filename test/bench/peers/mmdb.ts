import { bitsOf } from "../../../src/net/address.ts";
import type { TagIndex } from "../../../src/service-tags/index/tag-index.ts";

/*
 * The tags of a file as a MaxMind DB (https://maxmind.github.io/MaxMind-DB/): a binary tree over the bits of an
 * address, whose leaves point to the list of all tags that hold it. Only the writer is here. The usual library reads
 * it.
 */

const RECORD_BYTES = 4;
const NODE_BYTES = 2 * RECORD_BYTES;
const SEPARATOR = Buffer.alloc(16);
const METADATA_MARK = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");

type Value = string | number | readonly Value[] | { readonly [name: string]: Value };

/** A value in the data section's encoding: UTF-8 strings, unsigned 32-bit numbers, arrays and maps. */
function encoded(value: Value): Buffer {
  if (typeof value === "string") return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encoded)]);
  const entries = Object.entries(value as { readonly [name: string]: Value });
  return Buffer.concat([control(7, entries.length), ...entries.flat().map(encoded)]);
}

function control(type: number, size: number): Buffer {
  if (size >= 29 + 256) throw new RangeError(`a value of ${size} parts`);
  const [written, rest] = size < 29 ? [size, []] : [29, [size - 29]];
  return Buffer.from([type <= 7 ? (type << 5) | written : written, ...(type <= 7 ? [] : [type - 7]), ...rest]);
}

/** The path of a prefix in the tree, as bits. IPv4 is in the first 2^32 addresses of IPv6. */
function* bitsOfPrefix({ family, words, length }: TagIndex["columns"], at: number): Generator<number> {
  const isV4 = family[at] === 4;
  if (isV4) for (let bit = 0; bit < 96; bit++) yield 0;
  for (let bit = 0; bit < (length[at] ?? 0); bit++) {
    const place = isV4 ? 96 + bit : bit;
    yield ((words[4 * at + (place >>> 5)] ?? 0) >>> (31 - (place & 31))) & 1;
  }
}

/** All tags of the addresses whose longest prefix is this one. */
function tagsAround({ table, chains }: TagIndex, prefix: number): number[] {
  const tags: number[] = [];
  for (let at = prefix; at >= 0; at = table.parent[at] ?? -1) {
    for (let i = chains.ofPrefix[at] ?? 0; i > 0; i = chains.next[i] ?? 0) tags.push(chains.tag[i] ?? 0);
  }
  return tags;
}

/** The database for a reader: `get(address)` returns the numbers of all tags that hold the address. */
export function mmdbOf(index: TagIndex): Buffer {
  const { columns } = index;
  // Records: 0 is empty, a positive number is the next node, a negative one the data at place -record - 1.
  const records: number[] = [0, 0];
  const data: Buffer[] = [];
  const known = new Map<string, number>();
  let dataBytes = 0;
  const placeOf = (tags: readonly number[]): number => {
    const key = tags.join();
    let place = known.get(key);
    if (place === undefined) {
      place = dataBytes;
      known.set(key, place);
      const bytes = encoded(tags);
      data.push(bytes);
      dataBytes += bytes.length;
    }
    return place;
  };
  // Shorter prefixes first, since longer ones replace parts of them.
  const order = Array.from({ length: columns.count }, (_, at) => at);
  const depth = (at: number) => (columns.length[at] ?? 0) + (columns.family[at] === 4 ? 128 - bitsOf(4) : 0);
  order.sort((a, b) => depth(a) - depth(b));
  for (const prefix of order) {
    let record = -1;
    for (const bit of bitsOfPrefix(columns, prefix)) {
      let node = record < 0 ? 0 : (records[record] ?? 0);
      if (record >= 0 && node <= 0) {
        records.push(node, node); // both halves start with the data of the whole
        node = records.length / 2 - 1;
        records[record] = node;
      }
      record = 2 * node + bit;
    }
    if (record >= 0) records[record] = -1 - placeOf(tagsAround(index, prefix));
  }
  const nodes = records.length / 2;
  const tree = Buffer.alloc(nodes * NODE_BYTES);
  records.forEach((record, at) => {
    const value = record > 0 ? record : record === 0 ? nodes : nodes + SEPARATOR.length + (-1 - record);
    tree.writeUInt32BE(value, RECORD_BYTES * at);
  });
  const metadata = encoded({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 0,
    database_type: "service tags",
    description: { en: "service tags" },
    ip_version: 6,
    languages: ["en"],
    node_count: nodes,
    record_size: 8 * RECORD_BYTES,
  });
  return Buffer.concat([tree, SEPARATOR, ...data, METADATA_MARK, metadata]);
}
