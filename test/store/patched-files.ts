import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { onTestFinished } from "vitest";

/** Lets file operations of Node do something else until the test ends. Gives those of before. */
export function patchFiles(changes: Partial<typeof fs>): typeof fs {
  const before = { ...fs };
  const names = Object.keys(changes) as (keyof typeof fs)[];
  const set = (operations: Partial<typeof fs>) => {
    Object.assign(fs, operations);
    syncBuiltinESMExports();
  };
  set(changes);
  onTestFinished(() => set(Object.fromEntries(names.map((name) => [name, before[name]]))));
  return before;
}

/** An error as the system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
