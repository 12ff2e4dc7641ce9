import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { AzureAccessOptions } from "./live-options.ts";
import { loadTags, type TagSourceOptions } from "./tag-source.ts";

/** Whether the download may be offered. */
export interface OfferOptions extends TagSourceOptions, Pick<AzureAccessOptions, "timeout"> {
  /** commander's `--no-download`. */
  readonly download?: boolean | undefined;
}

/**
 * Offers once to download the service tags where there are none yet: to a person at a terminal, never to a script. A refusal is
 * remembered; a download that fails is told as a note, since the routes are there without it.
 */
export async function offerDownload(options: OfferOptions, terminal: Terminal): Promise<TagCatalogue | null> {
  const interactive = terminal.stdin.isTTY && terminal.stderr.isTTY;
  if (options.download === false || !interactive) return null;
  const { cacheDirectory } = await import("../../store/files/cache-directory.ts");
  const { takeOffer } = await import("../../store/tags/download-offer.ts");
  const cache = cacheDirectory(terminal.env);
  const cloud = options.cloud ?? "public";
  if (!(await takeOffer(cache, cloud))) return null;
  if (
    !(await confirmed("Download Microsoft's service tags (about 4 MB), which name endpoint rows? [Y/n] ", terminal))
  ) {
    terminal.note("not downloaded; vnet-explain tags update does it at any time");
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
    if (!isToldFailure(error)) throw error;
    terminal.note(`the service tags were not downloaded: ${error.message}`);
    terminal.note(`later: vnet-explain tags update; ${error.hint}`);
    return null;
  }
}

/** What the store or the tag file's reader words for users; anything else is a fault of the program. */
function isToldFailure(error: unknown): error is Error & { readonly hint: string } {
  return error instanceof Error && "hint" in error && typeof error.hint === "string";
}

async function confirmed(question: string, terminal: Terminal): Promise<boolean> {
  terminal.stderr.write(question);
  for await (const chunk of terminal.stdin) {
    return /^(y(es)?)?$/i.test(new TextDecoder().decode(chunk).trim());
  }
  terminal.stderr.write("\n"); // Ctrl-D leaves the cursor behind the question
  return false;
}
