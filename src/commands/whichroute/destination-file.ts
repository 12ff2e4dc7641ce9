import { type Destination, readDestination } from "../../analysis/destinations/destination.ts";
import { DestinationError } from "../../analysis/destinations/destination-error.ts";
import { lineChoice } from "../../analysis/lines/choice.ts";
import { destinationLines, isRefused } from "../../analysis/lines/destination-lines.ts";
import { AddressError } from "../../net/address-error.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import type { DestinationOptions } from "./destination-options.ts";

/** So many lines are held as one set; a stream has no such bound. */
const MOST_LINES = 500_000;

/**
 * What the lines of `@FILE` (`@-`: stdin) name. They are one set, so one line that names nothing refuses the whole file: its answer would look
 * whole and be none.
 * @throws UserError, InputFileError, AddressLinesError
 */
export async function destinationsOfFile(
  path: string,
  options: DestinationOptions,
  terminal: Terminal,
): Promise<readonly Destination[]> {
  const choice = lineChoice(options);
  const found: Destination[] = [];
  let refused = 0;
  let first: UserError | null = null;
  for await (const line of destinationLines(await linesOf(path, terminal), choice)) {
    const read = isRefused(line) ? line.error : readLine(line.destination, line.line);
    if ("kind" in read) found.push(read);
    else {
      refused++;
      first ??= new UserError(read.code, `${shown(path)}: ${read.message}`, read.hint);
    }
    if (found.length + refused <= MOST_LINES) continue;
    if (first === null) throw tooMany(path);
    break; // an input without end is refused without end
  }
  if (first !== null) {
    const others =
      refused === 1 ? "" : `; ${refused - 1} more ${refused === 2 ? "line names" : "lines name"} no destination`;
    throw new UserError(first.code, first.message, `${first.hint}${others}`);
  }
  if (found.length > 0) return found;
  throw new UserError(
    "no-destination",
    `${shown(path)}: no line of it names a destination`,
    "write an address, a prefix or tag:NAME on each line",
  );
}

const shown = (path: string) =>
  path === "-" ? "stdin" : quotedText(path.length > 30 ? `...${path.slice(-27)}` : path, 60);

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

function readLine(text: string, line: number): Destination | Refusal {
  try {
    return readDestination(text);
  } catch (error) {
    if (!(error instanceof AddressError) && !(error instanceof DestinationError)) throw error;
    return { code: error.code, message: `line ${line}: ${error.message}`, hint: error.hint };
  }
}

async function linesOf(path: string, terminal: Terminal): Promise<AsyncIterable<Uint8Array>> {
  if (path === "-") {
    if (terminal.stdin.isTTY) terminal.note("reading destinations from the keyboard, one a line; end with Ctrl-D");
    return terminal.stdin;
  }
  const { streamInputFile } = await import("../../store/files/input-file.ts");
  return streamInputFile(path);
}

function tooMany(path: string): UserError {
  return new UserError(
    "too-many-lines",
    `${shown(path)}: more than ${MOST_LINES.toLocaleString("en")} lines are too many for one set`,
    "answer them line by line: --ip - < FILE; or merge them to prefixes first",
  );
}
