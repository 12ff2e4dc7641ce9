import { nameOf, networkOf } from "../../../topology/resource-id.ts";

/** `vnet-spoke/app` for a subnet's id. */
export function subnetName(subnetId: string): string {
  const networkId = networkOf(subnetId);
  return networkId === null ? nameOf(subnetId) : `${nameOf(networkId)}/${nameOf(subnetId)}`;
}

/** `-g GROUP -n NAME` for a resource's id, as az takes it; only the name where the id has no group. */
export function azName(id: string): string {
  const [, group] = /\/resourceGroups\/([^/]+)/i.exec(id) ?? [];
  return `${group === undefined ? "" : `-g ${group} `}-n ${nameOf(id)}`;
}

/** The first names, and how many more there are: `a, b and 3 more`. */
export function firstNames(names: readonly string[], most = 3): string {
  const more = names.length - most;
  if (more <= 0) return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `${names.slice(0, most).join(", ")} and ${more} more`;
}
