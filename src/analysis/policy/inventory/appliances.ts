import { idKey, nameOf, networkOf, parentOf } from "../../../topology/resource-id.ts";
import type { NetworkInterface } from "../../../topology/topology.ts";
import { type ApplianceHop, applianceHops, backends, type HopNic, nicsOfHop } from "./appliance-hops.ts";
import type { InventoryFacts } from "./facts.ts";
import type { InventoryFinding, Judgement } from "./finding.ts";
import { azName, firstNames, subnetName } from "./names.ts";

/** Every next hop of a user route to an appliance belongs to a resource that can take packets. */
export function appliancesFound(facts: InventoryFacts): Judgement {
  const hops = applianceHops(facts);
  const unseen = networksOfUnseenPools(facts);
  const findings = hops.flatMap((hop) => foundOf(hop, facts, unseen) ?? []);
  return { resources: hops.length, findings: [...findings, ...missingTables(facts)] };
}

function foundOf(hop: ApplianceHop, facts: InventoryFacts, unseenPools: ReadonlySet<string>): InventoryFinding | null {
  const { name, network, routeTableId, routes, owners, unseen } = hop;
  const resource = `appliance ${name} of ${network.name}`;
  const from = `${firstNames(routes)} of ${subnetsText(hop)}`;
  const resourceId = routeTableId ?? network.id;
  const remedy = "correct the next hop of the route, or create the appliance";
  const [firstUnseen] = unseen;
  if (firstUnseen !== undefined) {
    return {
      status: "unknown",
      resourceId,
      resource,
      text: `${name}, the next hop of ${from}, may be in ${firstNames(unseen)}, which is not in the inventory`,
      remedy: "take the snapshot of its subscription too",
    };
  }
  const near = [network.id, ...facts.owners.neighboursOf(network.id)];
  if (owners.length === 0 && near.some((id) => unseenPools.has(idKey(id)))) {
    return {
      status: "unknown",
      resourceId,
      resource,
      text: `${name}, the next hop of ${from}, may belong to a load balancer that is not in the inventory`,
      remedy: "take the snapshot with a role that may read load balancers (Reader)",
    };
  }
  if (owners.length === 0) {
    const text = `no NIC, load balancer or firewall in ${network.name} or its peers has ${name}, the next hop of ${from}`;
    return { status: "violated", resourceId, resource, text, remedy };
  }
  for (const owner of owners) {
    if (owner.kind !== "load-balancer" || backends(owner.resource, owner.frontend, hop, facts).length > 0) continue;
    const text = `load balancer ${owner.resource.name} has no backend for its frontend ${name}, the next hop of ${from}`;
    const { id } = owner.resource;
    return {
      status: "violated",
      resourceId: id,
      resource: `load balancer ${owner.resource.name}`,
      text,
      remedy: "put the appliances into the backend pool of its rule",
    };
  }
  return null;
}

/** The networks that have NICs in pools of load balancers that the inventory does not have. */
function networksOfUnseenPools({ topology }: InventoryFacts): ReadonlySet<string> {
  const known = new Set(topology.loadBalancers.map(({ id }) => idKey(id)));
  const configurations = topology.nics.flatMap(({ ipConfigurations }) => ipConfigurations);
  return new Set(
    configurations.flatMap(({ subnetId, poolIds }) => {
      const networkId = subnetId === null ? null : networkOf(subnetId);
      const isUnseen = poolIds.some((id) => !known.has(idKey(parentOf(id) ?? id)));
      return networkId === null || !isUnseen ? [] : [idKey(networkId)];
    }),
  );
}

/** Subnets whose route table the inventory does not have: their appliances are not known. */
function missingTables({ topology, index, routesOf }: InventoryFacts): readonly InventoryFinding[] {
  const subnets = topology.networks.flatMap((network) => network.subnets);
  return subnets.flatMap(({ id, routeTableId }) => {
    if (routeTableId === null || index.routeTable(routeTableId) !== null || routesOf(id) !== null) return [];
    return [
      {
        status: "unknown" as const,
        resourceId: routeTableId,
        resource: `route table ${nameOf(routeTableId)}`,
        text: `the route table of ${subnetName(id)} is not in the inventory`,
        remedy: "take the snapshot with a role that may read route tables (Reader)",
      },
    ];
  });
}

