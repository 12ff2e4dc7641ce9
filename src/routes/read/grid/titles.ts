/** Commands and titles that name a NIC, as people paste them above a table. The first match counts. */
const NAMES: readonly RegExp[] = [
  /-NetworkInterfaceName[ =:]{1,3}["']?([\w.-]+)/i,
  /show-effective-route-table\b.*?(?:--name|-n)[ =]{1,3}["']?([\w.-]+)/i,
  /\bnics?(?: name)? ?[:=] {0,4}["'`*]{0,3}([\w.-]+)/i,
  /\bnetwork interface ?[:=]? {0,4}["'`*]{0,3}([\w.-]+)/i,
  /^[ #*|]{0,8}["'`]?([\w.-]+)["'`]? effective[ -]?routes?\b/i,
  /\beffective[ -]?routes?\b.*?\b(?:of|for|in|on) {1,4}["'`*]{0,3}([\w.-]+)/i,
  /^[ ]{0,8}[=*#~+-]{2,40} ?["']?([\w.-]*\w)["']?(?: ?[=*#~+-]{2,40})?$/,
  /^[A-Za-z][A-Za-z ]{0,30}: {1,4}["']?([\w.-]*\w)["']?$/,
];

/** Longer lines are not titles. */
const LONGEST_TITLE = 500;

/**
 * The name that a line gives to the table below it: a NIC where the line names one, else the line as a title; null for
 * other lines.
 */
export function nameIn(line: string): string | null {
  if (line.length > LONGEST_TITLE) return null;
  for (const pattern of NAMES) {
    const name = pattern.exec(line)?.[1];
    if (name !== undefined) return name.replace(/[.]$/, "");
  }
  const text = line.trim();
  const title = /^#{1,6} (.+)/.exec(text)?.[1] ?? /^([^|]{1,60}):$/.exec(text)?.[1];
  return title?.replace(/[`*#]/g, "").trim() || null;
}

/** How many lines above a table may name it, blank ones aside. */
const NEAR = 3;

/**
 * The name of the table whose heading is at `lines[heading]`, from the nearest of the lines above it, down to line
 * `from`; else null.
 */
export function titleAbove(lines: readonly string[], heading: number, from: number): string | null {
  const near = lines.slice(from, heading).filter((line) => line.trim() !== "");
  return (
    near
      .slice(-NEAR)
      .reverse()
      .map(nameIn)
      .find((name) => name !== null) ?? null
  );
}
