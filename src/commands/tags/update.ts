import { type Command, Option } from "commander";
import type { DownloadProgress } from "../../store/download/download.ts";
import { cacheDirectory } from "../../store/files/cache-directory.ts";
import { type TagFileSource, updateTags } from "../../store/tags/update-tags.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { type AzureAccessOptions, addAzureAccess, cloudOption } from "../shared/live-options.ts";
import { sessionOfRun } from "../shared/session-of-run.ts";
import { trustedAuthorities } from "../shared/trusted-authorities.ts";

const DESCRIPTION = `Download this week's service tags, validate them and cache them for all commands.

Examples:
  vnet-explain tags update
  vnet-explain tags update --cloud usgov
  vnet-explain tags update --from ServiceTags_Public_20231106.json
  vnet-explain tags update --from arm --auth cli`;

const API_NOTE =
  "the Discovery API lacks many regional tags and can be four weeks behind; vnet-explain tags update gets the weekly file";

export interface TagsUpdateOptions extends AzureAccessOptions {
  /** `arm`, or a path. */
  readonly from?: string | undefined;
  readonly url?: string | undefined;
  readonly force?: boolean | undefined;
}

/** Declares `tags update`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .addOption(cloudOption())
    .addOption(new Option("--from <file|arm>", "a tag file, or arm for the Discovery API").conflicts("url"))
    .option("--url <https-url>", "a tag file on another host")
    .option("--force", "accept an older or much smaller file");
  addAzureAccess(command, "limit for a download (300) or Azure (600)").action(
    async (options: TagsUpdateOptions, self: Command) => {
      await start(self, (io) => runTagsUpdate(options, io));
    },
  );
}

/** Makes a new tag file the current one of its cloud, and prints its version and changes. */
export async function runTagsUpdate(options: TagsUpdateOptions, { terminal, print }: CommandIO): Promise<void> {
  try {
    terminal.progress("downloading the service tags");
    const update = await updateTags({
      cache: cacheDirectory(terminal.env),
      cloud: options.cloud ?? "public",
      source: await sourceOf(options, terminal),
      force: options.force === true,
      timeoutMs: options.timeout === undefined ? undefined : options.timeout * 1000,
      secureContext: options.from === undefined ? trustedAuthorities(terminal) : undefined,
      downloadCenter: terminal.env.VNET_EXPLAIN_DOWNLOAD_CENTER,
      onNote: (text) => terminal.note(text),
      onProgress: (progress) => terminal.progress(progressText(progress, terminal.stderr.columns ?? 0)),
    });
    terminal.progress(null);
    if (update.numbering === "discovery-api") terminal.note(API_NOTE);
    await print({ kind: "tags-update", report: { schemaVersion: "1.0", update } });
  } finally {
    terminal.progress(null);
  }
}

async function sourceOf(options: TagsUpdateOptions, terminal: CommandIO["terminal"]): Promise<TagFileSource> {
  if (options.url !== undefined) return { kind: "url", url: options.url };
  if (options.from === undefined) return { kind: "download-center" };
  if (options.from !== "arm") return { kind: "file", path: options.from };
  const session = await sessionOfRun(options, terminal)();
  return { kind: "arm", text: await session.serviceTags() };
}

const BAR = 20;

/** A narrower terminal has no room for the bar. */
const ROOM_FOR_BAR = 80;

function progressText({ received, total }: DownloadProgress, columns: number): string {
  const megabytes = (received / 1e6).toFixed(1);
  if (total === null || total === 0) return `downloading the service tags: ${megabytes} MB`;
  const part = `${megabytes} of ${(total / 1e6).toFixed(1)} MB`;
  if (columns < ROOM_FOR_BAR) return `downloading tags: ${part}`;
  const done = Math.min(BAR, Math.round((BAR * received) / total));
  return `downloading the service tags [${"#".repeat(done)}${" ".repeat(BAR - done)}] ${part}`;
}
