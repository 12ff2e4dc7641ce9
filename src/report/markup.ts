import { plainText } from "../terminal/plain-text.ts";

/**
 * A piece of a page, before it is HTML text or elements of a document. Texts are texts: no function of this room makes
 * HTML from text in any other way.
 */
export type Markup = string | Element | Lines | readonly Markup[] | null;

/** An element. Its names are the program's own; its attribute values and children may be anything. */
export interface Element {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Markup[];
}

/** A value, true for an attribute without one, undefined or false for a missing one. */
export type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Many short texts, one per line, as the text of a `<pre>`. */
interface Lines {
  readonly lines: readonly string[];
}

/** Returns an element. */
export function h(tag: string, attributes: Attributes, ...children: readonly Markup[]): Element {
  return { tag, attributes, children };
}

/** The most characters of a text that a page shows. Azure's names have at most 80. */
const MOST_CHARACTERS = 600;

/** Returns a text as the page shows it: on one line, cut if long, without control and bidirectional characters. */
export function shownText(text: string): string {
  const plain = plainText(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text);
  return text.length > MOST_CHARACTERS ? `${plain}…` : plain;
}

/** Elements without an end tag. */
const VOID = new Set(["br", "input", "meta"]);

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

/** Returns the HTML of the markup. Cost: linear. */
export function htmlOf(markup: Markup): string {
  if (markup === null) return "";
  if (typeof markup === "string") return escaped(shownText(markup));
  if ("lines" in markup) return escaped(markup.lines.map(shownText).join("\n"));
  if ("tag" in markup) {
    const { tag, attributes, children } = markup;
    const start = `<${tag}${Object.entries(attributes).map(attributeText).join("")}>`;
    return VOID.has(tag) ? start : `${start}${children.map(htmlOf).join("")}</${tag}>`;
  }
  return markup.map(htmlOf).join("");
}

function attributeText([name, value]: readonly [string, string | boolean | undefined]): string {
  if (value === undefined || value === false) return "";
  return value === true ? ` ${name}` : ` ${name}="${escaped(shownText(value))}"`;
}
