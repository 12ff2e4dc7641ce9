import { withStandIn } from "../routes/stand-in.ts";
import type { NicFacts, SubnetFacts } from "../routes/subnet-facts.ts";
import { API_VERSION } from "./arm/api-version.ts";
import { AzureCalls } from "./arm/calls.ts";
import { armEndpoint } from "./arm/endpoint.ts";
import { type Pace, realPace } from "./arm/pace.ts";
import { listed } from "./arm/pages.ts";
import {
  NETWORK_WATCHERS,
  NEXT_HOP,
  NIC_LIST,
  NIC_LIST_OF_GROUP,
  ONE_NIC,
  routesOf,
  SERVICE_TAGS,
  SUBNET,
} from "./arm/reads.ts";
import type { AzureOptions } from "./azure-options.ts";
import { AZURE_CLOUDS, type AzureCloud } from "./clouds.ts";
import { type EffectiveRoutes, effectiveRoutes } from "./effective-routes.ts";
import { type AzureError, azureError, isAzureError } from "./failure/azure-error.ts";
import { Scrubber } from "./failure/scrubber.ts";
import { mapBounded } from "./map-bounded.ts";
import { findNetworkWatcher, type NextHop, nextHop } from "./next-hop.ts";
import { type Nic, nicOf, type ScaleSetNic } from "./nic/nic.ts";
import { findNic, type NicQuery } from "./nic/nic-lookup.ts";
import { readTarget } from "./nic/nic-options.ts";
import { lastPart, type NicId, type ScaleSetPlace } from "./nic/resource-id.ts";
import type { StandIns } from "./nic/stand-in.ts";
import { fetchServiceTags } from "./service-tags.ts";
import { SignIn } from "./sign-in/sign-in.ts";
import { chooseSubscription, cliSubscriptions, type Subscription } from "./sign-in/subscription.ts";
import { readSubnet } from "./subnet.ts";

/** A NIC that was found, or that is known well enough to read its routes without a look-up. */
interface OwnNic {
  readonly id: NicId;
  /** What Azure says about it, where it was looked up. */
  readonly nic: Nic | null;
}

/** The NIC of a scale set's instance, and those of its subnet that answer in its place. */
interface ReplacedNic {
  readonly nic: ScaleSetNic;
  readonly standIns: StandIns;
}

export type NicTarget = OwnNic | ReplacedNic;

type FactsNic = Nic | ScaleSetNic | null;

const FACTS_PATIENCE_MS = 1000;

/** Network Watcher rejects bursts. az itself sends one request at a time. */
const MOST_NEXT_HOPS_AT_ONCE = 4;

/**
 * Opens a session: reads the options and starts to sign in. The SDK loads while the credential works (az takes half a
 * second).
 * @throws AzureError (usage) at once for options that cannot be right; the calls report everything else.
 */
export function openAzure(options: AzureOptions): AzureSession {
  return new AzureSession(options);
}

/** Live calls on behalf of one command. Every method rejects with an AzureError and nothing else. */
export class AzureSession {
  readonly subscription: Subscription;
  readonly #options: AzureOptions;
  readonly #cloud: AzureCloud;
  readonly #pace: Pace;
  readonly #calls: AzureCalls;
  readonly #query: NicQuery | null;
  readonly #known: NicId | null;
  readonly #scaleSet: ScaleSetPlace | null;

  constructor(options: AzureOptions) {
    const environment = options.environment ?? process.env;
    this.#options = options;
    this.#cloud = AZURE_CLOUDS[options.cloud];
    const endpoint = armEndpoint(this.#cloud, options.armEndpoint);
    const scrubber = new Scrubber(environment, options.showSubscriptions ?? false);
    this.#pace = options.pace ?? realPace(options.onProgress);
    const { query, known, scaleSet, subscriptionId } = readTarget(options.target);
    this.#query = query;
    this.#known = known;
    this.#scaleSet = scaleSet;
    const cli = cliSubscriptions(this.#cloud, environment);
    this.subscription = chooseSubscription({
      ofResource: subscriptionId,
      given: options.subscription,
      known: cli,
      cloud: this.#cloud,
      environment,
    });
    scrubber.learnSubscription(this.subscription.id);
    for (const { id } of cli) scrubber.learnSubscription(id);
    const signIn = new SignIn({
      auth: options.auth,
      cloud: this.#cloud,
      scope: endpoint.scope,
      cliSubscription: this.subscription.name === null ? null : this.subscription.id,
      environment,
      scrubber,
      now: this.#pace.now,
      onDeviceCode: options.onDeviceCode ?? (() => {}),
      cliTimeoutMs: options.timeoutMs,
      ...(options.identityEndpointAnswers && { identityEndpointAnswers: options.identityEndpointAnswers }),
    });
    signIn.servedBy().then(options.onServed, () => {}); // the call that needs the token reports a failure
    this.#calls = new AzureCalls({
      endpoint,
      apiVersion: options.apiVersion ?? API_VERSION,
      subscription: this.subscription,
      signIn,
      scrubber,
      pace: this.#pace,
      timeoutMs: options.timeoutMs,
    });
  }

