import { armError, type Reply, type Seen } from "../loopback-arm.ts";
import { TokenBucket } from "../token-bucket.ts";
import type { FleetResource } from "./synthetic-fleet.ts";

export interface TableOptions {
  readonly resources: readonly FleetResource[];
  /** How long Azure computes, in milliseconds. Default: 0, so that the first poll has the answer. */
  readonly operationMs?: number;
  /** Whether requests are limited as Azure limits them. */
  readonly limited?: boolean;
  /** The body for a NIC; default: one for each subnet. */
  readonly bodyOf?: (nic: string, subnetId: string) => string;
  /** In place of the answer to a request; null: answers as usual. `nth` counts the requests for this NIC from 1. */
  readonly instead?: (nic: string, nth: number, request: Seen, subnetId: string) => Reply | null;
  readonly now?: () => number;
}

/** Effective routes of a subnet's NICs, as Azure sends them. Subnets of different names have different tables. */
function tableBody(subnetId: string): string {
  const row = (
    source: string,
    addressPrefix: string,
    nextHopType: string,
    nextHopIpAddress: readonly string[] = [],
  ) => ({
    name: source === "User" ? "to-nva" : null,
    source,
    state: "Active",
    addressPrefix: [addressPrefix],
    nextHopType,
    nextHopIpAddress,
    disableBgpRoutePropagation: false,
    hasBgpOverride: false,
    tagMap: {},
  });
  const [, network = "", subnet = ""] = /virtualNetworks\/([^/]+)\/subnets\/([^/]+)/i.exec(subnetId) ?? [];
  const [n, s] = [network, subnet].map((name) => Number(/\d+$/.exec(name)?.[0] ?? 255) % 256);
  return JSON.stringify({
    value: [
      row("Default", "10.0.0.0/16", "VNetPeering"),
      row("User", "0.0.0.0/0", "VirtualAppliance", ["10.0.2.99"]),
      row("User", `172.16.${n}.0/24`, "VirtualAppliance", ["10.0.2.99"]),
      row("User", `172.17.${s}.0/24`, "VirtualAppliance", ["10.0.2.99"]),
    ],
  });
}

/** Azure's long-running calls for effective routes. Pass `respond` to `LoopbackArm.serve`. */
export class SyntheticTables {
  readonly #options: TableOptions;
  readonly #subnets: ReadonlyMap<string, string>;
  readonly #ends = new Map<string, number>();
  readonly #asked = new Map<string, number>();
  readonly #buckets = new Map<string, TokenBucket>();
  /** How many requests were throttled. */
  throttled = 0;

  constructor(options: TableOptions) {
    this.#options = options;
    this.#subnets = new Map(
      options.resources.flatMap(({ name, properties }) => {
        const [first] = (properties.ipConfigurations ?? []) as { properties?: { subnet?: { id: string } } }[];
        const subnet = first?.properties?.subnet?.id;
        return subnet === undefined ? [] : [[name, subnet]];
      }),
    );
  }

  /** How often the table of each NIC was asked for. */
  get asked(): ReadonlyMap<string, number> {
    return this.#asked;
  }

  respond(request: Seen): Reply | null {
    const { operation, path } = request;
    if (operation !== "effectiveRouteTable" && operation !== "operationResults") return null;
    const nic = (operation === "effectiveRouteTable" ? path.split("/").at(-2) : path.split("/").at(-1)) ?? "";
    const subscription = path.split("/")[2] ?? "";
    const now = this.#options.now?.() ?? Date.now();
    const limit = this.#limit(subscription, request.method, now);
    if (limit !== null) return limit;
    const nth = (this.#asked.get(nic) ?? 0) + (operation === "effectiveRouteTable" ? 1 : 0);
    this.#asked.set(nic, nth);
    const own = this.#options.instead?.(nic, nth, request, this.#subnets.get(nic) ?? "") ?? null;
    if (own !== null) return own;
    const { operationMs = 0, bodyOf = (_: string, subnetId: string) => tableBody(subnetId) } = this.#options;
    if (operation === "effectiveRouteTable") this.#ends.set(nic, now + operationMs);
    const isDone = operation === "operationResults" && now >= (this.#ends.get(nic) ?? 0);
    if (isDone) return { body: bodyOf(nic, this.#subnets.get(nic) ?? "") };
    const place = `/subscriptions/${subscription}/providers/Microsoft.Network/locations/westeurope/operationResults/${nic}`;
    return { status: 202, headers: { location: `{url}${place}?api-version=2024-05-01` }, body: "null" };
  }

  #limit(subscription: string, method: string, now: number): Reply | null {
    if (this.#options.limited !== true) return null;
    const key = `${subscription} ${method}`;
    const bucket = this.#buckets.get(key) ?? (method === "POST" ? new TokenBucket(200, 10) : new TokenBucket(250, 25));
    this.#buckets.set(key, bucket);
    const wait = bucket.take(now);
    if (wait === 0) return null;
    this.throttled++;
    const body = armError("SubscriptionRequestsThrottled", "Number of requests exceeded the limit.");
    return { status: 429, headers: { "retry-after": String(wait) }, body };
  }
}
