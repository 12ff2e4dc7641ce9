/**
 * How sure a rule is. `documented`: Microsoft's text. `observed`: seen in published captures or labs. `contested`: text
 * and field tests disagree. `inferred`: no text says so; it follows from other rules.
 */
export type RuleStatus = "documented" | "observed" | "contested" | "inferred";

/** The rules by which Azure chooses a route, in the order in which they apply. */
export type RuleId =
  | "platform-address"
  | "inactive-route"
  | "longest-prefix"
  | "bgp-override"
  | "system-over-bgp"
  | "source-precedence"
  | "service-endpoint-tie"
  | "longer-udr-over-endpoint"
  | "tag-specificity"
  | "equal-cost"
  | "no-route";

export interface Rule {
  readonly id: RuleId;
  /** The rule in one sentence. */
  readonly text: string;
  /** The usual status. For some rows a decision is less sure: see `statusOf`. */
  readonly status: RuleStatus;
  /** Where it is written or was measured. */
  readonly source: string;
  /** Microsoft's text and the field tests against it, in one sentence; null for a rule that is never contested. */
  readonly dispute: string | null;
}

const UDR = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview";
const ROUTE_FIELDS =
  "https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces/get-effective-route-table#effectiveroute";
const ARS = "https://learn.microsoft.com/azure/route-server/route-server-faq";
const issue = (number: number) => `https://github.com/MicrosoftDocs/azure-docs/issues/${number}`;

/** The rule catalogue, in the order in which the rules apply. */
export const RULES: readonly Rule[] = [
  {
    id: "platform-address",
    text: "168.63.129.16 and 169.254.169.254 are answered by the host; they never use the route table.",
    status: "documented",
    source: issue(13911),
    dispute: null,
  },
  {
    id: "inactive-route",
    text: "Only rows whose state is Active compete; Azure has already decided the state.",
    status: "documented",
    source: UDR,
    dispute: null,
  },
  {
    id: "longest-prefix",
    text: "Among the active rows that cover the address, the longest address prefix wins.",
    status: "documented",
    source: UDR,
    dispute: null,
  },
  {
    id: "bgp-override",
    text: "A user route with hasBgpOverride takes every BGP route out of the contest; the other routes decide again.",
    status: "inferred",
    source: ROUTE_FIELDS,
    dispute: null,
  },
  {
    id: "system-over-bgp",
    text: "A system route of the virtual network, a peering or a service endpoint takes every BGP route out of the contest, even a longer one; the other routes decide again.",
    status: "documented",
    source: UDR,
    dispute:
      "Microsoft's text: service endpoint routes come before BGP, even a longer prefix. docs#128591 disputes it: the longer BGP route would win.",
  },
  {
    id: "source-precedence",
    text: "At equal prefix a user route wins over a BGP route, and a BGP route over a system route; virtual network and peering routes win over BGP. Among system routes a peering wins over a connected group, and anything over None.",
    status: "documented",
    source: UDR,
    dispute: null,
  },
  {
    id: "service-endpoint-tie",
    text: "At equal prefix a user route to an appliance or gateway wins over a service endpoint route; one to Internet loses to it.",
    status: "contested",
    source: issue(111706),
    dispute:
      "Microsoft's text: no route table overrides a service endpoint. Field tests: an equal user route to an appliance wins, one to Internet loses (docs#111706, docs#128591); the endpoint wins (docs#111594). None and VnetLocal are unmeasured.",
  },
  {
    id: "longer-udr-over-endpoint",
    text: "A user route with a longer prefix than the service endpoint's wins by length.",
    status: "contested",
    source: issue(128591),
    dispute:
      "Microsoft's text: no route table overrides a service endpoint. Field tests: the longer user route wins (docs#111706, docs#128591).",
  },
  {
    id: "tag-specificity",
    text: "At equal prefix a user route with an explicit prefix wins over one from a service tag; then the regional tag, the top-level tag, AzureCloud.<region>, AzureCloud.",
    status: "documented",
    source: UDR,
    dispute: null,
  },
  {
    id: "equal-cost",
    text: "Routes that no other rule separates share the traffic: one answer with several next hops (ECMP).",
    status: "documented",
    source: ARS,
    dispute: null,
  },
  {
    id: "no-route",
    text: "An address that no active row covers is dropped.",
    status: "inferred",
    source: UDR,
    dispute: null,
  },
];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The catalogue entry of a rule. */
export function ruleOf(id: RuleId): Rule {
  const rule = byId.get(id);
  if (rule === undefined) throw new RangeError(`no rule '${id}'`);
  return rule;
}
