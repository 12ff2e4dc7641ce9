import { isMap, isSeq, type Node } from "yaml";
import { quotedText } from "../../text/quoted-text.ts";
import { isDestinationError, readDestination } from "../destinations/destination.ts";
import { withMeaning } from "../destinations/meant/meant.ts";
import { INVENTORY_CHECK_NAMES } from "./inventory/check-names.ts";
import {
  type Policy,
  type PolicyDestination,
  type PolicyRule,
  policyError,
  SEVERITIES,
  type Severity,
} from "./policy.ts";
import { readExpect } from "./read-expect.ts";
import { readReach } from "./read-reach.ts";
import { readSides } from "./read-symmetric.ts";
import { parsePolicyYaml } from "./yaml.ts";
import { didYouMean, type Entry, PolicyNodes } from "./yaml-node.ts";

const POLICY_KEYS = ["name", "description", "rules", "$schema"] as const;
const RULE_KEYS = [
  "id",
  "name",
  "description",
  "severity",
  "to",
  "except",
  "expect",
  "symmetric",
  "inventory",
  "reach",
] as const;

type RuleEntries = ReadonlyMap<(typeof RULE_KEYS)[number], Entry>;

const RULES_EXAMPLE = "write rules: and under it - to: internet with expect: {next-hop: VirtualAppliance}";
const EXPECT_EXAMPLE = "e.g. expect: {next-hop: VirtualAppliance}";
const TO_EXAMPLE = "an address, a prefix, tag:NAME, internet, private, or a list of them";

/**
 * Reads a policy of the form `PolicyForm` in YAML or JSON.
 * @throws UserError `policy-invalid` with every problem and its line: syntax, unknown keys (with similar names), values
 * of the wrong kind.
 */
export function readPolicy(text: string, file: string): Policy {
  const nodes = new PolicyNodes(parsePolicyYaml(text, file));
  const policy = policyIn(nodes, file);
  if (nodes.problems.length > 0 || policy === null) throw policyError(file, nodes.problems);
  return policy;
}

function policyIn(nodes: PolicyNodes, file: string): Policy | null {
  const { root } = nodes;
  if (root === null) {
    nodes.refuse(1, "the policy is empty", RULES_EXAMPLE);
    return null;
  }
  if (isSeq(root)) {
    nodes.refuse(nodes.lineOf(root), "the policy is a list", `write rules: above it; ${RULES_EXAMPLE}`);
    return null;
  }
  const entries = nodes.entries(root, "the policy", POLICY_KEYS, { rules: RULES_EXAMPLE });
  if (entries === null) return null;
  nodes.text(entries.get("$schema"), "the address of a JSON Schema");
  return {
    file,
    name: nodes.text(entries.get("name"), "write one line"),
    description: nodes.text(entries.get("description"), "write a text"),
    rules: rulesIn(entries.get("rules"), nodes),
  };
}

function rulesIn(entry: Entry | undefined, nodes: PolicyNodes): PolicyRule[] {
  if (entry === undefined) return [];
  const { value: list, line } = entry;
  if (!isSeq(list) || list.items.length === 0) {
    nodes.refuse(line, "rules is not a list of at least one rule", RULES_EXAMPLE);
    return [];
  }
  const rules = nodes.items(list).flatMap(({ item, line: own }, index) => {
    if (item === null) nodes.refuse(own, `rule ${index + 1} is empty`, RULES_EXAMPLE);
    return item === null ? [] : (ruleIn(item, own, index + 1, nodes) ?? []);
  });
  refuseTwins(rules, nodes);
  return rules;
}

function refuseTwins(rules: readonly PolicyRule[], nodes: PolicyNodes): void {
  const lines = new Map<string, number>();
  for (const { id, line } of rules) {
    const other = lines.get(id);
    if (other === undefined) lines.set(id, line);
    else nodes.refuse(line, `the id ${id} is already used by the rule in line ${other}`, "give each rule its own id");
  }
}

function ruleIn(node: Node, line: number, number: number, nodes: PolicyNodes): PolicyRule | null {
  const isOther = isMap(node) && (node.has("symmetric") || node.has("inventory") || node.has("reach"));
  const entries = nodes.entries(node, "a rule", RULE_KEYS, isOther ? {} : { to: TO_EXAMPLE, expect: EXPECT_EXAMPLE });
  if (entries === null) return null;
  const head = {
    id: idOf(entries.get("id"), number, nodes),
    name: nodes.text(entries.get("name"), "write one line"),
    description: nodes.text(entries.get("description"), "write a text"),
    severity: severityOf(entries.get("severity"), nodes),
    line,
  };
  const reach = entries.get("reach");
  if (reach !== undefined) return reachRule(head, reach, entries, nodes);
  const inventory = entries.get("inventory");
  if (inventory !== undefined) return inventoryRule(head, inventory, entries, nodes);
  const symmetric = entries.get("symmetric");
  return symmetric === undefined ? expectRule(head, entries, nodes) : symmetricRule(head, symmetric, entries, nodes);
}

