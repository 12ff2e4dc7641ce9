import { leastSure } from "../../selection/certainty.ts";
import type { Certainty } from "../../selection/explanation.ts";
import type { RuleStatus } from "../../selection/rules.ts";

/** The rules by which Azure fills an effective route table: what a prediction rests on. */
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
  /** Where it is written, or what comes nearest to it where it was only seen. */
  readonly source: string;
}

const UDR = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview";
const SE = "https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview";

const RULES: Readonly<Record<PredictionRuleId, Omit<PredictionRule, "id">>> = {
  "user-route": {
    text: "A user route is in the table while it is in the route table of the subnet.",
    status: "documented",
    source: `${UDR}#user-defined`,
  },
  "user-route-of-tag": {
    text: "A user route on a service tag holds the tag's prefixes; how the table lists them is not documented.",
    status: "inferred",
    source: `${UDR}#service-tags-for-user-defined-routes`,
  },
  "appliance-out-of-reach": {
    text: "A next hop that only a gateway leads to, or nothing, makes the route invalid (documented); it is then listed as None with the address (seen).",
    status: "observed",
    source: `${UDR}#user-defined`,
  },
  "same-prefix": {
    text: "A system or gateway route is Invalid while a user route has the same prefix, and Active again without it.",
    status: "documented",
    source: `${UDR}#routing-example`,
  },
  "default-route-alone": {
    text: "The system's default route to Internet is not listed beside a gateway's, and is back without it.",
    status: "observed",
    source: `${UDR}#default`,
  },
  "none-rows": {
    text: "By default 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10 are dropped (next hop None).",
    status: "documented",
    source: `${UDR}#default`,
  },
  "no-none-rows": {
    text: "With a default route from a user or a gateway the system's None routes are not in the table. A user's default route to None without an address leaves them.",
    status: "observed",
    source: `${UDR}#default`,
  },
  "none-row-replaced": {
    text: "A user route with the prefix of a system None route replaces it: the None route is gone, not Invalid.",
    status: "observed",
    source: `${UDR}#default`,
  },
  "local-outside": {
    text: "A user route to VnetLocal outside the network's own prefixes is listed as None without an address, and drops.",
    status: "observed",
    source: `${UDR}#user-defined`,
  },
  "network-space": {
    text: "A None route goes when a network's prefix covers it: documented for the own network, assumed for a peered one.",
    status: "inferred",
    source: `${UDR}#default`,
  },
  "endpoint-of-region-pair": {
    text: "The endpoint gives one row for the service tag of the network's region and one for the paired region's.",
    status: "observed",
    source: SE,
  },
  "endpoint-of-region": {
    text: "The endpoint applies only to the service in the network's own region.",
    status: "documented",
    source: `${SE}#limitations`,
  },
  "endpoint-of-global-tag": {
    text: "The endpoint Microsoft.KeyVault gives one row with the prefixes of the service's global tag.",
    status: "observed",
    source: SE,
  },
  "endpoint-of-any-region": {
    text: "The endpoint serves every region, so it is taken to give one row with the prefixes of the service's global tag.",
    status: "inferred",
    source: `${SE}#limitations`,
  },
  "endpoint-off": {
    text: "A service endpoint's routes are in the table only while the subnet has it switched on.",
    status: "documented",
    source: `${UDR}#optional-default-routes`,
  },
  peering: {
    text: "A peering adds a route for each prefix of the peered network.",
    status: "documented",
    source: `${UDR}#optional-default-routes`,
  },
  "private-endpoint-of-peer": {
    text: "A private endpoint's route is in its own network and in those peered with it.",
    status: "documented",
    source: "https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy",
  },
  "private-endpoint-same-prefix": {
    text: "A private endpoint's route is Invalid while a user route has the same prefix, also with network policies off.",
    status: "observed",
    source: "https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy",
  },
  "gateway-propagation": {
    text: "With propagation off, no route of a gateway is in the table, learned over BGP or static.",
    status: "documented",
    source: `${UDR}#border-gateway-protocol`,
  },
};

/** The catalogue, in the order in which it reads best. */
export const PREDICTION_RULES: readonly PredictionRule[] = (Object.keys(RULES) as PredictionRuleId[]).map(
  predictionRule,
);

/** The catalogue entry of a rule. */
export function predictionRule(id: PredictionRuleId): PredictionRule {
  return { id, ...RULES[id] };
}

/** The status of the least sure of the rules; documented where there are none. */
export function certaintyOfRules(rules: Iterable<PredictionRuleId>): Certainty {
  return leastSure([...rules].map((id) => RULES[id].status));
}
