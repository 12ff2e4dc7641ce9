/** A service endpoint that a subnet has switched on. */
export interface SubnetEndpoint {
  /** `Microsoft.Storage` */
  readonly service: string;
  /** The regions that it covers, as Azure names them (`westeurope`), `*` for all; empty where Azure does not tell. */
  readonly locations: readonly string[];
}

/**
 * What a NIC's subnet says that bears on its routes.
 * https://learn.microsoft.com/rest/api/virtualnetwork/subnets/get
 */
export interface SubnetFacts {
  /** Its resource id. */
  readonly id: string;
  /** Azure's name of the network's region, `westeurope`: some service endpoints serve only it. */
  readonly region: string | null;
  readonly serviceEndpoints: readonly SubnetEndpoint[];
  readonly routeTableId: string | null;
  /** `Disabled`, `Enabled`, `NetworkSecurityGroupEnabled` or `RouteTableEnabled`. */
  readonly privateEndpointNetworkPolicies: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const textOrNull = (value: unknown) => (typeof value === "string" ? value : null);
const texts = (value: unknown) =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

/** The facts in JSON that was once made of them; null where it holds none. */
export function readSubnetFacts(value: unknown): SubnetFacts | null {
  if (!isFields(value) || typeof value.id !== "string" || !Array.isArray(value.serviceEndpoints)) return null;
  return {
    id: value.id,
    region: textOrNull(value.region),
    serviceEndpoints: value.serviceEndpoints.flatMap((each: unknown) =>
      isFields(each) && typeof each.service === "string"
        ? [{ service: each.service, locations: texts(each.locations) }]
        : [],
    ),
    routeTableId: textOrNull(value.routeTableId),
    privateEndpointNetworkPolicies: textOrNull(value.privateEndpointNetworkPolicies),
  };
}
