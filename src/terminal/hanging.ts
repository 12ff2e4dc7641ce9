import { measureFor } from "./measure.ts";
import type { OutputStream } from "./terminal.ts";
import { wrap } from "./wrap.ts";

/** A narrower terminal has too little room for an indent and breaks the lines itself. */
const NARROWEST = 60;
const HANGING = "    ";

/** Breaks lines that are wider than the terminal between words, and indents the rest of the line. */
export async function hanging(text: string, { columns }: Pick<OutputStream, "columns">): Promise<string> {
  if (columns === null || columns < NARROWEST) return text;
  const lines = text.split("\n");
  const measure = await measureFor(lines);
  return lines
    .map((line) => {
      if (measure(line) <= columns) return line;
      const indent = /^ */.exec(line)?.[0] ?? "";
      const width = columns - indent.length - HANGING.length;
      const broken = wrap(line.slice(indent.length), width, measure).map((part) => part.trimEnd());
      return indent + broken.join(`\n${indent}${HANGING}`);
    })
    .join("\n");
}
