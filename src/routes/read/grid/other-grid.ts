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
    matches: (headings) =>
      headings.has("nexthoptype") &&
      (headings.has("aspath") || headings.has("routeorigin") || (headings.has("origin") && !headings.has("state"))),
  },
  {
    code: "gateway-routes",
    article: "the routes of a gateway or Route Server, not of a network interface",
    matches: (headings) =>
      (headings.has("network") && (headings.has("sourcepeer") || headings.has("nexthop") || headings.has("aspath"))) ||
      (headings.has("neighbor") && (headings.has("asn") || headings.has("as"))),
  },
  {
    code: "peering",
    article: "a virtual network peering",
    matches: (headings) => headings.has("peeringstate") || headings.has("peeringsyncstatus"),
  },
  {
    code: "security-rules",
    article: "a network security group's rules",
    matches: (headings) => headings.has("priority") && headings.has("direction") && headings.has("access"),
  },
  {
    code: "system-routes",
    article: "the route table of an operating system, not Azure's",
    matches: (headings) => headings.has("destinationprefix") && headings.has("nexthop"),
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
      ["addressprefix", "nexthoptype"].every((each) => headings.has(each)) &&
      (headings.has("provisioningstate") ||
        (headings.has("name") && !headings.has("state") && !headings.has("source"))),
  },
  {
    code: "route-table-resource",
    article: "a list of route table resources",
    matches: (headings) =>
      headings.has("disablebgproutepropagation") && headings.has("location") && headings.has("resourcegroup"),
  },
];

/** The rejection of a table that is known to be something else; null for any other. */
export function otherGrid(headings: readonly string[]): UserError<RouteFileErrorCode> | null {
  const letters = new Set(headings.map(lettersOf));
  const kind = KINDS.find(({ matches }) => matches(letters));
  return kind === undefined ? null : new UserError(kind.code, `it looks like ${kind.article}`, HOW_TO_EXPORT);
}
