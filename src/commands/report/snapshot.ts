import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { LoadOptions } from "../shared/snapshot/load-snapshot.ts";
import type { TagSourceOptions } from "../shared/tag-source.ts";
import type { TypedDestination } from "../whichroute/destinations.ts";

interface Options extends LoadOptions, TagSourceOptions {
  readonly withTags?: boolean | undefined;
}

/**
 * Returns the page of a snapshot: its classes of subnets that forward alike, and the answers for the destinations.
 * @throws UserError
 */
export async function snapshotPageText(
  path: string,
  destinations: readonly TypedDestination[],
  options: Options,
  terminal: Terminal,
): Promise<string> {
  if (options.withTags === true) {
    throw new UserError("one-table-needed", "--with-tags needs the table of one subnet", "choose one: --subnet NAME");
  }
  const [{ answersOfSnapshot }, { htmlPage }] = await Promise.all([
    import("../whichroute/snapshot.ts"),
    import("../../output/formats/html.ts"),
  ]);
  const { result } = await answersOfSnapshot(path, { ...options, destinations, expectations: null }, terminal);
  terminal.progress("writing the page");
  return htmlPage(result).finally(() => terminal.progress(null));
}
