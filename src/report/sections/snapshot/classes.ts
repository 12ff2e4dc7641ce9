import type { ForwardingClass } from "../../../analysis/fleet/class-details.ts";
import { addressesText } from "../../../output/results/address-text.ts";
import { h, type Markup } from "../../markup.ts";
import type { Section } from "../../subject.ts";
import { counted, placeOf, table } from "../../texts.ts";
import { memberList } from "./member-list.ts";

/** The most classes listed. Others are counted. */
const MOST_CLASSES = 60;

/** The most places in one cell. Others are counted. */
const MOST_PLACES = 4;

/** Subnets that forward alike, and where they send each kind of destination. */
export const snapshotClasses: Section = {
  id: "classes",
  title: "Which subnets forward alike",
  of({ classes }) {
    if (classes === null) return null;
    const shown = classes.slice(0, MOST_CLASSES);
    const kinds = shown[0]?.kinds.map(({ kind }) => kind) ?? [];
    return [
      h(
        "p",
        { class: "lead" },
        classes.length === 1
          ? "All subnets with a table are of one class: each address goes to the same place from all of them."
          : `${counted(classes.length, "class", "classes")}. Subnets of one class send every address to the same place.`,
      ),
      h(
        "div",
        { class: "matrix" },
        table(
          "A row for each class of subnets, a column for each kind of destination",
          [
            "Class",
            "Subnets",
            ...kinds.map((kind) =>
              kind === "internet" || kind === "private" ? kind : h("span", { class: "hop service" }, kind),
            ),
          ],
          shown.map((each) => [
            h("strong", { id: `class-${each.number}` }, String(each.number)),
            memberList(each.members),
            ...each.kinds.map(({ shares }) => placesIn(shares)),
          ]),
          ["short"],
        ),
      ),
      classes.length > shown.length
        ? h("p", { class: "dim" }, `and ${counted(classes.length - shown.length, "more class", "more classes")}`)
        : null,
    ];
  },
};

/** Returns where the addresses of a kind go, most addresses first. */
function placesIn(all: ForwardingClass["kinds"][number]["shares"]): Markup {
  const shares = all.filter(({ place }) => place.verdict !== "platform");
  const hasV4 = shares.some(({ v4 }) => v4 > 0n);
  const shown = shares.filter(({ v4 }) => v4 > 0n || !hasV4);
  const rest = shown.length - MOST_PLACES;
  return [
    ...shown
      .slice(0, rest > 1 ? MOST_PLACES : undefined)
      .map(
        (share, at): Markup => [
          at === 0 ? null : h("br", {}),
          placeOf(share.place),
          shown.length === 1
            ? null
            : h(
                "span",
                { class: "dim" },
                ` ${addressesText({ v4: share.v4.toString(), v6: hasV4 ? "0" : share.v6.toString() })}`,
              ),
        ],
      ),
    rest > 1 ? h("div", { class: "dim" }, `and ${rest} more`) : null,
  ];
}
