import { membersOf, memberTables } from "../../src/analysis/fleet/members.ts";
import { checkSnapshot } from "../../src/analysis/fleet/policy.ts";
import { summaryOf } from "../../src/analysis/fleet/summary.ts";
import type { Policy } from "../../src/analysis/policy/policy.ts";
import { readPolicy } from "../../src/analysis/policy/read-policy.ts";
import { traceData } from "../../src/analysis/trace/from-snapshot.ts";
import { roundTrip } from "../../src/analysis/trace/round-trip.ts";
import { startOf } from "../../src/analysis/trace/start.ts";
import { parseAddress } from "../../src/net/address.ts";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import type { RouteTable } from "../../src/routes/effective-route.ts";
import type { Snapshot } from "../../src/topology/snapshot.ts";
import { type Draft, hubAndSpokes, network, nic, peering, snapshotOfDraft } from "../analysis/trace/lab.ts";
import type { Contender, Row } from "./row.ts";

const SPOKES = 200;

const spokePrefix = (at: number) => `10.${at + 1}.0.0/16`;

/** A hub with an appliance, and 200 spokes with this many NICs each. A table has about twenty rows, as Azure's do. */
function fleet(nicsPerSpoke: number): Snapshot {
  const spokes = Array.from({ length: SPOKES }, (_, at) => at);
  const draft: Draft = { ...hubAndSpokes(), networks: [], nics: [], tables: {} };
  const hub = spokes.map((at) => peering("hub", `spoke${at}`, spokePrefix(at)));
  draft.networks.push(network("hub", "10.0.0.0/16", hub));
  draft.nics.push(nic("nva", "hub", "10.0.1.4", { ipForwarding: true }));
  const none = Array.from({ length: 18 }, (_, at) => `25.${at}.0.0/16 Default None`);
  draft.tables.nva = [
    "10.0.0.0/16 Default VnetLocal",
    ...spokes.map((at) => `${spokePrefix(at)} Default VNetPeering`),
    ...none,
  ];
  for (const at of spokes) {
    draft.networks.push(network(`spoke${at}`, spokePrefix(at), [peering(`spoke${at}`, "hub", "10.0.0.0/16")]));
    const rows = [
      ...[`${spokePrefix(at)} Default VnetLocal`, "10.0.0.0/16 Default VNetPeering"],
      ...["0.0.0.0/0 User VirtualAppliance 10.0.1.4", ...none],
    ];
    for (let host = 0; host < nicsPerSpoke; host++) {
      draft.nics.push(nic(`vm${at}-${host}`, `spoke${at}`, `10.${at + 1}.0.${host + 4}`));
      draft.tables[`vm${at}-${host}`] = rows;
    }
  }
  return snapshotOfDraft(draft);
}

function timed(work: () => void): Contender {
  return {
    name: "vnet-explain",
    async sample() {
      const start = performance.now();
      work();
      return { value: performance.now() - start, cpu: null };
    },
  };
}

function walk(data: ReturnType<typeof traceData>, from: string, to: string): void {
  const question = { from: startOf(data, from), to: parseAddress(to), protocol: null, port: null };
  const { symmetry } = roundTrip(data, question, true);
  if (symmetry?.symmetric !== true) throw new Error(`${from} to ${to} is not symmetric`);
}

/** Rows about traces. */
export const traceRows: readonly Row[] = [
  {
    id: "trace-nics",
    what: "a trace there and back in a snapshot of 10,000 NICs, after loading",
    unit: "ms",
    rounds: 7,
    limits: [{ of: null, reach: 150, bound: 600 }],
    open: async () => {
      const snapshot = fleet(50);
      return { contenders: [timed(() => walk(traceData(snapshot, null), "nic:vm3-7", "10.150.0.9"))] };
    },
  },
  {
    id: "trace-pairs",
    what: "traces there and back between all pairs of 200 subnets",
    unit: "ms",
    rounds: 2,
    limits: [{ of: null, reach: 10_000, bound: 40_000 }],
    open: async () => {
      const data = traceData(fleet(1), null);
      const work = () => {
        for (let from = 0; from < SPOKES; from++) {
          for (let to = 0; to < from; to++) walk(data, `nic:vm${from}-0`, `10.${to + 1}.0.4`);
        }
      };
      return { contenders: [timed(work)] };
    },
  },
  {
    id: "reach-subnets",
    what: "a reach rule with replies, from 200 subnets to each other through an appliance",
    unit: "ms",
    rounds: 2,
    limits: [{ of: null, reach: 10_000, bound: 40_000 }],
    open: async () => {
      const rule =
        "{from: 'spoke*', to: 10.0.0.0/8, except: 10.0.0.0/16, through: nva, symmetric: true, expect: arrives}";
      const policy = await readPolicy(`rules: [{reach: ${rule}}]`, "bench");
      const snapshot = withAzureIds(fleet(1));
      return { contenders: [timed(() => judge(policy, snapshot))] };
    },
  },
];

/** Subnets are named by their resource ids. */
function withAzureIds(snapshot: Snapshot): Snapshot {
  const networks = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/";
  const nics = snapshot.nics.map((nic) => ({
    ...nic,
    subnetId: nic.subnetId === null ? null : networks + nic.subnetId,
  }));
  return { ...snapshot, nics };
}

/** Each spoke reaches the other 199, and address space that belongs to no network. */
function judge(policy: Policy, snapshot: Snapshot): void {
  const members = membersOf(snapshot);
  const subject = {
    tables: memberTables(members, snapshot),
    summary: summaryOf(snapshot, members),
    topology: snapshot.topology,
    unreadParts: undefined,
    isOfExports: false,
    withoutTable: members.withoutTable,
    annotate: (table: RouteTable) => annotateTable(table, null),
    traces: () => traceData(snapshot, null),
  };
  const { results } = checkSnapshot(policy, subject, null);
  const classes = results.flatMap(({ reach }) => reach?.classes ?? []);
  if (classes.every((count) => count < SPOKES)) throw new Error(`judged only ${classes.join()}`);
}
