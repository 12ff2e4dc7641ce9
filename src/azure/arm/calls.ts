import type { SecureContext } from "node:tls";
import type { TokenCredential } from "@azure/identity";
import { type AzureError, azureError } from "../failure/azure-error.ts";
import { proxyBefore } from "../failure/connection-failure.ts";
import { azureFailure, failedOperation } from "../failure/failure.ts";
import type { FailureContext } from "../failure/rest-failure.ts";
import type { Scrubber } from "../failure/scrubber.ts";
import type { AuthMethod } from "../sign-in/auth-methods.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import type { ArmClient } from "./client.ts";
import type { ArmEndpoint } from "./endpoint.ts";
import { Gate } from "./gate.ts";
import { OpenCalls } from "./open-calls.ts";
import { type Pace, seconds } from "./pace.ts";
import type { AzureRead } from "./reads.ts";
import { withRequestOptions } from "./request-options.ts";
import { BUSY_CODE, backOff } from "./retries.ts";

/** What calls are made with. */
interface CallsOptions {
  readonly endpoint: ArmEndpoint;
  readonly apiVersion: string;
  /** Null for the calls that are not about one. */
  readonly subscription: Subscription | null;
  readonly signIn: SignIn;
  readonly credential: TokenCredential;
  readonly scrubber: Scrubber;
  readonly pace: Pace;
  /** For a call that names no other. */
  readonly timeoutMs: number;
  readonly secureContext: SecureContext | undefined;
}

interface CallLimits {
  readonly withinMs?: number | undefined;
  /** Aborts when the answer is no longer wanted. */
  readonly until?: AbortSignal | undefined;
}

/**
 * Calls about one subscription. They share a client of the SDK, which is loaded while the credential works, and the
 * gate that holds them all while Azure throttles the subscription. They throw AzureErrors alone.
 */
export class AzureCalls {
  readonly #options: CallsOptions;
  readonly #client: Promise<ArmClient>;
  readonly #open = new OpenCalls();

  constructor(options: CallsOptions) {
    this.#options = options;
    this.#client = this.#loadClient();
    this.#client.catch(() => {}); // the call that needs the client reports it
  }

  /**
   * Runs one call under a time limit of its own, or until its answer is no longer wanted. Begins again where another
   * operation kept Azure from finishing.
   * @throws AzureError
   */
  async run<T>(
    read: AzureRead,
    call: (client: ArmClient) => Promise<T>,
    { withinMs = this.#options.timeoutMs, until }: CallLimits = {},
  ): Promise<T> {
    const { signIn, pace } = this.#options;
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(timedOut(read, withinMs, signIn.pending)), withinMs);
    const signal = until === undefined ? ended.signal : AbortSignal.any([ended.signal, until]);
    const deadline = pace.now() + withinMs;
    this.#open.open(signal, deadline);
    const unwanted = rejectionOf(signal);
    unwanted.catch(() => {}); // it may come before or after the race
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          const answer = this.#client.then((client) => call(withRequestOptions(client, { abortSignal: signal })));
          return await Promise.race([unwanted, answer]);
        } catch (error) {
          const wait = backOff(attempt);
          if (signal.aborted || !wasKeptOff(error) || pace.now() + wait > deadline) throw error;
          pace.progress(`another operation is running, next attempt in ${seconds(wait)}`);
          await pace.delay(wait, signal);
        }
      }
    } catch (error) {
      throw signal.aborted ? signal.reason : azureFailure(error, await this.#context(read));
    } finally {
      clearTimeout(timer);
      this.#open.close(signal);
    }
  }

  async #loadClient(): Promise<ArmClient> {
    const { endpoint, apiVersion, subscription, signIn, credential, pace, secureContext } = this.#options;
    await signIn.begun;
    const { armClient } = await import("./client.ts");
    return armClient({
      endpoint,
      apiVersion,
      subscriptionId: subscription?.id ?? "",
      credential,
      pace,
      calls: this.#open,
      gate: new Gate(pace),
      secureContext,
    });
  }

  async #context(read: AzureRead): Promise<FailureContext> {
    const { endpoint, subscription, signIn, scrubber, pace } = this.#options;
    return {
      ...read,
      subscriptionFrom: subscription?.from ?? "the sign-in",
      servedBy: await signIn.servedBy().catch(() => null),
      host: new URL(endpoint.url).host,
      proxy: endpoint.loopback ? null : await proxyBefore(endpoint.url),
      now: pace.now(),
      scrubber,
    };
  }
}

/** The error for a call that took too long. `pending` is the credential that had not answered by then, or null. */
function timedOut({ what }: AzureRead, timeoutMs: number, pending: AuthMethod | null): AzureError {
  const limit = seconds(timeoutMs);
  if (pending === null) {
    return azureError("timeout", `timed out after ${limit} reading ${what}`, "run again with a longer --timeout");
  }
  const hints: Partial<Record<AuthMethod, string>> = {
    cli: "check that az answers: az account get-access-token; or give a longer --timeout",
    powershell: "check that PowerShell answers: Get-AzAccessToken; or give a longer --timeout",
    azd: "check that azd answers: azd auth token; or give a longer --timeout",
    "device-code": "type the code in time, or give a longer --timeout",
  };
  return azureError(
    "timeout",
    `timed out after ${limit} signing in with ${pending}, before reading ${what}`,
    hints[pending] ?? "check the network and HTTPS_PROXY; or give a longer --timeout",
  );
}

/** Whether an operation that Azure had accepted failed because of another one. */
function wasKeptOff(error: unknown): boolean {
  const failed = error instanceof Error ? failedOperation(String(error.message)) : null;
  return failed !== null && BUSY_CODE.test(failed.code);
}

/** Rejects with the signal's reason once it is aborted. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
