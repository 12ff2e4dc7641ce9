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
 * Parses a ServiceTags JSON file of any year and cloud, or an answer of the Discovery API as REST, az or PowerShell
 * writes it: whole, or only its list of tags. `file` is the path or name of the source; a name of Microsoft's form
 * gives the publication date.
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview#discover-service-tags-by-using-downloadable-json-files
 * @throws UserError<TagFileErrorCode>. `compileTags` checks the prefixes. Cost: `JSON.parse` and a pass over the tags.
 */
export function parseTagFile(text: string, file: string): TagFile {
  const name = quotedText(file.split(/[\\/]/).at(-1) ?? file);
  const root = parseJson(text, name);
  const values = listOfTags(root);
  if (values === null) {
    const message = `${name} is not a service tag file: it ${kindOf(root)}`;
    throw new UserError<TagFileErrorCode>("tag-file-kind", message, WHERE_TAGS_ARE);
  }
  const about = isRecord(root) ? root : {};
  const numbering = numberingOf(about, values);
  return {
    file: {
      cloud: nonEmptyText(field(about, "cloud")),
      changeNumber: numberText(field(about, "changeNumber")),
      numbering,
      file,
      date: publishedIn(file),
      note: noteOf(about, numbering),
    },
    tags: values.map((value, index) => entryOf(value, index, name)),
  };
}

/** A field as JSON spells it, or PowerShell: `addressPrefixes`, `AddressPrefixes`. */
function field(of: Readonly<Record<string, unknown>>, name: string): unknown {
  return of[name] ?? of[name.charAt(0).toUpperCase() + name.slice(1)];
}

/** The list of tags in a file, or the list that the file is. */
function listOfTags(root: unknown): readonly unknown[] | null {
  const values = isRecord(root) ? field(root, "values") : null;
  if (Array.isArray(values)) return values;
  // Windows PowerShell writes some lists as {"value": [...], "Count": n}.
  const list: unknown = isRecord(root) ? root.value : root;
  if (!Array.isArray(list)) return null;
  const first: unknown = list[0];
  if (!isRecord(first) || typeof field(first, "name") !== "string") return null;
  const properties = field(first, "properties");
  const isTag = isRecord(properties) ? field(properties, "addressPrefixes") !== undefined : isCutOff(properties);
  return isTag ? list : null;
}

/** The name of a class, which is what ConvertTo-Json writes for an object below its depth. */
function isCutOff(properties: unknown): boolean {
  return typeof properties === "string" && /ServiceTag/.test(properties);
}

/** Only the Discovery API has a resource type, and writes change numbers as text. */
function numberingOf(
  about: Readonly<Record<string, unknown>>,
  values: readonly unknown[],
): ServiceTagFile["numbering"] {
  const [first] = values;
  const properties = isRecord(first) ? field(first, "properties") : null;
  const numbers = [field(about, "changeNumber"), isRecord(properties) ? field(properties, "changeNumber") : null];
  const isAnswer = field(about, "type") !== undefined || numbers.some((number) => typeof number === "string");
  return isAnswer ? "discovery-api" : "weekly-file";
}

/**
 * The date in a file name of Microsoft's form, `ServiceTags_Public_20231106.json`, as YYYY-MM-DD; null for any other
 * name.
 */
export function publishedIn(file: string): string | null {
  const found = /ServiceTags_[A-Za-z]+_(\d{4})(\d{2})(\d{2})/.exec(file);
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]}`;
}

/**
 * What an answer of the Discovery API lacks. https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
const DISCOVERY_API_NOTE =
  "From the Discovery API, which lacks many regional tags and can be four weeks behind the weekly file.";

/** The Discovery API documents pages. A saved single page has only some of the tags. */
function noteOf(about: Readonly<Record<string, unknown>>, numbering: ServiceTagFile["numbering"]): string | null {
  const page =
    nonEmptyText(field(about, "nextLink")) === null
      ? []
      : ["Only some of the tags: the answer has a nextLink, and the pages after it were not saved."];
  const notes = numbering === "discovery-api" ? [DISCOVERY_API_NOTE, ...page] : page;
  return notes.length === 0 ? null : notes.join(" ");
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
  const name = isRecord(value) ? field(value, "name") : null;
  if (!isRecord(value) || typeof name !== "string") throw refuse("has no name");
  const properties = field(value, "properties");
  if (typeof properties === "string" && isCutOff(properties)) throw cutOff(index, file);
  const prefixes = isRecord(properties) ? field(properties, "addressPrefixes") : null;
  if (!isRecord(properties) || !Array.isArray(prefixes)) throw refuse("has no addressPrefixes");
  if (!prefixes.every((prefix) => typeof prefix === "string")) throw refuse("has a prefix that is not text");
  return {
    name,
    region: nonEmptyText(field(properties, "region")),
    systemService: nonEmptyText(field(properties, "systemService")),
    changeNumber: numberText(field(properties, "changeNumber")),
    networkFeatures: textsIn(field(properties, "networkFeatures")),
    prefixes,
  };
}

function cutOff(index: number, file: string): UserError<TagFileErrorCode> {
  return new UserError<TagFileErrorCode>(
    "tag-file-shape",
    `${file}: tag ${index + 1} was cut off by ConvertTo-Json`,
    "save it again with more depth: Get-AzNetworkServiceTag -Location westeurope | ConvertTo-Json -Depth 5",
  );
}

function numberText(value: unknown): string | null {
  return typeof value === "number" ? String(value) : nonEmptyText(value);
}
