import type { SecureContext } from "node:tls";
import type { HttpClient } from "@azure/core-rest-pipeline";
import {
  DeviceCodeCredential,
  EnvironmentCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from "@azure/identity";
import { httpClient } from "../http-client.ts";

/** Where Microsoft Entra is, and whose certificates are trusted on the way. */
export interface EntraOptions {
  readonly authorityHost: string;
  readonly secureContext: SecureContext | undefined;
}

/** The credentials that talk to Microsoft Entra or to the machine's identity endpoint themselves. */
export function environmentCredential(options: EntraOptions): TokenCredential {
  return withCause(options, (sdkOptions) => new EnvironmentCredential(sdkOptions));
}

export function workloadCredential(options: EntraOptions): TokenCredential {
  return withCause(options, (sdkOptions) => new WorkloadIdentityCredential(sdkOptions));
}

/** `clientId` names a user-assigned identity; null asks for the system-assigned one. */
export function managedIdentityCredential(clientId: string | null, options: EntraOptions): TokenCredential {
  return withCause(
    options,
    (sdkOptions) => new ManagedIdentityCredential({ ...sdkOptions, ...(clientId !== null && { clientId }) }),
  );
}

/** `prompt` gets the sentence with the code and where to type it. */
export function deviceCodeCredential(
  tenantId: string | null,
  prompt: (message: string) => void,
  options: EntraOptions,
): TokenCredential {
  return withCause(
    options,
    (sdkOptions) =>
      new DeviceCodeCredential({
        ...sdkOptions,
        ...(tenantId !== null && { tenantId }),
        userPromptCallback: (info) => prompt(info.message),
      }),
  );
}

interface SdkOptions {
  readonly authorityHost: string;
  readonly httpClient: HttpClient;
}

/**
 * The credential, whose errors end with why the last request failed: for a certificate that is not trusted, a missing
 * name and a service that is down alike, the SDK (4.14) says no more than `network_error`.
 */
function withCause(
  { authorityHost, secureContext }: EntraOptions,
  create: (options: SdkOptions) => TokenCredential,
): TokenCredential {
  const client = httpClient(secureContext);
  let cause = "";
  const sendRequest: HttpClient["sendRequest"] = async (request) => {
    try {
      const answer = await client.sendRequest(request);
      cause = answer.status >= 500 ? `\nHttp status code: ${answer.status}` : "";
      return answer;
    } catch (error) {
      cause = `\n${error instanceof Error ? error.message : error}`;
      throw error;
    }
  };
  const credential = create({ authorityHost, httpClient: { sendRequest } });
  return {
    getToken: async (scopes, options) => {
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        if (error instanceof Error) error.message += cause;
        throw error;
      }
    },
  };
}
