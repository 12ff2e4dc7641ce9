import type { AnyGatewayTable } from "../../routes/gateways/gateway-table.ts";
import { readGatewayTable } from "../../routes/gateways/read/read-gateway-table.ts";
import { GATEWAY_TABLE_FIELD } from "../../routes/gateways/read/record-table.ts";
import { isRecord } from "../../text/type-guards.ts";
import { SDK_API_VERSION } from "../arm/api-version.ts";
import type { ArmClient } from "../arm/client.ts";
import { AT_PIPELINE_PACE, lastBody, parseAnswer } from "../arm/long-running-call.ts";
import type { AzureConnection } from "../connection.ts";
import { azureError, isAzureError } from "../failure/azure-error.ts";
import { explainMissing, findRouter, type Router } from "./find-router.ts";
import { callOf, type GatewayCall, type GatewayRequest } from "./request.ts";

/** The table of a router as Azure sent it. */
export interface FetchedGatewayTable {
  /** The answer with the request beside it: what `--save` writes and `--file` reads back. */
  readonly text: string;
  readonly table: AnyGatewayTable;
}

/**
 * Asks Azure for a table of a hub, a gateway, a Route Server or a circuit: a long-running call of seconds to minutes.
 * An empty list is an answer; `null` is not.
 * @throws AzureError
 */
export async function fetchGatewayTable(
  connection: AzureConnection,
  request: GatewayRequest,
): Promise<FetchedGatewayTable> {
  const router = await findRouter(connection, request);
  const call = callOf(request, router.id);
  try {
    return await connection
      .calls(router.subscription)
      .run(call.read, (client) => answerOf(client, call, router, connection.pace.now));
  } catch (error) {
    const isMissing = isAzureError(error) && ["not-found", "resource-group-not-found"].includes(error.code);
    throw (isMissing ? await explainMissing(connection, request.type, router) : null) ?? error;
  }
}

async function answerOf(
  client: ArmClient,
  { kind, scope, path, body: sent, read }: GatewayCall,
  { id: routerId, path: routerPath }: Router,
  now: () => number,
): Promise<FetchedGatewayTable> {
  const address = `${routerPath}${path}${path.includes("?") ? "&" : "?"}api-version=${SDK_API_VERSION}`;
  const body = await lastBody(client, ({ context, operations }) =>
    operations.getLongRunningPoller(context, async (result) => result, ["200", "201", "202"], {
      ...AT_PIPELINE_PACE,
      apiVersion: SDK_API_VERSION,
      getInitialResponse: () =>
        context.pathUnchecked(address).post(sent === null ? {} : { contentType: "application/json", body: sent }),
    }),
  );
  const answer = parseAnswer(body);
  if (!isRecord(answer)) {
    throw azureError(
      "answer-without-routes",
      `Azure's answer for ${read.what} holds no list`,
      "run again later; the gateway may be updating, or the hub's router may not be provisioned",
    );
  }
  const fetchedAt = new Date(now()).toISOString();
  const text = JSON.stringify({ [GATEWAY_TABLE_FIELD]: { kind, routerId, scope, fetchedAt }, ...answer }, null, 2);
  const origin = { kind: "azure", name: routerId, fetchedAt } as const;
  return { text: `${text}\n`, table: await readGatewayTable(body, origin, { kind, routerId, scope }) };
}
