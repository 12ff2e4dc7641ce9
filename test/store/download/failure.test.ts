import { describe, expect, it } from "vitest";
import { downloadError, isMissing, isPassing, statusError } from "../../../src/store/download/failure.ts";
import { storeError } from "../../../src/store/files/store-error.ts";

const IMPORT = "download the file in a browser and import it with --from FILE";
const TLS = "if a proxy of your company inspects TLS, set NODE_EXTRA_CA_CERTS or SSL_CERT_FILE to its certificate";
const DNS = `check DNS, or set HTTPS_PROXY; or ${IMPORT}`;
const FIREWALL = `check the firewall, or set HTTPS_PROXY; or ${IMPORT}`;
const AGAIN = `run again, or ${IMPORT}`;
const CLOCK = "check this machine's clock";
const PROXY = "the proxy requires a sign-in: put it in HTTPS_PROXY (http://user:password@host:port)";
const TROUBLE = "the server failed: run again later";
const ADDRESS = new URL("https://download.microsoft.com/x.json?sig=secret");

describe("a failed connection is an error that says what to do", () => {
  it.each<[system: string, code: string, why: string, hint: string]>([
    ["ENOTFOUND", "download-dns", "the host name was not found", DNS],
    ["EAI_AGAIN", "download-dns", "the host name was not found", DNS],
    ["EAI_NODATA", "download-dns", "the host name was not found", DNS],
    ["EAI_NONAME", "download-dns", "the host name was not found", DNS],
    ["EADDRNOTAVAIL", "download-refused", "no connection", FIREWALL],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "download-tls", "the server's certificate is not trusted", TLS],
    ["CERT_HAS_EXPIREDX", "download-tls", "the server's certificate is not trusted", TLS],
    ["CERT_NOT_YET_VALIDX", "download-tls", "the server's certificate is not trusted", TLS],
    ["Z_BUF_ERRORX", "download-encoding", "the compressed answer is damaged", "run again"],
    ["ECONNREFUSED", "download-refused", "no connection", FIREWALL],
    ["EHOSTUNREACH", "download-refused", "no connection", FIREWALL],
    ["ENETUNREACH", "download-refused", "no connection", FIREWALL],
    ["CERT_HAS_EXPIRED", "download-tls", "the server's certificate is out of date", CLOCK],
    ["CERT_NOT_YET_VALID", "download-tls", "the server's certificate is out of date", CLOCK],
    ["SELF_SIGNED_CERT_IN_CHAIN", "download-tls", "the server's certificate is not trusted", TLS],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "download-tls", "the server's certificate is not trusted", TLS],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "download-tls", "the server's certificate is not trusted", TLS],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "download-tls", "the server's certificate is not trusted", TLS],
    ["EPROTO", "download-tls", "the server's certificate is not trusted", TLS],
    ["ETIMEDOUT", "download-timeout", "no answer", FIREWALL],
    ["Z_BUF_ERROR", "download-cut", "the answer ended early", "run again"],
    ["Z_DATA_ERROR", "download-encoding", "the compressed answer is damaged", "run again"],
    ["ECONNRESET", "download-cut", "the connection was cut", "run again"],
    ["EPIPE", "download-cut", "the connection was cut", "run again"],
    ["ECONNABORTED", "download-cut", "the connection was cut", "run again"],
    ["HPE_INVALID_CONSTANT", "download-cut", "the connection was cut", "run again"],
    ["ERR_STREAM_PREMATURE_CLOSE", "download-cut", "the connection was cut", "run again"],
    ...[
      "XENOTFOUND",
      "ENOTFOUNDX",
      "XECONNREFUSED",
      "ECONNREFUSEDX",
      "XCERT_HAS_EXPIRED",
      "XERR_TLS_X",
      "EPROTOX",
      "XETIMEDOUT",
      "ETIMEDOUTX",
      "XZ_BUF_ERROR",
      "XECONNRESET",
      "ECONNRESETX",
    ].map((code): [string, string, string, string] => [code, "download-failed", `system error ${code}`, AGAIN]),
    ["EWHATEVER", "download-failed", "system error EWHATEVER", AGAIN],
    [`E${"X".repeat(80)}`, "download-failed", `system error E${"X".repeat(39)}`, AGAIN],
    ["", "download-failed", "the connection failed", AGAIN],
  ])("%s is %s: %s", (system, code, why, hint) => {
    const cause = Object.assign(new Error("it failed"), { code: system });
    const message = `cannot download: ${why}\n  https://download.microsoft.com/x.json`;
    expect(downloadError(cause, ADDRESS)).toMatchObject({ code, message, hint, cause });
  });

  it("an error that already says it stays unchanged", () => {
    const error = storeError("download-redirect", "elsewhere", "check the proxy");
    expect(downloadError(error, ADDRESS)).toBe(error);
  });
});

it.each<[status: number, code: string, passes: boolean, missing: boolean, hint: string]>([
  [400, "download-status", false, false, IMPORT],
  [403, "download-status", false, false, IMPORT],
  [404, "download-status", false, true, IMPORT],
  [407, "download-status", false, false, PROXY],
  [410, "download-status", false, true, IMPORT],
  [429, "download-unavailable", true, false, TROUBLE],
  [499, "download-status", false, false, IMPORT],
  [500, "download-unavailable", true, false, TROUBLE],
  [503, "download-unavailable", true, false, TROUBLE],
])("HTTP %i is %s: worth another attempt %s, missing %s", (status, code, passes, missing, hint) => {
  const error = statusError(status, ADDRESS);
  const message = `cannot download: HTTP ${status}\n  https://download.microsoft.com/x.json`;
  expect(error).toMatchObject({ code, message, hint });
  expect([isPassing(error), isMissing(error)]).toEqual([passes, missing]);
});

it("nothing else than 404 and 410 means that the file is missing", () => {
  const other = storeError("download-failed", "x", "y", { cause: 404 });
  expect([isMissing(other), isMissing(new Error("x")), isMissing(null)]).toEqual([false, false, false]);
});

it.each([
  ["download-cut", true],
  ["download-timeout", false],
  ["download-dns", false],
] as const)("%s is worth another attempt: %s", (code, passes) => {
  expect(isPassing(storeError(code, "x", "y"))).toBe(passes);
});
