import { createServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface LoopbackAuthority {
  /** Ends in `/adfs`: for such an address the Azure CLI asks no public service whether the authority is a real one. */
  readonly url: string;
  close(): Promise<void>;
}

/** An answer to the request for a token. */
export interface TokenReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * A sign-in service on this machine that gives everybody the same token, as far as a service principal's sign-in goes,
 * or that answers everybody the same.
 */
export async function startLoopbackAuthority(
  token: string,
  tls: { key: string; cert: string },
  refusal: () => TokenReply | null = () => null,
  /** What the discovery document names, where that is not the server's own address. */
  publicUrl: string | null = null,
): Promise<LoopbackAuthority> {
  let url = "";
  const server = createServer(tls, (request, response) => {
    const asked = new URL(request.url ?? "/", url).pathname;
    const base = publicUrl ?? url;
    const discovery = {
      issuer: base,
      authorization_endpoint: `${base}/oauth2/authorize`,
      token_endpoint: `${base}/oauth2/token`,
      jwks_uri: `${base}/discovery/keys`,
    };
    const given = { status: 200, body: { token_type: "Bearer", expires_in: 3600, access_token: token } };
    const isDiscovery = asked.endsWith("/.well-known/openid-configuration");
    const { status, headers, body }: TokenReply = isDiscovery ? { status: 200, body: discovery } : (refusal() ?? given);
    request.resume().on("end", () => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}/adfs`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
