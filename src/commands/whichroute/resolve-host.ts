import { lookup } from "node:dns/promises";
import { type Address, parseAddress } from "../../net/address.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

/** A destination that was asked for, and the name it was asked by. */
export interface NamedAddress {
  readonly address: Address;
  readonly hostName: string | null;
}

/**
 * Every address that this machine's resolver gives for the name (A and AAAA, the hosts file included), each once.
 * @throws UserError where there is none.
 */
export async function resolveHost(name: string): Promise<readonly NamedAddress[]> {
  try {
    const found = await lookup(name, { all: true, verbatim: true });
    const texts = [...new Set(found.map(({ address }) => address))];
    return texts.map((text) => ({ address: parseAddress(text), hostName: name }));
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(
      "unresolved-name",
      `'${quotedText(name).slice(0, 50)}' does not resolve on this machine (${reason})`,
      "check the name, or give the address that the virtual machine itself resolves it to",
    );
  }
}
