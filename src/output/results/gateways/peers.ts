import type { ReportedPeer, ReportedRouter } from "../../../routes/gateways/gateway-report.ts";
import { inColumns } from "../../../terminal/columns.ts";
import { labelled, labelledText } from "../../../terminal/labelled-text.ts";
import { measureFor } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { type Column, EMPTY, type Line } from "../../../terminal/table-form.ts";
import type { Kind } from "../kind.ts";
import { routerDataText } from "./router-text.ts";

/** The output of `routes --gateway G --peers -o json`, and of the summary of a circuit. */
export interface GatewayPeersReport {
  readonly schemaVersion: "1.0";
  readonly peers: readonly ReportedPeer[];
  readonly gatewayTable: ReportedRouter;
}

/** The columns of the flat formats. Scripts rely on their order. */
export const GATEWAY_PEER_COLUMNS = [
  "neighbor",
  "asn",
  "state",
  "routesReceived",
  "duration",
  "instance",
  "messagesSent",
  "messagesReceived",
] as const;

/** The BGP peers of a router: a row for each. */
export const gatewayPeers: Kind<GatewayPeersReport> = {
  elements: ({ peers }) => peers,
  columns: GATEWAY_PEER_COLUMNS,
  givenUp: ["messagesReceived", "messagesSent", "duration", "instance"],
  *rows({ peers }) {
    for (const peer of peers) yield GATEWAY_PEER_COLUMNS.map((name) => peer[name]);
  },
  *lines({ peers }) {
    for (const { neighbor, asn, state, routesReceived } of peers) {
      const received = `${routesReceived ?? EMPTY} ${routesReceived === 1 ? "route" : "routes"}`;
      yield `${plainText(`${neighbor}  AS ${asn ?? EMPTY}  ${state ?? EMPTY}  ${received}`)}\n`;
    }
  },
  text: peersText,
};

const COLUMNS: readonly (Column & { readonly cell: (peer: ReportedPeer) => string | number | null })[] = [
  { heading: "NEIGHBOR", cell: ({ neighbor }) => neighbor },
  { heading: "AS", cell: ({ asn }) => asn },
  { heading: "STATE", cell: (peer) => (isOneself(peer) ? "itself" : peer.state) },
  { heading: "ROUTES", cell: ({ routesReceived }) => routesReceived },
  { heading: "SINCE", givenUp: 1, cell: ({ duration }) => duration?.replace(/\.\d{5,7}$/, "") ?? null },
  { heading: "INSTANCE", givenUp: 2, cell: ({ instance }) => instance },
];

/** A gateway lists each of its instances as a peer of itself, too. */
const isOneself = ({ neighbor, instance }: ReportedPeer) => neighbor === instance;

const isUp = ({ state }: ReportedPeer) => /^(connected|established)$/i.test(state ?? "");

/** Yields the text for people: the peers, the number of them that are down, the router. */
async function* peersText({ peers, gatewayTable }: GatewayPeersReport, stdout: OutputStream): AsyncGenerator<string> {
  const shown = COLUMNS.filter(({ cell }) => peers.some((peer) => (cell(peer) ?? "") !== ""));
  const lines = peers.map((peer): Line => {
    const cells = shown.map(({ cell }) => plainText(String(cell(peer) ?? EMPTY)));
    return { cells, colour: isOneself(peer) ? "dim" : isUp(peer) ? null : "yellow" };
  });
  if (peers.length > 0) yield* await inColumns([{ columns: shown, lines }], stdout, { whole: "-o wide shows all" });
  const down = peers.filter((peer) => !isOneself(peer) && !isUp(peer));
  const problem =
    down.length === 0
      ? []
      : [
          labelled(
            stdout.symbols.problem,
            `no session with ${[...new Set(down.map(({ neighbor }) => neighbor))].join(", ")}`,
            {
              label: "yellow",
            },
          ),
        ];
  const below = [...problem, labelled("data", routerDataText(gatewayTable), { text: "dim" })];
  const measure = await measureFor(below.map(({ text }) => text));
  if (peers.length > 0) yield "\n";
  for (const each of below) yield labelledText(each, stdout, measure);
}
