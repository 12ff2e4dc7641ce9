import { writePieces } from "../../terminal/pieces.ts";
import { plainJson } from "../../terminal/plain-text.ts";
import type { Format } from "./format.ts";
import { isLong } from "./long-list.ts";

const jsonOf = (value: unknown, indent: string) =>
  plainJson(JSON.stringify(value, null, 2)).replaceAll("\n", `\n${indent}`);

/**
 * Yields what `JSON.stringify(value, null, 2)` returns, in pieces: lists and fields of the outermost value one by one,
 * and those of each long list inside.
 */
export function* jsonPieces(value: unknown, indent = "", depth = 2): Generator<string> {
  if (typeof value !== "object" || value === null || (depth <= 0 && !isLong(value))) {
    yield jsonOf(value, indent);
    return;
  }
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const entries = isList ? value.entries() : Object.entries(value).filter(([, field]) => field !== undefined);
  let separator = "\n";
  yield isList ? "[" : "{";
  for (const [key, item] of entries) {
    yield `${separator}${inner}${isList ? "" : `${plainJson(JSON.stringify(key))}: `}`;
    yield* jsonPieces(item, inner, depth - 1);
    separator = ",\n";
  }
  const empty = separator === "\n";
  yield `${empty ? "" : `\n${indent}`}${isList ? "]" : "}"}`;
}

/** Yields `jsonPieces` as a document of its own, with a line break at its end. */
export function* documentPieces(value: unknown): Generator<string> {
  yield* jsonPieces(value);
  yield "\n";
}

/** A report, or the result of a query, indented by two spaces. */
export const json: Format = {
  print: ({ report }, stdout) => writePieces(documentPieces(report), stdout),
  printFound: (found, stdout) => writePieces(documentPieces(found ?? null), stdout),
  stream({ list, rest }) {
    let separator = "\n";
    return {
      detail: "record",
      head: `{\n  "schemaVersion": "1.0",\n  ${JSON.stringify(list)}: [`,
      of(record) {
        const text = `${separator}    ${jsonOf(record, "    ")}`;
        separator = ",\n";
        return text;
      },
      tail: () => `\n  ],\n${plainJson(JSON.stringify(rest, null, 2).slice(2))}\n`,
    };
  },
};
