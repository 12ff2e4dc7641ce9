import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { join, parse, resolve, sep } from "node:path";

/** As many symbolic links as Linux follows in one path (path_resolution(7)). */
const MOST_LINKS = 40;

/** A path without symbolic links, and whether another user could change what it leads to. */
export interface CheckedPath {
  /** The part that exists. */
  readonly path: string;
  /** The names behind it that do not exist. */
  readonly missing: readonly string[];
  /** Why another user could change what lies there; null where none can. */
  readonly problem: string | null;
}

/** Whether a file of this owner can be believed: the user's own, or root's. Always on systems without user ids. */
export function isTrustedOwner(owner: number, user: number | null = process.geteuid?.() ?? null): boolean {
  return user === null || owner === user || owner === 0;
}

/**
 * Why another user could replace or add entries of the directory, or null. A sticky directory such as /tmp passes:
 * others can add entries, but they cannot rename or remove those of the user or of root, which are all that this check
 * leads through.
 */
export function directoryProblem(path: string, { uid, mode }: Stats): string | null {
  if (process.platform === "win32") return null;
  if (!isTrustedOwner(uid)) return `${path} belongs to another user (uid ${uid})`;
  return (mode & 0o022) !== 0 && (mode & 0o1000) === 0 ? `other users may write to ${path}` : null;
}

/**
 * Resolves a directory's path link by link, and checks each directory and link on the way: the owner is the user or
 * root, and nobody else may write there. What passed cannot be swapped by another user afterwards. On Windows nothing
 * is checked. Cost: a system call for each part.
 * @throws what the system says, other than that a part is missing.
 */
export function checkPath(path: string): CheckedPath {
  const { root } = parse(resolve(path));
  let names = resolve(path).slice(root.length).split(sep).filter(Boolean);
  let current = root;
  let problem = directoryProblem(root, lstatSync(root));
  for (let links = 0; names.length > 0; ) {
    const [name = "", ...rest] = names;
    const next = join(current, name);
    const found = lstatSync(next, { throwIfNoEntry: false });
    if (found === undefined || !(found.isDirectory() || found.isSymbolicLink())) break;
    if (found.isDirectory()) {
      problem ??= directoryProblem(next, found);
      current = next;
      names = rest;
      continue;
    }
    if (++links > MOST_LINKS) throw Object.assign(new Error(`${path}: too many symbolic links`), { code: "ELOOP" });
    if (!isTrustedOwner(found.uid)) problem ??= `the link ${next} belongs to another user (uid ${found.uid})`;
    const target = readlinkSync(next);
    // Not joined with what follows before it is resolved: a name behind ".." may be a link itself.
    const start = parse(target).root;
    names = [...target.slice(start.length).split(sep).filter(Boolean), ...rest];
    if (start !== "") current = start;
  }
  return { path: current, missing: names, problem };
}
