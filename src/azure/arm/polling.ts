import { textField } from "../../text/type-guards.ts";
import type { OpenCalls, RunningOperation } from "./open-calls.ts";
import { type Pace, retryAfter } from "./pace.ts";
import { type PipelinePolicy, readAddress } from "./pipeline-policies.ts";

type Response = Awaited<ReturnType<PipelinePolicy["sendRequest"]>>;

/** The least waits before polls, in milliseconds. An answer is usually ready within seconds. The last one repeats. */
const POLL_WAITS = [0, 500, 1000, 1000, 1000, 2000];

/** For all operations of a subscription that run at once. Azure refills 25 reads a second. */
const MOST_POLLS_A_SECOND = 18;

/**
 * Where many operations run at once, the first poll comes when Azure is usually done (recorded: 10 s). Polls before
 * that would spend the allowance of reads that those after it need.
 */
const MANY = 16;
const USUAL_MS = 10_000;

const ASKED_FOR: RunningOperation = { due: 0, answers: 0, others: 0, byState: false };

/**
 * Sets the pace of long-running calls. The SDK ignores Retry-After on the first answer, and polls at once where a poll
 * has none. It also requests a `Location` although the first answer was already the result (recorded: 200 with a
 * `Location`). Here each answer of a running operation sets the time of the call's next request, whatever address that
 * has: as late as Azure asks, not before the schedule says, and the later the more operations run at once. The wait
 * happens just before the request.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
 */
export function pollPacePolicy(pace: Pace, calls: OpenCalls): PipelinePolicy {
  return {
    name: "pollPacePolicy",
    async sendRequest(request, next) {
      if (request.method === "POST") calls.setOperation(request, ASKED_FOR);
      const operation = calls.operationOf(request);
      const wait = (operation?.due ?? 0) - pace.now();
      if (wait > 0) await pace.delay(wait, request.abortSignal as AbortSignal | undefined);
      const response = await next(request);
      const { headers } = response;
      const state = STATE_HEADERS.map((name) => headers.get(name)).find((address) => address !== undefined);
      const answers = operation?.answers ?? 0;
      const byState = answers > 0 ? operation?.byState === true : state !== undefined;
      if (!isRunning(response, byState, answers === 0)) {
        calls.setOperation(request, null);
        if (response.status === 200) headers.delete("location");
        return response;
      }
      readAddress(state ?? headers.get("location") ?? request.url, request.url);
      const asked = retryAfter(headers, pace.now()) ?? 0;
      // The SDK would wait again.
      headers.delete("retry-after");
      const others = Math.max(operation?.others ?? 0, calls.running - 1);
      const step = POLL_WAITS[Math.min(answers, POLL_WAITS.length - 1)] ?? 0;
      const scheduled = answers === 0 && others >= MANY ? USUAL_MS : step;
      const pause = Math.max(asked, scheduled, (1000 * others) / MOST_POLLS_A_SECOND);
      calls.setOperation(request, { due: pace.now() + pause, answers: answers + 1, others, byState });
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
