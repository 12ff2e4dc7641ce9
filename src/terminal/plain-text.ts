import { isPrintableAscii, UNPRINTABLE } from "../text/unprintable.ts";

const unsafe = () => new RegExp(`[${UNPRINTABLE}]`, "gu");

const PRINTABLE_LINES = /^[\n -~]*$/;

/** Returns the text on one line without unprintable characters; a tab or line break becomes a space. */
export function plainText(text: string): string {
  return isPrintableAscii(text) ? text : text.replace(/\r\n|[\t\n\r\u2028\u2029]/g, " ").replace(unsafe(), "");
}

/** The same for a text of several lines, which keeps its lines. */
export function plainLines(text: string): string {
  return text.split(/\r?\n/).map(plainText).join("\n");
}

/** Escapes unprintable characters in a JSON text: it means the same and is safe to show. */
export function plainJson(json: string): string {
  return PRINTABLE_LINES.test(json) ? json : json.replace(unsafe(), (char) => (char === "\n" ? char : escaped(char)));
}

function escaped(char: string): string {
  let text = "";
  for (let i = 0; i < char.length; i++) text += `\\u${char.charCodeAt(i).toString(16).padStart(4, "0")}`;
  return text;
}
