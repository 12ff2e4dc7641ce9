import { type Certainty, leastSure } from "../../selection/certainty.ts";
import type { RuleStatus } from "../../selection/rules.ts";

/** The rules by which Azure fills an effective route table. A prediction is based on them. */
export type PredictionRuleId =
  | "user-route"
  | "user-route-of-tag"
  | "appliance-out-of-reach"
  | "same-prefix"
  | "default-route-alone"
  | "none-rows"
  | "no-none-rows"
  | "none-row-replaced"
  | "local-outside"
  | "network-space"
  | "endpoint-of-region-pair"
  | "endpoint-of-region"
  | "endpoint-of-global-tag"
  | "endpoint-of-any-region"
  | "endpoint-off"
  | "peering"
  | "private-endpoint-of-peer"
  | "private-endpoint-same-prefix"
  | "gateway-propagation";

export interface PredictionRule {
  readonly id: PredictionRuleId;
  /** The rule in one sentence. */
  readonly text: string;
  readonly status: RuleStatus;
  /** The URL of its documentation; for an observed rule, of the closest page. */
  readonly source: string;
}

const UDR = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview";
const SE = "https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview";

const RULES: Readonly<Record<PredictionRuleId, Omit<PredictionRule, "id">>> = {
  "user-route": {
    text: "Every user route in the subnet's route table is in the effective routes.",
    status: "documented",
    source: `${UDR}#user-defined`,
  },
  "user-route-of-tag": {
    text: "A user route for a service tag contains the tag's prefixes. How the table lists them is not documented.",
    status: "inferred",
    source: `${UDR}#service-tags-for-user-defined-routes`,
  },
  "appliance-out-of-reach": {
    text: "A user route whose next hop is reachable only through a gateway, or not at all, is invalid (documented). Azure lists it as None with the address (observed).",
    status: "observed",
    source: `${UDR}#user-defined`,
  },
  "same-prefix": {
    text: "A system or gateway route is Invalid while a user route has the same prefix, and Active again without it.",
    status: "documented",
    source: `${UDR}#routing-example`,
  },
  "default-route-alone": {
    text: "The system's default route to Internet is absent while a gateway has a default route.",
    status: "observed",
    source: `${UDR}#default`,
  },
  "none-rows": {
    text: "By default 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10 are dropped (next hop None).",
    status: "documented",
    source: `${UDR}#default`,
  },
  "no-none-rows": {
    text: "The system's None routes are absent while a user or gateway default route exists. A user default route to None without an address keeps them.",
    status: "observed",
    source: `${UDR}#default`,
  },
  "none-row-replaced": {
    text: "A user route with the prefix of a system None route replaces it: the None route is absent, not Invalid.",
    status: "observed",
    source: `${UDR}#default`,
  },
  "local-outside": {
    text: "A user route to VnetLocal outside the network's own prefixes is listed as None without an address and drops traffic.",
    status: "observed",
    source: `${UDR}#user-defined`,
  },
  "network-space": {
    text: "A None route disappears when a network prefix covers it: documented for the NIC's network, assumed for a peered network.",
    status: "inferred",
    source: `${UDR}#default`,
  },
  "endpoint-of-region-pair": {
    text: "The endpoint adds one row for the service tag of the network's region and one for that of the paired region.",
    status: "observed",
    source: SE,
  },
  "endpoint-of-region": {
    text: "The endpoint applies only to the service in the network's own region.",
    status: "documented",
    source: `${SE}#limitations`,
  },
  "endpoint-of-global-tag": {
    text: "The endpoint Microsoft.KeyVault adds one row with the prefixes of the service's global tag.",
    status: "observed",
    source: SE,
  },
  "endpoint-of-any-region": {
    text: "The endpoint covers every region, so the prediction adds one row with the prefixes of the service's global tag.",
    status: "inferred",
    source: `${SE}#limitations`,
  },
  "endpoint-off": {
    text: "A service endpoint's routes are in the table only while the endpoint is enabled on the subnet.",
    status: "documented",
    source: `${UDR}#optional-default-routes`,
  },
  peering: {
    text: "A peering adds a route for each prefix of the peered network.",
    status: "documented",
    source: `${UDR}#optional-default-routes`,
  },
  "private-endpoint-of-peer": {
    text: "A private endpoint's route is in its own network and in networks peered with it.",
    status: "documented",
    source: "https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy",
  },
  "private-endpoint-same-prefix": {
    text: "A private endpoint's route is Invalid while a user route has the same prefix, also with network policies off.",
    status: "observed",
    source: "https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy",
  },
  "gateway-propagation": {
    text: "With propagation off, the table has no gateway routes, neither learned over BGP nor static.",
    status: "documented",
    source: `${UDR}#border-gateway-protocol`,
  },
};

/** The catalogue of rules, in reading order. */
export const PREDICTION_RULES: readonly PredictionRule[] = (Object.keys(RULES) as PredictionRuleId[]).map(
  predictionRule,
);

/** Returns the catalogue entry of a rule. */
export function predictionRule(id: PredictionRuleId): PredictionRule {
  return { id, ...RULES[id] };
}

/** Returns the status of the least certain rule; documented without any rules. */
export function certaintyOfRules(rules: Iterable<PredictionRuleId>): Certainty {
  return leastSure([...rules].map((id) => RULES[id].status));
}
