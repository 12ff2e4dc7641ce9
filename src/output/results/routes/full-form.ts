import type { ReportedRoute } from "../../../routes/routes-report.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { EMPTY } from "../../../terminal/table-form.ts";
import type { TableColumn } from "../kind.ts";
import type { RouteForm, RowMark } from "./form.ts";

const cell = (text: string | null) => (text === null || text === "" ? EMPTY : plainText(text));

const flag = (value: boolean | null) => (value === null ? EMPTY : String(value));

/** The columns of the full form. */
export const FULL_COLUMNS: readonly TableColumn[] = [
  { name: "source", heading: "SOURCE", foldable: true },
  { name: "state", heading: "STATE", foldable: true },
  { name: "addressPrefix", heading: "PREFIX" },
  { name: "nextHopType", heading: "NEXT HOP TYPE" },
  { name: "nextHopIpAddress", heading: "NEXT HOP IP" },
  { name: "name", heading: "NAME" },
  { name: "serviceTag", heading: "SERVICE TAG" },
  { name: "serviceEndpoint", heading: "ENDPOINT", givenUp: 1 },
  { name: "destinationServiceTags", heading: "DESTINATION SERVICE TAGS", optional: true },
  { name: "disableBgpRoutePropagation", heading: "DISABLE BGP ROUTE PROPAGATION", optional: true },
  { name: "hasBgpOverride", heading: "HAS BGP OVERRIDE", optional: true },
];

const CHANGE: TableColumn = { name: "change", heading: "CHANGE" };

/** Returns the service tags of a user route. */
const ownTag = (route: ReportedRoute) => route.destinationServiceTags.join(", ");

/** Returns the service tag of a folded row, with a count of the prefixes; without a tag, the prefix has the count. */
function tagAndCount(route: ReportedRoute): string {
  const { serviceTag: tag, prefixes } = route;
  if (tag !== null && tag.matched < tag.total) return `${tag.name}  ${tag.matched} of ${tag.total} prefixes`;
  const name = tag?.name ?? ownTag(route);
  return name !== "" && prefixes.length > 1 ? `${name}  ${prefixes.length} prefixes` : name;
}

/** Returns the form with Azure's own columns, one for each field. */
export function fullForm({ optional, marked }: { readonly optional: boolean; readonly marked: boolean }): RouteForm {
  const before = (mark: RowMark | null) => (marked ? [mark?.text ?? EMPTY] : []);
  const after = (route: ReportedRoute) =>
    optional ? [cell(ownTag(route)), flag(route.disableBgpRoutePropagation), flag(route.hasBgpOverride)] : [];
  const cells = (route: ReportedRoute, prefix: string, serviceTag: string, mark: RowMark | null) => {
    const { source, state, nextHopType, nextHopIpAddress, name, serviceEndpoint } = route;
    const hop = [nextHopType, nextHopIpAddress.join(", "), name].map(cell);
    return [
      ...before(mark),
      ...[cell(source), cell(state), cell(prefix), ...hop, serviceTag, cell(serviceEndpoint)],
      ...after(route),
    ];
  };
  const own = FULL_COLUMNS.filter((column) => optional || column.optional !== true);
  const columns = marked ? [CHANGE, ...own] : own;
  const [prefixAt, tagAt] = ["addressPrefix", "serviceTag"].map((name) =>
    columns.findIndex((each) => each.name === name),
  );
  return {
    columns,
    folded: (route, prefix, mark) => cells(route, prefix, cell(tagAndCount(route)), mark),
    group: (route, prefix) => cells(route, prefix, EMPTY, null),
    *unfolded(route, mark) {
      const tag = cell(ownTag(route));
      const any = cells(route, "", tag, mark);
      for (const { addressPrefix, serviceTag } of route.prefixes) {
        // The rows differ only in prefix and tag, and a prefix is plain text.
        yield any.with(prefixAt ?? 0, addressPrefix).with(tagAt ?? 0, serviceTag === null ? tag : cell(serviceTag));
      }
    },
  };
}
