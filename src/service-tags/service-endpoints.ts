import type { SubnetEndpoint } from "../routes/subnet-facts.ts";
import { same } from "../text/same.ts";

/**
 * Service endpoints and the service tags whose prefixes their routes hold.
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
const ENDPOINT_OF_SERVICE: ReadonlyMap<string, string> = new Map([
  ["storage", "Microsoft.Storage"],
  ["sql", "Microsoft.Sql"],
  ["azurekeyvault", "Microsoft.KeyVault"],
  ["azurecosmosdb", "Microsoft.AzureCosmosDB"],
  ["servicebus", "Microsoft.ServiceBus"],
  ["eventhub", "Microsoft.EventHub"],
  ["appservice", "Microsoft.Web"],
  ["azurecontainerregistry", "Microsoft.ContainerRegistry"],
  ["azureactivedirectory", "Microsoft.AzureActiveDirectory"],
  ["cognitiveservicesmanagement", "Microsoft.CognitiveServices"],
]);

/** The service endpoints with a known tag. */
export const SERVICE_ENDPOINTS: readonly string[] = [...ENDPOINT_OF_SERVICE.values()];

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
