import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { same } from "../../text/same.ts";
import { isRecord } from "../../text/type-guards.ts";
import type { AzureCloud } from "../clouds.ts";
import { azureError } from "../failure/azure-error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A subscription that the Azure CLI knows from its last `az login`. */
export interface CliSubscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string | null;
  readonly isDefault: boolean;
}

/** The subscription to ask, and where it comes from. */
export interface Subscription {
  readonly id: string;
  /** Null where the Azure CLI does not know it. */
  readonly name: string | null;
  readonly tenantId: string | null;
  readonly from: "the resource id" | "--subscription" | "AZURE_SUBSCRIPTION_ID" | "the Azure CLI's default";
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
  const { environmentName, name, tenantId } = entry;
  if (typeof environmentName === "string" && environmentName !== cloud.cliName) return [];
  return [
    {
      id: entry.id,
      name: typeof name === "string" ? name : "",
      tenantId: typeof tenantId === "string" ? tenantId : null,
      isDefault: entry.isDefault === true,
    },
  ];
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface SubscriptionChoice {
  /** The subscription in a resource id, which decides. */
  readonly ofResource: string | null;
  /** `--subscription`: an id, or a name that the Azure CLI knows. */
  readonly given: string | null;
  readonly known: readonly CliSubscription[];
  readonly cloud: AzureCloud;
  readonly environment?: Environment;
}

/**
 * The subscription to ask: that of the resource id, else `--subscription`, else AZURE_SUBSCRIPTION_ID, else the Azure
 * CLI's default.
 * @throws AzureError (usage) when none is named, a name is unknown, or the resource id and `--subscription` contradict
 * each other.
 */
export function chooseSubscription(choice: SubscriptionChoice): Subscription {
  const { ofResource, given, known, cloud } = choice;
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
  const variable = (choice.environment ?? process.env).AZURE_SUBSCRIPTION_ID?.trim();
  if (variable) return resolve(variable, "AZURE_SUBSCRIPTION_ID", known);
  const standard = known.find((subscription) => subscription.isDefault);
  if (standard !== undefined) return describe(standard.id, "the Azure CLI's default", known);
  const otherCloud = cloud.name === "public" ? "" : `az cloud set --name ${cloud.cliName} && `;
  throw azureError(
    "no-subscription",
    "no subscription given, and the Azure CLI has no default",
    `give --subscription or set AZURE_SUBSCRIPTION_ID, or run: ${otherCloud}az login`,
  );
}

function resolve(text: string, from: Subscription["from"], known: readonly CliSubscription[]): Subscription {
  const given = text.trim();
  if (GUID.test(given)) return describe(given, from, known);
  const matches = known.filter((subscription) => same(subscription.name, given));
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return describe(only.id, from, known);
  throw azureError(
    "subscription-name",
    matches.length > 1
      ? `${from} fits several subscriptions of that name`
      : `${from} is neither a subscription id nor a name that the Azure CLI knows`,
    matches.length > 1
      ? "give the id; see them with: az account list -o table"
      : "give the id, or see the names with: az account list -o table",
  );
}

function describe(id: string, from: Subscription["from"], known: readonly CliSubscription[]): Subscription {
  const entry = known.find((subscription) => same(subscription.id, id));
  return { id, name: entry?.name ?? null, tenantId: entry?.tenantId ?? null, from };
}
