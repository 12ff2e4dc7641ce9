import type { Measure } from "./measure.ts";

const characters: Measure = (text) => text.length;

/**
 * Returns the text in lines of at most `width` columns, broken between words. A longer word (an address, a URL) stays
 * whole. Returns one line where `width` is null.
 */
export function wrap(text: string, width: number | null, measure: Measure = characters): string[] {
  if (width === null || measure(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && measure(line) + 1 + measure(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/**
 * Returns the cells of a line in lines of at most `width` columns, broken between cells, or between the words of a
 * wider cell. Lines after the first are indented. `pad` fills a cell up to its column, except at the end of a line.
 */
export function wrapCells(
  cells: readonly string[],
  pad: (cell: string, column: number) => string,
  width: number | null,
  measure: Measure,
): string[] {
  const whole = cells.map(pad).join(GAP).trimEnd();
  if (width === null || measure(whole) <= width) return [whole];
  const lines: string[] = [];
  let line = "";
  cells.forEach((cell, column) => {
    const room = width - (lines.length === 0 ? 0 : HANGING.length);
    const longer = line === "" ? cell : `${line}${GAP}${cell}`;
    if (measure(longer) <= room) line = line === "" ? pad(cell, column) : `${line}${GAP}${pad(cell, column)}`;
    else {
      if (line.trimEnd() !== "") lines.push(line.trimEnd());
      const wrapped = wrap(cell, width - HANGING.length, measure);
      line = wrapped.pop() ?? "";
      for (const each of wrapped) lines.push(each);
    }
  });
  if (line.trimEnd() !== "") lines.push(line.trimEnd());
  return lines.map((text, index) => (index === 0 ? text : `${HANGING}${text}`));
}

const GAP = "  ";
const HANGING = "  ";
