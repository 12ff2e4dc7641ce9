import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { leastSureStep, TRACE_RULES, traceRuleOf } from "../../../src/analysis/trace/rules.ts";
import { trace } from "../../../src/analysis/trace/walk.ts";
import { dataOf, question } from "./lab.ts";
import { NEXT_HOP_CASES } from "./next-hop-cases.ts";
import { labOf, RULE_CASES } from "./rules-cases.ts";

/** Rules that compare two traces have their cases in symmetry.test.ts. */
const OF_TWO_TRACES = ["lb-symmetry"];

const ROWS = readFileSync(new URL("../../../docs/trace.md", import.meta.url), "utf8").split("\n");

describe("the rules of a trace", () => {
  test.each([...RULE_CASES, ...NEXT_HOP_CASES])("$rule applies ($applies): $name", (each) => {
    const data = dataOf(labOf(each));
    const { from = "nic:web", to = "10.2.0.4", protocol, port, isReply } = each;
    const options = { ...(protocol && { protocol }), ...(port !== undefined && { port }) };
    const asked = { ...question(data, from, to, options), ...(isReply !== undefined && { isReply }) };
    const result = trace(data, asked).trace;
    const rules = result.hops.flatMap((hop) => hop.rules.map(({ id }) => id));
    expect(rules.includes(each.rule), result.text).toBe(each.applies);
    expect(result.disposition, result.text).toBe(each.disposition);
    for (const { text } of [result, ...result.ends, ...result.hops.flatMap((hop) => [...hop.rules, ...hop.notes])]) {
      expect(text).toMatch(/\S/);
    }
    if (each.path !== undefined) expect(result.hops.map(({ name }) => name).join(" ")).toBe(each.path);
  });

  test.each(TRACE_RULES)("docs/trace.md has $id with its text, what is against it, status and source", (rule) => {
    const { id, text, dispute, status, source } = rule;
    const row = ROWS.find((line) => line.startsWith(`| \`${id}\` `) && line.includes("[source]")) ?? "";
    const [, , told, why] = row.split("|").map((cell) => cell.trim());
    expect(told).toBe(dispute === null ? text : `${text} ${dispute}`);
    expect(why).toBe(`${status}, [source](${source})`);
    expect(dispute !== null).toBe(status === "contested");
    expect(traceRuleOf(id)).toBe(rule);
  });

  test("of several steps the least sure decides", () => {
    const surestFirst = ["documented", "observed", "inferred", "contested", "assumed", "unknown"] as const;
    expect(leastSureStep([])).toBe("documented");
    for (const [at, status] of surestFirst.entries()) {
      expect(leastSureStep(surestFirst.slice(0, at + 1))).toBe(status);
      expect(leastSureStep(surestFirst.slice(0, at + 1).toReversed())).toBe(status);
    }
  });

  test.each(TRACE_RULES.filter(({ id }) => !OF_TWO_TRACES.includes(id)))("$id has a case on both sides", ({ id }) => {
    const sides = new Set(RULE_CASES.filter(({ rule }) => rule === id).map(({ applies }) => applies));
    expect([...sides].sort()).toEqual([false, true]);
  });
});
