import { formatAddress, sameAddress } from "../../../net/address.ts";
import { same } from "../../../text/same.ts";
import { idKey, nameOf } from "../../../topology/resource-id.ts";
import type { BackendPool, LoadBalancingRule, NetworkInterface } from "../../../topology/topology.ts";
import type { Place } from "../places.ts";
import type { TraceData, TraceQuestion } from "../question.ts";
import type { TraceNote } from "../trace.ts";
import { applied, assume, type Branch, distinct, endsWith, goesTo, noted, type Step, stepOf } from "./branch.ts";
import { applianceExits, hostPlace } from "./next-hop.ts";

type LoadBalancerPlace = Extract<Place, { kind: "load-balancer" }>;

/** Most backends that are followed; the others of a pool are alike. */
export const MOST_BACKENDS = 8;

const PROBES = assume("load-balancer-probes", "its backends are healthy: probes were not read");

/** What happens at a frontend of a load balancer: the backends of the rules that fit. */
export function loadBalancerStep(data: TraceData, question: TraceQuestion, place: LoadBalancerPlace): Step {
  const { loadBalancer, frontend } = place;
  const { port } = question;
  const ofFrontend = loadBalancer.rules.filter(({ frontendId }) => same(frontendId, frontend.id));
  const fitting = ofFrontend.filter((rule) => fits(rule, question));
  const known = loadBalancer.rules.length > 0;
  const wanted = new Set(fitting.flatMap(({ poolIds }) => poolIds).map(idKey));
  const described = loadBalancer.pools.filter(({ id }) => !known || wanted.has(idKey(id)));
  for (const { id } of described) wanted.delete(idKey(id));
  // NICs may name a pool that was not read.
  const unread = [...wanted].map(
    (id): BackendPool => ({ id, name: nameOf(id), ipConfigurationIds: [], addresses: [] }),
  );
  const pools = [...described, ...unread];
  const backends = distinct(
    pools.flatMap((pool) => backendsOf(data, place, pool)),
    ({ id }) => id.toLowerCase(),
  );
  const isDestination = frontend.address !== null && sameAddress(frontend.address, question.to);
  const notes: TraceNote[] = [];
  if (backends.length > MOST_BACKENDS) {
    notes.push(noted("bounded", "remark", `${backends.length} backends; the first ${MOST_BACKENDS} are followed`));
  }
  const hop = {
    kind: "load-balancer",
    resourceId: loadBalancer.id,
    name: loadBalancer.name,
    address: frontend.address === null ? null : formatAddress(frontend.address),
    network: data.index.networkOfSubnet(frontend.subnetId)?.name ?? null,
    explanation: null,
    winner: null,
    loadBalancingRules: fitting.map(ruleText),
    backends: backends.length,
    notes,
  } as const;
  const refuse = (text: string) => {
    const status = question.isReply === true ? "inferred" : undefined;
    return stepOf(hop, [], [endsWith([applied("lb-frontend", text, status)], "refused", text)]);
  };
  if (known && fitting.length === 0) {
    const packet = question.isReply === true ? "a reply, to a port that the client chose," : "this packet";
    const asked = port === null ? (question.protocol ?? packet) : `${question.protocol ?? "tcp"} ${port}`;
    return refuse(`${loadBalancer.name} has no rule for ${asked} on this frontend`);
  }
  if (backends.length === 0) {
    if (known && unread.length === 0) return refuse(`${loadBalancer.name} has no backend for it`);
    const text = `the backends of ${loadBalancer.name} are unknown`;
    return stepOf(hop, [], [endsWith([applied("no-table", text)], "unknown", text)]);
  }
  const assumptions = [PROBES];
  if (!known) {
    assumptions.push(assume("load-balancer-rules", `${loadBalancer.name} passes it: its rules were not read`));
  } else if (port === null && !fitting.some(isHighlyAvailable)) {
    const text = `the port fits a rule of ${loadBalancer.name} (${fitting.map(ruleText).join(", ")}): give --port`;
    assumptions.push(assume("load-balancer-rules", text));
  }
  const count = backends.length === 1 ? "1 backend" : `${backends.length} backends`;
  const rule = applied("lb-frontend", `${fitting.map(ruleText).join(", ") || "passes"} to ${count}`);
  const branches: readonly Branch[] = backends.slice(0, MOST_BACKENDS).map((nic) => {
    const places = isDestination ? [hostOf(data, nic)] : applianceExits(data, nic, null);
    return goesTo([rule], places);
  });
  return stepOf(hop, [rule], branches, assumptions);
}

function hostOf(data: TraceData, nic: NetworkInterface): Place {
  const [configuration] = nic.ipConfigurations;
  const network = data.index.networkOfNic(nic)?.name ?? null;
  const base = { kind: "host", resourceId: nic.id, name: nic.name, network, found: "is a backend" } as const;
  if (configuration === undefined) return { ...base, powerState: null };
  return {
    ...hostPlace(data, { kind: "nic", resource: nic, ipConfiguration: configuration }, network),
    found: "is a backend",
  };
}

/**
 * An HA ports rule: every protocol and port.
 * https://learn.microsoft.com/azure/load-balancer/load-balancer-ha-ports-overview
 */
const isHighlyAvailable = ({ protocol, frontendPort }: LoadBalancingRule) =>
  same(protocol, "All") && frontendPort === 0;

function fits(rule: LoadBalancingRule, { protocol, port, isReply }: TraceQuestion): boolean {
  if (isHighlyAvailable(rule)) return true;
  if (isReply === true && rule.frontendPort !== 0) return false;
  if (protocol !== null && !same(rule.protocol, "All") && !same(rule.protocol, protocol)) return false;
  return port === null ? protocol !== "icmp" : rule.frontendPort === port || rule.frontendPort === 0;
}

const ruleText = (rule: LoadBalancingRule) =>
  isHighlyAvailable(rule) ? "HA ports" : `${rule.protocol} ${rule.frontendPort}`;

/** The NICs of a pool: by their IP configurations, or by address in the frontend's network. */
function backendsOf(
  { index }: TraceData,
  { frontend, loadBalancer }: LoadBalancerPlace,
  pool: BackendPool,
): readonly NetworkInterface[] {
  const subnet =
    frontend.subnetId ?? loadBalancer.frontends.find(({ subnetId }) => subnetId !== null)?.subnetId ?? null;
  const network = index.networkOfSubnet(subnet);
  const byAddress = pool.addresses.flatMap((address) => {
    const [owner] =
      network === null ? index.mapped.of(address).map((each) => each.owner) : index.ownersOf(network.id, address);
    return owner?.kind === "nic" ? [owner.resource] : [];
  });
  return [...index.backendsOf(pool.id), ...byAddress];
}
