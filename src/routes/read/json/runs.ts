/** JSON values with only blank between them, and where they begin and end in their text. */
export interface JsonRun {
  readonly from: number;
  readonly to: number;
  readonly values: readonly unknown[];
}

/** How often a text may be passed over in search of brackets that close: brackets in prose are near each other. */
const MOST_PASSES = 8;

/**
 * The JSON values in a text, in runs with only blank between their values; values between other text are runs of their
 * own. Null where a bracket opens JSON that is broken or never closes, or a value is part of a list. Linear in the
 * text.
 */
export function jsonRuns(text: string): readonly JsonRun[] | null {
  const runs: { from: number; to: number; values: unknown[] }[] = [];
  let budget = MOST_PASSES * text.length;
  for (let at = nextStart(text, 0); at >= 0; ) {
    const end = endOf(text, at);
    budget -= (end < 0 ? text.length : end) - at;
    if (budget < 0) return null;
    // Most brackets of prose are not JSON's, and parsing them to find out costs an exception each.
    const value = end < 0 || !mayBeJson(text, at) ? undefined : parsed(text.slice(at, end));
    if (value === undefined) {
      if (opensJson(text, at)) return null;
      at = nextStart(text, at + 1);
      continue;
    }
    // A comma beside a value: it is part of a list whose rest is missing.
    if (/^\s*,/.test(text.slice(end, end + 200)) || /,\s*$/.test(text.slice(Math.max(0, at - 200), at))) return null;
    const run = runs.at(-1);
    if (run !== undefined && text.slice(run.to, at).trim() === "") {
      run.values.push(value);
      run.to = end;
    } else runs.push({ from: at, to: end, values: [value] });
    at = nextStart(text, end);
  }
  return runs;
}

function nextStart(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === "{" || text[at] === "[") return at;
  return -1;
}

/** Whether what follows a bracket can begin an object, or a list of objects, lists or texts. */
function mayBeJson(text: string, at: number): boolean {
  return /^\s*["{}[\]]/.test(text.slice(at + 1, at + 200));
}

/** Whether a bracket is meant as JSON: what follows it is how an object or a list of objects begins. */
function opensJson(text: string, at: number): boolean {
  const rest = text.slice(at + 1, at + 200).trimStart();
  return text[at] === "{" ? /^"/.test(rest) : /^[{[]/.test(rest);
}

/** Where the bracket that opens at a place closes: behind it; -1 where it never does. Strings are passed over. */
function endOf(text: string, from: number): number {
  let open = 0;
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
      else if (char === "\n") return -1;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") open++;
    else if ((char === "}" || char === "]") && --open === 0) return at + 1;
  }
  return -1;
}

/** The value of a text; undefined where it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
