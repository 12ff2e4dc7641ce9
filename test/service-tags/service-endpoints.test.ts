import { describe, expect, test } from "vitest";
import {
  endpointOfTag,
  regionOfTag,
  SERVICE_ENDPOINTS,
  serviceOfTag,
  tagOfEndpoint,
} from "../../src/service-tags/service-endpoints.ts";

/** Every service endpoint with its tag, as Microsoft's documents pair them. */
const PAIRS = [
  ["Microsoft.Storage", "Storage"],
  ["Microsoft.Sql", "Sql"],
  ["Microsoft.KeyVault", "AzureKeyVault"],
  ["Microsoft.AzureCosmosDB", "AzureCosmosDB"],
  ["Microsoft.ServiceBus", "ServiceBus"],
  ["Microsoft.EventHub", "EventHub"],
  ["Microsoft.Web", "AppService"],
  ["Microsoft.ContainerRegistry", "AzureContainerRegistry"],
  ["Microsoft.AzureActiveDirectory", "AzureActiveDirectory"],
  ["Microsoft.CognitiveServices", "CognitiveServicesManagement"],
] as const;

describe("a service endpoint and its tag", () => {
  test.each(PAIRS)("%s has %s, in any case and of any region", (endpoint, tag) => {
    expect(tagOfEndpoint(endpoint.toUpperCase())).toBe(tag);
    expect([endpointOfTag(tag), endpointOfTag(`${tag.toLowerCase()}.WestEurope`)]).toEqual([endpoint, endpoint]);
  });

  test("are all there are", () => {
    expect(SERVICE_ENDPOINTS).toEqual(PAIRS.map(([endpoint]) => endpoint));
    expect([tagOfEndpoint("Microsoft.Mystery"), endpointOfTag("Mystery")]).toEqual([null, null]);
  });

  const on = (...services: readonly string[]) => services.map((service) => ({ service, locations: ["*"] }));
  test.each([
    ["Storage", on(), "Microsoft.Storage"],
    ["Storage", on("Microsoft.Storage"), "Microsoft.Storage"],
    ["Storage", on("Microsoft.Storage", "Microsoft.Storage.Global"), "Microsoft.Storage"],
    ["Storage", on("Microsoft.Sql", "microsoft.storage.global"), "Microsoft.Storage.Global"],
    ["Storage.WestEurope", on("Microsoft.Storage.Global"), "Microsoft.Storage"],
    ["Mystery", on("null.Global"), null],
  ])("the endpoint of %s in a subnet with %j is %s", (tag, endpoints, expected) => {
    expect(endpointOfTag(tag, endpoints)).toBe(expected);
  });

  test.each([
    ["Storage.WestEurope", "Storage", "WestEurope"],
    ["AzureFrontDoor.Backend.X", "AzureFrontDoor", "Backend.X"],
    ["Storage", "Storage", ""],
    [".WestEurope", "", "WestEurope"],
  ])("the tag %s is of the service %s and the region '%s'", (tag, service, region) => {
    expect([serviceOfTag(tag), regionOfTag(tag)]).toEqual([service, region]);
  });
});
