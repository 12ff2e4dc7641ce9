import { type Address, addressOrNull } from "../../net/address.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { groupOf } from "../../topology/resource-id.ts";
import { azureError } from "../failure/azure-error.ts";
import type { NicQuery } from "./nic-lookup.ts";
import { type NicId, type NicReference, readNicReference, readResourceId, type ScaleSetPlace } from "./resource-id.ts";

/** The options that name a NIC: exactly one of the first three. */
export interface NicOptions {
  readonly nic?: string | null;
  readonly vm?: string | null;
  readonly privateIp?: string | null;
  readonly resourceGroup?: string | null;
}

/** The options, read: a NIC that needs no look-up, a place in a scale set, or what to look for. */
export interface Target {
  readonly query: NicQuery | null;
  readonly known: NicId | null;
  readonly scaleSet: ScaleSetPlace | null;
  readonly subscriptionId: string | null;
}

/** @throws AzureError (usage) for what is not a valid NIC, VM or address. */
export function readTarget(target: NicOptions | null): Target {
  const resourceGroup = target?.resourceGroup ?? null;
  if (target?.nic) return readNic(readNicReference(target.nic), resourceGroup);
  if (target?.vm) return readVm(target.vm.trim(), resourceGroup);
  const query: NicQuery | null = target?.privateIp
    ? { by: "private-ip", address: readAddress(target.privateIp.trim()), resourceGroup }
    : null;
  return { ...NOTHING, query };
}

/** An address as everywhere else: no zones, no leading zeros, and IPv4-mapped IPv6 is the IPv4 address. */
function readAddress(text: string): Address {
  const address = addressOrNull(text);
  if (address !== null) return address;
  throw azureError(
    "private-ip",
    `--private-ip is not an address: '${quotedText(text, 40)}'`,
    "give one IPv4 or IPv6 address of the NIC, e.g. 10.0.0.4",
  );
}

const NOTHING: Target = { query: null, known: null, scaleSet: null, subscriptionId: null };

function readNic(reference: NicReference, resourceGroup: string | null): Target {
  switch (reference.kind) {
    case "nic":
      return { ...NOTHING, known: reference.id, subscriptionId: reference.id.subscriptionId };
    case "vm":
      return { ...NOTHING, query: { by: "vm-id", id: reference.id }, subscriptionId: reference.subscriptionId };
    case "scale-set":
      return { ...NOTHING, scaleSet: reference.place, subscriptionId: reference.place.subscriptionId };
    case "name":
      return { ...NOTHING, query: { by: "name", name: reference.name, resourceGroup } };
  }
}

/** A VM by its name, or by its resource id as the portal shows it. */
function readVm(text: string, resourceGroup: string | null): Target {
  if (!text.includes("/")) return { ...NOTHING, query: { by: "vm", name: text, resourceGroup } };
  const reference = readResourceId(text, "--vm");
  if (reference.kind !== "vm") return readNic(reference, resourceGroup);
  const { id, name, subscriptionId } = reference;
  return { ...NOTHING, query: { by: "vm", name, resourceGroup: groupOf(id) }, subscriptionId };
}
