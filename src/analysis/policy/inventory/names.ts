import { firstOf } from "../../../text/first-of.ts";
import { nameOf, networkOf } from "../../../topology/resource-id.ts";

/** `vnet-spoke/app` for a subnet's id. */
export function subnetName(subnetId: string): string {
  const networkId = networkOf(subnetId);
  return networkId === null ? nameOf(subnetId) : `${nameOf(networkId)}/${nameOf(subnetId)}`;
}

/** `-g GROUP -n NAME` for a resource's id, as az takes it. `option`: another one for the name. */
export function azName(id: string, option = "-n"): string {
  const group = /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? "";
  return `-g ${azWord(group, "GROUP")} ${option} ${azWord(nameOf(id), "NAME")}`;
}

/** A name as a word of a command line; `instead` of one that a shell would not take as it is, which Azure has not. */
export function azWord(name: string, instead: string): string {
  return /^[\w.-]+$/.test(name) ? name : instead;
}

/** The first names: `a`, `a and b`, `a, b and 3 more`. */
export function firstNames(names: readonly string[], most = 3): string {
  if (names.length > most || names.length < 2) return firstOf(names, most);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
