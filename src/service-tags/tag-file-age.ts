import type { ServiceTagFile } from "../routes/annotation.ts";

type Dated = Pick<ServiceTagFile, "date" | "changeNumber" | "numbering">;

/** Two tag files in order of age. `first` and `second` say what was compared: a date or a change number. */
export interface AgeComparison {
  readonly isFirstNewer: boolean;
  readonly first: string;
  readonly second: string;
}

/**
 * Compares the ages of two tag files of one cloud: by publication dates where both are known and differ, else by change
 * numbers of one numbering. Null where neither is possible. The Discovery API numbers apart from the weekly files: its
 * 102 had the content of file 214. The files' own number went back in April and August 2020, so the date decides.
 */
export function compareAges(first: Dated, second: Dated): AgeComparison | null {
  if (first.date !== null && second.date !== null && first.date !== second.date) {
    return { isFirstNewer: first.date > second.date, first: first.date, second: second.date };
  }
  const isNumbered = ({ changeNumber }: Dated) => /^\d{1,15}$/.test(`${changeNumber}`);
  if (!isNumbered(first) || !isNumbered(second) || first.numbering !== second.numbering) return null;
  return {
    isFirstNewer: Number(first.changeNumber) > Number(second.changeNumber),
    first: `change number ${first.changeNumber}`,
    second: `change number ${second.changeNumber}`,
  };
}
