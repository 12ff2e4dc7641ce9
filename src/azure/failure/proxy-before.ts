/** The proxy that the environment names for the address, without the password that may stand in it. */
export async function proxyBefore(url: string): Promise<string | null> {
  const { getProxyForUrl } = await import("proxy-from-env"); // only a failure asks
  const proxy = getProxyForUrl(url);
  if (proxy === "") return null;
  return URL.canParse(proxy) ? new URL(proxy).host : "named by HTTPS_PROXY";
}
