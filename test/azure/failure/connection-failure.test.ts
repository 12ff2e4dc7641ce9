import { describe, expect, it } from "vitest";
import { connectionFailure } from "../../../src/azure/failure/connection-failure.ts";
import type { RestFailure } from "../../../src/azure/failure/rest-failure.ts";

const failure = (more: Partial<RestFailure>): RestFailure => ({
  ...{ status: null, code: "", message: "it failed", retryAfter: null, requestId: null, cut: false, isPoll: false },
  ...more,
});
const AZURE = { host: "management.azure.com", proxy: null };
const PROXIED = { ...AZURE, proxy: "proxy.example:8080" };
const said = (of: Partial<RestFailure>, context: typeof AZURE | typeof PROXIED = AZURE) => {
  const { code, message, hint, detail } = connectionFailure(failure(of), context, "what the system says");
  expect(detail).toBe("what the system says");
  return [code, message.replace("cannot reach management.azure.com", "-"), hint];
};

const TLS = "if a proxy of your company inspects TLS, set NODE_EXTRA_CA_CERTS or SSL_CERT_FILE to its certificate";

describe("a request without a complete response is an error with a hint", () => {
  const DNS = "check DNS, the VPN and --cloud, or set HTTPS_PROXY";
  const NETWORK = "check the network and the firewall, or set HTTPS_PROXY";
  const AGAIN = "run again; if that does not help, check the proxy or firewall in between";
  it.each<[system: string, code: string, why: string, hint: string]>([
    ["ENOTFOUND", "network-dns", "the host name was not found", DNS],
    ["EAI_AGAIN", "network-dns", "the host name was not found", DNS],
    ["EAI_NODATA", "network-dns", "the host name was not found", DNS],
    ["EAI_NONAME", "network-dns", "the host name was not found", DNS],
    ["ECONNREFUSED", "network-refused", "no connection", NETWORK],
    ["EADDRNOTAVAIL", "network-refused", "no connection", NETWORK],
    ["ESOCKETTIMEDOUT", "network-refused", "nothing answers", NETWORK],
    ["CERT_HAS_EXPIRED_TWICE", "network-tls", "the certificate is not trusted", TLS],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "network-tls", "the certificate is not trusted", TLS],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "network-tls", "the certificate is not trusted", TLS],
    ["ECONNABORTED", "network-cut", "the connection was cut", AGAIN],
    ["EHOSTUNREACH", "network-refused", "no connection", NETWORK],
    ["ENETUNREACH", "network-refused", "no connection", NETWORK],
    ["ETIMEDOUT", "network-refused", "nothing answers", NETWORK],
    ["CERT_HAS_EXPIRED", "network-tls", "the certificate is out of date", "check this machine's clock"],
    ["CERT_NOT_YET_VALID", "network-tls", "the certificate is out of date", "check this machine's clock"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "network-tls", "the certificate is not trusted", TLS],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "network-tls", "the certificate is not trusted", TLS],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "network-tls", "the certificate is not trusted", TLS],
    ["EPROTO", "network-tls", "the certificate is not trusted", TLS],
    ["ECONNRESET", "network-cut", "the connection was cut", AGAIN],
    ["EPIPE", "network-cut", "the connection was cut", AGAIN],
    ["HPE_INVALID_HEADER_TOKEN", "network-cut", "the connection was cut", AGAIN],
    ["EWHATEVER", "network-failed", "it failed", "run again; --debug shows more"],
    ["ERR_INVALID_URL", "network-failed", "it failed", "run again; --debug shows more"],
  ])("%s is %s: %s", (system, code, why, hint) => {
    expect(said({ code: system })).toEqual([code, `-: ${why}`, hint]);
  });

  it.each(
    ["ENOTFOUND", "ECONNREFUSED", "CERT_HAS_EXPIRED", "CERT_", "EPROTO", "ETIMEDOUT", "ECONNRESET"].flatMap((code) =>
      code.startsWith("CERT_") ? [`X${code}`] : [`X${code}`, `${code}X`],
    ),
  )("%s, which only resembles a known code, is unknown", (code) => {
    expect(said({ code })).toEqual(["network-failed", "-: it failed", "run again; --debug shows more"]);
  });

  it("an answer that was cut off", () => {
    expect(said({ cut: true, code: "ENOTFOUND" })).toEqual(["network-cut", "-: the answer was cut off", AGAIN]);
  });
});

describe("where there is a proxy, what fails on the way is the proxy's", () => {
  const THROUGH = "- through the proxy proxy.example:8080: ";
  const CHECK = "check HTTPS_PROXY, and NO_PROXY for what needs no proxy";
  it.each<[of: Partial<RestFailure>, code: string, message: string, hint: string]>([
    [{ code: "ENOTFOUND" }, "network-dns", `${THROUGH}the host name was not found`, CHECK],
    [{ code: "ECONNREFUSED" }, "network-refused", `${THROUGH}no connection`, CHECK],
    [{ code: "ECONNRESET" }, "network-cut", `${THROUGH}the connection was cut`, CHECK],
    [{ code: "EPROTO" }, "network-tls", "-: the certificate is not trusted", TLS],
    [
      { message: "Proxy says no" },
      "network-proxy",
      "-: the proxy refused",
      "check HTTPS_PROXY (http://user:password@host:port) and NO_PROXY",
    ],
    [
      { code: "ERR_INVALID_URL" },
      "network-proxy",
      "-: HTTPS_PROXY is not an address",
      "write it like http://proxy.example:8080, or unset it",
    ],
  ])("%j is %s: %s", (of, code, message, hint) => {
    expect(said(of, PROXIED)).toEqual([code, message, hint]);
  });
});
