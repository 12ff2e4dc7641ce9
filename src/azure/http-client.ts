import type { SecureContext } from "node:tls";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { HttpsProxyAgent } from "https-proxy-agent";

/**
 * The transport of every request to Azure and to sign-in services: the SDK's own, with three differences.
 *
 * - Connections through a proxy are kept and used again. The SDK (@typespec/ts-http-runtime 0.3.6) opens a tunnel for
 * each request.
 * - This machine and link-local addresses, where identity endpoints are, are never asked through a proxy, whatever
 * HTTP_PROXY and NO_PROXY say. The proxy would ask for its own identity, or fail.
 * - A TLS context may name other certificate authorities than Node's.
 *
 * One for each context, so that all clients share its connections. This file imports the SDK: load it with `import()`.
 */
export function httpClient(context: SecureContext | undefined): HttpClient {
  const known = clients.get(context);
  if (known !== undefined) return known;
  const transport = createDefaultHttpClient();
  const tls = context && { secureContext: context };
  const agents = new Map<string, KeptTunnels>();
  const client: HttpClient = {
    sendRequest(request) {
      if (isNearby(new URL(request.url).hostname)) delete request.agent;
      else if (request.agent instanceof HttpsProxyAgent) {
        const { href } = request.agent.proxy;
        const agent = agents.get(href) ?? new KeptTunnels(href, { keepAlive: true, ...tls });
        agents.set(href, agent);
        request.agent = agent;
      }
      request.requestOverrides = { ...request.requestOverrides, ...tls };
      return transport.sendRequest(request);
    },
  };
  clients.set(context, client);
  return client;
}

const clients = new Map<SecureContext | undefined, HttpClient>();

class KeptTunnels extends HttpsProxyAgent<string> {
  /**
   * agent-base (7.1) looks for `https` on the stack, where a tunnel is given back too: without it, none is found again.
   */
  override isSecureEndpoint(): boolean {
    return true;
  }
}

/**
 * Whether the host is this machine or link-local, as the endpoints of managed identities are.
 * https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service#proxies
 */
export function isNearby(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|169\.254(\.\d+){2}|\[::1\]|\[fe[89ab][0-9a-f]:.*\])$/i.test(host);
}
