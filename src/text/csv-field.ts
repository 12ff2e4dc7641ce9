/**
 * The start of a cell that a spreadsheet runs as a formula, full-width forms included. Some programs skip leading
 * blanks.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** A number, or the dash of an empty cell: no program runs these. */
const HARMLESS = /^(?:-|[+-]?\d+(?:\.\d+)?)$/;

/**
 * Fast path for almost every cell: whether a text has only letters, digits, `.`, `/`, `:`, `_` and `-`, and does not
 * start with `-`. Such a text is not a formula and needs no quotes.
 */
export function isBareField(text: string): boolean {
  if (text.charCodeAt(0) === 45) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const bare = (code >= 45 && code <= 58) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
    if (!bare) return false;
  }
  return true;
}

/**
 * Returns a text of one line as a field of CSV (RFC 4180): quoted where it must be, and with an apostrophe in front
 * where a spreadsheet would run it as a formula.
 * https://www.rfc-editor.org/rfc/rfc4180#section-2
 */
export function csvField(text: string): string {
  const guarded = FORMULA.test(text) && !HARMLESS.test(text) ? `'${text}` : text;
  return /[",]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
