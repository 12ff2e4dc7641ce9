import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import { isWholeIndex, openIndex } from "../../../src/service-tags/index/index-file.ts";
import { HEADER_BYTES } from "../../../src/service-tags/index/index-layout.ts";
import type { TagIndex } from "../../../src/service-tags/index/tag-index.ts";
import { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { decodeIndex, indexBytes, indexOf, SOURCE } from "../tags-for-tests.ts";

const index = indexOf({ AzureCloud: ["20.0.0.0/8", "2603::/16"], "Storage.WestEurope": ["20.1.2.0/24"], Empty: [] });
const bytes = indexBytes(index);

/** The index without most of the table of IPv4's top halves, which is long. */
const shortened = (of: TagIndex): TagIndex => ({ ...of, table: { ...of.table, top: of.table.top.slice(0, 4) } });

/** A file of less than a kilobyte, so that every byte can be damaged in turn. */
const short = indexBytes(shortened(index));

/** Everything that an index holds, read out of it. */
function contents({ file, tags, columns, table, ...pairs }: TagIndex) {
  return { file, tags: Array.from({ length: tags.length }, (_, tag) => tags.at(tag)), columns, table, ...pairs };
}

describe("an index file", () => {
  it.each([
    ["whole", index],
    ["without prefixes", shortened(indexOf({ Empty: [] }))],
    ["without tags", shortened(indexOf({}))],
    ["short, as the tests below damage it", shortened(index)],
  ])("comes back: %s", (_, original) => {
    const decoded = decodeIndex(indexBytes(original));
    expect(decoded).not.toBeNull();
    if (decoded !== null) expect(contents(decoded)).toEqual(contents(original));
  });

  it.each(["", "ServiceTags.jso", "ServiceTags.jsom", "ServiceTags.json.index"])(
    "of another source %j is refused",
    (source) => {
      expect(isWholeIndex(bytes, source)).toBe(false);
      expect(openIndex(bytes.length, source, (at, length) => bytes.slice(at, at + length))).toBeNull();
    },
  );

  it.each([
    ["the file", (of: Uint8Array) => of.indexOf(0x7b), (found: TagIndex) => found.file],
    ["a tag", (of: Uint8Array) => Buffer.from(of).indexOf('["'), (found: TagIndex) => found.tags.at(0)],
  ])("whose JSON of %s is damaged is an error where it is read", (_, place, read) => {
    const damaged = short.slice();
    damaged[place(damaged)] = 0x20;
    expect(isWholeIndex(damaged, SOURCE)).toBe(false);
    const opened = openIndex(damaged.length, SOURCE, (at, length) => damaged.slice(at, at + length));
    expect(() => opened && read(opened)).toThrow(expect.objectContaining({ code: "tag-index-damaged" }));
  });

  it("names no tag beyond its last", () => {
    const tags = decodeIndex(bytes)?.tags;
    expect([tags?.length, tags?.at(2)?.name, tags?.at(3), tags?.at(-1)]).toEqual([3, "Empty", undefined, undefined]);
  });

  it.each([
    ["as many lists of tags as 16 bits can name", 65_535],
    ["one more", 65_536],
  ])("holds %s", { tags: ["slow"] }, (_, count) => {
    const address = (k: number) => `10.${k >>> 16}.${(k >>> 8) & 255}.${k & 255}`;
    const tags = Object.fromEntries(Array.from({ length: count }, (_each, k) => [`T${k}`, [`${address(k)}/32`]]));
    const decoded = decodeIndex(indexBytes(indexOf({ ...tags, Last: [`${address(count - 1)}/32`] })));
    const names = (k: number) =>
      decoded && new TagCatalogue(decoded).lookup(parseAddress(address(k))).map(({ name }) => name);
    expect([names(0), names(256), names(count - 1)]).toEqual([["T0"], ["T256"], ["Last", `T${count - 1}`]]);
    const first = (k: number) => decoded && new TagCatalogue(decoded).mostSpecific(parseAddress(address(k)));
    expect([first(0), first(256), first(count - 1)]).toEqual(["T0", "T256", "Last"]);
  });

  it("names each tag once for a prefix that the tag lists twice", () => {
    const { chains } = indexOf({ A: ["10.0.0.0/8", "10.0.0.0/8"], B: ["10.0.0.0/8"] });
    expect([[...chains.ofPrefix], [...chains.tag], [...chains.next]]).toEqual([[2], [0, 1, 0], [0, 0, 1]]);
  });

  it("keeps one list for prefixes of the same tags", () => {
    const { chains } = indexOf({ A: ["10.0.0.0/8", "11.0.0.0/8"], B: ["10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8"] });
    expect([[...chains.ofPrefix], [...chains.tag], [...chains.next]]).toEqual([
      [2, 2, 1],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  it("is known by a checksum that its words alone decide", () => {
    expect(
      Buffer.compare(
        word(1, (format) => format),
        bytes,
      ),
    ).toBe(0);
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

  it("is written from arrays at any place of their buffers", () => {
    const at = (place: number) => {
      const buffer = new Uint8Array(place + index.endpointCapable.length);
      buffer.set(index.endpointCapable, place);
      return buffer.subarray(place);
    };
    const written = [1, 2, 4].map((place) => indexBytes({ ...index, endpointCapable: at(place) }));
    expect(written.map((each) => Buffer.compare(each, bytes))).toEqual([0, 0, 0]);
    const four = { ...index, endpointCapable: Uint8Array.of(9, 0, 1, 0, 1).subarray(1) };
    expect([...(decodeIndex(indexBytes(four))?.endpointCapable ?? [])]).toEqual([0, 1, 0, 1]);
  });

  it("with a shorter prefix behind its longer one answers a look-up", () => {
    const file = indexBytes(
      indexOf({ Sql: ["30.0.0.0/8"], "Storage.WestEurope": ["20.1.2.0/24"], Storage: ["20.0.0.0/8"] }),
    );
    const opened = openIndex(file.length, SOURCE, (from, length) => file.slice(from, from + length));
    if (opened === null) throw new Error("the index is whole");
    const matches = new TagCatalogue(opened).lookup(parseAddress("20.1.2.3"));
    expect(matches.map(({ name }) => name)).toEqual(["Storage.WestEurope", "Storage"]);
  });

  it("with any one bit turned answers a look-up, or is an error: it never goes round for ever", () => {
    const outcomes = new Set<string>();
    for (let at = 0; at < short.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = short.slice();
        damaged[at] = (short[at] ?? 0) ^ (1 << bit);
        const opened = openIndex(damaged.length, SOURCE, (from, length) => damaged.slice(from, from + length));
        try {
          if (opened !== null) new TagCatalogue(opened).lookup(parseAddress("20.1.2.3"));
          outcomes.add("answered");
        } catch {
          outcomes.add("error");
        }
      }
    }
    expect([...outcomes].sort()).toEqual(["answered", "error"]);
  });

  it("with any one bit turned is refused", () => {
    const damaged = short.slice();
    const believed: string[] = [];
    for (let at = 0; at < damaged.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        damaged[at] = (short[at] ?? 0) ^ (1 << bit);
        if (decodeIndex(damaged) !== null) believed.push(`byte ${at} bit ${bit}`);
      }
      damaged[at] = short[at] ?? 0;
    }
    expect(believed).toEqual([]);
    expect(short.length).toBeGreaterThan(500);
  });

  it("with any one byte of another value is refused, wherever it is", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] ?? 0) ^ change;
        expect(decodeIndex(damaged)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it("cut off anywhere is refused", () => {
    for (let length = 0; length < short.length; length++) expect(decodeIndex(short.slice(0, length))).toBeNull();
  });

  it("whose second half was never written is refused, wherever it begins", () => {
    for (let from = 0; from < short.length; from++) {
      const torn = short.slice();
      torn.fill(0, from);
      if (torn.some((byte, at) => byte !== short[at])) expect(decodeIndex(torn)).toBeNull();
    }
  });

  describe("opened for its parts", () => {
    const open = (of: Uint8Array) => openIndex(of.length, SOURCE, (at, length) => of.slice(at, at + length));

    it("holds what it holds as a whole", () => {
      const opened = open(bytes);
      expect(opened).not.toBeNull();
      if (opened !== null) expect(contents(opened)).toEqual(contents(index));
    });

    it("is read where a look-up needs it, and each part once", () => {
      const read: number[] = [];
      const opened = openIndex(bytes.length, SOURCE, (at, length) => {
        read.push(at);
        return bytes.slice(at, at + length);
      });
      const inHeader = read.length;
      const tags = opened && new TagCatalogue(opened);
      for (const text of ["20.1.2.3", "20.1.2.4"]) expect(tags?.lookup(parseAddress(text))).toHaveLength(2);
      const parts = read.slice(inHeader);
      expect(new Set(parts).size).toBe(parts.length);
      // Neither the prefixes' first addresses, nor what is of IPv6, nor the table of top halves.
      expect(parts.length).toBeLessThan(12);
    });

    it("is not read where it is shorter than a header, and the header is where it is as long", () => {
      const readsOf = (size: number) => {
        const reads: number[] = [];
        openIndex(size, SOURCE, (_at, length) => {
          reads.push(length);
          return new Uint8Array(length);
        });
        return reads;
      };
      expect([readsOf(HEADER_BYTES - 1), readsOf(HEADER_BYTES)]).toEqual([[], [HEADER_BYTES]]);
    });

    it("is refused where any byte of its header has another value", () => {
      const believed = Array.from({ length: HEADER_BYTES }, (_, at) => at).filter((at) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] ?? 0) ^ 4;
        return open(damaged) !== null;
      });
      expect(believed).toEqual([]);
    });

    it.each([
      ["longer than its header says", new Uint8Array([...bytes, 0, 0, 0, 0])],
      ["shorter", bytes.slice(0, -4)],
      ["shorter than a header", bytes.slice(0, 20)],
      ["empty", new Uint8Array()],
      ["longer than its sections", new Uint8Array([...word(4, (size) => size + 4), 0, 0, 0, 0])],
      ["shorter than its sections", word(4, (size) => size - 4).slice(0, -4)],
    ])("is refused where it is %s", (_, other) => {
      expect(open(other)).toBeNull();
    });
  });

  /** A file whose header says something else, with the checksum that its writer would have given it. */
  const word = (at: number, change: (old: number) => number) => {
    const changed = bytes.slice();
    const words = new Int32Array(changed.buffer);
    words[at] = change(words[at] ?? 0);
    words[3] = words.subarray(4, HEADER_BYTES / 4).reduce((sum, each) => (Math.imul(sum, 0x01000193) + each) | 0, 1);
    return changed;
  };
  const swapped = (value: number) => new DataView(Uint32Array.of(value).buffer).getUint32(0, false);

  it.each([
    ["an older format", word(1, (format) => format - 1)],
    ["a newer format", word(1, (format) => format + 1)],
    ["another byte order", word(2, swapped)],
    ["another kind of file", word(0, () => 0x7b0a2020)],
    ["another number of sections", word(6, (sections) => sections + 1)],
    [
      "a machine that writes words the other way round",
      new Uint8Array(new Uint32Array(bytes.buffer).map(swapped).buffer),
    ],
    ["trailing bytes", new Uint8Array([...bytes, 0, 0, 0, 0])],
    ["nothing", new Uint8Array()],
  ])("of %s is refused", (_, other) => {
    expect(decodeIndex(other)).toBeNull();
  });
});
