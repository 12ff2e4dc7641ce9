import type { Alphabet } from "./hostile.ts";
import { type Material, mutate } from "./mutate.ts";
import type { Verdict } from "./oracle.ts";
import { Random } from "./random.ts";

/** What an input costs besides its length where a target does not say, in characters. */
export const COST = 2000;

/** A reader under test, and the check of its results. */
export interface Target {
  readonly name: string;
  /** What is compared with what, in one line. */
  readonly about: string;
  readonly alphabet: Alphabet;
  /** Inputs to begin from, real ones first where there are any. */
  seeds(): readonly string[] | Promise<readonly string[]>;
  /** Words of the language that is read. */
  readonly words: readonly string[];
  /** The longest input, in characters. */
  readonly largest: number;
  /**
   * How many characters at the front say how the rest is read (in which chunks, by which command), where that can differ: they stay as they
   * are in the seed, but for the last one, which is anything.
   */
  readonly header?: number;
  /** What an input costs besides its length, in characters. */
  readonly cost?: number;
  /** A fresh input by the language's own grammar, more or less; half of the inputs come from it where it is there. */
  invent?(random: Random): string;
  /** @throws for an input that shows a defect. */
  check(input: string): Verdict | Promise<Verdict>;
  /** Ends what the target holds open. */
  close?(): Promise<void>;
}

/** A target with its inputs laid out: input number N of a seed is always the same. */
export class Campaign {
  readonly target: Target;
  readonly #seed: string;
  readonly #seeds: readonly string[];

  private constructor(target: Target, seed: string, seeds: readonly string[]) {
    this.target = target;
    this.#seed = seed;
    this.#seeds = seeds;
  }

  static async of(target: Target, seed: string): Promise<Campaign> {
    return new Campaign(target, seed, await target.seeds());
  }

  /** Input number `index`, from 0. The first ones are the seeds themselves, unchanged. */
  input(index: number): string {
    const plain = this.#seeds[index];
    if (plain !== undefined) return plain;
    const { target } = this;
    const random = new Random(this.#seed, target.name, index);
    const invented = target.invent !== undefined && random.once(2) ? target.invent(random) : null;
    if (invented !== null && random.once(2)) return invented;
    const { alphabet, words, largest, header = 0 } = target;
    const seed = invented ?? random.pick(this.#seeds);
    const head = header === 0 ? "" : seed.slice(0, header - 1) + String.fromCharCode(random.below(256));
    const material: Material = { alphabet, words, others: this.#seeds, largest };
    return head + mutate(seed.slice(header), random, material);
  }
}
