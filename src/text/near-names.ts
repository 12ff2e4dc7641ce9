/** What is longer is no name that was mistyped, and comparing it letter by letter would take too long. */
const LONGEST = 100;

/**
 * The names most like the one that was not found, best first, at most three: those within a third of its letters of it, or that hold it.
 * Without case; names of more than a hundred letters are like none. Linear in the number of names.
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

/** Near names as the end of a sentence: ` (did you mean User?)`; nothing where there are none. */
export function didYouMean(near: readonly string[]): string {
  return near.length === 0 ? "" : ` (did you mean ${near.join(", ")}?)`;
}

function distanceTo(target: string, name: string): { readonly distance: number; readonly edits: number } {
  const holds = target.length >= 3 && (name.includes(target) || (name.length >= 3 && target.includes(name)));
  const edits = editDistance(target, name);
  return { distance: holds ? 1 : edits, edits };
}

/** Levenshtein's distance, in which two neighbours that changed places are one edit. */
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
