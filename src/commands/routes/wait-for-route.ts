import { setTimeout as pause } from "node:timers/promises";
import { isAzureError } from "../../azure/failure/azure-error.ts";
import { type Address, formatAddress, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { comparePrefixes, formatPrefix, type Prefix, parsePrefix } from "../../net/prefix.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import { DEFAULT_TIMEOUT_SECONDS } from "../shared/live-options.ts";
import type { LoadedRoutes } from "../shared/route-source.ts";

/** What `routes` waits for. */
export interface WaitOptions {
  readonly waitFor?: string | undefined;
  readonly via?: string | undefined;
  readonly gone?: boolean | undefined;
  /** Seconds between two questions. */
  readonly interval?: number | undefined;
  /** Seconds, over all. */
  readonly timeout?: number | undefined;
}

/** A route that must be there, or must be gone. */
interface WantedRoute {
  readonly prefix: Prefix;
  readonly via: Address | null;
  readonly gone: boolean;
}

const DEFAULT_INTERVAL_SECONDS = 10;

/**
 * The route that the options want; null where they want none.
 * @throws UserError
 */
export function wantedRoute({ waitFor, via, gone, interval }: WaitOptions): WantedRoute | null {
  if (waitFor !== undefined) {
    const prefix = parsePrefix(waitFor);
    return { prefix, via: via === undefined ? null : parseAddress(via), gone: gone === true };
  }
  if (via === undefined && gone === undefined && interval === undefined) return null;
  throw new UserError(
    "wait-options",
    "--via, --gone and --interval belong to --wait-for",
    "add --wait-for <prefix>, e.g. --wait-for 0.0.0.0/0 --via 10.0.1.4",
  );
}

function hasHop(addresses: readonly string[], via: Address): boolean {
  return addresses.some((text) => {
    try {
      return formatAddress(parseAddress(text)) === formatAddress(via);
    } catch (error) {
      if (isAddressError(error)) return false;
      throw error;
    }
  });
}

/** Whether the table is as wanted: an active row has exactly that prefix, by that next hop where one is named. */
function isThere({ routes }: RouteTable, { prefix, via }: WantedRoute): boolean {
  return routes.some(
    ({ state, addressPrefix, nextHopIpAddress }) =>
      same(state, "Active") &&
      addressPrefix.some((own) => comparePrefixes(own, prefix) === 0) &&
      (via === null || hasHop(nextHopIpAddress, via)),
  );
}

/** The time that is left ended the question, not Azure. */
function isTimeout(error: unknown): boolean {
  return isAzureError(error) && error.code === "timeout";
}

/**
 * Asks Azure again and again until the route is there, or gone; gives the table that it was seen in. `started`: when the command was, in
 * milliseconds since 1970, from which the timeout counts.
 * @throws UserError after the timeout and for routes that are not a NIC's; AzureError
 */
export async function waitForRoute(
  wanted: WantedRoute,
  { table, live }: LoadedRoutes,
  { timeout = DEFAULT_TIMEOUT_SECONDS, interval = DEFAULT_INTERVAL_SECONDS }: WaitOptions,
  started: number,
  terminal: Terminal,
): Promise<RouteTable> {
  if (live === null) {
    throw new UserError(
      "wait-without-nic",
      "--wait-for asks Azure again and again, and these routes come from elsewhere",
      "give --nic <name>",
    );
  }
  const deadline = started + 1000 * timeout;
  const via = wanted.via === null ? "" : ` via ${formatAddress(wanted.via)}`;
  const what = `${formatPrefix(wanted.prefix)}${via}`;
  const tooLate = () =>
    new UserError(
      "route-not-as-wanted",
      `${what} ${wanted.gone ? "still has an active route" : "has no active route"} after ${timeout} s`,
      "wait longer with --timeout <seconds>, or look at the table: vnet-explain routes --refresh",
      "unexpected",
    );
  let current = table;
  try {
    while (isThere(current, wanted) === wanted.gone) {
      terminal.progress(`waiting for ${what} to ${wanted.gone ? "go" : "come"}`);
      await pause(Math.min(1000 * interval, Math.max(0, deadline - Date.now())));
      const left = deadline - Date.now();
      if (left <= 0) throw tooLate();
      current = await live.again(left).catch((error) => {
        throw isTimeout(error) ? tooLate() : error;
      });
    }
    return current;
  } finally {
    terminal.progress(null);
  }
}
