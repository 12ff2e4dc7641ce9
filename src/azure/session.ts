import type { NetworkManagementClient } from "@azure/arm-network";
import type { SubnetFacts } from "../routes/subnet-facts.ts";
import { type ArmEndpoint, armEndpoint } from "./arm-endpoint.ts";
import {
  type Asking,
  NETWORK_WATCHERS,
  NEXT_HOP,
  NIC_LIST,
  ONE_NIC,
  routesOf,
  SERVICE_TAGS,
  SUBNET,
} from "./asking.ts";
import type { AuthMethod } from "./auth-methods.ts";
import { AzureError } from "./azure-error.ts";
import { AZURE_CLOUDS, type AzureCloud, type CloudName } from "./clouds.ts";
import { type EffectiveRoutes, effectiveRoutes } from "./effective-routes.ts";
import { azureFailure, type FailureContext } from "./failure.ts";
import { mapBounded } from "./map-bounded.ts";
import { findNetworkWatcher, type NextHop, nextHop } from "./next-hop.ts";
import { type Nic, nicOf } from "./nic.ts";
import { findNic, type NicQuery } from "./nic-lookup.ts";
import { type NicOptions, readTarget } from "./nic-options.ts";
import { type Pace, realPace } from "./pace.ts";
import { proxyBefore } from "./proxy-before.ts";
import type { NicId } from "./resource-id.ts";
import { Scrubber } from "./scrubber.ts";
import { fetchServiceTags } from "./service-tags.ts";
import { SignIn } from "./sign-in.ts";
import { readSubnet } from "./subnet.ts";
import { chooseSubscription, cliSubscriptions, type Environment, type Subscription } from "./subscription.ts";
import { rejectionOf, timedOut } from "./time-limit.ts";

export type { NicOptions };

export interface AzureOptions {
  /** Which NIC is meant; null for calls that need none (service tags). */
  readonly target: NicOptions | null;
  readonly cloud: CloudName;
  /** `--arm-endpoint` */
  readonly armEndpoint: string | null;
  /** `--auth`, or null for the documented order. */
  readonly auth: AuthMethod | null;
  /** `--subscription` */
  readonly subscription: string | null;
  /** For each call to Azure, signing in included. */
  readonly timeoutMs: number;
  /** `-v`: ids of subscriptions may stand in errors. */
  readonly showSubscriptions?: boolean;
  readonly onProgress?: (text: string) => void;
  /** Gets the sentence with the code and where to type it. */
  readonly onDeviceCode?: (message: string) => void;
  /** Gets the name of the credential that serves, as `--auth` names it, once it has given a token. */
  readonly onServed?: (method: AuthMethod) => void;
  readonly environment?: Environment;
  /** Tests put their own clock here. */
  readonly pace?: Pace;
  readonly identityEndpointAnswers?: () => Promise<boolean>;
}

/** A NIC that is found, or known well enough to ask for its routes without looking it up. */
export interface NicTarget {
  readonly id: NicId;
  /** What Azure says about it, where it was looked up. */
  readonly nic: Nic | null;
}

const SUBNET_PATIENCE_MS = 1000;

/** Network Watcher refuses bursts; az's own concurrency is 1. */
const MOST_NEXT_HOPS_AT_ONCE = 4;

/**
 * Opens the way to Azure: reads the options, starts to sign in, and while the credential works (az takes half a second) reads the SDK.
 * @throws AzureError (usage) at once for options that cannot be right; everything else is told by the calls.
 */
export function openAzure(options: AzureOptions): AzureSession {
  return new AzureSession(options);
}

/** Live calls on behalf of one command. Every method rejects with an AzureError and nothing else. */
export class AzureSession {
  readonly subscription: Subscription;
  readonly #options: AzureOptions;
  readonly #cloud: AzureCloud;
  readonly #endpoint: ArmEndpoint;
  readonly #scrubber: Scrubber;
  readonly #pace: Pace;
  readonly #signIn: SignIn;
  readonly #client: Promise<NetworkManagementClient>;
  readonly #query: NicQuery | null;
  readonly #known: NicId | null;
  #deadline = Number.POSITIVE_INFINITY;

