import { ownField, textField } from "../text/type-guards.ts";
import { SUBSCRIPTIONS_API_VERSION } from "./arm/api-version.ts";
import type { ArmClient } from "./arm/client.ts";
import { listed } from "./arm/pages.ts";
import type { KnownSubscription } from "./sign-in/subscription.ts";

/**
 * The subscriptions that the sign-in sees. The SDK of networks has no operation for it.
 * https://learn.microsoft.com/rest/api/resources/subscriptions/list
 * @throws AzureError, or what the SDK throws. One request a page.
 */
export async function listedSubscriptions(client: ArmClient): Promise<readonly KnownSubscription[]> {
  const found: KnownSubscription[] = [];
  const all = listed(client, ({ context, operations }) =>
    operations.listPages<unknown>(
      context,
      () => context.pathUnchecked(`/subscriptions?api-version=${SUBSCRIPTIONS_API_VERSION}`).get(),
      async ({ body }) => body,
      ["200"],
    ),
  );
  for await (const item of all) {
    const id = textField(item, "subscriptionId");
    if (id === null || ownField(item, "state") === "Deleted") continue;
    found.push({ id, name: textField(item, "displayName") ?? "", tenantId: textField(item, "tenantId") });
  }
  return found;
}
