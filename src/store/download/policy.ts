import { isIP } from "node:net";
import { storeError } from "../files/store-error.ts";

/**
 * Which addresses a download may be fetched from. `center` is the origin of the Download Center, `named` the address
 * that the user gave with `--url`, if any: then that host alone is allowed.
 */
export interface DownloadPolicy {
  readonly center: string;
  readonly named: URL | null;
}

/** The origin of Microsoft's Download Center. */
export const DOWNLOAD_CENTER = "https://www.microsoft.com";

/**
 * The policy for the Download Center, or for one address of the user's. `centerOverride` (the variable
 * VNET_EXPLAIN_DOWNLOAD_CENTER) moves the centre to a server on this machine and nowhere else; only that server may
 * speak plain http.
 * @throws UserError when the override leads off this machine, or the address named is not an https one.
 */
export function downloadPolicy(centerOverride: string | undefined, named: string | null): DownloadPolicy {
  const center = centerOverride ? loopbackOrigin(centerOverride) : DOWNLOAD_CENTER;
  if (named === null) return { center, named: null };
  const policy = { center, named: readUrl(named) };
  checkDownloadUrl(policy.named, policy, null);
  return policy;
}

/**
 * Allows https on microsoft.com and its subdomains, or on the one host that the user named (a host inside the company
 * is theirs to name). Names are not resolved here: it is the certificate that proves the host, so a name that leads to
 * a private address gains nothing.
 * @throws UserError `download-redirect` when `from` led here, `download-address` when the user did.
 */
export function checkDownloadUrl(url: URL, policy: DownloadPolicy, from: URL | null): void {
  const why = refusal(url, policy);
  if (why === null) return;
  if (from === null)
    throw storeError(
      "download-address",
      `cannot download from ${shortUrl(url)}\n  ${why}`,
      "name an https address with --url",
    );
  throw storeError(
    "download-redirect",
    `${from.host.slice(0, 60)} sent the download elsewhere\n  to ${shortUrl(url)}: ${why}`,
    "check the proxy, or download the file in a browser and import it with --from FILE",
  );
}

function refusal(url: URL, policy: DownloadPolicy): string | null {
  const onCenter = url.origin === policy.center;
  if (url.username !== "" || url.password !== "") return "a user name or password in the address is not supported";
  if (url.protocol !== "https:" && !(onCenter && url.protocol === "http:"))
    return `only https is allowed, not ${url.protocol.slice(0, 20)}`;
  if (policy.named !== null) return url.host === policy.named.host ? null : `only ${policy.named.host} was named`;
  if (onCenter) return null;
  if (policy.center !== DOWNLOAD_CENTER) return `only ${policy.center} is allowed`;
  if (isIP(url.hostname.replace(/[[\]]/g, "")) !== 0) return "an address is not one of Microsoft's hosts";
  if (url.port !== "") return "only the usual https port is allowed";
  return /(^|\.)microsoft\.com$/.test(url.hostname) ? null : "it is not one of Microsoft's hosts";
}

function loopbackOrigin(text: string): string {
  const url = readUrl(text);
  if (/^(127(\.\d+){3}|\[::1\]|localhost)$/.test(url.hostname) && isHttp(url)) return url.origin;
  throw storeError(
    "download-address",
    "VNET_EXPLAIN_DOWNLOAD_CENTER may only name a server on this machine",
    "unset it, or name another source with --url",
  );
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null) return url;
  throw storeError(
    "download-address",
    "the download address is not a URL",
    "write one like https://host/ServiceTags_Public_20251110.json",
  );
}

/** Whether the protocol is http or https. */
export const isHttp = ({ protocol }: URL): boolean => protocol === "https:" || protocol === "http:";

/** An address for messages: without its query, which may hold a signature, and not longer than a line. */
export function shortUrl(url: URL): string {
  const text = isHttp(url) ? `${url.origin}${url.pathname}` : `a ${url.protocol} address`;
  return text.length > 70 ? `${text.slice(0, 67)}...` : text;
}
