import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Puts an `az` first in the path, with this output and exit code. */
export function fakeAz(script: string, interpreter = "/bin/sh"): void {
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-az-"));
  writeFileSync(join(directory, "az"), `#!${interpreter}\n${script}\n`);
  chmodSync(join(directory, "az"), 0o755);
  process.env.PATH = `${directory}:/bin:/usr/bin`;
}

/** A named pipe: who reads it waits until something is written. */
export function closedGate(): string {
  const gate = join(mkdtempSync(join(tmpdir(), "vnet-explain-az-")), "gate");
  execFileSync("mkfifo", [gate]);
  return gate;
}
