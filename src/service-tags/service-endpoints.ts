import type { SubnetEndpoint } from "../routes/subnet-facts.ts";
import { same } from "../text/same.ts";

/**
 * Service endpoints and the service tags whose prefixes their routes hold.
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
const ENDPOINTS: readonly (readonly [tag: string, endpoint: string])[] = [
  ["Storage", "Microsoft.Storage"],
  ["Sql", "Microsoft.Sql"],
  ["AzureKeyVault", "Microsoft.KeyVault"],
  ["AzureCosmosDB", "Microsoft.AzureCosmosDB"],
  ["ServiceBus", "Microsoft.ServiceBus"],
  ["EventHub", "Microsoft.EventHub"],
  ["AppService", "Microsoft.Web"],
  ["AzureContainerRegistry", "Microsoft.ContainerRegistry"],
  ["AzureActiveDirectory", "Microsoft.AzureActiveDirectory"],
  ["CognitiveServicesManagement", "Microsoft.CognitiveServices"],
];

const ENDPOINT_OF_SERVICE: ReadonlyMap<string, string> = new Map(
  ENDPOINTS.map(([tag, endpoint]) => [tag.toLowerCase(), endpoint]),
);

/** The service endpoints with a known tag. */
export const SERVICE_ENDPOINTS: readonly string[] = ENDPOINTS.map(([, endpoint]) => endpoint);

/** The service tag of a service endpoint, such as AzureKeyVault of Microsoft.KeyVault; null if none is known. */
export function tagOfEndpoint(endpoint: string): string | null {
  return ENDPOINTS.find(([, name]) => same(name, endpoint))?.[0] ?? null;
}

/** The part of a tag's name before its region: `Storage` of `Storage.WestEurope`. */
export function serviceOfTag(tag: string): string {
  const dot = tag.indexOf(".");
  return dot < 0 ? tag : tag.slice(0, dot);
}

/**
 * The region in a tag's name, `WestEurope` of `Storage.WestEurope`; "" for a global tag. It is Azure's own name,
 * whereas the file's `region` abbreviates some (norwaye, centralfrance).
 */
export function regionOfTag(tag: string): string {
  return tag.slice(serviceOfTag(tag).length + 1);
}

/**
 * The service endpoint whose routes hold the tag's prefixes; null if no endpoint is known for the service.
 * Microsoft.Storage and Microsoft.Storage.Global both have the global Storage tag. Returns the former unless the
 * subnet's `endpoints` have only the latter.
 */
export function endpointOfTag(tag: string, endpoints: readonly SubnetEndpoint[] = []): string | null {
  const endpoint = ENDPOINT_OF_SERVICE.get(serviceOfTag(tag).toLowerCase()) ?? null;
  const on = (name: string) => endpoints.some(({ service }) => same(service, name));
  const global = `${endpoint}.Global`;
  return endpoint !== null && !tag.includes(".") && on(global) && !on(endpoint) ? global : endpoint;
}
