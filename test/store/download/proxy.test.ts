import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import { afterEach, describe, expect, it, vi } from "vitest";
import { download } from "../../../src/store/download/download.ts";
import { downloadPolicy } from "../../../src/store/download/policy.ts";
import { throwAwayCertificate } from "../../azure/throw-away-certificate.ts";
import { failure, failureText } from "../failure.ts";

afterEach(() => void vi.unstubAllEnvs());

/** Downloads with a proxy on this machine that answers every CONNECT with a line; what it was asked for. */
async function throughProxy(answer: string, noProxy: string) {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, socket) => {
    asked.push(`${request.url} ${request.headers["proxy-authorization"] ?? ""}`.trim());
    socket.end(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as AddressInfo;
  vi.stubEnv("https_proxy", "");
  vi.stubEnv("no_proxy", "");
  vi.stubEnv("HTTPS_PROXY", `http://user:secret@127.0.0.1:${port}`);
  vi.stubEnv("NO_PROXY", noProxy);
  // nothing listens on port 1
  const policy = downloadPolicy(undefined, "https://127.0.0.1:1/tags.json");
  const limits = { idle: 2000, overall: 2000, bytes: 1000 };
  const error = await failureText(download(new URL("https://127.0.0.1:1/tags.json"), { policy, limits }));
  proxy.close();
  return { asked, error };
}

describe("behind a proxy", () => {
  const AT = " | https://127.0.0.1:1/tags.json; ";
  const BROWSER = "download the file in a browser and import it with --from FILE";
  const signIn = `Basic ${Buffer.from("user:secret").toString("base64")}`;

  it.each([
    [
      "407 Proxy Authentication Required",
      `download-status: cannot download: HTTP 407${AT}the proxy requires a sign-in: put it in HTTPS_PROXY (http://user:password@host:port)`,
      1,
    ],
    ["403 Forbidden", `download-status: cannot download: HTTP 403${AT}${BROWSER}`, 1],
    ["502 Bad Gateway", `download-unavailable: cannot download: HTTP 502${AT}the server failed: run again later`, 2],
  ])("that answers %s, the error says what to do and shows no password", async (answer, expected, times) => {
    const { asked, error } = await throughProxy(answer, "");
    expect(asked).toEqual(Array(times).fill(`127.0.0.1:1 ${signIn}`));
    expect(error).toBe(expected);
  });

  it("a host in NO_PROXY is reached without it", async () => {
    const { asked, error } = await throughProxy("403 Forbidden", "127.0.0.1");
    expect(asked).toEqual([]);
    expect(error).toBe(
      `download-refused: cannot download: no connection${AT}check the firewall, or set HTTPS_PROXY; or ${BROWSER}`,
    );
  });
});

const certificate = throwAwayCertificate();

describe.skipIf(certificate === null)("over TLS", () => {
  it("a certificate of a given authority is trusted only with that authority", async () => {
    const server = createHttpsServer({ ...certificate?.tls }, (_, response) => response.end("content"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/tags.json`);
    const options = { policy: downloadPolicy(undefined, url.href) };
    const secureContext = createSecureContext({ ca: readFileSync(certificate?.authority ?? "") });
    expect(await failure(download(url, options))).toMatchObject({
      code: "download-tls",
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS or SSL_CERT_FILE"),
    });
    expect(new TextDecoder().decode(await download(url, { ...options, secureContext }))).toBe("content");
    server.close();
  });
});
