import type { TagStatus } from "../../store/tags/status.ts";
import { facts } from "./facts.ts";
import type { Kind } from "./kind.ts";

/** The output of `--version -v -o json`. */
export interface VersionReport {
  readonly schemaVersion: "1.0";
  readonly version: VersionDetails;
}

/** The program and its environment, for bug reports. */
export interface VersionDetails {
  readonly program: string;
  readonly node: string;
  readonly platform: string;
  readonly arch: string;
  /** The cached tag file of each cloud that has one. */
  readonly serviceTags: readonly CachedTagFile[];
  readonly cache: CacheState;
}

interface CachedTagFile extends Pick<TagStatus, "cloud" | "ageDays" | "stale"> {
  readonly file: string;
  readonly changeNumber: string | null;
  readonly date: string | null;
}

/** The place of the cache, and whether it is used. */
export interface CacheState {
  /** Null if the environment names no place for it. */
  readonly directory: string | null;
  readonly state: "in-use" | "not-made-yet" | "ignored";
  /** Why the cache is ignored, else null. */
  readonly reason: string | null;
}

const days = (count: number) => `${count} ${count === 1 ? "day" : "days"} old`;

function tagText({ cloud, file, changeNumber, date, ageDays }: CachedTagFile): string {
  const parts = [
    cloud,
    ...(changeNumber === null ? [] : [`change number ${changeNumber}`]),
    ...(date === null ? [] : [date]),
    ...(ageDays === null ? [] : [days(ageDays)]),
  ];
  return `${file} (${parts.join(", ")})`;
}

function cacheText({ directory, state, reason }: CacheState): string {
  const states = { "in-use": "in use", "not-made-yet": "not created yet", ignored: `ignored: ${reason ?? ""}` };
  return `${directory ?? "no directory"} (${states[state]})`;
}

/** The version with its surroundings: one row. */
export const version: Kind<VersionReport> = {
  elements: (report) => [report.version],
  columns: ["program", "node", "platform", "arch", "serviceTags", "cache", "cacheState"],
  rows({ version: { program, node, platform, arch, serviceTags, cache } }) {
    return [[program, node, platform, arch, serviceTags.map(({ file }) => file), cache.directory, cache.state]];
  },
  text({ version: { program, node, platform, arch, serviceTags, cache } }, stdout) {
    const tags = serviceTags.length === 0 ? ["none cached: run vnet-explain tags update"] : serviceTags.map(tagText);
    return facts(
      [
        ["vnet-explain", program],
        ["Node.js", node],
        ["platform", `${platform} ${arch}`],
        ...tags.map((text): [string, string] => ["service tags", text]),
        ["cache", cacheText(cache)],
      ],
      stdout,
    );
  },
};
