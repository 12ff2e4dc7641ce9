import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatPrefix } from "../../src/net/prefix.ts";
import { nicId, route, subnetId } from "../analysis/fleet/fleet.ts";
import { writeSnapshot } from "../store/snapshot/snapshot-files.ts";

/** The body that Azure would send for these rows; see `route`. */
export function body(...rows: readonly string[]): string {
  const value = rows.map(route).map(({ fields: _, addressPrefix, ...rest }) => ({
    ...rest,
    addressPrefix: addressPrefix.map(formatPrefix),
  }));
  return JSON.stringify({ value });
}

const LOCAL = "10.0.0.0/16 VnetLocal";
export const DIRECT = body(LOCAL, "0.0.0.0/0 Internet");
export const NVA = body(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva");
/** The same next hop by a route of another name. */
const NVA_OF_SPOKE = body(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.4 default");

/** A NIC of the snapshot: its name, its subnet, and its table; null for a stopped one. */
export type FixtureNic = readonly [nic: string, subnet: string, body: string | null, more?: object];

/** Two subnets behind an appliance, one that bypasses it, one whose VM is stopped. */
export const FLEET: readonly FixtureNic[] = [
  ["web01", "hub/app", NVA],
  ["web02", "hub/app", NVA],
  ["db01", "spoke/db", NVA_OF_SPOKE],
  ["mgmt", "hub/mgmt", DIRECT],
  ["batch", "spoke/batch", null],
];

/** Writes a snapshot directory and returns its path. */
export function snapshotDirectory(path: string, nics: readonly FixtureNic[] = FLEET, more: object = {}): string {
  mkdirSync(path, { recursive: true });
  writeSnapshot(path, {
    nics: nics.map(([nic, subnet, text, other = {}]) => ({
      nicId: nicId(nic),
      subnetId: subnetId(subnet),
      outcome: text === null ? "stopped" : "ok",
      body: text,
      ...other,
    })),
    ...more,
  });
  return path;
}

/** Writes a folder of files and returns its path. */
export function exportFolder(path: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  mkdirSync(path, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}
