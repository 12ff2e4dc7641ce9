import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasSharedData, sharedPath } from "../shared-data.ts";
import { writeSnapshot } from "../store/snapshot/snapshot-files.ts";
import { mostMemory, tellsMemory } from "./memory.ts";
import { program } from "./program.ts";
import { largeTable } from "./routes-for-bench.ts";
import type { Row, Workbench } from "./row.ts";

/** The number of NICs in the snapshots. */
const NICS = 10_000;

const GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Network";

/** Rows of captured tables, or of a generated one if there are none. Captures with masked prefixes are left out. */
function captures(): readonly (readonly object[])[] {
  if (!hasSharedData)
    return [20, 40, 60].map((count) => (largeTable(count) as { readonly value: readonly object[] }).value);
  const folder = sharedPath("data/captures");
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  return texts
    .filter((text) => !text.includes("<PUBLIC_IP>"))
    .map((text) => JSON.parse(text).value ?? JSON.parse(text));
}

/**
 * Writes a snapshot of 10,000 NICs with this many distinct tables, and returns its path. Each table is a captured one
 * with a user route of its own. `moved` changes the next hop of that route in every tenth table.
 */
function snapshotOf({ scratch }: Workbench, name: string, distinct: number, moved = false): string {
  const path = join(scratch, name);
  if (existsSync(path)) return path;
  const bases = captures();
  const body = (at: number) => {
    const own = {
      name: "own",
      disableBgpRoutePropagation: false,
      source: "User",
      state: "Active",
      addressPrefix: [`172.${16 + ((at >> 12) & 15)}.${(at >> 4) & 255}.${(at & 15) << 4}/28`],
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: [`10.${moved && at % 10 === 0 ? 1 : 0}.${(at >> 8) & 255}.${at & 255}`],
    };
    return JSON.stringify({ value: [...(bases[at % bases.length] ?? []), own] });
  };
  mkdirSync(path);
  writeSnapshot(path, {
    nics: Array.from({ length: NICS }, (_, at) => ({
      nicId: `${GROUP}/networkInterfaces/nic${at}`,
      subnetId: `${GROUP}/virtualNetworks/net${(at % distinct) % 100}/subnets/s${at % distinct}`,
      body: body(at % distinct),
    })),
  });
  return path;
}

/** The rules of three shipped policies, as notes, because an exit code other than 0 fails the run. */
function policy({ scratch }: Workbench): string {
  const path = join(scratch, "fleet-policy.yaml");
  writeFileSync(
    path,
    `rules:
  - {id: reachable, severity: note, to: ["0.0.0.0/0", "::/0"], expect: {not: {appliance: unreachable}}}
  - {id: firewall, severity: note, to: internet, expect: {appliance: used}}
  - {id: bypass, severity: note, to: internet, expect: {not: {appliance: bypassed}}}
  - {id: private, severity: note, to: private, expect: [{not: {appliance: bypassed}}, {next-hop: [VNetPeering, VNetGlobalPeering]}]}
`,
  );
  return path;
}

function check(id: string, distinct: number, reach: number, bound: number): Row {
  return {
    id,
    what: `check of 10,000 tables of which ${distinct.toLocaleString("en")} are distinct, 3 policies`,
    unit: "ms",
    rounds: 3,
    limits: [{ of: null, reach, bound }],
    open: async (bench) => {
      const args = ["check", policy(bench), snapshotOf(bench, `fleet-${distinct}`, distinct)];
      return { contenders: [program(bench, args, { expect: "passed" })] };
    },
  };
}

/** Commands on a snapshot of 10,000 NICs. */
export const fleetReadRows: readonly Row[] = [
  check("fleet-check", 300, 3000, 9000),
  check("fleet-check-distinct", NICS, 12_000, 36_000),
  {
    id: "fleet-check-memory",
    what: "check of 10,000 tables of which 300 are distinct, the most memory that it has",
    unit: "MB",
    rounds: 2,
    limits: [{ of: null, reach: 250, bound: 350 }],
    open: async (bench) => {
      const args = [bench.program, "check", policy(bench), snapshotOf(bench, "fleet-300", 300)];
      const name = "vnet-explain";
      const sample = async () => ({ value: await mostMemory(args, { VNET_EXPLAIN_CACHE: bench.cache }), cpu: null });
      return { contenders: [tellsMemory ? { name, sample } : { name, absent: "this system does not tell it" }] };
    },
  },
  {
    id: "fleet-diff",
    what: "diff of two such snapshots",
    unit: "ms",
    rounds: 3,
    limits: [{ of: null, reach: 3000, bound: 9000 }],
    open: async (bench) => {
      const [before, after] = [snapshotOf(bench, "fleet-300", 300), snapshotOf(bench, "fleet-300-moved", 300, true)];
      return { contenders: [program(bench, ["diff", before, after], { expect: "change next hop in 30 of 300" })] };
    },
  },
];
