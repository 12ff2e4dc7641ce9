import { ownField, textField } from "../../text/type-guards.ts";
import { azureError } from "../failure/azure-error.ts";
import type { ArmClient } from "./client.ts";
import { type RawAnswer, withRequestOptions } from "./request-options.ts";

/** What one listing may come to. */
interface Limits {
  readonly pages: number;
  /** Characters of all pages. */
  readonly size: number;
  readonly items: number;
}

/**
 * Several times the largest usual subscription. What is kept of it fits into a heap of 256 MB.
 */
const LIMITS: Limits = { pages: 1000, size: 64 * 2 ** 20, items: 100_000 };

/** A listing of the SDK, by pages. */
interface Listing<Item> {
  byPage(): AsyncIterable<readonly Item[] & { readonly continuationToken?: string }>;
}

/**
 * The items of a listing, page by page.
 * @throws AzureError for a listing without end: a page that names itself or an earlier one as the next, too many pages,
 * items or bytes; or what the SDK throws.
 */
export async function* listed<Item>(
  client: ArmClient,
  list: (client: ArmClient) => Listing<Item>,
  limits: Limits = LIMITS,
): AsyncIterable<Item> {
  const seen = new Set<string>();
  const total = { size: 0, items: 0 };
  let latest = "";
  const onResponse = ({ bodyAsText }: RawAnswer) => {
    latest = bodyAsText ?? "";
    total.size += latest.length;
  };
  try {
    for await (const page of list(withRequestOptions(client, { onResponse })).byPage()) {
      total.items += page.length;
      if (total.size > limits.size) throw tooLarge(`holds more than ${limits.size / 2 ** 20} MiB`);
      if (total.items > limits.items) throw tooLarge(`holds more than ${limits.items.toLocaleString("en")} items`);
      yield* page;
      const next = page.continuationToken;
      if (next === undefined) return;
      if (seen.has(next)) throw tooLarge("never ends: a page links to itself");
      if (seen.add(next).size >= limits.pages)
        throw tooLarge(`has more than ${limits.pages.toLocaleString("en")} pages`);
    }
  } catch (thrown) {
    throw inAzuresWords(thrown, parsed(latest));
  }
}

/**
 * What the SDK threw, with Azure's message from the answer's body. For a page that was refused, the SDK (arm-network
 * 39) keeps Azure's code, but writes a message of its own.
 */
export function inAzuresWords(thrown: unknown, body: unknown): unknown {
  const said = textField(ownField(body, "error"), "message");
  if (said === null || !(thrown instanceof Error) || !thrown.message.startsWith("Pagination failed")) return thrown;
  return Object.assign(thrown, { message: said });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function tooLarge(how: string) {
  return azureError(
    "answer-too-large",
    `Azure's list ${how}`,
    "name the NIC and its group (--nic NAME -g GROUP), which needs no list; check --arm-endpoint and HTTPS_PROXY",
  );
}