/** The VM of every appliance that user routes lead to runs. */
export function appliancesRunning(facts: InventoryFacts): Judgement {
  return judgeNics(facts, ({ nic, behind }, hop) => {
    if (nic.privateEndpointId !== null) return null;
    const { virtualMachineId } = nic;
    const machine = virtualMachineId === null ? null : facts.index.virtualMachine(virtualMachineId);
    const place = placeOf(behind, hop);
    if (virtualMachineId === null) {
      return {
        status: "violated",
        resourceId: nic.id,
        resource: `NIC ${nic.name}`,
        text: `${nic.name}, ${place}, is not attached to a VM`,
        remedy: "attach it to the appliance, or correct the next hop",
      };
    }
    if (nic.scaleSetId !== null) {
      const set = nameOf(nic.scaleSetId);
      return {
        status: "unknown",
        resourceId: nic.scaleSetId,
        resource: `scale set ${set}`,
        text: `an inventory has no power states of scale set instances; ${set} is ${place}`,
        remedy: `see az vmss get-instance-view ${azName(nic.scaleSetId)} --instance-id '*', or add ${set} to except`,
      };
    }
    const name = machine?.name ?? nameOf(virtualMachineId);
    const resource = `VM ${name}`;
    const state = machine?.powerState ?? null;
    if (state === "running") return null;
    if (state === null) {
      const text = `the inventory lacks the power state of ${name}, ${place}`;
      const remedy = "take the snapshot through Resource Graph, with a role that may read VMs (Reader)";
      return { status: "unknown", resourceId: virtualMachineId, resource, text, remedy };
    }
    return {
      status: "violated",
      resourceId: virtualMachineId,
      resource,
      text: `${name}, ${place}, is ${state}${backendsText(hop, facts)}`,
      remedy: `start it: az vm start ${azName(virtualMachineId)}`,
    };
  });
}

/** `; 1 of 2 backends runs` where a load balancer has several. */
function backendsText(hop: ApplianceHop, facts: InventoryFacts): string {
  const behind = nicsOfHop(hop, facts).filter((each) => each.behind !== null);
  if (behind.length < 2) return "";
  const running = behind.filter(({ nic: { virtualMachineId } }) => {
    return virtualMachineId !== null && facts.index.virtualMachine(virtualMachineId)?.powerState === "running";
  }).length;
  return `; ${running} of ${behind.length} backends ${running === 1 ? "runs" : "run"}`;
}

/**
 * The NIC of every appliance that user routes lead to has IP forwarding. Without it Azure drops packets that are not
 * addressed to the NIC. https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface#enable-or-disable-ip-forwarding
 */
export function appliancesForwarding(facts: InventoryFacts): Judgement {
  return judgeNics(facts, ({ nic, behind }, hop) => {
    if (nic.ipForwarding === true) return null;
    const resource = `NIC ${nic.name}`;
    const place = placeOf(behind, hop);
    if (nic.ipForwarding === null) {
      const text = `the inventory does not say whether ${nic.name}, ${place}, has IP forwarding`;
      return { status: "unknown", resourceId: nic.id, resource, text, remedy: "take a new snapshot" };
    }
    return {
      status: "violated",
      resourceId: nic.id,
      resource,
      text: `IP forwarding is off on ${nic.name}, ${place}: Azure drops packets that are not addressed to it`,
      remedy: forwardingRemedy(nic),
    };
  });
}

/** What the NIC is to user routes, in words. */
function placeOf(behind: string | null, { name }: ApplianceHop): string {
  return behind === null ? `the next hop ${name} of user routes` : `a backend of ${behind} (${name})`;
}

function forwardingRemedy({ id, scaleSetId }: NetworkInterface): string {
  return scaleSetId === null
    ? `turn it on: az network nic update ${azName(id)} --ip-forwarding true`
    : `turn it on in the network profile of the scale set ${nameOf(scaleSetId)}, and update its instances`;
}

/** Judges each NIC of an appliance once, however many routes lead to it. */
function judgeNics(
  facts: InventoryFacts,
  judge: (nic: HopNic, hop: ApplianceHop) => InventoryFinding | null,
): Judgement {
  const findings = new Map<string, InventoryFinding | null>();
  for (const hop of applianceHops(facts)) {
    for (const each of nicsOfHop(hop, facts)) {
      const key = idKey(each.nic.id);
      if (!findings.has(key)) findings.set(key, judge(each, hop));
    }
  }
  // A scale set is one finding, for all of its instances.
  const byResource = new Map(
    [...findings.values()].flatMap((each) => (each === null ? [] : [[idKey(each.resourceId), each]])),
  );
  return {
    resources: findings.size,
    findings: [...byResource.values(), ...unknownHops(facts)],
  };
}

/** Next hops whose NICs are not known. Of exports: those that no NIC in them has, which nobody else reports. */
function unknownHops(facts: InventoryFacts): readonly InventoryFinding[] {
  if (!facts.lacks.isOfExports) return missingTables(facts);
  return appliancesFound(facts).findings.map((finding) => ({ ...finding, status: "unknown" }));
}

function subnetsText({ subnetIds }: ApplianceHop): string {
  return firstNames(subnetIds.map(subnetName), 2);
}
