import { expect } from "vitest";
import { type AddressCounts, countAddresses } from "../../../src/analysis/destinations/address-counts.ts";
import type { CounterExample, PolicyResult, PolicySubject } from "../../../src/analysis/policy/result.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { rangeOf } from "../../../src/net/address-ranges.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";
import { explain } from "../../../src/selection/explain.ts";
import type { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { groupText } from "../diff/change-texts.ts";

/** A number, a large one as the nearest power of two: `2^121-1`. */
function numberText(digits: string): string {
  const power = 2n ** BigInt(Math.round(Math.log2(Number(digits))));
  const rest = BigInt(digits) - power;
  const sign = rest === 0n ? "" : rest < 0n ? String(rest) : `+${rest}`;
  return digits.length < 20 ? digits : `2^${power.toString(2).length - 1}${sign}`;
}

/** `IPv4 addresses + IPv6 addresses v6`, without the part that is none. */
function countText({ v4, v6 }: AddressCounts): string {
  const parts = [...(v4 === "0" ? [] : [v4]), ...(v6 === "0" ? [] : [`${numberText(v6)} v6`])];
  return parts.join(" + ") || "0";
}

const WHY_LEFT_OUT = {
  "platform-address": "The platform answers 168.63.129.16 and 169.254.169.254 itself, without the route table.",
  "no-ipv6": "The table has no IPv6 route, so the NIC has no IPv6 address to send from.",
  "own-network": "A rule with through leaves out the sender's own network: packets usually pass no appliance in it.",
};

/**
 * The status with the number of addresses that violate the rule, were judged and were left out, or the reason. Checks
 * that they agree with the prefixes of the counter-examples and findings.
 */
export function statusText({ status, reason, addresses, violating, leftOut, ...result }: PolicyResult): string {
  const { counterExamples, reach } = result;
  const violated = reach?.findings.filter((finding) => finding.status === "violated") ?? [];
  const groups = [...counterExamples, ...counterExamples.flatMap(({ back }) => back ?? []), ...violated];
  const own = groups.flatMap(({ prefixes }) => prefixes.map((prefix) => rangeOf(parsePrefix(prefix))));
  expect(violating).toEqual(countAddresses(own));
  expect([status === "violated", reason === null]).toEqual([groups.length > 0, status !== "not-judged"]);
  for (const { id, text } of leftOut) expect(text).toBe(WHY_LEFT_OUT[id]);
  const left = leftOut.map(({ id, addresses: counts }) => `, without ${countText(counts)} (${id})`).join("");
  const all = countText(addresses);
  const part =
    own.length === 0 ? all : countText(violating) === all ? `all ${all}` : `${countText(violating)} of ${all}`;
  // A reach rule is judged on addresses of which it may not be known where they end.
  return `${status}: ${reason === null ? part : `${reason}${all === "0" ? "" : ` (of ${all})`}`}${left}`;
}

/**
 * The result of the only rule of a policy, without name and severity, on tables: its status and counts, then a line for
 * each counter-example. Checks the fields that the lines omit.
 */
export function resultTexts(
  result: PolicyResult,
  subjects: readonly PolicySubject[],
  tags: TagCatalogue | null,
): readonly string[] {
  const { rule, tables, status, addresses, counterExamples, inventory, reach } = result;
  expect({ ...rule, kind: "any" }).toEqual({
    ...{ id: "rule-1", kind: "any", name: null, description: null, severity: "error", line: 1 },
  });
  expect([inventory, reach]).toEqual([null, null]);
  if (status === "not-judged") expect([tables, countText(addresses)]).toEqual([subjects.map(({ name }) => name), "0"]);

  const explained = ({ table, example, explanation }: Omit<CounterExample, "mismatches" | "back">) => {
    const annotated = subjects.find(({ name }) => name === table)?.annotated;
    expect(explanation).toEqual(annotated && explain(annotated, parseAddress(example), tags));
    return table;
  };
  const lines = counterExamples.map((found) => {
    const { back } = found;
    expect([explained(found), ...(back === null ? [] : [explained(back)])].sort()).toEqual([...tables].sort());
    return exampleText(found);
  });
  return [statusText(result), ...lines];
}

/** `addresses: what is not met`; with those of the other direction, where the rule is symmetric. */
export function exampleText({ back, mismatches, ...found }: CounterExample): string {
  const groups = [found, ...(back === null ? [] : [back])].map(groupText).join(" / ");
  return `${groups}: ${mismatches.map((text) => text.replace(`${found.example}: `, "")).join("; ")}`;
}
