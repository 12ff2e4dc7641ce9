import { formatPrefix } from "../../../src/net/prefix.ts";
import { compileTags } from "../../../src/service-tags/index/compile-tags.ts";
import type { TagIndex } from "../../../src/service-tags/index/tag-index.ts";
import { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { isTagFileError, parseTagFile } from "../../../src/service-tags/tag-file.ts";
import { prepareTags } from "../../../src/store/index/prepare-tags.ts";
import { decodeIndex, indexBytes } from "../../service-tags/tags-for-tests.ts";
import { asBytes, bytesOf, largeTagTexts, madeUpTags, tagTexts } from "../corpus.ts";
import { hold, judge } from "../oracle.ts";
import type { Target } from "../target.ts";

const FILE = "ServiceTags_Public_20231106.json";

/** The straight way: decode, JSON.parse, every prefix as a text. */
function slowly(bytes: Uint8Array): TagIndex {
  const text = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
  return compileTags(parseTagFile(text, FILE));
}

function outcome(compile: () => TagIndex): { readonly index: TagIndex | null; readonly told: string } {
  try {
    return { index: compile(), told: "" };
  } catch (error) {
    if (!isTagFileError(error)) throw error;
    return { index: null, told: `${error.code}: ${error.message}` };
  }
}

interface Json {
  readonly values: readonly {
    readonly name: string;
    readonly properties: { readonly addressPrefixes: readonly string[] };
  }[];
}

/** Every tag of the JSON with every prefix, none besides. */
function holdWhole(index: TagIndex, bytes: Uint8Array): void {
  const text = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
  const { values } = JSON.parse(text) as Json;
  const tags = [...new TagCatalogue(index).tags()];
  hold(tags.length === values.length, () => `${values.length} tags in the file, ${tags.length} read`);
  values.forEach(({ name, properties }, at) => {
    const tag = tags[at];
    hold(tag?.name === name, () => `tag ${at + 1} is called otherwise`);
    const prefixes = tag.prefixes.map(formatPrefix);
    const canonical = /^[\d./]+$|^[\da-f:/]+$/;
    hold(prefixes.length === properties.addressPrefixes.length, () => `tag ${at + 1} lacks prefixes`);
    properties.addressPrefixes.forEach((written, place) => {
      const read = prefixes[place] ?? "";
      // IPv6 has many spellings; the prefix target compares them.
      if (canonical.test(written) && !written.includes(":"))
        hold(read === written, () => `${written} was read as ${read}`);
    });
  });
}

export const tagFileTarget: Target = {
  name: "tag-file",
  about:
    "ServiceTags files: compiled from bytes and by JSON.parse alike, every tag and prefix of the JSON, or UserError",
  alphabet: "bytes",
  words: [
    '"addressPrefixes"',
    '"addressPrefixes": [],',
    '"addressPrefixes": ["10.0.0.0/8"],',
    '\\"addressPrefixes\\": [',
    '"address\\u0050refixes": ["10.0.0.0/8"],',
    '"properties"',
    '"values": [],',
    '"name"',
    '"10.0.0.0/8"',
    '"10.0.0.1/8"',
    '"2603:1020::/32"',
    '"::ffff:10.0.0.0/104"',
    '"nextLink":"x",',
    "networkFeatures",
  ],
  largest: 300_000,
  seeds: () => tagTexts().map(asBytes),
  check: (input) => {
    const bytes = bytesOf(input);
    return judge(
      ["UserError"],
      () => prepareTags(bytes, FILE),
      ({ index }) => {
        const encoded = indexBytes(index);
        const slow = outcome(() => slowly(bytes));
        hold(slow.index !== null, () => `read from bytes, but by JSON.parse ${slow.told}`);
        hold(
          Buffer.compare(encoded, indexBytes(slow.index)) === 0,
          () => "read from bytes and by JSON.parse it differs",
        );
        const kept = decodeIndex(encoded);
        hold(kept !== null, () => "its own index is refused");
        hold(Buffer.compare(indexBytes(kept), encoded) === 0, () => "its index is read back differently");
        holdWhole(index, bytes);
      },
    );
  },
};

/** The files of the public cloud, whole: each costs as much as hundreds of the small ones. */
export const largeTagFileTarget: Target = {
  ...tagFileTarget,
  name: "large-tag-file",
  about: "the largest ServiceTags files, held to the same",
  largest: 6_000_000,
  cost: 500_000,
  seeds: () => {
    const texts = largeTagTexts();
    return (texts.length > 0 ? texts : [madeUpTags()]).map(asBytes);
  },
};
