import { describe, expect, it } from "vitest";
import { armEndpoint } from "../../../src/azure/arm/endpoint.ts";
import {
  apiVersionPolicy,
  loopbackBearerPolicy,
  loopbackTransportPolicy,
  type PipelinePolicy,
  readAddress,
  trustedAddressPolicy,
} from "../../../src/azure/arm/pipeline-policies.ts";
import { AZURE_CLOUDS } from "../../../src/azure/clouds.ts";
import { rejection } from "../live.ts";

type Request = Parameters<PipelinePolicy["sendRequest"]>[0];

/** Sends a request through the step; returns what the next one gets, whose answer the step returns as it is. */
async function sent(policy: PipelinePolicy, request: object): Promise<Request> {
  const answer = {} as Awaited<ReturnType<PipelinePolicy["sendRequest"]>>;
  let got: Request | undefined;
  const returned = await policy.sendRequest(request as Request, async (next) => {
    got = next;
    return answer;
  });
  expect(returned).toBe(answer);
  if (got === undefined) throw new Error("nothing was sent");
  return got;
}

const CHECK = "check --arm-endpoint, and HTTPS_PROXY: a proxy may answer in Azure's place";

describe("the chosen version of the interface", () => {
  it.each([
    ["https://m/x?api-version=2026-01-01", "https://m/x?api-version=2020-11-01"],
    ["https://m/x?a=b&api-version=2026-01-01&c=d", "https://m/x?a=b&api-version=2020-11-01&c=d"],
    ["https://m/x?api%2Dversion=2026-01-01", "https://m/x?api%2Dversion=2020-11-01"],
    ["https://m/x?API-Version=2026-01-01#f", "https://m/x?API-Version=2020-11-01#f"],
    ["https://m/x?api-version=2026-01-01-preview", "https://m/x?api-version=2026-01-01-preview"],
    ["https://m/x?api-version=2025-05-01", "https://m/x?api-version=2025-05-01"],
    ["https://m/x?no-api-version=2026-01-01", "https://m/x?no-api-version=2026-01-01"],
    ["https://m/x", "https://m/x"],
  ])("takes the place of the SDK's alone: %s", async (url, expected) => {
    expect((await sent(apiVersionPolicy("2020-11-01"), { url })).url).toBe(expected);
  });
});

describe("a request with a token", () => {
  const endpoint = armEndpoint(AZURE_CLOUDS.public, null);

  it("goes to the endpoint, and to the cloud's regional names", async () => {
    for (const url of ["https://management.azure.com/x", "https://eastus.management.azure.com/x", "/x"]) {
      expect((await sent(trustedAddressPolicy(endpoint), { url })).url).toBe(url);
    }
  });

  it.each([
    ["https://evil.example/x", "another host", "https://evil.example"],
    ["http://management.azure.com/x", "a plain http address", "http://management.azure.com"],
  ])("does not go to %s", async (url, where, origin) => {
    const refused = Promise.resolve().then(() => sent(trustedAddressPolicy(endpoint), { url }));
    expect(await rejection(refused)).toMatchObject({
      code: "answer-elsewhere",
      message: `Azure's answer points to ${where}, where the token must not go`,
      hint: CHECK,
      detail: `https://management.azure.com pointed to ${origin}`,
    });
  });

  it("does not go from plain http to another host, whose scheme is no news", async () => {
    const local = armEndpoint(AZURE_CLOUDS.public, "http://localhost:1");
    const refused = Promise.resolve().then(() => sent(trustedAddressPolicy(local), { url: "http://evil.example/" }));
    expect(await rejection(refused)).toMatchObject({
      message: "Azure's answer points to another host, where the token must not go",
    });
  });

  it("has the token of the endpoint's audience on this machine too, or none where the sign-in gives none", async () => {
    const asked: unknown[] = [];
    const bearer = (token: string | null) =>
      loopbackBearerPolicy(endpoint, {
        getToken: async (scope) => {
          asked.push(scope);
          return token === null ? null : { token, expiresOnTimestamp: 0 };
        },
      });
    const signed = await sent(bearer("t"), { headers: new Headers() });
    const unsigned = await sent(bearer(null), { headers: new Headers() });
    expect([signed.headers.get("Authorization"), unsigned.headers.get("Authorization")]).toEqual(["Bearer t", null]);
    expect(asked).toEqual(["https://management.azure.com/.default", "https://management.azure.com/.default"]);
  });
});

it("a request to this machine goes straight to it, and may be plain http", async () => {
  expect(await sent(loopbackTransportPolicy(), { url: "http://localhost/", agent: {} })).toEqual({
    url: "http://localhost/",
    allowInsecureConnection: true,
  });
});

it("an address in an answer may be relative; one that cannot be read is an error", async () => {
  expect(readAddress("/y?z", "https://m/x").href).toBe("https://m/y?z");
  expect(await rejection(Promise.resolve().then(() => readAddress("https://:443/x", "https://m/")))).toMatchObject({
    code: "answer-unreadable",
    message: "Azure's answer names an address that cannot be read",
    hint: CHECK,
  });
});
