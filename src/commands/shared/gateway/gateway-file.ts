import { routerText } from "../../../output/results/gateways/router-text.ts";
import { reportedRouter } from "../../../routes/gateways/gateway-report.ts";
import {
  type GatewayTextOrigin,
  looksLikeGatewayTable,
  readGatewayTable,
} from "../../../routes/gateways/read/read-gateway-table.ts";
import { isRouteFileError } from "../../../routes/read/route-file-error.ts";
import { GatewayTableGiven } from "./gateway-table-given.ts";

/**
 * The error for content that was not read as the table of a NIC, or as an empty one: the table of a router in it, or
 * what is wrong with that; null where it holds none. Loaded only then.
 */
export async function gatewayTableIn(
  content: Uint8Array,
  origin: GatewayTextOrigin,
  table: string | null,
): Promise<Error | null> {
  if (!looksLikeGatewayTable(content)) return null;
  try {
    const found = await readGatewayTable(content, origin, { table });
    return new GatewayTableGiven(found, routerText(reportedRouter(found)));
  } catch (error) {
    if (!isRouteFileError(error)) throw error;
    return error.code === "text-unrecognised" ? null : error;
  }
}
