import { NetworkManagementClient } from "@azure/arm-network";
import type { TokenCredential } from "@azure/identity";
import { answerBodyPolicy } from "./answer-body.ts";
import type { ArmEndpoint } from "./endpoint.ts";
import type { Pace } from "./pace.ts";
import {
  BEARER_POLICY,
  FORM_POLICY,
  loopbackBearerPolicy,
  loopbackTransportPolicy,
  pollPacePolicy,
  retryPolicy,
  trustedAddressPolicy,
} from "./pipeline-policies.ts";

export interface ArmClientOptions {
  readonly endpoint: ArmEndpoint;
  readonly subscriptionId: string;
  readonly credential: TokenCredential;
  readonly pace: Pace;
  /** Milliseconds until the caller gives up. */
  readonly timeLeft: () => number;
}

/**
 * The SDK's client with this program's own retries and pace of polling. This file imports the SDK (a quarter of a second): load it with
 * `import()`, and only on the live path.
 */
export function armClient({
  endpoint,
  subscriptionId,
  credential,
  pace,
  timeLeft,
}: ArmClientOptions): NetworkManagementClient {
  const client = new NetworkManagementClient(credential, subscriptionId, {
    endpoint: endpoint.url,
    credentialScopes: endpoint.scope,
    userAgentOptions: { userAgentPrefix: "vnet-explain" },
  });
  const { pipeline } = client;
  // No form is sent, and asking whether a body is one makes Node load its whole fetch, a third of the time that all else takes.
  pipeline.removePolicy({ name: FORM_POLICY });
  if (endpoint.url.startsWith("http:")) {
    pipeline.removePolicy({ name: BEARER_POLICY });
    pipeline.addPolicy(loopbackBearerPolicy(endpoint, credential));
  }
  pipeline.addPolicy(trustedAddressPolicy(endpoint), { beforePolicies: [BEARER_POLICY] });
  pipeline.addPolicy(pollPacePolicy(pace), { beforePolicies: [BEARER_POLICY] });
  pipeline.removePolicy({ phase: "Retry" });
  pipeline.addPolicy(retryPolicy(pace, timeLeft), { phase: "Retry" });
  if (endpoint.loopback) pipeline.addPolicy(loopbackTransportPolicy(), { afterPhase: "Sign" });
  pipeline.addPolicy(answerBodyPolicy(), { afterPhase: "Sign" });
  return client;
}
