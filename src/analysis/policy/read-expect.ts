import { isSeq, type Node } from "yaml";
import { quotedText } from "../../text/quoted-text.ts";
import {
  EXPECTATION_KEYS,
  type ExpectationKey,
  expectedValue,
  isExpectationError,
} from "../expectation/expectation.ts";
import { APPLIANCE_STATES, type ApplianceState } from "./appliance.ts";
import type { PolicyExpectation } from "./policy.ts";
import { didYouMean, type Entry, type LocatedText, type PolicyNodes } from "./yaml-node.ts";

const KEYS = [...EXPECTATION_KEYS, "appliance"] as const;

const EXAMPLE = "e.g. expect: {next-hop: VirtualAppliance, via: 10.0.1.4} or expect: {not: {next-hop: Internet}}";

/**
 * Reads `expect:`. In a mapping all keys must match, each with one of its values; no value under `not:` may match. In a
 * list of such mappings, one of them must match. Errors are added to the nodes' problems.
 */
export function readExpect({ line, value }: Entry, nodes: PolicyNodes): PolicyExpectation[][] {
  if (isSeq(value) && value.items.length === 0) nodes.refuse(line, "expect is an empty list", EXAMPLE);
  return nodes.items(value).map(({ item, line: own }) => readAlternative(item, item === null ? line : own, nodes));
}

function readAlternative(node: Node | null, line: number, nodes: PolicyNodes): PolicyExpectation[] {
  if (node === null) {
    nodes.refuse(line, "expect has no value", EXAMPLE);
    return [];
  }
  const entries = nodes.entries(node, "expect", [...KEYS, "not"]);
  return [...(entries ?? [])].flatMap(([key, entry]) =>
    key === "not" ? readNot(entry, nodes) : readKey(key, entry, false, nodes),
  );
}

function readNot({ line, value }: Entry, nodes: PolicyNodes): PolicyExpectation[] {
  if (value === null) {
    nodes.refuse(line, "not has no value", EXAMPLE);
    return [];
  }
  const entries = nodes.entries(value, "not", KEYS);
  return [...(entries ?? [])].flatMap(([key, entry]) => readKey(key, entry, true, nodes));
}

function readKey(key: (typeof KEYS)[number], entry: Entry, negated: boolean, nodes: PolicyNodes): PolicyExpectation[] {
  const texts = nodes.texts(entry, EXAMPLE);
  if (key === "appliance") {
    const values = texts.flatMap((text) => applianceState(text, nodes));
    return values.length === 0 ? [] : [{ key, negated, values }];
  }
  const values = texts.flatMap((text) => readValue(key, text, nodes));
  return values.length === 0 ? [] : [{ key, negated, values }];
}

function readValue(key: ExpectationKey, { text, line }: LocatedText, nodes: PolicyNodes): string[] {
  try {
    return [expectedValue(key, text.trim())];
  } catch (error) {
    if (!isExpectationError(error)) throw error;
    nodes.refuse(line, error.message, error.hint);
    return [];
  }
}

function applianceState({ text, line }: LocatedText, nodes: PolicyNodes): ApplianceState[] {
  const known = APPLIANCE_STATES.find((state) => state === text.trim());
  if (known !== undefined) return [known];
  const message = `'${quotedText(text)}' is not a valid appliance state`;
  nodes.refuse(line, message, didYouMean(text, APPLIANCE_STATES));
  return [];
}
