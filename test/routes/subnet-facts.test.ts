import { describe, expect, it } from "vitest";
import { readSubnetFacts, type SubnetFacts } from "../../src/routes/subnet-facts.ts";

const FACTS: SubnetFacts = {
  id: "/subscriptions/s/subnets/app",
  region: "westeurope",
  serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope", "northeurope"] }],
  routeTableId: "/subscriptions/s/routeTables/rt",
  privateEndpointNetworkPolicies: "Disabled",
};

describe("what a subnet says comes back from JSON", () => {
  it.each<[string, unknown, SubnetFacts | null]>([
    ["whole", JSON.parse(JSON.stringify(FACTS)), FACTS],
    [
      "an endpoint without its name is passed over",
      { ...FACTS, serviceEndpoints: [{}, null, 7] },
      { ...FACTS, serviceEndpoints: [] },
    ],
    [
      "regions that are none are passed over",
      { ...FACTS, serviceEndpoints: [{ service: "Microsoft.Web", locations: [7] }] },
      { ...FACTS, serviceEndpoints: [{ service: "Microsoft.Web", locations: [] }] },
    ],
    ["what is not text is not known", { ...FACTS, routeTableId: 7 }, { ...FACTS, routeTableId: null }],
    ["no endpoints, no facts", { id: "app" }, null],
    ["nothing", null, null],
  ])("%s", (_, value, facts) => expect(readSubnetFacts(value)).toEqual(facts));
});
