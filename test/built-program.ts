import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../bin/vnet-explain.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Sends SIGINT as soon as this settles. */
  readonly interrupt?: Promise<unknown>;
}

/**
 * Runs the built program in a pipe, in an environment that holds nothing of the user's: no Azure sign-in, no cache, no proxy.
 */
export function runBuilt(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
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
