import type { SnapshotSummary } from "../../analysis/fleet/summary.ts";
import { routerDataText } from "../../output/results/gateways/router-text.ts";
import { routeTableText, serviceTagFileText } from "../../output/results/provenance.ts";
import { summaryText } from "../../output/results/snapshot/summary-text.ts";
import { traceSourceText } from "../../output/results/trace/answer.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import { isActive } from "../../selection/route-kinds.ts";
import { h, type Markup } from "../markup.ts";
import type { PageSubject, Section } from "../subject.ts";
import { shownName } from "../table-data.ts";
import { counted } from "../texts.ts";
import { memberList } from "./snapshot/member-list.ts";

/** The origin and time of routes and tags, and whether the table is predicted. */
export const provenance: Section = {
  id: "provenance",
  title: "",
  of(subject) {
    const { tables, result, version, writtenAt, gateway } = subject;
    const snapshots = snapshotsOf(result);
    const file = tables[0]?.annotated.serviceTagFile ?? tagFileOf(result);
    const facts: (readonly [string, Markup])[] = [
      ...tables.map((each): readonly [string, Markup] => [each.label === "" ? "routes" : each.label, tableText(each)]),
      ...(gateway === null ? [] : [["table", routerDataText(gateway.gatewayTable)] as const]),
      ...snapshots.flatMap(snapshotFacts),
      ...(tables.length + snapshots.length === 0
        ? []
        : [["service tags", tagsFact(file, subject.carriesTags)] as const]),
      ...(result.kind === "trace" ? [["data", traceDataText(result.report.snapshot)] as const] : []),
      ...(result.kind === "check" ? [["policy", policyText(result.report)] as const] : []),
      ["page", `written ${timeText(writtenAt)} by vnet-explain ${version}`],
    ];
    return [
      result.kind === "whatif"
        ? h(
            "p",
            { class: "banner" },
            h("strong", {}, "Prediction, not Azure's answer. "),
            `What if: ${result.report.changes.join("; ")} `,
            h("span", { class: `certainty ${result.report.certainty}` }, `(${result.report.certainty})`),
          )
        : null,
      h("dl", {}, ...facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    ];
  },
};

const tagsFact = (file: ServiceTagFile | null, carried: boolean) =>
  file === null ? "none: services are not named" : tagsText(file, carried);

/** The snapshots of a result, with their labels. */
function snapshotsOf(result: PageSubject["result"]): readonly (readonly [string, SnapshotSummary])[] {
  switch (result.kind) {
    case "snapshot-routes":
    case "snapshot-whichroute":
      return [["snapshot", result.report.snapshot]];
    case "snapshot-diff":
      return [
        ["before", result.report.before],
        ["after", result.report.after],
      ];
    case "check":
      return result.report.snapshot === null ? [] : [["snapshot", result.report.snapshot]];
    default:
      return [];
  }
}

const tagFileOf = ({ report }: PageSubject["result"]): ServiceTagFile | null =>
  "serviceTagFile" in report ? (report.serviceTagFile ?? null) : null;

function snapshotFacts([label, summary]: readonly [string, SnapshotSummary]): readonly (readonly [string, Markup])[] {
  const { withoutTable, divided, complete } = summary;
  const missing = withoutTable.map(({ name, reason }) => ({ name: `${name} (${reason})` }));
  return [
    [label, summaryText({ ...summary, name: shownName(summary.name) })],
    ...(missing.length === 0 ? [] : [["no table", memberList(missing)] as const]),
    ...(divided.length === 0 ? [] : [["different NICs", memberList(divided.map((name) => ({ name })))] as const]),
    ...(complete ? [] : [["incomplete", h("strong", { class: "warn" }, "what is missing may go elsewhere")] as const]),
  ];
}

const tagsText = (file: ServiceTagFile, carried: boolean) =>
  `${serviceTagFileText(file)}${carried ? "; this page carries them" : ""}`;

function tableText({ annotated: { table } }: PageSubject["tables"][number]): string {
  const prefixes = table.routes.reduce((sum, { addressPrefix }) => sum + addressPrefix.length, 0);
  const rows = counted(table.routes.length, "row");
  const inactive = table.routes.filter((route) => !isActive(route)).length;
  const not = inactive === 0 ? "" : ` (${inactive} not active)`;
  const { fetchedAt, note, ...origin } = table.origin;
  const name = routeTableText({ ...origin, fetchedAt: null, note: null });
  const facts = [
    name,
    ...(fetchedAt === null ? [] : [`fetched ${timeText(fetchedAt)}`]),
    `${rows}${not}`,
    counted(prefixes, "prefix", "prefixes"),
  ].join(", ");
  return note === null ? facts : `${facts}. ${note}`;
}

const traceDataText = (source: Parameters<typeof traceSourceText>[0]) =>
  traceSourceText({ ...source, name: shownName(source.name) });

const policyText = ({ policy: { file, name } }: { policy: { file: string; name: string | null } }) =>
  [shownName(file), name].filter((part) => part !== null).join(": ");

/** Returns an ISO 8601 time to the minute; any other text unchanged. */
const timeText = (time: string) => time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*Z$/, "$1 $2 UTC");
