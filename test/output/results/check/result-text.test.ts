import { describe, expect, it } from "vitest";
import type { InventoryFinding } from "../../../../src/analysis/policy/inventory/finding.ts";
import { judgedText } from "../../../../src/output/results/check/result-text.ts";

const finding = (status: InventoryFinding["status"]): InventoryFinding => ({
  status,
  resourceId: "/subscriptions/s/p",
  resource: "peering p",
  text: "it is not connected",
  remedy: "create the other side",
});

describe("the number of resources that an inventory rule judged", () => {
  it.each<[InventoryFinding["status"][], number, string]>([
    [[], 2000, "2,000 peerings"],
    [["unknown"], 2, "2 peerings"],
    [["violated", "unknown", "violated"], 12, "2 of 12 peerings"],
  ])("%j, %d: %s", (statuses, resources, text) => {
    expect(judgedText({ judges: "peerings", resources, findings: statuses.map(finding) })).toBe(text);
  });
});
