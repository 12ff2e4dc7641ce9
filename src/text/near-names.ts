/** Longer names are not typos of a known name, and comparing them letter by letter takes too long. */
const LONGEST = 100;

/**
 * Up to three names that resemble `wanted`, best first: those within an edit distance of a third of its letters, and
 * those that contain it or are contained in it. Ignores case. Names over 100 letters match nothing. Linear in the
 * number of names.
 */
export function nearNames(wanted: string, names: readonly string[]): readonly string[] {
  const target = wanted.toLowerCase();
  if (target.length > LONGEST) return [];
  const most = Math.max(1, Math.floor(target.length / 3));
  return [...new Set(names)]
    .filter((name) => name.length <= LONGEST)
    .map((name) => ({ name, ...distanceTo(target, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || a.edits - b.edits || a.name.localeCompare(b.name, "en"))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Near names as the end of a sentence: ` (did you mean User?)`, or "" for an empty list. */
export function didYouMean(near: readonly string[]): string {
  return near.length === 0 ? "" : ` (did you mean ${near.join(", ")}?)`;
}

function distanceTo(target: string, name: string): { readonly distance: number; readonly edits: number } {
  const holds = target.length >= 3 && (name.includes(target) || (name.length >= 3 && target.includes(name)));
  const edits = editDistance(target, name);
  return { distance: holds ? 1 : edits, edits };
}

/** The optimal string alignment distance: Levenshtein's, plus swapping two neighbouring letters as one edit. */
function editDistance(from: string, to: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const change = Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const crossed = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next.push(crossed ? Math.min(change, (before[j - 2] ?? 0) + 1) : change);
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
