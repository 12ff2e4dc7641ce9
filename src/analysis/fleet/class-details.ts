import { type AddressRange, rangeOf, unionOf } from "../../net/address-ranges.ts";
import type { AnnotatedRoute, AnnotatedRouteTable } from "../../routes/annotation.ts";
import { isActive, isServiceEndpoint } from "../../selection/route-kinds.ts";
import { ForwardingTable } from "../bulk/forwarding-table.ts";
import { type Hole, rowHoles } from "../coverage/holes.ts";
import { placesOf } from "../coverage/place.ts";
import { type Share, ShareCounter } from "../coverage/shares.ts";
import { keywordRanges } from "../destinations/keywords.ts";
import { piecesWithin } from "../destinations/pieces.ts";
import type { GatheredClass } from "./classes.ts";
import { type MemberName, memberName } from "./summary.ts";

/** Where the addresses of a kind of destination go: most addresses first. */
interface KindShares {
  /** `internet`, `private`, or a service. */
  readonly kind: string;
  readonly shares: readonly Share[];
}

/** What takes precedence over a route to an appliance, and leads past it. */
interface Bypass {
  /** The name of the route, else its next hop. */
  readonly route: string;
  readonly appliance: string;
  readonly hole: Hole;
}

/** Members whose tables forward every address alike, whatever their rows. */
export interface ForwardingClass {
  /** From 1; the class of most members is the first. */
  readonly number: number;
  /** The names of its subnets, and NICs. */
  readonly members: readonly MemberName[];
  /** How many distinct tables it has. */
  readonly tables: number;
  readonly kinds: readonly KindShares[];
  readonly bypasses: readonly Bypass[];
}

/** More services than that are not columns of a picture. */
const MOST_SERVICES = 12;

/** Returns the classes with where their addresses go. Cost: for each class, linear in the pieces of its table. */
export function describeClasses(classes: readonly GatheredClass[]): readonly ForwardingClass[] {
  const services = servicesOf(classes);
  return classes.map(({ first, members, tables }, at): ForwardingClass => {
    const table = new ForwardingTable(first.table.routes);
    const placeOf = placesOf(first);
    const sharesOf = (ranges: readonly AddressRange[]) => {
      const counter = new ShareCounter();
      for (const piece of piecesWithin(table, ranges)) counter.add(placeOf(piece.decision), piece);
      return counter.shares();
    };
    return {
      number: at + 1,
      members: members.map(memberName),
      tables,
      kinds: [
        { kind: "internet", shares: sharesOf(keywordRanges("internet")) },
        { kind: "private", shares: sharesOf(keywordRanges("private")) },
        ...services.map(({ name, ranges }) => ({ kind: name, shares: sharesOf(ranges) })),
      ],
      bypasses: bypassesOf(first, table),
    };
  });
}

/** The services that any class reaches by a service endpoint, and their addresses; those of most classes first. */
function servicesOf(classes: readonly GatheredClass[]): readonly { name: string; ranges: readonly AddressRange[] }[] {
  const found = new Map<string, { classes: number; ranges: readonly AddressRange[] }>();
  for (const { first } of classes) {
    const own = new Map<string, AddressRange[]>();
    for (const row of first.routes) {
      if (!isServiceEndpoint(row.route) || !isActive(row.route)) continue;
      const name = serviceOf(row);
      own.set(name, [...(own.get(name) ?? []), ...row.route.addressPrefix.map(rangeOf)]);
    }
    for (const [name, ranges] of own) {
      const known = found.get(name);
      found.set(name, {
        classes: (known?.classes ?? 0) + 1,
        ranges: unionOf([...(known?.ranges ?? []), ...ranges]),
      });
    }
  }
  return [...found]
    .sort(([a, one], [b, other]) => other.classes - one.classes || (a < b ? -1 : 1))
    .slice(0, MOST_SERVICES)
    .map(([name, { ranges }]) => ({ name, ranges }));
}

/** `Storage` for Storage.WestEurope: a picture has a column for each service, not for each of its regions. */
const serviceOf = ({ serviceTag, serviceEndpoint }: AnnotatedRoute): string =>
  serviceTag?.name.split(".")[0] ?? serviceEndpoint ?? "service endpoints";

function bypassesOf(annotated: AnnotatedRouteTable, table: ForwardingTable): readonly Bypass[] {
  return rowHoles(annotated, table).flatMap(({ route, holes }) =>
    holes
      .filter(({ bypassesAppliance }) => bypassesAppliance)
      .map((hole) => ({
        route: route.name ?? route.nextHopType,
        appliance: route.nextHopIpAddress.join(", "),
        hole,
      })),
  );
}
