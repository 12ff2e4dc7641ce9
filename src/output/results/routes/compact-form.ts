import type { ReportedRoute } from "../../../routes/routes-report.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { Column } from "../../../terminal/table-form.ts";
import { same } from "../../../text/same.ts";
import type { RouteForm, RowMark } from "./form.ts";

const MARK: Column = { heading: "", covers: ["CHANGE"] };

const HOP_COVERS = ["STATE", "NEXT HOP TYPE", "NEXT HOP IP", "SERVICE TAG"];

const COLUMNS: readonly Column[] = [
  { heading: "PREFIX" },
  { heading: "NEXT HOP", covers: HOP_COVERS },
  { heading: "SOURCE", covers: ["NAME"] },
];

/** The source can be given up, but never the name of a user route. */
const NARROW_COLUMNS: readonly Column[] = [
  { heading: "PREFIX" },
  { heading: "NEXT HOP", covers: [...HOP_COVERS, "NAME"] },
  { heading: "SOURCE", givenUp: 1 },
];

/** Returns the target of a row: `None 10.10.10.10`, `service endpoint Storage.WestEurope`, `Internet (Invalid)`. */
function hopText(route: ReportedRoute, tag: string | null, mark: RowMark | null): string {
  const { nextHopType, nextHopIpAddress, serviceEndpoint, state } = route;
  const hop = same(nextHopType, "VirtualNetworkServiceEndpoint")
    ? `service endpoint ${tag ?? serviceEndpoint ?? ""}`
    : `${nextHopType} ${nextHopIpAddress.join(", ")}`;
  const remark = mark?.text ?? (same(state, "Active") ? "" : state);
  return plainText(`${hop.trimEnd()}${remark === "" ? "" : ` (${remark})`}`);
}

/** Returns a folded row's service tag, with a count if the tag does not contain every prefix. */
function tagText({ serviceTag }: ReportedRoute): string | null {
  if (serviceTag === null) return null;
  const { name, matched, total } = serviceTag;
  return matched === total ? name : `${name}, ${matched} of ${total} prefixes`;
}

const sourceText = ({ source, name }: ReportedRoute) => plainText(name === null ? source : `${source} ${name}`);

/** Returns a prefix with the service tags of its user route. */
function prefixText({ destinationServiceTags }: ReportedRoute, prefix: string): string {
  const tags = destinationServiceTags.join(", ");
  return plainText(tags === "" ? prefix : `${prefix} (${tags})`);
}

/**
 * Returns the form for narrow terminals: next hop, address and service tag share one cell, and the state is shown
 * unless it is Active. `narrow`: the name of a user route is in that cell too, not behind the source.
 */
export function compactForm({ marked, narrow }: { readonly marked: boolean; readonly narrow: boolean }): RouteForm {
  const columns = narrow ? NARROW_COLUMNS : COLUMNS;
  const named = ({ name }: ReportedRoute) => (narrow && name !== null ? plainText(`, ${name}`) : "");
  const cells = (route: ReportedRoute, prefix: string, tag: string | null, mark: RowMark | null) => [
    ...(marked ? [mark?.sign ?? ""] : []),
    prefixText(route, prefix),
    `${hopText(route, tag, mark)}${named(route)}`,
    narrow ? plainText(route.source) : sourceText(route),
  ];
  return {
    columns: marked ? [MARK, ...columns] : columns,
    folded: (route, prefix, mark) => cells(route, prefix, tagText(route), mark),
    group: (route, prefix) => cells(route, prefix, null, null),
    *unfolded(route, mark) {
      for (const { addressPrefix, serviceTag } of route.prefixes) yield cells(route, addressPrefix, serviceTag, mark);
    },
  };
}
