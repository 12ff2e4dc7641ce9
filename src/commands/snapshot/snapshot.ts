import { type Command, InvalidArgumentError, Option } from "commander";
import { ROUTER_FOLDERS, type RouterFolder } from "../../store/snapshot/router-files.ts";
import { same } from "../../text/same.ts";
import { OWN_OPTIONS } from "../help/option-groups.ts";
import type { CommandContext } from "../shared/command.ts";
import { addAzureAccess } from "../shared/live-options.ts";
import type { SnapshotOptions } from "./run-snapshot.ts";

const DESCRIPTION = `Save the effective route tables of many network interfaces and the networks around them.

It asks one running NIC of each subnet, because all NICs of a subnet have the same
effective routes. The same command resumes an interrupted run.

Examples:
  vnet-explain snapshot today --subscription prod --subscription hub
  vnet-explain snapshot today --vnet vnet-hub --dry-run
  vnet-explain snapshot today --max-age 1h
  vnet-explain diff yesterday today --exit-code`;

/** Azure's allowance for writes covers this many calls at once for a while. */
const DEFAULT_CONCURRENCY = 64;
const MOST_CONCURRENCY = 500;

/** Declares `snapshot`. */
export function declare(command: Command, { start }: CommandContext): void {
  const subscription = new Option(
    "--subscription <id|name>",
    "may be repeated (default: all that you can see)",
  ).argParser((value: string, before: readonly string[] = []) => [...before, value]);
  command
    .description(DESCRIPTION)
    .argument("<directory>", "new, empty, or a snapshot to take again")
    .addOption(subscription)
    .addOption(
      new Option("--management-group <id>", "all subscriptions of this management group").conflicts("subscription"),
    )
    .option("-g, --resource-group <name>", "only NICs of this group; with --vnet, its group")
    .option("--vnet <name|id>", "only NICs in this virtual network")
    .option("--subnet <name|id>", "only NICs in this subnet")
    .option("--all-nics", "ask every running NIC, not one per subnet")
    .option("--concurrency <n>", `NICs asked at once (default: ${DEFAULT_CONCURRENCY})`, count, DEFAULT_CONCURRENCY)
    .option("--max-age <time>", "keep tables that are younger, e.g. 30m, 1h, 2d", duration)
    .option("--with <kinds>", "also keep tables of routers: gateways,hubs,circuits", routerFolders)
    .option("--dry-run", "print the cost, and write nothing");
  addAzureAccess(command, undefined, null)
    .optionsGroup(OWN_OPTIONS)
    .action(async (directory: string, options: SnapshotOptions, self: Command) => {
      const { runSnapshot } = await import("./run-snapshot.ts");
      await start(self, (io) => runSnapshot(directory, options, io));
    });
}

/** @throws InvalidArgumentError, which commander reports. */
function count(text: string): number {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= MOST_CONCURRENCY) return value;
  throw new InvalidArgumentError(`Give a number from 1 to ${MOST_CONCURRENCY}.`);
}

/** @throws InvalidArgumentError, which commander reports. */
function routerFolders(text: string, before: readonly RouterFolder[] = []): readonly RouterFolder[] {
  const kinds = text.split(",").map((part) => {
    const kind = ROUTER_FOLDERS.find((each) => same(each, part.trim()));
    if (kind === undefined)
      throw new InvalidArgumentError(`Allowed: ${ROUTER_FOLDERS.join(", ")}, separated by commas.`);
    return kind;
  });
  return [...new Set([...before, ...kinds])];
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of `90s`, `30m`, `1h`, `2d`.
 * @throws InvalidArgumentError, which commander reports.
 */
function duration(text: string): number {
  const [, value = "", unit = ""] = /^(\d{1,6}(?:\.\d{1,3})?) ?(s|m|h|d)$/i.exec(text.trim()) ?? [];
  const length = Number(value) * (UNITS[unit.toLowerCase()] ?? 0);
  if (value === "") throw new InvalidArgumentError("Give a time with its unit, such as 90s, 30m, 1h or 2d.");
  return length;
}
