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

/** The reference: decode, JSON.parse, every prefix as text. */
function slowly(bytes: Uint8Array): TagIndex {
  return compileTags(parseTagFile(textOf(bytes), FILE));
}

/** The text of a file: UTF-8, or UTF-16 recognised by its byte order mark or the zero byte of its first character. */
function textOf(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  const short = bytes.length < 2;
  if (!short && ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0))) {
    return new TextDecoder("utf-16le").decode(bytes);
  }
  if (!short && ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0))) {
    return new TextDecoder("utf-16be").decode(bytes);
  }
  return new TextDecoder().decode(bytes);
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

/** A tag list as Microsoft publishes it: PowerShell writes fields in PascalCase, and sometimes the list alone. */
function inCamelCase(value: unknown): unknown {
  const camel = (each: unknown, levels = 5): unknown => {
    if (levels === 0 || typeof each !== "object" || each === null) return each;
    if (Array.isArray(each)) return each.map((inner) => camel(inner, levels - 1));
    return Object.fromEntries(
      Object.entries(each).map(([key, inner]) => [
        key.slice(0, 1).toLowerCase() + key.slice(1),
        camel(inner, levels - 1),
      ]),
    );
  };
  return Array.isArray(value) ? { values: camel(value) } : camel(value);
}

/** Checks that the tags and prefixes are exactly those of the JSON. */
function holdWhole(index: TagIndex, bytes: Uint8Array): void {
  const { values } = inCamelCase(JSON.parse(textOf(bytes))) as Json;
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

/** The complete files of the public cloud. Each costs as much as hundreds of small ones. */
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
