import { type Address, addressOrNull, formatAddress, sameAddress } from "../../net/address.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { groupOf, nameOf, sameResource } from "../../topology/resource-id.ts";
import { type AzureError, azureError } from "../failure/azure-error.ts";
import { type Nic, nicLine } from "./nic.ts";

/** Selects one NIC of the subscription. `resourceGroup` narrows: the NIC's group, or with `vm` the VM's. */
export type NicQuery =
  | { readonly by: "name"; readonly name: string; readonly resourceGroup: string | null }
  | { readonly by: "vm"; readonly name: string; readonly resourceGroup: string | null }
  | { readonly by: "vm-id"; readonly id: string }
  | { readonly by: "private-ip"; readonly address: Address; readonly resourceGroup: string | null };

/** A query for a NIC, which a VM's id is not. */
type NicSought = Exclude<NicQuery, { readonly by: "vm-id" }>;

/** Where NICs were looked for. */
export interface Scope {
  /** For the end of a sentence: `in the subscription`. */
  readonly name: string;
  /** Where there are several subscriptions: the NIC's, in words. */
  subscriptionOf?(nic: Nic): string;
}

/** The NICs that match the query. Names compare without case, as in Azure. Linear in the NICs. */
export function matching(nics: readonly Nic[], query: NicQuery): readonly Nic[] {
  return nics.filter((nic) => fits(nic, query));
}

/**
 * The one NIC that matches.
 * @throws AzureError when none matches, with similar names, or when several match, with their ids.
 */
export function findNic(nics: readonly Nic[], query: NicQuery, scope: Scope = { name: "in the subscription" }): Nic {
  const matches = matching(nics, query);
  const [only] = matches;
  if (query.by === "vm-id") throw vmGiven(query.id, matches, scope);
  if (only === undefined) throw notFound(nics, query, scope);
  if (matches.length > 1) throw ambiguous(matches, query, scope);
  return only;
}

function fits(nic: Nic, query: NicQuery): boolean {
  const vm = nic.virtualMachineId;
  switch (query.by) {
    case "name":
      return same(nic.id.name, query.name) && inGroup(nic.id.resourceGroup, query.resourceGroup);
    case "vm":
      return vm !== null && same(nameOf(vm), query.name) && inGroup(groupOf(vm), query.resourceGroup);
    case "vm-id":
      return vm !== null && sameResource(vm, query.id);
    case "private-ip":
      return hasAddress(nic, query.address) && inGroup(nic.id.resourceGroup, query.resourceGroup);
  }
}

function inGroup(group: string, wanted: string | null): boolean {
  return wanted === null || same(group, wanted);
}

/** Whether one of the NIC's IP configurations has the private address. One that cannot be read matches nothing. */
export function hasAddress({ privateIpAddresses }: Pick<Nic, "privateIpAddresses">, wanted: Address): boolean {
  return privateIpAddresses.some((text) => {
    const own = addressOrNull(text);
    return own !== null && sameAddress(own, wanted);
  });
}

function ambiguous(matches: readonly Nic[], query: NicSought, scope: Scope): AzureError {
  const lines = nicLines(matches, scope);
  const count = matches.length;
  if (scope.subscriptionOf !== undefined) {
    const what = {
      name: "have the name",
      vm: "belong to a VM named",
      "private-ip": "have the address",
    }[query.by];
    return azureError(
      "nic-ambiguous",
      `${count} NICs ${what} ${quotedText(textOf(query), 45)}\n${lines}`,
      "add --subscription, and -g or --nic where that leaves several; -v shows the ids of subscriptions",
    );
  }
  switch (query.by) {
    case "vm":
      return azureError(
        "nic-ambiguous",
        `VM ${quotedText(query.name)} has ${count} NICs\n${lines}`,
        "name one of them with --nic",
      );
    case "private-ip":
      return azureError(
        "nic-ambiguous",
        `${count} NICs have the address ${formatAddress(query.address)}\n${lines}`,
        "networks may use the same addresses: name one of them with --nic, or narrow with -g",
      );
    case "name":
      return azureError("nic-ambiguous", `${count} NICs are named ${quotedText(query.name)}\n${lines}`, "give -g too");
  }
}

/** What the query asks for. */
function textOf(query: NicSought): string {
  return query.by === "private-ip" ? formatAddress(query.address) : query.name;
}

