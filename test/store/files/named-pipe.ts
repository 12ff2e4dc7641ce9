import { execFileSync, spawn } from "node:child_process";
import { onTestFinished } from "vitest";

/** A named pipe that gives a file's bytes to the first who reads it, until the test ends. */
export function namedPipe(path: string, source: string): void {
  execFileSync("mkfifo", [path]);
  const writer = spawn("sh", ["-c", 'exec cat "$1" > "$0"', path, source], { stdio: "ignore" });
  onTestFinished(() => void writer.kill());
}
