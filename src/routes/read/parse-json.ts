import { RouteFileError } from "./route-file-error.ts";

const RERUN = "run the export again and let it finish before reading the file";

/**
 * The value of a JSON text.
 * @throws RouteFileError that tells a text that was cut off from one that is not JSON. One or two passes over the text.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (endsInside(text)) throw new RouteFileError("json-truncated", "the JSON is cut off before its end", RERUN);
    throw new RouteFileError(
      "json-syntax",
      `it is not valid JSON${whereOf(error, text)}`,
      "check that the file holds one JSON document, without other output before or after it",
    );
  }
}

/** Whether the text ends within a string or with brackets still open, all before it being balanced. */
function endsInside(text: string): boolean {
  const open: string[] = [];
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === "\\") i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{") open.push("}");
    else if (char === "[") open.push("]");
    else if ((char === "}" || char === "]") && open.pop() !== char) return false;
  }
  return inString || open.length > 0;
}

/** The line and column, where the engine tells the position. Its own words quote the text, so they are not passed on. */
function whereOf(error: unknown, text: string): string {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return "";
  const before = text.slice(0, Number(position)).split("\n");
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
