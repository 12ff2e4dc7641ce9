import { isAbsolute, posix, resolve, win32 } from "node:path";

/** Where the cache is, or null where this machine and its environment name no place for one. */
export type CacheDirectory = string | null;

type Environment = Readonly<Record<string, string | undefined>>;

const NAME = "vnet-explain";

/**
 * The folder of the cache: `$VNET_EXPLAIN_CACHE/vnet-explain`, else `%LOCALAPPDATA%\vnet-explain\Cache`,
 * `~/Library/Caches/vnet-explain`, or `$XDG_CACHE_HOME/vnet-explain` with `~/.cache` as its default. It is always a
 * folder of the program's own, so VNET_EXPLAIN_CACHE may name any directory. A relative XDG_CACHE_HOME is ignored, as
 * the XDG Base Directory Specification asks. Creates nothing. Null where no place is known (no HOME and no entry in the
 * user database): readers then see an empty cache, and writers fail.
 */
export function cacheDirectory(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: () => string | null = homeDirectory,
): CacheDirectory {
  const own = environment.VNET_EXPLAIN_CACHE;
  if (own) return inNamed(own);
  if (platform === "win32") {
    const local = environment.LOCALAPPDATA;
    if (local && win32.isAbsolute(local)) return win32.join(local, NAME, "Cache");
    const profile = home();
    return profile && win32.join(profile, "AppData", "Local", NAME, "Cache");
  }
  if (platform === "darwin") {
    const user = home();
    return user && posix.join(user, "Library", "Caches", NAME);
  }
  const xdg = environment.XDG_CACHE_HOME;
  if (xdg && posix.isAbsolute(xdg)) return posix.join(xdg, NAME);
  const user = home();
  return user && posix.join(user, ".cache", NAME);
}

/**
 * The program's folder in the directory that the user named; null for a path from a current directory that was removed.
 */
function inNamed(directory: string): string | null {
  try {
    return resolve(directory, NAME);
  } catch {
    return null;
  }
}

/**
 * The home directory; null for a relative HOME, which may lead into a clone of somebody else's repository. Loads
 * node:os only here: that takes a third of a millisecond, and most starts do not need it.
 */
function homeDirectory(): string | null {
  try {
    const home = process.getBuiltinModule("node:os").homedir();
    return isAbsolute(home) ? home : null;
  } catch {
    return null; // no HOME and no entry in the user database, as in a bare container
  }
}
