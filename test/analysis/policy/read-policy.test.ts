import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readDestination } from "../../../src/analysis/destinations/destination.ts";
import {
  isPolicyError,
  type Policy,
  type PolicyDestination,
  type PolicyError,
  type PolicyRule,
} from "../../../src/analysis/policy/policy.ts";
import { readPolicy } from "../../../src/analysis/policy/read-policy.ts";
import { quotedText } from "../../../src/text/quoted-text.ts";

function errorOf(text: string): PolicyError {
  try {
    readPolicy(text, "p.yaml");
  } catch (error) {
    if (!isPolicyError(error)) throw error;
    const { exit, detail, correction, message, problems } = error;
    expect([exit, detail, correction, problems.length > 0]).toEqual(["usage", null, null, true]);
    for (const { line, message: own } of problems.slice(0, 20)) {
      expect(message).toContain(quotedText(`p.yaml:${line}: ${own}`, 400).slice(0, 200));
    }
    return error;
  }
  throw new Error("the policy was read without an error");
}

/** `line: message; hint` of every problem. */
const problemsIn = (text: string) =>
  errorOf(text).problems.map(({ line, message, hint }) => `${line}: ${message}; ${hint}`);

/** Destinations with the line of each: `internet @2`. */
const destinationsText = (destinations: readonly PolicyDestination[]) =>
  destinations.map(({ destination, line }) => {
    expect(destination).toEqual(readDestination(destination.text));
    return `${destination.text} @${line}`;
  });

/** A rule in lines: its head with the lines of the file, then each alternative. */
function told(rule: PolicyRule | undefined): readonly string[] {
  if (rule?.kind !== "expect") throw new Error(`not a rule with expectations: ${rule?.kind}`);
  const { kind, id, name, description, severity, line, to, except, expectLine, expect: alternatives, ...none } = rule;
  expect([kind, none]).toEqual(["expect", {}]);
  const texts = [name, description].flatMap((text) => (text === null ? [] : [JSON.stringify(text)]));
  const but = except.length === 0 ? "" : ` except ${destinationsText(except).join(", ")}`;
  return [
    `${[id, ...texts, severity].join(" ")} @${line}: to ${destinationsText(to).join(", ")}${but}, expect @${expectLine}`,
    ...alternatives.map((all) =>
      all.map(({ key, negated, values }) => `${negated ? "not " : ""}${key} ${values.join(" or ")}`).join(", "),
    ),
  ];
}

