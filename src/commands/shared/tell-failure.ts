import { AzureError } from "../../azure/failure/azure-error.ts";
import { Scrubber } from "../../azure/failure/scrubber.ts";
import { errorJson, errorText, type Failure } from "../../terminal/error-text.ts";
import { plainLines } from "../../terminal/plain-text.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";

export interface TellOptions {
  /** `-o json`: an object for scripts besides. */
  readonly json: boolean;
  /** `--debug`: what was thrown, if it has more to say. */
  readonly thrown: unknown;
}

/**
 * Tells a failure on stderr. This is the one place where errors of every kind come out, so it is the last to see that no credential, no
 * subscription id (but with `-v`) and nothing that steers a terminal comes with them, whoever worded them.
 */
export function tellFailure(failure: Failure, options: TellOptions, { stderr, env, verbose }: Terminal): void {
  const scrubber = new Scrubber(env, verbose);
  const told = { ...failure, message: scrubber.scrub(failure.message), hint: scrubber.scrub(failure.hint) };
  stderr.write(errorText(told, stderr));
  if (options.json) stderr.write(errorJson(told));
  const { thrown } = options;
  if (!(thrown instanceof Error)) return;
  const detailed = thrown instanceof AzureError || thrown instanceof UserError;
  const detail = detailed && thrown.detail !== null ? `${thrown.detail}\n` : "";
  stderr.write(`${plainLines(scrubber.scrub(`${detail}${thrown.stack ?? thrown.message}`))}\n`);
}
