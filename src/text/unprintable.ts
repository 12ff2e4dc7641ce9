/**
 * Characters without a picture of their own, for a class of a Unicode regular expression: control characters (Cc: C0,
 * DEL, C1), invisible format characters (Cf, with the directional overrides of UAX #9) and line separators. They can
 * steer a terminal or reverse the reading order (CVE-2021-42574).
 *
 * A text, because V8 reads the Unicode tables for every literal with such classes in a file that it loads, even in a
 * function that never runs. That takes a millisecond of a start.
 */
export const UNPRINTABLE = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}`;

/** Whether a text is printable ASCII, as almost all are. A loop is fastest for short texts. */
export function isPrintableAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code > 126) return false;
  }
  return true;
}
