import { type Address, formatAddress, parseAddress } from "../../net/address.ts";
import { didYouMean, nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import { idKey } from "../../topology/resource-id.ts";
import type { NetworkInterface, VirtualMachine } from "../../topology/topology.ts";
import type { TraceData, TraceStart } from "./question.ts";
import { noted } from "./steps/branch.ts";

/** How `--from` is written, for help and errors. */
export const START_FORMS = "nic:NAME, vm:NAME, subnet:NETWORK/SUBNET, gateway:NAME, hub:NAME or an address";

/**
 * Returns where a packet starts, as `--from` names it. A bare name is that of a NIC or a virtual machine.
 * @throws UserError for an unknown name, with near ones, and for one that fits several.
 */
export function startOf(data: TraceData, text: string): TraceStart {
  const [, prefix = "", rest = ""] = /^(nic|vm|subnet|gateway|hub):(.*)$/is.exec(text.trim()) ?? [];
  switch (prefix.toLowerCase()) {
    case "nic":
      return atNic(oneOf("NIC", rest, data.index.topology.nics));
    case "vm":
      return atMachine(data, oneOf("virtual machine", rest, data.index.topology.virtualMachines));
    case "subnet":
      return atSubnet(data, rest);
    case "gateway": {
      const gateway = oneOf("gateway", rest, data.index.topology.gateways);
      return start({ kind: "gateway", gateway, address: null }, gateway);
    }
    case "hub": {
      const hub = oneOf("hub", rest, data.index.topology.hubs);
      return start({ kind: "hub", hub, connectionId: null }, hub);
    }
    default:
      return withoutPrefix(data, text.trim());
  }
}

function start(place: TraceStart["place"], { id, name }: { readonly id: string; readonly name: string }): TraceStart {
  return { place, address: null, endpoint: { address: null, resourceId: id, name }, notes: [] };
}

function atNic(nic: NetworkInterface): TraceStart {
  const { ipConfigurations } = nic;
  const address =
    (ipConfigurations.find((each) => each.primary && each.address !== null) ?? ipConfigurations[0])?.address ?? null;
  const text = address === null ? null : formatAddress(address);
  return {
    place: { kind: "nic", nic, arrivedBy: null, address: text },
    address,
    endpoint: { address: text, resourceId: nic.id, name: nic.name },
    notes: [],
  };
}

/** The primary NIC: the guest chooses, and uses that one unless it is told otherwise. */
function atMachine({ index }: TraceData, machine: VirtualMachine): TraceStart {
  const listed = machine.nicIds.map((id) => index.nics.get(id)).filter((nic) => nic !== null);
  const nics =
    listed.length > 0
      ? listed
      : index.topology.nics.filter((nic) => nic.virtualMachineId !== null && same(nic.virtualMachineId, machine.id));
  const [first] = nics;
  if (first === undefined) {
    throw new UserError(
      "trace-start",
      `virtual machine ${quotedText(machine.name)} has no NIC in what was read`,
      `start from ${START_FORMS}`,
    );
  }
  const start = atNic(first);
  if (nics.length < 2) return start;
  const others = nics.slice(1).map(({ name }) => name);
  const text = `from ${first.name}, the primary NIC of ${machine.name}; it may also leave by ${others.join(", ")}`;
  return { ...start, notes: [noted("several-nics", "remark", text)] };
}

/** A NIC of the subnet whose table is known: all NICs of a subnet have the same routes. */
function atSubnet(data: TraceData, text: string): TraceStart {
  const { index } = data;
  const subnets = index.topology.networks.flatMap((network) =>
    network.subnets.map((subnet) => ({ id: subnet.id, name: `${network.name}/${subnet.name}` })),
  );
  const subnet = oneOf("subnet", text, subnets);
  const nics = index.topology.nics.filter(({ ipConfigurations }) =>
    ipConfigurations.some(({ subnetId }) => subnetId !== null && idKey(subnetId) === idKey(subnet.id)),
  );
  const nic = nics.find(({ id }) => data.tables.ofNic(id).table !== null) ?? nics[0];
  if (nic === undefined) {
    throw new UserError(
      "trace-start",
      `subnet ${quotedText(subnet.name, 50)} has no NIC in what was read`,
      `start from ${START_FORMS}`,
    );
  }
  const from = atNic(nic);
  return { ...from, endpoint: { ...from.endpoint, name: `${subnet.name} (${nic.name})` } };
}

function withoutPrefix(data: TraceData, text: string): TraceStart {
  const { nics, virtualMachines } = data.index.topology;
  if (/^[\d.]+$|:/.test(text) && !text.startsWith("/")) return atAddress(data, text);
  const known = [...nics, ...virtualMachines];
  const nicsNamed = nics.filter((nic) => isNamed(nic, text));
  if (nicsNamed.length === 0) {
    const machine = virtualMachines.find((each) => isNamed(each, text));
    if (machine !== undefined) return atMachine(data, machine);
  }
  return atNic(oneOf("NIC", text, nicsNamed.length > 0 ? nics : known) as NetworkInterface);
}

function atAddress({ index }: TraceData, text: string): TraceStart {
  const address = parseAddress(text);
  const nics = index.topology.nics.filter(({ ipConfigurations }) =>
    ipConfigurations.some((each) => each.address?.family === address.family && each.address.value === address.value),
  );
  const [nic] = nics;
  if (nic === undefined) {
    const message = `no NIC with address ${formatAddress(address)} is known`;
    const hint =
      nics.length === 0 && index.topology.networks.length === 0
        ? "a folder of exports has no addresses: name the table, --from NAME, or give --addresses map.csv"
        : `start from ${START_FORMS}`;
    throw new UserError("trace-start", message, hint);
  }
  if (nics.length > 1) throw several("NICs", formatAddress(address), nics);
  return { ...atNic(nic), place: { kind: "nic", nic, arrivedBy: null, address: formatAddress(address) }, address };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const isNamed = ({ id, name }: Named, text: string) => same(name, text) || idKey(id) === idKey(text);

/** The one with this id or name. */
function oneOf<T extends Named>(what: string, text: string, all: readonly T[]): T {
  const byId = all.filter(({ id }) => idKey(id) === idKey(text));
  const found = byId.length > 0 ? byId : all.filter((each) => isNamed(each, text));
  const [only] = found;
  if (only === undefined) {
    const [near] = nearNames(
      text,
      all.map(({ name }) => name),
    );
    const meant = didYouMean(near === undefined ? [] : [quotedText(near, 30)]);
    const hint =
      all.length === 0 ? `what was read has no ${what}; start from ${START_FORMS}` : `${what} names: ${listed(all)}`;
    throw new UserError("trace-start", `unknown ${what} '${quotedText(text, 30)}'${meant}`, hint);
  }
  if (found.length > 1) throw several(`${what}s`, text, found);
  return only;
}

const listed = (all: readonly Named[]) =>
  `${all
    .slice(0, 8)
    .map(({ name }) => quotedText(name, 60))
    .join(", ")}${all.length > 8 ? ` and ${all.length - 8} more` : ""}`;

function several(what: string, text: string, found: readonly Named[]): UserError {
  const ids = found.slice(0, 8).map(({ id }) => quotedText(id, 200));
  return new UserError(
    "trace-start",
    `${found.length} ${what} fit '${quotedText(text, 40)}'`,
    `give the id of one: ${ids.join(", ")}`,
  );
}

/**
 * Returns the destination that `--to` names: an address, or the address of a NIC or a virtual machine.
 * @throws UserError for anything else.
 */
export function destinationOf(data: TraceData, text: string): Address {
  if (/^[\d.]+$/.test(text.trim()) || (/^[\da-f:.]+$/i.test(text.trim()) && text.includes(":")))
    return parseAddress(text.trim());
  const { address, endpoint } = startOf(data, text);
  if (address !== null) return address;
  throw new UserError(
    "trace-destination",
    `${quotedText(endpoint.name, 50)} has no address that is known`,
    "give --to an address, such as 10.20.0.5",
  );
}
