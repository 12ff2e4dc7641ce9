import type { Rule } from "../rules.ts";

/** The rules by which a hub, gateway, Route Server or circuit chooses a route, in the order in which they apply. */
export type GatewayRuleId =
  | "gateway-longest-prefix"
  | "gateway-own-network"
  | "gateway-weight"
  | "gateway-local-preference"
  | "gateway-as-path"
  | "gateway-origin"
  | "gateway-best-mark"
  | "gateway-equal"
  | "gateway-no-route";

/** A rule by which a row can lose. */
export type GatewayLossId = Exclude<GatewayRuleId, "gateway-equal" | "gateway-no-route">;

/** A rule of such a router. Microsoft's text does not describe the whole order, so each is inferred or observed. */
export type GatewayRule = Omit<Rule, "id" | "dispute"> & { readonly id: GatewayRuleId };

const ROUTE_FIELDS =
  "https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways/get-learned-routes#gatewayroute";
const EXPRESSROUTE = "https://learn.microsoft.com/azure/expressroute/expressroute-optimize-routing";
const BGP = "https://www.rfc-editor.org/rfc/rfc4271#section-9.1.2.2";
const LABS = "https://github.com/kaysalawu/azure-network-terraform";
const INSTANCES = "https://github.com/mddazure/azure-route-server-lab";

/** The rule catalogue of such routers, in the order in which the rules apply. */
export const GATEWAY_RULES: readonly GatewayRule[] = [
  {
    id: "gateway-longest-prefix",
    text: "Among the rows that cover the address, the longest prefix wins. Each instance uses its own rows.",
    status: "inferred",
    source: EXPRESSROUTE,
  },
  {
    id: "gateway-own-network",
    text: "For equal prefixes, the gateway's own route (Network) comes first: its own network, a peered network, or the far end of a tunnel.",
    status: "observed",
    source: LABS,
  },
  {
    id: "gateway-weight",
    text: "Then the row with the highest weight wins.",
    status: "inferred",
    source: ROUTE_FIELDS,
  },
  {
    id: "gateway-local-preference",
    text: "At equal weight the row with the highest local preference wins. Only circuits have one.",
    status: "inferred",
    source: BGP,
  },
  {
    id: "gateway-as-path",
    text: "Then the row with the shortest AS path wins.",
    status: "inferred",
    source: EXPRESSROUTE,
  },
  {
    id: "gateway-origin",
    text: "Then a route from outside (EBgp) wins over one from the other instance (IBgp).",
    status: "observed",
    source: INSTANCES,
  },
  {
    id: "gateway-best-mark",
    text: "Of equal rows of a circuit, the one marked with * wins. Captures mark one row of each prefix that has several.",
    status: "observed",
    source: "https://learn.microsoft.com/rest/api/expressroute/express-route-circuits/list-routes-table",
  },
  {
    id: "gateway-equal",
    text: "Rows that no other rule separates share the traffic: one answer with several next hops.",
    status: "inferred",
    source: BGP,
  },
  {
    id: "gateway-no-route",
    text: "The router has no route for an address that no row covers.",
    status: "inferred",
    source: BGP,
  },
];

const byId = new Map(GATEWAY_RULES.map((rule) => [rule.id, rule]));

/** The catalogue entry of a rule. */
export function gatewayRuleOf(id: GatewayRuleId): GatewayRule {
  const rule = byId.get(id);
  if (rule === undefined) throw new RangeError(`no rule '${id}'`);
  return rule;
}
