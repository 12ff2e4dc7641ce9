/**
 * What kind of failure it is, which decides the exit code: `sign-in` and `permission` are 4, `usage` is 2, `failed` is 1.
 */
export type AzureErrorKind = "sign-in" | "permission" | "failed" | "usage";

/** Why something live failed. Closed, so that scripts and tests can tell the cases apart. */
export type AzureErrorCode =
  // signing in
  | "no-credential"
  | "credential-refused"
  | "sign-in-expired"
  | "sign-in-unreachable"
  | "token-missing"
  | "token-unusable"
  | "token-rejected"
  | "wrong-tenant"
  // permission
  | "not-allowed"
  | "locked"
  // what was asked for
  | "arm-endpoint"
  | "no-subscription"
  | "subscription-name"
  | "subscription-conflict"
  | "resource-id"
  | "nic-ambiguous"
  | "vm-given"
  | "scale-set-nic"
  | "private-ip"
  | "nic-detached"
  // what is not there
  | "subscription-not-found"
  | "subscription-disabled"
  | "provider-not-registered"
  | "resource-group-not-found"
  | "nic-not-found"
  | "not-found"
  | "vm-not-running"
  | "no-network-watcher"
  // Azure Resource Manager's answer
  | "busy"
  | "throttled"
  | "azure-trouble"
  | "azure-refused"
  | "api-version"
  | "answer-unreadable"
  | "answer-without-routes"
  | "answer-in-pages"
  | "answer-elsewhere"
  | "answer-too-large"
  | "operation-failed"
  // the way to it
  | "timeout"
  | "network-dns"
  | "network-refused"
  | "network-cut"
  | "network-tls"
  | "network-proxy"
  | "network-failed";

const KINDS: Partial<Record<AzureErrorCode, AzureErrorKind>> = {
  "no-credential": "sign-in",
  "credential-refused": "sign-in",
  "sign-in-expired": "sign-in",
  "token-missing": "sign-in",
  "token-unusable": "sign-in",
  "token-rejected": "sign-in",
  "wrong-tenant": "sign-in",
  "not-allowed": "permission",
  locked: "permission",
  "arm-endpoint": "usage",
  "no-subscription": "usage",
  "subscription-name": "usage",
  "subscription-conflict": "usage",
  "resource-id": "usage",
  "nic-ambiguous": "usage",
  "vm-given": "usage",
  "scale-set-nic": "usage",
  "private-ip": "usage",
};

/**
 * What failed on the way to or in Azure: `message` says what and why, `hint` what to do next, `kind` decides the exit code.
 * `detail` is for `--debug`: what Azure or the SDK said, with request ids. No field ever holds a token: whoever builds one passes
 * text from outside through a Scrubber, and the SDK's own error is not kept as `cause`, since it holds the request with its headers.
 */
export class AzureError extends Error {
  override readonly name = "AzureError";
  readonly code: AzureErrorCode;
  readonly kind: AzureErrorKind;
  readonly hint: string;
  readonly detail: string | null;

  constructor(code: AzureErrorCode, message: string, hint: string, detail: string | null = null) {
    super(message);
    this.code = code;
    this.kind = KINDS[code] ?? "failed";
    this.hint = hint;
    this.detail = detail;
  }
}
