import { signatureOf } from "./oracle.ts";
import { COST, type Target } from "./target.ts";

/** How much the reader may be given to read while an input is made smaller, in characters. */
const BUDGET = 50_000_000;

/** Pieces of this length and less are looked for everywhere: what opens and closes can only go together. */
const SHORT = 12;

/**
 * A smaller input with the same defect: pieces are left out, large ones first, for as long as the defect stays the same. What is left cannot
 * lose any short piece, unless the budget ran out. After Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE
 * 28(2), 2002.
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

  /** Leaves out what pieces of one length it can; tells whether any went. */
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
