import { reportedRouter } from "../../routes/gateways/gateway-report.ts";
import { type AnyGatewayTable, isPeerTable } from "../../routes/gateways/gateway-table.ts";
import { explainGateway } from "../../selection/gateways/explain-gateway.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { gatewayRoutesReport } from "../shared/gateway/gateway-reports.ts";
import { ofNics } from "../shared/gateway/of-nics.ts";
import type { TypedDestination } from "./destinations.ts";

interface Options {
  readonly explain?: boolean | undefined;
  readonly expect?: readonly string[] | undefined;
  readonly verify?: boolean | undefined;
}

/** Prints where a hub, a gateway, a Route Server or a circuit sends each destination. */
export async function printGatewayAnswers(
  table: AnyGatewayTable,
  destinations: readonly TypedDestination[],
  options: Options,
  { print, terminal }: CommandIO,
): Promise<void> {
  const { explain, expect, verify } = options;
  const [refused] = [...(expect === undefined ? [] : ["--expect"]), ...(verify === true ? ["--verify"] : [])];
  if (refused !== undefined) throw ofNics(refused);
  await print({
    ...gatewayAnswers(table, destinations),
    view: { explain: explain === true, verbose: terminal.verbose },
  });
}

/**
 * The answers of the table of a router, with its page.
 * @throws UserError for a list of BGP peers, and for a destination that is not an address.
 */
export function gatewayAnswers(table: AnyGatewayTable, destinations: readonly TypedDestination[]) {
  if (isPeerTable(table)) {
    throw new UserError(
      "gateway-peers",
      "it lists BGP peers, not routes, so it does not say which route wins",
      "give the learned routes: az network vnet-gateway list-learned-routes, or --gateway NAME without --peers",
    );
  }
  const explanations = destinations.flatMap((destination) => {
    if (destination.kind === "address") {
      const { address, hostName } = destination;
      return explainGateway(table, address, { hostName });
    }
    throw new UserError(
      "destination-of-nics",
      "the table of a hub, a gateway, a Route Server or a circuit answers for addresses alone",
      "give addresses; routes --contains PREFIX lists the rows that overlap a prefix",
    );
  });
  return {
    kind: "gateway-whichroute",
    report: { schemaVersion: "1.0", explanations, gatewayTable: reportedRouter(table) },
    page: { tables: [], carriedTags: null, gateway: gatewayRoutesReport(table) },
  } as const;
}
