import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lookAt, STAMPS } from "../../../src/store/index/file-look.ts";
import { readIndex } from "../../../src/store/index/read-index.ts";
import { bytesOf } from "../corpus.ts";
import { hold } from "../oracle.ts";
import type { Target } from "../target.ts";
import { everything, indexes, known } from "./tag-index.ts";

/** Stamps an index as the run does that finds it unchanged for two minutes: from then on a run reads its parts and checks none. */
export async function stamp(cache: string, path: string): Promise<void> {
  await readIndex(cache, path, Date.now() + 120_000);
  const look = lookAt(path);
  const kept = JSON.parse(readFileSync(join(cache, STAMPS, `${look?.identity}.json`), "utf8"));
  hold(kept.whole === true && kept.look === look?.look, () => "a whole index that has settled is not stamped");
}

/**
 * Writes a file until that shows: what is stamped here has not settled, and a write within the same tick of the file system's clock would
 * not be seen. By the time that a run waits before it stamps, it must show.
 */
export function damage(path: string, bytes: Uint8Array): void {
  const before = lookAt(path)?.look;
  const until = Date.now() + 2000;
  do writeFileSync(path, bytes);
  while (lookAt(path)?.look === before && Date.now() < until);
  hold(lookAt(path)?.look !== before, () => "a file that was written to looks as it did");
}

let made: { readonly cache: string; readonly whole: Uint8Array } | null = null;

/** A cache for an index, and one that is whole: which one makes no difference, so the smallest. */
function makeCache(): NonNullable<typeof made> {
  const [smallest = ""] = indexes().sort((a, b) => a.length - b.length);
  return { cache: mkdtempSync(join(tmpdir(), "vnet-explain-fuzz-stamped-")), whole: bytesOf(smallest) };
}

export const stampedIndexTarget: Target = {
  name: "stamped-index",
  about:
    "a compiled index that is written to after it was stamped as whole: read as an index was written, or not at all",
  alphabet: "bytes",
  words: ["\0\0\0\0", "\x01\0\0\0", "\xff\xff\xff\xff", "ITNV"],
  largest: 3_000_000,
  seeds: indexes,
  check: async (input) => {
    made ??= makeCache();
    const { cache, whole } = made;
    const path = join(cache, "kept.index");
    writeFileSync(path, whole);
    await stamp(cache, path);
    damage(path, bytesOf(input));
    const index = await readIndex(cache, path, Date.now());
    if (index === null) return "refused";
    hold(known.has(everything(index)), () => "a damaged index was read");
    return "answered";
  },
  close: async () => {
    if (made !== null) rmSync(made.cache, { recursive: true });
    made = null;
  },
};
