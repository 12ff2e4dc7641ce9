import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReachRule } from "../../../../src/analysis/policy/policy.ts";
import { classesOf, exampleOf } from "../../../../src/analysis/policy/reach/classes.ts";
import { judge } from "../../../../src/analysis/policy/reach/judge.ts";
import { startAt } from "../../../../src/analysis/policy/reach/source.ts";
import { traceData } from "../../../../src/analysis/trace/from-snapshot.ts";
import type { TraceData } from "../../../../src/analysis/trace/question.ts";
import { roundTrip } from "../../../../src/analysis/trace/round-trip.ts";
import { type Address, formatAddress, parseAddress } from "../../../../src/net/address.ts";
import { type AddressRange, addressCount, differenceOf, rangeOf, unionOf } from "../../../../src/net/address-ranges.ts";
import { parsePrefix } from "../../../../src/net/prefix.ts";
import {
  configured,
  type Draft,
  gateway,
  hub,
  hubAndSpokes,
  learned,
  loadBalancer,
  network,
  nic,
  peering,
  snapshotOfDraft,
  subnetId,
} from "../../trace/lab.ts";
import { reachRule } from "./rules.ts";

/** Address spaces of networks: the last two overlap others. All are within the addresses that are asked for. */
const SPACES = ["10.0.0.0/29", "10.0.0.8/29", "10.0.0.16/29", "10.0.0.8/29", "10.0.0.0/27"] as const;

/** What is asked for: two addresses more than the spaces, the platform's own, the Internet and IPv6. */
const ASKED = ["10.0.0.0/27", "10.0.0.32/31", "168.63.129.16/31", "9.9.9.8/31", "192.168.0.0/31", "fd00::/126"];

const host = fc.nat(31).map((value) => `10.0.0.${value}`);
const prefix = fc.oneof(
  fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", ...SPACES, "10.0.0.16/28", "9.9.9.9/32", "192.168.0.0/16", "fd00::/127"),
  host.map((address) => `${address}/32`),
);

interface RandomRoute {
  readonly prefix: string;
  readonly type: string;
  readonly hops: readonly string[];
}

const route: fc.Arbitrary<RandomRoute> = fc.record({
  prefix,
  type: fc.constantFrom(
    "VirtualAppliance",
    "VirtualAppliance",
    "VirtualAppliance",
    "None",
    "Internet",
    "VirtualNetworkGateway",
  ),
  hops: fc.uniqueArray(host, { minLength: 1, maxLength: 2 }),
});

const table = fc.record({ routes: fc.array(route, { maxLength: 4 }), endpoint: fc.option(host) });

const machine = fc.record({
  network: fc.nat(SPACES.length - 1),
  offset: fc.nat(7),
  forwarding: fc.constantFrom(true, false, false, null),
  /** One of the tables, or none. */
  table: fc.nat(3),
  shared: fc.nat(9),
  second: fc.option(fc.nat(7)),
  isEndpoint: fc.nat(9).map((value) => value === 0),
});

const labs = fc.record({
  peerings: fc.uniqueArray(fc.tuple(fc.nat(SPACES.length - 1), fc.nat(SPACES.length - 1)), {
    maxLength: 6,
    selector: ([a, b]) => [Math.min(a, b), Math.max(a, b)].join(),
  }),
  closed: fc.boolean(),
  tables: fc.tuple(table, table, table),
  machines: fc.array(machine, { minLength: 2, maxLength: 9 }),
  balancers: fc.array(
    fc.record({
      network: fc.nat(SPACES.length - 1),
      at: host,
      backends: fc.uniqueArray(fc.nat(8), { maxLength: 3 }),
      byAddress: fc.boolean(),
    }),
    {
      maxLength: 2,
    },
  ),
  firewall: fc.option(fc.record({ at: host, route })),
  gateway: fc.option(fc.record({ at: host, learned: fc.array(fc.tuple(prefix, host), { maxLength: 4 }) })),
  server: fc.option(fc.array(fc.tuple(prefix, host), { maxLength: 3 })),
});

type RandomLab = typeof labs extends fc.Arbitrary<infer Lab> ? Lab : never;

const nameOf = (at: number) => `n${at}`;

