import { quotedText } from "../../text/quoted-text.ts";
import { groupOf, nameOf } from "../../topology/resource-id.ts";
import type { AzureCalls } from "../arm/calls.ts";
import { ONE_NIC, SUBNET } from "../arm/reads.ts";
import { azureError, isAzureError } from "../failure/azure-error.ts";
import { mapBounded } from "../map-bounded.ts";
import { subnetPlace } from "../subnet.ts";
import { type Nic, nicOf, type ScaleSetNic } from "./nic.ts";
import { type NicId, readNicReference } from "./resource-id.ts";

/** How many NICs of the subnet are read at once, to see whether they belong to VMs. */
const READ_AT_ONCE = 8;

/** How many stopped VMs are tried: each one costs Azure a computation. */
const MOST_STOPPED = 5;

/**
 * The NICs that answer in place of a scale set's NIC: those of VMs in the same subnet. Azure computes effective routes
 * for no NIC of a uniform scale set. That they are the same is an inference: Microsoft says that a subnet's routes "are
 * the effective routes for all network interfaces in a subnet".
 * https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
 */
export class StandIns {
  readonly #calls: AzureCalls;
  readonly #for: ScaleSetNic;
  #answering: Nic | null = null;

  constructor(calls: AzureCalls, of: ScaleSetNic) {
    this.#calls = calls;
    this.#for = of;
  }

  /** The one that has answered, else the first VM's. @throws AzureError where the subnet has none. */
  async first(): Promise<Nic> {
    if (this.#answering !== null) return this.#answering;
    for await (const nic of this.#ofVms()) return nic;
    throw this.#none([]);
  }

  /**
   * The answer of the first that runs.
   * @throws AzureError where none does, or what `ask` throws for another reason.
   */
  async answer<T>(ask: (nic: Nic) => Promise<T>): Promise<{ readonly nic: Nic; readonly answer: T }> {
    const stopped: Nic[] = [];
    for await (const nic of this.#candidates()) {
      try {
        const answer = await ask(nic);
        this.#answering = nic;
        return { nic, answer };
      } catch (error) {
        if (!isAzureError(error) || error.code !== "vm-not-running") throw error;
        if (stopped.push(nic) >= MOST_STOPPED) break;
      }
    }
    throw this.#none(stopped);
  }

  async *#candidates(): AsyncIterable<Nic> {
    const known = this.#answering;
    if (known !== null) yield known;
    for await (const nic of this.#ofVms()) if (nic.resourceId !== known?.resourceId) yield nic;
  }

  /** Reads them a few at a time, as far as they are wanted. */
  async *#ofVms(): AsyncIterable<Nic> {
    const ids = await this.#nicsOfSubnet();
    for (let at = 0; at < ids.length; at += READ_AT_ONCE) {
      const nics = await mapBounded(ids.slice(at, at + READ_AT_ONCE), READ_AT_ONCE, (id) => this.#read(id));
      for (const nic of nics) if (nic !== null && nic.virtualMachineId !== null) yield nic;
    }
  }

  /** Null for one that may not be read, or that is gone. */
  async #read({ resourceGroup, name }: NicId): Promise<Nic | null> {
    try {
      return await this.#calls.run(ONE_NIC, async ({ context, operations }) =>
        nicOf(await operations.getNetworkInterface(context, resourceGroup, name)),
      );
    } catch (error) {
      if (isAzureError(error) && ["not-allowed", "not-found", "resource-group-not-found"].includes(error.code))
        return null;
      throw error;
    }
  }

  async #nicsOfSubnet(): Promise<readonly NicId[]> {
    const place = subnetPlace(this.#for.subnetId);
    if (place === null) return [];
    const subnet = await this.#calls.run(SUBNET, ({ context, operations }) =>
      operations.getSubnet(context, place.group, place.network, place.name),
    );
    const ids = (subnet.ipConfigurations ?? []).flatMap(({ id }) => nicIn(id));
    return [...new Map(ids.map((id) => [`${id.resourceGroup}/${id.name}`.toLowerCase(), id])).values()];
  }

  #none(stopped: readonly Nic[]) {
    const { subnetId, scaleSet, instance } = this.#for;
    const subnet = quotedText(nameOf(subnetId ?? ""), 40);
    const why = `Azure has no effective routes for ${quotedText(scaleSet, 40)}_${quotedText(instance, 10)}, in a scale set`;
    const [first] = stopped;
    if (first === undefined) {
      return azureError(
        "scale-set-nic",
        `${why}\n  no VM in its subnet ${subnet} can stand in`,
        "create a small VM in that subnet and run again; to test one destination, use Network Watcher's connection troubleshoot, which supports scale sets",
        subnetId,
      );
    }
    const vms = stopped.map(({ virtualMachineId }) => quotedText(nameOf(virtualMachineId ?? ""), 30)).join(", ");
    return azureError(
      "scale-set-nic",
      `${why}\n  the VMs in its subnet ${subnet} that could stand in are stopped: ${vms}`,
      `start one of them: az vm start -g ${quotedText(groupOf(first.virtualMachineId ?? ""), 60)} -n ${quotedText(nameOf(first.virtualMachineId ?? ""), 60)}`,
      subnetId,
    );
  }
}

/** The NIC of its own that an IP configuration belongs to; none for those of scale sets, gateways and firewalls. */
function nicIn(ipConfigurationId: string | undefined): readonly NicId[] {
  try {
    const reference = readNicReference(ipConfigurationId ?? "");
    return reference.kind === "nic" ? [reference.id] : [];
  } catch {
    return [];
  }
}
