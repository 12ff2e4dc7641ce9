import { same } from "../text/same.ts";
import { API_VERSION } from "./arm/api-version.ts";
import { AzureCalls } from "./arm/calls.ts";
import { type ArmEndpoint, armEndpoint } from "./arm/endpoint.ts";
import { type Pace, realPace } from "./arm/pace.ts";
import { SUBSCRIPTION_LIST } from "./arm/reads.ts";
import type { AzureOptions } from "./azure-options.ts";
import { AZURE_CLOUDS, type AzureCloud } from "./clouds.ts";
import { Scrubber } from "./failure/scrubber.ts";
import { OncePerKey } from "./once-per-key.ts";
import { SignIn } from "./sign-in/sign-in.ts";
import {
  type CliSubscription,
  cliDefault,
  cliSubscriptions,
  type Environment,
  isUnknownName,
  type KnownSubscription,
  namedSubscription,
  type Subscription,
} from "./sign-in/subscription.ts";
import { listedSubscriptions } from "./subscription-list.ts";

/** What the calls of one run share: one sign-in, and for each subscription one client and one gate. */
export class AzureConnection {
  readonly pace: Pace;
  readonly apiVersion: string;
  readonly cloud: AzureCloud;
  readonly #options: AzureOptions;
  readonly #environment: Environment;
  readonly #endpoint: ArmEndpoint;
  readonly #scrubber: Scrubber;
  readonly #ofCli: readonly CliSubscription[];
  readonly #chosen = new Set<string>();
  readonly #calls = new Map<string, AzureCalls>();
  readonly #visible = new OncePerKey<readonly KnownSubscription[]>();
  /** The subscription with which the Azure CLI is asked for the token of an account; null: with none. */
  readonly #accounts = new Map<string, string | null>();
  #signIn: SignIn | null = null;

  /** @throws AzureError (usage) for an endpoint that cannot be right. */
  constructor(options: AzureOptions) {
    this.#options = options;
    this.#environment = options.environment ?? process.env;
    this.cloud = AZURE_CLOUDS[options.cloud];
    this.apiVersion = options.apiVersion ?? API_VERSION;
    this.pace = options.pace ?? realPace(options.onProgress);
    this.#endpoint = armEndpoint(this.cloud, options.armEndpoint);
    this.#scrubber = new Scrubber(this.#environment, options.showSubscriptions ?? false);
    this.#ofCli = cliSubscriptions(this.cloud, this.#environment);
    for (const { id } of this.#ofCli) this.#scrubber.learnSubscription(id);
  }

  /**
   * The subscription that a resource id, an option or the environment names, else the Azure CLI's default where
   * `orDefault` says so; null where there is none. Costs no request, unless it is named by a name that the Azure CLI
   * does not know.
   * @throws AzureError (usage) where it cannot be right.
   */
  async subscription(ofResource: string | null, orDefault: boolean): Promise<Subscription | null> {
    const choice = {
      ofResource,
      given: this.#options.subscription,
      known: this.#ofCli,
      environment: this.#environment,
    };
    const known = isUnknownName(choice) ? [...this.#ofCli, ...(await this.visible())] : this.#ofCli;
    const chosen = namedSubscription({ ...choice, known }) ?? (orDefault ? cliDefault(this.#ofCli) : null);
    if (chosen !== null) this.choose(chosen);
    return chosen;
  }

  /**
   * The subscription with this id or name. Costs no request, unless it is a name that the Azure CLI does not know.
   * @throws AzureError (usage) for an unknown name.
   */
  async named(given: string): Promise<Subscription> {
    const choice = { ofResource: null, given, known: this.#ofCli, environment: this.#environment };
    const known = isUnknownName(choice) ? [...this.#ofCli, ...(await this.visible())] : this.#ofCli;
    const found = namedSubscription({ ...choice, known });
    if (found === null) throw new Error("a subscription that is given is found or rejected");
    this.choose(found);
    return found;
  }

  /** Whether ids of subscriptions may be shown. */
  get showsSubscriptions(): boolean {
    return this.#options.showSubscriptions ?? false;
  }

  note(text: string): void {
    this.#options.onNote?.(text);
  }

  /** Reports a subscription that is chosen. */
  choose(subscription: Subscription): void {
    this.#scrubber.learnSubscription(subscription.id);
    if (this.#chosen.has(subscription.id)) return;
    this.#chosen.add(subscription.id);
    this.#options.onSubscription?.(subscription);
  }

  /**
   * The subscriptions that the sign-in sees, by Azure's list. Where the Azure CLI serves, also those that it knows of
   * other tenants. One listing a run. @throws AzureError
   */
  visible(): Promise<readonly KnownSubscription[]> {
    return this.#visible.get("", async () => {
      const own = await this.calls(null).run(SUBSCRIPTION_LIST, listedSubscriptions);
      for (const { id } of own) this.#scrubber.learnSubscription(id);
      if ((await this.#signIn?.servedBy()) !== "cli") return own;
      const others = this.#ofCli.filter(({ id, account }) => {
        return account !== this.#defaultAccount && !own.some((listed) => same(listed.id, id));
      });
      return [...own, ...others];
    });
  }

  /** The calls about a subscription; null for those about none. The first starts to sign in. */
  calls(subscription: Subscription | null): AzureCalls {
    const key = subscription?.id.toLowerCase() ?? "";
    const known = this.#calls.get(key);
    if (known !== undefined) return known;
    const cliSubscription = this.#cliSubscription(subscription);
    this.#signIn ??= this.#beginSignIn(cliSubscription);
    const calls = new AzureCalls({
      endpoint: this.#endpoint,
      apiVersion: this.apiVersion,
      subscription,
      signIn: this.#signIn,
      credential: this.#signIn.credentialFor(cliSubscription),
      scrubber: this.#scrubber,
      pace: this.pace,
      timeoutMs: this.#options.timeoutMs,
      secureContext: this.#options.secureContext,
    });
    this.#calls.set(key, calls);
    return calls;
  }

  /** The Azure CLI is started once for each of its accounts, with the first subscription that is asked for. */
  #cliSubscription(subscription: Subscription | null): string | null {
    const known = subscription && this.#ofCli.find(({ id }) => same(id, subscription.id));
    const account = known?.account ?? this.#defaultAccount;
    const first = this.#accounts.get(account);
    if (first !== undefined) return first;
    const own = known?.id ?? null;
    this.#accounts.set(account, own);
    return own;
  }

  get #defaultAccount(): string {
    return this.#ofCli.find(({ isDefault }) => isDefault)?.account ?? "";
  }

  #beginSignIn(cliSubscription: string | null): SignIn {
    const { auth, onDeviceCode, onServed, timeoutMs, secureContext, identityEndpointAnswers } = this.#options;
    const signIn = new SignIn({
      auth,
      cloud: this.cloud,
      scope: this.#endpoint.scope,
      cliSubscription,
      environment: this.#environment,
      scrubber: this.#scrubber,
      now: this.pace.now,
      onDeviceCode: onDeviceCode ?? (() => {}),
      cliTimeoutMs: timeoutMs,
      secureContext,
      ...(identityEndpointAnswers && { identityEndpointAnswers }),
    });
    signIn.servedBy().then(onServed, () => {}); // the call that needs the token reports a failure
    return signIn;
  }
}
