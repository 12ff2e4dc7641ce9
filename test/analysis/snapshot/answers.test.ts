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
import { subnetId as idOfSubnet, nicId, topologyOf } from "./topology-for-tests.ts";

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
    ["the next one after a failure and a stopped VM", "a:failed b:stopped", "c"],
    ["one more after two failures", "a:failed b:failed", "c"],
    ["none after an answer that came late", "a:failed b:stopped c:ok", null],
    ["the first of those that were not asked", "b:failed", "a"],
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

it("refusals count as failures, and the reasons of other subscriptions do not matter", () => {
  const places = ["/subscriptions/s1/resourceGroups/x", "/subscriptions/s2/resourceGroups/g"];
  const group = groupOf([
    ...running("a"),
    ...places.map((place, at) => ({ name: `b${at}`, power: "running", group: place })),
    { name: "c", power: "running", group: "/subscriptions/s3/resourceGroups/g" },
  ]);
  const groups = { b0: places[0] ?? "", b1: places[1] ?? "" };
  const next = (answers: string) => nameOf(nextToAsk(group, answersOf(answers, groups))?.id ?? "none");
  expect(next("a:denied")).toBe("b0");
  expect(next("a:denied b0:denied")).toBe("b1");
  expect(next("a:denied b0:failed")).toBe("b1");
  expect(next("a:denied b0:denied b1:denied")).toBe("none");
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

  const mixed = () =>
    groupOf([
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
    it(rule, () => expect(results(mixed(), answers)).toEqual(expected));
  }
});

describe("the result of a NIC has all that is known", () => {
  const subnetId = idOfSubnet("a");
  const [a, b, c] = ["a", "b", "c"].map((name) => nicId(name));
  const LATER = "2026-11-29T11:00:00.000Z";
  const later = (answers: Answers) =>
    new Map([...answers].map(([id, each], at) => [id, at === 0 ? each : { ...each, fetchedAt: LATER }]));

  it.each<[string, string, readonly object[]]>([
    [
      "of one with its own table, one that was not asked and one that cannot answer",
      "a:ok",
      [
        { nicId: a, subnetId, standInId: null, outcome: "ok", body: "hash", fetchedAt: AT, error: null },
        { nicId: b, subnetId, standInId: a, outcome: "ok", body: "hash", fetchedAt: AT, error: null },
        { nicId: c, subnetId, standInId: a, outcome: "stopped", body: "hash", fetchedAt: AT, error: null },
      ],
    ],
    [
      "of one that failed before another answered: the time is that of the table",
      "a:failed b:ok",
      [
        { nicId: a, subnetId, standInId: b, outcome: "failed", body: "hash", fetchedAt: LATER, error: ERROR },
        { nicId: b, subnetId, standInId: null, outcome: "ok", body: "hash", fetchedAt: LATER, error: null },
        { nicId: c, subnetId, standInId: b, outcome: "stopped", body: "hash", fetchedAt: LATER, error: null },
      ],
    ],
    [
      "of one that failed where none answered: the time is that of the failure",
      "a:failed b:stopped",
      [
        { nicId: a, subnetId, standInId: null, outcome: "failed", body: null, fetchedAt: AT, error: ERROR },
        { nicId: b, subnetId, standInId: null, outcome: "stopped", body: null, fetchedAt: LATER, error: ERROR },
        { nicId: c, subnetId, standInId: null, outcome: "stopped", body: null, fetchedAt: null, error: null },
      ],
    ],
  ])("%s", (_, answers, expected) => {
    const group = groupOf([...running("a", "b"), { name: "c", power: "deallocated" }]);
    expect(resultsOf(group, later(answersOf(answers)))).toEqual(expected);
  });

  it("of one that was not asked: the reason is that of the last that was", () => {
    const last = { ...answer("failed"), error: { code: "timeout", message: "late" } };
    const answers = new Map([...answersOf("a:denied"), [idKey(nicId("b")), last]]);
    const [, , third] = resultsOf(groupOf(running("a", "b", "c")), answers);
    const message = "not asked after a failure in its subnet: late";
    expect(third).toMatchObject({ outcome: "failed", error: { code: "timeout", message } });
  });
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
    ["never where nothing was asked", "", false, false],
    ["not where one was stopped and one was not asked", "a:stopped", false, false],
    ["of each NIC where one answered and one is stopped", "a:ok b:stopped", true, true],
    ["of the subnet only where one was not asked", "a:ok", true, false],
  ] as const) {
    it(rule, () => {
      const groups = [groupOf(running("a", "b"))];
      expect(isComplete(groups, answersOf(answers), false)).toBe(bySubnet);
      expect(isComplete(groups, answersOf(answers), true)).toBe(byNic);
    });
  }

  it("where each of its subnets is, and where there is none", () => {
    const [one, other] = [groupOf(running("a")), groupOf([{ name: "b", power: "running", subnet: "b" }])];
    expect(isComplete([], answersOf(""), false)).toBe(true);
    expect(isComplete([one, other], answersOf("a:ok b:ok"), false)).toBe(true);
    expect(isComplete([one, other], answersOf("a:ok b:failed"), false)).toBe(false);
    expect(isComplete([one, groupOf([{ name: "c", power: "stopped" }])], answersOf("a:ok"), true)).toBe(true);
  });
});
