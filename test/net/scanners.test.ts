import fc from "fast-check";
import { expect, test } from "vitest";
import { type Address, formatAddress, fromWords, parseAddress } from "../../src/net/address.ts";
import { type Prefix, parsePrefix } from "../../src/net/prefix.ts";
import { bytesOf, scanAddress, scannedTo } from "../../src/net/read-address.ts";
import { scannedPrefix, scanPrefix } from "../../src/net/read-prefix.ts";
import { ADDRESS_ROOM, writeAddress } from "../../src/net/write-address.ts";
import { mutate } from "../fuzz/mutate.ts";
import { Random } from "../fuzz/random.ts";
import { addressLike } from "../fuzz/targets/address.ts";
import { prefixLike } from "../fuzz/targets/prefix.ts";

/*
 * A short run; test/fuzz/agreement.test.ts has 100,000 strings. Addresses and prefixes that people type are read by ipaddr.js, those of streams and tag files by byte scanners, the
 * prefixes of route tables by a byte scanner first. Both must give the same answers.
 */

const STRINGS = 4_000;
const WORDS = [".", ":", "::", "::ffff:", "0", "00", "255", "256", "ffff", "%eth0", "/", "/0", "/32", "0x", " "];

/** Texts that are addresses or prefixes, or nearly; a third of them are damaged. */
function* texts(like: (random: Random) => string): Generator<string> {
  for (let at = 0; at < STRINGS; at++) {
    const random = new Random("scanners", at);
    const text = like(random);
    yield random.once(3) ? mutate(text, random, { alphabet: "text", words: WORDS, others: [], largest: 200 }) : text;
  }
}

const bytes = new Uint8Array(300);
const words = new Uint32Array(4);

test.each([
  ["", 1, 0],
  ["", 0, -1],
  ["abc", 4, 3],
  ["abc", 3, -1],
  ["abc", 2, -1],
  ["aé", 4, 3],
  ["aé", 3, -1],
  ["a€", 3, -1],
  ["abc€", 5, -1],
])("the bytes of '%s' and the NUL behind them in %i bytes: %i", (text, room, size) => {
  const target = new Uint8Array(room).fill(255);
  expect(bytesOf(text, target)).toBe(size);
  if (size >= 0) expect([...target]).toEqual([...new TextEncoder().encode(text), 0]);
});

function scannedAddress(text: string): Address | null {
  const size = bytesOf(text, bytes);
  const family = scanAddress(bytes, 0, words, 0);
  return family !== 0 && scannedTo() === size ? { family, value: fromWords(family, words) } : null;
}

test.each([
  ["::ffff:10.0.0.1", 4],
  ["::ffff:a00:1", 4],
  ["1::ffff:a00:1", 6],
  ["::1:0:ffff:a00:1", 6],
  ["::1:ffff:a00:1", 6],
  ["::fffe:a00:1", 6],
])("%s is an address of IPv%i to the scanner", (text, family) => {
  expect(scannedAddress(text)).toEqual(parseAddress(text));
  expect(scannedAddress(text)?.family).toBe(family);
});

test("a scanned prefix of IPv4 fills the last of its four words, and no other", () => {
  const around = new Uint32Array(6).fill(7);
  bytesOf("10.0.0.0/8", bytes);
  expect(scanPrefix(bytes, 0, around, 1)).toBeGreaterThan(0);
  expect([...around]).toEqual([7, 0, 0, 0, 0x0a000000, 7]);
});

function orNull<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}

const told = (value: Address | Prefix | null) =>
  value && ("value" in value ? `${value.family} ${value.value}` : `${value.family} ${value.first}/${value.length}`);

/** The texts that two readers read differently, and the number that both read. */
function compare(
  like: (random: Random) => string,
  differs: (text: string) => boolean,
  reads: (text: string) => boolean,
) {
  const different: string[] = [];
  let read = 0;
  for (const text of texts(like)) {
    if (differs(text)) different.push(text);
    if (reads(text)) read++;
  }
  return { different, read };
}

test(`${STRINGS} strings are the same addresses to the scanner and to ipaddr.js`, { tags: ["slow"] }, () => {
  const parsed = (text: string) => orNull(() => parseAddress(text));
  const { different, read } = compare(
    addressLike,
    (text) => told(scannedAddress(text)) !== told(parsed(text)),
    (text) => parsed(text) !== null,
  );
  expect(different).toEqual([]);
  expect(read).toBeGreaterThan(STRINGS / 4);
});

test(`${STRINGS} strings are the same prefixes to both, but for IPv4-mapped ones, which tag files do not have`, {
  tags: ["slow"],
}, () => {
  const parsed = (text: string) => orNull(() => parsePrefix(text));
  const isMapped = (text: string) => text.includes(":") && !text.includes("%") && parsed(text) !== null && mapped(text);
  const { different, read } = compare(
    prefixLike,
    (text) => told(scannedPrefix(text)) !== (isMapped(text) ? null : told(parsed(text))),
    (text) => scannedPrefix(text) !== null,
  );
  expect(different).toEqual([]);
  expect(read).toBeGreaterThan(STRINGS / 10);
});

/** Whether the address before the slash is IPv4 written as IPv6. */
const mapped = (text: string) => parseAddress(text.split("/", 1)[0] ?? "").family === 4;

test("any address is written the same by the byte writer and by ipaddr.js, and read again", () => {
  const anyAddress = fc.oneof(
    fc.bigInt(0n, (1n << 32n) - 1n).map((value): Address => ({ family: 4, value })),
    fc.bigInt(0n, (1n << 128n) - 1n).map((value): Address => ({ family: 6, value })),
    // Runs of zero groups, where `::` goes.
    fc
      .array(fc.constantFrom(0n, 0n, 1n, 0xabcdn), { minLength: 8, maxLength: 8 })
      .map(
        (groups): Address => ({ family: 6, value: groups.reduce<bigint>((sum, group) => (sum << 16n) | group, 0n) }),
      ),
  );
  fc.assert(
    fc.property(anyAddress, ({ family, value }) => {
      const target = new DataView(new ArrayBuffer(ADDRESS_ROOM));
      const source = Uint32Array.from([96n, 64n, 32n, 0n], (shift) => Number((value >> shift) & 0xffffffffn));
      const end = writeAddress(family, source, 0, target, 0);
      const written = new TextDecoder().decode(target.buffer.slice(0, end));
      expect(formatAddress({ family, value })).toBe(written);
      const isMapped = family === 6 && value >> 32n === 0xffffn;
      if (!isMapped) expect(parseAddress(written)).toEqual({ family, value });
    }),
    { numRuns: 5000 },
  );
});
