import type { AddressRange } from "../../../net/address-ranges.ts";
import type { Decision } from "../../../selection/decision.ts";
import type { Explanation } from "../../../selection/explanation.ts";
import type { TagCatalogue } from "../../../service-tags/tag-catalogue.ts";
import type { Piece } from "../../bulk/forwarding-table.ts";
import {
  type AddressGroup,
  countAddresses,
  describeAddresses,
  largestFirst,
} from "../../destinations/address-counts.ts";
import { groupPieces, outcomeKeys } from "../../destinations/outcome.ts";
import { piecesWithin } from "../../destinations/pieces.ts";
import type { ResultSize } from "../../destinations/result-size.ts";
import { mismatches } from "../../expectation/mismatch.ts";
import { applianceMismatch } from "../appliance.ts";
import { resultSize } from "../limits.ts";
import type { ExpectRule, PolicyExpectation } from "../policy.ts";
import { type CounterExample, type PolicyResult, type PolicySubject, ruleHead } from "../result.ts";
import { DecisionExplanations } from "./explanations.ts";
import { AddressesOfRules } from "./rule-addresses.ts";

/** What the results of several rules and tables share. */
export interface ExpectCheck {
  readonly explanations: DecisionExplanations;
  readonly addresses: AddressesOfRules;
  readonly size: ResultSize;
  /** `describeAddresses`, perhaps with what is known of earlier tables. */
  readonly describe: (ranges: readonly AddressRange[], size: ResultSize) => AddressGroup;
}

/**
 * Checks one rule against one table, for every address.
 * @throws UserError if the counter-examples are too many.
 * Cost: a step per piece of the table in the rule's addresses.
 */
export function checkExpect(rule: ExpectRule, subject: PolicySubject, check: ExpectCheck): PolicyResult {
  const { ranges, leftOut, parts, count } = check.addresses.of(rule, subject);
  const groups = largestFirst(parts.flatMap((part) => violations(rule, part, subject, check)));
  return {
    rule: ruleHead(rule),
    tables: [subject.name],
    status: ranges.length === 0 ? "not-judged" : groups.length > 0 ? "violated" : "holds",
    reason: ranges.length === 0 ? "no address is left to judge" : null,
    addresses: count,
    violating: countAddresses(groups.flat()),
    leftOut,
    counterExamples: groups.map((group) => counterExample(rule, group, subject, check)),
    inventory: null,
    reach: null,
  };
}

/** Returns the addresses of the part that violate the rule, split by outcome. */
function violations(
  { expect }: ExpectRule,
  part: readonly AddressRange[],
  { annotated, table }: PolicySubject,
  check: ExpectCheck,
): (readonly AddressRange[])[] {
  const judged = new Map<Decision, boolean>();
  /** The result is the same for all addresses of the part with this decision, so one of them is checked. */
  const violates = ({ decision, family, first }: Piece) => {
    let known = judged.get(decision);
    if (known === undefined) {
      known = unmet(check.explanations.of(decision, { family, value: first }, annotated), expect).length > 0;
      judged.set(decision, known);
    }
    return known;
  };
  const nameOf = outcomeKeys();
  const groups = groupPieces(
    where(piecesWithin(table, part), violates),
    ({ decision }) => nameOf(decision),
    () => check.size.addGroup(),
  );
  return [...groups.values()].map(({ ranges }) => ranges);
}

function* where<Value>(values: Iterable<Value>, test: (value: Value) => boolean): Generator<Value> {
  for (const value of values) if (test(value)) yield value;
}

function counterExample(
  { expect }: ExpectRule,
  ranges: readonly AddressRange[],
  { name, annotated, table }: PolicySubject,
  check: ExpectCheck,
): CounterExample {
  const [first] = ranges;
  if (first === undefined) throw new RangeError("a counter-example of no addresses");
  const example = { family: first.family, value: first.first };
  const explanation = check.explanations.of(table.select(example), example, annotated);
  const group = check.describe(ranges, check.size);
  return { table: name, ...group, mismatches: unmet(explanation, expect), explanation, back: null };
}

/** Returns a line for each unmet expectation; none if the explanation meets all of one alternative. */
function unmet(explanation: Explanation, alternatives: readonly (readonly PolicyExpectation[])[]): readonly string[] {
  const texts = alternatives.map((expectations) => expectations.flatMap((one) => mismatch(explanation, one) ?? []));
  return texts.some((own) => own.length === 0) ? [] : [...new Set(texts.flat())];
}

function mismatch(explanation: Explanation, expectation: PolicyExpectation): string | null {
  if (expectation.key === "appliance") return applianceMismatch(explanation, expectation);
  return mismatches(explanation, [expectation])[0]?.text ?? null;
}

/** Checks rules against one table after the other, so that the tables need not all be in memory. */
export class TableChecks {
  readonly #tags: TagCatalogue | null;
  readonly #addresses: AddressesOfRules;
  readonly #groups = new KnownGroups();

  constructor(tags: TagCatalogue | null) {
    this.#tags = tags;
    this.#addresses = new AddressesOfRules(tags);
  }

  /**
   * Returns the result of each rule for this table, the same as `checkPolicy`.
   * @throws UserError if a result is too large.
   */
  of(rules: readonly ExpectRule[], subject: PolicySubject): readonly PolicyResult[] {
    const check: ExpectCheck = {
      explanations: new DecisionExplanations(this.#tags),
      addresses: this.#addresses,
      size: resultSize(),
      describe: (ranges, size) => this.#groups.describe(ranges, size),
    };
    return rules.map((rule) => checkExpect(rule, subject, check));
  }
}

/** The most groups that are kept. */
const MOST_GROUPS = 2000;

/** Describes equal sets of addresses once: thousands of tables send the same ones past an appliance. */
class KnownGroups {
  readonly #known = new Map<string, AddressGroup>();

  /** The same as `describeAddresses`; equal sets have the same object. */
  describe(ranges: readonly AddressRange[], size: ResultSize): AddressGroup {
    const key = ranges.map(({ family, first, last }) => `${family} ${first} ${last}`).join();
    const known = this.#known.get(key);
    if (known !== undefined) {
      size.addPrefixes(known.prefixes.length);
      return known;
    }
    const group = describeAddresses(ranges, size);
    if (this.#known.size >= MOST_GROUPS) this.#known.clear();
    this.#known.set(key, group);
    return group;
  }
}
