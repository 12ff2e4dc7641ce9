import type { Address } from "../../net/address.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { ForwardingTable, Piece } from "../bulk/forwarding-table.ts";
import { byAddresses } from "../destinations/address-counts.ts";
import { type Place, placesOf } from "./place.ts";

/** The addresses that end up in one place. */
export interface Share {
  readonly place: Place;
  readonly v4: bigint;
  readonly v6: bigint;
  /** Runs of consecutive addresses. */
  readonly ranges: number;
  /** The first address of the largest run; IPv4 if there is any. */
  readonly example: Address;
}

/** Adds up pieces by place. Pieces must come in order within a family. */
export class ShareCounter {
  readonly #shares = new Map<string, { -readonly [K in keyof Share]: Share[K] } & { largest: bigint }>();
  #key = "";
  #family = 0;
  #next = -1n;
  #first = 0n;

  add(place: Place, { family, first, last }: Pick<Piece, "family" | "first" | "last">): void {
    const { key } = place;
    const continues = key === this.#key && family === this.#family && first === this.#next;
    if (!continues) this.#first = first;
    this.#key = key;
    this.#family = family;
    this.#next = last + 1n;
    const run = last - this.#first + 1n;
    let share = this.#shares.get(key);
    if (share === undefined) {
      share = { place, v4: 0n, v6: 0n, ranges: 0, example: { family, value: this.#first }, largest: 0n };
      this.#shares.set(key, share);
    }
    if (family === 4) share.v4 += last - first + 1n;
    else share.v6 += last - first + 1n;
    if (!continues) share.ranges++;
    if (run > share.largest && (family === 4 || share.v4 === 0n)) {
      share.largest = run;
      share.example = { family, value: this.#first };
    }
  }

  /** Returns the shares, most IPv4 addresses first, then most IPv6 addresses. */
  shares(): readonly Share[] {
    return [...this.#shares.values()].sort(byAddresses);
  }
}

/**
 * Returns where all addresses of both families end up. Each address is in exactly one share. Cost: linear in the pieces
 * of the table.
 */
export function sharesOf(annotated: AnnotatedRouteTable, table: ForwardingTable): readonly Share[] {
  const placeOf = placesOf(annotated);
  const counter = new ShareCounter();
  for (const family of [4, 6] as const) {
    for (const piece of table.pieces(family)) counter.add(placeOf(piece.decision), piece);
  }
  return counter.shares();
}
