import type { SecureContext } from "node:tls";
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
  return new EnvironmentCredential(sdkOptions(options));
}

export function workloadCredential(options: EntraOptions): TokenCredential {
  return new WorkloadIdentityCredential(sdkOptions(options));
}

/** `clientId` names a user-assigned identity; null asks for the system-assigned one. */
export function managedIdentityCredential(clientId: string | null, options: EntraOptions): TokenCredential {
  return new ManagedIdentityCredential({ ...sdkOptions(options), ...(clientId !== null && { clientId }) });
}

/** `prompt` gets the sentence with the code and where to type it. */
export function deviceCodeCredential(
  tenantId: string | null,
  prompt: (message: string) => void,
  options: EntraOptions,
): TokenCredential {
  return new DeviceCodeCredential({
    ...sdkOptions(options),
    ...(tenantId !== null && { tenantId }),
    userPromptCallback: (info) => prompt(info.message),
  });
}

function sdkOptions({ authorityHost, secureContext }: EntraOptions) {
  return { authorityHost, httpClient: httpClient(secureContext) };
}
