import { routesOf } from "../arm/reads.ts";
import type { AzureConnection } from "../connection.ts";
import { effectiveRoutesBody, readEffectiveRoutes } from "../effective-routes.ts";
import { type AzureError, type AzureErrorCode, azureError, isAzureError } from "../failure/azure-error.ts";
import { readNicReference } from "../nic/resource-id.ts";

/** The result of asking for one NIC's effective routes, among many. */
export type FetchedTable =
  /** The answer's body, byte for byte. */
  | { readonly outcome: "ok"; readonly body: string }
  | {
      readonly outcome: "stopped" | "denied" | "failed";
      readonly error: AzureError;
    };

/** Errors that every other call would end with too. */
const OF_ALL_CALLS = new Set<AzureErrorCode>([
  "no-credential",
  "credential-refused",
  "sign-in-expired",
  "sign-in-unreachable",
  "token-missing",
  "token-unusable",
  "token-rejected",
  "token-credentials",
  "api-version",
  "answer-elsewhere",
]);

const DENIED = new Set<AzureErrorCode>(["not-allowed", "locked", "wrong-tenant", "subscription-not-found"]);

/**
 * Asks for the effective routes of the NIC with this resource id. Calls may run side by side: those of a subscription
 * share its gate and the pace of its polls. A body that `isKnown` is not checked again: most
 * NICs have the same table as another.
 * @throws AzureError where every other call would fail as well: the sign-in, the endpoint, its API version.
 */
export async function fetchTable(
  connection: AzureConnection,
  nicId: string,
  isKnown: (body: string) => boolean,
): Promise<FetchedTable> {
  try {
    const reference = readNicReference(nicId);
    if (reference.kind !== "nic") throw azureError("resource-id", "its resource id does not name a NIC", "report this");
    const { id } = reference;
    const subscription = { id: id.subscriptionId, name: null, tenantId: null, from: "the resource id" } as const;
    const calls = connection.calls(subscription);
    const body = await calls.run(routesOf(id.name), async (client) => {
      const answer = await effectiveRoutesBody(client, id);
      if (!isKnown(answer)) await readEffectiveRoutes(answer, id, connection.pace.now);
      return answer;
    });
    return { outcome: "ok", body };
  } catch (error) {
    if (!isAzureError(error) || OF_ALL_CALLS.has(error.code)) throw error;
    const outcome = error.code === "vm-not-running" ? "stopped" : DENIED.has(error.code) ? "denied" : "failed";
    return { outcome, error };
  }
}
