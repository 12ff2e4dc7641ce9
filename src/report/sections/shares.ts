import { type Share, sharesOf } from "../../analysis/coverage/shares.ts";
import { examplesOf } from "../examples.ts";
import { h, type Markup } from "../markup.ts";
import type { Section } from "../subject.ts";
import { asked, BAR_HEAD, bar, log2, numberText, placeOf, table } from "../texts.ts";

/** The most places listed. Others are counted. */
const MOST_PLACES = 60;

/** Who wins: next hops and services, by addresses. */
export const shares: Section = {
  id: "who-wins",
  title: "Who wins",
  of({ tables: [only, ...others], result }) {
    if (only === undefined || others.length > 0 || !isOfOneTable(result.kind)) return null;
    const all = sharesOf(only.annotated, only.table).filter(({ place }) => place.verdict !== "platform");
    const exampleFor = examplesOf(only);
    const hasV6 = only.annotated.table.routes.some((row) => row.addressPrefix.some(({ family }) => family === 6));
    const shown = (hasV6 ? all : all.filter(({ v4 }) => v4 > 0n)).slice(0, MOST_PLACES);
    const rest = all.length - shown.length;
    return [
      h("p", { class: "lead" }, "Where all addresses end up. Each step of a bar's length is a doubling."),
      table(
        "Where all addresses end up",
        ["Next hop", BAR_HEAD, "IPv4 addresses", ...(hasV6 ? ["IPv6 addresses"] : []), "Ranges", "Example"],
        shown.map((share) => rowOf(share, hasV6, exampleFor(share))),
        ["", "bar", "number", ...(hasV6 ? ["number"] : []), "number", "address"],
      ),
      hasV6 ? null : h("p", { class: "dim" }, "The table has no IPv6 routes."),
      hasV6 && rest > 0 ? h("p", { class: "dim" }, `and ${rest} more next hops with fewer addresses`) : null,
    ];
  },
};

/** Whether a result of this kind is about a single, unchanged table. */
export const isOfOneTable = (kind: string): boolean => kind === "routes" || kind === "whichroute";

function rowOf({ place, v4, v6, ranges }: Share, hasV6: boolean, address: string): readonly Markup[] {
  return [
    placeOf(place),
    bar(v4 > 0n ? log2(v4 + 1n) / 32 : log2(v6 + 1n) / 128, "share"),
    v4 === 0n ? "" : numberText(v4),
    ...(hasV6 ? [v6 === 0n ? "" : numberText(v6)] : []),
    numberText(ranges),
    asked(address),
  ];
}
