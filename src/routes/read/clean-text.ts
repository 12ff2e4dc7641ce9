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
const PROGRESS = /[-\\|/] (?:Starting|Running|Finished) \.\.\r?/g;

/**
 * A paste without what terminals and editors add: colours, az's progress, byte order marks, CRLF, blanks that do not
 * break.
 */
export function cleanText(raw: string): string {
  return raw
    .replace(/^\uFEFF/, "")
    .replace(ESCAPES, "")
    .replace(/\r\n?/g, "\n")
    .replace(PROGRESS, "")
    .replace(/[\u00a0\u2007\u202f]/g, " ");
}