  /**
   * The NIC that the options name. A resource id, or a name with its group, costs no request. Anything else lists the
   * subscription's NICs.
   */
  async findNic(): Promise<NicTarget> {
    if (this.#known !== null) return { id: this.#known, nic: null };
    if (this.#scaleSet !== null) {
      const { nicAtPlace } = await import("./nic/scale-set-lookup.ts");
      return this.#replaced(await nicAtPlace(this.#calls, this.#scaleSet));
    }
    const query = this.#query;
    if (query === null) throw azureError("resource-id", "no NIC given", "give --nic, --vm or --private-ip");
    if (query.by === "name" && query.resourceGroup !== null) {
      const { name, resourceGroup } = query;
      return { id: { subscriptionId: this.subscription.id, resourceGroup, name }, nic: null };
    }
    try {
      const nic = await this.#lookUp(query);
      return { id: nic.id, nic };
    } catch (error) {
      if (!isAzureError(error) || error.code !== "nic-not-found") throw error;
      this.#pace.progress("looking in the scale sets");
      const { findInScaleSets } = await import("./nic/scale-set-lookup.ts");
      return this.#replaced(await findInScaleSets(this.#calls, query, error));
    }
  }

  async #replaced(nic: ScaleSetNic): Promise<NicTarget> {
    const { StandIns } = await import("./nic/stand-in.ts");
    return { nic, standIns: new StandIns(this.#calls, nic) };
  }

  /** The NIC's effective routes, within `withinMs`. The error for a missing NIC suggests similar names. */
  async effectiveRoutes(target: NicTarget, withinMs: number = this.#options.timeoutMs): Promise<EffectiveRoutes> {
    if ("standIns" in target) {
      const { nic, answer } = await target.standIns.answer((nic) =>
        this.effectiveRoutes({ id: nic.id, nic }, withinMs),
      );
      return { ...answer, table: withStandIn(answer.table, target.nic.resourceId, nic.resourceId) };
    }
    const { id } = target;
    try {
      return await this.#calls.run(routesOf(id.name), (client) => effectiveRoutes(client, id, this.#pace.now), {
        withinMs,
      });
    } catch (error) {
      throw (await this.#explainMissing(error, target)) ?? (await this.#explainEndpoint(error, target)) ?? error;
    }
  }

  /**
   * The same, with the NIC's addresses and its subnet, read while Azure computes the routes. Each is null where the
   * caller may not read it, or where it takes a second longer than the routes.
   */
  async routesAndFacts(target: NicTarget): Promise<{
    readonly routes: EffectiveRoutes;
    readonly subnet: SubnetFacts | null;
    readonly nic: NicFacts | null;
  }> {
    const enough = new AbortController();
    const nic = "standIns" in target ? target.nic : (target.nic ?? this.#readNic(target.id, enough.signal));
    const subnet = this.#subnet(nic, enough.signal).catch(() => null);
    const addresses = Promise.resolve(nic).then(nicFacts, () => null);
    let patience: NodeJS.Timeout | undefined;
    try {
      const routes = await this.effectiveRoutes(target);
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
    const watcher = await this.#calls.run(NETWORK_WATCHERS, (client) => findNetworkWatcher(client, nic.region));
    return mapBounded(destinations, MOST_NEXT_HOPS_AT_ONCE, async (destination) => {
      try {
        return await this.#calls.run(NEXT_HOP, (client) => nextHop(client, watcher, nic, destination));
      } catch (error) {
        if (isAzureError(error)) return error;
        throw error;
      }
    });
  }

  /** The text of a service tag file, from the Discovery API. */
  serviceTags(): Promise<string> {
    return this.#calls.run(SERVICE_TAGS, (client) => fetchServiceTags(client, this.#cloud.serviceTagRegion));
  }

  async #ownNic(target: NicTarget): Promise<Nic> {
    if ("standIns" in target) return target.standIns.first();
    const nic = target.nic ?? (await this.#readNic(target.id));
    if (nic !== null) return nic;
    throw azureError("nic-not-found", `no NIC named ${target.id.name.slice(0, 40)}`, ONE_NIC.notFound);
  }

  #readNic(id: NicId, until?: AbortSignal): Promise<Nic | null> {
    return this.#calls.run(
      ONE_NIC,
      async ({ context, operations }) =>
        nicOf(await operations.getNetworkInterface(context, id.resourceGroup, id.name)),
      { until },
    );
  }

  async #subnet(read: FactsNic | Promise<FactsNic>, until: AbortSignal): Promise<SubnetFacts | null> {
    const nic = await read;
    const apiVersion = this.#options.apiVersion ?? API_VERSION;
    return nic && this.#calls.run(SUBNET, (client) => readSubnet(client, nic, apiVersion), { until });
  }

