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

/** The commands that print such tables, with their options for the router's name and the scope. */
const COMMANDS: readonly {
  readonly pattern: RegExp;
  readonly kind: AnyKind;
  readonly name: readonly string[];
  readonly scope: readonly string[];
}[] = [
  { pattern: /vnet-gateway list-learned-routes/i, kind: "gateway-learned", name: ["--name", "-n"], scope: [] },
  {
    pattern: /vnet-gateway list-advertised-routes/i,
    kind: "gateway-advertised",
    name: ["--name", "-n"],
    scope: ["--peer"],
  },
  { pattern: /vnet-gateway list-bgp-peer-status/i, kind: "gateway-peers", name: ["--name", "-n"], scope: [] },
  {
    pattern: /routeserver peering list-learned-routes/i,
    kind: "route-server-learned",
    name: ["--routeserver", "--vhub-name"],
    scope: ["--name", "-n"],
  },
  {
    pattern: /routeserver peering list-advertised-routes/i,
    kind: "route-server-advertised",
    name: ["--routeserver", "--vhub-name"],
    scope: ["--name", "-n"],
  },
  { pattern: /vhub get-effective-routes/i, kind: "hub", name: ["--name", "-n"], scope: ["--resource-id"] },
  {
    pattern: /express-route list-route-tables-summary/i,
    kind: "circuit-summary",
    name: ["--name", "-n"],
    scope: ["--path"],
  },
  { pattern: /express-route list-route-tables(?!-)/i, kind: "circuit", name: ["--name", "-n"], scope: ["--path"] },
  {
    pattern: /Get-AzVirtualNetworkGatewayLearnedRoute/i,
    kind: "gateway-learned",
    name: ["-VirtualNetworkGatewayName"],
    scope: [],
  },
  {
    pattern: /Get-AzVirtualNetworkGatewayAdvertisedRoute/i,
    kind: "gateway-advertised",
    name: ["-VirtualNetworkGatewayName"],
    scope: ["-Peer"],
  },
  {
    pattern: /Get-AzVirtualNetworkGatewayBGPPeerStatus/i,
    kind: "gateway-peers",
    name: ["-VirtualNetworkGatewayName"],
    scope: [],
  },
  {
    pattern: /Get-AzRouteServerPeerLearnedRoute/i,
    kind: "route-server-learned",
    name: ["-RouteServerName"],
    scope: ["-PeerName"],
  },
  {
    pattern: /Get-AzRouteServerPeerAdvertisedRoute/i,
    kind: "route-server-advertised",
    name: ["-RouteServerName"],
    scope: ["-PeerName"],
  },
  { pattern: /Get-AzVHubEffectiveRoute/i, kind: "hub", name: ["-VirtualHubName"], scope: ["-ResourceId"] },
  {
    pattern: /Get-AzExpressRouteCircuitRouteTableSummary/i,
    kind: "circuit-summary",
    name: ["-ExpressRouteCircuitName"],
    scope: ["-DevicePath"],
  },
  {
    pattern: /Get-AzExpressRouteCircuitRouteTable(?!S)/i,
    kind: "circuit",
    name: ["-ExpressRouteCircuitName"],
    scope: ["-DevicePath"],
  },
];

/** Titles that scripts and people write above a table. Groups: the name, or the path and the name. */
const TITLES: readonly RegExp[] = [
  /^\W{0,8}Azure\w{1,20}Peering \((?<scope>primary|secondary)\):? *(?<name>[\w.-]+)/i,
  /^\W{0,8}(?:virtual network |vnet |vpn |er |expressroute )?(?:gateway|gw|(?:virtual )?hub|vhub|route ?server|circuit|router)(?: name)? ?[:=] *["'`*]{0,3}(?<name>[\w.-]+)/i,
  /^#{2,6} +["'`*]{0,3}(?<name>[\w.-]+)["'`*]{0,3} *$/,
];

/** Longer lines are no commands. */
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
  const command = COMMANDS.find(({ pattern }) => pattern.test(line));
  if (command !== undefined) {
    const scope = optionIn(line, command.scope);
    return { name: optionIn(line, command.name), kind: command.kind, scope: scope === null ? null : lastPart(scope) };
  }
  for (const pattern of TITLES) {
    const { name, scope } = pattern.exec(line)?.groups ?? {};
    if (name !== undefined) return { name, kind: null, scope: scope?.toLowerCase() ?? null };
  }
  return null;
}

/** The value of the first of the options that a command line has; variables are no values. */
function optionIn(line: string, options: readonly string[]): string | null {
  for (const option of options) {
    const value = new RegExp(`\\s${option}[ =:]{1,3}["']?([^\\s"'|;]+)`, "i").exec(line)?.[1];
    if (value !== undefined && !value.startsWith("$")) return value;
  }
  return null;
}

/** The last part of a resource id; other texts as they are. */
function lastPart(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
