import { spawn, spawnSync } from "node:child_process";
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
  /** Sends SIGKILL after this many milliseconds. */
  readonly killAfter?: number;
  readonly stdin?: string | Uint8Array;
  /** The working directory. */
  readonly cwd?: string;
  /** Sends SIGINT as soon as this settles. */
  readonly interrupt?: Promise<unknown>;
  /** Sends SIGKILL as soon as this settles. */
  readonly kill?: Promise<unknown>;
}

/** Node becomes another user once it has started: that user need not reach where this Node is installed. */
function becoming(uid: number): string[] {
  const become = `process.setgroups([]); process.setgid(${uid}); process.setuid(${uid});`;
  return ["--import", `data:text/javascript,${encodeURIComponent(become)}`];
}

/** Whether another user may read the built program; only root may try. */
export function mayBeRunBy(uid: number): boolean {
  return (
    process.getuid?.() === 0 &&
    spawnSync(process.execPath, [...becoming(uid), program, "--version"], { stdio: "ignore" }).status === 0
  );
}

/**
 * Runs the built program in a pipe, in an environment that holds nothing of the user's: no Azure sign-in, no cache, no
 * proxy.
 */
export function runBuilt(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const asUser = options.uid === undefined ? [] : becoming(options.uid);
    const [command = "", ...words] = [...(options.through ?? []), process.execPath, ...asUser, program, ...args];
    const child = spawn(command, words, {
      ...(options.cwd !== undefined && { cwd: options.cwd }),
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
    options.kill?.then(() => child.kill("SIGKILL"));
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
