import { isPrivate } from "../../net/address-scope.ts";
import { brokenNextHops } from "../broken-next-hops.ts";
import type { CoveringRow } from "../covering.ts";
import { describeRow, sentenceName } from "../describe-route.ts";
import { isBgp, isDefault, isInternet, isUnreachableAppliance, isUser } from "../route-kinds.ts";
import { type NoteSubject, nextHopAddresses } from "./note-subject.ts";

/** Why a None route drops the packet. A user route with a next hop address has `unreachableAppliances` instead. */
export function dropNone({ decision }: NoteSubject): readonly string[] {
  if (decision.verdict !== "drop") return [];
  const dropping = decision.winners.filter(({ route }) => !isUnreachableAppliance(route));
  return [...new Set(dropping.map(dropText))];
}

function dropText(row: CoveringRow): string {
  const name = `the ${describeRow(row)}`;
  if (isUser(row.route)) {
    return `Dropped by ${name}: made with next hop None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway).`;
  }
  if (isBgp(row.route)) return `Dropped by ${name}: its gateway or connection is not running or not configured.`;
  if (isDefault(row.route)) return "Dropped by Azure's default None route, for address space that is not in use.";
  return `Dropped by ${name}: its next hop is None.`;
}

/** User routes to an appliance that Azure lists as None, among the winners or among the losers. */
export function unreachableAppliances(side: "winners" | "losers"): (subject: NoteSubject) => readonly string[] {
  return ({ decision }) => {
    const rows = side === "winners" ? decision.winners : decision.losers.map(({ row }) => row);
    const lost = rows.filter(({ route }) => isUnreachableAppliance(route));
    const what = side === "winners" ? "all" : "all else";
    return lost.map(
      (row) => `${sentenceName(row)} points to unreachable ${nextHopAddresses(row)}: ${what} that it wins is dropped.`,
    );
  };
}

/** A private address that goes to Internet is not delivered: nothing else in the table covers it. */
export function privateToInternet({ decision, destination }: NoteSubject): readonly string[] {
  if (!decision.winners.some(({ route }) => isInternet(route)) || !isPrivate(destination)) return [];
  return [
    "Internet does not deliver to a private address, and no active peering, gateway or longer user route covers it.",
  ];
}

/** A user route to an appliance that cannot work. */
export function unreachableNextHop({ decision, table }: NoteSubject): readonly string[] {
  return brokenNextHops(decision, table).map(({ row, defect, hops }) => {
    const points = `${sentenceName(row)} points to ${hops.join(", ")}`;
    switch (defect) {
      case "no-address":
        return `${sentenceName(row)} has no next hop address: its packets go nowhere.`;
      case "outside":
        return `${points}, which is in no network, peering or gateway prefix of this table.`;
      case "own":
        return `${points}, this network interface's own address: packets loop, unless the appliance encapsulates them.`;
      default:
        return defect satisfies never;
    }
  });
}
