/**
 * Characters in text from outside (route names, tags, paths, a server's messages) that could steer a terminal or
 * reverse the reading order: control characters (Cc: C0, DEL, C1), invisible format characters (Cf, with directional
 * overrides: UAX #9, CVE-2021-42574) and line separators. A function, because V8 takes a millisecond for the Unicode
 * tables when it compiles the literal.
 */
const unsafe = () => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Fast path: almost all text is printable ASCII. A loop is fastest for short texts, a regular expression for long ones.
 */
function isPrintable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code > 126) return false;
  }
  return true;
}

const PRINTABLE_LINES = /^[\n -~]*$/;

/** Returns the text on one line without such characters; a tab or line break becomes a space. */
export function plainText(text: string): string {
  return isPrintable(text) ? text : text.replace(/\r\n|[\t\n\r\u2028\u2029]/g, " ").replace(unsafe(), "");
}

/** The same for a text of several lines, which keeps its lines. */
export function plainLines(text: string): string {
  return text.split(/\r?\n/).map(plainText).join("\n");
}

/** Escapes such characters in a JSON text: it means the same and is safe to show. */
export function plainJson(json: string): string {
  return PRINTABLE_LINES.test(json) ? json : json.replace(unsafe(), (char) => (char === "\n" ? char : escaped(char)));
}

function escaped(char: string): string {
  let text = "";
  for (let i = 0; i < char.length; i++) text += `\\u${char.charCodeAt(i).toString(16).padStart(4, "0")}`;
  return text;
}
