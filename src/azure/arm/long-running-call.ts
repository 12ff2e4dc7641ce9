import { AzureError } from "../failure/azure-error.ts";

/** The raw answers that an SDK call reports while it runs. */
export interface RawAnswer {
  readonly status: number;
  readonly bodyAsText?: string | null;
}

/** What a long-running method of the SDK is given: polls as fast as the pipeline's own pace lets it. */
export interface LongRunningOptions {
  readonly updateIntervalInMs: number;
  readonly abortSignal: AbortSignal;
  readonly onResponse: (answer: RawAnswer) => void;
}

/**
 * The body of the last answer of a long-running call, as text, every field of it: the SDK's typed result leaves out what its version does
 * not know, and is silently `undefined` where the body has no value.
 * @throws AzureError when the call ends without a body.
 */
export async function lastBody(
  call: (options: LongRunningOptions) => Promise<unknown>,
  signal: AbortSignal,
): Promise<string> {
  let body: string | null = null;
  await call({
    updateIntervalInMs: 0,
    abortSignal: signal,
    onResponse: (answer) => {
      body = answer.status === 202 ? null : (answer.bodyAsText ?? null);
    },
  });
  if (body === null || body === "") {
    throw new AzureError(
      "answer-unreadable",
      "Azure's answer is empty",
      "run again; if it stays so, look with --debug",
    );
  }
  return body;
}

/** @throws AzureError for a text that is not JSON: a proxy's page, or an answer that was cut. */
export function parseAnswer(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new AzureError(
      "answer-unreadable",
      "Azure's answer is not JSON",
      "a proxy or --arm-endpoint may answer in its place; look with --debug",
    );
  }
}
