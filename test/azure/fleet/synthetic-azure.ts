import { armError, type Reply, type Seen } from "../loopback-arm.ts";
import type { FleetResource } from "./synthetic-fleet.ts";

export interface SyntheticSubscription {
  readonly id: string;
  readonly name: string;
  /** False where the sign-in may read nothing of it. Default: true. */
  readonly readable?: boolean;
  /** Whether Azure lists it. Default: as `readable`. */
  readonly listed?: boolean;
}

export interface SyntheticOptions {
  readonly subscriptions: readonly SyntheticSubscription[];
  readonly resources: readonly FleetResource[];
  /** The most rows and items in a response, whatever the request. */
  readonly pageSize?: number;
  /** In place of Resource Graph's answers; null: answers as usual. `nth` counts its requests from 1. */
  readonly graph?: (nth: number, request: Seen) => Reply | null;
  /** In place of any other answer; null: answers as usual. */
  readonly lists?: (request: Seen) => Reply | null;
}

interface GraphRequest {
  readonly query: string;
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
  readonly options: { readonly $top: number; readonly $skipToken?: string };
}

const NOT_FOUND: Reply = {
  status: 404,
  body: armError("SubscriptionNotFound", "The subscription could not be found."),
};

const DENIED: Reply = { status: 403, body: armError("AuthorizationFailed", "The client does not have authorization.") };

/**
 * Azure's inventory of synthetic resources: Resource Graph with pages, the lists of subscriptions and groups, and those
 * of scale sets and hubs. Reads of Resource Graph's language what the program's queries have. Pass `respond` to
 * `LoopbackArm.serve`; requests for anything else get null.
 */
export class SyntheticAzure {
  readonly #options: SyntheticOptions;
  #graphRequests = 0;
  /** Of the last query, for its further pages. */
  #lastRows: { readonly key: string; readonly rows: readonly object[] } | null = null;

  constructor(options: SyntheticOptions) {
    this.#options = options;
  }

  respond(request: Seen): Reply | null {
    const { path, query } = request;
    if (request.operation === "resourceGraph") {
      this.#graphRequests++;
      const own = this.#options.graph?.(this.#graphRequests, request) ?? null;
      return own ?? this.#graph(JSON.parse(request.body) as GraphRequest);
    }
    const own = this.#options.lists?.(request) ?? null;
    if (own !== null) return own;
    if (/^\/subscriptions$/i.test(path)) return this.#subscriptions();
    if (/^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+\/descendants$/i.test(path)) {
      return this.#page(
        this.#options.subscriptions.map(({ id, name }) => ({
          id: `/subscriptions/${id}`,
          type: "/subscriptions",
          name: id,
          properties: { displayName: name },
        })),
        request,
      );
    }
    const [, subscription, group, rest = ""] =
      /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/(.+)$/i.exec(decodeURIComponent(path)) ?? [];
    if (subscription === undefined) return null;
    const known = this.#options.subscriptions.find(({ id }) => id === subscription);
    if (known === undefined) return NOT_FOUND;
    if (known.readable === false) return DENIED;
    const within = this.#options.resources.filter(({ id }) => {
      return id.startsWith(`/subscriptions/${subscription}/${group === undefined ? "" : `resourceGroups/${group}/`}`);
    });
    if (rest === "resources") {
      const types = [...(query.get("$filter") ?? "").matchAll(/resourceType eq '([^']+)'/g)].map(([, type]) => type);
      const found = within.filter(({ type }) => types.includes(type));
      return this.#page(
        found.map(({ id, name, type }) => ({ id, name, type })),
        request,
      );
    }
    const [, type, parent, list] = /^providers\/(Microsoft\.\w+\/\w+)(?:\/([^/]+)\/(\w+))?$/.exec(rest) ?? [];
    if (type === undefined) return null;
    if (parent === undefined) {
      if (group === undefined && OF_GROUP.includes(type))
        return { status: 400, body: armError("BadRequest", "no list") };
      const found = within.filter((resource) => resource.type === type);
      return this.#page(query.get("statusOnly") === "true" ? found.map(status) : found.map(withoutState), request);
    }
    if (list === "effectiveRouteTable") return null;
    const children = within.filter(
      ({ id, type: own }) =>
        own.startsWith(`${type}/`) && own.endsWith(`/${list}`) && id.includes(`/${type}/${parent}/`),
    );
    return CHILD_LISTS.includes(list ?? "") ? this.#page(children, request) : null;
  }

  #subscriptions(): Reply {
    const seen = this.#options.subscriptions.filter(({ listed, readable }) => listed ?? readable ?? true);
    const value = seen.map(({ id, name }) => ({ subscriptionId: id, displayName: name, state: "Enabled" }));
    return { body: { value } };
  }

  #page(items: readonly unknown[], { path, query }: Seen): Reply {
    const from = Number(query.get("$skiptoken") ?? 0);
    const size = this.#options.pageSize ?? 1000;
    const next = new URLSearchParams(query);
    next.set("$skiptoken", String(from + size));
    const more = from + size < items.length ? { nextLink: `${path}?${next}` } : {};
    return { body: { value: items.slice(from, from + size), ...more } };
  }

  #graph({ query, subscriptions, options }: GraphRequest): Reply {
    const readable = this.#options.subscriptions.filter(({ id, readable }) => {
      return readable !== false && (subscriptions === undefined || subscriptions.includes(id));
    });
    if (readable.length === 0) return DENIED;
    const rows = query.startsWith("resourcecontainers")
      ? readable.map(({ id, name }) => ({ id: `/subscriptions/${id}`, name, subscriptionId: id }))
      : this.#rows(query, readable);
    const from = Number(options.$skipToken ?? 0);
    const to = from + Math.min(options.$top, this.#options.pageSize ?? 1000);
    const data = rows.slice(from, to);
    return {
      headers: { "x-ms-user-quota-remaining": "14", "x-ms-user-quota-resets-after": "00:00:05" },
      body: {
        totalRecords: rows.length,
        count: data.length,
        resultTruncated: "false",
        ...(to < rows.length ? { $skipToken: String(to) } : {}),
        data,
        facets: [],
      },
    };
  }

  #rows(query: string, readable: readonly SyntheticSubscription[]): readonly object[] {
    const key = [query, ...readable.map(({ id }) => id)].join();
    if (this.#lastRows?.key !== key) this.#lastRows = { key, rows: this.#rowsOf(query, readable) };
    return this.#lastRows.rows;
  }

  #rowsOf(query: string, readable: readonly SyntheticSubscription[]): readonly object[] {
    const isWanted = conditionOf(query);
    const columns = [...query.matchAll(/(\w+) = properties\.(\w+)/g)];
    return this.#options.resources
      .filter((resource) => {
        return isWanted(resource) && readable.some(({ id: own }) => resource.id.startsWith(`/subscriptions/${own}/`));
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, name, type, location, kind, properties }) => ({
        id,
        name,
        type: type.toLowerCase(),
        location,
        kind: kind ?? "",
        ...Object.fromEntries(columns.map(([, column, field]) => [column, properties[field ?? ""] ?? null])),
      }));
  }
}

