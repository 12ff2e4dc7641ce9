import { isRecord } from "../../text/type-guards.ts";
import { UserError } from "../../text/user-error.ts";

const CODES = [
  // the disk
  "cache-changed",
  "cache-nowhere",
  "cache-foreign-owner",
  "cache-foreign-files",
  "write-read-only",
  "write-disk-full",
  "write-denied",
  "write-not-a-directory",
  "write-failed",
  // the network
  "download-address",
  "download-cut",
  "download-dns",
  "download-encoding",
  "download-failed",
  "download-no-link",
  "download-proxy",
  "download-redirect",
  "download-refused",
  "download-status",
  "download-timeout",
  "download-tls",
  "download-too-large",
  "download-unavailable",
  "download-web-page",
  // what a new tag file says
  "tags-unreadable",
  "tags-wrong-cloud",
  "tags-older",
  "tags-too-few",
] as const;

/** Why the cache, a download or an update failed. */
export type StoreErrorCode = (typeof CODES)[number];

/** The error of something that cannot be stored or fetched. */
export function storeError(
  code: StoreErrorCode,
  message: string,
  hint: string,
  options?: ErrorOptions,
): UserError<StoreErrorCode> {
  return new UserError(code, message, hint, "failed", options);
}

export function isStoreError(thrown: unknown): thrown is UserError<StoreErrorCode> {
  return thrown instanceof UserError && CODES.some((code) => code === thrown.code);
}

/** The system's error code (`ENOENT`, `ECONNRESET`, …) of something thrown, or "" where it has none. */
export function systemCode(thrown: unknown): string {
  return isRecord(thrown) && typeof thrown.code === "string" ? thrown.code : "";
}
