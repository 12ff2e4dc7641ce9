import { isUtf8 } from "node:buffer";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { holdsTooManyValues, MOST_VALUES } from "../../text/json-values.ts";
import { limitedPieces } from "../../text/limited-pieces.ts";
import { UNSET_VARIABLE } from "../../text/unset-variable.ts";
import { UserError, type UserErrorOptions } from "../../text/user-error.ts";
import { whyUnreadable } from "./errno.ts";
import { systemCode } from "./store-error.ts";
import { utf8Text } from "./utf8-text.ts";

/** Why an input could not be read at all. */
type InputFileErrorCode =
  | "file-not-found"
  | "file-is-directory"
  | "file-not-permitted"
  | "file-too-large"
  | "file-unreadable";

function inputFileError(
  code: InputFileErrorCode,
  message: string,
  hint: string,
  options?: UserErrorOptions,
): UserError<InputFileErrorCode> {
  return new UserError(code, message, hint, "usage", options);
}

/**
 * The most that is read of one input: eight times the largest service tag file (4 MB in 2025), and more than Windows
 * PowerShell makes of that one when it writes it again, indented and in UTF-16.
 */
const INPUT_LIMIT = 32 * 1024 * 1024;

/** The end of a path says more than its start. */
const shown = (path: string) => (path.length > 50 ? `...${path.slice(-47)}` : path);

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

const OF_ONE = "give the export of one network interface, or one service tag file";

function tooLarge(name: string, size: string, limit: number): UserError<InputFileErrorCode> {
  return inputFileError(
    "file-too-large",
    `${shown(name)}: it is ${size}, and at most ${megabytes(limit)} are read`,
    OF_ONE,
  );
}

/** @throws UserError for bytes that would fill the memory when parsed. */
function notTooMuch(bytes: Uint8Array, name: string): Uint8Array {
  if (!holdsTooManyValues(bytes)) return bytes;
  const most = MOST_VALUES.toLocaleString("en");
  throw inputFileError("file-too-large", `${shown(name)}: it holds more than ${most} values`, OF_ONE);
}

/** The error for a path without a file. Its correction is the nearest name in the same directory. */
export async function fileNotFound(path: string, options?: ErrorOptions): Promise<UserError<InputFileErrorCode>> {
  if (path.trim() === "")
    return inputFileError("file-not-found", "the name of a file is empty", UNSET_VARIABLE, options);
  const [why, hint] = whyUnreadable("ENOENT", "file");
  const message = `${shown(path)}: ${why}`;
  if (path === "-") {
    const save = "standard input is not read here: save it in a file";
    return inputFileError("file-not-found", message, save, options);
  }
  const { nearFiles } = await import("../near/near-files.ts");
  const [near] = nearFiles(path);
  if (near === undefined) return inputFileError("file-not-found", message, hint, options);
  const correction = { words: [path], instead: [near] };
  return inputFileError("file-not-found", message, `did you mean: ${near}`, { ...options, correction });
}

/** By the system's code; any other makes a file unreadable. */
const CODES: Readonly<Record<string, InputFileErrorCode>> = {
  EACCES: "file-not-permitted",
  EPERM: "file-not-permitted",
  EISDIR: "file-is-directory",
};

async function unreadable(name: string, error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const code = systemCode(error);
  const cause = { cause: error };
  if (code === "ENOENT" || code === "ENOTDIR") return fileNotFound(name, cause);
  const [why, hint] = whyUnreadable(code === "" ? error.message : code, "file");
  return inputFileError(CODES[code] ?? "file-unreadable", `${shown(name)}: ${why}`, hint, cause);
}

function isDirectory(name: string): UserError<InputFileErrorCode> {
  const [why, hint] = whyUnreadable("EISDIR", "file");
  return inputFileError("file-is-directory", `${shown(name)}: ${why}`, hint);
}

/**
 * All bytes of a stream that a message calls `name`. Stops reading once the limit is passed, and gives nothing that
 * would fill the memory when parsed as JSON.
 * @throws UserError
 */
export async function readInput(
  stream: AsyncIterable<Uint8Array>,
  name: string,
  limit: number = INPUT_LIMIT,
): Promise<Uint8Array> {
  let pieces: readonly Uint8Array[];
  try {
    pieces = await limitedPieces(stream, limit, () => tooLarge(name, `more than ${megabytes(limit)}`, limit));
  } catch (error) {
    throw await unreadable(name, error);
  }
  return notTooMuch(Buffer.concat(pieces), name);
}

/**
 * All bytes of the file (or pipe, as of `<(...)`) at the path. A file over the limit is refused before it is read, as
 * is one that would fill the memory when parsed as JSON.
 * @throws UserError
 */
export async function readInputFile(path: string, limit: number = INPUT_LIMIT): Promise<Uint8Array> {
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw isDirectory(path);
    if (found.size > limit) throw tooLarge(path, megabytes(found.size), limit);
    // A file of the kernel's says that it is empty, and is not.
    if (found.isFile() && found.size > 0) return notTooMuch(readFileSync(path), path);
  } catch (error) {
    throw await unreadable(path, error);
  }
  return readInput(createReadStream(path), path, limit);
}

/**
 * The bytes of the file as they come, however many: for input that is never held as a whole.
 * @throws UserError, also while it is read.
 */
export async function* streamInputFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    if (statSync(path).isDirectory()) throw isDirectory(path);
    for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
  } catch (error) {
    throw await unreadable(path, error);
  }
}

/** The text of an input in UTF-8; the bytes of any other, whose encoding has to be recognised first. */
export function textIfUtf8(bytes: Uint8Array): string | Uint8Array {
  return isUtf8(bytes) && !bytes.includes(0) ? utf8Text(bytes) : bytes;
}
