import { comparePrefixes, formatPrefix } from "../../net/prefix.ts";
import type { AnnotatedRoute } from "../../routes/annotation.ts";
import { isServiceEndpoint } from "../../selection/route-kinds.ts";
import { serviceOfTag } from "../../service-tags/service-endpoints.ts";
import { type Element, h } from "../markup.ts";
import type { Section } from "../subject.ts";
import { counted, prefixList } from "../texts.ts";
import { isOfOneTable } from "./shares.ts";

/** The prefixes of service endpoints, folded by service and region. */
export const endpoints: Section = {
  id: "endpoints",
  title: "Service endpoint prefixes",
  of({ tables: [only, ...others], result }) {
    if (only === undefined || others.length > 0 || !isOfOneTable(result.kind)) return null;
    const rows = only.annotated.routes.filter(({ route }) => isServiceEndpoint(route));
    if (rows.length === 0) return null;
    const services = grouped(rows);
    return [
      h("p", { class: "lead" }, "Traffic to these goes straight to the service, whatever the default route says."),
      ...[...services].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, own]) => own.map(rowOf)),
    ];
  },
};

function grouped(rows: readonly AnnotatedRoute[]): Map<string, AnnotatedRoute[]> {
  const services = new Map<string, AnnotatedRoute[]>();
  for (const row of rows) {
    const service = row.serviceTag === null ? "" : serviceOfTag(row.serviceTag.name);
    const own = services.get(service);
    if (own === undefined) services.set(service, [row]);
    else own.push(row);
  }
  return services;
}

function rowOf({ route, serviceTag, serviceEndpoint, prefixes }: AnnotatedRoute): Element {
  const sorted = [...prefixes].sort((a, b) => comparePrefixes(a.prefix, b.prefix));
  const strangers = serviceTag === null ? [] : sorted.filter((each) => each.serviceTag !== serviceTag.name);
  return h(
    "details",
    { class: "prefixes" },
    h(
      "summary",
      {},
      h("span", { class: "hop service" }, serviceTag?.name ?? "unnamed service"),
      " ",
      h(
        "span",
        { class: "dim" },
        [counted(route.addressPrefix.length, "prefix", "prefixes"), serviceEndpoint, route.state]
          .filter((part) => part !== null)
          .join(" · "),
      ),
    ),
    strangers.length === 0 || serviceTag === null
      ? null
      : h(
          "p",
          { class: "dim" },
          `${counted(strangers.length, "prefix is", "prefixes are")} not in ${serviceTag.name} of the tag file, which may be of another week.`,
        ),
    prefixList(
      sorted.map(({ prefix }) => formatPrefix(prefix)),
      `The prefixes of ${serviceTag?.name ?? "an unnamed service"}`,
    ),
  );
}
