import { withStandIn } from "../routes/stand-in.ts";
import type { NicFacts, SubnetFacts } from "../routes/subnet-facts.ts";
import { CONNECTION_CHECK, NETWORK_WATCHERS, NEXT_HOP, ONE_NIC, routesOf, SERVICE_TAGS, SUBNET } from "./arm/reads.ts";
import type { AzureOptions } from "./azure-options.ts";
import { AzureConnection } from "./connection.ts";
import { type ConnectionCheck, type ConnectionQuestion, checkConnection } from "./connection-check.ts";
import { type EffectiveRoutes, effectiveRoutes } from "./effective-routes.ts";
import { type AzureError, azureError, isAzureError } from "./failure/azure-error.ts";
import type { FetchedGatewayTable } from "./gateways/fetch-gateway-table.ts";
import type { GatewayRequest } from "./gateways/request.ts";
import type { InventoryResource } from "./inventory/kinds.ts";
import { mapBounded } from "./map-bounded.ts";
import { findNetworkWatcher, type NetworkWatcher, type NextHop, nextHop } from "./next-hop.ts";
import { type Nic, nicOf, type ScaleSetNic } from "./nic/nic.ts";
import type { NicOptions } from "./nic/nic-options.ts";
import { NicSearch } from "./nic/nic-search.ts";
import { findTarget, type NicTarget, type OwnNic } from "./nic/nic-target.ts";
import { notRunning } from "./nic/not-running.ts";
import { OncePerKey } from "./once-per-key.ts";
import { fetchServiceTags } from "./service-tags.ts";
import type { Subscription } from "./sign-in/subscription.ts";
import { readSubnet } from "./subnet.ts";

type FactsNic = Nic | ScaleSetNic | null;

const FACTS_PATIENCE_MS = 1000;

/** Network Watcher rejects bursts. az itself sends one request at a time. */
const MOST_NEXT_HOPS_AT_ONCE = 4;

/**
 * Live calls on behalf of one run: any number of NICs, in any subscriptions, many at once. They share one sign-in,
 * which begins with the first call, and whatever was read of lists, NICs and subnets. Every method rejects with an
 * AzureError and nothing else.
 */
export class AzureSession {
  readonly #connection: AzureConnection;
  readonly #search: NicSearch;
  readonly #nics = new OncePerKey<Nic | null>();
  readonly #subnets = new OncePerKey<SubnetFacts | null>();
  readonly #watchers = new OncePerKey<NetworkWatcher>();

  /**
   * Calls by a connection of the run, or by one of its own.
   * @throws AzureError (usage) for an endpoint that cannot be right; the methods report everything else.
   */
  constructor(by: AzureOptions | AzureConnection) {
    this.#connection = by instanceof AzureConnection ? by : new AzureConnection(by);
    this.#search = new NicSearch(this.#connection);
  }

  /**
   * The NIC that the options name. A resource id, or a name with its group, costs no request. Anything else lists the
   * subscription's NICs; where no subscription is named, those of every subscription that the sign-in sees. For a name,
   * the Azure CLI's default counts as named; an address may be anywhere.
   */
  findNic(options: NicOptions): Promise<NicTarget> {
    return findTarget(this.#connection, this.#search, options);
  }

  /** The NIC's effective routes. The error for a missing NIC suggests similar names. `withinMs`: the time limit. */
  async effectiveRoutes(target: NicTarget, withinMs?: number): Promise<EffectiveRoutes> {
    const { subscription } = target;
    if ("standIns" in target) {
      const { nic, answer } = await target.standIns.answer((other) =>
        this.effectiveRoutes({ id: other.id, nic: other, subscription }, withinMs),
      );
      return { ...answer, table: withStandIn(answer.table, target.nic.resourceId, nic.resourceId) };
    }
    const { id } = target;
    const { pace } = this.#connection;
    try {
      const calls = this.#connection.calls(subscription);
      return await calls.run(routesOf(id.name), (client) => effectiveRoutes(client, id, pace.now), { withinMs });
    } catch (error) {
      throw (await this.#explainMissing(error, target)) ?? (await this.#explainNotRunning(error, target)) ?? error;
    }
  }

  /**
   * The same, with the NIC's addresses and its subnet, read while Azure computes the routes. Each is null where the
   * caller may not read it, or where it takes a second longer than the routes.
   */
  async routesAndFacts(
    target: NicTarget,
    withinMs?: number,
  ): Promise<{
    readonly routes: EffectiveRoutes;
    readonly subnet: SubnetFacts | null;
    readonly nic: NicFacts | null;
  }> {
    const enough = new AbortController();
    const nic = "standIns" in target ? Promise.resolve(target.nic) : this.#readNic(target, enough.signal);
    const subnet = this.#subnet(target.subscription, nic, enough.signal).catch(() => null);
    const addresses = nic.then(nicFacts, () => null);
    let patience: NodeJS.Timeout | undefined;
    try {
      const routes = await this.effectiveRoutes(target, withinMs);
      patience = setTimeout(() => enough.abort(), FACTS_PATIENCE_MS);
      return { routes, subnet: await subnet, nic: await addresses };
    } finally {
      clearTimeout(patience);
      enough.abort();
    }
  }

  /**
   * Network Watcher's answer for each destination, in their order, or the AzureError where it fails for one. A few run
   * at once.
   */
  async nextHops(target: NicTarget, destinations: readonly string[]): Promise<readonly (NextHop | AzureError)[]> {
    const nic = await this.#ownNic(target);
    const calls = this.#connection.calls(target.subscription);
    const watcher = await this.#watcher(target, nic);
    return mapBounded(destinations, MOST_NEXT_HOPS_AT_ONCE, async (destination) => {
      try {
        return await calls.run(NEXT_HOP, (client) => nextHop(client, watcher, nic, destination));
      } catch (error) {
        if (isAzureError(error)) return error;
        throw error;
      }
    });
  }

  /** What Network Watcher's connection troubleshoot finds from the NIC's VM. Sends packets; creates nothing. */
  async connectionCheck(target: NicTarget, question: ConnectionQuestion): Promise<ConnectionCheck> {
    const nic = await this.#ownNic(target);
    const { virtualMachineId } = nic;
    if (virtualMachineId === null) {
      throw azureError("nic-detached", "the NIC has no VM", "connection troubleshoot needs a running VM");
    }
    const watcher = await this.#watcher(target, nic);
    const calls = this.#connection.calls(target.subscription);
    return calls.run(CONNECTION_CHECK, (client) => checkConnection(client, watcher, virtualMachineId, question));
  }

  #watcher({ subscription }: NicTarget, { region }: Nic): Promise<NetworkWatcher> {
    const calls = this.#connection.calls(subscription);
    return this.#watchers.get(`${subscription.id}/${region}`.toLowerCase(), () =>
      calls.run(NETWORK_WATCHERS, (client) => findNetworkWatcher(client, region)),
    );
  }

