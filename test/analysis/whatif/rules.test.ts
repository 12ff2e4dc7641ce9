import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { certaintyOfRules, PREDICTION_RULES, predictionRule } from "../../../src/analysis/whatif/rules.ts";

const REFERENCE = readFileSync(new URL("../../../docs/reference.md", import.meta.url), "utf8");
/** The part of `help rules`, with each text on one line. */
const LISTED = REFERENCE.slice(REFERENCE.indexOf("used by whatif:")).replace(/(?<=\S)\n {4}(?!https:)/g, " ");

describe("the rules of a prediction", () => {
  test.each(PREDICTION_RULES)("docs/reference.md has $id with its status, text and source", (rule) => {
    const { id, status, text, source } = rule;
    expect(LISTED).toContain(`  ${id} (${status}) ${text}\n    ${source}\n`);
    expect(predictionRule(id)).toEqual(rule);
  });

  test.each([
    ["none", [], "documented"],
    ["those that are documented", ["user-route", "same-prefix"], "documented"],
    ["one observed", ["user-route", "no-none-rows", "same-prefix"], "observed"],
    ["one inferred", ["network-space", "no-none-rows"], "inferred"],
  ] as const)("of %s the least certain decides", (_, rules, certainty) => {
    expect(certaintyOfRules(rules)).toBe(certainty);
  });
});
