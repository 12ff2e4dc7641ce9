import { type Destination, isDestinationError, readDestination } from "../../analysis/destinations/destination.ts";
import { DestinationTally } from "../../analysis/destinations/destination-tally.ts";
import { withMeaning } from "../../analysis/destinations/meant/meant.ts";
import { readLines } from "../../analysis/lines/batches.ts";
import { lineChoice } from "../../analysis/lines/choice.ts";
import { AddressBatch } from "../../net/address-batch.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import type { DestinationOptions } from "./destination-options.ts";

/** The most lines of all files of a command together. A stream has no such limit. */
const MOST_LINES = 500_000;

/** Reading stops after this many invalid lines: the file is refused anyway, and an input may have no end. */
const MOST_REFUSED = 1000;

/**
 * Reads the destinations in the lines of `@FILE` (`@-`: stdin) as one set. One line without a destination refuses the
 * whole file: an answer for the rest would look complete. `before`: how many lines earlier files held.
 * @throws UserError
 */
export async function destinationsOfFile(
  path: string,
  options: DestinationOptions,
  terminal: Terminal,
  before: number,
): Promise<DestinationTally> {
  const choice = lineChoice(options);
  const found = new DestinationTally();
  let refused = 0;
  let first: UserError | null = null;
  const refuse = ({ code, message, hint }: Refusal) => {
    refused++;
    first ??= new UserError(code, `${shown(path)}: ${message}`, hint);
  };
  const isFull = () => before + found.lines + refused > MOST_LINES;
  reading: for await (const contents of readLines(await linesOf(path, terminal), choice)) {
    for (const content of contents) {
      if (content instanceof AddressBatch) found.addAddresses(content);
      else if ("error" in content) refuse(content.error);
      else {
        const read = readLine(content.destination, content.line);
        if ("kind" in read) found.add(read);
        else refuse(read);
      }
      if (refused >= MOST_REFUSED) break reading;
      if (!isFull()) continue;
      if (refused === 0) throw tooMany(path);
      break reading;
    }
  }
  if (first !== null) throw firstOf(first, refused);
  if (found.lines > 0) return found;
  throw new UserError(
    "no-destination",
    `${shown(path)}: no line has a destination`,
    "write an address, a prefix or tag:NAME on each line",
  );
}

/** The first refusal, with the number of others. */
function firstOf({ code, message, hint }: UserError, refused: number): UserError {
  if (refused === 1) return new UserError(code, message, hint);
  const atLeast = refused >= MOST_REFUSED ? "at least " : "";
  const others = `${atLeast}${refused - 1} more ${refused === 2 ? "line is" : "lines are"} invalid`;
  return new UserError(code, message, `${hint}; ${others}`);
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
    if (!isDestinationError(error)) throw error;
    const { code, message, hint } = withMeaning(error, text);
    return { code, message: `line ${line}: ${message}`, hint };
  }
}

async function linesOf(path: string, terminal: Terminal): Promise<AsyncIterable<Uint8Array>> {
  if (path === "-") {
    if (terminal.stdin.isTTY) terminal.note("reading destinations from the keyboard, one per line; end with Ctrl-D");
    return terminal.stdin;
  }
  const { streamInputFile } = await import("../../store/files/input-file.ts");
  return streamInputFile(path);
}

function tooMany(path: string): UserError {
  return new UserError(
    "too-many-lines",
    `${shown(path)}: more than ${MOST_LINES.toLocaleString("en")} lines in one set`,
    "stream them: --ip - < FILE; or merge them into prefixes first",
  );
}
