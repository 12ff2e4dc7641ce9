import { AzureCliCredential, type TokenCredential } from "@azure/identity";

/** In a file of its own so that the bundle can start `az` from a small chunk, before the rest of the SDK is read. */
export function cliCredential(subscription: string | null, timeoutMs: number): TokenCredential {
  return new AzureCliCredential({
    processTimeoutInMs: timeoutMs,
    ...(subscription === null ? {} : { subscription }),
  });
}