  /** A table of a hub, a gateway, a Route Server or a circuit. The error for a missing one suggests similar names. */
  async gatewayTable(request: GatewayRequest): Promise<FetchedGatewayTable> {
    const { fetchGatewayTable } = await import("./gateways/fetch-gateway-table.ts");
    return fetchGatewayTable(this.#connection, request);
  }

  /**
   * The resources that can name next hops at these addresses.
   * @throws AzureError where Resource Graph does not answer soon.
   */
  async nextHopResources(subscriptionId: string, addresses: readonly string[]): Promise<readonly InventoryResource[]> {
    const { nextHopResources } = await import("./gateways/next-hop-resources.ts");
    return nextHopResources(this.#connection, subscriptionId, addresses);
  }

  /** The text of a service tag file, from the Discovery API. Every subscription gives the same. */
  async serviceTags(): Promise<string> {
    const { serviceTagRegion } = this.#connection.cloud;
    const subscription = (await this.#connection.subscription(null, true)) ?? (await this.#anyVisible());
    const calls = this.#connection.calls(subscription ?? null);
    return calls.run(SERVICE_TAGS, (client) => fetchServiceTags(client, serviceTagRegion));
  }

  async #anyVisible(): Promise<Subscription | undefined> {
    const { visibleSubscriptions } = await import("./visible-subscriptions.ts");
    return (await visibleSubscriptions(this.#connection))[0];
  }

  async #ownNic(target: NicTarget): Promise<Nic> {
    if ("standIns" in target) return target.standIns.first();
    const nic = await this.#readNic(target);
    if (nic !== null) return nic;
    throw azureError("nic-not-found", `no NIC named ${target.id.name.slice(0, 40)}`, ONE_NIC.notFound);
  }

  #readNic(target: OwnNic, until?: AbortSignal): Promise<Nic | null> {
    const { id, subscription, nic } = target;
    if (nic !== null) return Promise.resolve(nic);
    const read = (unwanted: AbortSignal) =>
      this.#connection
        .calls(subscription)
        .run(
          ONE_NIC,
          async ({ context, operations }) =>
            nicOf(await operations.getNetworkInterface(context, id.resourceGroup, id.name)),
          { until: unwanted },
        );
    return this.#nics.get(keyOf(target), read, until);
  }

  async #subnet(subscription: Subscription, read: Promise<FactsNic>, until: AbortSignal): Promise<SubnetFacts | null> {
    const nic = await read;
    if (nic === null || nic.subnetId === null) return null;
    const { apiVersion } = this.#connection;
    const calls = this.#connection.calls(subscription);
    return this.#subnets.get(
      `${subscription.id}${nic.subnetId}`.toLowerCase(),
      (unwanted) => calls.run(SUBNET, (client) => readSubnet(client, nic, apiVersion), { until: unwanted }),
      until,
    );
  }

  /** A better error for a NIC without a running VM; null where it cannot be read. */
  async #explainNotRunning(error: unknown, target: OwnNic): Promise<AzureError | null> {
    if (!isAzureError(error) || error.code !== "vm-not-running") return null;
    const nic = await this.#readNic(target).catch(() => null);
    if (nic?.virtualMachineId === null) this.#nics.forget(keyOf(target)); // it may get one while one waits
    return nic && notRunning(error, nic);
  }

  /** A better error for a missing NIC, with similar names; null where the NICs cannot be listed. */
  async #explainMissing(error: unknown, { id, subscription, nic }: OwnNic): Promise<AzureError | null> {
    const missing = isAzureError(error) && (error.code === "not-found" || error.code === "resource-group-not-found");
    if (!missing || nic !== null) return null;
    try {
      await this.#search.inList(subscription, { by: "name", name: id.name, resourceGroup: id.resourceGroup });
      return null;
    } catch (better) {
      return isAzureError(better) && better.code === "nic-not-found" ? better : null;
    }
  }
}

function keyOf({ id, subscription }: OwnNic): string {
  return `${subscription.id}/${id.resourceGroup}/${id.name}`.toLowerCase();
}

function nicFacts(nic: FactsNic): NicFacts | null {
  return nic && { privateIpAddresses: nic.privateIpAddresses, publicIpAddresses: nic.publicIpAddresses };
}
