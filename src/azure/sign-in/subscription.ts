import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { isRecord } from "../../text/type-guards.ts";
import type { AzureCloud } from "../clouds.ts";
import { azureError } from "../failure/azure-error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A subscription that somebody may use: the Azure CLI knows it from its last `az login`, or Azure lists it. */
export interface KnownSubscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string | null;
}

/** One that the Azure CLI knows. */
export interface CliSubscription extends KnownSubscription {
  readonly isDefault: boolean;
  /** Equal for those that get the same token: of one tenant, signed in to as the same user. */
  readonly account: string;
}

/** The subscription to ask, and where it comes from. */
export interface Subscription {
  readonly id: string;
  /** Null where neither the Azure CLI nor Azure's list was asked for it, or has it. */
  readonly name: string | null;
  readonly tenantId: string | null;
  readonly from:
    | "the resource id"
    | "--subscription"
    | "AZURE_SUBSCRIPTION_ID"
    | "the Azure CLI's default"
    | "Azure's list of subscriptions";
}

/** A profile takes half a kilobyte for each subscription. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The subscriptions of the cloud in the Azure CLI's profile; none where it has no profile or no sign-in. Reading the
 * file beats asking `az account show`, which takes half a second. az writes it with a byte order mark.
 */
export function cliSubscriptions(
  cloud: AzureCloud,
  environment: Environment = process.env,
): readonly CliSubscription[] {
  try {
    // No HOME and no entry in the user database, as in a bare container: homedir() throws.
    const directory = environment.AZURE_CONFIG_DIR || join(homedir(), ".azure");
    const path = join(directory, "azureProfile.json");
    // Looked at before opening: a named pipe would be waited for, a device read, for ever.
    const found = statSync(path);
    if (!found.isFile() || found.size > MOST_BYTES) return [];
    const profile: unknown = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
    if (!isRecord(profile) || !Array.isArray(profile.subscriptions)) return [];
    return profile.subscriptions.flatMap((entry: unknown) => readSubscription(entry, cloud));
  } catch {
    return []; // no profile, or none that can be read: az itself will say so when it is asked for a token
  }
}

function readSubscription(entry: unknown, cloud: AzureCloud): CliSubscription[] {
  if (!isRecord(entry) || typeof entry.id !== "string") return [];
  const { environmentName, name, tenantId, user } = entry;
  if (typeof environmentName === "string" && environmentName !== cloud.cliName) return [];
  return [
    {
      id: entry.id,
      name: typeof name === "string" ? name : "",
      tenantId: typeof tenantId === "string" ? tenantId : null,
      isDefault: entry.isDefault === true,
      account: JSON.stringify([tenantId, isRecord(user) ? user.name : null]),
    },
  ];
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface SubscriptionChoice {
  /** The subscription in a resource id, which decides. */
  readonly ofResource: string | null;
  /** `--subscription`: an id, or a name. */
  readonly given: string | null;
  /** Those whose names count. */
  readonly known: readonly KnownSubscription[];
  readonly environment: Environment;
}

/**
 * The subscription that is named: by the resource id, else by `--subscription`, else by AZURE_SUBSCRIPTION_ID; null
 * where none is.
 * @throws AzureError (usage) when a name is unknown, or the resource id and `--subscription` contradict each other.
 */
export function namedSubscription({ ofResource, given, known, environment }: SubscriptionChoice): Subscription | null {
  const named = given === null ? null : resolve(given, "--subscription", known);
  if (ofResource !== null) {
    if (named !== null && !same(named.id, ofResource)) {
      throw azureError(
        "subscription-conflict",
        "--subscription names another subscription than the resource id",
        "leave --subscription out: the resource id says which one",
      );
    }
    return describe(ofResource, "the resource id", known);
  }
  if (named !== null) return named;
  const variable = environment.AZURE_SUBSCRIPTION_ID?.trim();
  return variable ? resolve(variable, "AZURE_SUBSCRIPTION_ID", known) : null;
}

/** Whether `--subscription` or the variable holds a name that none of the known subscriptions has. */
export function isUnknownName({ ofResource, given, known, environment }: SubscriptionChoice): boolean {
  const text = (given ?? (ofResource === null ? environment.AZURE_SUBSCRIPTION_ID : null))?.trim() ?? "";
  return text !== "" && !GUID.test(text) && !known.some(({ name }) => same(name, text));
}

/** The Azure CLI's default subscription. */
export function cliDefault(known: readonly CliSubscription[]): Subscription | null {
  const standard = known.find(({ isDefault }) => isDefault);
  return standard === undefined ? null : describe(standard.id, "the Azure CLI's default", known);
}

function resolve(text: string, from: Subscription["from"], known: readonly KnownSubscription[]): Subscription {
  const given = text.trim();
  if (GUID.test(given)) return describe(given, from, known);
  const matches = known.filter((subscription) => same(subscription.name, given));
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return describe(only.id, from, known);
  if (matches.length > 1) {
    throw azureError(
      "subscription-name",
      `${from} fits several subscriptions of that name`,
      "give the id; see them with: az account list -o table",
    );
  }
  const names = known.map(({ name }) => name);
  const near = nearNames(given, names).map((name) => quotedText(name));
  throw azureError(
    "subscription-name",
    `${from} is neither a subscription id nor the name of one that you can see`,
    near.length > 0
      ? `did you mean: ${near.join(", ")}`
      : "give the id, or see the names with: az account list -o table",
  );
}

function describe(id: string, from: Subscription["from"], known: readonly KnownSubscription[]): Subscription {
  const entry = known.find((subscription) => same(subscription.id, id));
  return { id, name: entry?.name ?? null, tenantId: entry?.tenantId ?? null, from };
}