  constructor(options: AzureOptions) {
    const environment = options.environment ?? process.env;
    this.#options = options;
    this.#cloud = AZURE_CLOUDS[options.cloud];
    this.#endpoint = armEndpoint(this.#cloud, options.armEndpoint);
    this.#scrubber = new Scrubber(environment, options.showSubscriptions ?? false);
    this.#pace = options.pace ?? realPace(options.onProgress);
    const { query, known, subscriptionId } = readTarget(options.target);
    this.#query = query;
    this.#known = known;
    const cli = cliSubscriptions(this.#cloud, environment);
    this.subscription = chooseSubscription({
      ofResource: subscriptionId,
      given: options.subscription,
      known: cli,
      cloud: this.#cloud,
      environment,
    });
    this.#scrubber.learnSubscription(this.subscription.id);
    for (const { id } of cli) this.#scrubber.learnSubscription(id);
    this.#signIn = new SignIn({
      auth: options.auth,
      cloud: this.#cloud,
      scope: this.#endpoint.scope,
      cliSubscription: this.subscription.name === null ? null : this.subscription.id,
      environment,
      scrubber: this.#scrubber,
      now: this.#pace.now,
      onDeviceCode: options.onDeviceCode ?? (() => {}),
      cliTimeoutMs: options.timeoutMs,
      ...(options.identityEndpointAnswers && { identityEndpointAnswers: options.identityEndpointAnswers }),
    });
    this.#signIn.servedBy().then(options.onServed, () => {}); // a failure is told by the call that needs the token
    this.#client = this.#loadClient();
    this.#client.catch(() => {}); // told by the call that needs it
  }

  /**
   * The NIC that the options mean. A resource id, or a name with its group, costs no request; all else one list of the subscription's NICs.
   */
  async findNic(): Promise<NicTarget> {
    if (this.#known !== null) return { id: this.#known, nic: null };
    const query = this.#query;
    if (query === null) throw new AzureError("resource-id", "no NIC is named", "give --nic, --vm or --private-ip");
    if (query.by === "name" && query.resourceGroup !== null) {
      const { name, resourceGroup } = query;
      return { id: { subscriptionId: this.subscription.id, resourceGroup, name }, nic: null };
    }
    const nic = findNic(await this.#listNics(), query);
    return { id: nic.id, nic };
  }

  /** The NIC's effective routes, within that time. A NIC that is not there is told with the names that are near. */
  async effectiveRoutes(target: NicTarget, withinMs: number = this.#options.timeoutMs): Promise<EffectiveRoutes> {
    const { id } = target;
    try {
      return await this.#run(
        routesOf(id.name),
        (client, signal) => effectiveRoutes(client, id, signal, this.#pace.now),
        { withinMs },
      );
    } catch (error) {
      throw (await this.#explainMissing(error, target)) ?? error;
    }
  }

  /**
   * The same, and what the NIC's subnet says: null where the caller may not read that, or where it is not there a second after the routes,
   * which are worth having without it.
   */
  async routesAndSubnet(target: NicTarget): Promise<{
    readonly routes: EffectiveRoutes;
    readonly subnet: SubnetFacts | null;
  }> {
    const enough = new AbortController();
    const subnet = this.#subnet(target, enough.signal).catch(() => null);
    let patience: NodeJS.Timeout | undefined;
    try {
      const routes = await this.effectiveRoutes(target);
      patience = setTimeout(() => enough.abort(), SUBNET_PATIENCE_MS);
      return { routes, subnet: await subnet };
    } finally {
      clearTimeout(patience);
      enough.abort();
    }
  }

  /**
   * What Network Watcher says about each destination, in their order; where it fails for one, its AzureError stands in that place.
   * A few run at once.
   */
  async nextHops(target: NicTarget, destinations: readonly string[]): Promise<readonly (NextHop | AzureError)[]> {
    const nic = target.nic ?? (await this.#readNic(target.id));
    if (nic === null)
      throw new AzureError("nic-not-found", `no NIC named ${target.id.name.slice(0, 40)}`, ONE_NIC.notFound);
    const watcher = await this.#run(NETWORK_WATCHERS, (client, signal) =>
      findNetworkWatcher(client, nic.region, signal),
    );
    return mapBounded(destinations, MOST_NEXT_HOPS_AT_ONCE, async (destination) => {
      try {
        return await this.#run(NEXT_HOP, (client, signal) => nextHop(client, watcher, nic, destination, signal));
      } catch (error) {
        if (error instanceof AzureError) return error;
        throw error;
      }
    });
  }

  /** The text of a service tag file, from the Discovery API. */
  serviceTags(): Promise<string> {
    return this.#run(SERVICE_TAGS, (client, signal) => fetchServiceTags(client, this.#cloud.serviceTagRegion, signal));
  }

  async #loadClient(): Promise<NetworkManagementClient> {
    await this.#signIn.begun;
    const { armClient } = await import("./arm-client.ts");
    return armClient({
      endpoint: this.#endpoint,
      subscriptionId: this.subscription.id,
      credential: this.#signIn,
      pace: this.#pace,
      timeLeft: () => this.#deadline - this.#pace.now(),
    });
  }

  #readNic(id: NicId, until?: AbortSignal): Promise<Nic | null> {
    return this.#run(
      ONE_NIC,
      async (client, signal) =>
        nicOf(await client.networkInterfaces.get(id.resourceGroup, id.name, { abortSignal: signal })),
      { until },
    );
  }

  async #subnet(target: NicTarget, until: AbortSignal): Promise<SubnetFacts | null> {
    const nic = target.nic ?? (await this.#readNic(target.id, until));
    return nic && this.#run(SUBNET, (client, signal) => readSubnet(client, nic, signal), { until });
  }

  #listNics(): Promise<readonly Nic[]> {
    return this.#run(NIC_LIST, async (client, signal) => {
      this.#pace.progress("looking for the NIC in the subscription");
      const nics: Nic[] = [];
      for await (const resource of client.networkInterfaces.listAll({ abortSignal: signal })) {
        const nic = nicOf(resource);
        if (nic !== null) nics.push(nic);
      }
      return nics;
    });
  }

  /** A better error for a NIC that is not there: which are near; null where the NICs cannot be listed. */
  async #explainMissing(error: unknown, { id, nic }: NicTarget): Promise<AzureError | null> {
    const missing =
      error instanceof AzureError && (error.code === "not-found" || error.code === "resource-group-not-found");
    if (!missing || nic !== null) return null;
    try {
      findNic(await this.#listNics(), { by: "name", name: id.name, resourceGroup: id.resourceGroup });
      return null;
    } catch (better) {
      return better instanceof AzureError && better.code === "nic-not-found" ? better : null;
    }
  }

  /** Runs one call under the time limit, or until it is no longer wanted, and words whatever it throws. */
  async #run<T>(
    asking: Asking,
    call: (client: NetworkManagementClient, signal: AbortSignal) => Promise<T>,
    limits: { readonly withinMs?: number; readonly until?: AbortSignal | undefined } = {},
  ): Promise<T> {
    const { withinMs = this.#options.timeoutMs, until } = limits;
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(timedOut(asking, withinMs, this.#signIn.asking)), withinMs);
    const signal = until === undefined ? ended.signal : AbortSignal.any([ended.signal, until]);
    this.#deadline = this.#pace.now() + withinMs;
    try {
      return await Promise.race([rejectionOf(signal), this.#client.then((client) => call(client, signal))]);
    } catch (error) {
      throw signal.aborted ? signal.reason : azureFailure(error, await this.#context(asking));
    } finally {
      clearTimeout(timer);
    }
  }

  async #context(asking: Asking): Promise<FailureContext> {
    return {
      ...asking,
      subscriptionFrom: this.subscription.from,
      servedBy: await this.#signIn.servedBy().catch(() => null),
      host: new URL(this.#endpoint.url).host,
      proxy: this.#endpoint.loopback ? null : await proxyBefore(this.#endpoint.url),
      now: this.#pace.now(),
      scrubber: this.#scrubber,
    };
  }
}
