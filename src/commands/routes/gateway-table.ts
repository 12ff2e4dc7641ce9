import { containsPrefix, formatPrefix, type Prefix } from "../../net/prefix.ts";
import { containedPrefix } from "../../routes/arrange-routes.ts";
import { reportedGatewayRoutes } from "../../routes/gateways/gateway-report.ts";
import { type AnyGatewayTable, isPeerTable } from "../../routes/gateways/gateway-table.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { gatewayPeersReport, gatewayRoutesReport } from "../shared/gateway/gateway-reports.ts";
import { ofNics } from "../shared/gateway/of-nics.ts";
import { optionFlag } from "../shared/option-flag.ts";
import type { FilterOptions } from "./filter.ts";

/** The options that apply only to a NIC's rows. */
const OF_NICS = ["source", "nextHop", "state", "tag", "export", "waitFor", "tags"] as const;

type GatewayTableOptions = Pick<FilterOptions, "contains"> & {
  readonly [K in (typeof OF_NICS)[number]]?: unknown;
} & { readonly expand?: boolean | undefined };

/** Prints the table of a hub, a gateway, a Route Server or a circuit. */
export async function printGatewayTable(
  table: AnyGatewayTable,
  options: GatewayTableOptions,
  { print, terminal }: CommandIO,
): Promise<void> {
  const given = OF_NICS.find((name) => options[name] !== undefined);
  if (given !== undefined) throw ofNics(optionFlag(given));
  if (isPeerTable(table)) {
    if (options.contains !== undefined) throw ofNics("--contains");
    if (table.peers.length === 0) terminal.note("the table is empty");
    const report = gatewayPeersReport(table);
    await print({ kind: "gateway-peers", report, page: { tables: [], carriedTags: null, gateway: report } });
    return;
  }
  const wanted = options.contains === undefined ? null : containedPrefix(options.contains);
  const shown =
    wanted === null ? table : { ...table, routes: table.routes.filter(({ prefix }) => overlaps(prefix, wanted)) };
  const report = { ...gatewayRoutesReport(table), routes: reportedGatewayRoutes(shown) };
  if (table.routes.length === 0) terminal.note("the table is empty");
  else if (shown.routes.length === 0 && wanted !== null) {
    terminal.note(`none of the ${table.routes.length} rows overlaps ${formatPrefix(wanted)}`);
  }
  await print({
    kind: "gateway-routes",
    report,
    view: { expand: options.expand === true },
    page: { tables: [], carriedTags: null, gateway: report },
  });
}

const overlaps = (a: Prefix, b: Prefix) => containsPrefix(a, b) || containsPrefix(b, a);
