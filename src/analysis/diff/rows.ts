import { type AddressRange, differenceOf, meets, prefixesOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { AnnotatedRoute } from "../../routes/annotation.ts";

/** A row as a diff tells it. */
export interface DiffRow {
  readonly source: string;
  readonly state: string;
  readonly name: string | null;
  readonly addressPrefixes: readonly string[];
  readonly nextHopType: string;
  readonly nextHopIpAddress: readonly string[];
  readonly serviceTag: string | null;
}

/** What of a row can differ. */
type DiffField =
  | "name"
  | "state"
  | "addressPrefix"
  | "nextHopType"
  | "nextHopIpAddress"
  | "hasBgpOverride"
  | "destinationServiceTags";

/** A row that only one of the tables has, or that both have but not alike. */
export interface RowChange {
  readonly change: "added" | "removed" | "changed";
  /** Null where it was added. */
  readonly before: DiffRow | null;
  /** Null where it was removed. */
  readonly after: DiffRow | null;
  /** Of a changed row: what differs. */
  readonly fields: readonly DiffField[];
  /** Of a changed row: the addresses that its prefixes gained and lost, as the shortest lists. Mere re-summarisation leaves both empty. */
  readonly addressesAdded: readonly string[];
  readonly addressesRemoved: readonly string[];
  /** Whether an address that the difference concerns goes elsewhere now. */
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
 * By what a row is known again in the other table, the surest sign first: a user route's name; where that fails the same source, prefixes
 * and next hop type (its state or next hop changed), the same source and prefixes, and of endpoint rows the tag (its prefixes changed).
 */
const SIGNS: readonly ((row: Row) => string | null)[] = [
  ({ values }) => (values.name === "" ? null : `${values.source} ${values.name}`),
  ({ values }) => `${values.source} ${values.nextHopType} ${values.addressPrefix}`,
  ({ values }) => `${values.source} ${values.addressPrefix}`,
  ({ row, values }) =>
    row.serviceTag === null ? null : `${values.source} ${values.nextHopType} ${row.serviceTag.name}`,
];

/**
 * The rows that differ between two tables, whatever their order; rows that are alike in every field that routing uses are left out.
 * `moved` are the addresses that go elsewhere, normalised. Those without any come last; else removed before changed before added, as they stand.
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
  for (const sign of SIGNS) {
    const found = paired(left, right, sign);
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

/** Pairs rows with the same key, first with first; a row without a key stays. */
function paired(left: readonly Row[], right: readonly Row[], keyOf: (row: Row) => string | null) {
  const waiting = new Map<string, Row[]>();
  for (const row of right) {
    const key = keyOf(row);
    if (key === null) continue;
    const own = waiting.get(key);
    if (own === undefined) waiting.set(key, [row]);
    else own.push(row);
  }
  const pairs: (readonly [Row, Row])[] = [];
  const taken = new Set<Row>();
  const alone = left.filter((row) => {
    const key = keyOf(row);
    const twin = key === null ? undefined : waiting.get(key)?.shift();
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
  // Splitting or joining prefixes moves no address by its own set, but it does by the length of what it competes with.
  const concerned = onlyPrefixes && added.length + removed.length > 0 ? [...added, ...removed] : [...old, ...now];
  const isChanged = before !== null && after !== null;
  return {
    change: before === null ? "added" : after === null ? "removed" : "changed",
    before: before === null ? null : diffRow(before.row),
    after: after === null ? null : diffRow(after.row),
    fields,
    addressesAdded: isChanged ? texts(prefixesOf(added)) : [],
    addressesRemoved: isChanged ? texts(prefixesOf(removed)) : [],
    addressesMoved: meets(concerned, moved),
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
