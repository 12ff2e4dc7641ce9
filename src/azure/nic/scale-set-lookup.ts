import { formatAddress } from "../../net/address.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { ownField, textField } from "../../text/type-guards.ts";
import { COMPUTE_API_VERSION } from "../arm/api-version.ts";
import type { AzureCalls } from "../arm/calls.ts";
import type { ArmClient } from "../arm/client.ts";
import { listed } from "../arm/pages.ts";
import { INSTANCE_NICS, SCALE_SET_NICS, SCALE_SETS } from "../arm/reads.ts";
import { type AzureError, azureError, isAzureError } from "../failure/azure-error.ts";
import { mapBounded } from "../map-bounded.ts";
import { type ScaleSetNic, scaleSetNicOf } from "./nic.ts";
import { hasAddress, type NicQuery } from "./nic-lookup.ts";
import { readNicReference, type ScaleSetPlace } from "./resource-id.ts";
import { placesNamed, type ScaleSet } from "./scale-set.ts";

const MOST_SETS_AT_ONCE = 4;

/**
 * The NIC at a place in a uniform scale set. For a whole set it is that of any instance, since all have the same
 * subnet. One request.
 * @throws AzureError where there is none, or where an instance has several and none is named.
 */
export async function nicAtPlace(calls: AzureCalls, place: ScaleSetPlace): Promise<ScaleSetNic> {
  const { resourceGroup, scaleSet, instance, nic } = place;
  if (instance !== null && nic !== null) {
    const found = await calls.run(INSTANCE_NICS, async ({ context, operations }) =>
      scaleSetNicOf(await operations.getScaleSetNetworkInterface(context, resourceGroup, scaleSet, instance, nic)),
    );
    return found ?? Promise.reject(noInstance(place));
  }
  const nics = instance === null ? await nicsOfSet(calls, place) : await nicsOfInstance(calls, { ...place, instance });
  const [first] = nics;
  if (first === undefined) throw noInstance(place);
  const ofOne = nics.filter((other) => other.instance === first.instance);
  if (new Set(ofOne.map(({ subnetId }) => subnetId?.toLowerCase())).size === 1) {
    return ofOne.find(({ primary }) => primary) ?? first;
  }
  const name = `${quotedText(scaleSet)}_${first.instance}`;
  throw several(`instance ${name} has ${ofOne.length} NICs in different subnets`, ofOne);
}

/**
 * The scale set's NIC that the query for a VM or an address means, where no NIC of its own fits. Lists the scale sets,
 * and for an address the NICs of each.
 * @throws `notFound` where there is none, or AzureError where several fit, or NICs cannot be read.
 */
export async function findInScaleSets(calls: AzureCalls, query: NicQuery, notFound: AzureError): Promise<ScaleSetNic> {
  if (query.by !== "vm" && query.by !== "private-ip") throw notFound;
  const sets = await scaleSets(calls, query.resourceGroup, notFound);
  if (query.by === "vm") {
    const [place, ...others] = placesNamed(sets, query.name);
    if (place === undefined) throw withNearNodes(notFound, query.name, sets);
    if (others.length === 0) return nicAtPlace(calls, place);
    const groups = [place, ...others]
      .slice(0, 10)
      .map(({ resourceGroup }) => `\n  -g ${quotedText(resourceGroup, 90)}`);
    throw azureError(
      "nic-ambiguous",
      `several scale sets fit ${quotedText(query.name)}${groups.join("")}`,
      "give -g too",
    );
  }
  const nics = await mapBounded(sets, MOST_SETS_AT_ONCE, ({ name, ...set }) =>
    nicsOfSet(calls, { ...set, scaleSet: name }),
  );
  const matches = nics.flat().filter((nic) => hasAddress(nic, query.address));
  if (matches.length > 1)
    throw several(`${matches.length} NICs have the address ${formatAddress(query.address)}`, matches);
  return matches[0] ?? Promise.reject(notFound);
}

/** The error with nodes whose names resemble the wanted one; as it is where none does, or the name is not a node's. */
function withNearNodes(error: AzureError, wanted: string, sets: readonly ScaleSet[]): AzureError {
  const [, digits] = /.([0-9a-z]{6})$/i.exec(wanted) ?? [];
  if (digits === undefined) return error;
  const near = nearNames(
    wanted,
    sets.map(({ computerNamePrefix }) => `${computerNamePrefix}${digits}`),
  );
  if (near.length === 0) return error;
  const names = near.map((name) => quotedText(name, 60)).join(", ");
  return azureError(error.code, error.message, `did you mean: ${names}`, error.detail);
}

