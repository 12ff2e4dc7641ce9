import { type AzureError, azureError } from "../failure/azure-error.ts";
import { proxyBefore } from "../failure/connection-failure.ts";
import { azureFailure, type FailureContext } from "../failure/failure.ts";
import type { Scrubber } from "../failure/scrubber.ts";
import type { AuthMethod } from "../sign-in/auth-methods.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import type { Asking } from "./asking.ts";
import type { ArmClient } from "./client.ts";
import type { ArmEndpoint } from "./endpoint.ts";
import { type Pace, seconds } from "./pace.ts";
import { withRequestOptions } from "./request-options.ts";

/** What calls are made with. */
interface CallsOptions {
  readonly endpoint: ArmEndpoint;
  readonly apiVersion: string;
  readonly subscription: Subscription;
  readonly signIn: SignIn;
  readonly scrubber: Scrubber;
  readonly pace: Pace;
  /** For a call that names no other. */
  readonly timeoutMs: number;
}

interface CallLimits {
  readonly withinMs?: number;
  /** Aborts when the answer is no longer wanted. */
  readonly until?: AbortSignal | undefined;
}

/** Calls through the SDK's client, which is read while the credential works. Whatever they throw is an AzureError. */
export class AzureCalls {
  readonly #options: CallsOptions;
  readonly #client: Promise<ArmClient>;
  #deadline = Number.POSITIVE_INFINITY;

  constructor(options: CallsOptions) {
    this.#options = options;
    this.#client = this.#loadClient();
    this.#client.catch(() => {}); // told by the call that needs it
  }

  /** Runs one call under the time limit, or until it is no longer wanted, and words whatever it throws. */
  async run<T>(
    asking: Asking,
    call: (client: ArmClient) => Promise<T>,
    { withinMs = this.#options.timeoutMs, until }: CallLimits = {},
  ): Promise<T> {
    const { signIn, pace } = this.#options;
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(timedOut(asking, withinMs, signIn.asking)), withinMs);
    const signal = until === undefined ? ended.signal : AbortSignal.any([ended.signal, until]);
    this.#deadline = pace.now() + withinMs;
    try {
      const answer = this.#client.then((client) => call(withRequestOptions(client, { abortSignal: signal })));
      return await Promise.race([rejectionOf(signal), answer]);
    } catch (error) {
      throw signal.aborted ? signal.reason : azureFailure(error, await this.#context(asking));
    } finally {
      clearTimeout(timer);
    }
  }

  async #loadClient(): Promise<ArmClient> {
    const { endpoint, apiVersion, subscription, signIn, pace } = this.#options;
    await signIn.begun;
    const { armClient } = await import("./client.ts");
    return armClient({
      endpoint,
      apiVersion,
      subscriptionId: subscription.id,
      credential: signIn,
      pace,
      timeLeft: () => this.#deadline - pace.now(),
    });
  }

  async #context(asking: Asking): Promise<FailureContext> {
    const { endpoint, subscription, signIn, scrubber, pace } = this.#options;
    return {
      ...asking,
      subscriptionFrom: subscription.from,
      servedBy: await signIn.servedBy().catch(() => null),
      host: new URL(endpoint.url).host,
      proxy: endpoint.loopback ? null : await proxyBefore(endpoint.url),
      now: pace.now(),
      scrubber,
    };
  }
}

/** The error for a call that took too long; `asking` is the credential that had not answered by then, or null. */
function timedOut({ what }: Asking, timeoutMs: number, asking: AuthMethod | null): AzureError {
  const limit = seconds(timeoutMs);
  if (asking === null) {
    return azureError("timeout", `no answer within ${limit}: ${what} not read`, "run again, with a longer --timeout");
  }
  const hints: Partial<Record<AuthMethod, string>> = {
    cli: "see whether az answers: az account get-access-token; or give a longer --timeout",
    "device-code": "type the code in time, or give a longer --timeout",
  };
  return azureError(
    "timeout",
    `not signed in within ${limit} (--auth ${asking}): ${what} not read`,
    hints[asking] ?? "check the network and HTTPS_PROXY; or give a longer --timeout",
  );
}

/** Rejects with the signal's reason once it is aborted. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
