import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { onTestFinished } from "vitest";

/** A named pipe that gives a file's bytes to the first who reads it, until the test ends. */
export function namedPipe(path: string, source: string): void {
  execFileSync("mkfifo", [path]);
  const writer = spawn("sh", ["-c", 'exec cat "$1" > "$0"', path, source], { stdio: "ignore" });
  onTestFinished(() => void writer.kill());
}

/**
 * A named pipe that somebody reads until the test ends. It stands for a device: a test that fails may replace it, or
 * change its mode, which would break the machine's /dev/null. Returns the reader's descriptor.
 */
export function openPipe(path: string): number {
  execFileSync("mkfifo", [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(reader));
  return reader;
}
