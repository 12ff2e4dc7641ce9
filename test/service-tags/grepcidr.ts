import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Address, formatAddress } from "../../src/net/address.ts";
import { formatPrefix } from "../../src/net/prefix.ts";
import type { ReferenceTag } from "./reference.ts";

/**
 * Whether Debian's grepcidr is installed: a search by prefix that shares nothing with this program, nor with
 * JavaScript.
 */
export const hasGrepcidr = spawnSync("grepcidr", ["-V"], { stdio: "ignore" }).error === undefined;

/**
 * The names of the tags that hold each address, by grepcidr: one call for each tag, its prefixes as the patterns.
 * Files are written to the directory.
 */
export function grepcidrLookups(
  tags: readonly ReferenceTag[],
  addresses: readonly Address[],
  directory: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const patterns = join(directory, "patterns");
  mkdirSync(patterns);
  tags.forEach(({ prefixes }, at) => {
    // A pattern file without patterns is refused.
    if (prefixes.length > 0) writeFileSync(join(patterns, String(at)), `${prefixes.map(formatPrefix).join("\n")}\n`);
  });
  const texts = addresses.map(formatAddress);
  writeFileSync(join(directory, "addresses"), `${texts.join("\n")}\n`);
  const script =
    'cd patterns && for tag in *; do echo "# $tag"; grepcidr -x -f "$tag" ../addresses || [ $? -eq 1 ] || exit 9; done';
  const { status, stdout } = spawnSync("sh", ["-c", script], { cwd: directory, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`grepcidr failed: ${status}`);
  const found = new Map(texts.map((text) => [text, new Set<string>()]));
  let tag = "";
  for (const line of stdout.split("\n")) {
    if (line.startsWith("# ")) tag = tags[Number(line.slice(2))]?.name ?? "";
    else found.get(line)?.add(tag);
  }
  return found;
}
