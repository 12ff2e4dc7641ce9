import type { Command } from "commander";
import type { Start } from "./command-io.ts";
import { declareTagsList } from "./tags-list.ts";
import { declareTagsLookup } from "./tags-lookup.ts";
import { declareTagsShow } from "./tags-show.ts";
import { declareTagsStatus } from "./tags-status.ts";
import { declareTagsUpdate } from "./tags-update.ts";

/** Declares `tags` and the commands under it. */
export function declareTags(program: Command, start: Start): void {
  const group = program
    .command("tags")
    .summary("fetch and ask the service tags")
    .description("Fetch Microsoft's service tags and ask them: which tags hold an address, what is in a tag.");
  for (const declare of [declareTagsUpdate, declareTagsStatus, declareTagsLookup, declareTagsList, declareTagsShow]) {
    declare(group, start);
  }
}
