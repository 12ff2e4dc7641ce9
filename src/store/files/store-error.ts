/** Why the cache, a download or an update failed. Closed, so that callers can word or count each case. */
export type StoreErrorCode =
  // the disk
  | "cache-changed"
  | "cache-nowhere"
  | "cache-foreign-owner"
  | "cache-foreign-files"
  | "write-read-only"
  | "write-disk-full"
  | "write-denied"
  | "write-not-a-directory"
  | "write-failed"
  // the network
  | "download-address"
  | "download-cut"
  | "download-dns"
  | "download-encoding"
  | "download-failed"
  | "download-no-link"
  | "download-proxy"
  | "download-redirect"
  | "download-refused"
  | "download-status"
  | "download-timeout"
  | "download-tls"
  | "download-too-large"
  | "download-unavailable"
  | "download-web-page"
  // what a new tag file says
  | "tags-unreadable"
  | "tags-wrong-cloud"
  | "tags-older"
  | "tags-too-few";

/** What could not be stored or fetched: `message` says what and why, `hint` what to do next. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  readonly hint: string;

  constructor(code: StoreErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** The system's error code (`ENOENT`, `ECONNRESET`, …) of something thrown, or "" where it has none. */
export function systemCode(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return "";
  return typeof thrown.code === "string" ? thrown.code : "";
}
