import { FIREWALL, MANAGED_APPLIANCE } from "./appliance.ts";
import { PRIVATE_ENDPOINT, PUBLIC_ADDRESS } from "./endpoint.ts";
import { CIRCUIT, CONNECTION, GATEWAY, LOCAL_NETWORK_GATEWAY } from "./gateway.ts";
import { HUB, HUB_CONNECTION, HUB_PEER, HUB_PLACE } from "./hub.ts";
import type { ResourceKind } from "./kind.ts";
import { LOAD_BALANCER, LOAD_BALANCER_PART } from "./load-balancer.ts";
import { NETWORK, PEERING, SUBNET } from "./network.ts";
import { NIC } from "./nic.ts";
import { ROUTE_TABLE } from "./route-table.ts";
import { SCALE_SET, VIRTUAL_MACHINE } from "./virtual-machine.ts";

/** Every kind of resource that the program knows, by its type in lower case. */
export const KINDS: ReadonlyMap<string, ResourceKind> = new Map(
  [
    NETWORK,
    SUBNET,
    PEERING,
    NIC,
    VIRTUAL_MACHINE,
    SCALE_SET,
    ROUTE_TABLE,
    LOAD_BALANCER,
    LOAD_BALANCER_PART,
    FIREWALL,
    MANAGED_APPLIANCE,
    GATEWAY,
    CONNECTION,
    LOCAL_NETWORK_GATEWAY,
    CIRCUIT,
    HUB,
    HUB_CONNECTION,
    HUB_PEER,
    HUB_PLACE,
    PRIVATE_ENDPOINT,
    PUBLIC_ADDRESS,
  ].flatMap((kind) => kind.types.map((type) => [type, kind] as const)),
);
