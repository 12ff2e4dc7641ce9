import { describe, expect, test } from "vitest";
import { isPolicyError, type ReachRule } from "../../../src/analysis/policy/policy.ts";
import { readPolicy } from "../../../src/analysis/policy/read-policy.ts";

/** A policy of one rule, whose `reach:` is in line 4 and the lines after it. */
const policyOf = (...lines: readonly string[]) =>
  `rules:\n  - id: way\n    severity: warning\n    reach:\n${lines.map((line) => `      ${line}\n`).join("")}`;
const FROM = "NETWORK/SUBNET, NETWORK, the name of a NIC, with * for any characters, or a list of them";
const TO = "an address, a prefix, tag:NAME, internet, private, or a list of them";
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
    if (isPolicyError(error)) return `${error.message}; ${error.hint}`;
    throw error;
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

  test.each(["tcp", "udp", "icmp"])("has the protocol %s, without a port", (protocol) => {
    expect(ruleOf(policyOf(...LEAST, `protocol: ${protocol}`))).toMatchObject({ protocol, port: null });
  });

  test("has names without the blanks around them", () => {
    const rule = ruleOf(policyOf("from: [' spoke1 ', web]", "to: ' private '", "through: ' fw '"));
    expect([rule.from, rule.to[0]?.destination.text, rule.through]).toEqual([["spoke1", "web"], "private", ["fw"]]);
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
    ["from is missing", ["to: 10.0.0.0/8"], `p.yaml:5: reach lacks from; ${FROM}`],
    ["to is missing", ["from: spoke1"], `p.yaml:5: reach lacks to; ${TO}`],
    [
      "an unknown key",
      [...LEAST, "via: fw"],
      "p.yaml:7: unknown key 'via' in reach; one of: from, to, except, expect, through, symmetric, protocol, port",
    ],
    [
      "an unknown expectation",
      [...LEAST, "expect: arrive"],
      "p.yaml:7: 'arrive' is not a valid expect of reach; did you mean: arrives",
    ],
    [
      "an unknown protocol",
      [...LEAST, "protocol: sctp"],
      "p.yaml:7: 'sctp' is not a valid protocol of reach; one of: tcp, udp, icmp",
    ],
    [
      "a word for symmetric",
      [...LEAST, "symmetric: yes please"],
      "p.yaml:7: symmetric of reach is not true or false; write symmetric: true",
    ],
    ["port 0", [...LEAST, "port: 0"], "p.yaml:7: port is not a number from 1 to 65535; e.g. port: 443"],
    ["port 65536", [...LEAST, "port: 65536"], "p.yaml:7: port is not a number from 1 to 65535; e.g. port: 443"],
    ["a name for a port", [...LEAST, "port: https"], "p.yaml:7: port is not a number from 1 to 65535; e.g. port: 443"],
    ["true for a port", [...LEAST, "port: true"], "p.yaml:7: port is not a number from 1 to 65535; e.g. port: 443"],
    ["a list of ports", [...LEAST, "port: [443]"], "p.yaml:7: port is not a number from 1 to 65535; e.g. port: 443"],
    ["half a port", [...LEAST, "port: 1.5"], "p.yaml:7: port is not a number from 1 to 65535; e.g. port: 443"],
    ["no value for a port", [...LEAST, "port:"], "p.yaml:7: port is not a number from 1 to 65535; e.g. port: 443"],
    ["a port of icmp", [...LEAST, "protocol: icmp", "port: 443"], "p.yaml:8: icmp has no ports; leave out port"],
    [
      "blocked and through",
      [...LEAST, "expect: blocked", "through: fw"],
      "p.yaml:8: blocked cannot be combined with through or symmetric; write two rules",
    ],
    [
      "blocked and symmetric",
      [...LEAST, "symmetric: true", "expect: blocked"],
      "p.yaml:7: blocked cannot be combined with through or symmetric; write two rules",
    ],
    [
      "a bad prefix",
      ["from: a", "to: 10.0.0.0/40"],
      "p.yaml:6: '10.0.0.0/40' has no valid prefix length; the length is a number from 0 to 32",
    ],
  ])("is refused with its line: %s", (_case, lines, expected) => {
    expect(problemOf(policyOf(...lines))).toBe(expected);
  });

  test.each([
    "to: private",
    "except: private",
    "expect: {verdict: drop}",
    "symmetric: true",
    "inventory: appliances-found",
  ])("is refused beside %s", (line) => {
    const key = line.slice(0, line.indexOf(":"));
    expect(problemOf(`${policyOf(...LEAST)}    ${line}\n`)).toBe(
      `p.yaml:7: a reach rule takes no ${key} beside reach; write ${key} under reach`,
    );
  });

  test("false for symmetric goes with blocked", () => {
    expect(ruleOf(policyOf(...LEAST, "symmetric: false", "expect: blocked")).expect).toBe("blocked");
  });

  const KEYS = "keys: from, to, except, expect, through, symmetric, protocol, port";
  test.each([
    ["reach:", "reach has no value; reach: {from: spoke1/app, to: 10.20.0.0/16, through: fw-hub}"],
    ["reach: spoke1", `reach is not a mapping of keys to values; ${KEYS}`],
    ["reach: []", `reach is not a mapping of keys to values; ${KEYS}`],
  ])("is refused as %s", (text, expected) => {
    expect(problemOf(`rules:\n  - ${text}\n`)).toBe(`p.yaml:2: ${expected}`);
  });

  test("values of the wrong kind for from and through are rejected, and the error says what is allowed", () => {
    const through = "names or addresses of appliances, load balancers, firewalls, gateways or hubs";
    expect(problemOf(policyOf("from: []", "to: []", "through: []")).split("\n")).toEqual([
      `p.yaml:5: from is an empty list; ${FROM}`,
      `p.yaml:6: to is an empty list; ${TO}`,
      `p.yaml:7: through is an empty list; ${through}; see how to write a policy: vnet-explain help policies`,
    ]);
    expect(problemOf(policyOf(...LEAST, "expect: [delivered]", "protocol: [tcp]")).split("\n")).toEqual([
      "p.yaml:7: expect is a list, not text; one of: arrives, delivered, leaves-azure, blocked",
      "p.yaml:8: protocol is a list, not text; one of: tcp, udp, icmp; see how to write a policy: vnet-explain help policies",
    ]);
  });

  test.each(["1", "65535"])("port %s is read", (port) => {
    expect(ruleOf(policyOf(...LEAST, `port: ${port}`)).port).toBe(Number(port));
  });
});
