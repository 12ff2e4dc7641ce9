import { writePieces } from "../../terminal/pieces.ts";
import type { Format } from "./format.ts";
import { isLong } from "./long-list.ts";

/**
 * Characters to escape: control and format characters and line separators, which can steer a terminal, and those that
 * YAML does not allow (lone surrogates, U+FFFE and U+FFFF). https://yaml.org/spec/1.2.2/#51-character-set
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;
const UNSAFE_BUT_BREAK = new RegExp(`(?!\\n)${UNSAFE.source}`, "gu");

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/**
 * Returns the value as YAML in the layout of `az -o yaml`: JSON values in blocks, no anchors, long lines unbroken.
 * Texts that YAML 1.1 readers (PyYAML) would take for something else (`no`, `12:30`) are quoted, so that every reader
 * gets the same value. Loads the library on the first call.
 */
export async function yamlText(value: unknown): Promise<string> {
  const { Document, Scalar, visit } = await import("yaml");
  const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && UNSAFE.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  const text = document.toString({ lineWidth: 0, doubleQuotedAsJSON: true });
  // The library has put all of these into double quotes, where YAML has escapes for them.
  return text.replace(UNSAFE_BUT_BREAK, escaped);
}

const indented = (text: string, by = "  ") => text.replace(/^(?=.)/gm, by);

/**
 * Yields what `yamlText` returns, in pieces: lists and fields of the outermost value one by one, and those of each long
 * list inside.
 */
export async function* yamlPieces(value: unknown): AsyncGenerator<string> {
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) yield await yamlText(value);
  else if (Array.isArray(value)) yield* itemPieces(value, "");
  else yield* fieldPieces(value, "", () => true);
}

async function* itemPieces(items: readonly unknown[], indent: string): AsyncGenerator<string> {
  for (const item of items) {
    if (typeof item !== "object" || item === null || Array.isArray(item) || !isLong(item)) {
      yield indented(await yamlText([item]), indent);
      continue;
    }
    let before = `${indent}- `;
    for await (const piece of fieldPieces(item, `${indent}  `, isLong)) {
      yield before + piece.slice(before.length);
      before = "";
    }
  }
}

/** `inItems`: whether a list that is not empty is printed item by item. */
async function* fieldPieces(
  value: object,
  indent: string,
  inItems: (list: readonly unknown[]) => boolean,
): AsyncGenerator<string> {
  for (const [key, field] of Object.entries(value)) {
    const isList = Array.isArray(field) && field.length > 0 && inItems(field);
    const text = indented(await yamlText({ [key]: isList ? null : field }), indent);
    if (!isList) yield text;
    else {
      yield text.replace(/ null\n$/, "\n");
      yield* itemPieces(field, `${indent}  `);
    }
  }
}

/** A report, or the result of a query, as YAML. */
export const yaml: Format = {
  print: ({ report }, stdout) => writePieces(yamlPieces(report), stdout),
  printFound: (found, stdout) => writePieces(yamlPieces(found ?? null), stdout),
  async stream({ list, rest }) {
    let any = false;
    const after = await yamlText(rest);
    return {
      detail: "record",
      head: `${await yamlText({ schemaVersion: "1.0" })}${list}:`,
      async of(record) {
        const text = indented(await yamlText([record]));
        const separator = any ? "" : "\n";
        any = true;
        return separator + text;
      },
      tail: () => (any ? after : ` []\n${after}`),
    };
  },
};
