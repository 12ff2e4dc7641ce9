import { quotedText } from "../../text/quoted-text.ts";
import { listed } from "../arm/pages.ts";
import { NIC_LIST, NIC_LIST_OF_GROUP } from "../arm/reads.ts";
import type { AzureConnection } from "../connection.ts";
import { type AzureError, isAzureError } from "../failure/azure-error.ts";
import { OncePerKey } from "../once-per-key.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import { type Nic, nicOf, type ScaleSetNic } from "./nic.ts";
import { findNic, matching, type NicQuery, type Scope } from "./nic-lookup.ts";

/** A NIC and the subscription in which it was found. */
export interface FoundNic {
  readonly nic: Nic | ScaleSetNic;
  readonly subscription: Subscription;
}

/** Finds NICs in Azure's lists and reads each list once a run. All methods reject with AzureErrors. */
export class NicSearch {
  readonly #connection: AzureConnection;
  readonly #lists = new OncePerKey<readonly Nic[]>();

  constructor(connection: AzureConnection) {
    this.#connection = connection;
  }

  /**
   * The NIC in a subscription, else in its scale sets. Lists the group first where one is given, since a role on it
   * suffices for that.
   */
  async inSubscription(subscription: Subscription, query: NicQuery): Promise<FoundNic> {
    const nics = await this.#candidates(subscription, query);
    try {
      return { nic: findNic(nics, query, scopeOf(subscription)), subscription };
    } catch (error) {
      if (!isNotFound(error)) throw error;
      this.#connection.pace.progress("looking in the scale sets");
      return { nic: await this.inScaleSets(subscription, query, error), subscription };
    }
  }

  /** The NIC in the scale sets of a subscription. @throws `notFound` where it is in none */
  async inScaleSets(subscription: Subscription, query: NicQuery, notFound: AzureError): Promise<ScaleSetNic> {
    const { findInScaleSets } = await import("./scale-set-lookup.ts");
    return findInScaleSets(this.#connection.calls(subscription), query, notFound);
  }

  /** The NIC in the subscription's list. */
  async inList(subscription: Subscription, query: NicQuery): Promise<Nic> {
    return findNic(await this.#list(subscription), query, scopeOf(subscription));
  }

  /** One list of a subscription: of the group where the NIC can be in no other. */
  async mayHoldIt(subscription: Subscription, query: NicQuery): Promise<readonly Nic[]> {
    try {
      return await this.#list(subscription, query.by === "vm" ? null : groupIn(query));
    } catch (error) {
      const holdsNone = ["provider-not-registered", "resource-group-not-found", "not-found"];
      if (isAzureError(error) && holdsNone.includes(error.code)) return [];
      throw error;
    }
  }

  /** The NICs of a subscription, or of one of its groups. */
  #list(subscription: Subscription, group: string | null = null): Promise<readonly Nic[]> {
    const key = `${subscription.id}/${group ?? ""}`.toLowerCase();
    return this.#lists.get(key, () => this.#read(subscription, group));
  }

  #read(subscription: Subscription, group: string | null): Promise<readonly Nic[]> {
    const calls = this.#connection.calls(subscription);
    return calls.run(group === null ? NIC_LIST : NIC_LIST_OF_GROUP, async (client) => {
      const nics: Nic[] = [];
      const all = listed(client, ({ context, operations }) =>
        group === null
          ? operations.listNetworkInterfaces(context)
          : operations.listNetworkInterfacesOfGroup(context, group),
      );
      for await (const resource of all) {
        const nic = nicOf(resource);
        if (nic !== null) nics.push(nic);
      }
      return nics;
    });
  }

  /** The NICs among which the query's is, if it is in the subscription. */
  async #candidates(subscription: Subscription, query: NicQuery): Promise<readonly Nic[]> {
    const group = groupIn(query);
    this.#connection.pace.progress(`looking for the NIC in the ${group === null ? "subscription" : "resource group"}`);
    if (group === null) return this.#list(subscription);
    const inGroup = await this.#inGroup(subscription, group);
    if (!isAzureError(inGroup)) {
      const found = matching(inGroup, query);
      // A VM's NIC may be in another group than the VM, and one that is not the primary one is not its only one.
      if (found.length > 1 || (found[0] && (query.by !== "vm" || found[0].primary))) return inGroup;
    }
    try {
      return await this.#list(subscription);
    } catch (error) {
      if (!isAzureError(error) || error.code !== "not-allowed") throw error;
      if (isAzureError(inGroup)) throw inGroup;
      return inGroup;
    }
  }

  /** The group's NICs, or the error where the subscription's list may have the NIC. */
  async #inGroup(subscription: Subscription, group: string): Promise<readonly Nic[] | AzureError> {
    try {
      return await this.#list(subscription, group);
    } catch (error) {
      const elsewhere = ["not-allowed", "resource-group-not-found", "not-found"];
      if (isAzureError(error) && elsewhere.includes(error.code)) return error;
      throw error;
    }
  }
}

export function isNotFound(error: unknown): error is AzureError {
  return isAzureError(error) && error.code === "nic-not-found";
}

function groupIn(query: NicQuery): string | null {
  return "resourceGroup" in query ? query.resourceGroup : null;
}

function scopeOf({ name, from }: Subscription): Scope {
  return {
    name:
      from === "the Azure CLI's default" && name
        ? `in az's default subscription ${quotedText(name, 30)}`
        : "in the subscription",
  };
}
