import {
  DeviceCodeCredential,
  EnvironmentCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from "@azure/identity";

/** The credentials that talk to Microsoft Entra or to the machine's identity endpoint themselves. */
export function environmentCredential(authorityHost: string): TokenCredential {
  return new EnvironmentCredential({ authorityHost });
}

export function workloadCredential(authorityHost: string): TokenCredential {
  return new WorkloadIdentityCredential({ authorityHost });
}

/** `clientId` names a user-assigned identity; null asks for the system-assigned one. */
export function managedIdentityCredential(clientId: string | null): TokenCredential {
  return clientId === null ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
}

/** `prompt` gets the sentence with the code and where to type it. */
export function deviceCodeCredential(
  authorityHost: string,
  tenantId: string | null,
  prompt: (message: string) => void,
): TokenCredential {
  return new DeviceCodeCredential({
    authorityHost,
    ...(tenantId === null ? {} : { tenantId }),
    userPromptCallback: (info) => prompt(info.message),
  });
}
