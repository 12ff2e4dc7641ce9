import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../bin/vnet-explain.js", import.meta.url));

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Added to the environment; undefined takes a variable out of it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The words of a command that runs the program, e.g. one that sets limits first. */
  readonly through?: readonly string[];
  /** The user to run as; only root may choose. */
  readonly uid?: number;
  /** Sends SIGKILL after so many milliseconds. */
  readonly killAfter?: number;
  readonly stdin?: string | Uint8Array;
  /** Sends SIGINT as soon as this settles. */
  readonly interrupt?: Promise<unknown>;
}

/**
 * Runs the built program in a pipe, in an environment that holds nothing of the user's: no Azure sign-in, no cache, no proxy.
 */
export function runBuilt(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [command = "", ...words] = [...(options.through ?? []), process.execPath, program, ...args];
    const child = spawn(command, words, {
      ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
      ...(options.killAfter !== undefined && { timeout: options.killAfter, killSignal: "SIGKILL" as const }),
      env: {
        PATH: process.env.PATH ?? "",
        VNET_EXPLAIN_CACHE: join(tmpdir(), "vnet-explain-no-cache"),
        ...options.env,
      },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    options.interrupt?.then(() => child.kill("SIGINT"));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    child.stdin.on("error", () => {}); // the program may end without reading
    child.stdin.end(options.stdin ?? "");
  });
}

/** An empty directory of the test's own. */
export function scratchDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "vnet-explain-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
