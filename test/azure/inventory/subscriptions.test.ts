import { describe, expect, it } from "vitest";
import type { AzureConnection } from "../../../src/azure/connection.ts";
import { batches, callsBySubscription } from "../../../src/azure/inventory/subscriptions.ts";
import type { Subscription } from "../../../src/azure/sign-in/subscription.ts";

const subscription = (id: string, tenantId: string | null = "T"): Subscription => ({
  ...{ id, name: null, tenantId, from: "Azure's list of subscriptions" },
});
const many = (count: number, tenantId: string | null = "T") =>
  Array.from({ length: count }, (_, index) => subscription(`${tenantId}${index}`, tenantId));

describe("subscriptions that one query may ask for", () => {
  it.each([
    [0, []],
    [1, [1]],
    [500, [500]],
    [501, [500, 1]],
    [1000, [500, 500]],
  ])("of %i of a tenant, at most 500 at once: %j", (count, sizes) => {
    const all = many(count);
    expect(batches(all).map(({ length }) => length)).toEqual(sizes);
    expect(batches(all).flat()).toEqual(all);
  });

  it("are those of one tenant, whose id has no case; those of no known tenant are asked for together", () => {
    const [a, b, c, d, e] = [
      subscription("a", "T"),
      subscription("b", null),
      subscription("c", "U"),
      subscription("d", "t"),
      subscription("e", null),
    ];
    expect(batches([a, b, c, d, e])).toEqual([[a, d], [b, e], [c]]);
  });
});

it("the calls about a resource are those of its subscription, in any case; of any other there are none", () => {
  const connection = { calls: (each: Subscription) => each.id } as unknown as AzureConnection;
  const callsOf = callsBySubscription(connection, [subscription("Aa"), subscription("b")]);
  const of = (id: string) => callsOf(`/subscriptions/${id}/resourceGroups/g/providers/x/y/z`);
  expect([of("aA"), of("B"), of("c"), callsOf("")]).toEqual(["Aa", "b", null, null]);
});
