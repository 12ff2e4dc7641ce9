import { h, htmlOf, type Markup, shownText } from "./markup.ts";
import { type DataEncoding, type PageData, scriptJson } from "./page-data.ts";
import { path } from "./sections/path.ts";
import { SECTIONS } from "./sections/sections.ts";
import type { PageSubject } from "./subject.ts";

/** A script or a style sheet. */
interface PagePart {
  readonly text: string;
  /** `sha256-...` of the text, for the page's Content Security Policy. */
  readonly hash: string;
}

/** The parts of a page that do not depend on its subject, made by the build. */
export interface PageParts {
  readonly script: PagePart;
  readonly style: PagePart;
  /** Only pages with a path carry it. */
  readonly pathStyle: PagePart;
}

/** Compresses with gzip, and returns the result in base64. */
export type Compress = (content: string | Uint8Array) => string;

/** The most characters of data that a page carries uncompressed. */
const COMPRESSED_FROM = 48 * 1024;

/**
 * Returns a page as one HTML document without references to anything outside it. `tags`, if given, are the compiled
 * service tags. Cost: linear in the pieces of the tables, for each row that has holes.
 */
export function pageText(subject: PageSubject, tags: Uint8Array | null, parts: PageParts, compress: Compress): string {
  const title = shownText(subject.title);
  const sections = SECTIONS.map((section) => ({ ...section, content: section.of(subject) }));
  const hasPath = sections.some(({ id, content }) => id === path.id && content !== null);
  const styles = hasPath ? [parts.style, parts.pathStyle] : [parts.style];
  const body = htmlOf(
    h(
      "main",
      {},
      h("h1", {}, title),
      ...sections.map(({ id, title: heading, content }) => sectionOf(id, heading, content)),
    ),
  );
  return [
    "<!doctype html>\n",
    '<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${policyOf(parts.script, styles)}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n',
    '<meta name="generator" content="vnet-explain">\n',
    `${htmlOf(h("title", {}, title))}\n${styles.map(({ text }) => `<style>${text}</style>`).join("")}\n</head>\n<body>\n`,
    body,
    subject.answers
      ? `\n${dataElement(subject, compress)}${tagsElement(tags, compress)}\n<script>${parts.script.text}</script>`
      : "",
    "\n</body>\n</html>\n",
  ].join("");
}

/** Sections that need the script are hidden until it runs. */
const BY_SCRIPT = new Set(["all-prefixes"]);

function sectionOf(id: string, title: string, content: Markup): Markup {
  if (content === null) return null;
  if (title === "") return h("section", { id }, content);
  const heading = `${id}-title`;
  return h(
    "section",
    { id, "aria-labelledby": heading, hidden: BY_SCRIPT.has(id) },
    h("h2", { id: heading }, title),
    content,
  );
}

/** Allows this script and these styles, and forbids loading, sending and framing. */
function policyOf(script: PagePart, styles: readonly PagePart[]): string {
  const allowed = styles.map(({ hash }) => `'${hash}'`).join(" ");
  return `default-src 'none'; script-src '${script.hash}'; style-src ${allowed}; base-uri 'none'; form-action 'none'`;
}

function tagsElement(tags: Uint8Array | null, compress: Compress): string {
  return tags === null ? "" : `\n<script type="application/json" id="tags">${compress(tags)}</script>`;
}

function dataElement({ tables }: PageSubject, compress: Compress): string {
  const all: PageData = { tables: tables.map(({ label, data: table }) => ({ label, table })) };
  const json = scriptJson(all);
  const encoding: DataEncoding = json.length > COMPRESSED_FROM ? "gzip" : "json";
  const text = encoding === "gzip" ? compress(json) : json;
  return `<script type="application/json" id="data" data-encoding="${encoding}">${text}</script>`;
}
