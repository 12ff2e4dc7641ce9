import type { Drift, MemberRowChange } from "../../../analysis/fleet/drift.ts";
import { groupedBy } from "../../../analysis/fleet/grouped-by.ts";
import { addressesText, groupText, prefixesText } from "../../../output/results/address-text.ts";
import { h, type Markup } from "../../markup.ts";
import { placeOfSide, routesOfSide } from "../../move-place.ts";
import type { Section } from "../../subject.ts";
import { counted, nextHop, placeOf, prefixList, table } from "../../texts.ts";
import { memberList } from "./member-list.ts";

/** The most moves and rows listed. Others are counted. */
const MOST = 200;

/** The drift between two snapshots: moves, rows, and what was added or removed. */
export const snapshotDrift: Section = {
  id: "drift",
  title: "What drifted",
  of({ result }) {
    if (result.kind !== "snapshot-diff") return null;
    const { moves, compared, changed, rows, subnets, nics, appliances, notCompared } = result.report;
    return [
      h(
        "p",
        { class: "lead" },
        moves.length === 0
          ? `${compared === 0 ? "Nothing was compared" : `No address changes next hop, ${compared} compared`}.`
          : `Addresses change next hop in ${changed} of ${compared}.`,
      ),
      ...moves.slice(0, MOST).map(move),
      moves.length > MOST
        ? h("p", { class: "dim" }, `and ${counted(moves.length - MOST, "more move")}; -o csv lists all`)
        : null,
      rowTable(rows),
      cameAndWent([
        ["Subnets", subnets],
        ["Network interfaces", nics],
        ["Appliances", appliances],
      ]),
      notCompared.length === 0
        ? null
        : table(
            "What could not be compared",
            ["Not compared", "Why"],
            notCompared.slice(0, MOST).map(({ name, reason }) => [name, reason]),
          ),
    ];
  },
};

const named = (names: readonly string[]) => memberList(names.map((name) => ({ name })));

function move({ before, after, addresses, prefixes, members, ...group }: Drift["moves"][number]): Markup {
  return h(
    "details",
    { class: "route" },
    h(
      "summary",
      {},
      placeOf(placeOfSide(before)),
      " → ",
      placeOf(placeOfSide(after)),
      " ",
      h(
        "span",
        { class: "dim" },
        `${addressesText(addresses)}, in ${members.length === 1 ? members[0] : members.length}`,
      ),
    ),
    h("p", {}, groupText({ prefixes, ...group })),
    h("p", {}, "In ", named(members)),
    h("p", { class: "dim" }, `Before by ${routesOfSide(before)}; after by ${routesOfSide(after)}.`),
    prefixList(prefixes.slice(0, 2000), "The prefixes that move"),
  );
}

const SIGNS = { added: "+ added", removed: "− removed", changed: "~ changed" } as const;

function rowTable(rows: readonly MemberRowChange[]): Markup {
  if (rows.length === 0) return null;
  const shown = [...groupedBy(rows, ({ members }) => members.join("\n")).values()].flat().slice(0, MOST);
  return [
    table(
      "The rows that differ",
      ["Change", "Prefix", "Next hop", "Route", "In"],
      shown.map(({ change, before, after, fields, members }) => {
        const row = after ?? before;
        const sign = change === "changed" ? `${SIGNS.changed}: ${fields.join(", ")}` : SIGNS[change];
        return [
          h("span", { class: `change ${change}` }, sign),
          h("span", { class: "prefix" }, prefixesText(row?.addressPrefixes ?? [], 1)),
          nextHop(row?.nextHopType ?? "", row?.nextHopIpAddress ?? []),
          [row?.source, row?.name].filter((part) => part != null).join(" "),
          named(members),
        ];
      }),
    ),
    rows.length > shown.length
      ? h("p", { class: "dim" }, `and ${counted(rows.length - shown.length, "more row")}`)
      : null,
  ];
}

function cameAndWent(kinds: readonly (readonly [string, Drift["nics"]])[]): Markup {
  const rows = kinds.filter(([, { came, went }]) => came.length + went.length > 0);
  return rows.length === 0
    ? null
    : table(
        "What was added or removed",
        ["", "Came", "Went"],
        rows.map(([kind, { came, went }]) => [kind, named(came), named(went)]),
      );
}
