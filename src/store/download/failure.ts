import type { UserError } from "../../text/user-error.ts";
import { isStoreError, type StoreErrorCode, storeError, systemCode } from "../files/store-error.ts";
import { shortUrl } from "./policy.ts";

const IMPORT = "download the file in a browser and import it with --from FILE";

/**
 * What the system or the TLS layer says, sorted by what the user can do about it.
 * https://nodejs.org/api/errors.html#openssl-error-codes
 */
const KNOWN: readonly (readonly [codes: RegExp, code: StoreErrorCode, why: string, hint: string])[] = [
  [
    /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/,
    "download-dns",
    "the host name was not found",
    `check DNS, or set HTTPS_PROXY; or ${IMPORT}`,
  ],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    "download-refused",
    "no connection",
    `check the firewall, or set HTTPS_PROXY; or ${IMPORT}`,
  ],
  [
    /^(CERT_NOT_YET_VALID|CERT_HAS_EXPIRED)$/,
    "download-tls",
    "the server's certificate is out of date",
    "check this machine's clock",
  ],
  [
    /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO$)/,
    "download-tls",
    "the server's certificate is not trusted",
    "if a proxy of your company inspects TLS, set NODE_EXTRA_CA_CERTS or SSL_CERT_FILE to its certificate",
  ],
  [/^ETIMEDOUT$/, "download-timeout", "no answer", `check the firewall, or set HTTPS_PROXY; or ${IMPORT}`],
  [/^Z_BUF_ERROR$/, "download-cut", "the answer ended early", "run again"],
  [/^Z_/, "download-encoding", "the compressed answer is damaged", "run again"],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|HPE_.*|ERR_STREAM_PREMATURE_CLOSE)$/,
    "download-cut",
    "the connection was cut",
    "run again",
  ],
];

/** The error to show for a failed download from `url`; a UserError passes through. */
export function downloadError(thrown: unknown, url: URL): UserError<StoreErrorCode> {
  if (isStoreError(thrown)) return thrown;
  const system = systemCode(thrown);
  const [, code, why, hint] = KNOWN.find(([codes]) => codes.test(system)) ?? [
    null,
    "download-failed" as const,
    system === "" ? "the connection failed" : `system error ${system.slice(0, 40)}`,
    `run again, or ${IMPORT}`,
  ];
  return storeError(code, `cannot download: ${why}\n  ${shortUrl(url)}`, hint, { cause: thrown });
}

/** Failures that often pass by themselves: worth one more attempt from the start. */
export function isPassing(error: UserError<StoreErrorCode>): boolean {
  return error.code === "download-cut" || error.code === "download-unavailable";
}

/** The error for an answer other than 200. */
export function statusError(status: number, url: URL): UserError<StoreErrorCode> {
  const message = `cannot download: HTTP ${status}\n  ${shortUrl(url)}`;
  if (status >= 500 || status === 429)
    return storeError("download-unavailable", message, "the server failed: run again later");
  const signIn = "the proxy requires a sign-in: put it in HTTPS_PROXY (http://user:password@host:port)";
  return storeError("download-status", message, status === 407 ? signIn : IMPORT, { cause: status });
}

/** Whether the server has nothing at the address: 404 or 410. */
export function isMissing(error: unknown): error is UserError<StoreErrorCode> {
  return isStoreError(error) && error.code === "download-status" && (error.cause === 404 || error.cause === 410);
}
