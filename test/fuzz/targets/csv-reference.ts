/**
 * The records of a CSV text, read character by character. RFC 4180 with one kind of line break (the first line's).
 * Blanks around cells are kept, and empty lines are skipped. Only for valid text: the result for broken quotes means
 * nothing.
 */
export function csvRecords(text: string, delimiter: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let open = false;
  const lineBreak = /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
  const endCell = () => {
    cells.push(quoted ? cell : cell.trim());
    cell = "";
    quoted = false;
  };
  const endRecord = () => {
    endCell();
    if (cells.some((each) => each.trim() !== "")) records.push(cells);
    cells = [];
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (open) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[++i];
      else open = false;
    } else if (char === '"' && cell.trim() === "" && !quoted) {
      cell = "";
      quoted = true;
      open = true;
    } else if (char === delimiter) endCell();
    else if (text.startsWith(lineBreak, i)) {
      i += lineBreak.length - 1;
      endRecord();
    } else if (!quoted || !/\s/.test(char)) cell += char;
  }
  endRecord();
  return records;
}
