/** Returns how many terminal columns a text takes: two for an ideograph, none for a combining accent. */
export type Measure = (text: string) => number;

const ONE_COLUMN_EACH = /^[ -~]*$/;

/** Returns the measure for these texts. Loads string-width only where one of them is not plain ASCII. */
export async function measureFor(texts: Iterable<string>): Promise<Measure> {
  for (const text of texts) {
    if (!ONE_COLUMN_EACH.test(text)) return (await import("string-width")).default;
  }
  return (text) => text.length;
}
