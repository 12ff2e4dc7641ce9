import { quotedText } from "../../text/quoted-text.ts";

/** One thing that is wrong with a policy file. */
export interface PolicyProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

const LONGEST_NAME = 40;

/** So many problems are told; a file that is no policy at all may have thousands. */
const MOST_TOLD = 20;

/**
 * A policy that cannot be used. `problems` has all that is wrong, each once, in the order of their lines. `message` has a line for each of the first:
 * `policy.yaml:7: …`, with its own hint where there are several.
 */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
  readonly code = "policy-invalid";
  readonly hint: string;
  readonly problems: readonly PolicyProblem[];

  constructor(file: string, problems: readonly PolicyProblem[]) {
    const distinct = new Map(problems.map((problem) => [`${problem.line} ${problem.message}`, problem]));
    const inOrder = [...distinct.values()].sort((a, b) => a.line - b.line);
    const [first] = inOrder;
    const alone = inOrder.length === 1;
    const told = inOrder.slice(0, MOST_TOLD).map((problem) => lineOf(file, problem, !alone));
    const more = inOrder.length - told.length;
    super([...told, ...(more > 0 ? [`and ${more} more problems`] : [])].join("\n"));
    this.problems = inOrder;
    this.hint = alone && first !== undefined ? first.hint : "vnet-explain help policies: how a policy is written";
  }
}

function lineOf(file: string, { line, message, hint }: PolicyProblem, withHint: boolean): string {
  // Of a long path the end tells more.
  const name = file.length > LONGEST_NAME ? `...${file.slice(3 - LONGEST_NAME)}` : file;
  return quotedText(`${name}:${line}: ${message}${withHint ? `; ${hint}` : ""}`, 400);
}
