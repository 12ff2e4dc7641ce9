import { expect, test } from "vitest";
import { GATEWAY_RULES, type GatewayRuleId, gatewayRuleOf } from "../../src/selection/gateways/rules.ts";
import { RULES, type Rule, type RuleId, ruleOf } from "../../src/selection/rules.ts";

/** What JSON output and help print for each rule, in the order in which the rules apply. */
const CATALOGUE: readonly Rule[] = [
  {
    id: "platform-address",
    status: "documented",
    source: "https://github.com/MicrosoftDocs/azure-docs/issues/13911",
    text: "168.63.129.16 and 169.254.169.254 are answered by the host; they never use the route table.",
    dispute: null,
  },
  {
    id: "inactive-route",
    status: "documented",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    text: "Only rows whose state is Active compete; Azure has already decided the state.",
    dispute: null,
  },
  {
    id: "longest-prefix",
    status: "documented",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    text: "Among the active rows that cover the address, the longest address prefix wins.",
    dispute: null,
  },
  {
    id: "bgp-override",
    status: "inferred",
    source:
      "https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces/get-effective-route-table#effectiveroute",
    text: "A user route with hasBgpOverride takes every BGP route out of the contest; the other routes decide again.",
    dispute: null,
  },
  {
    id: "system-over-bgp",
    status: "documented",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    text: "A system route of the virtual network, a peering or a service endpoint takes every BGP route out of the contest, even a longer one; the other routes decide again.",
    dispute:
      "Microsoft's text: service endpoint routes come before BGP, even a longer prefix. docs#128591 disputes it: the longer BGP route would win.",
  },
  {
    id: "source-precedence",
    status: "documented",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    text: "At equal prefix a user route wins over a BGP route, and a BGP route over a system route; virtual network and peering routes win over BGP. Among system routes a peering wins over a connected group, and anything over None.",
    dispute: null,
  },
  {
    id: "service-endpoint-tie",
    status: "contested",
    source: "https://github.com/MicrosoftDocs/azure-docs/issues/111706",
    text: "At equal prefix a user route to an appliance or gateway wins over a service endpoint route; one to Internet loses to it.",
    dispute:
      "Microsoft's text: no route table overrides a service endpoint. Field tests: an equal user route to an appliance wins, one to Internet loses (docs#111706, docs#128591); the endpoint wins (docs#111594). None and VnetLocal are unmeasured.",
  },
  {
    id: "longer-udr-over-endpoint",
    status: "contested",
    source: "https://github.com/MicrosoftDocs/azure-docs/issues/128591",
    text: "A user route with a longer prefix than the service endpoint's wins by length.",
    dispute:
      "Microsoft's text: no route table overrides a service endpoint. Field tests: the longer user route wins (docs#111706, docs#128591).",
  },
  {
    id: "tag-specificity",
    status: "documented",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    text: "At equal prefix a user route with an explicit prefix wins over one from a service tag; then the regional tag, the top-level tag, AzureCloud.<region>, AzureCloud.",
    dispute: null,
  },
  {
    id: "equal-cost",
    status: "documented",
    source: "https://learn.microsoft.com/azure/route-server/route-server-faq",
    text: "Routes that no other rule separates share the traffic: one answer with several next hops (ECMP).",
    dispute: null,
  },
  {
    id: "no-route",
    status: "inferred",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    text: "An address that no active row covers is dropped.",
    dispute: null,
  },
];

/** The same for hubs, gateways, Route Servers and circuits. */
const OF_GATEWAYS: readonly (readonly [id: GatewayRuleId, status: string, source: string, text: string])[] = [
  [
    "gateway-longest-prefix",
    "inferred",
    "https://learn.microsoft.com/azure/expressroute/expressroute-optimize-routing",
    "Among the rows that cover the address, the longest prefix wins. Each instance uses its own rows.",
  ],
  [
    "gateway-own-network",
    "observed",
    "https://github.com/kaysalawu/azure-network-terraform",
    "For equal prefixes, the gateway's own route (Network) comes first: its own network, a peered network, or the far end of a tunnel.",
  ],
  [
    "gateway-weight",
    "inferred",
    "https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways/get-learned-routes#gatewayroute",
    "Then the row with the highest weight wins.",
  ],
  [
    "gateway-local-preference",
    "inferred",
    "https://www.rfc-editor.org/rfc/rfc4271#section-9.1.2.2",
    "At equal weight the row with the highest local preference wins. Only circuits have one.",
  ],
  [
    "gateway-as-path",
    "inferred",
    "https://learn.microsoft.com/azure/expressroute/expressroute-optimize-routing",
    "Then the row with the shortest AS path wins.",
  ],
  [
    "gateway-origin",
    "observed",
    "https://github.com/mddazure/azure-route-server-lab",
    "Then a route from outside (EBgp) wins over one from the other instance (IBgp).",
  ],
  [
    "gateway-best-mark",
    "observed",
    "https://learn.microsoft.com/rest/api/expressroute/express-route-circuits/list-routes-table",
    "Of equal rows of a circuit, the one marked with * wins. Captures mark one row of each prefix that has several.",
  ],
  [
    "gateway-equal",
    "inferred",
    "https://www.rfc-editor.org/rfc/rfc4271#section-9.1.2.2",
    "Rows that no other rule separates share the traffic: one answer with several next hops.",
  ],
  [
    "gateway-no-route",
    "inferred",
    "https://www.rfc-editor.org/rfc/rfc4271#section-9.1.2.2",
    "The router has no route for an address that no row covers.",
  ],
];

test("every rule has its text, its status and where it is written, in the order in which the rules apply", () => {
  expect(RULES).toEqual(CATALOGUE);
});

test("so has every rule of gateways", () => {
  expect(GATEWAY_RULES.map(({ id, status, source, text }) => [id, status, source, text])).toEqual(OF_GATEWAYS);
});

test("an id that is in no catalogue is a bug, and the error names it", () => {
  expect(() => ruleOf("luck" as RuleId)).toThrow(new RangeError("no rule 'luck'"));
  expect(() => gatewayRuleOf("luck" as GatewayRuleId)).toThrow(new RangeError("no rule 'luck'"));
});
