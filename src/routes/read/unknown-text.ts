import { UserError } from "../../text/user-error.ts";
import { FIT, type Form } from "./form.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/** Any other text: refused with the likeliest reason why it is not a route table. */
export const unknownText: Form<string> = {
  name: "unknown-text",
  recognises: () => FIT.fallback,
  tables: (text) => {
    throw /^\s*[[{]/.test(text) ? brokenJson(text) : unrecognised(text);
  },
};

function unrecognised(text: string): UserError<RouteFileErrorCode> {
  const brokenInside = /^[ \t]*[[{]\s*["{[]/m.test(text);
  return new UserError(
    "text-unrecognised",
    brokenInside
      ? "it has JSON that is broken, cut off, or part of a longer list"
      : "not a route table in any form that this program reads",
    brokenInside ? `paste the whole document; ${HOW_TO_EXPORT}` : HOW_TO_EXPORT,
  );
}

function brokenJson(text: string): UserError<RouteFileErrorCode> {
  if (endsInside(text)) {
    return new UserError(
      "json-truncated",
      "the JSON is cut off before its end",
      "run the export again and let it finish before reading the file",
    );
  }
  return new UserError(
    "json-syntax",
    `it is not valid JSON${whereOf(text)}`,
    "check that the file holds one JSON document, without other output before or after it",
  );
}

/** Whether the text ends within a string or with brackets still open, after brackets that match. */
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

/**
 * The line and column of the error, where the engine gives its position. The engine's message is not shown, because it
 * quotes the text.
 */
function whereOf(text: string): string {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    if (position === undefined) return "";
    const before = text.slice(0, Number(position)).split("\n");
    return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
  }
}
