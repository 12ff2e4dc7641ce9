import type { ForwardingClass } from "../../../analysis/fleet/class-details.ts";
import { addressesText } from "../../../output/results/address-text.ts";
import { h, type Markup } from "../../markup.ts";
import type { Section } from "../../subject.ts";
import { placeOf, table } from "../../texts.ts";
import { memberList } from "./member-list.ts";

/** The subnets whose traffic bypasses an appliance, and its next hops. */
export const snapshotBypasses: Section = {
  id: "bypasses",
  title: "What bypasses an appliance",
  of({ classes }) {
    if (classes === null) return null;
    const found = foldedBypasses(classes);
    if (found.length === 0)
      return h("p", {}, "Nothing: no route that takes precedence over a route to an appliance bypasses it.");
    return table(
      "Routes that take precedence over a route to an appliance and bypass it",
      ["Appliance", "Past it goes", "To", "In"],
      found.map(({ appliance, addresses, place, members }) => [appliance, addresses, place, memberList(members)]),
    );
  },
};

interface Row {
  readonly appliance: string;
  readonly addresses: string;
  readonly place: Markup;
  readonly members: { readonly name: string }[];
}

/** Returns the distinct bypasses of all classes. */
function foldedBypasses(classes: readonly ForwardingClass[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { members, bypasses } of classes) {
    for (const { route, appliance, hole } of bypasses) {
      const addresses = addressesText({ v4: hole.v4.toString(), v6: hole.v6.toString() });
      const key = JSON.stringify([route, appliance, addresses, hole.place.key]);
      const row = rows.get(key) ?? {
        appliance: `${appliance} (${route})`,
        addresses,
        place: placeOf(hole.place),
        members: [],
      };
      for (const member of members) row.members.push(member);
      rows.set(key, row);
    }
  }
  return [...rows.values()].sort((a, b) => b.members.length - a.members.length);
}
