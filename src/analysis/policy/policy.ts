import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import type { Destination } from "../destinations/destination.ts";
import type { Expectation } from "../expectation/expectation.ts";
import type { Protocol } from "../trace/trace.ts";
import type { ApplianceExpectation } from "./appliance.ts";
import type { InventoryCheckName } from "./inventory/check-names.ts";

/** The severities of a violated rule. */
export const SEVERITIES = ["error", "warning", "note"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** An expectation of a rule: those of `--expect`, and the state of the appliance. */
export type PolicyExpectation = Expectation | ApplianceExpectation;

/** A destination in a policy, with its line, for the error of an unknown tag. */
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
  /** The line on which the rule starts. */
  readonly line: number;
}

/** Every address of `to` that is not in `except` meets all the expectations of one of the alternatives. */
export interface ExpectRule extends RuleFields {
  readonly kind: "expect";
  readonly to: readonly PolicyDestination[];
  readonly except: readonly PolicyDestination[];
  /** At least one alternative, each with at least one expectation. */
  readonly expect: readonly (readonly PolicyExpectation[])[];
  readonly expectLine: number;
}

/** The addresses behind one of the tables, for a symmetric rule. */
export interface SymmetricSide {
  /** The table's name in the policy. */
  readonly table: string;
  readonly addresses: readonly PolicyDestination[];
}

/** Packets between the addresses of two tables take the same next hop in both directions. */
export interface SymmetricRule extends RuleFields {
  readonly kind: "symmetric";
  /** Null: all given tables, each with its own virtual network's prefixes. Otherwise at least two sides. */
  readonly sides: readonly SymmetricSide[] | null;
}

/** Every resource that the check is about meets it, except those in `exceptResources`. */
export interface InventoryRule extends RuleFields {
  readonly kind: "inventory";
  readonly check: InventoryCheckName;
  /** Names or ids of resources. */
  readonly exceptResources: readonly string[];
}

/**
 * The expected fate of a packet. `arrives` is `delivered` or `leaves-azure`; `blocked` is dropped, unrouted, refused or
 * looping.
 */
export const REACH_EXPECTATIONS = ["arrives", "delivered", "leaves-azure", "blocked"] as const;

/** From each source, packets to every address of `to` that is not in `except` take the way that the rule asks for. */
export interface ReachRule extends RuleFields {
  readonly kind: "reach";
  /** Names of subnets or NICs: `network/subnet`, `network`, with `*`. */
  readonly from: readonly string[];
  readonly to: readonly PolicyDestination[];
  readonly except: readonly PolicyDestination[];
  readonly expect: (typeof REACH_EXPECTATIONS)[number];
  /** Every way passes one of them. Empty: any way will do. */
  readonly through: readonly string[];
  /** Whether the reply must pass the same stateful hops. */
  readonly symmetric: boolean;
  readonly protocol: Protocol | null;
  readonly port: number | null;
}

export type PolicyRule = ExpectRule | SymmetricRule | InventoryRule | ReachRule;

/** A valid policy file, except that its tags are not checked yet. */
export interface Policy {
  /** The name of the file in errors and reports. */
  readonly file: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly rules: readonly PolicyRule[];
}

/** Returns every destination that a rule names. */
export function destinationsOf(rule: PolicyRule): readonly PolicyDestination[] {
  if (rule.kind === "expect" || rule.kind === "reach") return [...rule.to, ...rule.except];
  if (rule.kind === "inventory" || rule.sides === null) return [];
  return rule.sides.flatMap(({ addresses }) => addresses);
}

/** Whether checking the policy needs an inventory. */
export function policyNeedsInventory({ rules }: Policy): boolean {
  return rules.some(({ kind }) => kind === "inventory");
}

/** Whether checking the policy needs traces. */
export function policyNeedsTraces({ rules }: Policy): boolean {
  return rules.some(({ kind }) => kind === "reach");
}

/** Whether checking the policy needs service tags. */
export function policyNeedsTags({ rules }: Policy): boolean {
  return rules.some(
    (rule) =>
      destinationsOf(rule).some(({ destination }) => destination.kind === "tag") ||
      (rule.kind === "expect" && rule.expect.flat().some(({ key }) => key === "tag")),
  );
}

/** One problem of a policy file. */
export interface PolicyProblem {
  /** The line number, from 1. */
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

/** The longest file name shown in full. */
const LONGEST_NAME = 40;

/** The most problems in a message. A file that is not a policy may have thousands. */
const MOST_SHOWN = 20;

/** The error for an invalid policy. `problems` has every problem once, in the order of their lines. */
export type PolicyError = UserError<"policy-invalid"> & { readonly problems: readonly PolicyProblem[] };

/**
 * Returns the error for a policy with these problems. Its message has a line for each of the first problems
 * (`policy.yaml:7: …`); if there are several, each line has its own hint.
 */
export function policyError(file: string, problems: readonly PolicyProblem[]): PolicyError {
  const inOrder = distinctProblems(problems);
  const [first] = inOrder;
  const alone = inOrder.length === 1;
  const shown = inOrder.slice(0, MOST_SHOWN).map((problem) => lineOf(file, problem, !alone));
  const more = inOrder.length - shown.length;
  const message = [...shown, ...(more > 0 ? [`and ${more} more problems`] : [])].join("\n");
  const hint = alone && first !== undefined ? first.hint : "see how to write a policy: vnet-explain help policies";
  return Object.assign(new UserError("policy-invalid", message, hint), { problems: inOrder });
}

/** Whether the error is that of an invalid policy. */
export function isPolicyError(error: unknown): error is PolicyError {
  return error instanceof UserError && error.code === "policy-invalid";
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
