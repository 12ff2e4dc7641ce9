import { azureError } from "../failure/azure-error.ts";
import type { ArmClient } from "./client.ts";
import { type RawAnswer, withRequestOptions } from "./request-options.ts";

/** The SDK's words, where it notices. */
export const OPERATION_CANCELLED = "Operation was canceled";

/** For a long-running operation of the SDK: polls as fast as the pipeline's own pace lets it. */
export const AT_PIPELINE_PACE = { updateIntervalInMs: 0 };

/**
 * The body of the last answer of a long-running call, as text, every field of it: the SDK's typed result leaves out
 * what its version does not know, and is silently `undefined` where the body has no value.
 * @throws AzureError when the call ends without a body.
 */
export async function lastBody(client: ArmClient, call: (client: ArmClient) => PromiseLike<unknown>): Promise<string> {
  let body = null as string | null; // assigned in the callback, which the compiler does not see
  const onResponse = (answer: RawAnswer) => {
    body = answer.status === 202 ? null : (answer.bodyAsText ?? null);
  };
  try {
    await call(withRequestOptions(client, { onResponse }));
  } catch (error) {
    // The SDK reads the answer too, and fails with a TypeError where it is not of the described shape. The caller
    // checks the body itself.
    if (body === null || !(error instanceof TypeError)) throw error;
  }
  if (body === null || body === "") {
    throw azureError("answer-unreadable", "Azure's answer is empty", "run again; if that does not help, use --debug");
  }
  if (CANCELLED.test(body.slice(0, 2000))) throw new Error(OPERATION_CANCELLED);
  return body;
}

/** The state of an operation that Azure gave up. The SDK tries to read it as a result. */
const CANCELLED = /"status"\s*:\s*"cancell?ed"/i;

/** @throws AzureError for a text that is not JSON: a proxy's page, or an answer that was cut. */
export function parseAnswer(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw azureError(
      "answer-unreadable",
      "Azure's answer is not JSON",
      "a proxy or --arm-endpoint may have answered instead; --debug shows more",
    );
  }
}
