import type { ExportFormatName } from "../../analysis/export/formats.ts";
import { overviewOf } from "../../analysis/fleet/overview.ts";
import { summaryOf } from "../../analysis/fleet/summary.ts";
import { summaryText } from "../../output/results/snapshot/summary-text.ts";
import { firstOf } from "../../text/first-of.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { optionFlag } from "../shared/option-flag.ts";
import { ofOneTable } from "../shared/snapshot/given-snapshot.ts";
import { type LoadOptions, loadSnapshot } from "../shared/snapshot/load-snapshot.ts";
import { snapshotPage } from "../shared/snapshot/page.ts";
import { loadTags, noteOnTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { type FilterOptions, hasEndpointRows } from "./filter.ts";
import type { WaitOptions } from "./wait-for-route.ts";

interface Options extends LoadOptions, FilterOptions, WaitOptions, TagSourceOptions {
  readonly export?: ExportFormatName | undefined;
  readonly out?: string | undefined;
}

/** Options about the rows of a table. */
const OF_A_TABLE = ["source", "nextHop", "state", "tag", "contains", "waitFor"] as const;

/**
 * Prints which subnets a snapshot has, which NIC answers for each, and which of them forward alike; or exports all its
 * tables.
 * @throws UserError for options about the rows of one table.
 */
export async function runRoutesOfSnapshot(path: string, options: Options, io: CommandIO): Promise<void> {
  const given = OF_A_TABLE.find((name) => options[name] !== undefined);
  if (given !== undefined) throw ofOneTable(optionFlag(given));
  const loaded = await loadSnapshot(path, options, io.terminal);
  const { snapshot, members } = loaded;
  const summary = summaryOf(snapshot, members);
  if (options.export !== undefined) {
    const { modelOfSnapshot, writeExport } = await import("./export.ts");
    const tags = await loadTags({ ...options, cloud: options.cloud ?? loaded.cloud ?? undefined }, io.terminal);
    if ([...snapshot.tables.values()].some(hasEndpointRows))
      noteOnTags(tags, options.cloud ?? loaded.cloud, io.terminal);
    io.terminal.note(summaryText(summary));
    const model = modelOfSnapshot(loaded, tags);
    const unknown = model.onlyTableId === null ? model.nics.filter(({ mac }) => mac === null).length : 0;
    if (unknown > 0) io.terminal.note(unknownMacs(unknown, model.nics.length));
    return writeExport(model, { format: options.export, out: options.out }, io.terminal);
  }
  await io.print({
    kind: "snapshot-routes",
    report: { schemaVersion: "1.0", members: overviewOf(snapshot, members), snapshot: summary },
    page: snapshotPage({ snapshot, members }, null),
  });
  io.terminal.note(summaryText(summary));
  if (snapshot.gatewayTables.length > 0) {
    const { keptRouters } = await import("../shared/snapshot/choose-router.ts");
    const names = firstOf(keptRouters(snapshot.gatewayTables), 5);
    io.terminal.note(`it also keeps ${names}; --gateway, --hub, --route-server or --circuit NAME shows one`);
  }
}

/** A flow log names interfaces by their MAC addresses alone. */
const unknownMacs = (unknown: number, all: number) =>
  `${unknown} of ${all} network interfaces have no known MAC address, so their flows get no answer: ` +
  "put az network nic list -o json beside the tables, or fill in nics";
