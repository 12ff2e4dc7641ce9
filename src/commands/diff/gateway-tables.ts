import { diffGatewayTables } from "../../analysis/diff/gateways.ts";
import { routerText } from "../../output/results/gateways/router-text.ts";
import { reportedRouter } from "../../routes/gateways/gateway-report.ts";
import { type AnyGatewayTable, type GatewayTable, isPeerTable } from "../../routes/gateways/gateway-table.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandIO } from "../shared/command-io.ts";
import type { LoadedRoutes } from "../shared/route-source.ts";

type Loaded = LoadedRoutes | AnyGatewayTable;

/** Prints which prefixes two tables of hubs, gateways, Route Servers or circuits route differently. */
export async function printGatewayDiff(
  before: Loaded,
  after: Loaded,
  { exitCode }: { readonly exitCode?: boolean | undefined },
  { print }: CommandIO,
): Promise<void> {
  const [old, now] = [routesOf(before), routesOf(after)];
  if (old === null || now === null) throw notComparable([before, after]);
  const moves = diffGatewayTables(old, now);
  await print({
    kind: "gateway-diff",
    report: { schemaVersion: "1.0", moves, before: reportedRouter(old), after: reportedRouter(now) },
    page: { tables: [], carriedTags: null },
  });
  if (exitCode === true && moves.length > 0) {
    throw new UserError(
      "prefixes-moved",
      `${moves.length} ${moves.length === 1 ? "prefix is" : "prefixes are"} routed differently`,
      "see the list on stdout; --exit-code turns a change into exit 3",
      "unexpected",
      { isShown: true },
    );
  }
}

function routesOf(loaded: Loaded): GatewayTable | null {
  return "table" in loaded || isPeerTable(loaded) ? null : loaded;
}

/** The error for tables of different kinds: NICs and routers choose by different rules, and peers are not routes. */
function notComparable(tables: readonly Loaded[]): UserError {
  const texts = tables.map((each) =>
    "table" in each ? "the table of a network interface" : routerText(reportedRouter(each)),
  );
  const ofNic = tables.some((each) => "table" in each);
  return new UserError(
    "tables-of-different-kinds",
    `not comparable: ${texts.join(" and ")}`,
    ofNic
      ? "compare a NIC with a NIC, and a gateway with a gateway: they choose routes by different rules"
      : "compare tables of routes; lists of BGP peers have none",
  );
}
