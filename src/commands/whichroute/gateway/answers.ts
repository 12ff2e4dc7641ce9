import type { GatewayEntry } from "../../../output/results/gateways/explanations.ts";
import { reportedRouter } from "../../../routes/gateways/gateway-report.ts";
import { type AnyGatewayTable, type GatewayTable, isPeerTable } from "../../../routes/gateways/gateway-table.ts";
import { explainGateway } from "../../../selection/gateways/explain-gateway.ts";
import type { TagCatalogue } from "../../../service-tags/tag-catalogue.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { UserError } from "../../../text/user-error.ts";
import type { CommandIO } from "../../shared/command-io.ts";
import { gatewayRoutesReport } from "../../shared/gateway/gateway-reports.ts";
import { ofNics } from "../../shared/gateway/of-nics.ts";
import { loadTags, type TagSourceOptions } from "../../shared/tag-source.ts";
import type { DestinationOptions } from "../destination-options.ts";
import type { TypedDestination } from "../destinations.ts";

export interface GatewayQuestion extends DestinationOptions, TagSourceOptions {
  readonly explain?: boolean | undefined;
  readonly expand?: boolean | undefined;
  readonly expect?: readonly string[] | undefined;
  readonly verify?: boolean | undefined;
}

/** Prints where a hub, a gateway, a Route Server or a circuit sends each destination. */
export async function printGatewayAnswers(
  table: AnyGatewayTable,
  destinations: readonly TypedDestination[],
  options: GatewayQuestion,
  { print, terminal }: CommandIO,
): Promise<void> {
  refuseOfNics(options);
  const expectations = await routerExpectations(options, terminal);
  const tags = destinations.some(({ kind }) => kind !== "address") ? await loadTags(options, terminal) : null;
  const answers = await gatewayAnswers(table, destinations, tags);
  await print({
    ...answers,
    view: { explain: options.explain === true, expand: options.expand === true, verbose: terminal.verbose },
  });
  if (expectations === null) return;
  for (const entry of answers.report.explanations)
    if (!("error" in entry)) expectations.hold(entry, answers.report.gatewayTable);
  expectations.conclude();
}

/**
 * The expectations of `--expect`; null without it.
 * @throws UserError for one that is not about routers.
 */
export async function routerExpectations({ expect }: GatewayQuestion, terminal: Terminal) {
  if (expect === undefined) return null;
  const { RouterExpectations } = await import("../expectations.ts");
  return new RouterExpectations(expect, terminal);
}

/** @throws UserError for options that work only with the table of a NIC. */
export function refuseOfNics({ verify, flowLog }: GatewayQuestion): void {
  const given = [...(verify === true ? ["--verify"] : []), ...(flowLog === undefined ? [] : ["--flow-log"])];
  if (given[0] !== undefined) throw ofNics(given[0]);
}

/**
 * The answers of the table of a router, with its page.
 * @throws UserError for a list of BGP peers, and for a service tag that is unknown.
 */
export async function gatewayAnswers(
  table: AnyGatewayTable,
  destinations: readonly TypedDestination[],
  tags: TagCatalogue | null,
) {
  const routes = requireRoutes(table);
  const explanations: GatewayEntry[] = [];
  let split: Awaited<ReturnType<typeof gatewaySplitter>> | null = null;
  for (const each of destinations) {
    if (each.kind === "address") {
      for (const answer of explainGateway(routes, each.address, { hostName: each.hostName })) {
        explanations.push({ ...answer, part: null });
      }
      continue;
    }
    split ??= await gatewaySplitter(routes, tags);
    for (const part of split(each)) explanations.push(part);
  }
  return {
    kind: "gateway-whichroute",
    report: { schemaVersion: "1.0", explanations, gatewayTable: reportedRouter(table) },
    page: { tables: [], carriedTags: null, gateway: gatewayRoutesReport(routes) },
  } as const;
}

/** @throws UserError for a list of BGP peers. */
export function requireRoutes(table: AnyGatewayTable): GatewayTable {
  if (!isPeerTable(table)) return table;
  throw new UserError(
    "gateway-peers",
    "it lists BGP peers, not routes, so it does not say which route wins",
    "give the learned routes: az network vnet-gateway list-learned-routes, or --gateway NAME without --peers",
  );
}

/** Returns a function that splits sets by the table, loaded only where one is asked for. It throws UserError. */
export async function gatewaySplitter(table: GatewayTable, tags: TagCatalogue | null) {
  const [{ splitByGateway }, { destinationSet }, { splitSize }] = await Promise.all([
    import("../../../analysis/gateways/split.ts"),
    import("../../../analysis/destinations/destination-set.ts"),
    import("../../../analysis/destinations/split.ts"),
  ]);
  const size = splitSize();
  return (each: Exclude<TypedDestination, { readonly kind: "address" }>) => {
    const set = each.kind === "set" ? destinationSet(each.destination, tags) : each.lines.set(each.name, tags);
    return splitByGateway(set, table, size);
  };
}
