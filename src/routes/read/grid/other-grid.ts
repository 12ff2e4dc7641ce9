import { UserError } from "../../../text/user-error.ts";
import { lettersOf } from "../headings.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "../route-file-error.ts";

/** Tables that people mistake for effective routes, by the headings that only they have. The first match counts. */
const KINDS: readonly {
  readonly code: RouteFileErrorCode;
  readonly article: string;
  readonly matches: (headings: ReadonlySet<string>) => boolean;
}[] = [
  {
    code: "hub-routes",
    article: "the effective routes of a virtual hub, not of a network interface",
    matches: (headings) => headings.has("aspath") && headings.has("nexthoptype"),
  },
  {
    code: "gateway-routes",
    article: "the routes of a gateway or Route Server, not of a network interface",
    matches: (headings) =>
      headings.has("network") && (headings.has("sourcepeer") || headings.has("nexthop") || headings.has("aspath")),
  },
  {
    code: "next-hop-result",
    article: "a next hop result of Network Watcher",
    matches: (headings) => headings.has("routetableid"),
  },
  {
    code: "route-table-resource",
    article: "a route table resource, which has only the user-defined routes",
    matches: (headings) =>
      headings.has("addressprefix") && headings.has("nexthoptype") && headings.has("provisioningstate"),
  },
];

/** The rejection of a table that is known to be something else; null for any other. */
export function otherGrid(headings: readonly string[]): UserError<RouteFileErrorCode> | null {
  const letters = new Set(headings.map(lettersOf));
  const kind = KINDS.find(({ matches }) => matches(letters));
  return kind === undefined ? null : new UserError(kind.code, `it looks like ${kind.article}`, HOW_TO_EXPORT);
}
