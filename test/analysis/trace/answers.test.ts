import { describe, expect, test } from "vitest";
import { trace } from "../../../src/analysis/trace/walk.ts";
import { answerLines, caseName } from "./answer-lines.ts";
import { ANSWERS } from "./answers.ts";
import { dataOf, hubAndSpokes, loadBalancer, nic, question } from "./lab.ts";
import { NEXT_HOP_CASES } from "./next-hop-cases.ts";
import { inSpoke1, labOf, RULE_CASES, type RuleCase } from "./rules-cases.ts";

function answerOf(asked: RuleCase) {
  const { from = "nic:web", to = "10.2.0.4", protocol, port, isReply } = asked;
  const data = dataOf(labOf(asked));
  const options = { ...(protocol && { protocol }), ...(port !== undefined && { port }) };
  return trace(data, { ...question(data, from, to, options), ...(isReply !== undefined && { isReply }) });
}

const CASES = [...RULE_CASES, ...NEXT_HOP_CASES].map((each) => ({ ...each, title: caseName(each) }));

describe("the whole answer of a trace", () => {
  test.each(CASES)("$title", (each) => {
    const { trace: found, lacking } = answerOf(each);
    const missing = Object.entries(lacking).flatMap(([what, ids]) => ids.map((id: string) => `lacks ${what}: ${id}`));
    expect([...answerLines(found), ...missing].join("\n")).toBe(ANSWERS[each.title]?.trim());
  });

  test("every answer is that of a case", () => {
    expect(new Set(Object.keys(ANSWERS))).toEqual(new Set(CASES.map(({ title }) => title)));
  });
});

test.each([
  [8, []],
  [9, ["9 backends; the first 8 are followed"]],
])("of %i backends of a load balancer the first eight are followed", (count, texts) => {
  const draft = hubAndSpokes();
  const names = Array.from({ length: count }, (_, at) => `b${at}`);
  draft.nics.push(...names.map((name, at) => nic(name, "hub", `10.0.1.${at + 20}`, { ipForwarding: true })));
  draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", names, [{}]));
  draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.99");
  const data = dataOf(draft);
  const [, balancer, ...others] = trace(data, question(data, "nic:web", "10.2.0.4")).trace.hops;
  expect(balancer).toMatchObject({ name: "ilb", backends: count });
  expect(balancer?.notes).toEqual(texts.map((text) => ({ id: "bounded", level: "remark", text })));
  expect(others.map(({ name }) => name)).toEqual(names.slice(0, 8));
});
