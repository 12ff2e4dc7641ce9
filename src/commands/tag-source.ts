import type { Command } from "commander";
import { serviceTagFileText } from "../output/provenance.ts";
import type { Terminal } from "../output/terminal.ts";
import type { TagCatalogue } from "../service-tags/tag-catalogue.ts";

/** Where the service tags come from, as the options name it. */
export interface TagSourceOptions {
  readonly tags?: string | undefined;
  /** The embedded samples bring their own excerpt of tags. */
  readonly sample?: string | undefined;
}

/** Where to get a tag file, for hints. */
export const HOW_TO_GET_TAGS =
  "give --tags ServiceTags_Public_<date>.json, from https://www.microsoft.com/download/details.aspx?id=56519";

/** Declares the options that name a tag source. */
export function addTagSource(command: Command): Command {
  return command.option(
    "--tags <file>",
    "service tags: a ServiceTags_<cloud>_<date>.json or an answer of the Discovery API",
  );
}

/**
 * The service tags that the options name, else the sample's own; null where none are named.
 * @throws InputFileError, TagFileError
 */
export async function loadTags(options: TagSourceOptions, terminal: Terminal): Promise<TagCatalogue | null> {
  const tags = await namedTags(options);
  if (tags !== null) terminal.detail(`service tags: ${serviceTagFileText(tags.file)}`);
  return tags;
}

async function namedTags({ tags, sample }: TagSourceOptions): Promise<TagCatalogue | null> {
  if (tags !== undefined) return loadTagFile(tags);
  if (sample === undefined) return null;
  const { sampleTags } = await import("../service-tags/sample-tags.ts");
  return sampleTags();
}

async function loadTagFile(path: string): Promise<TagCatalogue> {
  const { readInputFile } = await import("../store/input-file.ts");
  const bytes = await readInputFile(path);
  const [{ decodeText }, { parseTagFile }, { compileTags }, { TagCatalogue }] = await Promise.all([
    import("../routes/decode-text.ts"),
    import("../service-tags/tag-file.ts"),
    import("../service-tags/compile-tags.ts"),
    import("../service-tags/tag-catalogue.ts"),
  ]);
  return new TagCatalogue(compileTags(parseTagFile(decodeText(bytes), path)));
}
