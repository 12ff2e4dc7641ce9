import { type Command, Option } from "commander";
import type { GatewayRequest } from "../../../azure/gateways/request.ts";
import { UserError } from "../../../text/user-error.ts";
import { OWN_OPTIONS, SOURCE_OPTIONS } from "../../help/option-groups.ts";
import { optionFlag } from "../option-flag.ts";

/** The options that name the table of a hub, a gateway, a Route Server or a circuit in Azure. */
export interface GatewayOptions {
  readonly hub?: string | undefined;
  readonly routeTable?: string | undefined;
  readonly connection?: string | undefined;
  readonly gateway?: string | undefined;
  readonly peers?: boolean | undefined;
  readonly advertisedTo?: string | undefined;
  readonly routeServer?: string | undefined;
  readonly peer?: string | undefined;
  readonly advertised?: boolean | undefined;
  readonly circuit?: string | undefined;
  readonly peering?: string | undefined;
  readonly path?: "primary" | "secondary" | undefined;
  readonly summary?: boolean | undefined;
}

/** The options that name a router, as commander names them. */
const ROUTER_OPTIONS = ["hub", "gateway", "routeServer", "circuit"] as const;

/** The options that choose one of its tables, and the router that has it. */
const TABLE_OPTIONS = {
  routeTable: "hub",
  connection: "hub",
  peers: "gateway",
  advertisedTo: "gateway",
  peer: "routeServer",
  advertised: "routeServer",
  peering: "circuit",
  path: "circuit",
  summary: "circuit",
} as const satisfies Partial<Record<keyof GatewayOptions, (typeof ROUTER_OPTIONS)[number]>>;

/** A directory beside one of these is a snapshot that keeps the router's table. */
const OTHER_SOURCES = ["sample", "nic", "vm", "privateIp", "refresh"];

/** Declares the options that name a router in Azure, and which of its tables. */
export function addGatewayOptions(command: Command): Command {
  const router = (flags: string, description: string) => {
    const option = new Option(flags, description);
    const own = option.attributeName();
    return option.conflicts([...OTHER_SOURCES, ...ROUTER_OPTIONS.filter((name) => name !== own)]);
  };
  return command
    .optionsGroup(SOURCE_OPTIONS)
    .addOption(router("--gateway <name|id>", "what a virtual network gateway learned: from Azure or a snapshot"))
    .option("--peers", "... its BGP peers instead")
    .option("--advertised-to <address>", "... or the routes that it advertises to this peer")
    .addOption(router("--hub <name|id>", "the effective routes of a virtual hub"))
    .option("--route-table <name>", "... of this route table (default: defaultRouteTable)")
    .option("--connection <name|id>", "... or of this connection: by id, or by the name of a network's connection")
    .addOption(router("--route-server <name|id>", "what a Route Server learned"))
    .option("--peer <name>", "... from this BGP peer")
    .option("--advertised", "... what it advertises to that peer instead")
    .addOption(router("--circuit <name|id>", "the route table of an ExpressRoute circuit"))
    .addOption(new Option("--path <path>", "... primary (default), secondary").choices(["primary", "secondary"]))
    .option("--peering <name>", "... of this peering (default: AzurePrivatePeering)")
    .option("--summary", "... its BGP peers instead")
    .optionsGroup(OWN_OPTIONS);
}

/** Whether the options name a router. */
export const namesRouter = (options: GatewayOptions): boolean =>
  ROUTER_OPTIONS.some((name) => options[name] !== undefined);

/**
 * The table that the options name; null where they name no router.
 * @throws UserError for an option of another router, two tables, and a Route Server without a peer.
 */
export function gatewayRequest(
  options: GatewayOptions & { readonly resourceGroup?: string | undefined },
): GatewayRequest | null {
  for (const [name, owner] of Object.entries(TABLE_OPTIONS)) {
    if (options[name as keyof typeof TABLE_OPTIONS] !== undefined && options[owner] === undefined) {
      throw new UserError(
        "gateway-options",
        `${optionFlag(name)} works only with ${optionFlag(owner)}`,
        `add ${optionFlag(owner)} NAME`,
      );
    }
  }
  const { hub, gateway, routeServer, circuit, resourceGroup = null } = options;
  if (hub !== undefined) {
    const { routeTable, connection } = options;
    if (routeTable !== undefined && connection !== undefined) throw twoTables("--route-table", "--connection");
    const of =
      connection === undefined
        ? ({ by: "route-table", name: routeTable ?? "defaultRouteTable" } as const)
        : ({ by: "connection", name: connection } as const);
    return { type: "hub", router: hub, resourceGroup, of };
  }
  if (gateway !== undefined) {
    const { peers, advertisedTo } = options;
    if (peers === true && advertisedTo !== undefined) throw twoTables("--peers", "--advertised-to");
    if (advertisedTo !== undefined) {
      return { type: "gateway", router: gateway, resourceGroup, table: "advertised", peer: advertisedTo };
    }
    return { type: "gateway", router: gateway, resourceGroup, table: peers === true ? "peers" : "learned" };
  }
  if (routeServer !== undefined) {
    const { peer, advertised = false } = options;
    if (peer === undefined) {
      throw new UserError(
        "gateway-options",
        "--route-server needs --peer: Azure has a table for each BGP peer",
        "list them: az network routeserver peering list -g GROUP --routeserver NAME -o table",
      );
    }
    return { type: "route-server", router: routeServer, resourceGroup, peer, advertised };
  }
  if (circuit === undefined) return null;
  const { path = "primary", peering = "AzurePrivatePeering", summary = false } = options;
  return { type: "circuit", router: circuit, resourceGroup, peering, path, summary };
}

const twoTables = (first: string, second: string) =>
  new UserError("gateway-options", `${first} and ${second} cannot be combined`, "give one of them");
