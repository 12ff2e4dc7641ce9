import { createSecureContext } from "node:tls";
import { createHttpHeaders, createPipelineRequest, type PipelineRequest } from "@azure/core-rest-pipeline";
import { HttpsProxyAgent } from "https-proxy-agent";
import { afterAll, describe, expect, test, vi } from "vitest";

/** The requests that reach the SDK's transport. */
const sent = vi.hoisted(() => [] as PipelineRequest[]);
vi.mock("@azure/core-rest-pipeline", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  createDefaultHttpClient: () => ({
    sendRequest: async (request: PipelineRequest) => {
      sent.push(request);
      return { request, status: 200, headers: createHttpHeaders() };
    },
  }),
}));

// Other test files of this process may have loaded the module with the real transport, and may need that again.
vi.resetModules();
const { httpClient, isNearby } = await import("../../src/azure/http-client.ts");
afterAll(() => void vi.resetModules());

/** A request as it is sent. */
async function sentBy(client: ReturnType<typeof httpClient>, url: string, more: Partial<PipelineRequest> = {}) {
  const request = Object.assign(createPipelineRequest({ url }), more);
  expect((await client.sendRequest(request)).status).toBe(200);
  expect(sent.pop()).toBe(request);
  return request;
}

const FAR = "https://management.azure.com/x";
const proxied = (proxy = "http://proxy.example:8080") => ({ agent: new HttpsProxyAgent(proxy) as never });

describe("a connection through a proxy", () => {
  test("is kept and used again, by every request through that proxy", async () => {
    const client = httpClient(undefined);
    const { agent, requestOverrides } = await sentBy(client, FAR, proxied());
    expect(agent).toMatchObject({ proxy: new URL("http://proxy.example:8080"), keepAlive: true });
    expect((agent as HttpsProxyAgent<string>).isSecureEndpoint()).toBe(true);
    expect((agent as HttpsProxyAgent<string>).connectOpts).not.toHaveProperty("secureContext");
    expect(requestOverrides).toEqual({});
    expect((await sentBy(client, FAR, proxied())).agent).toBe(agent);
    expect((await sentBy(client, FAR, proxied("http://other.example:8080"))).agent).not.toBe(agent);
  });

  test.each(["http://127.0.0.1:8080/x", "http://169.254.169.254/metadata", "https://LOCALHOST/x"])(
    "does not lead to %s",
    async (url) => {
      expect(await sentBy(httpClient(undefined), url, proxied())).not.toHaveProperty("agent");
    },
  );

  test("is no other agent's, and none is made without a proxy", async () => {
    const own = { own: true } as never;
    expect((await sentBy(httpClient(undefined), FAR, { agent: own })).agent).toBe(own);
    expect((await sentBy(httpClient(undefined), FAR)).agent).toBeUndefined();
  });
});

describe("a TLS context", () => {
  test("has a client of its own, one for all", () => {
    const [one, other] = [createSecureContext(), createSecureContext()];
    expect(httpClient(one)).toBe(httpClient(one));
    expect(httpClient(undefined)).toBe(httpClient(undefined));
    expect(new Set([one, other, undefined].map(httpClient)).size).toBe(3);
  });

  test("goes with every request, and with every tunnel, beside what was asked for", async () => {
    const secureContext = createSecureContext();
    const client = httpClient(secureContext);
    const given = { requestOverrides: { timeout: 1 } };
    const { agent, requestOverrides } = await sentBy(client, FAR, { ...proxied(), ...given });
    expect(requestOverrides).toEqual({ timeout: 1, secureContext });
    expect((agent as HttpsProxyAgent<string>).connectOpts).toMatchObject({ secureContext });
    expect((await sentBy(client, "http://127.0.0.1/x")).requestOverrides).toEqual({ secureContext });
    expect((await sentBy(httpClient(undefined), FAR, given)).requestOverrides).toEqual({ timeout: 1 });
  });
});

describe("hosts that no proxy is asked for", () => {
  for (const [host, nearby] of [
    ["169.254.169.254", true],
    ["169.254.130.1", true],
    ["127.0.0.1", true],
    ["127.255.255.254", true],
    ["localhost", true],
    ["LocalHost", true],
    ["[::1]", true],
    ["[fe80::1]", true],
    ["[FE9f::1]", true],
    ["[fea0::1]", true],
    ["[febf::a]", true],
    ["[fec0::1]", false],
    ["[fe7f::1]", false],
    ["x[fe80::1]", false],
    ["[fe80::1]x", false],
    ["[::1]x", false],
    ["[::11]", false],
    ["10.0.0.4", false],
    ["169.255.0.1", false],
    ["169.254.1", false],
    ["1169.254.169.254", false],
    ["169.254.169.254.example.com", false],
    ["127.0.0", false],
    ["127.0.0.1.2", false],
    ["1127.0.0.1", false],
    ["127x0.0.1", false],
    ["localhost.example.com", false],
    ["my.localhost", false],
    ["management.azure.com", false],
  ] as const) {
    test(`${host}: ${nearby ? "never" : "as the variables say"}`, () => expect(isNearby(host)).toBe(nearby));
  }
});
