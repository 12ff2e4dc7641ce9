import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { textField } from "../../text/type-guards.ts";
import { groupOf, nameOf } from "../../topology/resource-id.ts";
import { RESOURCES_API_VERSION } from "../arm/api-version.ts";
import { listOf } from "../arm/reads.ts";
import type { AzureConnection } from "../connection.ts";
import { type AzureError, azureError } from "../failure/azure-error.ts";
import { pathOf, rawList } from "../inventory/raw-list.ts";
import { mapBounded } from "../map-bounded.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import { type GatewayRequest, RESOURCE_TYPES, ROUTER_NAMES, type RouterType } from "./request.ts";

/** A router in Azure. */
export interface Router {
  readonly id: string;
  /** Its id as the path of a request. */
  readonly path: string;
  readonly subscription: Subscription;
}

const ID = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/(Microsoft\.Network\/[^/]+)\/([^/?#]+)\/?$/i;

const NAME = /^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/;

/** How many subscriptions are searched at once. */
const AT_ONCE = 8;

/**
 * The router that a request names. A resource id, or a name with its group, costs no request; a name alone lists the
 * routers of the subscription, or of every subscription that the sign-in sees where none is named.
 * @throws AzureError
 */
export async function findRouter(
  connection: AzureConnection,
  { type, router, resourceGroup }: Pick<GatewayRequest, "type" | "router" | "resourceGroup">,
): Promise<Router> {
  const given = router.trim();
  const resourceType = RESOURCE_TYPES[type];
  const [, subscriptionId = null, , itsType = ""] = ID.exec(given) ?? [];
  if (subscriptionId !== null) {
    if (!same(itsType, resourceType)) throw otherResource(type, itsType);
    const subscription = await connection.subscription(subscriptionId, true);
    if (subscription === null) throw new Error("the subscription of a resource id is known");
    const named = routerAt(given.replace(/\/$/, ""), subscription);
    if (named === null) throw invalidName(type);
    return named;
  }
  if (!NAME.test(given)) throw invalidName(type);
  const subscription = await connection.subscription(null, true);
  if (subscription !== null && resourceGroup !== null) {
    const named = routerAt(idOf(subscription, resourceGroup, resourceType, given), subscription);
    if (named === null) throw invalidGroup(resourceGroup);
    return named;
  }
  connection.pace.progress(`looking for the ${ROUTER_NAMES[type]}`);
  const all = await routersOf(connection, type, subscription === null ? await connection.visible() : [subscription]);
  return oneNamed(all, { type, name: given, resourceGroup });
}

/** The error for a router that Azure cannot find, with similar names; null where the routers cannot be listed. */
export async function explainMissing(
  connection: AzureConnection,
  type: RouterType,
  { id, subscription }: Router,
): Promise<AzureError | null> {
  try {
    const all = await routersOf(connection, type, [subscription]);
    if (all.some((router) => same(router.id, id))) return null;
    return notFound(all, type, nameOf(id));
  } catch {
    return null;
  }
}

/** Null for an id that is not safe to request. */
function routerAt(id: string, subscription: Subscription): Router | null {
  const path = pathOf(id);
  return path === null ? null : { id, path, subscription };
}

const idOf = ({ id }: Subscription, group: string, type: string, name: string) =>
  `/subscriptions/${id}/resourceGroups/${group}/providers/${type}/${name}`;

/**
 * Every router of a type in these subscriptions. Azure lists no gateways by themselves, but all resources of a type.
 */
async function routersOf(
  connection: AzureConnection,
  type: RouterType,
  subscriptions: readonly Pick<Subscription, "id">[],
): Promise<readonly Router[]> {
  const filter = encodeURIComponent(`resourceType eq '${RESOURCE_TYPES[type]}'`);
  const found = await mapBounded(subscriptions, AT_ONCE, async ({ id: subscriptionId }) => {
    const subscription = await connection.named(subscriptionId);
    const path = `/subscriptions/${subscription.id}/resources?$filter=${filter}&api-version=${RESOURCES_API_VERSION}`;
    return rawList(connection.calls(subscription), listOf(RESOURCE_TYPES[type]), path, (resource) =>
      routerAt(textField(resource, "id") ?? "", subscription),
    );
  });
  return found.flat();
}

function oneNamed(
  all: readonly Router[],
  { type, name, resourceGroup }: { type: RouterType; name: string; resourceGroup: string | null },
): Router {
  const named = all.filter(({ id }) => same(nameOf(id), name));
  const inGroup = named.filter(({ id }) => resourceGroup === null || same(groupOf(id), resourceGroup));
  const [found, ...others] = inGroup;
  if (found === undefined) throw notFound(all, type, name);
  if (others.length === 0) return found;
  const groups = inGroup.map(({ id }) => groupOf(id));
  throw azureError(
    "router-ambiguous",
    `${inGroup.length} ${ROUTER_NAMES[type]}s are named ${quotedText(name)}\n  in the groups ${groups.slice(0, 10).join(", ")}`,
    `name the group: -g ${groups[0]}; or give the resource id`,
  );
}

function notFound(all: readonly Router[], type: RouterType, name: string): AzureError {
  const other = all.find(({ id }) => same(nameOf(id), name));
  const near = nearNames(
    name,
    all.map(({ id }) => nameOf(id)),
  );
  const names = [...new Set(all.map(({ id }) => nameOf(id)))].slice(0, 10);
  const hint =
    other !== undefined
      ? `one is in the group ${groupOf(other.id)}: add -g ${groupOf(other.id)}`
      : near.length > 0
        ? `did you mean: ${near.join(", ")}`
        : names.length > 0
          ? `there are: ${names.join(", ")}`
          : "check --subscription and --cloud; the sign-in sees none";
  return azureError("router-not-found", `no ${ROUTER_NAMES[type]} named ${quotedText(name)}`, hint);
}

function invalidName(type: RouterType): AzureError {
  return azureError(
    "resource-id",
    `--${type} is neither a name nor the resource id of a ${ROUTER_NAMES[type]}`,
    `give the name, or /subscriptions/ID/resourceGroups/GROUP/providers/${RESOURCE_TYPES[type]}/NAME`,
  );
}

function invalidGroup(group: string): AzureError {
  return azureError(
    "resource-id",
    `-g ${quotedText(group, 40)} is not a valid resource group name`,
    "give the name of the group: az group list -o table",
  );
}

function otherResource(type: RouterType, itsType: string): AzureError {
  return azureError(
    "resource-id",
    `--${type} is the id of another kind of resource: ${quotedText(itsType, 45)}`,
    `give the id of a ${ROUTER_NAMES[type]}: .../providers/${RESOURCE_TYPES[type]}/NAME`,
  );
}
