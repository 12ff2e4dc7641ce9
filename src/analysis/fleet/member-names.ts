import { groupedBy } from "./grouped-by.ts";

/** The part of a resource id that follows `after`, e.g. the network's name. */
const partAfter = (id: string, after: string) => new RegExp(`/${after}/([^/]+)`, "i").exec(id)?.[1] ?? null;

/** A subnet's name from the outside in: its subscription, resource group, network, its own. */
export function subnetParts(id: string): readonly string[] {
  const named = ["subscriptions", "resourceGroups", "virtualNetworks", "subnets"].map((after) => partAfter(id, after));
  const found = named.filter((part) => part !== null);
  return found.length === 0 ? [id] : found;
}

/**
 * A NIC's name from the outside in: its subscription, resource group, its own, which for a scale set has the instance.
 */
export function nicParts(id: string, name: string): readonly string[] {
  const groups = ["subscriptions", "resourceGroups"].map((after) => partAfter(id, after));
  return [...groups.filter((part) => part !== null), name];
}

/** Returns the ends of a name's parts, from those of `least` parts on: `hub/app`, `rg-hub/hub/app` … */
export const endsOf = (parts: readonly string[], least: number): readonly string[] => {
  const all = parts.map((_, at) => parts.slice(at).join("/")).reverse();
  return all.slice(Math.min(least, all.length) - 1);
};

/**
 * Returns for each list of names, shortest first, the first one that no other list has at its place, ignoring case; the
 * last one where there is none. Cost: linear in the names.
 */
export function distinctNames(candidates: readonly (readonly string[])[]): readonly string[] {
  const found = candidates.map((names) => names.at(-1) ?? "");
  let open = candidates.map((_, at) => at);
  for (let place = 0; open.length > 0; place++) {
    const groups = groupedBy(open, (at) => candidates[at]?.[place]?.toLowerCase() ?? "");
    open = [...groups.values()].flatMap((group) => {
      const [only, other] = group;
      if (only === undefined || other !== undefined)
        return group.filter((at) => (candidates[at]?.length ?? 0) > place + 1);
      found[only] = candidates[only]?.[place] ?? "";
      return [];
    });
  }
  return found;
}