function dataOf(lab: RandomLab): TraceData {
  const draft: Draft = { ...hubAndSpokes(), networks: [], nics: [], tables: {} };
  const joined = lab.peerings.filter(([a, b]) => a !== b);
  const near = (at: number) => joined.flatMap(([a, b]) => (a === at ? [b] : b === at ? [a] : []));
  for (const [at, space] of SPACES.entries()) {
    const flags = { allowForwardedTraffic: !lab.closed, useRemoteGateways: at > 0 };
    draft.networks.push(
      network(
        nameOf(at),
        space,
        near(at).map((other) => peering(nameOf(at), nameOf(other), SPACES[other] ?? "", flags)),
      ),
    );
  }
  const keys = new Map<string, string | null>();
  for (const [at, each] of lab.machines.entries()) {
    const space = parsePrefix(SPACES[each.network] ?? "");
    const address = (offset: number) => formatAddress({ family: 4, value: rangeOf(space).first + BigInt(offset) });
    const own = nic(`vm${at}`, nameOf(each.network), address(each.offset), {
      ipForwarding: each.forwarding,
      virtualMachineId: each.shared < 8 ? `machine${at}` : "machine-of-several",
      privateEndpointId: each.isEndpoint ? "endpoint" : null,
    });
    const [first] = own.ipConfigurations;
    const second =
      each.second === null || first === undefined
        ? []
        : [{ ...first, id: `vm${at}/second`, primary: false, address: parseAddress(address(each.second)) }];
    const v6 =
      first === undefined
        ? []
        : [{ ...first, id: `vm${at}/v6`, primary: false, address: parseAddress(`fd00::${at % 4}`) }];
    draft.nics.push({ ...own, ipConfigurations: [...own.ipConfigurations, ...second, ...(at < 3 ? v6 : [])] });
    keys.set(`vm${at}`, each.table < lab.tables.length ? `${each.network} ${each.table}` : null);
  }
  for (const at of SPACES.keys()) {
    for (const [number, { routes, endpoint }] of lab.tables.entries()) {
      draft.tables[`${at} ${number}`] = [
        `${SPACES[at]} Default VnetLocal`,
        ...near(at).map((other) => `${SPACES[other]} Default VNetPeering`),
        ...(number === 0 ? ["fd00::/64 Default VnetLocal"] : []),
        ...(endpoint === null ? [] : [`${endpoint}/32 Default InterfaceEndpoint`]),
        ...routes.map(
          (each) => `${each.prefix} User ${each.type} ${each.type.startsWith("VirtualA") ? each.hops.join() : "-"}`,
        ),
        "0.0.0.0/0 Default Internet",
      ];
    }
  }
  for (const [at, { network: own, at: address, backends, byAddress }] of lab.balancers.entries()) {
    const names = backends.map((number) => `vm${number}`);
    const balancer = loadBalancer(`ilb${at}`, nameOf(own), address, byAddress ? [] : names, [{}]);
    const addresses = draft.nics
      .filter(({ name }) => byAddress && names.includes(name))
      .flatMap(({ ipConfigurations }) => ipConfigurations[0]?.address ?? []);
    draft.loadBalancers.push({ ...balancer, pools: balancer.pools.map((pool) => ({ ...pool, addresses })) });
  }
  if (lab.firewall !== null) {
    const { at, route: each } = lab.firewall;
    draft.firewalls.push({
      id: "azfw",
      name: "azfw",
      region: null,
      subnetId: subnetId("n0", "main"),
      hubId: null,
      addresses: [parseAddress(at)],
    });
    draft.routeTables.push({
      id: "rt",
      name: "rt",
      region: null,
      subnetIds: [],
      disableBgpRoutePropagation: false,
      routes: [configured("r", each.prefix, each.type, each.hops[0] ?? null)],
    });
    draft.networks[0] = {
      ...(draft.networks[0] as Draft["networks"][number]),
      subnets: (draft.networks[0]?.subnets ?? []).map((subnet) => ({
        ...subnet,
        routeTableId: subnet.name === "main" ? "rt" : null,
      })),
    };
  }
  if (lab.gateway !== null) {
    draft.gateways.push(gateway("vpn", "n0", [lab.gateway.at]));
    draft.gatewayTables.push(
      learned(
        "vpn",
        lab.gateway.learned.map(([to, hop]) => `${to} ${hop} EBgp 1 65001`),
      ),
    );
  }
  if (lab.server !== null) {
    draft.hubs.push(hub("server", { kind: "route-server", subnetId: subnetId("n0", "main") }));
    draft.gatewayTables.push(
      learned(
        "server",
        lab.server.map(([to, hop]) => `${to} ${hop} EBgp 1 65001`),
        "route-server-learned",
      ),
    );
  }
  const snapshot = snapshotOfDraft(draft);
  const nics = snapshot.nics.map((each) => {
    const tableKey = keys.get(each.name) ?? null;
    return { ...each, tableKey, outcome: tableKey === null ? ("failed" as const) : ("ok" as const) };
  });
  return traceData({ ...snapshot, nics }, null);
}

const RULES: readonly Partial<ReachRule>[] = [
  {},
  { expect: "delivered", symmetric: true },
  { expect: "blocked" },
  { through: ["vm0", "ilb0", "10.0.0.9"] },
  { through: ["azfw", "vm1"], symmetric: true },
];

const rules = fc.constantFrom(...RULES).map((more) => reachRule(more));

const asked = unionOf(ASKED.map((text) => rangeOf(parsePrefix(text))));

function* addressesOf(ranges: readonly AddressRange[]): Generator<Address> {
  for (const { family, first, last } of ranges) for (let value = first; value <= last; value++) yield { family, value };
}

describe("classes of addresses of random networks", () => {
  test("are disjoint, and together all that was asked for", () => {
    fc.assert(
      fc.property(labs, (lab) => {
        const classes = classesOf(asked, dataOf(lab));
        const all = classes.flatMap(({ ranges }) => ranges);
        expect(differenceOf(asked, all)).toEqual([]);
        expect(differenceOf(all, asked)).toEqual([]);
        expect(addressCount(all)).toBe(addressCount(asked));
      }),
      { numRuns: 50 },
    );
  });

  test("have one status each: that of a walk to every single address", { tags: ["slow"] }, () => {
    fc.assert(
      fc.property(labs, rules, fc.nat(), (lab, rule, from) => {
        const data = dataOf(lab);
        const { nics } = data.index.topology;
        const start = nics[from % nics.length];
        if (start === undefined) throw new Error("no NIC");
        const statusOf = (to: Address) => {
          const trip = roundTrip(
            data,
            { from: startAt(start, to.family), to, protocol: null, port: null },
            rule.symmetric,
          );
          return judge(rule, trip).status;
        };
        const own = start.ipConfigurations.flatMap(({ address }) => address ?? []);
        const isOwn = (to: Address) => own.some((each) => formatAddress(each) === formatAddress(to));
        for (const each of classesOf(asked, data, rule.through)) {
          const example = exampleOf(each, isOwn);
          if (example === null) continue;
          const status = statusOf(example);
          for (const to of addressesOf(each.ranges)) {
            if (!isOwn(to)) expect(`${formatAddress(to)} ${statusOf(to)}`).toBe(`${formatAddress(to)} ${status}`);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
