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
  "own-network": null,
};

/**
 * The result of the only rule of a policy, without name and severity, on tables: its status and counts, then a line for
 * each counter-example. Checks the fields that the lines omit.
 */
export function resultTexts(
  result: PolicyResult,
  subjects: readonly PolicySubject[],
  tags: TagCatalogue | null,
): readonly string[] {
  const { rule, tables, status, reason, addresses, violating, leftOut, counterExamples, inventory, reach } = result;
  expect({ ...rule, kind: "any" }).toEqual({
    ...{ id: "rule-1", kind: "any", name: null, description: null, severity: "error", line: 1 },
  });
  expect([inventory, reach]).toEqual([null, null]);
  const isViolated = counterExamples.length > 0;
  expect([status === "violated", reason === null]).toEqual([isViolated, status !== "not-judged"]);
  const own = counterExamples.flatMap(({ prefixes, back }) => [...prefixes, ...(back?.prefixes ?? [])]);
  expect(violating).toEqual(countAddresses(own.map((prefix) => rangeOf(parsePrefix(prefix)))));
  const left = leftOut.map(({ id, addresses: counts }) => `, without ${countText(counts)} (${id})`).join("");
  for (const { id, text } of leftOut) expect(text).toBe(WHY_LEFT_OUT[id]);
  const all = countText(addresses);
  const part = !isViolated ? all : countText(violating) === all ? `all ${all}` : `${countText(violating)} of ${all}`;
  const counted = part + left;
  if (status === "not-judged") expect([tables, counted]).toEqual([subjects.map(({ name }) => name), "0"]);

  const explained = ({ table, example, explanation }: Omit<CounterExample, "mismatches" | "back">) => {
    const annotated = subjects.find(({ name }) => name === table)?.annotated;
    expect(explanation).toEqual(annotated && explain(annotated, parseAddress(example), tags));
    return table;
  };
  const lines = counterExamples.map((found) => {
    const { back, mismatches, example } = found;
    expect([explained(found), ...(back === null ? [] : [explained(back)])].sort()).toEqual([...tables].sort());
    const groups = [found, ...(back === null ? [] : [back])].map(groupText).join(" / ");
    return `${groups}: ${mismatches.map((text) => text.replace(`${example}: `, "")).join("; ")}`;
  });
  return [`${status}: ${reason ?? counted}`, ...lines];
}
