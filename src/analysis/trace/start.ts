import { type Address, formatAddress, parseAddress } from "../../net/address.ts";
import type { Family } from "../../net/read-address.ts";
import { firstOf } from "../../text/first-of.ts";
import { didYouMean, nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import { idKey, nameOf } from "../../topology/resource-id.ts";
import type { NetworkInterface } from "../../topology/topology.ts";
import type { TraceData, TraceQuestion, TraceStart } from "./question.ts";
import { noted } from "./steps/branch.ts";

/** How `--from` is written, for help and errors. */
export const START_FORMS = "nic:NAME, vm:NAME, subnet:NETWORK/SUBNET, gateway:NAME, hub:NAME or an address";

/**
 * Returns where a packet starts, as `--from` names it. A bare name is that of a NIC or a virtual machine.
 * @throws UserError for an unknown name, with near ones, and for one that fits several.
 */
export function startOf(data: TraceData, text: string, family: Family | null = null): TraceStart {
  const [, prefix = "", after = ""] = /^(nic|vm|subnet|gateway|hub):(.*)/is.exec(text.trim()) ?? [];
  const rest = after.trim();
  switch (prefix.toLowerCase()) {
    case "nic":
      return atNic(oneOf("NIC", rest, data.index.topology.nics), family);
    case "vm":
      return atMachine(data, oneOf("virtual machine", rest, machinesOf(data)), family);
    case "subnet":
      return atSubnet(data, rest, family);
    case "gateway": {
      const gateway = oneOf("gateway", rest, data.index.topology.gateways);
      return start({ kind: "gateway", gateway, address: null }, gateway);
    }
    case "hub": {
      const hub = oneOf("hub", rest, data.index.topology.hubs);
      return start({ kind: "hub", hub, connectionId: null }, hub);
    }
    default:
      return withoutPrefix(data, text.trim(), family);
  }
}

function start(place: TraceStart["place"], { id, name }: { readonly id: string; readonly name: string }): TraceStart {
  return { place, address: null, endpoint: { address: null, resourceId: id, name }, notes: [] };
}

/** With the address of the wanted family, where it has one; else its primary one. */
function atNic(nic: NetworkInterface, family: Family | null): TraceStart {
  const { ipConfigurations } = nic;
  const address =
    (
      ipConfigurations.find((each) => family !== null && each.address?.family === family) ??
      ipConfigurations.find((each) => each.primary && each.address !== null) ??
      ipConfigurations[0]
    )?.address ?? null;
  const text = address === null ? null : formatAddress(address);
  return {
    place: { kind: "nic", nic, arrivedBy: null, address: text },
    address,
    endpoint: { address: text, resourceId: nic.id, name: nic.name },
    notes: [],
  };
}

interface Machine extends Named {
  readonly nicIds: readonly string[];
}

/** The virtual machines, also those that only NICs name. */
function machinesOf({ index }: TraceData): readonly Machine[] {
  const { nics, virtualMachines } = index.topology;
  const ids = new Map(nics.flatMap(({ virtualMachineId: id }) => (id === null ? [] : [[idKey(id), id] as const])));
  const others = [...ids.values()].filter((id) => index.machines.get(id) === null);
  return [...virtualMachines, ...others.map((id) => ({ id, name: nameOf(id), nicIds: [] }))];
}

/** The primary NIC: the guest chooses, and uses that one unless it is told otherwise. */
function atMachine({ index }: TraceData, machine: Machine, family: Family | null): TraceStart {
  const listed = machine.nicIds.map((id) => index.nics.get(id)).filter((nic) => nic !== null);
  const nics =
    listed.length > 0
      ? listed
      : index.topology.nics.filter((nic) => nic.virtualMachineId !== null && same(nic.virtualMachineId, machine.id));
  const [first] = nics;
  if (first === undefined) {
    throw new UserError(
      "trace-start",
      `virtual machine ${quotedText(machine.name)} has no known NIC`,
      `start from ${START_FORMS}`,
    );
  }
  const start = atNic(first, family);
  if (nics.length < 2) return start;
  const others = nics.slice(1).map(({ name }) => name);
  const text = `from ${first.name}, the primary NIC of ${machine.name}; it may also leave by ${others.join(", ")}`;
  return { ...start, notes: [noted("several-nics", "remark", text)] };
}

/** A NIC of the subnet whose table is known: all NICs of a subnet have the same routes. */
function atSubnet(data: TraceData, text: string, family: Family | null): TraceStart {
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
      `subnet ${quotedText(subnet.name, 50)} has no known NIC`,
      `start from ${START_FORMS}`,
    );
  }
  const from = atNic(nic, family);
  return { ...from, endpoint: { ...from.endpoint, name: `${subnet.name} (${nic.name})` } };
}

