import { namesOf, type RunSummary } from "../../../analysis/snapshot/summary.ts";
import { hanging } from "../../../terminal/hanging.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { nameOf } from "../../../topology/resource-id.ts";
import { facts } from "../facts.ts";
import type { Kind } from "../kind.ts";
import { oneLine } from "./summary-text.ts";

/** The output of `snapshot -o json`. */
export interface SnapshotReport {
  readonly schemaVersion: "1.0";
  readonly snapshot: RunSummary;
}

/** A snapshot: one row. */
export const snapshot: Kind<SnapshotReport> = {
  elements: ({ snapshot }) => [snapshot],
  columns: [
    "directory",
    "dryRun",
    "complete",
    "subscriptions",
    "networks",
    "subnets",
    "subnetsWithTable",
    "nics",
    "asked",
    "reused",
    "distinctTables",
    "ok",
    "stopped",
    "unattached",
    "noApi",
    "denied",
    "failed",
    "writes",
    "reads",
    "seconds",
    "startedAt",
    "finishedAt",
  ],
  rows({ snapshot }) {
    const { directory, dryRun, complete, subscriptions, networks, subnets, subnetsWithTable } = snapshot;
    const { nics, asked, reused, distinctTables, counts, cost, startedAt, finishedAt } = snapshot;
    return [
      [
        directory,
        dryRun,
        complete,
        subscriptions,
        networks,
        subnets,
        subnetsWithTable,
        nics,
        asked,
        reused,
        distinctTables,
        counts.ok,
        counts.stopped,
        counts.unattached,
        counts["no-api"],
        counts.denied,
        counts.failed,
        cost?.writes ?? null,
        cost?.reads ?? null,
        cost?.seconds ?? null,
        startedAt,
        finishedAt,
      ],
    ];
  },
  text: snapshotText,
};

const number = (value: number) => value.toLocaleString("en");

/** `1 subnet`, `60 subnets`. */
const counted = (count: number, one: string, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

async function* snapshotText({ snapshot }: SnapshotReport, stdout: OutputStream): AsyncGenerator<string> {
  const { directory, dryRun, subscriptions, networks, subnets, subnetsWithTable, nics, asked, reused } = snapshot;
  const { distinctTables, inventory, cost, routers } = snapshot;
  const from = `${counted(subscriptions, "subscription")}, ${counted(networks, "network")}, by ${inventory}`;
  const kept = reused === 0 ? "" : `, ${number(reused)} kept from before`;
  yield await facts(
    dryRun
      ? [
          ["directory", `${directory} (dry run: nothing was written)`],
          ["scope", from],
          ["NICs", nicsText(snapshot)],
          ["to ask", `${counted(asked, "NIC")} in ${counted(subnets, "subnet")}${kept}`],
          ["calls", cost && `${counted(cost.writes, "write")}, about ${counted(cost.reads, "read")}`],
          ["time", cost && timeText(cost.seconds)],
        ]
      : [
          ["directory", directory],
          ["scope", from],
          ["subnets", `${number(subnetsWithTable)} of ${number(subnets)} have a route table`],
          ["NICs", `${number(nics)}: ${nicsText(snapshot)}`],
          ["tables", `${number(asked)} fetched${kept}; ${number(distinctTables)} different`],
          ...(routers === null ? [] : [["routers", routersText(routers)] as const]),
        ],
    stdout,
  );
  yield* problemsText(snapshot, stdout);
}

/** `3 tables of routers kept, 1 failed`. */
function routersText({ kept, failed }: NonNullable<RunSummary["routers"]>): string {
  return `${counted(kept, "table")} of routers kept${failed === 0 ? "" : `, ${number(failed)} failed`}`;
}

function nicsText({ counts, dryRun, nics }: RunSummary): string {
  const shown = Object.entries(counts).filter(([outcome, count]) => count > 0 && !(dryRun && outcome === "ok"));
  const texts = shown.map(([outcome, count]) => `${number(count)} ${outcome}`);
  if (dryRun) return [number(nics), ...texts].join(", ");
  return texts.length === 0 ? "none" : texts.join(", ");
}

/** Azure usually takes ten seconds for a table, and sometimes minutes. */
function timeText(seconds: number): string {
  if (seconds === 0) return "none";
  return seconds < 90 ? `about ${seconds} s` : `about ${Math.round(seconds / 60)} min`;
}

/** The parts that could not be read, the failures, and the subnets that differ from Azure's documentation. */
async function* problemsText(snapshot: RunSummary, stdout: OutputStream): AsyncGenerator<string> {
  const { problems, unreadSubscriptions, gaps, differing } = snapshot;
  const { colours, symbols } = stdout;
  const line = (text: string) => hanging(`  ${colours.yellow(symbols.problem)} ${plainText(oneLine(text))}\n`, stdout);
  if ([problems, unreadSubscriptions, gaps, differing].some(({ length }) => length > 0)) yield "\n";
  for (const { id, name, outcome, code, message } of unreadSubscriptions) {
    yield await line(`subscription ${name ?? id} ${outcome} (${code}): ${message}`);
  }
  for (const { resourceId, what, code, message } of gaps) {
    yield await line(`${what} of ${nameOf(resourceId)} is missing (${code}): ${message}`);
  }
  for (const { outcome, code, message, nics, nicIds } of problems) {
    yield await line(`${number(nics)} ${outcome} (${code}), ${namesOf(nicIds, nics)}: ${message}`);
  }
  for (const { subnetId, tables, nicIds } of differing) {
    const names = namesOf(nicIds, tables);
    yield await line(`NICs of ${shortSubnet(subnetId)} have ${number(tables)} different tables: ${names}`);
  }
}

/** `network/subnet` of a subnet's id. */
function shortSubnet(id: string): string {
  const [, network, subnet] = /\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)/i.exec(id) ?? [];
  return network === undefined ? id : `${network}/${subnet}`;
}
