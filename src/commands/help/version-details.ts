import type { CacheState, VersionDetails } from "../../output/results/version.ts";
import { cacheDirectory } from "../../store/files/cache-directory.ts";
import { CACHE_HINT, findCacheFolder } from "../../store/files/cache-folder.ts";
import { CLOUDS } from "../../store/tags/clouds.ts";
import { tagStatus } from "../../store/tags/status.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { VERSION } from "../../text/version.ts";

/** Returns the version of the program and of Node.js, the platform, the cached tag files, the cache. Never throws. */
export async function versionDetails({ env }: Pick<Terminal, "env">): Promise<VersionDetails> {
  const cache = cacheDirectory(env);
  const now = Date.now();
  const states = await Promise.all(CLOUDS.map((cloud) => tagStatus(cache, cloud, now)));
  return {
    program: VERSION,
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    serviceTags: states.flatMap(({ cloud, current, ageDays, stale }) => {
      if (current === null) return [];
      const { file, changeNumber, date } = current;
      return [{ cloud, file, changeNumber, date, ageDays, stale }];
    }),
    cache: cacheState(cache),
  };
}

function cacheState(directory: string | null): CacheState {
  if (directory === null) return { directory, state: "ignored", reason: `HOME is not set; ${CACHE_HINT}` };
  const folder = findCacheFolder(directory);
  switch (folder.state) {
    case "ready":
      return { directory, state: "in-use", reason: null };
    case "absent":
      return { directory, state: "not-made-yet", reason: null };
    case "refused":
      return { directory, state: "ignored", reason: `${folder.why}; ${CACHE_HINT}` };
    default:
      return folder satisfies never;
  }
}
