import { describe, expect, it } from "vitest";
import { downloadError, isMissing, isPassing, statusError } from "../../../src/store/download/failure.ts";
import { storeError } from "../../../src/store/files/store-error.ts";

const ADDRESS = new URL("https://download.microsoft.com/x.json?sig=secret");

describe("a failed connection is an error that says what to do", () => {
  it.each<[system: string, code: string, why: string, hint: RegExp]>([
    ["ENOTFOUND", "download-dns", "the host name was not found", /^check DNS, or set HTTPS_PROXY; or .*--from FILE$/],
    ["EAI_AGAIN", "download-dns", "the host name was not found", /^check DNS/],
    ["ECONNREFUSED", "download-refused", "no connection", /^check the firewall.*--from FILE$/],
    ["EHOSTUNREACH", "download-refused", "no connection", /^check the firewall/],
    ["ENETUNREACH", "download-refused", "no connection", /^check the firewall/],
    ["CERT_HAS_EXPIRED", "download-tls", "the server's certificate is out of date", /^check this machine's clock$/],
    ["CERT_NOT_YET_VALID", "download-tls", "the server's certificate is out of date", /clock$/],
    ["SELF_SIGNED_CERT_IN_CHAIN", "download-tls", "the server's certificate is not trusted", /NODE_EXTRA_CA_CERTS/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "download-tls", "the server's certificate is not trusted", /SSL_CERT_FILE/],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "download-tls", "the server's certificate is not trusted", /^if a proxy/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "download-tls", "the server's certificate is not trusted", /^if a proxy/],
    ["EPROTO", "download-tls", "the server's certificate is not trusted", /^if a proxy/],
    ["ETIMEDOUT", "download-timeout", "no answer", /^check the firewall/],
    ["Z_BUF_ERROR", "download-cut", "the answer ended early", /^run again$/],
    ["Z_DATA_ERROR", "download-encoding", "the compressed answer is damaged", /^run again$/],
    ["ECONNRESET", "download-cut", "the connection was cut", /^run again$/],
    ["EPIPE", "download-cut", "the connection was cut", /^run again$/],
    ["ECONNABORTED", "download-cut", "the connection was cut", /^run again$/],
    ["HPE_INVALID_CONSTANT", "download-cut", "the connection was cut", /^run again$/],
    ["ERR_STREAM_PREMATURE_CLOSE", "download-cut", "the connection was cut", /^run again$/],
    ["EWHATEVER", "download-failed", "the system says EWHATEVER", /^run again, or download the file in a browser/],
    [`E${"X".repeat(80)}`, "download-failed", `the system says E${"X".repeat(39)}`, /^run again, or/],
    ["", "download-failed", "the connection failed", /^run again, or/],
  ])("%s is %s: %s", (system, code, why, hint) => {
    const cause = Object.assign(new Error("it failed"), { code: system });
    const message = `cannot download: ${why}\n  https://download.microsoft.com/x.json`;
    expect(downloadError(cause, ADDRESS)).toMatchObject({ code, message, hint: expect.stringMatching(hint), cause });
  });

  it("an error that already says it stays unchanged", () => {
    const error = storeError("download-redirect", "elsewhere", "check the proxy");
    expect(downloadError(error, ADDRESS)).toBe(error);
  });
});

it.each<[status: number, code: string, passes: boolean, missing: boolean, hint: RegExp]>([
  [400, "download-status", false, false, /--from FILE$/],
  [403, "download-status", false, false, /--from FILE$/],
  [404, "download-status", false, true, /--from FILE$/],
  [407, "download-status", false, false, /^the proxy wants a sign-in/],
  [410, "download-status", false, true, /--from FILE$/],
  [429, "download-unavailable", true, false, /^the server is in trouble/],
  [499, "download-status", false, false, /--from FILE$/],
  [500, "download-unavailable", true, false, /^the server is in trouble/],
  [503, "download-unavailable", true, false, /^the server is in trouble/],
])("HTTP %i is %s: worth another attempt %s, missing %s", (status, code, passes, missing, hint) => {
  const error = statusError(status, ADDRESS);
  const message = `cannot download: HTTP ${status}\n  https://download.microsoft.com/x.json`;
  expect(error).toMatchObject({ code, message, hint: expect.stringMatching(hint) });
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
