import { DESTINATION_KEYWORDS, type Destination, readDestination } from "../../analysis/destinations/destination.ts";
import type { DestinationTally } from "../../analysis/destinations/destination-tally.ts";
import { type Address, parseAddress } from "../../net/address.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { DestinationOptions } from "./destination-options.ts";
import { isHostName } from "./host-name.ts";

/** One address, and the name that it was asked by. */
export interface AskedAddress {
  readonly kind: "address";
  readonly address: Address;
  readonly hostName: string | null;
}

/** One address, or a prefix, tag or keyword whose addresses are to be split. */
export type Asked = AskedAddress | { readonly kind: "set"; readonly destination: Destination };

/** All that the lines of a file name, to be split as one set. */
interface AskedFile {
  readonly kind: "file";
  /** Its path, or `stdin`. */
  readonly name: string;
  readonly lines: DestinationTally;
}

export type TypedDestination = Asked | AskedFile;

/**
 * The destination that a text names.
 * @throws UserError
 */
export function asked(text: string): Asked {
  const destination = readDestination(text);
  return destination.kind === "address"
    ? { kind: "address", address: parseAddress(destination.text), hostName: null }
    : { kind: "set", destination };
}

const isKeyword = (text: string) => DESTINATION_KEYWORDS.some((keyword) => keyword === text.toLowerCase());

/**
 * The destinations that were typed, in their order; `@FILE` is all that its lines name. With `--resolve`, a host name stands for all its
 * addresses.
 * @throws UserError
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
      const { resolveHost } = await import("./resolve-host.ts");
      for (const named of await resolveHost(text)) found.push({ kind: "address", ...named });
    } else if (isHostName(text) && text.includes(".")) {
      throw new UserError(
        "host-name",
        `'${text.slice(0, 60)}' looks like a host name`,
        "add --resolve to ask about every address that it resolves to",
      );
    } else found.push(asked(text));
  }
  if (names > 0) {
    terminal.note(
      "names are resolved by this machine; inside the virtual network (private DNS zones, its own DNS servers) they may resolve differently",
    );
  }
  return found;
}
