import type { Address } from "../../net/address.ts";
import type { AnnotatedRouteTable, ServiceTagSource } from "../../routes/annotation.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { type CoveringRow, coveringRows } from "../../selection/covering.ts";
import { explain } from "../../selection/explain.ts";
import type { Explanation } from "../../selection/explanation.ts";
import { isConnectedGroup, isNetworkOrPeering } from "../../selection/route-kinds.ts";

/** What was looked up of an address in one table. */
interface Found {
  explanation?: Explanation;
  systemRow?: EffectiveRoute | null;
}

/** Most answers that are kept; then all are forgotten. */
const MOST = 4096;

/**
 * Looks addresses up in tables, and keeps the last answers: between many subnets the tables of the same few appliances
 * are asked for the same addresses again and again. Memory: bounded.
 */
export class Lookups {
  readonly #tags: ServiceTagSource | null;
  #found = new WeakMap<readonly EffectiveRoute[], Map<string, Found>>();
  #count = 0;

  constructor(tags: ServiceTagSource | null) {
    this.#tags = tags;
  }

  /** Explains where a table sends an address. */
  explanation(annotated: AnnotatedRouteTable, address: Address): Explanation {
    const found = this.#of(annotated.table.routes, address);
    found.explanation ??= explain(annotated, address, this.#tags);
    return found.explanation;
  }

  /**
   * Returns the system row of the network, of a peering or of a connected group that covers an address, the one with
   * the longest prefix, whatever its state; null where there is none.
   */
  systemRow(routes: readonly EffectiveRoute[], address: Address): EffectiveRoute | null {
    const found = this.#of(routes, address);
    if (found.systemRow === undefined) found.systemRow = longestSystemRow(routes, address);
    return found.systemRow;
  }

  #of(routes: readonly EffectiveRoute[], { family, value }: Address): Found {
    let answers = this.#found.get(routes);
    if (answers === undefined) {
      answers = new Map();
      this.#found.set(routes, answers);
    }
    const key = family === 4 ? String(value) : `6 ${value}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (++this.#count > MOST) {
      this.#found = new WeakMap();
      this.#count = 0;
      return this.#of(routes, { family, value });
    }
    const found: Found = {};
    answers.set(key, found);
    return found;
  }
}

function longestSystemRow(routes: readonly EffectiveRoute[], address: Address): EffectiveRoute | null {
  let best: CoveringRow | null = null;
  for (const row of coveringRows(routes, address)) {
    if (!isNetworkOrPeering(row.route) && !isConnectedGroup(row.route)) continue;
    if (best === null || row.prefix.length > best.prefix.length) best = row;
  }
  return best?.route ?? null;
}
