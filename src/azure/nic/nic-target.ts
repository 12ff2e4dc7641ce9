import type { AzureConnection } from "../connection.ts";
import { type AzureError, azureError } from "../failure/azure-error.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import type { Nic, ScaleSetNic } from "./nic.ts";
import { type NicOptions, readTarget } from "./nic-options.ts";
import type { FoundNic, NicSearch } from "./nic-search.ts";
import type { NicId } from "./resource-id.ts";
import type { StandIns } from "./stand-in.ts";

/** A NIC that was found, or that is known well enough to read its routes without a look-up. */
export interface OwnNic {
  readonly id: NicId;
  readonly subscription: Subscription;
  /** What Azure says about it, where it was looked up. */
  readonly nic: Nic | null;
}

/** The NIC of a scale set's instance, and those of its subnet that answer in its place. */
interface ReplacedNic {
  readonly nic: ScaleSetNic;
  readonly subscription: Subscription;
  readonly standIns: StandIns;
}

export type NicTarget = OwnNic | ReplacedNic;

/**
 * The NIC that the options name, as `AzureSession.findNic` says.
 * @throws AzureError (rejects)
 */
export async function findTarget(
  connection: AzureConnection,
  search: NicSearch,
  options: NicOptions,
): Promise<NicTarget> {
  const { query, known, scaleSet, subscriptionId } = readTarget(options);
  const subscription = await connection.subscription(subscriptionId, query?.by !== "private-ip");
  if (subscription === null) {
    if (query === null) throw noNic();
    const { SearchEverywhere } = await import("./search-everywhere.ts");
    return targetOf(await new SearchEverywhere(connection, search, query).find(), connection);
  }
  const calls = connection.calls(subscription); // begins to sign in
  if (known !== null) return { id: known, subscription, nic: null };
  if (scaleSet !== null) {
    const { nicAtPlace } = await import("./scale-set-lookup.ts");
    return targetOf({ nic: await nicAtPlace(calls, scaleSet), subscription }, connection);
  }
  if (query === null) throw noNic();
  if (query.by === "name" && query.resourceGroup !== null) {
    const { name, resourceGroup } = query;
    return { id: { subscriptionId: subscription.id, resourceGroup, name }, subscription, nic: null };
  }
  return targetOf(await search.inSubscription(subscription, query), connection);
}

async function targetOf({ nic, subscription }: FoundNic, connection: AzureConnection): Promise<NicTarget> {
  if ("id" in nic) return { id: nic.id, nic, subscription };
  const { StandIns } = await import("./stand-in.ts");
  return { nic, subscription, standIns: new StandIns(connection.calls(subscription), nic) };
}

function noNic(): AzureError {
  return azureError("resource-id", "no NIC given", "give --nic, --vm or --private-ip");
}
