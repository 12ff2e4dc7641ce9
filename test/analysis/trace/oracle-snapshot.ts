import { parseAddress } from "../../../src/net/address.ts";
import { contains, type parsePrefix } from "../../../src/net/prefix.ts";
import type { RouteTable } from "../../../src/routes/effective-route.ts";
import type { GatewayTable } from "../../../src/routes/gateways/gateway-table.ts";
import { readGatewayTables } from "../../../src/routes/gateways/read/read-gateway-table.ts";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import { readTopology } from "../../../src/topology/read/read-topology.ts";
import type { Snapshot, SnapshotNic } from "../../../src/topology/snapshot.ts";
import type { Gateway, Hub, LoadBalancer, NetworkInterface, Topology } from "../../../src/topology/topology.ts";
import { readShared } from "../../shared-data.ts";

/** A lab with what was measured in it, as `../shared/data/labs/trace-oracles/` describes it. */
export interface Oracle {
  readonly id: string;
  readonly tables?: Readonly<Record<string, string>>;
  readonly addresses?: Readonly<Record<string, string>>;
  readonly loadBalancers?: Readonly<Record<string, readonly string[]>>;
  readonly gateways?: Readonly<Record<string, { readonly instances: readonly string[]; readonly learned: string }>>;
  readonly ipForwarding?: readonly string[];
  readonly vnets?: string;
  readonly peerings?: readonly string[];
  readonly hubs?: readonly string[];
  readonly circuits?: readonly string[];
  readonly queries?: readonly OracleQuery[];
}

export interface OracleQuery {
  readonly from: string;
  readonly to: string;
  readonly measured?: string | readonly string[];
  readonly hops?: readonly string[];
  readonly path?: string;
  readonly disposition?: string;
  readonly return?: {
    readonly from: string;
    readonly to: string;
    readonly branches?: readonly (readonly string[])[];
  };
  readonly asymmetry?: string;
}

const LABS = "data/labs/";

export const readOracle = (file: string): Oracle => JSON.parse(readShared(`${LABS}trace-oracles/${file}`)) as Oracle;