type RuleHead = Pick<PolicyRule, "id" | "name" | "description" | "severity" | "line">;

function symmetricRule(head: RuleHead, symmetric: Entry, entries: RuleEntries, nodes: PolicyNodes): PolicyRule {
  for (const key of ["to", "except", "expect"] as const) {
    const entry = entries.get(key);
    if (entry !== undefined) nodes.refuse(entry.line, `a symmetric rule takes no ${key}`, "write two rules");
  }
  return { kind: "symmetric", ...head, sides: readSides(symmetric, nodes, destinationsIn) };
}

function inventoryRule(head: RuleHead, inventory: Entry, entries: RuleEntries, nodes: PolicyNodes): PolicyRule {
  for (const key of ["to", "expect", "symmetric"] as const) {
    const entry = entries.get(key);
    if (entry !== undefined) nodes.refuse(entry.line, `an inventory rule takes no ${key}`, "write two rules");
  }
  const text = nodes.text(inventory, `one of: ${INVENTORY_CHECK_NAMES.join(", ")}`);
  const known = INVENTORY_CHECK_NAMES.find((name) => name === text);
  if (text !== null && known === undefined) {
    const hint = didYouMean(text, INVENTORY_CHECK_NAMES);
    nodes.refuse(inventory.line, `'${quotedText(text)}' is not a known check of an inventory`, hint);
  }
  const except = entries.get("except");
  const exceptions = except === undefined ? [] : nodes.texts(except, "names or ids of resources");
  return {
    kind: "inventory",
    ...head,
    check: known ?? INVENTORY_CHECK_NAMES[0],
    exceptResources: exceptions.map(({ text }) => text.trim()),
  };
}

function reachRule(head: RuleHead, reach: Entry, entries: RuleEntries, nodes: PolicyNodes): PolicyRule {
  for (const key of ["to", "except", "expect", "symmetric", "inventory"] as const) {
    const entry = entries.get(key);
    if (entry !== undefined)
      nodes.refuse(entry.line, `a reach rule takes no ${key} beside reach`, `write ${key} under reach`);
  }
  return { kind: "reach", ...head, ...readReach(reach, nodes, destinationsIn) };
}

function expectRule(head: RuleHead, entries: RuleEntries, nodes: PolicyNodes): PolicyRule {
  const to = entries.get("to");
  const expect = entries.get("expect");
  const except = entries.get("except");
  return {
    kind: "expect",
    ...head,
    to: to === undefined ? [] : destinationsIn(to, nodes),
    except: except === undefined ? [] : destinationsIn(except, nodes),
    expect: expect === undefined ? [] : readExpect(expect, nodes),
    expectLine: expect?.line ?? head.line,
  };
}

/** The same as in PolicyForm. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/;

function idOf(entry: Entry | undefined, number: number, nodes: PolicyNodes): string {
  const id = nodes.text(entry, "e.g. internet-by-firewall");
  if (id === null || entry === undefined) return `rule-${number}`;
  if (!ID.test(id)) {
    nodes.refuse(
      entry.line,
      `'${quotedText(id)}' is not a valid id`,
      "letters, digits, dots, dashes, underscores; at most 80",
    );
  }
  return id;
}

function severityOf(entry: Entry | undefined, nodes: PolicyNodes): Severity {
  const text = nodes.text(entry, `one of: ${SEVERITIES.join(", ")}`);
  const known = SEVERITIES.find((severity) => severity === text);
  if (text !== null && known === undefined && entry !== undefined) {
    nodes.refuse(entry.line, `'${quotedText(text)}' is not a valid severity`, didYouMean(text, SEVERITIES));
  }
  return known ?? "error";
}

function destinationsIn(entry: Entry, nodes: PolicyNodes): PolicyDestination[] {
  return nodes.texts(entry, TO_EXAMPLE).flatMap(({ text, line }) => {
    try {
      return [{ destination: readDestination(text), line }];
    } catch (error) {
      if (!isDestinationError(error)) throw error;
      const { message, hint } = withMeaning(error, text);
      nodes.refuse(line, message, hint);
      return [];
    }
  });
}
