import { isRouteFileError } from "../../routes/read/route-file-error.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { isRecord, textField } from "../../text/type-guards.ts";
import { ANSWER_CUT } from "../arm/answer-body.ts";
import { Throttled } from "../arm/gate.ts";
import { OPERATION_CANCELLED } from "../arm/long-running-call.ts";
import { retryAfter } from "../arm/pace.ts";
import { statusFailure, throttledFailure } from "./arm-status.ts";
import { type AzureError, azureError, isAzureError } from "./azure-error.ts";
import { connectionFailure } from "./connection-failure.ts";
import type { FailureContext, RestFailure } from "./rest-failure.ts";

/**
 * The error to show for what a live call threw. An AzureError passes through. Of the SDK's error only scrubbed texts
 * are kept, because it holds the request.
 */
export function azureFailure(thrown: unknown, context: FailureContext): AzureError {
  if (isAzureError(thrown)) return thrown;
  if (isRouteFileError(thrown)) {
    const said = context.scrubber.scrub(thrown.message);
    return azureError(
      "answer-unreadable",
      `Azure's answer cannot be read: ${quotedText(said, 55)}`,
      "run again; if that does not help, report it with --debug",
      said,
    );
  }
  if (thrown instanceof Throttled) return throttledFailure(thrown, context);
  const failure = readFailure(thrown, context);
  const detail = detailOf(failure);
  const { status } = failure;
  if (status !== null && status >= 300 && failure.code !== "PARSE_ERROR") {
    return statusFailure({ ...failure, status }, context, detail);
  }
  if (status !== null || isOfOtherShape(thrown, failure)) {
    return azureError(
      "answer-unreadable",
      "Azure's answer has an unexpected form",
      "a proxy or --arm-endpoint may have answered instead; --debug shows more",
      detail,
    );
  }
  const operation = failedOperation(failure.message);
  if (operation !== null) return statusFailure({ ...failure, ...operation, status: 200 }, context, detail);
  if (failure.message === OPERATION_CANCELLED) return cancelled(context, detail);
  return connectionFailure(failure, context, detail);
}

/**
 * Azure's code and message for an operation that failed after it was accepted; null for another text. The SDK gives
 * them as plain text: "The long-running operation has failed. CODE. MESSAGE".
 */
export function failedOperation(text: string): { readonly code: string; readonly message: string } | null {
  const [whole, code = "", message = ""] =
    /^The long-running operation has failed\.?\s*([A-Za-z]+)?\.?\s*(.*)/s.exec(text) ?? [];
  return whole === undefined ? null : { code, message };
}

function cancelled({ what }: FailureContext, detail: string): AzureError {
  return azureError("operation-failed", `Azure cancelled its computation of ${what}`, "run again", detail);
}

/** Whether the SDK failed to read an answer. It checks little before it reads the fields of one. */
function isOfOtherShape(thrown: unknown, { code }: RestFailure): boolean {
  return code === "" && thrown instanceof Error && ["TypeError", "RestError"].includes(thrown.name);
}

function readFailure(thrown: unknown, { action, scrubber, now }: FailureContext): RestFailure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  // The SDK takes the message from Azure's answer as it is, of any type.
  const said: unknown = error.message;
  const message = scrubber.scrub(typeof said === "string" ? said : "");
  const code = "code" in error && typeof error.code === "string" ? scrubber.scrub(error.code) : "";
  const requestId = header(error, "x-ms-request-id") ?? header(error, "x-ms-correlation-request-id");
  return {
    status: "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : null,
    code,
    message,
    retryAfter: retryAfter({ get: (name) => header(error, name) ?? undefined }, now),
    requestId: requestId === null ? null : scrubber.scrub(requestId),
    cut: code === ANSWER_CUT,
    isPoll: action.endsWith("/action") && methodOf(error) === "GET",
  };
}

/** Of the request that failed. An action is begun with POST; what follows asks for its state or its result. */
function methodOf(error: object): string | null {
  return textField("request" in error ? error.request : null, "method");
}

function header(error: object, name: string): string | null {
  const response: unknown = "response" in error ? error.response : null;
  const headers = isRecord(response) ? response.headers : null;
  if (!isRecord(headers) || typeof headers.get !== "function") return null;
  const value: unknown = headers.get(name);
  return typeof value === "string" ? value : null;
}

function detailOf({ status, code, message, requestId }: RestFailure): string {
  const head = [status === null ? "" : `HTTP ${status}`, code, requestId === null ? "" : `request id ${requestId}`];
  return `${head.filter((part) => part !== "").join(", ")}\n${message.slice(0, 2000)}`.trim();
}