describe("a valid policy", () => {
  it("a rule in full", () => {
    const text = [
      "name: Egress",
      "description: all of it",
      "rules:",
      "  - id: internet-by-firewall",
      "    name: By the firewall",
      "    description: no other way",
      "    severity: warning",
      "    to: [internet, 10.0.0.0/8, 10.1.2.3, tag:Storage]",
      "    except: tag:AzureMonitor",
      "    expect:",
      "      next-hop: VirtualAppliance",
      "      via: [10.0.1.4, 10.0.1.5]",
    ].join("\n");
    const policy = readPolicy(text, "p.yaml");
    expect({ ...policy, rules: null }).toEqual({
      ...{ file: "p.yaml", name: "Egress", description: "all of it", rules: null },
    });
    expect(policy.rules.map(told)).toEqual([
      [
        'internet-by-firewall "By the firewall" "no other way" warning @4: to internet @8, 10.0.0.0/8 @8, 10.1.2.3 @8, tag:Storage @8 except tag:AzureMonitor @9, expect @10',
        "next-hop VirtualAppliance, via 10.0.1.4 or 10.0.1.5",
      ],
    ]);
  });

  const rule = (text: string) => readPolicy(`rules:\n- {to: internet, expect: ${text}}\n`, "p.yaml").rules[0];

  test.each<[string, string, readonly string[]]>([
    [
      "a list is alternatives",
      "[{verdict: drop}, {next-hop: Internet, verdict: forward}]",
      ["verdict drop", "next-hop Internet, verdict forward"],
    ],
    [
      "not: none of it",
      "{verdict: forward, not: {next-hop: [Internet, None], appliance: bypassed}}",
      ["verdict forward, not next-hop Internet or None, not appliance bypassed"],
    ],
    ["the portal's words", "{next-hop: Virtual network gateway}", ["next-hop VirtualNetworkGateway"]],
    ["an address in its usual spelling", "{via: 'FD00:0::4'}", ["via fd00::4"]],
    ["a route's name as it is", "{route: 'a,b=c'}", ["route a,b=c"]],
    ["None is a word, not nothing", "{next-hop: None}", ["next-hop None"]],
  ])("%s", (_, text, expected) => {
    expect(told(rule(text))).toEqual(["rule-1 error @2: to internet @2, expect @2", ...expected]);
  });

  test.each<[string, string, readonly string[] | null]>([
    ["symmetric: true", "true", null],
    [
      "tables and addresses",
      "{a: 10.0.0.0/8,\n    b: [11.0.0.0/8, 12.0.0.0/8]}",
      ["a: 10.0.0.0/8 @2", "b: 11.0.0.0/8 @3, 12.0.0.0/8 @3"],
    ],
  ])("%s", (_, text, sides) => {
    const [read] = readPolicy(`rules:\n- symmetric: ${text}\n`, "p.yaml").rules;
    const found = read?.kind === "symmetric" ? read.sides : undefined;
    expect({ ...read, sides: null }).toEqual({
      ...{ kind: "symmetric", id: "rule-1", name: null, description: null, severity: "error", line: 2, sides: null },
    });
    const texts = found?.map(({ table, addresses }) => `${table}: ${destinationsText(addresses).join(", ")}`);
    expect(texts ?? null).toEqual(sides);
  });

  const SAME = '{"rules": [{"to": "internet", "expect": {"verdict": "drop"}}]}';
  test.each([
    ["YAML", "rules:\n  - to: internet\n    expect: {verdict: drop}\n"],
    ["JSON", SAME],
    [
      "JSON indented with tabs",
      '{\n\t"rules": [\n\t\t{"to": "internet",\n\t\t "expect": {"verdict": "drop"}}\n\t]\n}\n',
    ],
    ["JSON that names its schema", SAME.replace("{", '{"$schema": "policy.json", ')],
    ["YAML with Windows line ends", "rules:\r\n  - to: internet\r\n    expect: {verdict: drop}\r\n"],
    ["YAML with a document's marks", "---\nrules:\n  - to: internet\n    expect: {verdict: drop}\n...\n"],
    ["YAML with anchors", "rules:\n  - to: &all internet\n    expect: {verdict: drop}\n"],
    [
      "YAML after many comments",
      `${"# Who may go where\n\n".repeat(30)}rules:\n  - to: internet\n    expect: {verdict: drop}\n`,
    ],
    ["YAML with tags that change nothing", "rules: !!seq\n- !!map {to: !!str internet, expect: {verdict: drop}}\n"],
  ])("%s reads the same", (_, text) => {
    const lineless = ({ rules }: Policy) => JSON.stringify(rules).replace(/"(line|expectLine)":\d+/g, "");
    expect(lineless(readPolicy(text, "p.yaml"))).toBe(lineless(readPolicy(SAME, "p.yaml")));
  });

  it("a rule about the inventory has its check, and exceptions without blanks around them", () => {
    const text =
      "rules:\n- {inventory: appliances-running, except: [' vm-a ', /x/vm-b], severity: note}\n- inventory: peerings-connected\n";
    expect(readPolicy(text, "p.yaml").rules).toEqual([
      {
        ...{ kind: "inventory", id: "rule-1", name: null, description: null, severity: "note", line: 2 },
        ...{ check: "appliances-running", exceptResources: ["vm-a", "/x/vm-b"] },
      },
      {
        ...{ kind: "inventory", id: "rule-2", name: null, description: null, severity: "error", line: 3 },
        ...{ check: "peerings-connected", exceptResources: [] },
      },
    ]);
  });

  it("blanks around a destination and a value are left out", () => {
    const [read] = readPolicy(
      "rules:\n- {to: ' internet ', expect: {verdict: ' drop ', appliance: ' used '}}",
      "p",
    ).rules;
    expect(told(read)).toEqual(["rule-1 error @2: to internet @2, expect @2", "verdict drop, appliance used"]);
  });

  it("an alias refers to the last anchor of its name before it", () => {
    const text =
      "rules:\n- {to: &a 10.0.0.0/8, expect: &e {verdict: drop}}\n- {to: [*a, &a 11.0.0.0/8], expect: *e}\n- {to: *a, expect: *e}\n";
    expect(readPolicy(text, "p.yaml").rules.flatMap(told)).toEqual([
      ...["rule-1 error @2: to 10.0.0.0/8 @2, expect @2", "verdict drop"],
      ...["rule-2 error @3: to 10.0.0.0/8 @3, 11.0.0.0/8 @3, expect @3", "verdict drop"],
      ...["rule-3 error @4: to 11.0.0.0/8 @3, expect @4", "verdict drop"],
    ]);
  });
});