  /** Lists the group first where one is given, since a role on it suffices for that, then the subscription. */
  async #lookUp(query: NicQuery): Promise<Nic> {
    const group = "resourceGroup" in query ? query.resourceGroup : null;
    if (group === null) return findNic(await this.#listNics(), query);
    const inGroup = await this.#inGroup(query, group);
    // A VM's NIC may be in another group than the VM, and one that is not the primary one is not its only one.
    if (!isAzureError(inGroup) && (query.by !== "vm" || inGroup.primary)) return inGroup;
    try {
      return findNic(await this.#listNics(), query);
    } catch (error) {
      if (!isAzureError(error) || error.code !== "not-allowed") throw error;
      if (isAzureError(inGroup)) throw inGroup;
      return inGroup;
    }
  }

  /** The NIC that the group's list has, or the error where the subscription's list may have it. */
  async #inGroup(query: NicQuery, group: string): Promise<Nic | AzureError> {
    try {
      return findNic(await this.#listNics(group), query);
    } catch (error) {
      const elsewhere = ["nic-not-found", "not-allowed", "resource-group-not-found", "not-found"];
      if (isAzureError(error) && elsewhere.includes(error.code)) return error;
      throw error;
    }
  }

  #listNics(group: string | null = null): Promise<readonly Nic[]> {
    return this.#calls.run(group === null ? NIC_LIST : NIC_LIST_OF_GROUP, async (client) => {
      this.#pace.progress(`looking for the NIC in the ${group === null ? "subscription" : "resource group"}`);
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

  /** A better error for a private endpoint's NIC, which has no VM; null for any other, and where it cannot be read. */
  async #explainEndpoint(error: unknown, { id, nic }: OwnNic): Promise<AzureError | null> {
    if (!isAzureError(error) || error.code !== "vm-not-running") return null;
    const known = nic ?? (await this.#readNic(id).catch(() => null));
    if (known === null || known.privateEndpointId === null) return null;
    return azureError(
      "private-endpoint-nic",
      `${id.name.slice(0, 40)} is the NIC of the private endpoint ${lastPart(known.privateEndpointId).slice(0, 40)}, which has no routes`,
      "name the NIC of a VM that connects to the endpoint: its table has the endpoint's /32 row",
      error.detail,
    );
  }

  /** A better error for a missing NIC, with similar names; null where the NICs cannot be listed. */
  async #explainMissing(error: unknown, { id, nic }: OwnNic): Promise<AzureError | null> {
    const missing = isAzureError(error) && (error.code === "not-found" || error.code === "resource-group-not-found");
    if (!missing || nic !== null) return null;
    try {
      findNic(await this.#listNics(), { by: "name", name: id.name, resourceGroup: id.resourceGroup });
      return null;
    } catch (better) {
      return isAzureError(better) && better.code === "nic-not-found" ? better : null;
    }
  }
}

function nicFacts(nic: FactsNic): NicFacts | null {
  return nic && { privateIpAddresses: nic.privateIpAddresses, publicIpAddresses: nic.publicIpAddresses };
}
