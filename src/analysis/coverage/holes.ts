import { type AddressRange, addressCount, rangeOf, unionOf } from "../../net/address-ranges.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import type { Decision } from "../../selection/decision.ts";
import { isActive, isAppliance, isDefault, isNone, isUser, isVnetLocal } from "../../selection/route-kinds.ts";
import { same } from "../../text/same.ts";
import type { ForwardingTable } from "../bulk/forwarding-table.ts";
import { byAddresses } from "../destinations/address-counts.ts";
import { piecesWithin } from "../destinations/pieces.ts";
import { type Place, placesOf } from "./place.ts";
import { type Share, ShareCounter } from "./shares.ts";

/** Addresses of a row for which another row wins. */
export interface Hole extends Share {
  /** Whether they leave by another next hop than the row's. */
  readonly elsewhere: boolean;
  /** Whether the row leads to an appliance, and they do not. */
  readonly bypassesAppliance: boolean;
}

/** A row of the table, and what takes precedence over it. */
export interface RowCoverage {
  /** The row's place in its table. */
  readonly index: number;
  readonly route: EffectiveRoute;
  readonly v4: bigint;
  readonly v6: bigint;
  /** How many of its addresses the row wins itself, alone or at equal cost. */
  readonly wins: { readonly v4: bigint; readonly v6: bigint };
  /** Most IPv4 addresses first. The host's own two addresses are not holes. */
  readonly holes: readonly Hole[];
}

/** The rows with the most addresses are looked at; each takes a pass over the pieces in it. */
const MOST_ROWS = 40;

/**
 * Returns the active rows that have holes, those with the most addresses first, at most 40. Azure's default None rows
 * are left out: they exist to be overridden. Cost: for each of these rows, linear in the pieces within it.
 */
export function rowHoles(annotated: AnnotatedRouteTable, table: ForwardingTable): readonly RowCoverage[] {
  const placeOf = placesOf(annotated);
  const rows = annotated.table.routes
    .map((route, index) => ({ route, index }))
    .filter(({ route }) => isActive(route) && !(isDefault(route) && isNone(route)))
    .map(({ route, index }) => {
      const ranges = unionOf(route.addressPrefix.map(rangeOf));
      return { route, index, ranges, ...sizesOf(ranges) };
    })
    .sort(byAddresses)
    .slice(0, MOST_ROWS);
  return rows
    .map(({ route, index, ranges, v4, v6 }): RowCoverage => {
      const counter = new ShareCounter();
      const wins = { v4: 0n, v6: 0n };
      const own = ownPlaces(route);
      const bypasses = new Set<string>();
      for (const piece of piecesWithin(table, ranges)) {
        if (piece.decision.verdict === "platform") continue;
        if (hasWinner(piece.decision, index)) wins[piece.family === 4 ? "v4" : "v6"] += piece.last - piece.first + 1n;
        else {
          const place = placeOf(piece.decision);
          counter.add(place, piece);
          if (isAppliance(route) && leavesBySystem(piece.decision)) bypasses.add(place.key);
        }
      }
      const holes = counter.shares().map((share): Hole => {
        const elsewhere = !own(share.place);
        return { ...share, elsewhere, bypassesAppliance: elsewhere && bypasses.has(share.place.key) };
      });
      return { index, route, v4, v6, wins, holes };
    })
    .filter(({ holes }) => holes.length > 0);
}

const hasWinner = ({ winners }: Decision, index: number) => winners.some((row) => row.index === index);

function sizesOf(ranges: readonly AddressRange[]): { readonly v4: bigint; readonly v6: bigint } {
  const [v4, v6] = [4, 6].map((family) => addressCount(ranges.filter((range) => range.family === family)));
  return { v4: v4 ?? 0n, v6: v6 ?? 0n };
}

/** Returns whether a place is reached by the row's own next hop. */
function ownPlaces({ nextHopType, nextHopIpAddress }: EffectiveRoute): (place: Place) => boolean {
  const addresses = nextHopIpAddress.join(" ");
  return ({ nextHopTypes, nextHopIpAddresses, service }) =>
    service === null &&
    nextHopTypes.length === 1 &&
    nextHopTypes.every((type) => same(type, nextHopType)) &&
    same(nextHopIpAddresses.join(" "), addresses);
}

/** Whether packets leave the network by a system or gateway route: what the note `bypasses-appliance` is about. */
const leavesBySystem = ({ verdict, winners: [winner] }: Decision) =>
  verdict === "forward" && winner !== undefined && !isUser(winner.route) && !isVnetLocal(winner.route);
