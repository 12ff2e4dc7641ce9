import type { Address } from "../../net/address.ts";
import { type AddressRange, differenceOf, intersectionOf } from "../../net/address-ranges.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { Decision } from "../../selection/decision.ts";
import { type DecisionExplanation, explainDecision, explanationOf } from "../../selection/explain.ts";
import type { Explanation } from "../../selection/explanation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { UserError } from "../../text/user-error.ts";
import type { Topology } from "../../topology/topology.ts";
import type { Piece } from "../bulk/forwarding-table.ts";
import {
  type AddressCounts,
  type AddressGroup,
  countAddresses,
  describeAddresses,
  largestFirst,
} from "../destinations/address-counts.ts";
import { groupPieces, outcomeKeys } from "../destinations/outcome.ts";
import { piecesWithin } from "../destinations/pieces.ts";
import { ResultSize } from "../destinations/result-size.ts";
import { mismatches } from "../expectation/mismatch.ts";
import { applianceMismatch } from "./appliance.ts";
import { checkInventory } from "./inventory/check-inventory.ts";
import { type InventoryFacts, inventoryFacts, subnetRoutes } from "./inventory/facts.ts";
import {
  expectedTags,
  hasIpv6,
  type JudgedAddresses,
  judgedAddresses,
  rangesOfTag,
  requireKnownTags,
} from "./judged-addresses.ts";
import { type ExpectRule, type Policy, type PolicyExpectation, policyNeedsInventory, type Severity } from "./policy.ts";
import { notJudged } from "./reach/not-judged.ts";
import {
  type CounterExample,
  type PolicyCheck,
  type PolicyResult,
  type PolicyStatus,
  type PolicySubject,
  ruleHead,
} from "./result.ts";
import { checkSymmetry } from "./symmetry.ts";

/** The most results: rules times tables. Each takes about 500 bytes plus its counter-examples. */
const MOST_RESULTS = 50_000;

const ASK_LESS = "check fewer rules or fewer tables at once";

/** The data that all results share. */
interface Check {
  readonly tags: TagCatalogue | null;
  readonly explanations: DecisionExplanations;
  readonly addresses: AddressesOfRules;
  readonly size: ResultSize;
  /** `describeAddresses`, perhaps with what is known of earlier tables. */
  readonly describe: (ranges: readonly AddressRange[], size: ResultSize) => AddressGroup;
  /** Null where the policy needs no inventory, or there is none. */
  readonly facts: InventoryFacts | null;
}

/**
 * Checks every rule against every table, a symmetric rule against every pair of tables, and a rule about an inventory
 * against the topology; without one it is not judged. It checks every address, not samples. The outcome of an address is that of `explain`. Counter-examples are complete, as the shortest prefixes.
 * @throws UserError `policy-invalid` for tags that are not in the catalogue; also if the policy needs tags and there
 * are none, or if the result is too large.
 * Cost: for each rule and table a step per piece of the table in the rule's addresses.
 */
export function checkPolicy(
  policy: Policy,
  subjects: readonly PolicySubject[],
  tags: TagCatalogue | null,
  topology: Topology | null = null,
): PolicyCheck {
  requireKnownTags(policy, tags);
  const facts =
    topology !== null && policyNeedsInventory(policy) ? inventoryFacts(topology, subjects.map(subnetRoutes)) : null;
  const size = resultSize();
  const results: PolicyResult[] = [];
  const explanations = new DecisionExplanations();
  const addresses = new AddressesOfRules(tags);
  for (const result of resultsOf(policy, subjects, {
    tags,
    size,
    explanations,
    addresses,
    describe: describeAddresses,
    facts,
  })) {
    if (results.length >= MOST_RESULTS) {
      const most = MOST_RESULTS.toLocaleString("en");
      throw new UserError(
        "result-too-large",
        `the result has more than ${most} checks of a rule and a table`,
        ASK_LESS,
      );
    }
    results.push(result);
  }
  const { file, name, description } = policy;
  const count = {
    holds: countOf(results, "holds"),
    violated: countOf(results, "violated"),
    notJudged: countOf(results, "not-judged"),
  };
  const passed = count.violated.error === 0 && count.notJudged.error === 0;
  return { policy: { file, name, description }, passed, count, results };
}

function* resultsOf({ rules }: Policy, subjects: readonly PolicySubject[], check: Check): Generator<PolicyResult> {
  for (const rule of rules) {
    if (rule.kind === "inventory") yield checkInventory(rule, check.facts, check.size);
    else if (rule.kind === "reach")
      yield notJudged(rule, [], "it needs a snapshot: check a directory of vnet-explain snapshot");
    else if (rule.kind === "symmetric") yield* checkSymmetry(rule, subjects, check.tags, check.size);
    else for (const subject of subjects) yield checkRule(rule, subject, check);
  }
}

function countOf(results: readonly PolicyResult[], wanted: PolicyStatus): Record<Severity, number> {
  const count = { error: 0, warning: 0, note: 0 };
  for (const { status, rule } of results) if (status === wanted) count[rule.severity]++;
  return count;
}

