import { ownField } from "../../text/type-guards.ts";
import { INVENTORY_KINDS, type InventoryResource, kept } from "./kinds.ts";

const QUERIED = INVENTORY_KINDS.filter(({ listed }) => listed !== "with-parent");

/** A subscription may have thousands of each of these kinds, so a search names the resources that it wants. */
const SEARCHED: ReadonlySet<string> = new Set([
  "Microsoft.Network/networkInterfaces",
  "Microsoft.Compute/virtualMachines",
  "Microsoft.Compute/virtualMachineScaleSets",
  "Microsoft.Network/privateEndpoints",
  "Microsoft.Network/publicIPAddresses",
]);

const typeIn = (types: readonly string[]) => `type in~ (${types.map((type) => `'${type.toLowerCase()}'`).join(", ")})`;

/** The condition for every resource of the inventory. */
export const WHOLE_INVENTORY = typeIn(QUERIED.map(({ type }) => type));

/** Which resources a search finds. Texts compare without case. */
export interface ResourceSearch {
  /** All networks and what routes between them: route tables, load balancers, firewalls, gateways, hubs. */
  readonly routers: boolean;
  readonly nicNames: readonly string[];
  readonly machineNames: readonly string[];
  /** Of NICs, as Azure writes them. */
  readonly addresses: readonly string[];
  /** Of NICs and virtual machines. */
  readonly ids: readonly string[];
  /** Of virtual machines whose NICs are wanted too. */
  readonly machineIds: readonly string[];
  /** `NETWORK/SUBNET`. The NICs of each are wanted. */
  readonly subnets: readonly string[];
}

/** Returns the condition of a search. What a user or Azure wrote is a quoted text in it. */
export function searchCondition(search: ResourceSearch): string {
  const { routers, nicNames, machineNames, addresses, ids, machineIds, subnets } = search;
  const list = (field: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`${field} in~ (${values.map(quoted).join(", ")})`];
  const holds = (text: string) => `tostring(properties) contains ${quoted(text)}`;
  const ofNics = [
    ...list("name", nicNames),
    ...list("id", ids),
    ...addresses.map((address) => holds(`"${address}"`)),
    ...machineIds.map((id) => holds(`"${id}"`)),
    ...machineNames.map((name) => holds(`/virtualMachines/${name}"`)),
    ...subnets.map((text) => holds(`/virtualNetworks/${text.replace("/", "/subnets/")}"`)),
  ];
  const ofMachines = [...list("name", machineNames), ...list("id", [...ids, ...machineIds])];
  const some = (type: string, conditions: readonly string[]) =>
    conditions.length === 0 ? [] : [`(type =~ '${type}' and (${conditions.join(" or ")}))`];
  return [
    ...(routers ? [typeIn(QUERIED.map(({ type }) => type).filter((type) => !SEARCHED.has(type)))] : []),
    ...some("microsoft.network/networkinterfaces", ofNics),
    ...some("microsoft.compute/virtualmachines", ofMachines),
    ...(routers ? some("microsoft.network/publicipaddresses", [holds("/virtualNetworkGateways/")]) : []),
  ].join("\n    or ");
}

/** Kusto reads the text of a JSON string as JSON does. */
const quoted = (text: string) => JSON.stringify(text);

/**
 * All kinds in one query, because each query counts against the user's quota. Columns are what the kinds keep of
 * `properties`.
 */
export function inventoryQuery(condition: string): string {
  const fields = [...new Set(QUERIED.flatMap(({ properties }) => Object.keys(properties)))].sort();
  return [
    "resources",
    `| where ${condition}`,
    `| project id, name, type, location, kind, ${fields.map((field) => `${field} = properties.${field}`).join(", ")}`,
    "| order by id asc",
  ].join("\n");
}

/** The row of an inventory query as a resource. */
export function resourceOf(row: unknown): InventoryResource | null {
  const field = (name: string) => ownField(row, name);
  return kept({
    id: field("id"),
    name: field("name"),
    location: field("location"),
    kind: field("kind"),
    properties: row,
  });
}
