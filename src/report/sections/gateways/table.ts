import { hopText, type ReportedGatewayRoute } from "../../../routes/gateways/gateway-report.ts";
import { lastPart } from "../../../text/last-part.ts";
import { h, type Markup } from "../../markup.ts";
import type { PageSubject, Section } from "../../subject.ts";
import { counted, table } from "../../texts.ts";

/** The most rows on the page. Other formats have all. */
const MOST_ROWS = 2000;

/** The table of a hub, a gateway, a Route Server or a circuit as `routes` prints it: its routes, or its BGP peers. */
export const gatewayTable: Section = {
  id: "gateway-table",
  title: "Table",
  of({ gateway }) {
    if (gateway === null) return null;
    return "peers" in gateway ? peersOf(gateway) : routesOf(gateway);
  },
};

type Gateway = NonNullable<PageSubject["gateway"]>;

function routesOf({ routes, notes, gatewayTable: { instances } }: Extract<Gateway, { routes: unknown }>): Markup {
  const shown = routes.slice(0, MOST_ROWS);
  const rest = routes.length - shown.length;
  return [
    notes.length === 0
      ? null
      : h("ul", { class: "notes" }, ...notes.map(({ level, text }) => h("li", { class: level }, text))),
    routes.length === 0
      ? h("p", { class: "lead" }, "The table is empty.")
      : table(
          "The rows of the table; equal rows of several instances are one",
          ["Prefix", "Next hop", "Origin", "AS path", "Weight", "Local preference", "Peer", "Instance"],
          shown.map((route) => rowOf(route, instances.length)),
          ["prefix"],
        ),
    rest > 0 ? h("p", { class: "dim" }, `and ${counted(rest, "more row")}`) : null,
  ];
}

function rowOf(route: ReportedGatewayRoute, instances: number): readonly Markup[] {
  const { nextHops, nextHopType, origin, asPath, weight, localPreference, best } = route;
  const hops = nextHops.map(({ text, name }) => hopText(text, name)).join(", ");
  return [
    route.addressPrefix,
    [[nextHopType, hops].filter((part) => part !== null && part !== "").join(" "), best === true ? " (best)" : ""],
    lastPart(origin ?? ""),
    asPath?.join("-") ?? "",
    String(weight ?? ""),
    String(localPreference ?? ""),
    route.sourcePeer ?? "",
    route.instances.length < instances ? route.instances.join(", ") : "",
  ];
}

function peersOf({ peers }: Extract<Gateway, { peers: unknown }>): Markup {
  if (peers.length === 0) return h("p", { class: "lead" }, "The table is empty.");
  return table(
    "The BGP peers",
    ["Neighbor", "AS", "State", "Routes", "Since", "Instance"],
    peers.map((peer) => [
      peer.neighbor,
      String(peer.asn ?? ""),
      peer.state ?? "",
      String(peer.routesReceived ?? ""),
      peer.duration ?? "",
      peer.instance ?? "",
    ]),
    ["address", "number", "", "number"],
  );
}
