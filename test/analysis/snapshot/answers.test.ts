import { describe, expect, it } from "vitest";
import {
  type Answers,
  isComplete,
  type NicAnswer,
  nextToAsk,
  resultsOf,
} from "../../../src/analysis/snapshot/answers.ts";
import { fetchPlan, type NicGroup } from "../../../src/analysis/snapshot/fetch-plan.ts";
import { idKey, nameOf } from "../../../src/topology/resource-id.ts";
import { nicId, topologyOf } from "./topology-for-tests.ts";

const AT = "2026-11-29T10:00:00.000Z";
const ERROR = { code: "busy", message: "m" };

const answer = (outcome: NicAnswer["outcome"]): NicAnswer => ({
  outcome,
  body: outcome === "ok" ? "hash" : null,
  fetchedAt: AT,
  error: outcome === "ok" ? null : ERROR,
});

/** `a:ok b:failed` */
function answersOf(text: string, groups: Readonly<Record<string, string>> = {}): Answers {
  const pairs = text.split(" ").filter((pair) => pair !== "");
  return new Map(
    pairs.map((pair) => {
      const [name = "", outcome = ""] = pair.split(":");
      return [idKey(nicId(name, groups[name])), answer(outcome as NicAnswer["outcome"])];
    }),
  );
}

function groupOf(nics: Parameters<typeof topologyOf>[0]): NicGroup {
  const [group] = fetchPlan(topologyOf(nics));
  if (group === undefined) throw new Error("no NICs");
  return group;
}

const running = (...names: string[]) => names.map((name) => ({ name, power: "running" }));

describe("the NIC that is asked next where one of a subnet is enough", () => {
  for (const [rule, answers, expected] of [
    ["at first the first", "", "a"],
    ["none after an answer", "a:ok", null],
    ["the next one after a failure", "a:failed", "b"],
    ["the next one after a VM that is stopped", "a:stopped", "b"],
    ["none after three failures", "a:failed b:failed c:failed", null],
    ["one more after any number of stopped VMs", "a:stopped b:stopped c:stopped d:stopped", "e"],
    ["none of the same resource group after a refusal", "a:denied", null],
    ["none when all are asked", "a:stopped b:stopped c:stopped d:stopped e:stopped", null],
  ] as const) {
    it(`${rule}: ${answers}`, () => {
      expect(
        nextToAsk(groupOf(running("a", "b", "c", "d", "e")), answersOf(answers))
          ?.id.split("/")
          .at(-1) ?? null,
      ).toBe(expected);
    });
  }

  it("one of another resource group after a refusal", () => {
    const other = "/subscriptions/s1/resourceGroups/other";
    const group = groupOf([...running("a", "b"), { name: "c", power: "running", group: other }]);
    expect(nextToAsk(group, answersOf("a:denied"))?.id).toBe(nicId("c", other));
    expect(nextToAsk(group, answersOf("a:denied c:denied", { c: other }))).toBeNull();
  });
});

describe("what came of each NIC of a subnet", () => {
  /** `a ok`, `b ok by a`. */
  const results = (group: NicGroup, answers: string) =>
    resultsOf(group, answersOf(answers)).map(({ nicId, outcome, standInId, body, fetchedAt, error }) => {
      expect(standInId !== null || outcome === "ok").toBe(body !== null);
      expect(body !== null).toBe(outcome === "ok" || standInId !== null);
      if (body !== null) expect(fetchedAt).toBe(AT);
      return [
        nameOf(nicId),
        outcome,
        ...(standInId === null ? [] : ["by", nameOf(standInId)]),
        ...(error === null ? [] : [error.code]),
      ].join(" ");
    });

  const mixed = groupOf([
    ...running("a", "b"),
    { name: "c", power: "deallocated" },
    { name: "d", power: null },
    { name: "e", scaleSet: true },
  ]);

  for (const [rule, answers, expected] of [
    [
      "the one that answered stands in for all others",
      "a:ok",
      ["a ok", "b ok by a", "c stopped by a", "d unattached by a", "e no-api by a"],
    ],
    [
      "a failure stays one, and has the table of the one that answered",
      "a:failed b:ok",
      ["a failed by b busy", "b ok", "c stopped by b", "d unattached by b", "e no-api by b"],
    ],
    [
      "each has its own where all answered",
      "a:ok b:ok",
      ["a ok", "b ok", "c stopped by a", "d unattached by a", "e no-api by a"],
    ],
    [
      "without an answer there is no table",
      "a:failed b:failed",
      ["a failed busy", "b failed busy", "c stopped", "d unattached", "e no-api"],
    ],
    [
      "a NIC that was not asked after refusals is refused too",
      "a:denied",
      ["a denied busy", "b denied busy", "c stopped", "d unattached", "e no-api"],
    ],
  ] as const) {
    it(rule, () => expect(results(mixed, answers)).toEqual(expected));
  }
});

describe("a NIC that was not asked", () => {
  it.each([
    ["a:denied", "denied", "busy", "m"],
    ["a:failed", "failed", "busy", "m"],
    ["", "failed", "not-asked", "its subnet was not asked"],
  ])("after %j has the reason", (answers, outcome, code, why) => {
    const found = resultsOf(groupOf(running("a", "b")), answersOf(answers)).find(({ nicId }) => nameOf(nicId) === "b");
    const message = `not asked after a failure in its subnet: ${why}`;
    expect(found).toMatchObject({ outcome, fetchedAt: null, body: null, error: { code, message } });
  });
});

describe("a snapshot is complete", () => {
  for (const [rule, answers, bySubnet, byNic] of [
    ["where all answered", "a:ok b:ok", true, true],
    ["where one of the subnet answered, if that is enough", "a:failed b:ok", true, false],
    ["where VMs turned out to be stopped", "a:stopped b:stopped", true, true],
    ["never where all failed", "a:failed b:failed", false, false],
    ["never where the only one asked was refused", "a:denied", false, false],
  ] as const) {
    it(rule, () => {
      const groups = [groupOf(running("a", "b"))];
      expect(isComplete(groups, answersOf(answers), false)).toBe(bySubnet);
      expect(isComplete(groups, answersOf(answers), true)).toBe(byNic);
    });
  }
});
