import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { readSnapshotDirectory } from "../../../src/store/snapshot/snapshot-directory.ts";
import { nameOf } from "../../../src/topology/resource-id.ts";
import { SyntheticAzure, type SyntheticOptions } from "../../azure/fleet/synthetic-azure.ts";
import { type FleetResource, syntheticFleet } from "../../azure/fleet/synthetic-fleet.ts";
import { SyntheticTables, type TableOptions } from "../../azure/fleet/synthetic-tables.ts";
import { SUBSCRIPTION, TOKEN } from "../../azure/live.ts";
import { type LoopbackArm, startLoopbackArm } from "../../azure/loopback-arm.ts";
import { type Ended, type RunOptions, runBuilt, scratchDirectory } from "../../built-program.ts";

/** The built program before a loopback Azure with a fleet; all new for each test. */
export interface FleetProgram {
  readonly arm: LoopbackArm;
  /** Where the snapshot goes; it does not exist at first. */
  readonly directory: string;
  /** Puts a fleet into Azure; by default three networks with two subnets each, of two NICs each. */
  offer(options?: FleetOffer): SyntheticTables;
  /** Takes a snapshot, eight NICs at once. */
  snapshot(args?: readonly string[], options?: RunOptions): Promise<Ended>;
}

interface FleetOffer extends Partial<Omit<TableOptions, "resources">> {
  readonly resources?: readonly FleetResource[];
  readonly azure?: Partial<SyntheticOptions>;
}

/** The fleet of most tests. */
export const smallFleet = () => syntheticFleet({ subscription: SUBSCRIPTION, networks: 3, subnets: 2, nics: 12 });

/** Called once at the top of a file of tests. */
export function fleetProgram(): FleetProgram {
  let arm: LoopbackArm;
  let scratch: ReturnType<typeof scratchDirectory>;

  beforeEach(async () => {
    arm = await startLoopbackArm({ token: TOKEN });
    scratch = scratchDirectory();
  });
  afterEach(async () => {
    await arm.close();
    scratch.remove();
  });
  const directory = () => join(scratch.path, "snapshot");
  return {
    get arm() {
      return arm;
    },
    get directory() {
      return directory();
    },
    offer({ resources = smallFleet(), azure = {}, ...options } = {}) {
      const subscriptions = [{ id: SUBSCRIPTION, name: "prod" }];
      const inventory = new SyntheticAzure({ subscriptions, resources, ...azure });
      const tables = new SyntheticTables({ resources, ...options });
      arm.serve((request) => tables.respond(request) ?? inventory.respond(request));
      return tables;
    },
    snapshot(args = [], options = {}) {
      const words = ["snapshot", directory(), "--concurrency", "8", "--arm-endpoint", arm.url, ...args];
      return runBuilt(words, { ...options, env: { ...signedIn(scratch.path), ...options.env } });
    },
  };
}

/** The environment of a user with a token. */
function signedIn(path: string): Readonly<Record<string, string>> {
  return { AZURE_ACCESS_TOKEN: TOKEN, AZURE_CONFIG_DIR: path, VNET_EXPLAIN_CACHE: join(path, "cache") };
}

/** The table of each NIC of a snapshot, and the NIC that it came from. */
export function tablesOf(directory: string): Readonly<Record<string, string>> {
  const { journal, body } = readSnapshotDirectory(directory);
  return Object.fromEntries(
    journal
      .map(({ nicId, outcome, standInId, body: hash }) => {
        const by = standInId === null ? "" : ` by ${nameOf(standInId)}`;
        return [nameOf(nicId), `${outcome}${by}: ${hash === null ? "" : body(hash)}`] as const;
      })
      .sort(),
  );
}
