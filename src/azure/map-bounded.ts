/** Applies `call` to every item, at most `most` at once, and keeps their order. Rejects with the first rejection. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  most: number,
  call: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) results.set(index, await call(item));
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
  return items.map((_, index) => results.get(index) as Result);
}
