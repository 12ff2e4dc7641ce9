import { Scrubber } from "../../azure/failure/scrubber.ts";
import { answerText, errorJson, errorText, type Failure } from "../../terminal/error-text.ts";
import { plainLines } from "../../terminal/plain-text.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";

export interface FailureOptions {
  /** `-o json`: print an object for scripts too. */
  readonly json: boolean;
  /** `--debug`: the error itself, for its stack and detail; else null. */
  readonly thrown: unknown;
  /** For an unexpected answer: print only its message, or nothing. Null for a failure. */
  readonly answer?: "message" | "nothing" | null;
}

/**
 * Prints a failure on stderr. Errors of every kind pass through here, so this is the last place that removes
 * credentials, subscription ids (unless `-v`) and terminal control sequences, wherever the text comes from.
 */
export function printFailure(failure: Failure, options: FailureOptions, { stderr, env, verbose }: Terminal): void {
  const scrubber = new Scrubber(env, verbose);
  const scrubbed = { ...failure, message: scrubber.scrub(failure.message), hint: scrubber.scrub(failure.hint) };
  const { answer = null } = options;
  if (answer === null) stderr.write(errorText(scrubbed, stderr));
  else if (answer === "message") stderr.write(answerText(scrubbed, stderr));
  if (options.json) stderr.write(errorJson(scrubbed));
  const { thrown } = options;
  if (!(thrown instanceof Error)) return;
  const hasDetail = thrown instanceof UserError;
  const detail = hasDetail && thrown.detail !== null ? `${thrown.detail}\n` : "";
  stderr.write(`${plainLines(scrubber.scrub(`${detail}${thrown.stack ?? thrown.message}`))}\n`);
}
