import type { Terminal } from "../output/terminal.ts";
import type { TagCatalogue } from "../service-tags/tag-catalogue.ts";
import { loadTags, type TagSourceOptions } from "./tag-source.ts";

/** Whether the download may be offered. */
export interface OfferOptions extends TagSourceOptions {
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
  const { cacheDirectory } = await import("../store/cache-directory.ts");
  const { takeOffer } = await import("../store/download-offer.ts");
  const cache = cacheDirectory(terminal.env);
  const cloud = options.cloud ?? "public";
  if (!(await takeOffer(cache, cloud))) return null;
  if (
    !(await confirmed("Download Microsoft's service tags (about 4 MB) to name the endpoint rows? [Y/n] ", terminal))
  ) {
    terminal.note("not downloaded; vnet-explain tags update does it at any time");
    return null;
  }
  try {
    const { runTagsUpdate } = await import("./tags-update-run.ts");
    await runTagsUpdate({ cloud }, { terminal, print: async () => {}, printRecords: async () => {} });
    return await loadTags(options, terminal);
  } catch (error) {
    terminal.note(`the service tags were not downloaded: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

async function confirmed(question: string, terminal: Terminal): Promise<boolean> {
  terminal.stderr.write(question);
  for await (const chunk of terminal.stdin) {
    return /^(y(es)?)?$/i.test(new TextDecoder().decode(chunk).trim());
  }
  return false;
}
