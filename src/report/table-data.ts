import { formatPrefix, parsePrefix } from "../net/prefix.ts";
import type { AnnotatedRoute, AnnotatedRouteTable, RowServiceTag, ServiceTagFile } from "../routes/annotation.ts";
import type { RouteTable, RouteTableOrigin } from "../routes/effective-route.ts";
import type { NicFacts, SubnetFacts } from "../routes/subnet-facts.ts";
import { lastPart } from "../text/last-part.ts";

/** A route table in the form of a page: everything that an explanation reads, without resource ids. */
export interface TableData {
  readonly origin: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
  readonly rows: readonly RowData[];
  readonly subnet: SubnetFacts | null;
  readonly nic: NicFacts | null;
}

/** One row. Fields that have their usual value are missing. */
interface RowData {
  readonly name?: string;
  readonly source: string;
  readonly state: string;
  readonly type: string;
  readonly hops?: readonly string[];
  /** The prefixes, separated by blanks. */
  readonly prefixes: string;
  readonly override?: true;
  readonly noBgp?: boolean;
  /** The service tags of a user route. */
  readonly own?: readonly string[];
  readonly tag?: RowServiceTag;
  readonly endpoint?: string;
  /** The tags of prefixes whose tag differs from that of the row, by the prefix's index. */
  readonly others?: Readonly<Record<string, string | null>>;
}

/** The most characters of a text that a page carries. Azure's names have at most 80. */
const MOST_CHARACTERS = 300;

const short = (text: string) => (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text);

/** Returns the last part of a path or resource id. A page may be shared, so it shows no subscription or directory. */
export const shownName = (name: string): string =>
  short(name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1));

/** Returns the data of a table. Names keep 300 characters. */
export function tableData({ routes, table, serviceTagFile }: AnnotatedRouteTable): TableData {
  const { origin, subnet, nic } = table;
  return {
    origin: { ...origin, name: shownName(origin.name), note: origin.note === null ? null : short(origin.note) },
    serviceTagFile: serviceTagFile === null ? null : { ...serviceTagFile, file: shownName(serviceTagFile.file) },
    rows: routes.map(rowData),
    subnet: subnet === undefined ? null : subnetData(subnet),
    nic: nic === undefined ? null : { ...nic, publicIpAddresses: nic.publicIpAddresses?.map(lastPart) ?? null },
  };
}

/** The facts that notes mention, without ids. */
function subnetData({ defaultOutboundAccess, natGateway, region }: SubnetFacts): SubnetFacts {
  return {
    id: "",
    region,
    serviceEndpoints: [],
    routeTableId: null,
    privateEndpointNetworkPolicies: null,
    ...(defaultOutboundAccess === undefined ? {} : { defaultOutboundAccess }),
    ...(natGateway === undefined ? {} : { natGateway: natGateway === null ? null : lastPart(natGateway) }),
  };
}

function rowData({ route, serviceTag, serviceEndpoint, prefixes }: AnnotatedRoute): RowData {
  const rowTag = serviceTag?.name ?? null;
  const others = prefixes.flatMap((each, place) =>
    each.serviceTag === rowTag ? [] : [[String(place), each.serviceTag] as const],
  );
  const { name, hasBgpOverride, disableBgpRoutePropagation, nextHopIpAddress, destinationServiceTags } = route;
  return {
    ...(name === null ? {} : { name: short(name) }),
    source: short(route.source),
    state: short(route.state),
    type: short(route.nextHopType),
    ...(nextHopIpAddress.length === 0 ? {} : { hops: nextHopIpAddress.map(short) }),
    prefixes: route.addressPrefix.map(formatPrefix).join(" "),
    ...(hasBgpOverride ? { override: true as const } : {}),
    ...(disableBgpRoutePropagation === null ? {} : { noBgp: disableBgpRoutePropagation }),
    ...(destinationServiceTags.length === 0 ? {} : { own: destinationServiceTags.map(short) }),
    ...(serviceTag === null ? {} : { tag: serviceTag }),
    ...(serviceEndpoint === null ? {} : { endpoint: serviceEndpoint }),
    ...(others.length === 0 ? {} : { others: Object.fromEntries(others) }),
  };
}

/** Returns the table in the data. It has the same explanations as the original. Cost: parsing each prefix. */
export function tableOf({ origin, serviceTagFile, rows, subnet, nic }: TableData): AnnotatedRouteTable {
  const routes = rows.map((row): AnnotatedRoute => {
    const addressPrefix = row.prefixes.split(" ").map(parsePrefix);
    const tag = row.tag?.name ?? null;
    return {
      route: {
        name: row.name ?? null,
        source: row.source,
        state: row.state,
        nextHopType: row.type,
        addressPrefix,
        nextHopIpAddress: row.hops ?? [],
        disableBgpRoutePropagation: row.noBgp ?? null,
        hasBgpOverride: row.override ?? false,
        destinationServiceTags: row.own ?? [],
        fields: {},
      },
      serviceTag: row.tag ?? null,
      serviceEndpoint: row.endpoint ?? null,
      prefixes: addressPrefix.map((prefix, place) => {
        const other = row.others?.[place];
        return { prefix, serviceTag: other === undefined ? tag : other };
      }),
    };
  });
  const table: RouteTable = {
    routes: routes.map(({ route }) => route),
    origin,
    ...(subnet === null ? {} : { subnet }),
    ...(nic === null ? {} : { nic }),
  };
  return { routes, table, serviceTagFile };
}
