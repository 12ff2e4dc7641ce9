import type { AnyKind } from "../../routes/gateways/read/row-kind.ts";
import { same } from "../../text/same.ts";
import type { AzureRead } from "../arm/reads.ts";

/** The table to ask Azure for, and its router. `router`: a name or a resource id. */
export type GatewayRequest = { readonly router: string; readonly resourceGroup: string | null } & (
  | {
      readonly type: "hub";
      /** The name of a route table, or the name or id of a connection. */
      readonly of: { readonly by: "route-table" | "connection"; readonly name: string };
    }
  | { readonly type: "gateway"; readonly table: "learned" | "peers" }
  | { readonly type: "gateway"; readonly table: "advertised"; readonly peer: string }
  | { readonly type: "route-server"; readonly peer: string; readonly advertised: boolean }
  | {
      readonly type: "circuit";
      readonly peering: string;
      readonly path: "primary" | "secondary";
      readonly summary: boolean;
    }
);

export type RouterType = GatewayRequest["type"];

/** The type of resource of each router. A Route Server is a hub for Azure. */
export const RESOURCE_TYPES: Readonly<Record<RouterType, string>> = {
  hub: "Microsoft.Network/virtualHubs",
  gateway: "Microsoft.Network/virtualNetworkGateways",
  "route-server": "Microsoft.Network/virtualHubs",
  circuit: "Microsoft.Network/expressRouteCircuits",
};

/** What people call it. */
export const ROUTER_NAMES: Readonly<Record<RouterType, string>> = {
  hub: "virtual hub",
  gateway: "gateway",
  "route-server": "Route Server",
  circuit: "circuit",
};

/** The call that answers a request. */
export interface GatewayCall {
  readonly kind: AnyKind;
  readonly scope: string | null;
  /** Behind the router's resource id, with its query but without a version. */
  readonly path: string;
  readonly body: object | null;
  readonly read: AzureRead;
}

/**
 * The call for a table of the router with this resource id.
 * https://learn.microsoft.com/rest/api/virtualwan/virtual-hubs/get-effective-virtual-hub-routes
 * https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways/get-learned-routes
 * https://learn.microsoft.com/rest/api/virtualwan/virtual-hub-bgp-connections/list-learned-routes
 * https://learn.microsoft.com/rest/api/expressroute/express-route-circuits/list-routes-table
 */
export function callOf(request: GatewayRequest, routerId: string): GatewayCall {
  const name = routerId.slice(routerId.lastIndexOf("/") + 1).slice(0, 30);
  const subject = `${ROUTER_NAMES[request.type]} ${name}`;
  const read = (table: string, action: string): AzureRead => ({
    what: `the ${table} of ${name}`,
    subject,
    action: `Microsoft.Network/${action}`,
    role: "Network Contributor",
    on: "the resource group",
    notFound: "check the name, -g and --subscription",
  });
  switch (request.type) {
    case "hub": {
      const { resourceId, virtualWanResourceType, scope } = hubResource(request.of, routerId);
      return {
        kind: "hub",
        scope,
        path: "/effectiveRoutes",
        body: { resourceId, virtualWanResourceType },
        read: read("effective routes", "virtualHubs/effectiveRoutes/action"),
      };
    }
    case "gateway": {
      if (request.table === "advertised") {
        return {
          kind: "gateway-advertised",
          scope: request.peer,
          path: `/getAdvertisedRoutes?peer=${encodeURIComponent(request.peer)}`,
          body: null,
          read: read("advertised routes", "virtualnetworkgateways/getadvertisedroutes/action"),
        };
      }
      const isLearned = request.table === "learned";
      return {
        kind: isLearned ? "gateway-learned" : "gateway-peers",
        scope: null,
        path: isLearned ? "/getLearnedRoutes" : "/getBgpPeerStatus",
        body: null,
        read: isLearned
          ? read("learned routes", "virtualnetworkgateways/getlearnedroutes/action")
          : read("BGP peers", "virtualnetworkgateways/getbgppeerstatus/action"),
      };
    }
    case "route-server": {
      const table = request.advertised ? "advertisedRoutes" : "learnedRoutes";
      return {
        kind: request.advertised ? "route-server-advertised" : "route-server-learned",
        scope: request.peer,
        path: `/bgpConnections/${encodeURIComponent(request.peer)}/${table}`,
        body: null,
        read: {
          // Microsoft's list of actions lacks it; the address of the call has this form.
          ...read(
            `${request.advertised ? "advertised" : "learned"} routes`,
            `virtualHubs/bgpConnections/${table}/action`,
          ),
          notFound: "check the names of the Route Server and of its peer: az network routeserver peering list",
        },
      };
    }
    case "circuit": {
      const { peering, path, summary } = request;
      const table = summary ? "routeTablesSummary" : "routeTables";
      // Microsoft's lists of actions disagree.
      const actions = `expressRouteCircuits/peerings/${table}/action or .../${table}/read`;
      return {
        kind: summary ? "circuit-summary" : "circuit",
        scope: circuitScope(request),
        path: `/peerings/${encodeURIComponent(peering)}/${table}/${path}`,
        body: null,
        read: {
          ...read(summary ? "BGP peers" : "route table", actions),
          notFound: "check the names of the circuit and the peering (--peering): az network express-route peering list",
        },
      };
    }
    default:
      return request satisfies never;
  }
}

/** The peering with routes to virtual networks. */
export const PRIVATE_PEERING = "AzurePrivatePeering";

/** Which table of a circuit it is: the path, with the peering where that is not the private one. */
export const circuitScope = ({ peering, path }: { readonly peering: string; readonly path: string }): string =>
  same(peering, PRIVATE_PEERING) ? path : `${peering} ${path}`;

/** The types of connections, by the part of their resource ids. */
const CONNECTION_TYPES: readonly (readonly [RegExp, string])[] = [
  [/\/hubRouteTables\/[^/]+$/i, "RouteTable"],
  [/\/expressRouteConnections\/[^/]+$/i, "ExpressRouteConnection"],
  [/\/expressRouteGateways\/[^/]+$/i, "ExpressRouteGateway"],
  [/\/vpnConnections\/[^/]+$/i, "VpnConnection"],
  [/\/p2sConnectionConfigurations\/[^/]+$/i, "P2SConnection"],
];

/** The resource of a hub to ask about. A plain name is a network's connection; others need their resource id. */
function hubResource({ by, name }: Extract<GatewayRequest, { type: "hub" }>["of"], hubId: string) {
  const scope = name.slice(name.lastIndexOf("/") + 1);
  if (name.startsWith("/")) {
    const type = CONNECTION_TYPES.find(([pattern]) => pattern.test(name))?.[1] ?? "HubVirtualNetworkConnection";
    return { resourceId: name, virtualWanResourceType: type, scope };
  }
  return by === "route-table"
    ? { resourceId: `${hubId}/hubRouteTables/${name}`, virtualWanResourceType: "RouteTable", scope }
    : {
        resourceId: `${hubId}/hubVirtualNetworkConnections/${name}`,
        virtualWanResourceType: "HubVirtualNetworkConnection",
        scope,
      };
}
