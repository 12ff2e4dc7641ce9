import { createServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface LoopbackAuthority {
  /** Ends in `/adfs`: for such an address the Azure CLI asks no public service whether the authority is a real one. */
  readonly url: string;
  close(): Promise<void>;
}

/** A sign-in service on this machine that gives everybody the same token, as far as a service principal's sign-in goes. */
export async function startLoopbackAuthority(
  token: string,
  tls: { key: string; cert: string },
): Promise<LoopbackAuthority> {
  let url = "";
  const server = createServer(tls, (request, response) => {
    const asked = new URL(request.url ?? "/", url).pathname;
    const answer = asked.endsWith("/.well-known/openid-configuration")
      ? { issuer: url, authorization_endpoint: `${url}/oauth2/authorize`, token_endpoint: `${url}/oauth2/token` }
      : { token_type: "Bearer", expires_in: 3600, access_token: token };
    request
      .resume()
      .on("end", () => response.setHeader("content-type", "application/json").end(JSON.stringify(answer)));
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
