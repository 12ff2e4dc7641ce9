import { expect, test } from "vitest";
import { lineHashes, violationCount, violationsOf } from "../../../../src/output/formats/sarif/violation.ts";

const RESULT = {
  ...{ rule: { id: "r1" }, tables: ["web", "db"], status: "violated", counterExamples: [] },
  ...{ inventory: null, reach: null },
};
const group = (example: string, prefix: string, v4: string) => ({
  ...{ example, prefixes: [prefix], outline: null, addresses: { v4, v6: "0" } },
});
const EXAMPLE = {
  ...group("10.0.0.0", "10.0.0.0/31", "2"),
  ...{ mismatches: ["expected: via 10.0.1.4; actual: Internet", "expected: drop; actual: forward"] },
  ...{ back: null, explanation: { verdict: "forward" } },
};
const BACK = { ...group("10.9.0.0", "10.9.0.0/30", "4"), table: "db", explanation: { verdict: "drop" } };
const violations = (more: object) => violationsOf({ ...RESULT, ...more } as never);

test("a counter-example is a violation with all its mismatches", () => {
  expect(violations({ counterExamples: [EXAMPLE] })).toEqual([
    {
      text: "web and db: 10.0.0.0/31 (2 IPv4 addresses): expected: via 10.0.1.4; actual: Internet; expected: drop; actual: forward",
      names: ["web", "db"],
      fingerprint: { "ruleTablesAndAddress/v1": "r1 web db 10.0.0.0 " },
      properties: {
        ...{ tables: ["web", "db"], prefixes: ["10.0.0.0/31"], example: "10.0.0.0" },
        explanation: { verdict: "forward" },
      },
    },
  ]);
});

test("a counter-example of a symmetric rule has its way back too", () => {
  const [found, ...more] = violations({ counterExamples: [{ ...EXAMPLE, back: BACK, mismatches: ["differs"] }] });
  expect(more).toEqual([]);
  expect(found).toEqual({
    text: "web and db: 10.0.0.0/31, back to 10.9.0.0/30 (2 IPv4 addresses): differs",
    names: ["web", "db"],
    fingerprint: { "ruleTablesAndAddress/v1": "r1 web db 10.0.0.0 10.9.0.0" },
    properties: {
      ...{ tables: ["web", "db"], prefixes: ["10.0.0.0/31"], example: "10.0.0.0" },
      ...{ explanation: { verdict: "forward" }, back: BACK },
    },
  });
});

test("findings are violations, but not what is unknown; the count is that of the violations", () => {
  const resource = (id: string, status: string) => ({
    ...{ resourceId: `/S/${id}`, resource: id, status, text: "is wrong", remedy: "mend it" },
  });
  const walk = (status: string) => ({
    ...{
      ...group("10.0.0.0", "10.0.0.0/31", "2"),
      status,
      mismatches: ["a", "b"],
      disposition: "dropped",
      hops: ["h"],
    },
  });
  const more = {
    counterExamples: [EXAMPLE],
    inventory: { findings: [resource("a", "unknown"), resource("B", "violated")] },
    reach: { findings: [walk("unknown"), walk("violated")] },
  };
  expect(violationCount({ ...RESULT, ...more } as never)).toBe(3);
  expect(violations(more).slice(1)).toEqual([
    {
      text: "B: is wrong; mend it",
      names: ["/S/B"],
      fingerprint: { "ruleAndResource/v1": "r1 /s/b B" },
      properties: { resourceId: "/S/B", resource: "B", remedy: "mend it" },
    },
    {
      text: "web and db: 10.0.0.0/31 (2 IPv4 addresses): a; b (e.g. 10.0.0.0)",
      names: ["web", "db"],
      fingerprint: { "ruleTablesAndAddress/v1": "r1 web db 10.0.0.0" },
      properties: {
        ...{ tables: ["web", "db"], prefixes: ["10.0.0.0/31"], example: "10.0.0.0" },
        ...{ disposition: "dropped", hops: ["h"] },
      },
    },
  ]);
  expect([violationCount(RESULT as never), violations({})]).toEqual([0, []]);
});

test("fingerprints that are equal are numbered, others start with one", () => {
  const hash = lineHashes();
  const [first, other, second] = [hash({ a: "x" }), hash({ a: "y" }), hash({ a: "x" })];
  expect([first, other, second].map((each) => each.split(":")[1])).toEqual(["1", "1", "2"]);
  expect(second.split(":")[0]).toBe(first.split(":")[0]);
  expect(other.split(":")[0]).not.toBe(first.split(":")[0]);
});
