import type { ServiceTagFile } from "../routes/annotation.ts";
import { quotedText } from "../text/quoted-text.ts";
import { isRecord, nonEmptyText, textsIn } from "../text/type-guards.ts";
import type { TagDetails } from "./index/tag-index.ts";
import { publishedIn } from "./publication-date.ts";
import { TagFileError, WHERE_TAGS_ARE } from "./tag-file-error.ts";

/** One tag of a file, its prefixes as the file writes them. */
export interface TagFileEntry extends TagDetails {
  readonly prefixes: readonly string[];
}

export interface TagFile {
  readonly file: ServiceTagFile;
  readonly tags: readonly TagFileEntry[];
}

/**
 * Reads a ServiceTags JSON file of any year and cloud, or an answer of the Discovery API: the two differ in that the latter
 * writes change numbers as strings. `file` is the path or name that the text came from; a name of Microsoft's form gives the date.
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview#discover-service-tags-by-using-downloadable-json-files
 * @throws TagFileError. Prefixes are read by `compileTags`. Cost: `JSON.parse`, and a pass over the tags.
 */
export function parseTagFile(text: string, file: string): TagFile {
  return readTagFile(text, file, (list) => (list.every((prefix) => typeof prefix === "string") ? list : null));
}

/** A tag and whatever stands in place of its prefixes. */
interface Entry<Prefixes> extends TagDetails {
  readonly prefixes: Prefixes;
}

/**
 * The same for a text whose lists hold something else than prefixes; `prefixesOf` reads a list, null where it cannot.
 * @throws TagFileError
 */
export function readTagFile<Prefixes>(
  text: string,
  file: string,
  prefixesOf: (list: readonly unknown[]) => Prefixes | null,
): { readonly file: ServiceTagFile; readonly tags: readonly Entry<Prefixes>[] } {
  const name = shortName(file);
  const root = parseJson(text, name);
  if (!isRecord(root) || !Array.isArray(root.values)) {
    throw new TagFileError("tag-file-kind", `${name} is not a service tag file: it ${likeness(root)}`, WHERE_TAGS_ARE);
  }
  const { cloud, changeNumber } = root;
  return {
    file: {
      cloud: nonEmptyText(cloud),
      changeNumber: numberText(changeNumber),
      file,
      date: publishedIn(file),
      note: pageNote(root),
    },
    tags: root.values.map((value, index) => entryOf(value, index, name, prefixesOf)),
  };
}

/** The Discovery API documents pages; whoever saved one page must know that more tags exist. */
function pageNote({ nextLink }: Readonly<Record<string, unknown>>): string | null {
  return typeof nextLink === "string" && nextLink !== ""
    ? "Only a part of the tags: the answer has a nextLink, and what is behind it was not saved."
    : null;
}

function parseJson(text: string, name: string): unknown {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (plain.trim() === "") {
    throw new TagFileError("tag-file-empty", `${name} is empty`, `check the download; ${WHERE_TAGS_ARE}`);
  }
  try {
    return JSON.parse(plain);
  } catch {
    const page = /^\s*</.test(plain);
    throw new TagFileError(
      "tag-file-syntax",
      page ? `${name} is a web page, not JSON` : `${name} is not valid JSON, or is cut off`,
      page ? "download the file that the page links to" : `download it again; ${WHERE_TAGS_ARE}`,
    );
  }
}

/** What a JSON value that is no tag file looks like, after "it". */
function likeness(root: unknown): string {
  const first: unknown = Array.isArray(root)
    ? root[0]
    : isRecord(root) && Array.isArray(root.value)
      ? root.value[0]
      : root;
  if (isRecord(root) && isRecord(root.error)) return "looks like an error that Azure answered";
  if (!isRecord(first)) return "has no list of tags ('values')";
  const names = new Set(Object.keys(first).map((key) => key.toLowerCase()));
  if (names.has("nexthoptype")) return "looks like effective routes; give those as --file";
  if (names.has("securityrules") || names.has("priority")) return "looks like security rules";
  return "has no list of tags ('values')";
}

function entryOf<Prefixes>(
  value: unknown,
  index: number,
  file: string,
  prefixesOf: (list: readonly unknown[]) => Prefixes | null,
): Entry<Prefixes> {
  const refuse = (what: string) =>
    new TagFileError("tag-file-shape", `${file}: tag ${index + 1} ${what}`, `download it again; ${WHERE_TAGS_ARE}`);
  if (!isRecord(value) || typeof value.name !== "string") throw refuse("has no name");
  const properties = value.properties;
  if (!isRecord(properties) || !Array.isArray(properties.addressPrefixes)) throw refuse("has no addressPrefixes");
  const prefixes = prefixesOf(properties.addressPrefixes);
  if (prefixes === null) throw refuse("has a prefix that is not text");
  return {
    name: value.name,
    region: nonEmptyText(properties.region),
    systemService: nonEmptyText(properties.systemService),
    changeNumber: numberText(properties.changeNumber),
    networkFeatures: textsIn(properties.networkFeatures),
    prefixes,
  };
}

const numberText = (value: unknown): string | null => (typeof value === "number" ? String(value) : nonEmptyText(value));

function shortName(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return quotedText(name);
}
