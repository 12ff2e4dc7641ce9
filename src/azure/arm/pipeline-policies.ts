import type { NetworkManagementClientOptionalParams } from "@azure/arm-network/api";
import type { TokenCredential } from "@azure/identity";
import { azureError } from "../failure/azure-error.ts";
import { SDK_API_VERSION } from "./api-version.ts";
import type { ArmEndpoint } from "./endpoint.ts";

/** One step of the SDK's request pipeline. */
export type PipelinePolicy = NonNullable<NetworkManagementClientOptionalParams["additionalPolicies"]>[number]["policy"];

/** The name under which the SDK's own policy adds the token. */
export const BEARER_POLICY = "bearerTokenAuthenticationPolicy";

/** The name of the SDK's policy that sends forms. */
export const FORM_POLICY = "formDataPolicy";

/** The name of the SDK's policy that follows redirects. */
export const REDIRECT_POLICY = "redirectPolicy";

/**
 * Asks for another version of the interface than the SDK's own. An address that Azure names (the next page, the place
 * of an answer) keeps the version that it has.
 */
export function apiVersionPolicy(apiVersion: string): PipelinePolicy {
  const own = new RegExp(`([?&]api(?:-|%2D)version=)${SDK_API_VERSION}(?=[&#]|$)`, "i");
  return {
    name: "chosenApiVersionPolicy",
    sendRequest(request, next) {
      request.url = request.url.replace(own, `$1${apiVersion}`);
      return next(request);
    },
  };
}

const CHECK_THE_WAY = "check --arm-endpoint, and HTTPS_PROXY: a proxy may answer in Azure's place";

/** Reads an address from an answer. @throws AzureError for an invalid address. */
export function readAddress(text: string, base: string): URL {
  try {
    return new URL(text, base);
  } catch {
    throw azureError("answer-unreadable", "Azure's answer names an address that cannot be read", CHECK_THE_WAY);
  }
}

/**
 * Rejects requests to an address that the endpoint does not trust. Polling follows a `Location` header, and the SDK
 * would add the token to any address in it.
 */
export function trustedAddressPolicy(endpoint: ArmEndpoint): PipelinePolicy {
  return {
    name: "trustedAddressPolicy",
    sendRequest(request, next) {
      const url = readAddress(request.url, endpoint.url);
      if (endpoint.trusts(url)) return next(request);
      const plain = url.protocol === "http:" && endpoint.url.startsWith("https:");
      throw azureError(
        "answer-elsewhere",
        `Azure's answer points to ${plain ? "a plain http address" : "another host"}, where the token must not go`,
        CHECK_THE_WAY,
        `${endpoint.url} pointed to ${url.origin}`,
      );
    },
  };
}

/** Adds the token for a plain http endpoint on this machine, which the SDK's own policy refuses to do. */
export function loopbackBearerPolicy(endpoint: ArmEndpoint, credential: TokenCredential): PipelinePolicy {
  return {
    name: BEARER_POLICY,
    async sendRequest(request, next) {
      const token = await credential.getToken(endpoint.scope);
      if (token !== null) request.headers.set("Authorization", `Bearer ${token.token}`);
      return next(request);
    },
  };
}

/** Sends requests for this machine straight to it, never through a proxy. */
export function loopbackTransportPolicy(): PipelinePolicy {
  return {
    name: "loopbackTransportPolicy",
    sendRequest(request, next) {
      delete request.agent;
      request.allowInsecureConnection = true;
      return next(request);
    },
  };
}
