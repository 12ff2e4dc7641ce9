import { type Hole, type RowCoverage, rowHoles } from "../../analysis/coverage/holes.ts";
import { formatAddress } from "../../net/address.ts";
import { formatPrefix } from "../../net/prefix.ts";
import { type Element, h, type Markup } from "../markup.ts";
import type { Section } from "../subject.ts";
import { asked, BAR_HEAD, bar, counted, log2, nextHop, numberText, placeOf, table } from "../texts.ts";
import { isOfOneTable } from "./shares.ts";

/** The number of rows that are open at first. */
const OPEN = 3;

/** The most places listed under one row. Others are counted. */
const MOST_HOLES = 40;

/** Holes in each route: the rows that take precedence over it, and whether they lead elsewhere. */
export const holes: Section = {
  id: "holes",
  title: "Holes in each route",
  of({ tables: [only, ...others], result }) {
    if (only === undefined || others.length > 0 || !isOfOneTable(result.kind)) return null;
    const rows = rowHoles(only.annotated, only.table);
    if (rows.length === 0) return h("p", {}, "No route has holes: nothing takes precedence over any part of another.");
    return [
      h(
        "p",
        { class: "lead" },
        "Under each route, the addresses in it that another route wins. Holes in Azure's own None routes are left out.",
      ),
      ...rows.map((row, at) => rowCard(row, at < OPEN)),
    ];
  },
};

function rowCard({ route, v4, v6, wins, holes: own }: RowCoverage, open: boolean): Element {
  const [first] = route.addressPrefix;
  const more = route.addressPrefix.length - 1;
  const elsewhere = own.filter((hole) => hole.elsewhere);
  const shown = own.slice(0, MOST_HOLES);
  return h(
    "details",
    { class: "route holes", open },
    h(
      "summary",
      {},
      h("span", { class: "prefix" }, first === undefined ? "" : formatPrefix(first), more > 0 ? ` +${more}` : ""),
      " ",
      h("span", { class: "who" }, [route.source, route.name].filter((part) => part !== null).join(" ")),
      " → ",
      nextHop(route.nextHopType, route.nextHopIpAddress),
      " ",
      h("span", { class: "dim" }, summaryOf(elsewhere)),
    ),
    h("p", { class: "dim" }, winsText(wins, v4, v6)),
    table(
      `Addresses in ${first === undefined ? "" : formatPrefix(first)} that another route wins`,
      ["Taken by", BAR_HEAD, "Addresses", "Ranges", "What that means", "Example"],
      shown.map((hole) => holeRow(hole)),
      ["", "bar", "number", "number ranges", "", "address"],
    ),
    own.length > shown.length ? h("p", { class: "dim" }, `and ${own.length - shown.length} more next hops`) : null,
  );
}

function summaryOf(elsewhere: readonly Hole[]): string {
  if (elsewhere.length === 0) return "other routes win parts of it, to the same next hop";
  const bypassed = elsewhere.filter(({ bypassesAppliance }) => bypassesAppliance).length;
  const ways = counted(elsewhere.length, "other next hop");
  return bypassed === 0 ? `parts go to ${ways}` : `parts go to ${ways}; ${bypassed} bypass the appliance`;
}

/** Returns the share of its addresses that a row wins. */
function winsText(wins: RowCoverage["wins"], v4: bigint, v6: bigint): string {
  const of = (own: bigint, whole: bigint, family: string) =>
    whole === 0n ? [] : [`${numberText(own)} of ${numberText(whole)} ${family} addresses (${shareText(own, whole)})`];
  return `It wins ${[...of(wins.v4, v4, "IPv4"), ...of(wins.v6, v6, "IPv6")].join(" and ")}.`;
}

function shareText(part: bigint, whole: bigint): string {
  if (part === whole) return "all";
  if (part === 0n) return "none";
  const tenths = Number((part * 1000n) / whole);
  if (tenths === 0) return "under 0.1 %";
  return `${(tenths / 10).toFixed(1)} %`;
}

function holeRow({ place, v4, v6, ranges, example, elsewhere, bypassesAppliance }: Hole): readonly Markup[] {
  const address = formatAddress(example);
  const meaning = bypassesAppliance
    ? h("strong", { class: "warn" }, "bypasses the appliance")
    : elsewhere
      ? place.verdict === "drop" || place.verdict === "no-route"
        ? "dropped instead"
        : "leads elsewhere"
      : h("span", { class: "dim" }, "same next hop");
  return [
    placeOf(place),
    bar(v4 > 0n ? log2(v4 + 1n) / 32 : log2(v6 + 1n) / 128, "share"),
    v4 > 0n ? numberText(v4) : `${numberText(v6)} IPv6`,
    numberText(ranges),
    meaning,
    asked(address),
  ];
}