/** `nva2 (no capture)` names nva2. */
export const nameIn = (text: string): string => text.split(/[ (]/)[0] ?? "";

/** The two NICs of an appliance are named after its sides. */
const machineOf = (name: string) => /^(.+)-(?:un)?trust$/.exec(name)?.[1] ?? null;

/** The snapshot that an oracle's files make: nothing is in it that the files do not say. */
export async function snapshotOf(oracle: Oracle): Promise<Snapshot> {
  const json = (path: string): unknown => JSON.parse(readShared(LABS + path));
  const described = [...(oracle.vnets === undefined ? [] : [oracle.vnets]), ...(oracle.peerings ?? [])];
  const { topology } = readTopology(described.flatMap((path) => json(path) as unknown[]));
  const networkOf = (address: string) =>
    topology.networks.find(({ addressPrefixes }) =>
      addressPrefixes.some((prefix) => contains(prefix, parseAddress(address))),
    ) ?? null;
  const subnetOf = (address: string) =>
    networkOf(address)?.subnets.find(({ addressPrefixes }) =>
      addressPrefixes.some((prefix) => contains(prefix, parseAddress(address))),
    )?.id ?? null;

  const tables = new Map<string, RouteTable>();
  for (const [name, path] of Object.entries(oracle.tables ?? {})) {
    tables.set(name, await readRouteTable(readShared(LABS + path), { kind: "file", name }));
  }
  const addressOf = new Map(Object.entries(oracle.addresses ?? {}).map(([address, text]) => [nameIn(text), address]));
  const backends = Object.values(oracle.loadBalancers ?? {}).flat();
  const names = [...new Set([...tables.keys(), ...addressOf.keys(), ...backends])];
  const nics = names.map((name): NetworkInterface => {
    const address = addressOf.get(name);
    return {
      id: name,
      name,
      region: null,
      virtualMachineId: machineOf(name),
      scaleSetId: null,
      privateEndpointId: null,
      ipForwarding: oracle.ipForwarding?.includes(name) === true ? true : null,
      ipConfigurations: [
        {
          id: `${name}/ip`,
          primary: true,
          address: address === undefined ? null : parseAddress(address),
          subnetId: address === undefined ? null : subnetOf(address),
          publicAddressId: null,
          poolIds: [],
        },
      ],
    };
  });
  const gatewayTables: GatewayTable[] = [];
  const gateways: Gateway[] = [];
  for (const [name, { instances, learned }] of Object.entries(oracle.gateways ?? {})) {
    const found = await readGatewayTables(readShared(LABS + learned), { kind: "file", name: learned });
    const own = found.find((each) => each.name.endsWith(name)) ?? found[0];
    const table = own?.table;
    if (table !== undefined && "routes" in table)
      gatewayTables.push({ ...table, kind: "gateway-learned", routerId: name });
    gateways.push({
      id: name,
      name,
      region: null,
      gatewayType: null,
      networkId: networkOf(instances[0] ?? "")?.id ?? null,
      subnetId: null,
      addresses: instances.map(parseAddress),
      publicAddressIds: [],
      asn: null,
    });
  }
  const loadBalancers = Object.entries(oracle.loadBalancers ?? {}).map(
    ([address, nicNames]): LoadBalancer => ({
      id: `lb ${address}`,
      name: `lb ${address}`,
      region: null,
      frontends: [
        {
          id: `lb ${address}/f`,
          name: "f",
          address: parseAddress(address),
          subnetId: subnetOf(address),
          publicAddressId: null,
        },
      ],
      pools: [
        { id: `lb ${address}/p`, name: "p", ipConfigurationIds: nicNames.map((name) => `${name}/ip`), addresses: [] },
      ],
      rules: [],
    }),
  );
  const { hubs, firewalls, hubTables } = await hubsOf(oracle);
  for (const path of oracle.circuits ?? []) {
    const [circuit] = await readGatewayTables(readShared(LABS + path), { kind: "file", name: path });
    const table = circuit?.table;
    if (table !== undefined && "routes" in table) gatewayTables.push({ ...table, kind: "circuit", routerId: path });
  }
  const whole: Topology = {
    ...topology,
    nics,
    virtualMachines: [...new Set(names.map(machineOf))].flatMap((name) =>
      name === null
        ? []
        : [
            {
              id: name,
              name,
              region: null,
              powerState: null,
              nicIds: names.filter((each) => machineOf(each) === name),
              scaleSetId: null,
            },
          ],
    ),
    gateways,
    loadBalancers,
    hubs,
    firewalls,
  };
  return {
    name: oracle.id,
    takenAt: null,
    complete: true,
    topology: whole,
    nics: names.map(
      (name): SnapshotNic => ({
        id: name,
        name,
        subnetId: null,
        outcome: tables.has(name) ? "ok" : "failed",
        tableKey: tables.has(name) ? name : null,
        standInId: null,
        fetchedAt: null,
        error: tables.has(name) ? null : { code: "none", message: "no capture" },
      }),
    ),
    tables,
    gatewayTables: [...gatewayTables, ...hubTables],
  };
}

/** The hubs that tables of hubs and circuits name: a circuit's route to a hub's own prefix has a next hop inside it. */
async function hubsOf(oracle: Oracle) {
  const hubs = new Map<string, Hub>();
  const firewalls = new Map<string, Topology["firewalls"][number]>();
  const hubTables: GatewayTable[] = [];
  const tablesIn = async (path: string) => {
    const [found] = await readGatewayTables(readShared(LABS + path), { kind: "file", name: path });
    const table = found?.table;
    if (table === undefined || !("routes" in table)) throw new Error(`no routes in ${path}`);
    return table;
  };
  const prefixes: ReturnType<typeof parsePrefix>[] = [];
  for (const path of oracle.circuits ?? []) {
    for (const { prefix, nextHops } of (await tablesIn(path)).routes) {
      if (nextHops.some(({ address }) => address !== null && contains(prefix, address)) && prefix.length < 29)
        prefixes.push(prefix);
    }
  }
  const distinct = prefixes.filter((each, at) => prefixes.findIndex((other) => other.first === each.first) === at);
  for (const path of oracle.hubs ?? []) {
    const table = await tablesIn(path);
    const origin = table.routes.map(({ origin: text }) => text).find((text) => text?.includes("/virtualHubs/")) ?? "";
    const id = origin.slice(0, origin.indexOf("/hubRouteTables/"));
    const at = hubs.size;
    for (const { nextHops } of table.routes) {
      for (const { text } of nextHops) {
        if (/azureFirewalls/i.test(text)) {
          firewalls.set(text, {
            id: text,
            name: text.split("/").at(-1) ?? "",
            region: null,
            subnetId: null,
            addresses: [],
            hubId: id,
          });
        }
      }
    }
    hubs.set(id, hub(id, distinct[at] === undefined ? [] : [distinct[at]]));
    hubTables.push({ ...table, kind: "hub", routerId: id });
  }
  // Hubs that only a circuit shows.
  for (const prefix of distinct.slice(hubs.size))
    hubs.set(`hub of ${prefix.first}`, hub(`hub of ${prefix.first}`, [prefix]));
  return { hubs: [...hubs.values()], firewalls: [...firewalls.values()], hubTables };
}

const hub = (id: string, addressPrefixes: Hub["addressPrefixes"]): Hub => ({
  id,
  name: id.split("/").at(-1) ?? id,
  region: null,
  kind: "virtual-hub",
  addressPrefixes,
  routerAddresses: [],
  asn: null,
  subnetId: null,
  connections: [],
  bgpPeers: [],
  firewallId: null,
  gatewayIds: [],
});
