import { type Correction, type Exit, UserError } from "../../text/user-error.ts";

/**
 * Why a live call failed, and what that means for the exit code. Closed, so that scripts and tests can tell the cases
 * apart.
 */
const EXITS = {
  // signing in
  "no-credential": "notAllowed",
  "credential-refused": "notAllowed",
  "sign-in-expired": "notAllowed",
  "sign-in-unreachable": "failed",
  "token-missing": "notAllowed",
  "token-unusable": "notAllowed",
  "token-rejected": "notAllowed",
  "wrong-tenant": "notAllowed",
  // permission
  "not-allowed": "notAllowed",
  locked: "notAllowed",
  // what was asked for
  "arm-endpoint": "usage",
  "token-credentials": "usage",
  "no-subscription": "usage",
  "subscription-name": "usage",
  "subscription-conflict": "usage",
  "resource-id": "usage",
  "nic-ambiguous": "usage",
  "vm-given": "usage",
  "scale-set-nic": "failed",
  "private-endpoint-nic": "usage",
  "private-ip": "usage",
  "nic-detached": "failed",
  // what is not there
  "subscription-not-found": "failed",
  "subscription-disabled": "failed",
  "provider-not-registered": "failed",
  "resource-group-not-found": "failed",
  "nic-not-found": "failed",
  "router-not-found": "failed",
  "router-ambiguous": "usage",
  "network-not-found": "failed",
  "subnet-not-found": "failed",
  "not-found": "failed",
  "vm-not-running": "failed",
  "no-network-watcher": "failed",
  // Azure Resource Manager's answer
  busy: "failed",
  throttled: "failed",
  "azure-trouble": "failed",
  "azure-refused": "failed",
  "api-version": "failed",
  "answer-unreadable": "failed",
  "answer-without-routes": "failed",
  "answer-in-pages": "failed",
  "answer-incomplete": "failed",
  "answer-elsewhere": "failed",
  "answer-too-large": "failed",
  "operation-failed": "failed",
  // the way to it
  timeout: "failed",
  "network-dns": "failed",
  "network-refused": "failed",
  "network-cut": "failed",
  "network-tls": "failed",
  "network-proxy": "failed",
  "network-failed": "failed",
} as const satisfies Readonly<Record<string, Exit>>;

export type AzureErrorCode = keyof typeof EXITS;

/** What failed on the way to Azure or in Azure. */
export type AzureError = UserError<AzureErrorCode>;

/**
 * The error for the code. `detail` is for `--debug`: the words of Azure or the SDK, with request ids. No text may hold
 * a token, so text from outside goes through a Scrubber first. The SDK's own error is not kept as `cause`, because it
 * holds the request with its headers.
 */
export function azureError(
  code: AzureErrorCode,
  message: string,
  hint: string,
  detail: string | null = null,
  correction: Correction | null = null,
): AzureError {
  return new UserError(code, message, hint, EXITS[code], { detail, correction });
}

export function isAzureError(error: unknown): error is AzureError {
  return error instanceof UserError && Object.hasOwn(EXITS, error.code);
}
