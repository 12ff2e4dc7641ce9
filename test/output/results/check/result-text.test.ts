import { describe, expect, it } from "vitest";
import { judgedText } from "../../../../src/output/results/check/result-text.ts";

describe("the number of resources that an inventory rule judged", () => {
  it.each([
    ["route tables", 0, "0 route tables"],
    ["route tables", 1, "1 route table"],
    ["next hops of user routes", 1, "1 next hop of user routes"],
    ["peerings that use remote gateways", 1, "1 peering that uses remote gateways"],
    ["peerings that use remote gateways", 2, "2 peerings that use remote gateways"],
  ])("%s, %d: %s", (judges, resources, text) => {
    expect(judgedText({ judges, resources, findings: [] })).toBe(text);
  });
});
