import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundTrip } from "../../../src/analysis/trace/round-trip.ts";
import { MOST_HOPS, trace } from "../../../src/analysis/trace/walk.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { contains, parsePrefix } from "../../../src/net/prefix.ts";
import { explain } from "../../../src/selection/explain.ts";
import { type Draft, dataOf, hubAndSpokes, network, nic, peering, question, subnetId } from "./lab.ts";

/** A NIC of a random network of networks: its place, its routes and what is known of it. */
interface RandomNic {
  readonly network: number;
  readonly host: number;
  readonly forwarding: boolean | null;
  readonly hasTable: boolean;
  /** User routes: the networks that they lead to (-1: everything) and the NICs that are their next hops; -1: None. */
  readonly routes: readonly { readonly to: number; readonly hops: readonly number[] }[];
}

interface RandomLab {
  readonly networks: number;
  /** Pairs of peered networks. */
  readonly peerings: readonly (readonly [number, number])[];
  readonly nics: readonly RandomNic[];
}

const MOST_NETWORKS = 4;

const randomNic: fc.Arbitrary<RandomNic> = fc.record({
  network: fc.nat(MOST_NETWORKS - 1),
  host: fc.integer({ min: 4, max: 9 }),
  forwarding: fc.constantFrom(true, true, true, false, null),
  hasTable: fc.boolean().chain((sure) => (sure ? fc.constant(true) : fc.boolean())),
  routes: fc.array(
    fc.record({
      to: fc.integer({ min: -1, max: MOST_NETWORKS - 1 }),
      hops: fc.uniqueArray(fc.integer({ min: -1, max: 6 }), { minLength: 1, maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
});

const randomLab: fc.Arbitrary<RandomLab> = fc.record({
  networks: fc.integer({ min: 1, max: MOST_NETWORKS }),
  peerings: fc.uniqueArray(fc.tuple(fc.nat(MOST_NETWORKS - 1), fc.nat(MOST_NETWORKS - 1)), {
    maxLength: 5,
    selector: ([a, b]) => [Math.min(a, b), Math.max(a, b)].join(),
  }),
  nics: fc.uniqueArray(randomNic, {
    minLength: 2,
    maxLength: 7,
    selector: (each) => `${each.network % MOST_NETWORKS}.${each.host}`,
  }),
});

const prefixOf = (at: number) => `10.${at}.0.0/16`;
const nameOf = (at: number) => `n${at}`;

/** The random lab as a topology, and the addresses of its NICs. */
function draftOf({ networks, peerings, nics }: RandomLab): {
  readonly draft: Draft;
  readonly addresses: readonly string[];
} {
  const draft: Draft = { ...hubAndSpokes(), networks: [], nics: [], tables: {} };
  const joined = peerings.filter(([a, b]) => a !== b && a < networks && b < networks);
  const near = (at: number) => joined.flatMap(([a, b]) => (a === at ? [b] : b === at ? [a] : []));
  for (let at = 0; at < networks; at++) {
    const own = near(at).map((other) => peering(nameOf(at), nameOf(other), prefixOf(other)));
    draft.networks.push(network(nameOf(at), prefixOf(at), own));
  }
  const seen = new Set<string>();
  const addresses: string[] = [];
  const kept: RandomNic[] = [];
  for (const each of nics) {
    const address = `10.${each.network % networks}.0.${each.host}`;
    if (seen.has(address)) continue;
    seen.add(address);
    addresses.push(address);
    kept.push(each);
  }
  for (const [at, each] of kept.entries()) {
    const own = each.network % networks;
    draft.nics.push(nic(`nic${at}`, nameOf(own), addresses[at] ?? "", { ipForwarding: each.forwarding }));
    if (!each.hasTable) continue;
    draft.tables[`nic${at}`] = [
      `${prefixOf(own)} Default VnetLocal`,
      ...near(own).map((other) => `${prefixOf(other)} Default VNetPeering`),
      ...each.routes.map(({ to, hops }) => {
        const found = hops.map((hop) => addresses[hop]).filter((address) => address !== undefined);
        const prefix = to < 0 || to >= networks ? "0.0.0.0/0" : prefixOf(to);
        return found.length === 0 ? `${prefix} User None` : `${prefix} User VirtualAppliance ${found.join()}`;
      }),
    ];
  }
  return { draft, addresses };
}

/** What the slow walker finds: every way is walked to its end on its own. */
interface Found {
  readonly ends: Set<string>;
  readonly met: Set<string>;
}

/** Walks every way, without remembering what other ways have found. The rules are written out once more, literally. */
function slowWalk(draft: Draft, start: string, to: string): Found {
  const found: Found = { ends: new Set(), met: new Set() };
  const inNetwork = (name: string) =>
    draft.nics.filter(({ ipConfigurations }) => ipConfigurations[0]?.subnetId === subnetId(name, "main"));
  const addressOf = (name: string) =>
    draft.nics.find((each) => each.name === name)?.ipConfigurations[0]?.address ?? null;
  const owner = (own: string, rows: readonly string[], address: string): string | null | undefined => {
    const value = parseAddress(address).value;
    const has = (network: string) =>
      inNetwork(network).find((each) => each.ipConfigurations[0]?.address?.value === value)?.name;
    const local = has(own);
    if (local !== undefined) return local;
    const covers = rows.some(
      (row) => / Default /.test(row) && contains(parsePrefix(row.split(" ")[0] ?? ""), parseAddress(address)),
    );
    // Null: a network that is reached has no such host. Undefined: no network is reached.
    if (!covers) return undefined;
    const peered = draft.networks.find(({ addressPrefixes }) =>
      addressPrefixes.some((prefix) => contains(prefix, parseAddress(address))),
    );
    return peered === undefined ? undefined : (has(peered.name) ?? null);
  };
  const end = (disposition: string) => found.ends.add(disposition);
  const walk = (name: string, path: readonly string[]): unknown => {
    found.met.add(name);
    const self = draft.nics.find((each) => each.name === name);
    if (path.length > 0 && self?.ipForwarding === false) return end("dropped");
    // A packet for the appliance itself goes no further.
    if (path.length > 0 && addressOf(name)?.value === parseAddress(to).value) return deliver(name);
    const rows = draft.tables[name];
    if (rows === undefined) return end("unknown");
    const own = self?.ipConfigurations[0]?.subnetId?.split("/")[0] ?? "";
    const covering = rows
      .map((row) => row.split(" "))
      .filter(([prefix = ""]) => contains(parsePrefix(prefix), parseAddress(to)))
      .map(([prefix = "", source = "", type = "", hops = ""]) => ({
        length: Number(prefix.split("/")[1]),
        source,
        type,
        hops,
      }));
    const longest = covering.filter(({ length }) => length === Math.max(...covering.map((each) => each.length)));
    const users = longest.filter(({ source }) => source === "User");
    const winners = users.length > 0 ? users : longest;
    if (winners.length === 0) return end("no-route");
    const going = winners.filter(({ type }) => type !== "None");
    if (going.length === 0) return end("dropped");
    if (going[0]?.type !== "VirtualAppliance") {
      const host = owner(own, rows, to);
      return host == null ? end("unknown") : deliver(host);
    }
    for (const hop of new Set(going.flatMap(({ hops }) => hops.split(",")))) {
      if (addressOf(name)?.value === parseAddress(hop).value) {
        found.ends.add("loop").add("unknown");
        continue;
      }
      const next = owner(own, rows, hop);
      if (next === undefined) found.ends.add("dropped");
      else if (next === null) found.ends.add("unknown");
      else if (path.includes(next) || next === name) found.ends.add("loop");
      else walk(next, [...path, name]);
    }
  };
  const deliver = (host: string) => {
    found.met.add(host);
    return end("delivered");
  };
  walk(start, []);
  return found;
}

const asked = fc.tuple(fc.nat(), fc.nat(), fc.boolean());

const RUNS = { numRuns: 400 };

describe("a trace through random networks", () => {
  test("ends where walking each way on its own ends, and meets the same NICs", () => {
    fc.assert(
      fc.property(randomLab, asked, (lab, [from, to]) => {
        const { draft, addresses } = draftOf(lab);
        const start = `nic${from % addresses.length}`;
        const target = addresses[to % addresses.length] ?? "";
        const data = dataOf(draft);
        const result = trace(data, question(data, `nic:${start}`, target)).trace;
        const slow = slowWalk(draft, start, target);
        expect(new Set(result.ends.map(({ disposition }) => disposition))).toEqual(slow.ends);
        expect(new Set(result.hops.map(({ name }) => name))).toEqual(slow.met);
      }),
      RUNS,
    );
  });

  test("a table that is missing never makes a drop, a loop or a refusal", () => {
    fc.assert(
      fc.property(randomLab, asked, fc.nat(), (lab, [from, to], gone) => {
        const { draft, addresses } = draftOf(lab);
        const start = `nic:nic${from % addresses.length}`;
        const target = addresses[to % addresses.length] ?? "";
        const before = dataOf(draft);
        const ends = (data: typeof before) => trace(data, question(data, start, target)).trace.ends;
        const was = new Set<string>(ends(before).map(({ disposition }) => disposition));
        delete draft.tables[`nic${gone % addresses.length}`];
        for (const { disposition } of ends(dataOf(draft))) {
          if (disposition !== "unknown") expect(was).toContain(disposition);
        }
      }),
      RUNS,
    );
  });

  test("the order of the inventory and the case of its ids change nothing", () => {
    fc.assert(
      fc.property(randomLab, asked, (lab, [from, to]) => {
        const { draft, addresses } = draftOf(lab);
        const start = `nic:nic${from % addresses.length}`;
        const target = addresses[to % addresses.length] ?? "";
        const data = dataOf(draft);
        const other = dataOf({
          ...draft,
          networks: [...draft.networks].reverse().map((each) => ({
            ...each,
            peerings: [...each.peerings]
              .reverse()
              .map((own) => ({ ...own, remoteNetworkId: own.remoteNetworkId?.toUpperCase() ?? null })),
          })),
          nics: [...draft.nics].reverse(),
        });
        expect(trace(other, question(other, start, target))).toEqual(trace(data, question(data, start, target)));
      }),
      RUNS,
    );
  });

  test("is bounded, and every index that it names is one of its hops", () => {
    fc.assert(
      fc.property(randomLab, asked, (lab, [from, to]) => {
        const { draft, addresses } = draftOf(lab);
        const data = dataOf(draft);
        const { hops, ends } = trace(
          data,
          question(data, `nic:nic${from % addresses.length}`, addresses[to % addresses.length] ?? ""),
        ).trace;
        expect(hops.length).toBeLessThanOrEqual(MOST_HOPS);
        expect(ends.length).toBeGreaterThan(0);
        for (const index of [...hops.flatMap(({ next }) => next), ...ends.map(({ hop }) => hop)]) {
          expect(hops[index - 1]?.index).toBe(index);
        }
      }),
      RUNS,
    );
  });

  test("over one NIC agrees with whichroute", () => {
    fc.assert(
      fc.property(randomLab, asked, (lab, [from, to]) => {
        const { draft, addresses } = draftOf(lab);
        const start = `nic${from % addresses.length}`;
        const data = dataOf(draft);
        const { table } = data.tables.ofNic(start);
        const target = addresses[to % addresses.length] ?? "";
        const [first] = trace(data, question(data, `nic:${start}`, target)).trace.hops;
        expect(first?.explanation ?? null).toEqual(table === null ? null : explain(table, parseAddress(target), null));
      }),
      RUNS,
    );
  });

  test("a network in which everybody uses the same appliance is symmetric for each pair", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), (spokes) => {
        const draft: Draft = { ...hubAndSpokes(), networks: [], nics: [], tables: {} };
        const all = Array.from({ length: spokes }, (_, at) => at + 1);
        draft.networks.push(
          network(
            "hub",
            "10.0.0.0/16",
            all.map((at) => peering("hub", nameOf(at), prefixOf(at))),
          ),
        );
        draft.nics.push(nic("nva", "hub", "10.0.1.4", { ipForwarding: true }));
        draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", ...all.map((at) => `${prefixOf(at)} Default VNetPeering`)];
        for (const at of all) {
          draft.networks.push(network(nameOf(at), prefixOf(at), [peering(nameOf(at), "hub", "10.0.0.0/16")]));
          draft.nics.push(nic(`vm${at}`, nameOf(at), `10.${at}.0.4`));
          draft.tables[`vm${at}`] = [
            `${prefixOf(at)} Default VnetLocal`,
            "10.0.0.0/16 Default VNetPeering",
            "0.0.0.0/0 User VirtualAppliance 10.0.1.4",
          ];
        }
        const data = dataOf(draft);
        for (const from of all) {
          for (const to of all) {
            if (from === to) continue;
            const {
              symmetry,
              trace: there,
              return: back,
            } = roundTrip(data, question(data, `nic:vm${from}`, `10.${to}.0.4`), true);
            expect(symmetry?.symmetric).toBe(true);
            expect(back?.hops.map(({ name }) => name).reverse()).toEqual(there.hops.map(({ name }) => name));
          }
        }
      }),
      { numRuns: 5 },
    );
  });
});
