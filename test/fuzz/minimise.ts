import { signatureOf } from "./oracle.ts";
import { COST, type Target } from "./target.ts";

/** The budget for making an input smaller: all characters that the reader is given. */
const BUDGET = 50_000_000;

/** Pieces up to this length are tried at every position, because an opening and a closing sign can only go together. */
const SHORT = 12;

/**
 * A smaller input with the same defect. Removes pieces, large ones first, as long as the defect stays the same. Unless
 * the budget runs out, no short piece can be removed from the result. After Zeller and Hildebrandt, "Simplifying and
 * isolating failure-inducing input", IEEE TSE 28(2), 2002.
 */
export async function minimise(
  target: Pick<Target, "check" | "header" | "cost">,
  input: string,
  signature: string,
): Promise<string> {
  const head = input.slice(0, target.header ?? 0);
  let left = BUDGET;
  let smallest = input.slice(head.length);

  async function fails(text: string): Promise<boolean> {
    left -= text.length + (target.cost ?? COST);
    try {
      await target.check(head + text);
      return false;
    } catch (error) {
      return signatureOf(error) === signature;
    }
  }

  /** Removes as many pieces of one length as possible; returns whether any was removed. */
  async function shrink(size: number): Promise<boolean> {
    const before = smallest.length;
    for (let from = 0; from < smallest.length && left > 0; ) {
      const without = smallest.slice(0, from) + smallest.slice(from + size);
      if (await fails(without)) smallest = without;
      else from += size <= SHORT ? 1 : size;
    }
    return smallest.length < before;
  }

  for (let size = Math.ceil(smallest.length / 2); size > SHORT; size = Math.ceil(size / 2)) await shrink(size);
  for (let again = true; again && left > 0; ) {
    again = false;
    for (let size = SHORT; size >= 1; size--) again = (await shrink(size)) || again;
  }
  return head + smallest;
}
