import { AzureError } from "../failure/azure-error.ts";
import type { AuthMethod } from "../sign-in/auth-methods.ts";
import type { Asking } from "./asking.ts";
import { seconds } from "./pace.ts";

/** The error for a call that took too long; `asking` is the credential that had not answered by then, or null. */
export function timedOut({ what }: Asking, timeoutMs: number, asking: AuthMethod | null): AzureError {
  const limit = seconds(timeoutMs);
  if (asking === null) {
    return new AzureError(
      "timeout",
      `no answer within ${limit}: ${what} not read`,
      "run again, with a longer --timeout",
    );
  }
  const hints: Partial<Record<AuthMethod, string>> = {
    cli: "see whether az answers: az account get-access-token; or give a longer --timeout",
    "device-code": "type the code in time, or give a longer --timeout",
  };
  return new AzureError(
    "timeout",
    `not signed in within ${limit} (--auth ${asking}): ${what} not read`,
    hints[asking] ?? "check the network and HTTPS_PROXY; or give a longer --timeout",
  );
}

/** Rejects with the signal's reason once it is aborted. */
export function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
