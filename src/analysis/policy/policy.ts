import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import type { Destination } from "../destinations/destination.ts";
import type { Expectation } from "../expectation/expectation.ts";
import type { ApplianceExpectation } from "./appliance.ts";

/** How bad it is when a rule is violated. */
export const SEVERITIES = ["error", "warning", "note"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a rule can expect: all that `--expect` can, and what becomes of the appliance. */
export type PolicyExpectation = Expectation | ApplianceExpectation;

/** A destination in a policy, with the line that it stands in, for a tag that turns out not to exist. */
export interface PolicyDestination {
  readonly destination: Destination;
  readonly line: number;
}

interface RuleFields {
  /** Unique in its policy. */
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly severity: Severity;
  /** Where the rule starts in its file. */
  readonly line: number;
}

/** Every address of `to` that is not in `except` meets all the expectations of one of the alternatives. */
export interface ExpectRule extends RuleFields {
  readonly kind: "expect";
  readonly to: readonly PolicyDestination[];
  readonly except: readonly PolicyDestination[];
  /** At least one, each with at least one expectation. */
  readonly expect: readonly (readonly PolicyExpectation[])[];
  readonly expectLine: number;
}

/** The addresses behind one of the tables, for a symmetric rule. */
export interface SymmetricSide {
  /** The table's name as the policy has it. */
  readonly table: string;
  readonly addresses: readonly PolicyDestination[];
}

/** Between two tables, packets from one's addresses to the other's and those that come back take the same next hop. */
export interface SymmetricRule extends RuleFields {
  readonly kind: "symmetric";
  /** Null: all tables that are given, each with its own virtual network's prefixes. Else at least two. */
  readonly sides: readonly SymmetricSide[] | null;
}

export type PolicyRule = ExpectRule | SymmetricRule;

/** A policy file, read and valid but for its tags. */
export interface Policy {
  /** The name of the file, as errors and reports give it. */
  readonly file: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly rules: readonly PolicyRule[];
}

/** Every destination that a rule names. */
export function destinationsOf(rule: PolicyRule): readonly PolicyDestination[] {
  if (rule.kind === "expect") return [...rule.to, ...rule.except];
  return (rule.sides ?? []).flatMap(({ addresses }) => addresses);
}

/** Whether the policy can only be checked with service tags at hand. */
export function policyNeedsTags({ rules }: Policy): boolean {
  return rules.some(
    (rule) =>
      destinationsOf(rule).some(({ destination }) => destination.kind === "tag") ||
      (rule.kind === "expect" && rule.expect.flat().some(({ key }) => key === "tag")),
  );
}

/** One problem of a policy file. */
export interface PolicyProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

/** The longest file name that a message shows whole. */
const LONGEST_NAME = 40;

/** The most problems in a message. A file that is not a policy may have thousands. */
const MOST_SHOWN = 20;

/**
 * A policy that cannot be used. `problems` has every problem once, in the order of their lines. `message` has a line for each of the first
 * (`policy.yaml:7: …`); where there are several, each line has its own hint.
 */
export class PolicyError extends UserError<"policy-invalid"> {
  readonly problems: readonly PolicyProblem[];

  constructor(file: string, problems: readonly PolicyProblem[]) {
    const inOrder = distinctProblems(problems);
    const [first] = inOrder;
    const alone = inOrder.length === 1;
    const shown = inOrder.slice(0, MOST_SHOWN).map((problem) => lineOf(file, problem, !alone));
    const more = inOrder.length - shown.length;
    const message = [...shown, ...(more > 0 ? [`and ${more} more problems`] : [])].join("\n");
    const hint = alone && first !== undefined ? first.hint : "vnet-explain help policies: how a policy is written";
    super("policy-invalid", message, hint);
    this.problems = inOrder;
  }
}

function distinctProblems(problems: readonly PolicyProblem[]): readonly PolicyProblem[] {
  const distinct = new Map(problems.map((problem) => [`${problem.line} ${problem.message}`, problem]));
  return [...distinct.values()].sort((a, b) => a.line - b.line);
}

function lineOf(file: string, { line, message, hint }: PolicyProblem, withHint: boolean): string {
  // The end of a long path says more than its start.
  const name = file.length > LONGEST_NAME ? `...${file.slice(3 - LONGEST_NAME)}` : file;
  return quotedText(`${name}:${line}: ${message}${withHint ? `; ${hint}` : ""}`, 400);
}
