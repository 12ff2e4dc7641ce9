import { isRecord, textField, textsIn } from "../text/type-guards.ts";

/** A service endpoint of a subnet. */
export interface SubnetEndpoint {
  /** `Microsoft.Storage` */
  readonly service: string;
  /** The regions that it covers, as Azure names them (`westeurope`), `*` for all; empty where Azure does not say. */
  readonly locations: readonly string[];
}

/**
 * The settings of a NIC's subnet that affect its routes.
 * https://learn.microsoft.com/rest/api/virtualnetwork/subnets/get
 */
export interface SubnetFacts {
  /** Its resource id. */
  readonly id: string;
  /** Azure's name of the network's region, such as `westeurope`. Some service endpoints serve only this region. */
  readonly region: string | null;
  readonly serviceEndpoints: readonly SubnetEndpoint[];
  readonly routeTableId: string | null;
  /** `Disabled`, `Enabled`, `NetworkSecurityGroupEnabled` or `RouteTableEnabled`. */
  readonly privateEndpointNetworkPolicies: string | null;
  /** False for a private subnet; null where Azure's answer lacks it; missing where the subnet was read without it. */
  readonly defaultOutboundAccess?: boolean | null;
  /**
   * The resource id of the subnet's NAT gateway; null where it has none; missing where the subnet was read without it.
   */
  readonly natGateway?: string | null;
}

/** A NIC's own addresses. */
export interface NicFacts {
  /** Of all its IP configurations. */
  readonly privateIpAddresses: readonly string[];
  /** Addresses or resource ids of the public IP addresses on it; null where they could not be read. */
  readonly publicIpAddresses: readonly string[] | null;
}

/** The facts that a JSON value holds; null where it holds none. The inverse of writing them with `JSON.stringify`. */
export function readSubnetFacts(value: unknown): SubnetFacts | null {
  if (!isRecord(value) || typeof value.id !== "string" || !Array.isArray(value.serviceEndpoints)) return null;
  return {
    id: value.id,
    region: textField(value, "region"),
    serviceEndpoints: value.serviceEndpoints.flatMap((each: unknown) =>
      isRecord(each) && typeof each.service === "string"
        ? [{ service: each.service, locations: textsIn(each.locations) }]
        : [],
    ),
    routeTableId: textField(value, "routeTableId"),
    privateEndpointNetworkPolicies: textField(value, "privateEndpointNetworkPolicies"),
    ...(isBooleanOrNull(value.defaultOutboundAccess) ? { defaultOutboundAccess: value.defaultOutboundAccess } : {}),
    ...("natGateway" in value ? { natGateway: textField(value, "natGateway") } : {}),
  };
}

/** The same for a NIC's addresses. */
export function readNicFacts(value: unknown): NicFacts | null {
  if (!isRecord(value) || !Array.isArray(value.privateIpAddresses)) return null;
  return {
    privateIpAddresses: textsIn(value.privateIpAddresses),
    publicIpAddresses: Array.isArray(value.publicIpAddresses) ? textsIn(value.publicIpAddresses) : null,
  };
}

const isBooleanOrNull = (value: unknown): value is boolean | null => typeof value === "boolean" || value === null;
