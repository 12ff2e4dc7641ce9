import { formatPrefix } from "../../net/prefix.ts";
import { isDefaultNone } from "../../output/results/routes/routes.ts";
import type { AnnotatedRoute } from "../../routes/annotation.ts";
import { sortRoutes } from "../../routes/arrange-routes.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import type { RoutesReport } from "../../routes/routes-report.ts";
import { same } from "../../text/same.ts";
import { h, type Markup } from "../markup.ts";
import type { Section } from "../subject.ts";
import { counted, nextHop, table } from "../texts.ts";
import { isOfOneTable } from "./shares.ts";

/** The most rows here. The list of all prefixes has the others. */
const MOST_ROWS = 100;

/** The table as `routes` prints it: a line for each row, Azure's default None rows folded. */
export const routeRows: Section = {
  id: "routes",
  title: "Route table",
  of({ tables: [only, ...others], result }) {
    if (only === undefined || others.length > 0 || !isOfOneTable(result.kind)) return null;
    const every = sortRoutes(only.annotated.routes);
    const all = result.kind === "routes" ? chosen(every, result.report) : every;
    const none = all.filter(({ route }) => isDefaultNone(route));
    const rows = none.length < 2 ? all : all.filter(({ route }) => !isDefaultNone(route));
    const shown = rows.slice(0, MOST_ROWS);
    const rest = rows.length - shown.length;
    return [
      all.length < every.length
        ? h(
            "p",
            { class: "lead" },
            `${counted(all.length, "row")} of ${every.length}, as the command's filter chose them.`,
          )
        : null,
      table(
        "The rows of the route table",
        ["Prefix", "Next hop", "Route", "State", "Service"],
        [...shown.map(rowOf), ...(none.length < 2 ? [] : [noneRow(none)])],
        ["prefix"],
      ),
      rest > 0 ? h("p", { class: "dim" }, `and ${counted(rest, "more row")}, in the list of all prefixes`) : null,
    ];
  },
};

/** Returns the rows in the report. A filter of `routes` leaves others out. */
function chosen(rows: readonly AnnotatedRoute[], { routes }: RoutesReport): readonly AnnotatedRoute[] {
  if (routes.length >= rows.length) return rows;
  const keys = new Set(routes.map((row) => keyOf(row.addressPrefix, row)));
  return rows.filter(({ route }) => keys.has(keyOf(route.addressPrefix.map(formatPrefix), route)));
}

type RowFields = Pick<EffectiveRoute, "source" | "state" | "name" | "nextHopType" | "nextHopIpAddress">;

const keyOf = (prefixes: readonly string[], { source, state, name, nextHopType, nextHopIpAddress }: RowFields) =>
  JSON.stringify([prefixes, source, state, name, nextHopType, nextHopIpAddress]);

function rowOf({ route, serviceTag, serviceEndpoint }: AnnotatedRoute): readonly Markup[] {
  const [first] = route.addressPrefix;
  const more = route.addressPrefix.length - 1;
  const active = same(route.state, "Active");
  const service = [serviceEndpoint, serviceTag?.name ?? route.destinationServiceTags.join(", ")];
  return [
    [first === undefined ? "" : formatPrefix(first), more > 0 ? h("span", { class: "dim" }, ` +${more}`) : null],
    nextHop(route.nextHopType, route.nextHopIpAddress),
    [route.source, route.name].filter((part) => part !== null).join(" "),
    h("span", { class: active ? "active" : "inactive" }, route.state),
    service.filter((part) => part !== null && part !== "").join(" · "),
  ];
}

function noneRow(none: readonly AnnotatedRoute[]): readonly Markup[] {
  const prefixes = none.reduce((sum, { route }) => sum + route.addressPrefix.length, 0);
  return [
    counted(prefixes, "prefix", "prefixes"),
    nextHop("None", []),
    "Default",
    "",
    "Azure's own, for unused private space",
  ];
}
