import type { NetworkManagementClientOptionalParams } from "@azure/arm-network/api";
import type { TokenCredential } from "@azure/identity";
import { textField } from "../../text/type-guards.ts";
import { azureError } from "../failure/azure-error.ts";
import { ANSWER_CUT } from "./answer-body.ts";
import type { ArmEndpoint } from "./endpoint.ts";
import { type Pace, retryAfter, seconds } from "./pace.ts";

/** One step of the SDK's request pipeline. */
export type PipelinePolicy = NonNullable<NetworkManagementClientOptionalParams["additionalPolicies"]>[number]["policy"];
type Response = Awaited<ReturnType<PipelinePolicy["sendRequest"]>>;

/** The name under which the SDK's own policy adds the token. */
export const BEARER_POLICY = "bearerTokenAuthenticationPolicy";

/** The name of the SDK's policy that sends forms. */
export const FORM_POLICY = "formDataPolicy";

/** The name of the SDK's policy that follows redirects. */
export const REDIRECT_POLICY = "redirectPolicy";

/** The version of the interface that the SDK writes into every address. */
const SDK_API_VERSION = /([?&]api(?:-|%2D)version=)2026-01-01(?=[&#]|$)/i;

/**
 * Asks for another version of the interface than the SDK's own. An address that Azure names (the next page, the place
 * of an answer) keeps the version that it has.
 */
export function apiVersionPolicy(apiVersion: string): PipelinePolicy {
  return {
    name: "chosenApiVersionPolicy",
    sendRequest(request, next) {
      request.url = request.url.replace(SDK_API_VERSION, `$1${apiVersion}`);
      return next(request);
    },
  };
}

const CHECK_THE_WAY = "check --arm-endpoint, and HTTPS_PROXY: a proxy may answer in Azure's place";

/** Reads an address from an answer. @throws AzureError for an invalid address. */
function readAddress(text: string, base: string): URL {
  try {
    return new URL(text, base);
  } catch {
    throw azureError("answer-unreadable", "Azure's answer names an address that cannot be read", CHECK_THE_WAY);
  }
}

/**
 * Rejects requests to an address that the endpoint does not trust. Polling follows a `Location` header, and the SDK
 * would add the token to any address in it.
 */
export function trustedAddressPolicy(endpoint: ArmEndpoint): PipelinePolicy {
  return {
    name: "trustedAddressPolicy",
    sendRequest(request, next) {
      const url = readAddress(request.url, endpoint.url);
      if (endpoint.trusts(url)) return next(request);
      const plain = url.protocol === "http:" && endpoint.url.startsWith("https:");
      throw azureError(
        "answer-elsewhere",
        `Azure's answer points to ${plain ? "a plain http address" : "another host"}, where the token must not go`,
        CHECK_THE_WAY,
        `${endpoint.url} pointed to ${url.origin}`,
      );
    },
  };
}

/** Adds the token for a plain http endpoint on this machine, which the SDK's own policy refuses to do. */
export function loopbackBearerPolicy(endpoint: ArmEndpoint, credential: TokenCredential): PipelinePolicy {
  return {
    name: BEARER_POLICY,
    async sendRequest(request, next) {
      const token = await credential.getToken(endpoint.scope);
      if (token !== null) request.headers.set("Authorization", `Bearer ${token.token}`);
      return next(request);
    },
  };
}

/** Sends requests for this machine straight to it, never through a proxy. */
export function loopbackTransportPolicy(): PipelinePolicy {
  return {
    name: "loopbackTransportPolicy",
    sendRequest(request, next) {
      delete request.agent;
      request.allowInsecureConnection = true;
      return next(request);
    },
  };
}

/**
 * Waits before polls, in milliseconds, where Azure asks for none or for 0 s. An answer is usually ready within seconds.
 * The last one repeats.
 */
const POLL_WAITS = [0, 500, 1000, 1000, 1000, 2000];

/** A long-running operation between two polls. */
interface RunningOperation {
  /** When the next poll is due, in milliseconds since 1970. */
  readonly due: number;
  readonly polls: number;
  /** Its polls ask for its state, which comes with status 200, and not for its result. */
  readonly byState: boolean;
}

/**
 * Sets the pace of long-running calls. The SDK ignores Retry-After on the first answer, and polls at once where a poll
 * has none. It also requests a `Location` although the first answer was already the result (recorded: 200 with a
 * `Location`). Here each answer of a running operation sets the time of the call's next request, whatever address that
 * has. The wait happens just before it. All requests of a call have the call's abort signal, by which they are known.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
 */
export function pollPacePolicy(pace: Pace): PipelinePolicy {
  const running = new WeakMap<object, RunningOperation>();
  const withoutSignal = {};
  return {
    name: "pollPacePolicy",
    async sendRequest(request, next) {
      const call = request.abortSignal ?? withoutSignal;
      const operation = running.get(call);
      const wait = (operation?.due ?? 0) - pace.now();
      if (wait > 0) await pace.delay(wait, request.abortSignal as AbortSignal | undefined);
      const response = await next(request);
      const { headers } = response;
      const state = STATE_HEADERS.map((name) => headers.get(name)).find((address) => address !== undefined);
      const byState = operation?.byState ?? state !== undefined;
      if (!isRunning(response, byState, operation === undefined)) {
        running.delete(call);
        if (response.status === 200) headers.delete("location");
        return response;
      }
      readAddress(state ?? headers.get("location") ?? request.url, request.url);
      const asked = retryAfter(headers, pace.now()) ?? 0;
      // The SDK would wait again.
      headers.delete("retry-after");
      const polls = operation?.polls ?? 0;
      const pause = (asked || POLL_WAITS[Math.min(polls, POLL_WAITS.length - 1)]) ?? 0;
      running.set(call, { due: pace.now() + pause, polls: polls + 1, byState });
      pace.progress("Azure is computing the answer");
      return response;
    },
  };
}

/** They name the address of an operation's state. */
const STATE_HEADERS = ["operation-location", "azure-asyncoperation"];

/** Whether the SDK will poll after this answer. */
function isRunning({ status, bodyAsText }: Response, byState: boolean, isFirst: boolean): boolean {
  if (status === 202) return true;
  if (!byState || status >= 300) return false;
  return isFirst || !/^$|succeeded|fail|cancell?ed/i.test(stateIn(bodyAsText ?? ""));
}

/** The `status` in the body; empty where it has none. */
function stateIn(body: string): string {
  try {
    return textField(JSON.parse(body), "status") ?? "";
  } catch {
    return ""; // the SDK reports it
  }
}

const MOST_ATTEMPTS = 5;
/** Failures of the connection that are worth another attempt. A missing name or port is not. */
const PASSING = new Set([ANSWER_CUT, "ECONNRESET", "ETIMEDOUT", "EPIPE", "EAI_AGAIN", "ECONNABORTED"]);

/**
 * Repeats a request that Azure throttled (429), that failed on its side (5xx, 408) or whose connection was cut, also in
 * the middle of the answer. Waits as long as Azure asks, else 1, 2, 4, 8 s give or take a fifth. Gives up at once when
 * the wait would outlast `timeLeft`. Where another operation keeps the resource (409), it goes on every 8 s until then.
 * Every call of this program only reads, so it is safe to repeat.
 */
export function retryPolicy(pace: Pace, timeLeft: () => number): PipelinePolicy {
  return {
    name: "retryPolicy",
    async sendRequest(request, next) {
      for (let attempt = 1; ; attempt++) {
        const outcome = await settle(next(request));
        const passing = outcome.response === null ? isPassingError(outcome.error) : isPassingStatus(outcome.response);
        const wait = (outcome.response && retryAfter(outcome.response.headers, pace.now())) ?? backOff(attempt);
        const most = outcome.response !== null && isBusy(outcome.response) ? Number.POSITIVE_INFINITY : MOST_ATTEMPTS;
        if (!passing || attempt >= most || wait > timeLeft() || request.abortSignal?.aborted) {
          if (outcome.response === null) throw outcome.error;
          return outcome.response;
        }
        const why = outcome.response === null ? "the connection was cut" : reason(outcome.response);
        pace.progress(`${why}, next attempt in ${seconds(wait)}`);
        await pace.delay(wait, request.abortSignal as AbortSignal | undefined);
      }
    },
  };
}

type Outcome = { readonly response: Response } | { readonly response: null; readonly error: unknown };

async function settle(answer: Promise<Response>): Promise<Outcome> {
  try {
    return { response: await answer };
  } catch (error) {
    return { response: null, error };
  }
}

function reason(response: Response): string {
  if (isBusy(response)) return "another operation is running";
  return response.status === 429 ? "Azure throttles requests" : `Azure answered ${response.status}`;
}

function backOff(attempt: number): number {
  return 1000 * 2 ** Math.min(attempt - 1, 3) * (0.8 + 0.4 * Math.random());
}

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors */
const BUSY = /"code"\s*:\s*"(AnotherOperationInProgress|RetryableError|RetryableErrorDueToAnotherOperation)"/i;

function isBusy({ status, bodyAsText }: Response): boolean {
  return status === 409 && BUSY.test(bodyAsText?.slice(0, 10_000) ?? "");
}

function isPassingStatus(response: Response): boolean {
  const { status } = response;
  if (isBusy(response)) return true;
  return status === 429 || status === 408 || (status >= 500 && status !== 501 && status !== 505);
}

function isPassingError(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && PASSING.has(error.code);
}
