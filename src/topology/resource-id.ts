/** The id as Azure compares it: in lower case, without trailing slashes. For keys of maps, not for output. */
export function idKey(id: string): string {
  let end = id.length;
  while (id[end - 1] === "/") end--;
  return id.slice(0, end).toLowerCase();
}

/** The last part of a resource id: the resource's name. */
export function nameOf(id: string): string {
  return id.split("/").findLast((part) => part !== "") ?? "";
}

const PROVIDERS = "/providers/";

/**
 * The type of the resource in lower case, such as `microsoft.network/virtualnetworks/subnets`; null for a text that is
 * not the id of a resource.
 */
export function typeOf(id: string): string | null {
  const key = idKey(id);
  const at = key.lastIndexOf(PROVIDERS);
  if (at < 0) return null;
  const [provider = "", ...rest] = key.slice(at + PROVIDERS.length).split("/");
  if (provider === "" || rest.length === 0 || rest.length % 2 === 1 || rest.includes("")) return null;
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join("/");
}

/** The id of the resource that a child resource belongs to, such as a subnet's network; null for any other text. */
export function parentOf(id: string): string | null {
  if ((typeOf(id)?.split("/").length ?? 0) < 3) return null;
  const own = id.slice(0, idKey(id).length);
  return own.slice(0, own.lastIndexOf("/", own.lastIndexOf("/") - 1));
}

/** The id of a subnet's network, which may be a plain name; null for any other text. */
export function networkOf(subnetId: string): string | null {
  const at = subnetId.toLowerCase().lastIndexOf("/subnets/");
  return at <= 0 ? null : subnetId.slice(0, at);
}

/** The subscription in a resource id, in lower case; "" where it has none. */
export function subscriptionOf(id: string): string {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? "";
}

/** The resource group in a resource id; "" where it has none. */
export function groupOf(id: string): string {
  return /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? "";
}

/** Whether two resource ids name the same resource. */
export function sameResource(left: string, right: string): boolean {
  return idKey(left) === idKey(right);
}
