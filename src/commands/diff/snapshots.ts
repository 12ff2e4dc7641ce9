import { canHaveTag } from "../../analysis/destinations/shown-tags.ts";
import { driftOf } from "../../analysis/fleet/drift.ts";
import { summaryOf } from "../../analysis/fleet/summary.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import { reportedRouter } from "../../routes/gateways/gateway-report.ts";
import type { GatewayTable } from "../../routes/gateways/gateway-table.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import { idKey } from "../../topology/resource-id.ts";
import type { Snapshot } from "../../topology/snapshot.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { type LoadOptions, loadSnapshot } from "../shared/snapshot/load-snapshot.ts";
import { loadTags, noteOnTags, type TagSourceOptions } from "../shared/tag-source.ts";

interface Options extends LoadOptions, TagSourceOptions {
  readonly exitCode?: boolean | undefined;
}

/** Prints what differs between two snapshots, subnet by subnet. */
export async function runDiffOfSnapshots(
  before: string,
  after: string,
  options: Options,
  io: CommandIO,
): Promise<void> {
  const old = await loadSnapshot(before, options, io.terminal);
  const now = await loadSnapshot(after, options, io.terminal);
  const tags = await loadTags({ ...options, cloud: options.cloud ?? now.cloud ?? undefined }, io.terminal);
  const drift = driftOf(old, now, (table) => annotateTable(table, tags), tags);
  await noteRouters(old.snapshot, now.snapshot, io.terminal);
  if (drift.moves.some(({ example }) => canHaveTag(example))) noteOnTags(tags, options.cloud ?? now.cloud, io.terminal);
  await io.print({
    kind: "snapshot-diff",
    report: {
      schemaVersion: "1.0",
      ...drift,
      before: summaryOf(old.snapshot, old.members),
      after: summaryOf(now.snapshot, now.members),
      serviceTagFile: tags?.file ?? null,
    },
    page: { tables: [], carriedTags: null },
  });
  if (options.exitCode !== true) return;
  const { moves, changed, subnets, appliances, notCompared } = drift;
  const some = [
    ...(moves.length > 0 ? [`addresses change next hop in ${changed} of ${drift.compared}`] : []),
    ...([...subnets.came, ...subnets.went].length > 0 ? ["subnets were added or removed"] : []),
    ...([...appliances.came, ...appliances.went].length > 0 ? ["appliances were added or removed"] : []),
    ...(notCompared.length > 0 ? [`${notCompared.length} not compared`] : []),
  ];
  if (some.length === 0) return;
  throw new UserError(
    "snapshots-differ",
    some.join("; "),
    "see the list on stdout; --exit-code turns a change into exit 3",
    "unexpected",
    { isShown: true },
  );
}

/** Notes which kept tables of routers differ. The comparison itself covers only tables of NICs. */
async function noteRouters(before: Snapshot, after: Snapshot, { note }: Pick<Terminal, "note">): Promise<void> {
  if (before.gatewayTables.length === 0 || after.gatewayTables.length === 0) return;
  const [{ diffGatewayTables }, { routerText }] = await Promise.all([
    import("../../analysis/diff/gateways.ts"),
    import("../../output/results/gateways/router-text.ts"),
  ]);
  const keyOf = ({ kind, routerId, scope }: GatewayTable) => [kind, idKey(routerId), scope?.toLowerCase()].join(" ");
  const kept = new Map(after.gatewayTables.map((table) => [keyOf(table), table]));
  const differing = before.gatewayTables.filter((table) => {
    const other = kept.get(keyOf(table));
    return other !== undefined && diffGatewayTables(table, other).length > 0;
  });
  if (differing.length === 0) return;
  const names = differing.slice(0, MOST_ROUTERS).map((table) => routerText(reportedRouter(table)));
  const rest = differing.length > MOST_ROUTERS ? `; and ${differing.length - MOST_ROUTERS} more` : "";
  note(`not compared here, but different: ${names.join("; ")}${rest}; ${ONE_ROUTER}`);
}

const ONE_ROUTER = "--gateway, --hub, --route-server or --circuit NAME compares one";

/** The most tables of routers in a note. */
const MOST_ROUTERS = 5;
