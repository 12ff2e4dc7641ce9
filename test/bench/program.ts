import { type CommandOptions, command } from "./command.ts";
import type { Contender, Workbench } from "./row.ts";

/** The name of the program as a contender. */
const OURS = "vnet-explain";

/** The built program with these arguments and a filled cache. */
export function program(
  { program: path, cache }: Workbench,
  args: readonly string[],
  { env, ...options }: CommandOptions & { readonly expect: string },
): Contender {
  return command(OURS, [process.execPath, path, ...args], { ...options, env: { VNET_EXPLAIN_CACHE: cache, ...env } });
}
