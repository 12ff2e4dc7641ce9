import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { updateCommand } from "../../store/tags/clouds.ts";
import { hanging } from "../../terminal/hanging.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { AzureAccessOptions } from "./live-options.ts";
import { loadTags, type TagSourceOptions } from "./tag-source.ts";

/** The options that decide whether to offer a download. */
export interface OfferOptions extends TagSourceOptions, Pick<AzureAccessOptions, "timeout"> {
  /** commander's `--no-download`. */
  readonly download?: boolean | undefined;
}

/**
 * Offers once to download service tags if there are none, to a person at a terminal, never to a script. Remembers a
 * refusal. A failed download is only a note, since the routes can be shown without tags.
 */
export async function offerDownload(options: OfferOptions, terminal: Terminal): Promise<TagCatalogue | null> {
  const interactive = terminal.stdin.isTTY && terminal.stderr.isTTY;
  if (options.download === false || !interactive) return null;
  const { cacheDirectory } = await import("../../store/files/cache-directory.ts");
  const { takeOffer } = await import("../../store/tags/offer.ts");
  const cache = cacheDirectory(terminal.env);
  const cloud = options.cloud ?? "public";
  if (!takeOffer(cache, cloud)) return null;
  if (
    !(await confirmed("Download Microsoft's service tags (about 4 MB) to name service endpoint rows? [Y/n]", terminal))
  ) {
    terminal.note(`not downloaded; run ${updateCommand(cloud)} at any time`);
    return null;
  }
  try {
    const { runTagsUpdate } = await import("../tags/update.ts");
    await runTagsUpdate(
      { cloud, timeout: options.timeout },
      { terminal, print: async () => {}, printRecords: async () => {} },
    );
    return await loadTags(options, terminal);
  } catch (error) {
    if (!(error instanceof UserError)) throw error; // a bug
    terminal.note(`service tags not downloaded: ${error.message}`);
    terminal.note(`try again: ${updateCommand(cloud)}; ${error.hint}`);
    return null;
  }
}

async function confirmed(question: string, terminal: Terminal): Promise<boolean> {
  terminal.stderr.write(`${await hanging(question, terminal.stderr)} `);
  for await (const chunk of terminal.stdin) {
    return /^(y(es)?)?$/i.test(new TextDecoder().decode(chunk).trim());
  }
  terminal.stderr.write("\n"); // After Ctrl-D the cursor is still on the line of the question.
  return false;
}
