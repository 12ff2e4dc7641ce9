import fc from "fast-check";
import { expect, test } from "vitest";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import { isRouteFileError } from "../../../src/routes/read/route-file-error.ts";
import { armRow } from "../arm-json.ts";

const SEEDS = [
  JSON.stringify({ value: [armRow(), armRow({ name: "to-nva", tagMap: {} })], nextLink: null }, null, 1),
  JSON.stringify([{ Name: null, Source: "User", State: "Active", AddressPrefix: "10.0.0.0/8", NextHopType: "None" }]),
  'Source,State,"Address Prefixes",Next Hop Type\r\nDefault,Active,"10.0.0.0/8, fd00::/8",Virtual network\r\n',
];

async function readsOrRefuses(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isRouteFileError(error)) throw error;
  }
}

const origin = { kind: "stdin", name: "-" } as const;
const run = { seed: 20261123, numRuns: 300 };
const splice = fc.record({
  seed: fc.constantFrom(...SEEDS),
  at: fc.nat(400),
  cut: fc.nat(12),
  insert: fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom('"', "{", "]", "null", "\0", "\uFEFF", "__proto__", "\r"),
  ),
});

test("a damaged export is read or refused, never anything else", async () => {
  await fc.assert(
    fc.asyncProperty(splice, ({ seed, at, cut, insert }) => {
      const position = at % seed.length;
      const text = seed.slice(0, position) + insert + seed.slice(position + cut);
      return readsOrRefuses(() => readRouteTable(text, origin));
    }),
    run,
  );
});

test("any JSON value in any field is read or refused, never anything else", async () => {
  const field = fc.constantFrom(
    "name",
    "source",
    "state",
    "addressPrefix",
    "nextHopType",
    "nextHopIpAddress",
    "tagMap",
    "value",
    "properties",
    "error",
    "AddressPrefix",
    "__proto__",
  );
  await fc.assert(
    fc.asyncProperty(
      field,
      fc.jsonValue(),
      fc.constantFrom(armRow(), {}),
      fc.boolean(),
      (name, value, base, inList) => {
        const row = Object.fromEntries([...Object.entries(base), [name, value]]);
        return readsOrRefuses(() => readRouteTable(JSON.stringify(inList ? [row] : row), origin));
      },
    ),
    run,
  );
});

test("any bytes are decoded or refused, never anything else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), (bytes) => readsOrRefuses(() => readRouteTable(bytes, origin))),
    run,
  );
});

test("a list of prefixes is read like the same texts in one", async () => {
  const part = fc.oneof(
    fc.ipV4().chain((address) => fc.integer({ min: 0, max: 33 }).map((length) => `${address}/${length}`)),
    fc.ipV6().chain((address) => fc.integer({ min: 0, max: 129 }).map((length) => `${address}/${length}`)),
    fc.integer({ min: 0, max: 255 }).map((first) => `${first}.0.0.0/8`),
    fc.constantFrom("0.0.0.0/0", "::ffff:10.0.0.0/104", "2001:DB8::/32", "x.0.0.0/8", "10.0.0.0", "010.0.0.0/8"),
  );
  const outcome = async (addressPrefix: unknown) => {
    try {
      return (await readRouteTable(JSON.stringify([armRow({ addressPrefix })]), origin)).routes[0]?.addressPrefix;
    } catch (error) {
      if (isRouteFileError(error)) return [error.code, error.message, error.hint];
      throw error;
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (texts) => {
      expect(await outcome(texts)).toEqual(await outcome(texts.join(" ")));
    }),
    run,
  );
});
