import type { SecureContext } from "node:tls";
import { createNetworkManagement, type NetworkManagementContext } from "@azure/arm-network/api";
import type { TokenCredential } from "@azure/identity";
import { httpClient } from "../http-client.ts";
import { answerBodyPolicy } from "./answer-body.ts";
import type { ArmEndpoint } from "./endpoint.ts";
import type { Gate } from "./gate.ts";
import type { OpenCalls } from "./open-calls.ts";
import * as operations from "./operations.ts";
import type { Pace } from "./pace.ts";
import {
  apiVersionPolicy,
  BEARER_POLICY,
  FORM_POLICY,
  loopbackBearerPolicy,
  loopbackTransportPolicy,
  REDIRECT_POLICY,
  trustedAddressPolicy,
} from "./pipeline-policies.ts";
import { pollPacePolicy } from "./polling.ts";
import { retryPolicy } from "./retries.ts";

/** The SDK, ready to call: its operations, and the context that each of them takes first. */
export interface ArmClient {
  readonly context: NetworkManagementContext;
  readonly operations: typeof operations;
}

export interface ArmClientOptions {
  readonly endpoint: ArmEndpoint;
  readonly apiVersion: string;
  readonly subscriptionId: string;
  readonly credential: TokenCredential;
  readonly pace: Pace;
  /** The calls that the client serves, with their deadlines. */
  readonly calls: OpenCalls;
  /** Holds its requests while Azure throttles the subscription. */
  readonly gate: Gate;
  readonly secureContext: SecureContext | undefined;
}

/**
 * The SDK with this program's own retries and pace of polling. This file imports the SDK: load it with `import()`,
 * while the credential works.
 */
export function armClient(options: ArmClientOptions): ArmClient {
  const { endpoint, apiVersion, subscriptionId, credential, pace, calls, gate, secureContext } = options;
  const context = createNetworkManagement(credential, subscriptionId, {
    endpoint: endpoint.url,
    credentials: { scopes: [endpoint.scope] },
    userAgentOptions: { userAgentPrefix: "vnet-explain" },
    httpClient: httpClient(secureContext),
  });
  const { pipeline } = context;
  // No form is sent, and to ask whether a body is one makes Node load its whole fetch, a third of the time that all
  // else takes.
  pipeline.removePolicy({ name: FORM_POLICY });
  // Azure Resource Manager does not redirect. The SDK would follow a loop twenty times.
  pipeline.removePolicy({ name: REDIRECT_POLICY });
  if (endpoint.url.startsWith("http:")) {
    pipeline.removePolicy({ name: BEARER_POLICY });
    pipeline.addPolicy(loopbackBearerPolicy(endpoint, credential));
  }
  pipeline.addPolicy(trustedAddressPolicy(endpoint), { beforePolicies: [BEARER_POLICY] });
  pipeline.addPolicy(pollPacePolicy(pace, calls), { beforePolicies: [BEARER_POLICY] });
  pipeline.addPolicy(apiVersionPolicy(apiVersion), { beforePolicies: [BEARER_POLICY] });
  pipeline.removePolicy({ phase: "Retry" });
  pipeline.addPolicy(retryPolicy(pace, gate, calls), { phase: "Retry" });
  if (endpoint.loopback) pipeline.addPolicy(loopbackTransportPolicy(), { afterPhase: "Sign" });
  pipeline.addPolicy(answerBodyPolicy(), { afterPhase: "Sign" });
  return { context, operations };
}
