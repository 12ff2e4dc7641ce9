import { type AddressRange, prefixesIn } from "../../net/address-ranges.ts";
import type { Prefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import { type ExportedAnswer, exportRanges, type KnownAnswers } from "./ranges.ts";

/** One network interface to export. */
export interface ExportedInterface {
  /** Its resource id, or the name of its table where only that is known. */
  readonly nic: string;
  /** As Azure or a flow log writes it; null where it is not known. */
  readonly mac: string | null;
  /** Interfaces that share a table pass the same object, so that it is compiled once. */
  readonly table: AnnotatedRouteTable;
}

/** Consecutive addresses of one table that have the same route. */
interface NumberedRange extends AddressRange {
  /** The route's place in `routes`, from 1. */
  readonly routeId: number;
}

/** One distinct table. */
interface NumberedTable {
  /** From 1. */
  readonly tableId: number;
  /** Both families completely, IPv4 first, in order. Every address is in exactly one. */
  readonly ranges: readonly NumberedRange[];
}

/**
 * What every format of an export writes: routes, each distinct table as ranges of routes, and the table of each network
 * interface. Ids start at 1, because some engines return 0 where nothing is found.
 */
export interface ExportModel {
  /** Where the routes came from, one line each. No line can end a comment. */
  readonly about: readonly string[];
  readonly routes: readonly ExportedAnswer[];
  readonly tables: readonly NumberedTable[];
  readonly nics: readonly { readonly mac: string | null; readonly nic: string; readonly tableId: number }[];
  /**
   * The table for flows of any MAC address: that of an export of one table whose interface's MAC address is not known.
   * Else null.
   */
  readonly onlyTableId: number | null;
}

/** The most prefixes of all tables of an export together. A range takes a hundred bytes. */
const MOST_PREFIXES = 1_000_000;

/**
 * Returns the tables of the interfaces, in the order of their ids and names. Tables with the same answers are the same
 * table, wherever they came from. Cost: linear in the ranges of the distinct tables.
 * @throws UserError for more prefixes than there is memory for.
 */
export function exportModel(interfaces: readonly ExportedInterface[], about: readonly string[]): ExportModel {
  refuseTooMany(interfaces);
  const sorted = [...interfaces].sort((a, b) => compareTexts(a.nic, b.nic) || compareTexts(a.mac ?? "", b.mac ?? ""));
  const answers: KnownAnswers = new Map();
  const ids = new Map<ExportedAnswer, number>();
  const tables: NumberedTable[] = [];
  const bySource = new Map<AnnotatedRouteTable, NumberedTable>();
  const byAnswers = new Map<string, NumberedTable>();
  for (const { table } of sorted) {
    if (bySource.has(table)) continue;
    const ranges = exportRanges(table, answers).map(({ family, first, last, answer }): NumberedRange => {
      const routeId = ids.get(answer) ?? ids.size + 1;
      ids.set(answer, routeId);
      return { family, first, last, routeId };
    });
    const key = ranges.map(({ family, first, routeId }) => `${family}/${first.toString(36)}/${routeId}`).join(" ");
    const own = byAnswers.get(key) ?? { tableId: tables.length + 1, ranges };
    if (own.ranges === ranges) tables.push(own);
    byAnswers.set(key, own);
    bySource.set(table, own);
  }
  const nics = sorted.map(({ nic, mac, table }) => ({
    mac: mac === null ? null : macOfFlowLog(mac),
    nic,
    tableId: bySource.get(table)?.tableId ?? 0,
  }));
  const [first] = nics;
  return {
    about,
    routes: [...ids.keys()],
    tables,
    nics,
    onlyTableId: nics.length === 1 && first?.mac === null ? first.tableId : null,
  };
}

/** By code units, so that the order does not depend on a language. */
function compareTexts(a: string, b: string): number {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  return one < two ? -1 : one > two ? 1 : a < b ? -1 : a > b ? 1 : 0;
}

/** As flow logs write it: `000D3AF8801A`. Azure Resource Manager writes `00-0D-3A-F8-80-1A`. */
function macOfFlowLog(mac: string): string {
  return mac.replace(/[^0-9a-z]/gi, "").toUpperCase();
}

function refuseTooMany(interfaces: readonly ExportedInterface[]): void {
  const tables = new Set(interfaces.map(({ table }) => table));
  let prefixes = 0;
  for (const table of tables) for (const { addressPrefix } of table.table.routes) prefixes += addressPrefix.length;
  if (tables.size < 2 || prefixes <= MOST_PREFIXES) return;
  throw new UserError(
    "result-too-large",
    `the tables have more than ${MOST_PREFIXES.toLocaleString("en")} prefixes to export`,
    "export fewer tables at once",
  );
}

/** One prefix of a table, all of whose addresses have the same route. */
interface NumberedPrefix {
  readonly tableId: number;
  readonly prefix: Prefix;
  readonly routeId: number;
}

/**
 * Yields the shortest list of prefixes of each range, per table. Together they contain every address once, so any
 * prefix lookup finds exactly one.
 */
export function* modelPrefixes({ tables }: ExportModel): Generator<NumberedPrefix> {
  for (const { tableId, ranges } of tables) {
    for (const range of ranges) {
      for (const prefix of prefixesIn([range])) yield { tableId, prefix, routeId: range.routeId };
    }
  }
}

/** The 32 lower-case hexadecimal digits of an IPv6 address. They sort like the addresses. */
export function hexDigits(value: bigint): string {
  return value.toString(16).padStart(32, "0");
}

/** The line about the origin of one table, and its note if it has one. */
export function aboutTable({ kind, name, fetchedAt, note }: RouteTableOrigin): readonly string[] {
  const when = fetchedAt === null ? "" : `, fetched ${quotedText(fetchedAt)}`;
  const from = `Effective routes of: ${quotedText(`${kind} ${name}`, 200)}${when}. Written by vnet-explain.`;
  return note === null ? [from] : [from, quotedText(note, 500)];
}
