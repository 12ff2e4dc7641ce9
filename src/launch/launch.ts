import { writeSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { cacheDirectory } from "../store/files/cache-directory.ts";
import { codeDirectory } from "./code-directory.ts";
import { type CodeStore, ProgramFiles } from "./program-files.ts";

type Program = typeof import("../cli.ts");

const NOTHING_KEPT: CodeStore = { get: () => null, put: () => {} };

/** Groups of commands: which functions run depends on the second word, too. */
const GROUPS = ["tags"];

/** Nothing of the program is needed to tell its version; false where it cannot be written, for the program to say so. */
function toldVersion(words: readonly string[]): boolean {
  if (words.length !== 1 || !["-V", "--version"].includes(words[0] ?? "")) return false;
  try {
    writeSync(1, `${packageJson.version}\n`);
    return true;
  } catch {
    return false;
  }
}

/** A name for the way that a command line takes through the program. */
function wayOf([first = "", second = ""]: readonly string[]): string {
  const word = (text: string) => (/^[a-z]{2,20}$/.test(text) ? text : "other");
  return GROUPS.includes(first) ? `${first}-${word(second)}` : word(first);
}

/** The program in a directory, its files loaded from their compiled forms where the cache has these. */
function loadProgram(directory: string, words: readonly string[]): Program {
  const cache = process.env.NODE_DISABLE_COMPILE_CACHE === undefined ? cacheDirectory() : null;
  const version = `${packageJson.version}-${process.version}-${process.arch}`;
  const files = new ProgramFiles(cache === null ? NOTHING_KEPT : codeDirectory(cache, version, wayOf(words)));
  process.once("exit", (code) => {
    // A command line that is wrong has not been the way that it names.
    if (code === 0) files.keep();
  });
  return files.load(join(directory, "cli.cjs")) as Program;
}

/** Runs the program whose files lie in the directory, with the words of a command line. */
export function launch(directory: string, words: readonly string[]): void {
  if (!toldVersion(words)) void loadProgram(directory, words).runProcess();
}
