import { chmodSync, chownSync, cpSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { keepTable } from "../../../src/store/last-table.ts";
import { type Ended, mayBeRunBy, runBuilt } from "../../built-program.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

/** Two users without rights: one runs the program, the other attacks. */
export const USER = 65_534;
export const ATTACKER = 12_345;

export const canBeUser = mayBeRunBy(USER);
export const skipped = canBeUser ? "" : " (only root can, where others can read the program)";

function give(path: string, uid: number): void {
  chownSync(path, uid, uid);
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) give(join(path, name), uid);
}

/** A cache whose table drops all traffic or sends it to the internet. */
export async function cacheOf(parent: string, uid: number, nextHopType: "None" | "Internet"): Promise<void> {
  const route = {
    source: "User",
    state: "Active",
    name: "r",
    addressPrefix: ["0.0.0.0/0"],
    nextHopType,
    nextHopIpAddress: [],
  };
  const nicId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n";
  const body = JSON.stringify({ value: [route] });
  const table = { nicId, subscription: "s", fetchedAt: "2026-11-25T00:00:00.000Z", body, subnet: null, nic: null };
  const made = temporaryDirectory();
  keepTable(join(made, "vnet-explain"), table, "public");
  cpSync(made, parent, { recursive: true });
  give(parent, uid);
}

export function directory(parent: string, name: string, uid: number, mode: number): string {
  const path = join(parent, name);
  mkdirSync(path);
  chownSync(path, uid, uid);
  chmodSync(path, mode);
  return path;
}

/** A directory that everybody may enter. */
export function open(): string {
  const path = temporaryDirectory();
  chmodSync(path, 0o755);
  return path;
}

/** Asks for the way to an address in the table fetched last. */
export const asks = (
  cache: string,
  uid: number | undefined,
  env: Record<string, string | undefined> = {},
): Promise<Ended> =>
  runBuilt(["whichroute", "--ip", "8.8.8.8", "-o", "json"], {
    ...(uid !== undefined && { uid }),
    env: { VNET_EXPLAIN_CACHE: cache, ...env },
  });
