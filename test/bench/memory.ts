import { spawn } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { devNull } from "node:os";

/**
 * Writes the peak memory of the process to a separate descriptor. It reads /proc, since `maxRSS` starts with the
 * parent's value.
 */
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  'import { readFileSync, writeSync } from "node:fs"; process.on("exit", () => writeSync(3, /VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]));',
)}`;

/** Whether this system reports it. */
export const tellsMemory = existsSync("/proc/self/status");

/** The peak memory of a run of Node, in MB. @throws unless its exit code is 0. */
export function mostMemory(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  stdin: string = devNull,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", TELL_MEMORY, ...argv], {
      stdio: [openSync(stdin, "r"), "ignore", "ignore", "pipe"],
      env: { ...process.env, ...env },
    });
    let told = "";
    child.stdio[3]?.on("data", (chunk: Buffer) => {
      told += chunk.toString("latin1");
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0 && told !== "") resolve(Number(told) / 1024);
      else reject(new Error(`${argv.join(" ")} ended with ${code}`));
    });
  });
}
