import { parsePrefix } from "../../../src/net/prefix.ts";
import { parseAsPath } from "../../../src/routes/gateways/as-path.ts";
import type { GatewayRoute, GatewayTable } from "../../../src/routes/gateways/gateway-table.ts";

/**
 * A row in short, parts after the prefix in any order: `10.0.0.0/8 >10.0.0.4 EBgp 65000-65001 w32768 l100 * @10.0.0.12
 * <10.0.0.5 :Azure_Firewall`. `path?` leaves out the AS path.
 */
export function gatewayRow(text: string): GatewayRoute {
  const [prefix = "", ...parts] = text.split(" ");
  const of = (mark: string) => parts.filter((part) => part.startsWith(mark)).map((part) => part.slice(1));
  const number = (mark: string) => {
    const [found] = parts.filter((part) => new RegExp(`^${mark}\\d+$`).test(part));
    return found === undefined ? null : Number(found.slice(1));
  };
  const path = parts.find((part) => /^\d+(-\d+)*$/.test(part)) ?? "";
  return {
    prefix: parsePrefix(prefix),
    nextHops: of(">").map((hop) => ({ text: hop, address: null })),
    nextHopType: of(":")[0]?.replaceAll("_", " ") ?? null,
    origin: parts.find((part) => /^(EBgp|IBgp|Network|Igp|\/.*)$/.test(part)) ?? null,
    asPath: parts.includes("path?") ? null : (parseAsPath(path)?.numbers ?? []),
    weight: number("w"),
    localPreference: number("l"),
    instance: of("@")[0] ?? null,
    sourcePeer: of("<")[0] ?? null,
    best: parts.includes("*") ? true : parts.includes("!*") ? false : null,
    fields: {},
  };
}

/** A table of such rows. */
export function gatewayTableOf(
  rows: readonly string[],
  { kind = "gateway-learned", scope = null, instances }: Partial<GatewayTable> = {},
): GatewayTable {
  const routes = rows.map(gatewayRow);
  const named = routes.map(({ instance }) => instance).filter((instance) => instance !== null);
  return {
    kind,
    routerId: "gw",
    scope,
    instances: instances ?? [...new Set(named)],
    routes,
    origin: { kind: "file", name: "gw.json", format: "json", fetchedAt: null, note: null },
  };
}
