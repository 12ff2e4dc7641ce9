import { htmlPage } from "../../output/formats/html.ts";
import { type AnyGatewayTable, isPeerTable } from "../../routes/gateways/gateway-table.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { gatewayPeersReport } from "../shared/gateway/gateway-reports.ts";
import type { TypedDestination } from "../whichroute/destinations.ts";
import { gatewayAnswers } from "../whichroute/gateway/answers.ts";

/** The page of the table of a hub, a gateway, a Route Server or a circuit, with the answers for destinations. */
export async function gatewayPage(
  table: AnyGatewayTable,
  destinations: readonly TypedDestination[],
  tags: TagCatalogue | null,
): Promise<string> {
  if (isPeerTable(table) && destinations.length === 0) {
    const report = gatewayPeersReport(table);
    return htmlPage({ kind: "gateway-peers", report, page: { tables: [], carriedTags: null, gateway: report } });
  }
  const answers = await gatewayAnswers(table, destinations, tags);
  return htmlPage({ ...answers, view: { explain: false, expand: false, verbose: false } });
}
