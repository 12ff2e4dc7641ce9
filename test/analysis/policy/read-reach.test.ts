import { describe, expect, test } from "vitest";
import type { ReachRule } from "../../../src/analysis/policy/policy.ts";
import { readPolicy } from "../../../src/analysis/policy/read-policy.ts";

/** A policy of one rule, whose `reach:` is in line 4 and the lines after it. */
const policyOf = (...lines: readonly string[]) =>
  `rules:\n  - id: way\n    severity: warning\n    reach:\n${lines.map((line) => `      ${line}\n`).join("")}`;
const LEAST = ["from: spoke1/app", "to: 10.20.0.0/16"] as const;

function ruleOf(text: string): ReachRule {
  const [rule] = readPolicy(text, "p.yaml").rules;
  if (rule?.kind !== "reach") throw new Error("no reach rule");
  return rule;
}

function problemOf(text: string): string {
  try {
    readPolicy(text, "p.yaml");
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("a reach rule", () => {
  test("needs from and to alone, and expects then that packets arrive", () => {
    const { to, ...rule } = ruleOf(policyOf(...LEAST));
    expect(rule).toEqual({
      kind: "reach",
      id: "way",
      name: null,
      description: null,
      severity: "warning",
      line: 2,
      from: ["spoke1/app"],
      except: [],
      expect: "arrives",
      through: [],
      symmetric: false,
      protocol: null,
      port: null,
    });
    expect(to.map(({ destination: { text } }) => text)).toEqual(["10.20.0.0/16"]);
  });

  test("has all its keys, as single values or lists", () => {
    const text = policyOf(
      "from: [spoke1, 'nic*']",
      "to: [private, 8.8.8.8]",
      "except: 10.1.0.0/16",
      "through: [fw, 10.0.0.4]",
      "symmetric: true",
      "expect: delivered",
      "protocol: tcp",
      "port: 443",
    );
    expect(ruleOf(text)).toMatchObject({
      from: ["spoke1", "nic*"],
      through: ["fw", "10.0.0.4"],
      symmetric: true,
      expect: "delivered",
      protocol: "tcp",
      port: 443,
    });
    expect(ruleOf(text).except).toHaveLength(1);
  });

  test.each<[string, readonly string[], string]>([
    ["from is missing", ["to: 10.0.0.0/8"], "from"],
    ["to is missing", ["from: spoke1"], "to"],
    ["an unknown key", [...LEAST, "via: fw"], "p.yaml:7: reach has no key 'via'"],
    ["an unknown expectation", [...LEAST, "expect: arrive"], "p.yaml:7: 'arrive' is not a valid expect of reach"],
    ["an unknown protocol", [...LEAST, "protocol: sctp"], "p.yaml:7: 'sctp' is not a valid protocol of reach"],
    ["a word for symmetric", [...LEAST, "symmetric: yes please"], "p.yaml:7: symmetric of reach is not true or false"],
    ["port 0", [...LEAST, "port: 0"], "p.yaml:7: port is not a number from 1 to 65535"],
    ["port 65536", [...LEAST, "port: 65536"], "p.yaml:7: port is not a number from 1 to 65535"],
    ["a name for a port", [...LEAST, "port: https"], "p.yaml:7: port is not a number from 1 to 65535"],
    ["no value for a port", [...LEAST, "port:"], "p.yaml:7: port is not a number from 1 to 65535"],
    ["a port of icmp", [...LEAST, "protocol: icmp", "port: 443"], "p.yaml:8: icmp has no ports"],
    [
      "blocked and through",
      [...LEAST, "expect: blocked", "through: fw"],
      "p.yaml:8: blocked cannot be combined with through or symmetric",
    ],
    [
      "blocked and symmetric",
      [...LEAST, "symmetric: true", "expect: blocked"],
      "p.yaml:7: blocked cannot be combined with through or symmetric",
    ],
    ["a bad prefix", ["from: a", "to: 10.0.0.0/40"], "p.yaml:6"],
  ])("is refused with its line: %s", (_case, lines, expected) => {
    expect(problemOf(policyOf(...lines))).toContain(expected);
  });

  test.each([
    "to: private",
    "except: private",
    "expect: {verdict: drop}",
    "symmetric: true",
    "inventory: appliances-found",
  ])("is refused beside %s", (line) => {
    const key = line.slice(0, line.indexOf(":"));
    expect(problemOf(`${policyOf(...LEAST)}    ${line}\n`)).toContain(
      `p.yaml:7: a reach rule has no ${key} beside reach`,
    );
  });

  test("false for symmetric goes with blocked", () => {
    expect(ruleOf(policyOf(...LEAST, "symmetric: false", "expect: blocked")).expect).toBe("blocked");
  });

  test.each(["reach:", "reach: spoke1", "reach: []"])("is refused as %s", (text) => {
    expect(problemOf(`rules:\n  - ${text}\n`)).toContain("p.yaml:2");
  });
});
