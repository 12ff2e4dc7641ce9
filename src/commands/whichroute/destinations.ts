import { DESTINATION_KEYWORDS, type Destination, readDestination } from "../../analysis/destinations/destination.ts";
import type { DestinationTally } from "../../analysis/destinations/destination-tally.ts";
import { type Address, parseAddress } from "../../net/address.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import type { DestinationOptions } from "./destination-options.ts";

/** An address, with its host name if one was given. */
export interface AddressDestination {
  readonly kind: "address";
  readonly address: Address;
  readonly hostName: string | null;
}

/** An address, or a prefix, tag or keyword whose addresses are split. */
export type SingleDestination = AddressDestination | { readonly kind: "set"; readonly destination: Destination };

/** The destinations in a file, split as one set. */
interface FileDestination {
  readonly kind: "file";
  /** Its path, or `stdin`. */
  readonly name: string;
  readonly lines: DestinationTally;
}

export type TypedDestination = SingleDestination | FileDestination;

/**
 * Parses a destination.
 * @throws UserError
 */
export function parseSingle(text: string): SingleDestination {
  const destination = readDestination(text);
  return destination.kind === "address"
    ? { kind: "address", address: parseAddress(destination.text), hostName: null }
    : { kind: "set", destination };
}

const isKeyword = (text: string) => DESTINATION_KEYWORDS.some((keyword) => same(keyword, text));

/**
 * The destinations of `--ip`, in order. `@FILE` is one set; with `--resolve`, a host name is all its addresses.
 * @throws UserError for an invalid destination, a name that does not resolve or an invalid file.
 */
export async function typedDestinations(
  options: DestinationOptions,
  terminal: Terminal,
): Promise<readonly TypedDestination[]> {
  const { ip = [], resolve } = options;
  const found: TypedDestination[] = [];
  let names = 0;
  let linesRead = 0;
  for (const text of ip) {
    if (text.startsWith("@")) {
      const { destinationsOfFile } = await import("./destination-file.ts");
      const path = text.slice(1);
      const lines = await destinationsOfFile(path, options, terminal, linesRead);
      linesRead += lines.lines;
      found.push({ kind: "file", name: path === "-" ? "stdin" : path, lines });
    } else if (resolve === true && isHostName(text) && !isKeyword(text)) {
      names++;
      for (const address of await resolveHost(text)) found.push(address);
    } else if (isHostName(text) && text.includes(".")) {
      throw new UserError(
        "host-name",
        `'${text.slice(0, 60)}' looks like a host name`,
        "add --resolve to use every address that it resolves to",
      );
    } else found.push(parseSingle(text));
  }
  if (names > 0) {
    terminal.note(
      "names are resolved on this machine and may resolve differently inside the virtual network (private DNS zones, custom DNS servers)",
    );
  }
  return found;
}

const HOST_NAME = /^(?=.{1,253}\.?$)(?!\d+(\.\d+)*\.?$)\w([\w-]{0,61}\w)?(\.\w([\w-]{0,61}\w)?)*\.?$/;

/** Whether the text may be a host name, and is neither an address nor a mistyped one. */
export function isHostName(text: string): boolean {
  return HOST_NAME.test(text);
}

/**
 * Every address that this machine's resolver returns for the name (A and AAAA, hosts file included), each once.
 * @throws UserError if there is none.
 */
async function resolveHost(name: string): Promise<readonly AddressDestination[]> {
  const { lookup } = await import("node:dns/promises");
  try {
    const found = await lookup(name, { all: true, verbatim: true });
    const texts = [...new Set(found.map(({ address }) => address))];
    return texts.map((text) => ({ kind: "address", address: parseAddress(text), hostName: name }));
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(
      "unresolved-name",
      `'${quotedText(name).slice(0, 50)}' does not resolve on this machine (${reason})`,
      "check the name, or give the address that the virtual machine resolves it to",
    );
  }
}
