import type { ServiceTagFile } from "../routes/annotation.ts";
import { quotedText } from "../text/quoted-text.ts";
import { isRecord, nonEmptyText, textsIn } from "../text/type-guards.ts";
import { UserError } from "../text/user-error.ts";
import type { TagDetails } from "./index/tag-index.ts";

const CODES = ["tag-file-empty", "tag-file-syntax", "tag-file-kind", "tag-file-shape", "tag-file-prefix"] as const;

/** Why a text was rejected as a service tag file. A closed set, so that scripts and tests can tell the cases apart. */
export type TagFileErrorCode = (typeof CODES)[number];

/** Whether the error is the rejection of a text as a service tag file. */
export function isTagFileError(error: unknown): error is UserError<TagFileErrorCode> {
  return error instanceof UserError && CODES.some((code) => code === error.code);
}

/** Where to get a service tag file, for hints. */
export const WHERE_TAGS_ARE =
  "give a ServiceTags_Public_<date>.json from https://www.microsoft.com/download/details.aspx?id=56519";

/** A tag of a file, with its prefixes as the file spells them. */
export interface TagFileEntry extends TagDetails {
  readonly prefixes: readonly string[];
}

export interface TagFile {
  readonly file: ServiceTagFile;
  readonly tags: readonly TagFileEntry[];
}

/**
 * Parses a ServiceTags JSON file of any year and cloud, or an answer of the Discovery API, which writes change numbers
 * as strings. `file` is the path or name of the source; a name of Microsoft's form gives the publication date.
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview#discover-service-tags-by-using-downloadable-json-files
 * @throws UserError<TagFileErrorCode>. `compileTags` checks the prefixes. Cost: `JSON.parse` and a pass over the tags.
 */
export function parseTagFile(text: string, file: string): TagFile {
  const name = quotedText(file.split(/[\\/]/).at(-1) ?? file);
  const root = parseJson(text, name);
  if (!isRecord(root) || !Array.isArray(root.values)) {
    const message = `${name} is not a service tag file: it ${kindOf(root)}`;
    throw new UserError<TagFileErrorCode>("tag-file-kind", message, WHERE_TAGS_ARE);
  }
  return {
    file: {
      cloud: nonEmptyText(root.cloud),
      changeNumber: numberText(root.changeNumber),
      file,
      date: publishedIn(file),
      note: pageNote(root),
    },
    tags: root.values.map((value, index) => entryOf(value, index, name)),
  };
}

/**
 * The date in a file name of Microsoft's form, `ServiceTags_Public_20231106.json`, as YYYY-MM-DD; null for any other
 * name.
 */
export function publishedIn(file: string): string | null {
  const found = /ServiceTags_[A-Za-z]+_(\d{4})(\d{2})(\d{2})/.exec(file);
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]}`;
}

/** The Discovery API documents pages. A saved single page has only some of the tags. */
function pageNote({ nextLink }: Readonly<Record<string, unknown>>): string | null {
  return nonEmptyText(nextLink) === null
    ? null
    : "Only some of the tags: the answer has a nextLink, and the pages after it were not saved.";
}

function parseJson(text: string, name: string): unknown {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (plain.trim() === "") {
    throw new UserError<TagFileErrorCode>(
      "tag-file-empty",
      `${name} is empty`,
      `check the download; ${WHERE_TAGS_ARE}`,
    );
  }
  try {
    return JSON.parse(plain);
  } catch {
    const page = /^\s*</.test(plain);
    throw new UserError<TagFileErrorCode>(
      "tag-file-syntax",
      page ? `${name} is a web page, not JSON` : `${name} is not valid JSON, or is cut off`,
      page ? "download the file that the page links to" : `download it again; ${WHERE_TAGS_ARE}`,
    );
  }
}

/** What a JSON value looks like that is not a tag file, to complete "it …". */
function kindOf(root: unknown): string {
  const list = isRecord(root) ? root.value : root;
  const first: unknown = Array.isArray(list) ? list[0] : root;
  if (isRecord(root) && isRecord(root.error)) return "looks like an error from Azure";
  const names = new Set(isRecord(first) ? Object.keys(first).map((key) => key.toLowerCase()) : []);
  if (names.has("nexthoptype")) return "looks like effective routes; give those as --file";
  if (names.has("securityrules") || names.has("priority")) return "looks like security rules";
  return "has no list of tags ('values')";
}

function entryOf(value: unknown, index: number, file: string): TagFileEntry {
  const refuse = (what: string) =>
    new UserError<TagFileErrorCode>(
      "tag-file-shape",
      `${file}: tag ${index + 1} ${what}`,
      `download it again; ${WHERE_TAGS_ARE}`,
    );
  if (!isRecord(value) || typeof value.name !== "string") throw refuse("has no name");
  const properties = value.properties;
  if (!isRecord(properties) || !Array.isArray(properties.addressPrefixes)) throw refuse("has no addressPrefixes");
  const prefixes: readonly unknown[] = properties.addressPrefixes;
  if (!prefixes.every((prefix) => typeof prefix === "string")) throw refuse("has a prefix that is not text");
  return {
    name: value.name,
    region: nonEmptyText(properties.region),
    systemService: nonEmptyText(properties.systemService),
    changeNumber: numberText(properties.changeNumber),
    networkFeatures: textsIn(properties.networkFeatures),
    prefixes,
  };
}

function numberText(value: unknown): string | null {
  return typeof value === "number" ? String(value) : nonEmptyText(value);
}
