import type { AzureConnection } from "./connection.ts";
import { type AzureError, azureError } from "./failure/azure-error.ts";
import type { Subscription } from "./sign-in/subscription.ts";

/** The subscriptions that the sign-in sees: at least one. @throws AzureError */
export async function visibleSubscriptions(connection: AzureConnection): Promise<readonly Subscription[]> {
  const visible = await connection.visible();
  if (visible.length > 0) return visible.map((each) => ({ ...each, from: "Azure's list of subscriptions" }));
  throw noSubscription("no subscription is visible to you");
}

export function noSubscription(message: string): AzureError {
  return azureError(
    "no-subscription",
    message,
    "check the account and --cloud (az account list -o table), or ask for a role on the subscription",
  );
}