function withoutPrefix(data: TraceData, text: string, family: Family | null): TraceStart {
  const { nics } = data.index.topology;
  const machines = machinesOf(data);
  if (/^[\d.]+(\/\d*)?$|:/.test(text) && !text.startsWith("/")) return atAddress(data, text);
  const known = [...nics, ...machines];
  const nicsNamed = nics.filter((nic) => isNamed(nic, text));
  if (nicsNamed.length === 0) {
    const machine = machines.find((each) => isNamed(each, text));
    if (machine !== undefined) return atMachine(data, machine, family);
  }
  return atNic(oneOf("NIC", text, nicsNamed.length > 0 ? nics : known) as NetworkInterface, family);
}

function atAddress({ index }: TraceData, text: string): TraceStart {
  const address = parseAddress(text);
  const nics = index.nicsWith(address);
  const [nic] = nics;
  if (nic === undefined) {
    const message = `no NIC with address ${formatAddress(address)} is known`;
    const hint =
      nics.length === 0 && index.topology.networks.length === 0
        ? "a folder of exports has no addresses: name the table with --from NAME, or give --addresses map.csv"
        : `start from ${START_FORMS}`;
    throw new UserError("trace-start", message, hint);
  }
  if (nics.length > 1) throw several("NICs", formatAddress(address), nics);
  const own = formatAddress(address);
  const at = atNic(nic, address.family);
  const place = { kind: "nic", nic, arrivedBy: null, address: own } as const;
  return { ...at, place, address, endpoint: { ...at.endpoint, address: own } };
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
    const hint = all.length === 0 ? `no ${what} was found; start from ${START_FORMS}` : `${what} names: ${listed(all)}`;
    throw new UserError("trace-start", `unknown ${what} '${quotedText(text, 30)}'${meant}`, hint);
  }
  if (found.length > 1) throw several(`${what}s`, text, found);
  return only;
}

function listed(all: readonly Named[]): string {
  const names = all.map(({ name }) => quotedText(name, 60));
  return firstOf(names, 8);
}

function several(what: string, text: string, found: readonly Named[]): UserError {
  const message = `${found.length} ${what} fit '${quotedText(text, 40)}'`;
  const names = new Set(found.map(({ name }) => name.toLowerCase()));
  if (names.size === found.length) return new UserError("trace-start", message, `name one: ${listed(found)}`);
  const ids = found.slice(0, 8).map(({ id }) => quotedText(id, 200));
  return new UserError("trace-start", message, `give the id of one: ${ids.join(", ")}`);
}

/**
 * Returns the destination that `--to` names: an address, or that of a NIC or a virtual machine, of the wanted family
 * where it has one.
 * @throws UserError for anything else.
 */
export function destinationOf(data: TraceData, text: string, family: Family | null = null): Address {
  const literal = literalAddress(text);
  if (literal !== null) return literal;
  const { address, endpoint } = startOf(data, text, family);
  if (address !== null) return address;
  throw new UserError(
    "trace-destination",
    `${quotedText(endpoint.name, 50)} has no known address`,
    "give --to an address, such as 10.20.0.5",
  );
}

/** The address that a text is meant to be; null for a name. @throws UserError for one with mistakes. */
function literalAddress(text: string): Address | null {
  const word = text.trim();
  const isAddress = /^[\d.]+(\/\d*)?$/.test(word) || (/^[\da-f:.]+(\/\d*)?$/i.test(word) && word.includes(":"));
  return isAddress ? parseAddress(word) : null;
}

/**
 * Returns both ends of a trace, with addresses of one family.
 * @throws UserError as `startOf` and `destinationOf`, and for two addresses of different families.
 */
export function endsOf(data: TraceData, from: string, to: string): Pick<TraceQuestion, "from" | "to"> {
  const source = literalAddress(from);
  const destination = destinationOf(data, to, source?.family ?? null);
  if (source !== null && source.family !== destination.family) {
    throw new UserError(
      "trace-start",
      `${formatAddress(source)} is IPv${source.family} and ${formatAddress(destination)} IPv${destination.family}`,
      "source and destination must both be IPv4 or both IPv6: name the NIC or the virtual machine with --from NAME",
    );
  }
  return { from: startOf(data, from, destination.family), to: destination };
}
