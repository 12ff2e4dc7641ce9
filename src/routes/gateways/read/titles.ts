import { lastPart } from "../../../text/last-part.ts";
import type { AnyKind } from "./row-kind.ts";

/** What the text around a table says of it: the command that printed it, or a title. */
export interface Title {
  /** The name of the router. */
  readonly name: string | null;
  readonly kind: AnyKind | null;
  /** Which of the router's tables: a peer, a route table, `primary`. */
  readonly scope: string | null;
  /** ISO 8601; only this program keeps it with a table. */
  readonly fetchedAt?: string | null;
}

export const NO_TITLE: Title = { name: null, kind: null, scope: null };

type CommandThatPrints = readonly [
  pattern: RegExp,
  kind: AnyKind,
  nameOptions: readonly string[],
  scopeOptions: readonly string[] | null,
];

const AZ_NAME = ["--name", "-n"];
const ROUTE_SERVER = ["--routeserver", "--vhub-name"];
const PS_GATEWAY = ["-VirtualNetworkGatewayName"];
const PS_ROUTE_SERVER = ["-RouteServerName"];
const PS_CIRCUIT = ["-ExpressRouteCircuitName"];

/** The commands that print such tables, with their options for the router's name and the scope. */
const COMMANDS: readonly CommandThatPrints[] = [
  [/vnet-gateway list-learned-routes/i, "gateway-learned", AZ_NAME, null],
  [/vnet-gateway list-advertised-routes/i, "gateway-advertised", AZ_NAME, ["--peer"]],
  [/vnet-gateway list-bgp-peer-status/i, "gateway-peers", AZ_NAME, null],
  [/routeserver peering list-learned-routes/i, "route-server-learned", ROUTE_SERVER, AZ_NAME],
  [/routeserver peering list-advertised-routes/i, "route-server-advertised", ROUTE_SERVER, AZ_NAME],
  [/vhub get-effective-routes/i, "hub", AZ_NAME, ["--resource-id"]],
  [/express-route list-route-tables-summary/i, "circuit-summary", AZ_NAME, ["--path"]],
  [/express-route list-route-tables(?!-)/i, "circuit", AZ_NAME, ["--path"]],
  [/Get-AzVirtualNetworkGatewayLearnedRoute/i, "gateway-learned", PS_GATEWAY, null],
  [/Get-AzVirtualNetworkGatewayAdvertisedRoute/i, "gateway-advertised", PS_GATEWAY, ["-Peer"]],
  [/Get-AzVirtualNetworkGatewayBGPPeerStatus/i, "gateway-peers", PS_GATEWAY, null],
  [/Get-AzRouteServerPeerLearnedRoute/i, "route-server-learned", PS_ROUTE_SERVER, ["-PeerName"]],
  [/Get-AzRouteServerPeerAdvertisedRoute/i, "route-server-advertised", PS_ROUTE_SERVER, ["-PeerName"]],
  [/Get-AzVHubEffectiveRoute/i, "hub", ["-VirtualHubName"], ["-ResourceId"]],
  [/Get-AzExpressRouteCircuitRouteTableSummary/i, "circuit-summary", PS_CIRCUIT, ["-DevicePath"]],
  [/Get-AzExpressRouteCircuitRouteTable(?!S)/i, "circuit", PS_CIRCUIT, ["-DevicePath"]],
];

/** Titles that scripts and people write above a table. Groups: the name, or the path and the name. */
const TITLES: readonly RegExp[] = [
  /^\W{0,8}Azure\w{1,20}Peering \((?<scope>primary|secondary)\):? *(?<name>[\w.-]+)/i,
  /^\W{0,8}(?:virtual network |vnet |vpn |er |expressroute )?(?:gateway|gw|(?:virtual )?hub|vhub|route ?server|circuit|router)(?: name)? ?[:=] *["'`*]{0,3}(?<name>[\w.-]+)/i,
  /^#{2,6} +["'`*]{0,3}(?<name>[\w.-]+)["'`*]{0,3} *$/,
];

/** Longer lines are not commands. */
const LONGEST = 2000;

/** How many lines above a table may name it. */
const NEAR = 15;

/** The title in the lines above a table, the nearest that has a name first. Linear in those lines. */
export function titleIn(lines: readonly string[]): Title {
  const near = joined(lines.slice(-NEAR)).toReversed();
  const titles = near.map(titleOf).filter((title) => title !== null);
  return titles.find(({ name }) => name !== null) ?? titles[0] ?? NO_TITLE;
}

/** Commands that go on after a backslash or a backtick, as one line. */
function joined(lines: readonly string[]): readonly string[] {
  return lines
    .join("\n")
    .replace(/[\\`]\n\s*/g, " ")
    .split("\n");
}

function titleOf(line: string): Title | null {
  if (line.length > LONGEST) return null;
  for (const [pattern, kind, nameOptions, scopeOptions] of COMMANDS) {
    if (!pattern.test(line)) continue;
    const scope = scopeOptions === null ? null : optionIn(line, scopeOptions);
    return { name: optionIn(line, nameOptions), kind, scope: scope === null ? null : lastPart(scope) };
  }
  for (const pattern of TITLES) {
    const { name, scope } = pattern.exec(line)?.groups ?? {};
    if (name !== undefined) return { name, kind: null, scope: scope?.toLowerCase() ?? null };
  }
  return null;
}

/** The value of the first of the options that a command line has; variables are not values. */
function optionIn(line: string, options: readonly string[]): string | null {
  for (const option of options) {
    const value = new RegExp(`\\s${option}[ =:]{1,3}["']?([^\\s"'|;]+)`, "i").exec(line)?.[1];
    if (value !== undefined && !value.startsWith("$")) return value;
  }
  return null;
}
