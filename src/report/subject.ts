import { ForwardingTable } from "../analysis/bulk/forwarding-table.ts";
import type { ForwardingClass } from "../analysis/fleet/class-details.ts";
import type { Result } from "../output/results/kinds.ts";
import type { PageSource } from "../output/results/page-source.ts";
import type { AnnotatedRouteTable } from "../routes/annotation.ts";
import type { Markup } from "./markup.ts";
import { shortNames, withShortNames } from "./short-names.ts";
import { type TableData, tableData, tableOf } from "./table-data.ts";
import { titleOf } from "./title.ts";

/** A route table that a page is about. */
export interface PageTable {
  /** Its label among the page's tables: `before`, `after`, a table's name; "" for the only one. */
  readonly label: string;
  /** The data of the table in the page, for its script. */
  readonly data: TableData;
  /** The table as the script reads it from the data, so that texts and answers agree. */
  readonly annotated: AnnotatedRouteTable;
  /** Compiled from the same rows. */
  readonly table: ForwardingTable;
}

/** Returns a table for a page. Cost: reading and sorting its prefixes. */
function pageTable(label: string, given: AnnotatedRouteTable): PageTable {
  const data = tableData(given);
  const annotated = tableOf(data);
  return { label, data, annotated, table: new ForwardingTable(annotated.table.routes) };
}

/** The input of the sections of a page. */
export interface PageSubject {
  readonly title: string;
  readonly result: Result;
  readonly tables: readonly PageTable[];
  /** The table of a hub, a gateway, a Route Server or a circuit; null if the page is about NICs. */
  readonly gateway: NonNullable<PageSource["gateway"]> | null;
  /** The classes of equal forwarding of a snapshot; null for a page about tables. */
  readonly classes: readonly ForwardingClass[] | null;
  /** Whether the page carries the service tags, so that it names those of any address. */
  readonly carriesTags: boolean;
  /** Whether the page can answer for any address that is typed in. */
  readonly answers: boolean;
  /** The program's version. */
  readonly version: string;
  /** The time at which the page is written, ISO 8601. */
  readonly writtenAt: string;
}

/** The most tables that a page answers for, a card for each. */
const MOST_ANSWERING = 6;

/** Returns the subject of a result's page, with short names of tables. Cost: compiling the tables. */
export function subjectOf(
  result: Result,
  { tables, carriedTags, gateway, classes }: PageSource,
  written: Pick<PageSubject, "version" | "writtenAt">,
): PageSubject {
  const names = shortNames(tables.map(({ label }) => label));
  return {
    title: titleOf(result),
    result: result.kind === "check" ? { ...result, report: withShortNames(result.report, names) } : result,
    tables: tables.map(({ label, annotated }) => pageTable(names.get(label) ?? label, annotated)),
    gateway: gateway ?? null,
    carriesTags: carriedTags !== null,
    classes: classes?.() ?? null,
    answers: tables.length > 0 && tables.length <= MOST_ANSWERING,
    ...written,
  };
}

/** A part of the page. It has no script of its own: what works only with script is `hidden` until the script runs. */
export interface Section {
  /** The id of its element, for links. */
  readonly id: string;
  readonly title: string;
  /** Returns its content; null if it does not apply to the subject. */
  of(subject: PageSubject): Markup | null;
}
