import { parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { comparePrefixes, contains, containsPrefix, formatPrefix, type Prefix, parsePrefix } from "../../net/prefix.ts";
import type { AnnotatedRoute } from "../../routes/annotation.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { csvField } from "../../text/csv-field.ts";
import { same } from "../../text/same.ts";
import { h, type Markup } from "../markup.ts";
import { counted, nextHop, numberText } from "../texts.ts";
import { byId, copy, fill, nodesOf } from "./dom.ts";
import type { ReadyTable } from "./read-data.ts";

/** A line of the list: one prefix of one row. */
interface Line {
  readonly prefix: Prefix;
  readonly cells: readonly [prefix: string, route: string, state: string, tag: string];
  readonly row: AnnotatedRoute;
  /** In lower case, for the filter. */
  readonly text: string;
}

/** Pixels, as in style.css. */
const LINE_HEIGHT = 28;

/** The number of lines kept above and below the visible ones. */
const AROUND = 20;

const HEADS = ["Prefix", "Next hop", "Route", "State", "Service tag"] as const;

/** Fills the visible part of the list of all prefixes, and makes its filter and its copy button work. */
export function startList({ annotated }: ReadyTable): void {
  const list = byId("list");
  const filter = byId<HTMLInputElement>("filter-text");
  const count = byId("filter-count");
  const lines = linesOf(annotated.routes);
  let shown: readonly Line[] = lines;

  const above = h("tr", { class: "space", "aria-hidden": "true" });
  const [head, body] = [h("tr", {}, ...HEADS.map((each) => h("th", { scope: "col" }, each))), h("tbody", {})];
  fill(
    list,
    h(
      "table",
      { "aria-rowcount": String(lines.length + 1) },
      h("caption", { class: "unseen" }, "All prefixes"),
      h("thead", {}, head),
      body,
    ),
  );
  const rows = list.querySelector("tbody") as HTMLTableSectionElement;
  const spaces = [nodesOf(above)[0], nodesOf(above)[0]] as HTMLElement[];

  const draw = () => {
    const visible = Math.ceil(list.clientHeight / LINE_HEIGHT);
    const first = Math.max(0, Math.min(Math.floor(list.scrollTop / LINE_HEIGHT) - AROUND, shown.length - visible));
    const last = Math.min(shown.length, first + visible + 2 * AROUND);
    const drawn = shown.slice(first, last).flatMap((line, at) => nodesOf(rowOf(line, first + at + 2)));
    const [before, after] = spaces;
    if (before === undefined || after === undefined) return;
    before.style.height = `${first * LINE_HEIGHT}px`;
    after.style.height = `${(shown.length - last) * LINE_HEIGHT}px`;
    rows.replaceChildren(before, ...drawn, after);
  };
  const apply = () => {
    const wanted = filter.value.trim();
    shown = wanted === "" ? lines : lines.filter(matcher(wanted));
    fill(
      count,
      shown.length === lines.length
        ? counted(lines.length, "prefix", "prefixes")
        : `${numberText(shown.length)} of ${counted(lines.length, "prefix", "prefixes")}`,
    );
    list.scrollTop = 0;
    draw();
  };
  let isDrawing = false;
  list.addEventListener("scroll", () => {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      draw();
    });
  });
  addEventListener("resize", draw);
  filter.addEventListener("input", apply);
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  const button = byId<HTMLButtonElement>("copy-csv");
  button.addEventListener("click", () => void copy(csvOf(shown), button));
  byId("all-prefixes").hidden = false;
  apply();
}

function linesOf(routes: readonly AnnotatedRoute[]): readonly Line[] {
  const all = routes.flatMap((row) => row.route.addressPrefix.map((prefix, place) => ({ row, place, prefix })));
  return all
    .sort((a, b) => comparePrefixes(a.prefix, b.prefix))
    .map(({ row, place, prefix }) => {
      const { name, source, state, nextHopType, nextHopIpAddress, destinationServiceTags } = row.route;
      const tag = row.prefixes[place]?.serviceTag ?? destinationServiceTags.join(", ");
      const route = name === null ? source : `${source} ${name}`;
      const cells = [formatPrefix(prefix), route, state, tag] as const;
      const texts = [...cells, nextHopType, nextHopIpAddress.join(" "), row.serviceEndpoint ?? ""];
      return { prefix, cells, row, text: texts.join("\n").toLowerCase() };
    });
}

/** Returns whether a line has a text, or covers an address, or overlaps a prefix. */
function matcher(wanted: string): (line: Line) => boolean {
  try {
    if (wanted.includes("/")) {
      const prefix = parsePrefix(wanted);
      return (line) => containsPrefix(line.prefix, prefix) || containsPrefix(prefix, line.prefix);
    }
    const address = parseAddress(wanted);
    return (line) => contains(line.prefix, address);
  } catch (error) {
    if (!isAddressError(error)) throw error;
    const text = wanted.toLowerCase();
    return (line) => line.text.includes(text);
  }
}

function rowOf({ cells: [prefix, route, state, tag], row }: Line, index: number): Markup {
  const { nextHopType, nextHopIpAddress } = row.route;
  const isActive = same(state, "Active");
  return h(
    "tr",
    { "aria-rowindex": String(index) },
    h("td", { class: "prefix" }, prefix),
    h("td", {}, nextHop(nextHopType, nextHopIpAddress)),
    h("td", {}, route),
    h("td", {}, h("span", { class: isActive ? "active" : "inactive" }, state)),
    h("td", {}, tag),
  );
}

const csvRecord = (cells: readonly string[]) => `${cells.map((cell) => csvField(plainText(cell))).join(",")}\r\n`;

function csvOf(lines: readonly Line[]): string {
  const columns = ["addressPrefix", "nextHopType", "nextHopIpAddress", "route", "state", "serviceTag"];
  const records = lines.map(({ cells: [prefix, route, state, tag], row: { route: own } }) =>
    csvRecord([prefix, own.nextHopType, own.nextHopIpAddress.join(","), route, state, tag]),
  );
  return csvRecord(columns) + records.join("");
}
