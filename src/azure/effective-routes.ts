import type { RouteTable } from "../routes/effective-route.ts";
import { readRouteTable } from "../routes/read/read-route-table.ts";
import { ownField } from "../text/type-guards.ts";
import type { ArmClient } from "./arm/client.ts";
import { AT_PIPELINE_PACE, lastBody, parseAnswer } from "./arm/long-running-call.ts";
import { azureError } from "./failure/azure-error.ts";
import { formatNicId, type NicId } from "./nic/resource-id.ts";

/** A NIC's effective routes as Azure sent them. */
export interface EffectiveRoutes {
  /** ARM's answer, every field of it: what `--save` writes and `--file` reads back. */
  readonly body: string;
  readonly table: RouteTable;
}

/**
 * Asks Azure for a NIC's effective routes: a long-running call of some seconds. An empty list is an answer; a body
 * without a list is not.
 * https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces/get-effective-route-table
 * @throws AzureError, UserError<RouteFileErrorCode> for rows that cannot be read, or what the SDK throws.
 */
export async function effectiveRoutes(client: ArmClient, nic: NicId, now: () => number): Promise<EffectiveRoutes> {
  const body = await effectiveRoutesBody(client, nic);
  return { body, table: await readEffectiveRoutes(body, nic, now) };
}

/** The body of Azure's answer, not yet read. @throws as above. */
export function effectiveRoutesBody(client: ArmClient, { resourceGroup, name }: NicId): Promise<string> {
  return lastBody(client, ({ context, operations }) =>
    operations.getEffectiveRouteTable(context, resourceGroup, name, AT_PIPELINE_PACE),
  );
}

/** The table in such a body. @throws as above. */
export async function readEffectiveRoutes(body: string, nic: NicId, now: () => number): Promise<RouteTable> {
  refusePartial(parseAnswer(body));
  return readRouteTable(body, {
    kind: "azure",
    name: formatNicId(nic),
    fetchedAt: new Date(now()).toISOString(),
  });
}

function refusePartial(answer: unknown): void {
  if (!Array.isArray(ownField(answer, "value"))) {
    throw azureError(
      "answer-without-routes",
      "Azure's answer holds no list of routes",
      "run again; if that does not help, compare with: az network nic show-effective-route-table",
    );
  }
  if (ownField(answer, "nextLink")) {
    throw azureError(
      "answer-in-pages",
      "Azure's answer is one page of several, so routes are missing",
      "report this: Azure is not known to page effective routes",
    );
  }
}