function checkRule(rule: ExpectRule, subject: PolicySubject, check: Check): PolicyResult {
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

/** The addresses that a rule is judged on, and their parts by expected tags. */
type RuleAddresses = JudgedAddresses & {
  readonly parts: readonly (readonly AddressRange[])[];
  readonly count: AddressCounts;
};

/** The addresses of each rule, worked out once for all tables that have IPv6 rows, and once for all others. */
class AddressesOfRules {
  readonly #tags: TagCatalogue | null;
  readonly #known = new Map<ExpectRule, { v4?: RuleAddresses; both?: RuleAddresses }>();

  constructor(tags: TagCatalogue | null) {
    this.#tags = tags;
  }

  of(rule: ExpectRule, subject: PolicySubject): RuleAddresses {
    let known = this.#known.get(rule);
    if (known === undefined) {
      known = {};
      this.#known.set(rule, known);
    }
    const sendsIpv6 = hasIpv6(subject.table.routes);
    const families = sendsIpv6 ? "both" : "v4";
    const found = known[families];
    if (found !== undefined) return found;
    const judged = judgedAddresses(rule, sendsIpv6, this.#tags);
    const parts = partsByTag(rule, judged.ranges, this.#tags);
    const all = { ...judged, parts, count: countAddresses(judged.ranges) };
    known[families] = all;
    return all;
  }
}

/** Checks the rules of a policy against one table after the other, so that not all of them are in memory. */
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
    const explanations = new DecisionExplanations();
    const describe: Check["describe"] = (ranges, size) => this.#groups.describe(ranges, size);
    const [tags, addresses, size] = [this.#tags, this.#addresses, resultSize()];
    const check: Check = { tags, addresses, explanations, describe, size, facts: null };
    return rules.map((rule) => checkRule(rule, subject, check));
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

/** The limit of all counter-examples of a check. */
export const resultSize = () =>
  new ResultSize({ prefixes: 500_000, groups: 25_000, name: "counter-examples", hint: ASK_LESS });

/**
 * Splits the addresses by the expected tags that hold them. A decision is not enough, since one route may cover
 * addresses of several tags. Returns one part if no tag is expected.
 */
function partsByTag(
  rule: ExpectRule,
  ranges: readonly AddressRange[],
  tags: TagCatalogue | null,
): (readonly AddressRange[])[] {
  let parts = [ranges];
  for (const tag of expectedTags(rule)) {
    const own = tags === null ? null : rangesOfTag(tag, tags);
    if (own !== null) parts = parts.flatMap((part) => [intersectionOf(part, own), differenceOf(part, own)]);
    parts = parts.filter((part) => part.length > 0);
  }
  return parts;
}

/** Returns the addresses of the part that violate the rule, split by outcome. */
function violations(
  { expect }: ExpectRule,
  part: readonly AddressRange[],
  { annotated, table }: PolicySubject,
  check: Check,
): (readonly AddressRange[])[] {
  const judged = new Map<Decision, boolean>();
  /** The result is the same for all addresses of the part with this decision, so one of them is checked. */
  const violates = ({ decision, family, first }: Piece) => {
    let known = judged.get(decision);
    if (known === undefined) {
      known = unmet(explained(decision, { family, value: first }, annotated, check), expect).length > 0;
      judged.set(decision, known);
    }
    return known;
  };
  const nameOf = outcomeKeys();
  const groups = groupPieces(where(piecesWithin(table, part), violates), ({ decision }) => nameOf(decision));
  return [...groups.values()].map(({ ranges }) => ranges);
}

function* where<Value>(values: Iterable<Value>, test: (value: Value) => boolean): Generator<Value> {
  for (const value of values) if (test(value)) yield value;
}

function counterExample(
  { expect }: ExpectRule,
  ranges: readonly AddressRange[],
  { name, annotated, table }: PolicySubject,
  check: Check,
): CounterExample {
  const [first] = ranges;
  if (first === undefined) throw new RangeError("a counter-example of no addresses");
  const example = { family: first.family, value: first.first };
  const explanation = explained(table.select(example), example, annotated, check);
  check.size.addGroup();
  const group = check.describe(ranges, check.size);
  return { table: name, ...group, mismatches: unmet(explanation, expect), explanation, back: null };
}

/** The most decisions whose explanations are kept. */
const MOST_KEPT = 4096;

/** Explains each decision once, so that counter-examples share its sentences. */
class DecisionExplanations {
  readonly #known = new Map<Decision, DecisionExplanation>();

  of(decision: Decision, annotated: AnnotatedRouteTable): DecisionExplanation {
    const known = this.#known.get(decision);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    const explained = explainDecision(decision, annotated);
    this.#known.set(decision, explained);
    return explained;
  }
}

/** Returns the explanation that `explain` returns for an address with this decision. */
function explained(
  decision: Decision,
  address: Address,
  annotated: AnnotatedRouteTable,
  { tags, explanations }: Check,
): Explanation {
  const explained = explanations.of(decision, annotated);
  return explanationOf(address, decision, explained, annotated, tags?.lookup(address) ?? []);
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
