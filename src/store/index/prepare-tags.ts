import { isAscii } from "node:buffer";
import { compileTags } from "../../service-tags/index/compile-tags.ts";
import { encodeIndex } from "../../service-tags/index/index-file.ts";
import type { TagIndex } from "../../service-tags/index/tag-index.ts";
import { parseTagFile, type TagFileErrorCode } from "../../service-tags/tag-file.ts";
import { UserError } from "../../text/user-error.ts";
import { readCacheFile } from "../files/cache-file.ts";
import { replaceFile } from "../files/replace-file.ts";
import { sha256 } from "../files/sha256.ts";
import { isStoreError } from "../files/store-error.ts";
import { indexPath, jsonPath, type TagRecord } from "../tags/manifest.ts";

/** A tag file checked and compiled: its index, and the facts that its record keeps. */
export interface PreparedTags {
  readonly index: TagIndex;
  readonly cloud: string;
  readonly changeNumber: string;
  readonly numbering: TagIndex["file"]["numbering"];
  readonly date: string | null;
  readonly tags: number;
  readonly prefixes: number;
}

/**
 * Parses and compiles a tag file; `file` is its published name or its path. Cost: about 0.1 s for the public file.
 * @throws UserError<TagFileErrorCode>
 */
export function prepareTags(bytes: Uint8Array, file: string): PreparedTags {
  const encoding = encodingOf(bytes);
  const text = encoding === "utf-8" && isAscii(bytes) ? asciiText(bytes) : tagText(bytes, encoding, file);
  const index = compileTags(parseTagFile(text, file));
  const { cloud, changeNumber, numbering, date } = index.file;
  return {
    index,
    cloud: cloud ?? "",
    changeNumber: changeNumber ?? "",
    numbering,
    date,
    tags: index.tags.length,
    prefixes: index.prefixesOfTag.length,
  };
}

/** Microsoft's files are ASCII, which is text byte by byte: a decoder takes three milliseconds for four megabytes. */
function asciiText({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString("latin1");
}

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding by byte order mark, else by the zero byte of the first character, which is ASCII in JSON. */
function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === undefined || second === undefined) return "utf-8";
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? "utf-16be" : "utf-8";
}

/** The text of a tag file: UTF-8 as published, or UTF-16 as PowerShell 5.1 saves it with `Out-File`. */
function tagText(bytes: Uint8Array, encoding: Encoding, file: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UserError<TagFileErrorCode>(
      "tag-file-syntax",
      `${file}: it is not text`,
      "give a ServiceTags JSON file, unpacked",
    );
  }
}

/**
 * Keeps a compiled index; `source` names what it was compiled from. The bytes are on the disk before the file has its
 * name, for they are not checked when they are read. Best effort: a cache that cannot be written is only slower.
 */
export function keepIndex(path: string, index: TagIndex, source: string): void {
  try {
    replaceFile(path, encodeIndex(index, source), { what: "the cache" });
  } catch (thrown) {
    if (!isStoreError(thrown)) throw thrown;
  }
}

/** Compiles a tag file of the cache again, and keeps its index; null where the JSON is damaged too. */
export function compileAgain(directory: string, record: TagRecord): TagIndex | null {
  const bytes = readCacheFile(jsonPath(directory, record));
  if (bytes === null || sha256(bytes) !== record.sha256) return null;
  const { index } = prepareTags(bytes, record.file); // it was checked before it was stored, and is still the same
  keepIndex(indexPath(directory, record), index, record.sha256);
  return index;
}
