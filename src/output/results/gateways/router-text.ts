import type { ReportedRouter } from "../../../routes/gateways/gateway-report.ts";
import type { GatewayNote } from "../../../selection/gateways/notes.ts";
import { type LabelledText, labelled } from "../../../terminal/labelled-text.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { lastPart } from "../../../text/last-part.ts";
import { shownTime } from "../provenance.ts";

const WHAT: Readonly<Record<ReportedRouter["kind"], readonly [router: string, table: string, scoped: string]>> = {
  hub: ["virtual hub", "effective routes", "effective routes of"],
  "gateway-learned": ["gateway", "learned routes", "learned routes of"],
  "gateway-advertised": ["gateway", "advertised routes", "routes advertised to"],
  "route-server-learned": ["Route Server", "learned routes", "routes learned from"],
  "route-server-advertised": ["Route Server", "advertised routes", "routes advertised to"],
  circuit: ["circuit", "route table", "route table of path"],
  "gateway-peers": ["gateway", "BGP peers", "BGP peers of"],
  "circuit-summary": ["circuit", "BGP peers", "BGP peers of path"],
};

/** Returns the router and the kind of its table: `gateway vpngw-hub1, learned routes`. */
export function routerText({ kind, routerId, scope, origin }: ReportedRouter): string {
  const [router, table, scoped] = WHAT[kind];
  const what = scope === null ? table : `${scoped} ${scope}`;
  const name = routerId === origin.name && !routerId.startsWith("/subscriptions/") ? null : lastPart(routerId);
  return name === null ? `${router}, ${what}` : `${router} ${name}, ${what}`;
}

/** Returns the origin of a table in a few words: the router, the kind of table, the file, the time. */
export function routerDataText(router: ReportedRouter): string {
  const { origin } = router;
  const from =
    origin.kind === "file" || origin.kind === "stdin"
      ? ` (${origin.kind === "stdin" ? "standard input" : origin.name})`
      : "";
  const time = origin.fetchedAt === null ? "" : `, fetched ${shownTime(origin.fetchedAt)}`;
  return `${routerText(router)}${from}${time}${origin.note === null ? "" : `. ${origin.note}`}`;
}

/** Returns the notes below a table or an answer, the most misleading facts first. */
export function noteTexts(notes: readonly GatewayNote[], { symbols }: OutputStream): readonly LabelledText[] {
  const of = (wanted: GatewayNote["level"]) => notes.filter(({ level }) => level === wanted);
  return [
    ...of("problem").map(({ text }) => labelled(symbols.problem, text, { label: "yellow" })),
    ...of("remark").map(({ text }) => labelled("note", text)),
  ];
}
