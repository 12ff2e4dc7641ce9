import { basename, dirname, join } from "node:path";

/** The name of an unfinished file: that of the file that it will replace, and twelve random digits. */
const UNFINISHED = /^\.(.+)\.[0-9a-f]{12}\.tmp$/;

/** Whether the name is of an unfinished file that will replace a file with a name that `isTarget` accepts. */
export function isUnfinished(name: string, isTarget: (target: string) => boolean): boolean {
  const [, target] = UNFINISHED.exec(name) ?? [];
  return target !== undefined && isTarget(target);
}

/**
 * The path of a new unfinished file beside the file that it will replace. The digits are not secret. Process ids would
 * not do, since they are the same every time in a container, and node:crypto takes seven milliseconds to load.
 */
export function unfinishedBeside(path: string): string {
  const random = Math.floor(Math.random() * 2 ** 48).toString(16);
  return join(dirname(path), `.${basename(path)}.${random.padStart(12, "0")}.tmp`);
}