/** What a group or a subscription without scale sets may answer. */
const NO_SCALE_SETS: readonly string[] = ["not-found", "resource-group-not-found", "provider-not-registered"];

/** Those that the caller sees. A caller who may not list them learns that they were not searched. */
async function scaleSets(
  calls: AzureCalls,
  group: string | null,
  { code, message, hint }: AzureError,
): Promise<readonly ScaleSet[]> {
  try {
    return await calls.run(SCALE_SETS, (client) => uniformSets(client, group));
  } catch (error) {
    if (!isAzureError(error)) throw error;
    if (NO_SCALE_SETS.includes(error.code)) return [];
    if (error.code !== "not-allowed") throw error;
    const unseen = `scale sets were not searched: missing ${SCALE_SETS.action}`;
    throw azureError(code, `${message}\n  ${unseen}`, hint, error.detail);
  }
}

async function uniformSets({ context, operations }: ArmClient, group: string | null): Promise<readonly ScaleSet[]> {
  const scope = `/subscriptions/${context.subscriptionId}${group === null ? "" : `/resourceGroups/${encodeURIComponent(group)}`}`;
  const path = `${scope}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=${COMPUTE_API_VERSION}`;
  const sets: ScaleSet[] = [];
  const all = listed({ context, operations }, (client) =>
    client.operations.listPages<unknown>(
      client.context,
      () => client.context.pathUnchecked(path).get(),
      async ({ body }) => body,
      ["200"],
      { apiVersion: COMPUTE_API_VERSION },
    ),
  );
  for await (const resource of all) {
    const set = uniformSet(resource);
    if (set !== null) sets.push(set);
  }
  return sets;
}

/** Sets of before there were modes are uniform. */
function uniformSet(resource: unknown): ScaleSet | null {
  const properties = ownField(resource, "properties");
  const name = textField(resource, "name");
  const reference = readSet(textField(resource, "id"));
  if (name === null || reference === null) return null;
  if (same(textField(properties, "orchestrationMode") ?? "", "Flexible")) return null;
  const osProfile = ownField(ownField(properties, "virtualMachineProfile"), "osProfile");
  const { subscriptionId, resourceGroup } = reference;
  return {
    subscriptionId,
    resourceGroup,
    name,
    computerNamePrefix: textField(osProfile, "computerNamePrefix") ?? name,
  };
}

function readSet(id: string | null): ScaleSetPlace | null {
  try {
    const reference = readNicReference(id ?? "");
    return reference.kind === "scale-set" ? reference.place : null;
  } catch {
    return null;
  }
}

type OfSet = Pick<ScaleSetPlace, "resourceGroup" | "scaleSet">;

function nicsOfSet(calls: AzureCalls, { resourceGroup, scaleSet }: OfSet): Promise<readonly ScaleSetNic[]> {
  return calls.run(SCALE_SET_NICS, (client) =>
    collected(client, ({ context, operations }) =>
      operations.listScaleSetNetworkInterfaces(context, resourceGroup, scaleSet),
    ),
  );
}

function nicsOfInstance(
  calls: AzureCalls,
  { resourceGroup, scaleSet, instance }: OfSet & { readonly instance: string },
): Promise<readonly ScaleSetNic[]> {
  return calls.run(INSTANCE_NICS, (client) =>
    collected(client, ({ context, operations }) =>
      operations.listInstanceNetworkInterfaces(context, resourceGroup, scaleSet, instance),
    ),
  );
}

async function collected(
  client: ArmClient,
  list: (client: ArmClient) => ReturnType<ArmClient["operations"]["listScaleSetNetworkInterfaces"]>,
): Promise<readonly ScaleSetNic[]> {
  const nics: ScaleSetNic[] = [];
  for await (const resource of listed(client, list)) {
    const nic = scaleSetNicOf(resource);
    if (nic !== null) nics.push(nic);
  }
  return nics;
}

function noInstance({ scaleSet, instance }: ScaleSetPlace): AzureError {
  const set = `the scale set ${quotedText(scaleSet)}`;
  return azureError(
    "nic-not-found",
    instance === null ? `no instance of ${set} has a NIC` : `instance ${instance} of ${set} has no NIC`,
    "see its instances: az vmss list-instances -g GROUP -n SCALE-SET -o table",
  );
}

function several(what: string, nics: readonly ScaleSetNic[]): AzureError {
  const lines = nics.slice(0, 20).map(({ resourceId }) => `  --nic ${quotedText(resourceId, 400)}`);
  return azureError("nic-ambiguous", `${what}\n${lines.join("\n")}`, "name one of them with --nic");
}