/** Conditions of a query: types, and of other types those with a name, an id or a text in their properties. */
function conditionOf(query: string): (resource: FleetResource) => boolean {
  const [, list = ""] = /type in~ \(([^)]*)\)/.exec(query) ?? [];
  const types = [...list.matchAll(/'([^']*)'/g)].map(([, type]) => type);
  const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
  const one = new RegExp(
    String.raw`(name|id) in~ \((${TEXT}(?:, ${TEXT})*)\)|tostring\(properties\) contains (${TEXT})`,
    "g",
  );
  const conditions = [...query.matchAll(/\(type =~ '([^']+)' and \((.*)\)\)$/gm)].map(([, type, text = ""]) => ({
    type,
    any: [...text.matchAll(one)].map(([, field, values, part]) => (resource: FleetResource) => {
      if (part !== undefined) {
        return JSON.stringify(resource.properties)
          .toLowerCase()
          .includes((JSON.parse(part) as string).toLowerCase());
      }
      const own = (field === "id" ? resource.id : resource.name).toLowerCase();
      return (JSON.parse(`[${values}]`) as readonly string[]).some((value) => value.toLowerCase() === own);
    }),
  }));
  return (resource) => {
    const type = resource.type.toLowerCase();
    return types.includes(type) || conditions.some((each) => each.type === type && each.any.some((is) => is(resource)));
  };
}

const OF_GROUP: readonly string[] = [
  "Microsoft.Network/virtualNetworkGateways",
  "Microsoft.Network/connections",
  "Microsoft.Network/localNetworkGateways",
];

const CHILD_LISTS: readonly string[] = [
  "networkInterfaces",
  "ipConfigurations",
  "bgpConnections",
  "hubVirtualNetworkConnections",
];

/** Only Resource Graph has a VM's state beside the rest. */
function withoutState(resource: FleetResource): FleetResource {
  const { extended: _, ...properties } = resource.properties;
  return { ...resource, properties };
}

function status(resource: FleetResource): FleetResource {
  const extended = resource.properties.extended as { instanceView: { powerState: { code: string } } } | undefined;
  const code = extended?.instanceView.powerState.code ?? "PowerState/unknown";
  return {
    ...resource,
    properties: { instanceView: { statuses: [{ code: "ProvisioningState/succeeded" }, { code }] } },
  };
}
