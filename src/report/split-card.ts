import type { DestinationSplit } from "../analysis/destinations/split.ts";
import { addressesText, groupText } from "../output/results/address-text.ts";
import { type Element, h } from "./markup.ts";
import { nextHop, table } from "./texts.ts";

/** Returns the card of a set of addresses: its parts, largest first. `label` names the table if there are several. */
export function splitCard(split: DestinationSplit, label = ""): Element {
  return h(
    "article",
    { class: "card" },
    label === "" ? null : h("p", { class: "label" }, label),
    h(
      "h3",
      {},
      h("span", { class: "address" }, split.destination),
      h("span", { class: "dim" }, ` ${addressesText(split.addresses)}`),
    ),
    table(
      `Where the addresses of ${split.destination} go`,
      ["Addresses", "Next hop", "Route", "Which"],
      split.outcomes.map((outcome) => {
        const { winner, verdict, addresses, diagnosis } = outcome;
        const without = diagnosis.id === "no-ipv6" ? "not sent: no IPv6" : "no route";
        return [
          addressesText(addresses),
          winner === null
            ? h("span", { class: "verdict" }, verdict === "platform" ? "answered by the host" : without)
            : [
                nextHop(winner.nextHopType, winner.nextHopIpAddress),
                winner.serviceTag === null ? null : ` ${winner.serviceTag}`,
                verdict === "drop" ? h("span", { class: "verdict drop" }, " dropped") : null,
              ],
          winner === null ? "" : [winner.source, winner.name].filter((part) => part !== null).join(" "),
          groupText(outcome),
        ];
      }),
    ),
  );
}
