import { isPolicyError } from "../../src/analysis/policy/policy.ts";
import { UserError } from "../../src/text/user-error.ts";

/** The outcome of an input: correctly answered, or correctly rejected. */
export type Verdict = "answered" | "refused";

/** A defect: a wrong answer, or a rejection without help. */
export class Defect extends Error {
  override readonly name = "Defect";
}

/** @throws Defect unless it holds. */
export function hold(holds: boolean, otherwise: () => string): asserts holds {
  if (!holds) throw new Defect(otherwise());
}

/** The errors that tell a user what to do: each has a code, a message and a hint. */
export const REFUSALS = {
  PolicyError: isPolicyError,
  UserError: (error: unknown): error is UserError => error instanceof UserError,
} as const;

/** The longest first line of a message, and the longest message. */
const FIRST_LINE = 99;
const WHOLE = 2000;

/** @throws the error itself unless it is a declared rejection; Defect if its words break a promise. */
export function holdRefusal(error: unknown, ...declared: readonly (keyof typeof REFUSALS)[]): void {
  const name = declared.find((each) => REFUSALS[each](error));
  if (name === undefined) throw error;
  // Problems of a policy are one per line after file and line number, as compilers print them; the terminal wraps them.
  if (isPolicyError(error)) {
    for (const { message, hint } of error.problems) holdWording({ code: error.code, message, hint }, name);
  } else holdWording(error as Wording, name);
}

interface Wording {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Checks the code, message and hint of a rejection. @throws Defect */
export function holdWording({ code, message, hint }: Wording, name: string): void {
  const first = message.split("\n", 1)[0] ?? "";
  hold(/^[a-z]+(-[a-z]+)*$/.test(code), () => `${name} has the code '${code}'`);
  hold(first.trim() !== "", () => `${name} ${code} has no message`);
  hold(first.length <= FIRST_LINE, () => `${name} ${code} has a first line of ${first.length} characters`);
  hold(hint.trim() !== "", () => `${name} ${code} has no hint`);
  hold(message.length + hint.length <= WHOLE, () => `${name} ${code} has ${message.length + hint.length} characters`);
}

/** The verdict on a reader: its result must pass `check`, and its error must be a declared rejection. */
export async function judge<T>(
  declared: readonly (keyof typeof REFUSALS)[],
  read: () => T | Promise<T>,
  check: (answer: T) => void | Promise<void>,
): Promise<Verdict> {
  let answer: T;
  try {
    answer = await read();
  } catch (error) {
    holdRefusal(error, ...declared);
    return "refused";
  }
  await check(answer);
  return "answered";
}

/** The identity of a defect: the error without the parts that depend on the input, and where it was thrown. */
export function signatureOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const said = error.message
    .replace(/'[^']*'|"[^"]*"|`[^`]*`/gs, "_")
    .replace(/\d+/g, "#")
    .slice(0, 160);
  if (error instanceof Defect) return `${error.name}: ${said}`;
  // The place of a stack overflow is random.
  const place = error instanceof RangeError && /call stack/.test(error.message) ? "" : ` ${placeOf(error.stack ?? "")}`;
  return `${error.name}: ${said}${place}`.trim();
}

function placeOf(stack: string): string {
  const frame = stack.split("\n").find((line) => /\/src\//.test(line) && !/node_modules/.test(line));
  return /\/(src\/[^:)?]+)/.exec(frame ?? "")?.[1] ?? "";
}
