import type { CoveringRow } from "../covering.ts";
import { describeRow } from "../describe-route.ts";
import { isNextHopInTable } from "../next-hop-prefixes.ts";
import { isAppliance, isBgp, isDefault, isInternet, isNone, isUnreachableAppliance, isUser } from "../route-kinds.ts";
import { isPrivate, type NoteSubject, nextHopAddresses } from "./note-subject.ts";

/** Why a None route drops the packet. A user route with a next hop address has `unreachableAppliances` instead. */
export function dropNone({ decision }: NoteSubject): readonly string[] {
  if (decision.verdict !== "drop") return [];
  const dropping = decision.winners.filter(({ route }) => !isUnreachableAppliance(route));
  return [...new Set(dropping.map(dropText))];
}

function dropText(row: CoveringRow): string {
  const name = describeRow(row);
  if (isUser(row.route)) {
    return `Dropped: ${name} with next hop None. It was created with None, or Azure could not place it (VnetLocal outside the network's own space, or a gateway that does not exist). Check the route in its route table.`;
  }
  if (isBgp(row.route)) {
    return `Dropped: ${name} with next hop None. The gateway or its connection is not running or not configured.`;
  }
  if (isDefault(row.route)) {
    return "Dropped: Azure's default route with next hop None, for private address space that is not in use.";
  }
  return `Dropped: ${name} with next hop None.`;
}

/** User routes to an appliance that Azure lists as None, among the winners or among the losers. */
export function unreachableAppliances(side: "winners" | "losers"): (subject: NoteSubject) => readonly string[] {
  return ({ decision }) => {
    const rows = side === "winners" ? decision.winners : decision.losers.map(({ row }) => row);
    const lost = rows.filter(({ route }) => isUnreachableAppliance(route));
    return lost.map(
      (row) =>
        `The ${describeRow(row)} points to ${nextHopAddresses(row)}, but Azure lists it as None: its virtual appliance is unreachable, so everything that this route wins is dropped.`,
    );
  };
}

/** A private address that goes to Internet is not delivered: nothing else in the table covers it. */
export function privateToInternet({ decision, destination }: NoteSubject): readonly string[] {
  if (!decision.winners.some(({ route }) => isInternet(route)) || !isPrivate(destination)) return [];
  return [
    `The destination is a private address, so Internet does not deliver it. No active peering, gateway route or longer user route covers it; add one to reach it.`,
  ];
}

/**
 * A user route to an appliance that cannot work: no address, an address that nothing in the table reaches, or the NIC's
 * own.
 */
export function unreachableNextHop({ decision, table }: NoteSubject): readonly string[] {
  const own = table.nic?.privateIpAddresses ?? [];
  return decision.winners
    .filter(({ route }) => isAppliance(route) && !isNone(route))
    .flatMap((row) => {
      const name = describeRow(row);
      const hops = row.route.nextHopIpAddress;
      if (hops.length === 0) return [`The ${name} has no next hop address, so its packets go nowhere.`];
      const outside = hops.filter((hop) => isNextHopInTable(table.routes, hop) === false);
      const looping = hops.filter((hop) => own.includes(hop));
      return [
        ...(outside.length === 0
          ? []
          : [
              `The ${name} points to ${outside.join(", ")}, which lies in no network, peering or gateway prefix of this table. Azure needs direct connectivity to the next hop.`,
            ]),
        ...(looping.length === 0
          ? []
          : [
              `The ${name} points to ${looping.join(", ")}, this network interface's own address: the packet loops, unless the appliance encapsulates it.`,
            ]),
      ];
    });
}
