/**
 * Numbers pairs of whole numbers, `a` from -1 on and `b` from -1 to below `most`, from 0 on in the order in which they are first met. Fast
 * where a `b` mostly comes with the `a` that it came with before, as prefixes in the order of addresses do.
 */
export function numberPairs(most: number): (a: number, b: number) => number {
  const numbers = new Map<number, number>();
  const lastA = new Int32Array(most + 1).fill(-2);
  const lastNumber = new Int32Array(most + 1);
  return (a, b) => {
    if (lastA[b + 1] === a) return lastNumber[b + 1] ?? 0;
    const key = (a + 1) * (most + 1) + b + 1;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    lastA[b + 1] = a;
    lastNumber[b + 1] = number;
    return number;
  };
}
