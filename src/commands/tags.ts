import type { Command } from "commander";
import type { Start } from "./command-io.ts";
import { declareTagsLookup } from "./tags-lookup.ts";

/** Declares `tags` and the commands under it. */
export function declareTags(program: Command, start: Start): void {
  const group = program
    .command("tags")
    .summary("ask the service tags")
    .description("Ask the service tags: which tags hold an address.");
  declareTagsLookup(group, start);
}
