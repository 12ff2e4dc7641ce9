import type { AnyGatewayTable } from "../../../routes/gateways/gateway-table.ts";
import { UserError } from "../../../text/user-error.ts";

/**
 * A table of a hub, a gateway, a Route Server or a circuit in place of a route table. Commands that show such tables
 * catch it; for all others it is the error.
 */
export class GatewayTableGiven extends UserError<"gateway-table"> {
  readonly gatewayTable: AnyGatewayTable;

  constructor(gatewayTable: AnyGatewayTable, owner: string) {
    super(
      "gateway-table",
      `${owner}: it is not the table of a network interface`,
      "routes, whichroute, diff and report take the tables of hubs, gateways, Route Servers and circuits; this command does not",
    );
    this.gatewayTable = gatewayTable;
  }
}

/**
 * Returns the loaded table, or the table of a router that was given instead.
 * @throws whatever else `load` throws.
 */
export async function orGatewayTable<T>(load: Promise<T>): Promise<T | AnyGatewayTable> {
  try {
    return await load;
  } catch (error) {
    if (error instanceof GatewayTableGiven) return error.gatewayTable;
    throw error;
  }
}
