import { parseAddress } from "../../../src/net/address.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { compileTags } from "../../../src/service-tags/index/compile-tags.ts";
import type { TagIndex } from "../../../src/service-tags/index/tag-index.ts";
import { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { parseTagFile } from "../../../src/service-tags/tag-file.ts";
import { decodeIndex, indexBytes } from "../../service-tags/tags-for-tests.ts";
import { bytesOf, madeUpTags, tagTexts } from "../corpus.ts";
import { hold } from "../oracle.ts";
import type { Target } from "../target.ts";

const ADDRESSES = ["191.239.203.0", "191.239.200.1", "0.0.0.0", "255.255.255.255", "::", "2603:1020:206::1"].map(
  parseAddress,
);

/** Everything that an index can answer. */
function everything(index: TagIndex): string {
  const catalogue = new TagCatalogue(index);
  const tags = [...catalogue.tags()].map((tag) => ({ ...tag, prefixes: tag.prefixes.map(formatPrefix) }));
  return JSON.stringify([catalogue.file, tags, ADDRESSES.map((address) => catalogue.lookup(address))]);
}

/** The content of the undamaged indexes. */
const known = new Set<string>();

/** Undamaged indexes, as input text. */
function indexes(): string[] {
  const texts = [madeUpTags(), ...tagTexts().filter((text) => text.length < 60_000)];
  return texts.map((text) => {
    const index = compileTags(parseTagFile(text, "tags.json"));
    known.add(everything(index));
    return Buffer.from(indexBytes(index)).toString("latin1");
  });
}

export const tagIndexTarget: Target = {
  name: "tag-index",
  about: "the compiled index of the cache: read whole as it was written, or not at all",
  alphabet: "bytes",
  words: ["\0\0\0\0", "\x01\0\0\0", "\xff\xff\xff\xff", "ITNV"],
  largest: 3_000_000,
  seeds: indexes,
  check: (input) => {
    const index = decodeIndex(bytesOf(input));
    if (index === null) return "refused";
    hold(known.has(everything(index)), () => "a damaged index was read");
    return "answered";
  },
};
