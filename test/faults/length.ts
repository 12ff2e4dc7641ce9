/** The length of a run of the fault tests: short in `npm test`, by the options in `npm run faults`. */
const told = (name: string): number | null => (process.env[name] === undefined ? null : Number(process.env[name]));

/** Kills at random moments, over all scenarios. */
export const KILLS = told("FAULTS_KILLS") ?? 12;

/** Whether every step and every offset is tried, or only some. */
export const isLong = told("FAULTS_KILLS") !== null;

/** The seed of random numbers. */
export const SEED = told("FAULTS_SEED") ?? 20_261_125;

/** Repeatable random numbers from 0 up to 1. https://prng.di.unimi.it/splitmix64.c in 32 bits. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** In a long run the whole list; else up to eight items that `first` accepts, and `few` others. */
export function some<T>(list: readonly T[], first: (each: T) => boolean, few: number): readonly T[] {
  if (isLong) return list;
  const random = randomNumbers(SEED);
  const draw = (from: readonly T[], count: number) =>
    from.length <= count ? from : Array.from({ length: count }, () => from[Math.floor(random() * from.length)]);
  const drawn = new Set([...draw(list.filter(first), 8), ...draw(list, few)]);
  return list.filter((each) => drawn.has(each));
}
