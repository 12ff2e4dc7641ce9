/**
 * Sequences that steer a terminal: colours and the like (CSI), titles and links (OSC).
 * https://en.wikipedia.org/wiki/ANSI_escape_code
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are control characters.
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;

/**
 * What az writes while it waits. A redirection of both streams, or a copy from a terminal, glues it to the first
 * brace.
 */
const PROGRESS = /[-\\|/] (?:Starting|Running|Finished) \.\./g;

/** The marks of quoted lines in mail and Markdown. PowerShell's `>>` is not one: a blank or nothing follows each. */
const QUOTES = /^ {0,3}(?:>(?: |$))+/gm;

/** A comment mark and the blanks around it. */
const COMMENT = /^[ \t]*(?:#|\/\/)+ ?/;

/** Removes the comment marks of a text in which every line is a comment, e.g. a table at the head of a script. */
function withoutComments(text: string): string {
  const lines = text.split("\n");
  const isComment = lines.every((line) => line.trim() === "" || COMMENT.test(line));
  return isComment ? lines.map((line) => line.replace(COMMENT, "")).join("\n") : text;
}

/**
 * A paste without what terminals, mail and editors add: quote marks, colours, az's progress, byte order marks, CRLF,
 * blanks that do not break. Linear in the text.
 */
export function cleanText(raw: string): string {
  const text = raw
    .replace(/^\uFEFF/, "")
    .replace(ESCAPES, "")
    .replace(/\r\n?/g, "\n")
    .replace(PROGRESS, "")
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .replace(QUOTES, "");
  return withoutComments(text);
}
