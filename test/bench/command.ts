import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { devNull } from "node:os";
import type { Contender, Sample } from "./row.ts";

/**
 * bash measures children more precisely than a large process can: it forks fast, and knows their processor time. Wall
 * time is the difference of two clocks, because `time` counts milliseconds, of which a start has twenty.
 */
const TIMED =
  'TIMEFORMAT="%3U %3S"; start=$EPOCHREALTIME; { time "$@" 2>/dev/null; } 2>&3; code=$?; echo "$start $EPOCHREALTIME" >&3; exit $code';

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A file for the command's stdin. */
  readonly stdin?: string;
  /** Runs before each start, unmeasured. */
  readonly before?: () => Promise<void> | void;
  /**
   * A text that stdout must contain, so that a wrong answer is never measured. An exit code other than 0 is always an
   * error.
   */
  readonly expect?: string;
}

/**
 * The environment of a child, without variables that configure Node or the program. NODE_EXTRA_CA_CERTS alone costs 85
 * ms, and so does SSL_CERT_FILE.
 */
function childEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const dropped = /^(NODE_|AZURE_|VNET_EXPLAIN_|npm_|VITEST)|^(NO_COLOR|FORCE_COLOR|SSL_CERT_FILE|REQUESTS_CA_BUNDLE)$/;
  const kept = Object.entries(process.env).filter(([name]) => !dropped.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

/**
 * A command as a contender, in milliseconds of wall time. Its stdout is a pipe that is read at once; its stderr is
 * discarded.
 */
export function command(name: string, argv: readonly string[], options: CommandOptions = {}): Contender {
  return {
    name,
    async sample() {
      await options.before?.();
      return timed(argv, options);
    },
  };
}

function timed(argv: readonly string[], { env, stdin, expect = "" }: CommandOptions): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const input = openSync(stdin ?? devNull, "r");
    const child = spawn("bash", ["-c", TIMED, "bash", ...argv], {
      env: childEnvironment(env),
      stdio: [input, "pipe", "inherit", "pipe"],
    });
    const [, stdout, , times] = child.stdio;
    let told = "";
    let printed = "";
    stdout?.on("data", (chunk: Buffer) => {
      if (printed.length < 100_000) printed += chunk.toString("latin1");
    });
    times?.on("data", (chunk: Buffer) => {
      told += chunk.toString("latin1");
    });
    child.on("error", reject);
    child.on("close", (code) => {
      const figures = told.trim().replaceAll(",", ".").split(/\s/).map(Number);
      const [user = Number.NaN, system = Number.NaN, start = Number.NaN, end = Number.NaN] = figures;
      if (code !== 0) reject(new Error(`${argv.join(" ")} ended with ${code}`));
      else if (!printed.includes(expect))
        reject(new Error(`${argv.join(" ")} printed no '${expect}': ${printed.slice(0, 200)}`));
      else resolve({ value: 1000 * (end - start), cpu: 1000 * (user + system) });
    });
  });
}

/** The name of the contender that starts Node and does nothing. Every start of the program is compared with it. */
export const EMPTY_NODE = "node -e 0";

/** Starts Node and does nothing. */
export function emptyNode(): Contender {
  return command(EMPTY_NODE, [process.execPath, "-e", "0"]);
}

/** The goal of a start. Node 20 compiles the program at every start; later versions keep the compiled code. */
export const startGoal = (node20: number, later: number): number =>
  process.versions.node.startsWith("20.") ? node20 : later;
