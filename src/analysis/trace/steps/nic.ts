import { formatAddress, sameAddress } from "../../../net/address.ts";
import type { Explanation } from "../../../selection/explanation.ts";
import { same } from "../../../text/same.ts";
import type { NetworkInterface } from "../../../topology/topology.ts";
import type { Place } from "../places.ts";
import type { TraceData, TraceQuestion } from "../question.ts";
import type { Assumption, TraceNote } from "../trace.ts";
import { applied, assume, type Branch, endsWith, goesTo, noted, type Step, stepOf } from "./branch.ts";
import { forwardBranches } from "./forward.ts";
import { hostPlace } from "./next-hop.ts";
import type { Router } from "./router.ts";

type NicPlace = Extract<Place, { kind: "nic" }>;

/** What happens at a NIC by which a packet leaves: its own effective routes decide. */
export function nicStep(
  data: TraceData,
  question: TraceQuestion,
  place: NicPlace,
  missing: (nicId: string) => void,
): Step {
  const { nic, arrivedBy, address } = place;
  const network = data.index.networkOfNic(nic);
  const base = {
    kind: "nic",
    resourceId: nic.id,
    name: nic.name,
    address: address ?? firstAddress(nic),
    network: network?.name ?? data.index.mapped.networkOf({ name: nic.name, addresses: addressesOf(nic) }),
    applianceId: arrivedBy === null ? null : (nic.virtualMachineId ?? nic.id),
  } as const;
  const inside = arrivedBy === null ? [] : [applied("appliance-inside", insideText(nic, arrivedBy))];
  const stopped = notRunning(data, nic);
  const undecided = { ...base, explanation: null, winner: null, notes: stopped };
  const shut = arrivedBy === null ? null : [arrivedBy, nic].find(({ ipForwarding }) => ipForwarding === false);
  if (shut !== null && shut !== undefined) {
    const text = `${shut.name} has no IP forwarding and drops packets that are not its own`;
    return stepOf(undecided, [], [endsWith([applied("ip-forwarding", text)], "dropped", text)]);
  }
  const own = arrivedBy === null ? null : ownDestination(data, question, nic);
  if (own !== null) return stepOf(undecided, [], [own]);
  const assumptions =
    arrivedBy === null
      ? []
      : insideAssumptions(nic, arrivedBy, data.index.machines.get(nic.virtualMachineId)?.name ?? nic.name);
  const found = data.tables.ofNic(nic.id);
  if (found.table === null) {
    missing(nic.id);
    const text = `the effective routes of ${nic.name} are missing: ${found.reason}`;
    return stepOf(undecided, inside, [endsWith([applied("no-table", text)], "unknown", text)], assumptions);
  }
  const explanation = data.lookups.explanation(found.table, question.to);
  const router: Router = {
    data,
    question,
    name: nic.name,
    network,
    routes: found.table.table.routes,
    nic,
    addresses: data.index.nicsOfMachine(nic).flatMap(addressesOf),
    source: question.from.address,
    forwarded: arrivedBy !== null,
  };
  const notes = [...stopped, ...standInNote(found.standIn), ...explanationNotes(explanation)];
  const table = applied("hop-own-table", tableText(explanation), explanation.certainty);
  const branches = forwardBranches(router, explanation);
  // The rule that finds the next hop comes first, but inside an appliance its assumption matters more.
  const rules = [...inside, ...branches.flatMap((branch) => branch.rules), table];
  return stepOf({ ...base, explanation, winner: explanation.winner, notes }, rules, branches, assumptions);
}

const addressesOf = ({ ipConfigurations }: NetworkInterface) =>
  ipConfigurations.flatMap(({ address }) => address ?? []);

const firstAddress = ({ ipConfigurations }: NetworkInterface): string | null => {
  const primary = ipConfigurations.find((each) => each.primary) ?? ipConfigurations[0];
  return primary?.address == null ? null : formatAddress(primary.address);
};

const insideText = (nic: NetworkInterface, arrivedBy: NetworkInterface) =>
  nic === arrivedBy
    ? `the appliance forwards, and the packet leaves by ${nic.name} again`
    : `the appliance forwards, in by ${arrivedBy.name} and out by ${nic.name}`;

function insideAssumptions(
  nic: NetworkInterface,
  arrivedBy: NetworkInterface,
  applianceName: string,
): readonly Assumption[] {
  const unsaid = [...new Set([arrivedBy, nic])].filter(({ ipForwarding }) => ipForwarding === null);
  return [
    assume("appliance-forwards", `${applianceName} forwards it: its filters, NAT and tunnels are unknown`),
    ...unsaid.map(({ name }) => assume("ip-forwarding", `IP forwarding of ${name} is on: no data confirms it`)),
  ];
}

/** A packet for the machine itself goes no further than the machine, whatever NIC has the address. */
function ownDestination({ index }: TraceData, { to }: TraceQuestion, nic: NetworkInterface): Branch | null {
  for (const each of index.nicsOfMachine(nic)) {
    for (const configuration of each.ipConfigurations) {
      if (configuration.address === null || !sameAddress(configuration.address, to)) continue;
      const text = `${each.name} of the same machine has ${formatAddress(to)}`;
      const owner = { kind: "nic", resource: each, ipConfiguration: configuration } as const;
      const place = hostPlace({ index }, owner, index.networkOfNic(each)?.name ?? null);
      return goesTo([applied("vnet-host", text)], [place]);
    }
  }
  return null;
}

const standInNote = (standIn: string | null): readonly TraceNote[] =>
  standIn === null ? [] : [noted("stand-in", "remark", `routes of ${standIn}, a NIC of the same subnet`)];

function notRunning({ index }: TraceData, { virtualMachineId }: NetworkInterface): readonly TraceNote[] {
  const machine = index.machines.get(virtualMachineId);
  if (machine?.powerState == null || same(machine.powerState, "running")) return [];
  return [noted("not-running", "problem", `virtual machine ${machine.name} is ${machine.powerState}`)];
}

function tableText({ winner, verdict, rule }: Explanation): string {
  return winner === null ? verdict : `${winner.addressPrefix} wins by ${rule.id}`;
}

/** The notes of a table's explanation that matter on the way; the explanation itself has all of them. */
export function explanationNotes({ notes, certainty, diagnosis }: Explanation): readonly TraceNote[] {
  const found: TraceNote[] = [];
  const contested = notes.find(({ id }) => id === "contested");
  if (certainty === "contested" && contested !== undefined) found.push(noted("contested", "problem", contested.text));
  const outbound = notes.find(({ id }) => id === "outbound-access");
  if (diagnosis.id === "outbound-access" && outbound !== undefined) {
    found.push(noted("outbound-access", "remark", outbound.text));
  }
  return found;
}