const GOOD = "- {to: internet, expect: {verdict: drop}}";

const RULES = "write rules: and under it - to: internet with expect: {next-hop: VirtualAppliance}";
const TO = "an address, a prefix, tag:NAME, internet, private, or a list of them";
const EXPECT = "e.g. expect: {next-hop: VirtualAppliance, via: 10.0.1.4} or expect: {not: {next-hop: Internet}}";
const SHORT_EXPECT = "e.g. expect: {next-hop: VirtualAppliance}";
const COLON =
  "a tag is written tag:Storage, without a blank; quote any other value with a colon before a blank or at its end";
const SYNTAX = "a policy is YAML or JSON: check quotes, colons, brackets and indentation there";
const SYMMETRIC = "symmetric: true, or tables with their addresses: {spoke1: 10.1.0.0/16, spoke2: 10.2.0.0/16}";
const TAG = "remove it; quote a value that starts with an exclamation mark";
const RULE_KEYS = "id, name, description, severity, to, except, expect, symmetric, inventory, reach";
const POLICY_KEYS = "name, description, rules, $schema";
const EXPECT_KEYS = "next-hop, via, tag, prefix, route, verdict, appliance";
const NO_MERGE = "merge keys are not supported: write the keys out, or use an alias for the whole value";

describe("an invalid policy: each problem with its line", () => {
  test.each<[string, string, readonly string[]]>([
    ["nothing", "", [`1: the policy is empty; ${RULES}`]],
    ["only a comment", "# rules\n", [`1: the policy is empty; ${RULES}`]],
    ["a word", "hello", [`1: the policy is not a mapping of keys to values; keys: ${POLICY_KEYS}`]],
    ["a list", `\n${GOOD}`, [`2: the policy is a list; write rules: above it; ${RULES}`]],
    ["no rules", "name: x", [`1: the policy lacks rules; ${RULES}`]],
    ["rules that are none", "name: x\nrules:", [`2: rules is not a list of at least one rule; ${RULES}`]],
    ["no rule", "rules: []", [`1: rules is not a list of at least one rule; ${RULES}`]],
    ["a misspelt key of the policy", `ruels:\n${GOOD}`, ["1: unknown key 'ruels' in the policy; did you mean: rules"]],
    [
      "misspelt keys of a rule, without complaint that the right ones are missing",
      "rules:\n- too: internet\n  expct: {verdict: drop}",
      ["2: unknown key 'too' in a rule; did you mean: to", "3: unknown key 'expct' in a rule; did you mean: expect"],
    ],
    [
      "keys that are missing",
      "rules:\n- id: a",
      [`2: a rule lacks to; ${TO}`, `2: a rule lacks expect; ${SHORT_EXPECT}`],
    ],
    ["an empty rule", "rules:\n-\n", [`2: rule 1 is empty; ${RULES}`]],
    [
      "a rule that is a word",
      "rules:\n- internet",
      [`2: a rule is not a mapping of keys to values; keys: ${RULE_KEYS}`],
    ],
    [
      "a key twice",
      "rules:\n- to: internet\n  to: private\n  expect: {verdict: drop, verdict: drop}",
      [
        "3: a rule has 'to' twice, first in line 2; keep one of them",
        "4: expect has 'verdict' twice, first in line 4; keep one of them",
      ],
    ],
    [
      "an id twice",
      "rules:\n- {id: a, to: internet, expect: {verdict: drop}}\n- {id: a, to: internet, expect: {verdict: drop}}",
      ["3: the id a is already used by the rule in line 2; give each rule its own id"],
    ],
    [
      "an id that another rule has by its place",
      `rules:\n- {id: rule-2, to: internet, expect: {verdict: drop}}\n${GOOD}`,
      ["3: the id rule-2 is already used by the rule in line 2; give each rule its own id"],
    ],
    [
      "values that are no text",
      "rules:\n- id: 12\n  name: true\n  description: [x]\n  to: 10.0\n  expect: {verdict: 1, route: {a: b}}",
      [
        '2: id: 12 is a number, not text; put it in quotes: "12"',
        '3: name: true is true or false, not text; put it in quotes: "true"',
        "4: description is a list, not text; write a text",
        '5: to: 10.0 is a number, not text; put it in quotes: "10.0"',
        '6: verdict: 1 is a number, not text; put it in quotes: "1"',
        `6: route is keys and values, not text; ${COLON}`,
      ],
    ],
    [
      "a table's name without end",
      `rules:\n- symmetric: {${"t".repeat(10_000)}: [], ${"u".repeat(10_000)}: {a: b}}`,
      [
        `2: ${"t".repeat(27)}... is an empty list; ${TO}`,
        `2: ${"u".repeat(27)}... is keys and values, not text; ${COLON}`,
      ],
    ],
    [
      "destinations that are none, each in its line",
      "rules:\n- to:\n  - 10.0.0.1/8\n  - intrnet\n  - Storage\n  - tag: Storage\n  except: 010.0.0.0/8\n  expect: {verdict: drop}",
      [
        "3: '10.0.0.1/8' has host bits set after /8; write 10.0.0.0/8, or 10.0.0.1 for the one address",
        "4: 'intrnet' is not a valid destination; did you mean: internet",
        "5: 'Storage' is not a valid destination; write tag:Storage",
        `6: to is keys and values, not text; ${COLON}`,
        "7: '010.0.0.0' has a leading zero, which some programs read as octal; write 10.0.0.0",
      ],
    ],
    [
      "expectations that nothing can meet",
      "rules:\n- to: internet\n  expect:\n    next-hop: [Internet, Virtual aplliance]\n    verdict: dorp\n    via: 10.0.0.300\n    prefix: 10.0.0.1/8\n    appliance: down",
      [
        "4: unknown next hop type 'Virtual aplliance'; did you mean: VirtualAppliance",
        "5: unknown verdict 'dorp'; did you mean: drop",
        "6: via: '10.0.0.300' is not an IPv4 or IPv6 address; write one like 10.0.0.4 or 2001:db8::1",
        "7: prefix: '10.0.0.1/8' has host bits set after /8; write 10.0.0.0/8, or 10.0.0.1 for the one address",
        "8: 'down' is not a valid appliance state; one of: used, unreachable, bypassed",
      ],
    ],
    [
      "expectations of nothing",
      "rules:\n- {to: internet, expect: }\n- {to: internet, expect: {}}\n- {to: internet, expect: []}\n- {to: internet, expect: {not: }}\n- {to: internet, expect: {not: {}}}\n- {to: internet, expect: drop}\n- {to: internet, expect: {not: {not: {via: 10.0.0.4}}}}\n- {to: [], expect: {via: []}}",
      [
        `2: expect has no value; ${EXPECT}`,
        `3: expect is empty; keys: ${EXPECT_KEYS}, not`,
        `4: expect is an empty list; ${EXPECT}`,
        `5: not has no value; ${EXPECT}`,
        `6: not is empty; keys: ${EXPECT_KEYS}`,
        `7: expect is not a mapping of keys to values; keys: ${EXPECT_KEYS}, not`,
        `8: unknown key 'not' in not; one of: ${EXPECT_KEYS}`,
        `9: to is an empty list; ${TO}`,
        `9: via is an empty list; ${EXPECT}`,
      ],
    ],
    [
      "severities and ids that are none",
      "rules:\n- {id: a b, severity: fatal, to: internet, expect: {verdict: drop}}",
      [
        "2: 'a b' is not a valid id; letters, digits, dots, dashes, underscores; at most 80",
        "2: 'fatal' is not a valid severity; one of: error, warning, note",
      ],
    ],
    [
      "symmetry of nothing, of one table, of addresses",
      "rules:\n- symmetric: false\n- symmetric: {a: 10.0.0.0/8}\n- symmetric: true\n  to: internet\n- symmetric: {a: x, b: }",
      [
        `2: symmetric is neither true nor tables with their addresses; ${SYMMETRIC}`,
        `3: symmetric needs at least two tables; ${SYMMETRIC}`,
        "5: a symmetric rule takes no to; write two rules",
        "6: 'x' is not a valid destination; write tag:x for a service tag, or an address, a prefix, internet or private",
        `6: b has no value; ${TO}`,
      ],
    ],
    [
      "a table twice in symmetry, and one whose name is no text",
      "rules:\n- symmetric: {a: 10.0.0.0/8, a: 11.0.0.0/8, b: 12.0.0.0/8, 1: 13.0.0.0/8}",
      [
        "2: symmetric has 'a' twice, first in line 2; keep one of them",
        `2: a key of symmetric is not text; ${SYMMETRIC}`,
      ],
    ],
    [
      "a second document",
      `rules:\n${GOOD}\n---\nrules:\n${GOOD}`,
      ["3: a second document starts here; write one document: remove the --- line"],
    ],
    ["a tab before a key", "rules:\n\t- to: internet", [`2: Tabs are not allowed as indentation; ${SYNTAX}`]],
    [
      "JSON that is cut off",
      '{"rules": [\n{"to": "internet",\n"expect": {"ver',
      [`3: Missing closing "quote; ${SYNTAX}`],
    ],
    [
      "a blank after tag:",
      "rules:\n- to: tag: Storage\n  expect: {verdict: drop}",
      [`2: Nested mappings are not allowed in compact mappings; ${COLON}`],
    ],
    [
      "a YAML tag that YAML does not know",
      "rules: !!js/function x",
      [`1: the YAML tag !!js/function is not supported; ${TAG}`],
    ],
    [
      "a YAML tag of other readers",
      "name: !include x\nrules: []",
      [`1: the YAML tag !include is not supported; ${TAG}`],
    ],
    ["a YAML tag that YAML knows", "name: a\nrules: !!set {a}", [`2: the YAML tag !!set is not supported; ${TAG}`]],
    ["exclamation marks alone", "!!!!", [`1: the YAML tag !!!! is not supported; ${TAG}`]],
    [
      "a long YAML tag",
      `rules: !${"t".repeat(40)} x`,
      [`1: the YAML tag !${"t".repeat(26)}... is not supported; ${TAG}`],
    ],
    ["one exclamation mark", "rules: !", [`1: the YAML tag ! is not supported; ${TAG}`]],
    [
      "a merge key",
      "rules:\n- &a {to: internet, expect: {verdict: drop}}\n- {<<: *a}",
      [
        `3: unknown key '<<' in a rule; ${NO_MERGE}`,
        `3: a rule lacks to; ${TO}`,
        `3: a rule lacks expect; ${SHORT_EXPECT}`,
      ],
    ],
    [
      "an alias of nothing",
      `rules:\n- {to: *all, expect: {verdict: drop}}`,
      ["2: *all has no anchor; write &all before it, or quotes around it"],
    ],
    [
      "an alias of nothing with a long name",
      `rules: *${"a".repeat(40)}`,
      [`1: *${"a".repeat(27)}... has no anchor; write &${"a".repeat(27)}... before it, or quotes around it`],
    ],
    [
      "an alias of nothing after an error of syntax, which comes first",
      "name: a: b\nrules: *all",
      [`1: Nested mappings are not allowed in compact mappings; ${COLON}`],
    ],
    [
      "lists as deep as they may be",
      `${"[".repeat(39)}x${"]".repeat(39)}`,
      [`1: the policy is a list; write rules: above it; ${RULES}`],
    ],
    ["lists too deep", `${"[".repeat(40)}x${"]".repeat(40)}`, ["1: nesting is too deep; write at most 40 levels"]],
    ["a rule without keys", "rules:\n- {}", [`2: a rule lacks to; ${TO}`, `2: a rule lacks expect; ${SHORT_EXPECT}`]],
    [
      "a long key that begins like one of the policy",
      `rules${"s".repeat(200)}: []`,
      [`1: unknown key 'rules${"s".repeat(22)}...' in the policy; did you mean: rules`],
    ],
    [
      "a long number",
      `rules:\n- {id: ${"1".repeat(40)}, to: internet, expect: {verdict: drop}}`,
      [`2: id: ${"1".repeat(27)}... is a number, not text; put it in quotes: "${"1".repeat(27)}..."`],
    ],
    [
      "an alias of what it is in",
      "rules: &r\n- *r",
      [`2: a rule is not a mapping of keys to values; keys: ${RULE_KEYS}`],
    ],
    [
      "keys that JavaScript knows",
      "__proto__: {rules: []}\nrules:\n- {to: internet, constructor: 1, expect: {__proto__: x}}",
      [
        `1: unknown key '__proto__' in the policy; one of: ${POLICY_KEYS}`,
        `3: unknown key 'constructor' in a rule; one of: ${RULE_KEYS}`,
        `3: unknown key '__proto__' in expect; one of: ${EXPECT_KEYS}, not`,
      ],
    ],
    [
      "keys that are no text",
      `? [a]\n: 1\n1: x\nrules:\n${GOOD}`,
      [
        `1: a key of the policy is not text; keys: ${POLICY_KEYS}`,
        `3: a key of the policy is not text; keys: ${POLICY_KEYS}`,
      ],
    ],
  ])("%s", (_, text, expected) => {
    expect(problemsIn(text)).toEqual(expected);
  });

  const CHECKS =
    "appliances-found, appliances-running, appliances-forwarding, peerings-connected, peerings-allow-access, gateway-transit-allowed, no-endpoint-bypass, internet-outbound, route-tables-used";

  test.each<[string, string, readonly string[]]>([
    [
      "a rule about the inventory with keys of other rules",
      "rules:\n- inventory: peerings-connected\n  to: internet\n  expect: {verdict: drop}\n  symmetric: true",
      [
        "3: an inventory rule takes no to; write two rules",
        "4: an inventory rule takes no expect; write two rules",
        "5: an inventory rule takes no symmetric; write two rules",
      ],
    ],
    [
      "a misspelt check of an inventory",
      "rules:\n- inventory: peering-connected\n- inventory: x",
      [
        "2: 'peering-connected' is not a known check of an inventory; did you mean: peerings-connected",
        `3: 'x' is not a known check of an inventory; one of: ${CHECKS}`,
      ],
    ],
    [
      "a check of an inventory that is a list, and exceptions that are none",
      "rules:\n- inventory: [peerings-connected]\n- {inventory: peerings-connected, except: [], id: b}",
      [`2: inventory is a list, not text; one of: ${CHECKS}`, "3: except is an empty list; names or ids of resources"],
    ],
    [
      "a symmetric rule with all keys of other rules",
      "rules:\n- symmetric: true\n  to: internet\n  except: private\n  expect: {verdict: drop}",
      [
        "3: a symmetric rule takes no to; write two rules",
        "4: a symmetric rule takes no except; write two rules",
        "5: a symmetric rule takes no expect; write two rules",
      ],
    ],
    [
      "symmetry of a word, a list and nothing",
      "rules:\n- symmetric: yes\n- symmetric: []\n- symmetric:",
      [2, 3, 4].map((line) => `${line}: symmetric is neither true nor tables with their addresses; ${SYMMETRIC}`),
    ],
    [
      "texts of the policy and its rules that are lists or blank",
      `$schema: [x]\nname: [x]\ndescription: " "\nrules:\n- {id: [x], name: [x], description: "", severity: [x], to: internet, expect: {verdict: drop}}`,
      [
        "1: $schema is a list, not text; the address of a JSON Schema",
        "2: name is a list, not text; write one line",
        "3: description has an empty value; write a text",
        "5: id is a list, not text; e.g. internet-by-firewall",
        "5: name is a list, not text; write one line",
        "5: description has an empty value; write a text",
        "5: severity is a list, not text; one of: error, warning, note",
      ],
    ],
    [
      "a third rule with the id of two others",
      `rules:\n${["a", "a", "a"].map((id) => `- {id: ${id}, to: internet, expect: {verdict: drop}}`).join("\n")}`,
      [3, 4].map((line) => `${line}: the id a is already used by the rule in line 2; give each rule its own id`),
    ],
    [
      "values in the line after their keys, which is theirs, and missing ones, whose line is that of the key",
      "name:\n  12\nrules:\n- to: internet\n  id:\n    [x]\n  severity:\n  description:\n\n  expect:\n    verdict:\n      - 1\n    via:",
      [
        '2: name: 12 is a number, not text; put it in quotes: "12"',
        "6: id is a list, not text; e.g. internet-by-firewall",
        "7: severity has an empty value; one of: error, warning, note",
        "8: description has an empty value; write a text",
        '12: verdict: 1 is a number, not text; put it in quotes: "1"',
        `13: via has no value; ${EXPECT}`,
      ],
    ],
    ["rules that are a mapping", "rules: {to: internet}", [`1: rules is not a list of at least one rule; ${RULES}`]],
    ["an empty rule between others", `rules:\n${GOOD}\n-\n${GOOD}`, [`3: rule 2 is empty; ${RULES}`]],
    ["an empty list of tables", "rules:\n- symmetric: {}", [`2: symmetric needs at least two tables; ${SYMMETRIC}`]],
    [
      "a nested anchor's alias that comes before it",
      "rules:\n- {to: *a, expect: {verdict: drop}}\n- {to: &a internet, expect: {verdict: drop}}",
      ["2: *a has no anchor; write &a before it, or quotes around it"],
    ],
    [
      "a date, which YAML 1.2 takes for text, and a hexadecimal number, which it does not",
      "rules:\n- {id: 2024-01-01, to: internet, expect: {verdict: drop}}\n- {id: 0x10, to: internet, expect: {verdict: drop}}\n- {id: .inf, to: internet, expect: {verdict: drop}}",
      [
        '3: id: 0x10 is a number, not text; put it in quotes: "0x10"',
        '4: id: .inf is a number, not text; put it in quotes: ".inf"',
      ],
    ],
  ])("%s", (_, text, expected) => {
    expect(problemsIn(text)).toEqual(expected);
  });

  const ID_HINT = "letters, digits, dots, dashes, underscores; at most 80";
  test.each([
    ["a", true],
    ["9", true],
    ["a".repeat(80), true],
    ["a".repeat(81), false],
    ["a.b_c-d", true],
    [".a", false],
    ["-a", false],
    ["_a", false],
    ["a!", false],
    ["!a", false],
    ["\u00e4", false],
  ])("the id %j is valid: %s", (id, valid) => {
    const text = JSON.stringify({ rules: [{ id, to: "internet", expect: { verdict: "drop" } }] });
    if (valid) expect(readPolicy(text, "p.json").rules[0]?.id).toBe(id);
    else
      expect(problemsIn(text)).toEqual([
        `1: '${id.length > 80 ? `${id.slice(0, 37)}...` : id}' is not a valid id; ${ID_HINT}`,
      ]);
  });

  test.each<[string, string, RegExp]>([
    ["a near key", `ruels:\n${GOOD}`, /^did you mean: rules$/],
    ["a near value", "rules:\n- {to: internet, expect: {next-hop: Internt}}", /^did you mean: Internet$/],
    [
      "all severities",
      "rules:\n- {severity: x, to: internet, expect: {verdict: drop}}",
      /^one of: error, warning, note$/,
    ],
    [
      "quotes around a number",
      "rules:\n- {id: 1.10, to: internet, expect: {verdict: drop}}",
      /^put it in quotes: "1\.10"$/,
    ],
    ["how a tag is written", "rules:\n- to: tag: Storage\n  expect: {verdict: drop}", /tag:Storage, without a blank/],
    ["quotes around an address that ends in a colon", "rules:\n- to:\n  - fe80::\n  expect: {verdict: drop}", /quote/],
  ])("the hint is %s", (_, text, hint) => {
    expect(errorOf(text).hint).toMatch(hint);
  });

  it("the message has file, line and problem; several problems have their own hints", () => {
    expect(errorOf("name: x").message).toBe("p.yaml:1: the policy lacks rules");
    expect(errorOf(`ruels: 1\n${"rules:\n"}- {too: x}`).message.split("\n")).toEqual([
      "p.yaml:1: unknown key 'ruels' in the policy; did you mean: rules",
      "p.yaml:3: unknown key 'too' in a rule; did you mean: to",
      expect.stringMatching(/^p\.yaml:3: a rule lacks expect; /),
    ]);
  });

  it("a long path is cut at its start, and a long problem at its end", () => {
    const messageOf = (file: string, text = "name: x") => {
      try {
        readPolicy(text, file);
      } catch (error) {
        return (error as Error).message;
      }
      return null;
    };
    expect(messageOf("f".repeat(40))).toBe(`${"f".repeat(40)}:1: the policy lacks rules`);
    expect(messageOf(`x${"f".repeat(40)}`)).toBe(`...${"f".repeat(37)}:1: the policy lacks rules`);
    const several = messageOf(
      "p",
      `rules:\n- {to: internet, expect: {next-hop: None, ${"x".repeat(500)}: 1}}\n- id: a`,
    );
    expect(several?.split("\n").every((line) => line.length <= 400)).toBe(true);
  });

  it.each([
    [20, undefined],
    [21, "and 1 more problems"],
  ])("of %i problems twenty are shown", (count, last) => {
    const { message, hint } = errorOf(`rules:\n${"- {to: x, expect: {verdict: drop}}\n".repeat(count)}`);
    expect(message.split("\n")[20]).toBe(last);
    expect(hint).toBe("see how to write a policy: vnet-explain help policies");
  });

  it("problems are in the order of their lines", () => {
    const text = `rules:\n- {id: b, to: internet, expect: {verdict: drop}}\n- {id: b, to: internet, expect: {verdict: drop}}\n- {to: x}\nnme: x`;
    expect(errorOf(text).problems.map(({ line }) => line)).toEqual([3, 4, 4, 5]);
  });

  it("the message has the first twenty of a thousand problems and a count; the error has all of them", () => {
    const error = errorOf(`rules:\n${"- {to: x, expect: {verdict: drop}}\n".repeat(1000)}`);
    expect(error.problems).toHaveLength(1000);
    expect(error.message.split("\n")).toHaveLength(21);
    expect(error.message).toMatch(/\nand 980 more problems$/);
  });

  it("after any edit of a policy, every error has problems with lines of the text", () => {
    const good =
      "name: x\nrules:\n  - id: a\n    to: [internet, 10.0.0.0/8]\n    expect: {not: {via: 10.0.0.4}}\n  - symmetric: true\n";
    const junk = fc.constantFrom(
      "",
      "\n",
      "  ",
      "\t",
      "-",
      "- ",
      ":",
      ": ",
      "{",
      "}",
      "[",
      "]",
      ",",
      "&a ",
      "*a",
      "!",
      "|",
      ">",
      '"',
      "'",
      "#",
      "%",
      "? ",
      "~",
      "<<: ",
      "\0",
      "\u2028",
    );
    const edit = fc.tuple(fc.nat(good.length), fc.nat(8), junk);
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const text = edits.reduce(
          (before, [at, length, by]) => before.slice(0, at) + by + before.slice(at + length),
          good,
        );
        try {
          readPolicy(text, "p.yaml");
        } catch (error) {
          expect(isPolicyError(error)).toBe(true);
          const lines = text.split("\n").length;
          for (const { line, message, hint } of (error as PolicyError).problems) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines);
            expect(message && hint).not.toBe("");
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it("messages have no control characters from a policy", () => {
    const error = errorOf('rules:\n- {to: "\\u001b[2Jx", "k\\u202e": 1, expect: {verdict: "a\\u0007\\nb"}}\n');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(error.message + error.hint).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

it("of thirty errors of syntax the first twenty are problems", () => {
  const lines = errorOf("}\n".repeat(30)).problems.map(({ line }) => line);
  expect(lines).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
});

it("long messages of the parser are cut", () => {
  const { problems } = errorOf(`d\n#\n>\n  ${"For apect".repeat(50)}:\r\n      next-hop: Endpoint`);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.filter(({ message }) => message.length > 99)).toEqual([]);
});

it("a policy may have 100,000 values, also by aliases", { tags: ["slow"] }, () => {
  const rules = (more: string) =>
    `rules:\n- &r {to: [${"10.0.0.0/8,".repeat(9999)}], expect: {verdict: drop}}\n${"- *r\n".repeat(9)}${more}`;
  expect(readPolicy(rules(""), "p.yaml").rules).toHaveLength(10);
  const over = "- {inventory: route-tables-used, except: x}\n- {inventory: peerings-connected, except: y}";
  expect(problemsIn(rules(over))).toEqual(["12: the policy has too many values; write it as several policies"]);
});

describe("a text made to cost time or memory is rejected", { tags: ["slow"] }, () => {
  test.each<[string, string, string]>([
    ["nested lists", "[".repeat(100_000), "1: nesting is too deep"],
    ["nested objects", '{"rules":'.repeat(5000), "1: nesting is too deep"],
    ["nested block lists", "- ".repeat(50_000), "1: nesting is too deep"],
    [
      "aliases of aliases",
      `a: &a [x, x]\n${[..."bcdefghi"].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(", ")}]`).join("\n")}\n`,
      "1: unknown key 'a' in the policy",
    ],
    [
      "one long list in many rules",
      `rules:\n- &r {to: [${"10.0.0.0/8,".repeat(20_000)}], expect: {verdict: drop}}\n${"- *r\n".repeat(20_000)}`,
      "2: the policy has too many values",
    ],
    ["braces that open nothing", "}".repeat(100_000), '1: Unexpected flow-map-end token in YAML document: "}"'],
  ])("%s", (_, text, first) => {
    expect(problemsIn(text)[0]?.startsWith(`${first}; `), problemsIn(text)[0]).toBe(true);
  });
});
