import { firstOf } from "../../text/first-of.ts";
import { quotedText } from "../../text/quoted-text.ts";
import type { AzureConnection } from "../connection.ts";
import { type AzureError, azureError, isAzureError } from "../failure/azure-error.ts";
import { mapBounded } from "../map-bounded.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import { visibleSubscriptions } from "../visible-subscriptions.ts";
import type { Nic } from "./nic.ts";
import { findNic, type NicQuery } from "./nic-lookup.ts";
import { type FoundNic, isNotFound, type NicSearch } from "./nic-search.ts";

const MOST_SUBSCRIPTIONS_AT_ONCE = 16;

/** More would scroll the error away. */
const MOST_NAMED = 5;

/** A search in all subscriptions that the sign-in sees. */
export class SearchEverywhere {
  readonly #connection: AzureConnection;
  readonly #search: NicSearch;
  readonly #query: NicQuery;
  /** Those that could not be searched. */
  readonly #unsearched = new Map<Subscription, AzureError>();

  constructor(connection: AzureConnection, search: NicSearch, query: NicQuery) {
    this.#connection = connection;
    this.#search = search;
    this.#query = query;
  }

  /**
   * The one NIC. A subscription that cannot be searched is named in a note; it is an error only where no other has the
   * NIC.
   * @throws AzureError
   */
  async find(): Promise<FoundNic> {
    const subscriptions = await visibleSubscriptions(this.#connection);
    const [only] = subscriptions;
    if (only !== undefined && subscriptions.length === 1) {
      this.#connection.choose(only);
      return this.#search.inSubscription(only, this.#query);
    }
    try {
      const found = await this.#findIn(subscriptions);
      this.#connection.choose(found.subscription);
      this.#connection.note(`found in the subscription ${this.#nameOf(found.subscription)}`);
      if (this.#unsearched.size > 0) this.#connection.note(this.#unsearchedText());
      return found;
    } catch (error) {
      if (this.#unsearched.size === 0 || !isAzureError(error)) throw error;
      const [first] = this.#unsearched.values();
      if (first !== undefined && this.#unsearched.size === subscriptions.length) throw first;
      throw azureError(error.code, `${error.message}\n  ${this.#unsearchedText()}`, error.hint, error.detail);
    }
  }

  async #findIn(subscriptions: readonly Subscription[]): Promise<FoundNic> {
    const lists = await this.#inEach("NICs", subscriptions, (subscription) =>
      this.#search.mayHoldIt(subscription, this.#query),
    );
    const home = new Map(lists.flatMap(([subscription, nics]) => nics.map((nic) => [nic, subscription] as const)));
    const { length } = subscriptions;
    const searched = length - this.#unsearched.size;
    const scope = {
      name:
        searched === length
          ? `in the ${length} visible subscriptions`
          : `in the ${searched === 1 ? "one subscription" : `${searched} subscriptions`} searched`,
      subscriptionOf: (nic: Nic) => this.#subscriptionText(home.get(nic)),
    };
    try {
      const nic = findNic([...home.keys()], this.#query, scope);
      const subscription = home.get(nic);
      if (subscription === undefined) throw new Error("the NIC is in no list");
      return { nic, subscription };
    } catch (error) {
      if (!isNotFound(error)) throw error;
      return this.#inScaleSets(
        lists.map(([subscription]) => subscription),
        error,
      );
    }
  }

  async #inScaleSets(subscriptions: readonly Subscription[], notFound: AzureError): Promise<FoundNic> {
    let reason = notFound;
    const found = await this.#inEach("scale sets", subscriptions, async (subscription) => {
      try {
        return await this.#search.inScaleSets(subscription, this.#query, notFound);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        if (error !== notFound) reason = error; // it says more
        return null;
      }
    });
    const hits = found.flatMap(([subscription, nic]) => (nic === null ? [] : [{ subscription, nic }]));
    const [only] = hits;
    if (only === undefined) throw reason;
    if (hits.length === 1) return only;
    const lines = hits.map(
      ({ subscription, nic }) =>
        `  ${quotedText(nic.scaleSet)}_${quotedText(nic.instance)} (${this.#subscriptionText(subscription)})`,
    );
    throw azureError(
      "nic-ambiguous",
      `instances of ${hits.length} scale sets fit\n${lines.join("\n")}`,
      "add --subscription; -v shows the ids of subscriptions",
    );
  }

  /** What `read` gives for each subscription that can be searched. */
  async #inEach<T>(
    what: string,
    subscriptions: readonly Subscription[],
    read: (subscription: Subscription) => Promise<T>,
  ): Promise<readonly (readonly [Subscription, T])[]> {
    let done = 0;
    const progress = () =>
      this.#connection.pace.progress(`searching the ${what} of ${subscriptions.length} subscriptions, ${done} done`);
    progress();
    const answers = await mapBounded(subscriptions, MOST_SUBSCRIPTIONS_AT_ONCE, async (subscription) => {
      try {
        return [[subscription, await read(subscription)] as const];
      } catch (error) {
        if (!isAzureError(error) || error.exit === "usage") throw error;
        this.#unsearched.set(subscription, error);
        return [];
      } finally {
        done++;
        progress();
      }
    });
    return answers.flat();
  }

  #subscriptionText(subscription: Subscription | undefined): string {
    return `subscription ${subscription === undefined ? "unknown" : this.#nameOf(subscription)}`;
  }

  #nameOf({ name, id }: Subscription): string {
    const text = name ? quotedText(name) : "without a name";
    return this.#connection.showsSubscriptions ? `${text} (${id})` : text;
  }

  /** Those that could not be searched, by the reason. */
  #unsearchedText(): string {
    const byReason = new Map<string, string[]>();
    for (const [subscription, { message }] of this.#unsearched) {
      const [reason = ""] = message.replace(/ \(--auth [\w-]+\)/, "").split("\n");
      byReason.set(reason, [...(byReason.get(reason) ?? []), this.#nameOf(subscription)]);
    }
    const texts = [...byReason].map(([reason, names]) => `${firstOf(names, MOST_NAMED)} (${reason})`);
    return `not searched: ${texts.join("; ")}`;
  }
}
