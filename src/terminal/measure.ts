/** How many columns of a terminal a text takes: an ideograph two, a combining accent none. */
export type Measure = (text: string) => number;

const ONE_COLUMN_EACH = /^[ -~]*$/;

/** The measure for these texts. What measures all of Unicode is loaded only where one of them is not plain ASCII. */
export async function measureFor(texts: Iterable<string>): Promise<Measure> {
  for (const text of texts) {
    if (!ONE_COLUMN_EACH.test(text)) return (await import("string-width")).default;
  }
  return (text) => text.length;
}
