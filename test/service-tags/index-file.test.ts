import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { decodeIndex, encodeIndex } from "../../src/service-tags/index-file.ts";
import { TagCatalogue } from "../../src/service-tags/tag-catalogue.ts";
import type { TagIndex } from "../../src/service-tags/tag-index.ts";
import { indexOf } from "./tags-for-tests.ts";

const index = indexOf({ AzureCloud: ["20.0.0.0/8", "2603::/16"], "Storage.WestEurope": ["20.1.2.0/24"], Empty: [] });
const bytes = encodeIndex(index);

/** Everything that an index holds, read out of it. */
function contents({ file, tags, columns, table, ...pairs }: TagIndex) {
  return { file, tags, columns, table, ...pairs };
}

describe("an index file", () => {
  it("comes back whole", () => {
    const decoded = decodeIndex(bytes);
    expect(decoded).not.toBeNull();
    if (decoded !== null) expect(contents(decoded)).toEqual(contents(index));
  });

  it("is read at any place of a buffer", () => {
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const decoded = decodeIndex(shifted.subarray(3));
    expect(decoded && new TagCatalogue(decoded).lookup(parseAddress("20.1.2.3")).map(({ name }) => name)).toEqual([
      "Storage.WestEurope",
      "AzureCloud",
    ]);
  });

  it("with any one bit turned is refused", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        expect(decodeIndex(damaged)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it("cut off anywhere is refused", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(decodeIndex(bytes.slice(0, length))).toBeNull();
      }),
    );
  });

  const word = (at: number, change: (old: number) => number) => {
    const changed = bytes.slice();
    const view = new Uint32Array(changed.buffer);
    view[at] = change(view[at] ?? 0);
    return changed;
  };
  const swapped = (value: number) => new DataView(Uint32Array.of(value).buffer).getUint32(0, false);

  it.each([
    ["an older format", word(1, (format) => format - 1)],
    ["a newer format", word(1, (format) => format + 1)],
    ["another byte order", word(2, swapped)],
    ["another kind of file", word(0, () => 0x7b0a2020)],
    ["trailing bytes", new Uint8Array([...bytes, 0, 0, 0, 0])],
    ["nothing", new Uint8Array()],
  ])("of %s is refused", (_, other) => {
    expect(decodeIndex(other)).toBeNull();
  });
});
