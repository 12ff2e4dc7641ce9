import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { expect, it } from "vitest";
import { armClient } from "../../../src/azure/arm/client.ts";
import { armEndpoint } from "../../../src/azure/arm/endpoint.ts";
import { Gate } from "../../../src/azure/arm/gate.ts";
import { OpenCalls } from "../../../src/azure/arm/open-calls.ts";
import { BEARER_POLICY } from "../../../src/azure/arm/pipeline-policies.ts";
import { AZURE_CLOUDS } from "../../../src/azure/clouds.ts";
import { fakePace, TOKEN } from "../live.ts";

it("over https, a sign-in that Azure challenges is asked for a token with the claims that Azure wants", async () => {
  const claims: unknown[] = [];
  const pace = fakePace();
  const { context } = armClient({
    endpoint: armEndpoint(AZURE_CLOUDS.public, null),
    apiVersion: "2024-05-01",
    subscriptionId: "",
    credential: {
      getToken: async (_, options) => {
        claims.push(options?.claims);
        return { token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    },
    pace,
    calls: new OpenCalls(),
    gate: new Gate(pace),
    secureContext: undefined,
  });
  const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from("{}").toString("base64")}"`;
  const answers = [{ status: 401, headers: createHttpHeaders({ "www-authenticate": challenge }) }, { status: 200 }];
  const bearer = context.pipeline.getOrderedPolicies().find(({ name }) => name === BEARER_POLICY);
  const answer = await bearer?.sendRequest(
    createPipelineRequest({ url: "https://management.azure.com/x" }),
    async (request) => ({ headers: createHttpHeaders(), request, status: 500, ...answers.shift() }),
  );
  expect([answer?.status, claims]).toEqual([200, [undefined, "{}"]]);
});
