import type { Agent } from "node:http";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import { storeError } from "../files/store-error.ts";
import { isHttp } from "./policy.ts";

/**
 * The agent that reaches an https address through the proxy that HTTPS_PROXY, ALL_PROXY and NO_PROXY name for it, or
 * undefined where none does. (Node's own client reads these variables only since Node 24.) Plain http is for this
 * machine alone and never goes through a proxy.
 * @throws UserError if the variable is not an http or https address.
 */
export function proxyAgent(url: URL, proxyFor: (url: string) => string = getProxyForUrl): Agent | undefined {
  if (url.protocol !== "https:") return undefined;
  const proxy = proxyFor(url.href);
  if (proxy === "") return undefined;
  if (URL.canParse(proxy) && isHttp(new URL(proxy))) return new HttpsProxyAgent(proxy);
  throw storeError(
    "download-proxy",
    "HTTPS_PROXY is not the address of an http proxy",
    "write it like http://proxy.example:8080, or unset it",
  );
}
