import { type AddressRange, differenceOf, meets, prefixesOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { AnnotatedRoute } from "../../routes/annotation.ts";

/** A row as a diff prints it. */
export interface DiffRow {
  readonly source: string;
  readonly state: string;
  readonly name: string | null;
  readonly addressPrefixes: readonly string[];
  readonly nextHopType: string;
  readonly nextHopIpAddress: readonly string[];
  readonly serviceTag: string | null;
}

/** The fields that a diff compares. */
type DiffField =
  | "name"
  | "state"
  | "addressPrefix"
  | "nextHopType"
  | "nextHopIpAddress"
  | "hasBgpOverride"
  | "destinationServiceTags";

/** A row that only one table has, or that differs between the tables. */
export interface RowChange {
  readonly change: "added" | "removed" | "changed";
  /** Null if the row was added. */
  readonly before: DiffRow | null;
  /** Null if the row was removed. */
  readonly after: DiffRow | null;
  /** For a changed row, the fields that differ. */
  readonly fields: readonly DiffField[];
  /**
   * For a changed row, the addresses that its prefixes gained, as the shortest list. Empty if the same addresses are
   * only summarised differently.
   */
  readonly addressesAdded: readonly string[];
  /** For a changed row, the addresses that its prefixes lost. */
  readonly addressesRemoved: readonly string[];
  /** Whether any address affected by the difference moves. */
  readonly addressesMoved: boolean;
}

type Values = Readonly<Record<DiffField | "source", string>>;

interface Row {
  readonly row: AnnotatedRoute;
  readonly values: Values;
}

const FIELDS: readonly DiffField[] = [
  "name",
  "state",
  "addressPrefix",
  "nextHopType",
  "nextHopIpAddress",
  "hasBgpOverride",
  "destinationServiceTags",
];

const sorted = (texts: readonly string[]) => [...new Set(texts.map((text) => text.toLowerCase()))].sort().join(" ");

function valuesOf({ route }: AnnotatedRoute): Values {
  return {
    source: route.source.toLowerCase(),
    name: route.name?.toLowerCase() ?? "",
    state: route.state.toLowerCase(),
    addressPrefix: [...route.addressPrefix].sort(comparePrefixes).map(formatPrefix).join(" "),
    nextHopType: route.nextHopType.toLowerCase(),
    nextHopIpAddress: sorted(route.nextHopIpAddress),
    hasBgpOverride: String(route.hasBgpOverride),
    destinationServiceTags: sorted(route.destinationServiceTags),
  };
}

/**
 * Keys that match a row with its counterpart in the other table, most reliable first: source and name; source, next
 * hop type and prefixes (if the state or next hop address changed); source and prefixes; for endpoint rows, the tag
 * (if the prefixes changed).
 */
const MATCH_KEYS: readonly ((row: Row) => string | null)[] = [
  ({ values }) => (values.name === "" ? null : `${values.source} ${values.name}`),
  ({ values }) => `${values.source} ${values.nextHopType} ${values.addressPrefix}`,
  ({ values }) => `${values.source} ${values.addressPrefix}`,
  ({ row, values }) =>
    row.serviceTag === null ? null : `${values.source} ${values.nextHopType} ${row.serviceTag.name}`,
];

/**
 * Returns the rows that differ between two tables, ignoring their order. Rows that are equal in every field that
 * routing uses are omitted. `moved` is the normalised set of addresses that move. Rows without moved addresses come
 * last; otherwise removed rows come before changed rows before added rows, each in table order.
 */
export function rowChanges(
  before: readonly AnnotatedRoute[],
  after: readonly AnnotatedRoute[],
  moved: readonly AddressRange[],
): RowChange[] {
  const rowsOf = (rows: readonly AnnotatedRoute[]) => rows.map((row): Row => ({ row, values: valuesOf(row) }));
  const whole = ({ values }: Row) => JSON.stringify([values.source, ...FIELDS.map((field) => values[field])]);
  let { left, right } = paired(rowsOf(before), rowsOf(after), whole);
  const changed: (readonly [Row, Row])[] = [];
  for (const keyOf of MATCH_KEYS) {
    const found = paired(left, right, keyOf);
    for (const pair of found.pairs) changed.push(pair);
    ({ left, right } = found);
  }
  const changes = [
    ...left.map((row) => rowChange(row, null, moved)),
    ...changed.map(([old, now]) => rowChange(old, now, moved)),
    ...right.map((row) => rowChange(null, row, moved)),
  ];
  return [...changes.filter((each) => each.addressesMoved), ...changes.filter((each) => !each.addressesMoved)];
}

/** Pairs rows with equal keys in order. A row without a key stays unpaired. */
function paired(left: readonly Row[], right: readonly Row[], keyOf: (row: Row) => string | null) {
  const unpaired = new Map<string | null, Row[]>();
  for (const row of right) {
    const key = keyOf(row);
    if (key === null) continue;
    const own = unpaired.get(key);
    if (own === undefined) unpaired.set(key, [row]);
    else own.push(row);
  }
  const pairs: (readonly [Row, Row])[] = [];
  const taken = new Set<Row>();
  const alone = left.filter((row) => {
    const twin = unpaired.get(keyOf(row))?.shift();
    if (twin === undefined) return true;
    taken.add(twin);
    pairs.push([row, twin]);
    return false;
  });
  return { pairs, left: alone, right: right.filter((row) => !taken.has(row)) };
}

function rowChange(before: Row | null, after: Row | null, moved: readonly AddressRange[]): RowChange {
  const fields =
    before === null || after === null ? [] : FIELDS.filter((field) => before.values[field] !== after.values[field]);
  const old = rangesOf(before);
  const now = rangesOf(after);
  const added = differenceOf(now, old);
  const removed = differenceOf(old, now);
  const onlyPrefixes = fields.length === 1 && fields[0] === "addressPrefix";
  // If the addresses stay the same, check all of them: splitting or joining prefixes changes which route is longest.
  const affected = onlyPrefixes && added.length + removed.length > 0 ? [...added, ...removed] : [...old, ...now];
  const isChanged = before !== null && after !== null;
  return {
    change: before === null ? "added" : after === null ? "removed" : "changed",
    before: before === null ? null : diffRow(before.row),
    after: after === null ? null : diffRow(after.row),
    fields,
    addressesAdded: isChanged ? texts(prefixesOf(added)) : [],
    addressesRemoved: isChanged ? texts(prefixesOf(removed)) : [],
    addressesMoved: meets(affected, moved),
  };
}

const rangesOf = (row: Row | null) => unionOf(row?.row.route.addressPrefix.map(rangeOf) ?? []);

const texts = (prefixes: readonly Prefix[]) => prefixes.map(formatPrefix);

function diffRow({ route, serviceTag }: AnnotatedRoute): DiffRow {
  return {
    source: route.source,
    state: route.state,
    name: route.name,
    addressPrefixes: texts(route.addressPrefix),
    nextHopType: route.nextHopType,
    nextHopIpAddress: route.nextHopIpAddress,
    serviceTag: serviceTag?.name ?? null,
  };
}
