import { basename } from "node:path";
import { routerNames } from "../../../analysis/fleet/router-names.ts";
import { circuitScope, type GatewayRequest } from "../../../azure/gateways/request.ts";
import { routerText } from "../../../output/results/gateways/router-text.ts";
import { reportedRouter } from "../../../routes/gateways/gateway-report.ts";
import { type AnyGatewayTable, isPeerTable } from "../../../routes/gateways/gateway-table.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { firstOf } from "../../../text/first-of.ts";
import { quotedText } from "../../../text/quoted-text.ts";
import { same } from "../../../text/same.ts";
import { UserError } from "../../../text/user-error.ts";
import { nameOf } from "../../../topology/resource-id.ts";
import { nameOfFile } from "./file-name.ts";
import { type LoadedSnapshot, type LoadOptions, loadSnapshot, namedAddresses } from "./load-snapshot.ts";

/**
 * The table of a hub, a gateway, a Route Server or a circuit that a snapshot keeps, with the names of its next hops.
 * @throws UserError for one that it does not keep, and for a name that several have.
 */
export async function routerInSnapshot(
  path: string,
  request: GatewayRequest,
  options: LoadOptions,
  terminal: Terminal,
): Promise<AnyGatewayTable> {
  const loaded = await loadSnapshot(path, options, terminal, "routers");
  const { snapshot } = loaded;
  const kept: readonly AnyGatewayTable[] = [...snapshot.gatewayTables, ...(snapshot.peerTables ?? [])];
  const [found, another] = kept.filter((table) => isMeant(table, request));
  if (found === undefined) throw notKept(loaded, request, kept);
  if (another !== undefined) {
    const isExport = found.origin.kind === "file";
    throw new UserError(
      "router-ambiguous",
      `the ${loaded.word} keeps several such tables of ${quotedText(request.router, 40)}`,
      isExport
        ? `give one of the files: ${found.origin.name} or ${another.origin.name}`
        : `name its resource id, or its group with -g: ${found.routerId}`,
    );
  }
  if (isPeerTable(found)) return found;
  return { ...found, names: routerNames(found, snapshot.topology, await namedAddresses(options)) };
}

/** The tables that a snapshot keeps, each in a few words. */
export const keptRouters = (tables: readonly AnyGatewayTable[]): readonly string[] =>
  tables.map((table) => routerText(reportedRouter(table)).replace(/, (.*)$/, " ($1)")).sort();

function isMeant(table: AnyGatewayTable, request: GatewayRequest): boolean {
  const { kind, routerId, scope } = table;
  const { router, resourceGroup } = request;
  if (!namesOf(table).some((name) => same(name, router))) return false;
  const group = /\/resourceGroups\/([^/]+)\//i.exec(routerId)?.[1];
  if (resourceGroup !== null && group !== undefined && !same(group, resourceGroup)) return false;
  const wanted = kindAndScope(request);
  return kind === wanted.kind && (scope === null || wanted.scope === null || same(scope, nameOf(wanted.scope)));
}

/** The names that choose a table: of its router, alone or with the scope, and of an export's file. */
function namesOf({ routerId, scope, origin }: AnyGatewayTable): readonly string[] {
  const name = nameOf(routerId);
  const names = scope === null ? [routerId, name] : [routerId, name, `${name} ${scope}`];
  return origin.kind === "file" ? [...names, nameOfFile(basename(origin.name))] : names;
}

/** The kind of the requested table, and which of the router's tables it is. */
function kindAndScope(request: GatewayRequest): { kind: AnyGatewayTable["kind"]; scope: string | null } {
  switch (request.type) {
    case "hub":
      return { kind: "hub", scope: request.of.name };
    case "gateway":
      if (request.table === "advertised") return { kind: "gateway-advertised", scope: request.peer };
      return { kind: request.table === "peers" ? "gateway-peers" : "gateway-learned", scope: null };
    case "route-server":
      return { kind: request.advertised ? "route-server-advertised" : "route-server-learned", scope: request.peer };
    case "circuit":
      return { kind: request.summary ? "circuit-summary" : "circuit", scope: circuitScope(request) };
    default:
      return request satisfies never;
  }
}

/** The most tables that a message lists. */
const MOST_LISTED = 10;

function notKept(
  { word }: LoadedSnapshot,
  { type, router }: GatewayRequest,
  tables: readonly AnyGatewayTable[],
): UserError {
  const kept = keptRouters(tables).map((text) => quotedText(text, 100));
  const none =
    word === "folder"
      ? "add its export to the folder"
      : "take it again with them: vnet-explain snapshot DIR --with gateways,hubs,circuits";
  return new UserError(
    "router-not-kept",
    `the ${word} does not keep this table of --${type} ${quotedText(router, 40)}`,
    kept.length > 0 ? `it keeps: ${firstOf(kept, MOST_LISTED)}` : none,
  );
}
