import type { Alphabet } from "./hostile.ts";
import { type Material, mutate } from "./mutate.ts";
import type { Verdict } from "./oracle.ts";
import { Random } from "./random.ts";

/** The default of `cost`. */
export const COST = 2000;

/** A reader under test, and the check of its results. */
export interface Target {
  readonly name: string;
  /** What must hold, in one line. */
  readonly about: string;
  readonly alphabet: Alphabet;
  /** Seed inputs, real ones first. */
  seeds(): readonly string[] | Promise<readonly string[]>;
  /** Words of the language that is read. */
  readonly words: readonly string[];
  /** The longest input, in characters. */
  readonly largest: number;
  /**
   * The number of characters at the front that say how the rest is read, such as in which chunks or by which command.
   * Mutations change only the last of them.
   */
  readonly header?: number;
  /** The fixed cost of an input besides its length, in characters. */
  readonly cost?: number;
  /** A new input roughly by the grammar of the language. If present, it makes half of the inputs. */
  invent?(random: Random): string;
  /** @throws if the input shows a defect. */
  check(input: string): Verdict | Promise<Verdict>;
  /** Releases the resources of the target. */
  close?(): Promise<void>;
}

/** A target with a numbered series of inputs: input N of a seed is always the same. */
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
