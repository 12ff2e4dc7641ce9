import { type Markup, shownText } from "../markup.ts";

const SVG = "http://www.w3.org/2000/svg";

/** Elements of drawings, which need the SVG namespace. */
const DRAWN = new Set(["svg", "rect"]);

/** Returns the markup as nodes. Texts become text nodes, never HTML. */
export function nodesOf(markup: Markup): Node[] {
  if (markup === null) return [];
  if (typeof markup === "string") return [document.createTextNode(shownText(markup))];
  if ("lines" in markup) return [document.createTextNode(markup.lines.map(shownText).join("\n"))];
  if (!("tag" in markup)) return markup.flatMap(nodesOf);
  const { tag, attributes, children } = markup;
  const element = DRAWN.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : shownText(value));
  }
  element.append(...children.flatMap(nodesOf));
  return [element];
}

/** Replaces the content of an element. */
export function fill(element: Element, markup: Markup): void {
  element.replaceChildren(...nodesOf(markup));
}

/** Returns the element with the id; the page always has it. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new RangeError(`the page has no element ${id}`);
  return element as T;
}

/** Copies a text, and says on the button whether it worked. */
export async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  const label = button.dataset.label ?? button.textContent ?? "";
  button.dataset.label = label;
  button.textContent = (await isCopied(text)) ? "Copied" : "Cannot copy here";
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return isCopiedBySelection(text);
  }
}

/** Copies in browsers that deny the clipboard to a page in a file. */
function isCopiedBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
