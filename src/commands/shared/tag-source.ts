import { type Command, Option } from "commander";
import { serviceTagFileText } from "../../output/results/provenance.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { CLOUD_FILES, type Cloud, updateCommand } from "../../store/tags/clouds.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import { hasShared, OWN_OPTIONS, SIGN_IN_OPTIONS, SOURCE_OPTIONS } from "../help/option-groups.ts";
import { type AzureAccessOptions, cloudOption } from "./live-options.ts";

/** The options that name the service tags. */
export interface TagSourceOptions extends Pick<AzureAccessOptions, "cloud"> {
  readonly tags?: string | undefined;
  /** A sample has its own excerpt of service tags. */
  readonly sample?: string | undefined;
}

/** How to get the service tags of a cloud, for hints. */
const howToGetTags = (cloud: Cloud = "public") =>
  `run ${updateCommand(cloud)}, or give --tags ServiceTags_${CLOUD_FILES[cloud].fileCloud}_<date>.json`;

/** The error of a command that needs the service tags of a cloud and finds none. `hint` says where to get them. */
export function tagsMissingError(message: string, cloud?: Cloud, hint = howToGetTags(cloud)): UserError {
  return new UserError("service-tags-missing", message, hint, "tagsMissing");
}

/** Declares the options that name a tag source: a command's own, or two of those of its route source. */
export function addTagSource(command: Command): Command {
  const isShared = hasShared(command, SIGN_IN_OPTIONS);
  const tags = new Option("--tags <file>", "ServiceTags JSON to use instead of the cached one");
  return command
    .addOption(tags.helpGroup(isShared ? SOURCE_OPTIONS : OWN_OPTIONS))
    .addOption(cloudOption().helpGroup(isShared ? SIGN_IN_OPTIONS : OWN_OPTIONS));
}

/**
 * The service tags that the options name, else those of the sample, else the cached ones of the cloud; null if there
 * are none.
 * @throws UserError
 */
export async function loadTags(options: TagSourceOptions, terminal: Terminal): Promise<TagCatalogue | null> {
  const tags = await namedTags(options, terminal);
  if (tags !== null) terminal.detail(`service tags: ${serviceTagFileText(tags.file)}`);
  return tags;
}

/**
 * The same, for commands that need service tags.
 * @throws UserError also if there are none.
 */
export async function requireTags(options: TagSourceOptions, terminal: Terminal): Promise<TagCatalogue> {
  const tags = await loadTags(options, terminal);
  if (tags === null) throw tagsMissingError("no service tags found", options.cloud);
  noteOnTags(tags, options.cloud, terminal);
  terminal.note(`service tags: ${serviceTagFileText(tags.file)}`);
  return tags;
}

/** The notes on cached tags that are old. */
const staleNotes = new WeakMap<TagCatalogue, string>();

/** Prints a note if the service tags of a cloud are missing or old. Call it only if the output would have a tag. */
export function noteOnTags(tags: TagCatalogue | null, cloud: Cloud | null | undefined, terminal: Terminal): void {
  const note =
    tags === null
      ? `no service tags, so services are not named: ${howToGetTags(cloud ?? undefined)}`
      : staleNotes.get(tags);
  if (note !== undefined) terminal.note(note);
}

async function namedTags({ tags, sample, cloud }: TagSourceOptions, terminal: Terminal): Promise<TagCatalogue | null> {
  if (tags === undefined && sample !== undefined) {
    const { sampleTags } = await import("../../service-tags/sample-tags.ts");
    return sampleTags();
  }
  const { cacheDirectory } = await import("../../store/files/cache-directory.ts");
  const cache = cacheDirectory(terminal.env);
  if (tags !== undefined) {
    const { loadTagFile } = await import("../../store/index/load-tag-file.ts");
    return loadTagFile(cache, tags, { note: (text) => terminal.note(text) });
  }
  const [{ loadTags: loadCached }, { staleNote }] = await Promise.all([
    import("../../store/tags/kept-tags.ts"),
    import("../../store/tags/tag-age.ts"),
  ]);
  const { catalogue, record, notes } = await loadCached(cache, cloud ?? "public");
  for (const note of notes) terminal.note(note);
  const stale = record === null ? null : staleNote(record, cloud ?? "public", Date.now());
  if (stale !== null && catalogue !== null) staleNotes.set(catalogue, stale);
  return catalogue;
}
