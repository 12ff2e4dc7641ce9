import type { ReachSource } from "./source.ts";

/**
 * Whether a name of a rule means a subnet or a NIC: NETWORK/SUBNET, NETWORK for all its subnets, or the name of a NIC,
 * with `*` for any characters. The resource group, where a name has it, may be left out. Ignores case. Cost: linear in
 * the two, for each `*`.
 */
export function matchesName(wanted: string, { name, subnet }: Pick<ReachSource, "name" | "subnet">): boolean {
  const pattern = wanted.trim().toLowerCase();
  const names = [name];
  if (subnet !== name) names.push(name.slice(name.lastIndexOf("/") + 1));
  if (subnet !== null) {
    const parts = subnet.split("/");
    const inNetwork = parts.slice(-2);
    names.push(subnet, inNetwork.join("/"));
    names.push((pattern.includes("/") ? parts.slice(0, -1) : inNetwork.slice(0, 1)).join("/"));
  }
  return names.some((each) => matches(pattern, each.toLowerCase()));
}

/** Each part between stars is found after the one before it, as early as possible; the last ends the text. */
function matches(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return pattern === text;
  const first = pattern.slice(0, pattern.indexOf("*"));
  const last = pattern.slice(pattern.lastIndexOf("*") + 1);
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of pattern.split("*").slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