/** More would scroll the first line away. */
const MOST_LINES = 20;

function nicLines(nics: readonly Nic[], scope: Scope): string {
  const more = nics.length - MOST_LINES;
  const line = (nic: Nic) => nicLine(nic, scope.subscriptionOf?.(nic) ?? null);
  return [...nics.slice(0, MOST_LINES).map(line), ...(more > 0 ? [`  and ${more} more`] : [])].join("\n");
}

function vmGiven(id: string, nics: readonly Nic[], scope: Scope): AzureError {
  const name = quotedText(nameOf(id));
  if (nics.length === 0) {
    return azureError(
      "vm-given",
      `--nic names the VM ${name}, which has no NIC visible to you`,
      "name a NIC; check the VM's id and your access",
    );
  }
  return azureError(
    "vm-given",
    `--nic names a VM, not a NIC: ${name}\n${nicLines(nics, scope)}`,
    nics.length === 1 ? "give that NIC to --nic, or the VM's name to --vm" : "give one of these NICs to --nic",
  );
}

function notFound(nics: readonly Nic[], query: NicSought, scope: Scope): AzureError {
  const near = nearest(nics, query);
  const group = query.resourceGroup === null ? null : `in group ${quotedText(query.resourceGroup, 30)}`;
  const where =
    scope.subscriptionOf === undefined ? (group ?? scope.name) : [group, scope.name].filter(Boolean).join(" ");
  const text = quotedText(textOf(query), query.by === "vm" ? 30 : 40);
  const what = {
    name: `no NIC named ${text}`,
    vm: `no VM with a NIC is named ${text}`,
    "private-ip": `no NIC has the address ${text}`,
  }[query.by];
  const check = {
    name: "check the name, -g and --subscription",
    vm: "check the name, -g and --subscription",
    "private-ip": "check the address and --subscription; NICs that Azure manages for its services are not listed",
  }[query.by];
  const other = otherKind(nics, query);
  if (other !== null) {
    const [flag, kind] = other;
    return azureError("nic-not-found", `${what} ${where}`, `${text} is a ${kind}: give ${flag} ${text}`, null, {
      words: [query.by === "name" ? "--nic" : "--vm", textOf(query)],
      instead: [flag, textOf(query)],
    });
  }
  return azureError(
    "nic-not-found",
    `${what} ${where}`,
    near.length > 0
      ? `did you mean: ${near.join(", ")}`
      : nics.length === 0
        ? "no NIC is visible there: check --subscription and your access"
        : check,
  );
}

/** As AKS names its Linux nodes: `aks-pool-12345678-vmss00000c`. */
const AKS_NODE = /^aks-.*-vmss[0-9a-z]{6}$/i;

/** The option and the kind of resource for the name of a VM or a node given to --nic, or a NIC's to --vm; else null. */
function otherKind(
  nics: readonly Nic[],
  query: NicSought,
): readonly ["--vm" | "--nic", "VM" | "NIC" | "node of AKS"] | null {
  if (query.by === "private-ip") return null;
  if (query.by === "name" && AKS_NODE.test(query.name)) return ["--vm", "node of AKS"];
  const by = query.by === "name" ? "vm" : "name";
  if (!nics.some((nic) => fits(nic, { ...query, by }))) return null;
  return by === "vm" ? ["--vm", "VM"] : ["--nic", "NIC"];
}

/** Similar names. A name in another group than `-g` comes with its group. */
function nearest(nics: readonly Nic[], query: NicSought): readonly string[] {
  if (query.by === "private-ip") return [];
  const named = nics.flatMap(({ id, virtualMachineId: vm }) => {
    if (query.by === "name") return [{ name: id.name, group: id.resourceGroup }];
    return vm === null ? [] : [{ name: nameOf(vm), group: groupOf(vm) }];
  });
  const elsewhere = named.filter(({ name }) => same(name, query.name)).map(({ group }) => group);
  if (elsewhere.length > 0) {
    return [...new Set(elsewhere)].slice(0, 3).map((group) => `${query.name} in group ${group}`);
  }
  const near = nearNames(
    query.name,
    named.map(({ name }) => name),
  );
  return near.map((name) => {
    const groups = named.filter((other) => other.name === name).map(({ group }) => group);
    const away = !groups.some((group) => inGroup(group, query.resourceGroup));
    return away ? `${name} in group ${groups[0]}` : name;
  });
}
