import { setTimeout as pause } from "node:timers/promises";
import { type AzureError, type AzureErrorCode, isAzureError } from "../../azure/failure/azure-error.ts";
import { type Address, formatAddress, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { comparePrefixes, formatPrefix, type Prefix, parsePrefix } from "../../net/prefix.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import { DEFAULT_TIMEOUT_SECONDS } from "../shared/live-options.ts";
import type { LoadedRoutes } from "../shared/route-source.ts";

/** The options of --wait-for. */
export interface WaitOptions {
  readonly waitFor?: string | undefined;
  readonly via?: string | undefined;
  readonly gone?: boolean | undefined;
  /** Seconds between two polls. */
  readonly interval?: number | undefined;
  /** Seconds in total. */
  readonly timeout?: number | undefined;
}

/** A route to wait for; `gone`: until it has disappeared. */
interface WantedRoute {
  readonly prefix: Prefix;
  readonly via: Address | null;
  readonly gone: boolean;
}

const DEFAULT_INTERVAL_SECONDS = 10;

/**
 * The route to wait for; null without --wait-for.
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
    "--via, --gone and --interval work only with --wait-for",
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

/** Whether an active row has exactly this prefix, and this next hop if one is given. */
function isThere({ routes }: RouteTable, { prefix, via }: WantedRoute): boolean {
  return routes.some(
    ({ state, addressPrefix, nextHopIpAddress }) =>
      same(state, "Active") &&
      addressPrefix.some((own) => comparePrefixes(own, prefix) === 0) &&
      (via === null || hasHop(nextHopIpAddress, via)),
  );
}

/** Errors that may pass while waiting: a busy or throttled Azure, a lost connection, a VM that is still starting. */
const NOT_YET: ReadonlySet<AzureErrorCode> = new Set([
  "busy",
  "throttled",
  "azure-trouble",
  "operation-failed",
  "network-cut",
  "vm-not-running",
]);

/** Errors that may pass too once Azure has returned a table, which shows that NIC and access are right. */
const NOT_NOW: ReadonlySet<AzureErrorCode> = new Set([
  ...NOT_YET,
  "network-dns",
  "network-refused",
  "network-failed",
  "sign-in-unreachable",
]);

const isOneOf = (codes: ReadonlySet<AzureErrorCode>, error: unknown): error is AzureError =>
  isAzureError(error) && codes.has(error.code);

/**
 * The table to wait from, read again until Azure has one. `load` gets the time that is left, in milliseconds.
 * @throws what `load` throws, after the timeout also what passes by itself
 */
export async function firstTable(
  load: (withinMs: number) => Promise<LoadedRoutes>,
  { timeout = DEFAULT_TIMEOUT_SECONDS, interval = DEFAULT_INTERVAL_SECONDS }: WaitOptions,
  started: number,
  terminal: Terminal,
): Promise<LoadedRoutes> {
  const deadline = started + 1000 * timeout;
  try {
    for (;;) {
      try {
        return await load(deadline - Date.now());
      } catch (error) {
        if (!isOneOf(NOT_YET, error) || Date.now() + 1000 * interval >= deadline) throw error;
        terminal.progress(`not yet: ${error.message.split("\n")[0]}`);
        await pause(1000 * interval);
      }
    }
  } finally {
    terminal.progress(null);
  }
}

/** Whether the call exceeded the remaining time limit. */
function isTimeout(error: unknown): boolean {
  return isAzureError(error) && error.code === "timeout";
}

/**
 * Polls Azure until the route appears, or disappears, and returns the table of that poll. The timeout counts from
 * `started`, in milliseconds since 1970.
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
    throw new UserError("wait-without-nic", "--wait-for needs routes from Azure", "give --nic <name>");
  }
  const deadline = started + 1000 * timeout;
  const via = wanted.via === null ? "" : ` via ${formatAddress(wanted.via)}`;
  const what = `${formatPrefix(wanted.prefix)}${via}`;
  const timedOut = () =>
    new UserError(
      "route-not-as-wanted",
      `${what} ${wanted.gone ? "still has an active route" : "has no active route"} after ${timeout} s`,
      "wait longer with --timeout <seconds>, or see the table: vnet-explain routes --refresh",
      "unexpected",
    );
  let current = table;
  try {
    while (isThere(current, wanted) === wanted.gone) {
      terminal.progress(`waiting for ${what} to ${wanted.gone ? "disappear" : "appear"}`);
      await pause(Math.min(1000 * interval, Math.max(0, deadline - Date.now())));
      const left = deadline - Date.now();
      if (left <= 0) throw timedOut();
      try {
        current = await live.again(left);
      } catch (error) {
        if (isTimeout(error)) throw timedOut();
        if (!isOneOf(NOT_NOW, error)) throw error;
      }
    }
    return current;
  } finally {
    terminal.progress(null);
  }
}
