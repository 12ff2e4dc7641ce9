import { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { type Cloud, updateCommand } from "../../store/tags/clouds.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { tagsMissingError } from "../shared/tag-source.ts";

/**
 * Loads the service tags that a word names. `current` and `previous` are the cached files of the cloud, `-` is stdin,
 * anything else is a path.
 * @throws UserError
 */
export async function loadTagWord(word: string, cloud: Cloud, terminal: Terminal): Promise<TagCatalogue> {
  if (word === "-") return fromStdin(terminal);
  const { cacheDirectory } = await import("../../store/files/cache-directory.ts");
  const cache = cacheDirectory(terminal.env);
  if (word !== "current" && word !== "previous") {
    const { loadTagFile } = await import("../../store/index/load-tag-file.ts");
    return loadTagFile(cache, word, { note: (text) => terminal.note(text) });
  }
  const { loadKeptTags } = await import("../../store/tags/kept-tags.ts");
  const { catalogue, notes } = await loadKeptTags(cache, cloud, word);
  for (const note of notes) terminal.note(note);
  if (catalogue !== null) return catalogue;
  throw word === "current"
    ? tagsMissingError(
        `no service tags cached for cloud ${cloud}`,
        cloud,
        `run ${updateCommand(cloud)}, or give a file; for a file named ${word}, write ./${word}`,
      )
    : tagsMissingError(
        `no previous service tags cached for cloud ${cloud}`,
        cloud,
        `${updateCommand(cloud)} keeps the previous file; or give a file (if named ${word}: ./${word})`,
      );
}

async function fromStdin(terminal: Terminal): Promise<TagCatalogue> {
  const [{ readInput }, { prepareTags }] = await Promise.all([
    import("../../store/files/input-file.ts"),
    import("../../store/index/prepare-tags.ts"),
  ]);
  if (terminal.stdin.isTTY)
    terminal.note("reading a ServiceTags JSON from the keyboard; end with Ctrl-D (Windows: Ctrl-Z)");
  return new TagCatalogue(prepareTags(await readInput(terminal.stdin, "stdin"), "stdin").index);
}
