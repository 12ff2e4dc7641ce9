import { subscriptionOf } from "../../topology/resource-id.ts";
import type { PlannedNic } from "./fetch-plan.ts";

/** What fetching costs: calls as Azure counts them, and time. */
export interface FetchCost {
  /** Each request for a table counts as a write. */
  readonly writes: number;
  /** Polls for the answers: the usual number. */
  readonly reads: number;
  readonly seconds: number;
}

/**
 * Azure's allowance for one subscription, principal and region: a bucket, and how much flows in each second. That for
 * reads, 250 and 25 in each second, is enough for the polls of these writes, so it never decides.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
const WRITES = { bucket: 200, perSecond: 10 };

/** How long Azure usually takes for one table. 3.5 minutes have been seen. */
const OPERATION_SECONDS = 10;

/** Polls for one table where Azure takes a little longer than usual. */
const POLLS = 2;

/** What it costs to ask for the tables of these NICs, `concurrency` at once. */
export function fetchCost(nics: readonly PlannedNic[], concurrency: number): FetchCost {
  const ofSubscription = new Map<string, number>();
  for (const { id } of nics) {
    const subscription = subscriptionOf(id);
    ofSubscription.set(subscription, (ofSubscription.get(subscription) ?? 0) + 1);
  }
  let byLimits = 0;
  for (const count of ofSubscription.values()) {
    byLimits = Math.max(byLimits, (count - WRITES.bucket) / WRITES.perSecond + OPERATION_SECONDS);
  }
  const byConcurrency = Math.ceil(nics.length / concurrency) * OPERATION_SECONDS;
  return {
    writes: nics.length,
    reads: nics.length * POLLS,
    seconds: Math.ceil(Math.max(byConcurrency, byLimits)),
  };
}
