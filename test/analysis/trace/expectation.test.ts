import { describe, expect, test } from "vitest";
import { mismatchOf, readTraceExpectation } from "../../../src/analysis/trace/expectation.ts";
import { roundTrip } from "../../../src/analysis/trace/round-trip.ts";
import { dataOf, hubAndSpokes, nic, question } from "./lab.ts";

/** web reaches db by nva alone; by nva or nva2 where `branches`. */
function found(branches: boolean) {
  const draft = hubAndSpokes();
  if (branches) {
    draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
    draft.tables.nva2 = draft.tables.nva ?? [];
    draft.tables.web = [
      ...["10.1.0.0/16 Default VnetLocal", "10.0.0.0/16 Default VNetPeering"],
      "0.0.0.0/0 User VirtualAppliance 10.0.1.4,10.0.1.5",
    ];
  }
  const data = dataOf(draft);
  return roundTrip(data, question(data, "nic:web", "10.2.0.4"), true);
}

describe("what a trace is expected to show", () => {
  test.each([
    { word: "delivered", branches: false, met: true },
    { word: "Delivered", branches: false, met: true },
    { word: "dropped", branches: false, met: false },
    { word: "via=nva", branches: false, met: true },
    { word: "via=10.0.1.4", branches: false, met: true },
    { word: "via=vm-nva", branches: false, met: true },
    { word: "via=10.0.1.9", branches: false, met: false },
    { word: "via=nva", branches: true, met: false },
    { word: "via=db", branches: true, met: true },
    { word: "symmetric", branches: false, met: true },
    { word: "symmetric", branches: true, met: false },
  ])("$word (branches: $branches) is met: $met", ({ word, branches, met }) => {
    expect(mismatchOf(readTraceExpectation(word), found(branches)) === null).toBe(met);
  });

  test.each([
    ["deliverd", /did you mean delivered/],
    ["via=", /no value/],
    ["next-hop=x", /unknown --expect/],
  ])("%s is refused", (word, message) => {
    expect(() => readTraceExpectation(word)).toThrow(message);
  });

  test("a mismatch says what was expected and what is true", () => {
    expect(mismatchOf(readTraceExpectation("dropped"), found(false))).toMatch(/^expected: dropped; actual: delivered/);
  });
});
