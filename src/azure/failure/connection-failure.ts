import { quotedText } from "../../text/quoted-text.ts";
import { type AzureError, type AzureErrorCode, azureError } from "./azure-error.ts";
import type { FailureContext, RestFailure } from "./rest-failure.ts";

/**
 * What the system or the TLS layer says, sorted by what the user can do.
 * https://nodejs.org/api/errors.html#openssl-error-codes
 */
const KNOWN: readonly (readonly [pattern: RegExp, code: AzureErrorCode, why: string, hint: string])[] = [
  [
    /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/,
    "network-dns",
    "the host name was not found",
    "check DNS, the VPN and --cloud, or set HTTPS_PROXY",
  ],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    "network-refused",
    "no connection",
    "check the network and the firewall, or set HTTPS_PROXY",
  ],
  [
    /^(CERT_NOT_YET_VALID|CERT_HAS_EXPIRED)$/,
    "network-tls",
    "the certificate is out of date",
    "check this machine's clock",
  ],
  [
    /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO$)/,
    "network-tls",
    "the certificate is not trusted",
    "if a proxy of your company inspects TLS, set NODE_EXTRA_CA_CERTS or SSL_CERT_FILE to its certificate",
  ],
  [
    /^(ETIMEDOUT|ESOCKETTIMEDOUT)$/,
    "network-refused",
    "nothing answers",
    "check the network and the firewall, or set HTTPS_PROXY",
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|HPE_.*)$/,
    "network-cut",
    "the connection was cut",
    "run again; if that does not help, check the proxy or firewall in between",
  ],
];

/** The error for a request that got no whole answer. */
export function connectionFailure(
  failure: RestFailure,
  context: Pick<FailureContext, "host" | "proxy">,
  detail: string,
): AzureError {
  const place = quotedText(context.host, 40);
  if (failure.cut) {
    return azureError(
      "network-cut",
      `cannot reach ${place}: the answer was cut off`,
      "run again; if that does not help, check the proxy or firewall in between",
      detail,
    );
  }
  if (/proxy/i.test(failure.message)) {
    return azureError(
      "network-proxy",
      `cannot reach ${place}: the proxy refused`,
      "check HTTPS_PROXY (http://user:password@host:port) and NO_PROXY",
      detail,
    );
  }
  if (failure.code === "ERR_INVALID_URL" && context.proxy !== null) {
    return azureError(
      "network-proxy",
      `cannot reach ${place}: HTTPS_PROXY is not an address`,
      "write it like http://proxy.example:8080, or unset it",
      detail,
    );
  }
  const [, code, why, hint] = KNOWN.find(([pattern]) => pattern.test(failure.code)) ?? [
    null,
    "network-failed" as const,
    quotedText(failure.message, 45),
    "run again; --debug shows more",
  ];
  if (context.proxy === null || !ON_THE_WAY.has(code)) {
    return azureError(code, `cannot reach ${place}: ${why}`, hint, detail);
  }
  return azureError(
    code,
    `cannot reach ${place} through the proxy ${quotedText(context.proxy, 30)}: ${why}`,
    "check HTTPS_PROXY, and NO_PROXY for what needs no proxy",
    detail,
  );
}

/** What fails before Azure is reached, so at the proxy where there is one. */
const ON_THE_WAY: ReadonlySet<AzureErrorCode> = new Set(["network-dns", "network-refused", "network-cut"]);

/** The proxy that the environment names for the address, without the password that it may contain. */
export async function proxyBefore(url: string): Promise<string | null> {
  const { getProxyForUrl } = await import("proxy-from-env"); // only a failure asks
  const proxy = getProxyForUrl(url);
  if (proxy === "") return null;
  return URL.canParse(proxy) ? new URL(proxy).host : "named by HTTPS_PROXY";
}
