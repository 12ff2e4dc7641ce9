import { ownField } from "../../text/type-guards.ts";
import { ANSWER_CUT } from "./answer-body.ts";
import type { Gate } from "./gate.ts";
import type { OpenCalls } from "./open-calls.ts";
import { type Pace, retryAfter, seconds } from "./pace.ts";
import type { PipelinePolicy } from "./pipeline-policies.ts";

type Response = Awaited<ReturnType<PipelinePolicy["sendRequest"]>>;

const MOST_ATTEMPTS = 5;
/** Failures of the connection that are worth another attempt. A missing name or port is not. */
const PASSING: ReadonlySet<unknown> = new Set([
  ANSWER_CUT,
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
  "EAI_AGAIN",
  "ECONNABORTED",
]);

/**
 * Repeats a request that Azure throttled (429), that failed on its side (5xx, 408) or whose connection was cut, also in
 * the middle of the answer. Waits as long as Azure asks, else 1, 2, 4, 8 s give or take a fifth. Gives up at once when
 * the wait would outlast the call's deadline. Where another operation keeps the resource, it goes on every 8 s until
 * then. While Azure throttles, the gate holds every request of the subscription. Every call of this program only reads,
 * so it is safe to repeat.
 */
export function retryPolicy(pace: Pace, gate: Gate, calls: OpenCalls): PipelinePolicy {
  return {
    name: "retryPolicy",
    async sendRequest(request, next) {
      const deadline = calls.deadlineOf(request);
      const signal = request.abortSignal as AbortSignal | undefined;
      for (let attempt = 1; ; attempt++) {
        await gate.pass(deadline, signal);
        const outcome = await settle(next(request));
        const { response } = outcome;
        const passing = response === null ? isPassingError(outcome.error) : isPassingStatus(response);
        // Retry-After: 0 does not allow a repeat without a pause.
        const wait = (response && retryAfter(response.headers, pace.now())) || backOff(attempt);
        const busy = response !== null && isBusy(response);
        const throttled = response?.status === 429 && !busy;
        if (throttled) gate.pause(wait);
        const most = busy ? Number.POSITIVE_INFINITY : MOST_ATTEMPTS;
        if (!passing || attempt >= most || pace.now() + wait > deadline || signal?.aborted) {
          if (response === null) throw outcome.error;
          return response;
        }
        const why = response === null ? "the connection was cut" : reason(response);
        pace.progress(`${why}, next attempt in ${seconds(wait)}`);
        if (!throttled) await pace.delay(wait, signal);
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

/** The wait after this many attempts, in milliseconds. */
export function backOff(attempt: number): number {
  return 1000 * 2 ** Math.min(attempt - 1, 3) * (0.8 + 0.4 * Math.random());
}

/**
 * The codes with which Azure says that another operation keeps a resource, or has taken the place of this one.
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
 */
export const BUSY_CODE =
  /^(AnotherOperationInProgress|RetryableError|RetryableErrorDueToAnotherOperation|CanceledAndSupersededDueToAnotherOperation)$/i;

/** What a provider says with the general code Conflict where it means the same. */
const ANOTHER_OPERATION = /"another operation on this or dependent resource is in progress\b/i;

/** Whatever the status: providers give these codes with 409, 429, 400 and 500. The code may be that of a detail. */
function isBusy({ status, bodyAsText }: Response): boolean {
  if (status < 400) return false;
  const said = bodyAsText?.slice(0, 10_000) ?? "";
  if (status === 409 && ANOTHER_OPERATION.test(said)) return true;
  return [...said.matchAll(/"code"\s*:\s*"(\w+)"/gi)].some(([, code = ""]) => BUSY_CODE.test(code));
}

function isPassingStatus(response: Response): boolean {
  const { status } = response;
  if (isBusy(response)) return true;
  return status === 429 || status === 408 || (status >= 500 && status !== 501 && status !== 505);
}

function isPassingError(error: unknown): boolean {
  return PASSING.has(ownField(error, "code"));
}
