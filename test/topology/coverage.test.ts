import { describe, expect, test } from "vitest";
import { type Coverage, isInScope, missingSubscriptionOf } from "../../src/topology/coverage.ts";
import { networkId, nicId, subnetId } from "./resources.ts";

const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
const EVERYTHING: Coverage = {
  subscriptionIds: null,
  resourceGroup: null,
  network: null,
  subnet: null,
  unreadSubscriptions: [],
};
const inGroup = (id: string, group: string) => id.replace("/rg/", `/${group}/`);

describe("a NIC is in the scope of a snapshot", () => {
  test.each<[scope: Partial<Coverage>, subnetId: string | null, expected: boolean]>([
    [{}, subnetId("spoke"), true],
    [{}, null, true],
    [{ subscriptionIds: [SUBSCRIPTION] }, null, true],
    [{ subscriptionIds: ["other", SUBSCRIPTION] }, subnetId("spoke"), true],
    [{ subscriptionIds: ["other"] }, subnetId("spoke"), false],
    [{ subscriptionIds: [] }, subnetId("spoke"), false],
    [{ resourceGroup: "RG" }, subnetId("spoke"), true],
    [{ resourceGroup: "RG" }, null, true],
    [{ resourceGroup: "other" }, subnetId("spoke"), false],
    [{ resourceGroup: "other" }, inGroup(subnetId("spoke"), "other"), false],
    [{ network: "Spoke" }, subnetId("spoke"), true],
    [{ network: "hub" }, subnetId("spoke"), false],
    [{ network: "spoke" }, null, false],
    [{ network: networkId("SPOKE") }, subnetId("spoke"), true],
    [{ network: inGroup(networkId("spoke"), "other") }, subnetId("spoke"), false],
    [{ network: "spoke", resourceGroup: "other" }, inGroup(subnetId("spoke"), "other"), true],
    [{ network: "spoke", resourceGroup: "rg" }, inGroup(subnetId("spoke"), "other"), false],
    [{ network: networkId("spoke"), resourceGroup: "other" }, subnetId("spoke"), true],
    [{ subnet: "APP" }, subnetId("spoke"), true],
    [{ subnet: "db" }, subnetId("spoke"), false],
    [{ subnet: "app" }, null, false],
    [{ subnet: subnetId("Spoke") }, subnetId("spoke"), true],
    [{ subnet: subnetId("hub") }, subnetId("spoke"), false],
    [{ subnet: "app", resourceGroup: "other" }, inGroup(subnetId("spoke"), "other"), true],
    [{ subnet: "app", resourceGroup: "rg" }, inGroup(subnetId("spoke"), "other"), false],
    [{ network: "spoke", subnet: "db" }, subnetId("spoke"), false],
    [{ network: "hub", subnet: "app" }, subnetId("spoke"), false],
  ])("%j, NIC in subnet %s: %s", (scope, subnet, expected) => {
    expect(isInScope({ id: nicId("n"), subnetId: subnet }, { ...EVERYTHING, ...scope })).toBe(expected);
  });
});

test("the subscription of a NIC that could not be read is found by its id in any case", () => {
  const unread = { id: SUBSCRIPTION.replace("1", "A"), name: "prod", reason: "no access" };
  const coverage = { ...EVERYTHING, unreadSubscriptions: [{ ...unread, id: "other" }, unread] };
  const id = nicId("n").replace(SUBSCRIPTION, unread.id.toLowerCase());
  expect(missingSubscriptionOf(id, coverage)).toBe(unread);
  expect(missingSubscriptionOf(nicId("n"), coverage)).toBeNull();
  expect(missingSubscriptionOf("n", coverage)).toBeNull();
});
