import fc from "fast-check";
import { formatAddress } from "../../../src/net/address.ts";
import { compileTags } from "../../../src/service-tags/index/compile-tags.ts";
import { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { parseTagFile } from "../../../src/service-tags/tag-file.ts";
import { holdDiff, holdSelection, somePlaces, tableOfAnySize } from "../../selection/large-tables.ts";
import { referenceLookup, referenceTags, tellingAddresses } from "../../service-tags/reference.ts";
import { largeTagTexts, tagTexts } from "../corpus.ts";
import { hold } from "../oracle.ts";
import { Random } from "../random.ts";
import type { Target } from "../target.ts";

/** An input is a number: the seed from which fast-check generates the case, and shrinks it if it fails. */
const NUMBERED = {
  alphabet: "text",
  words: [],
  largest: 20,
  cost: 100_000,
  seeds: () => ["1"],
  invent: (random: Random) => String(random.next()),
} as const;

function seedOf(input: string): number {
  return new Random(input).next() | 0;
}

export const selectionTarget: Target = {
  ...NUMBERED,
  name: "selection",
  about: "tables of 1 to 5,000 rows: scan, compiled table and reference choose the same rows and give the same reasons",
  check: (input) => {
    fc.assert(fc.property(tableOfAnySize, somePlaces, holdSelection), { seed: seedOf(input), numRuns: 1 });
    return "answered";
  },
};

export const tableDiffTarget: Target = {
  ...NUMBERED,
  name: "table-diff",
  about: "two such tables: the diff moves the addresses that the reference sends elsewhere, and no other",
  check: (input) => {
    fc.assert(fc.property(tableOfAnySize, tableOfAnySize, somePlaces, holdDiff), { seed: seedOf(input), numRuns: 1 });
    return "answered";
  },
};

interface Looked {
  readonly reference: ReturnType<typeof referenceTags>;
  readonly catalogue: TagCatalogue;
}

let files: readonly Looked[] | null = null;

/** The real tag files, large and small, each with its reference scan. */
function looked(): readonly Looked[] {
  files ??= [...largeTagTexts(), ...tagTexts()].map((text) => ({
    reference: referenceTags(text),
    catalogue: new TagCatalogue(compileTags(parseTagFile(text, "tags.json"))),
  }));
  return files;
}

export const tagLookupTarget: Target = {
  ...NUMBERED,
  name: "tag-lookup",
  about:
    "addresses in, at the ends of and beside prefixes of the real tag files: the tags that a scan of all prefixes finds, in order",
  check: (input) => {
    const random = new Random("tags", input);
    const { reference, catalogue } = random.pick(looked());
    for (const address of tellingAddresses(reference, 10, () => random.next() / 2 ** 32)) {
      const found = catalogue.lookup(address).map(({ name, addressPrefix }) => `${name} ${addressPrefix}`);
      hold(found.join() === referenceLookup(reference, address).join(), () => `${formatAddress(address)}: ${found}`);
    }
    return "answered";
  },
};
