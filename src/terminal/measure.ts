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

/** The most columns that a text can take; exact for plain ASCII. For one line that must be fitted at once. */
export const atMost: Measure = (text) => {
  let columns = text.length;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) columns++;
  return columns;
};
