/** The words of a command line; a quoted text is one word. */
const COMMAND_WORDS = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;

/** Blanks before the rest of a command line, after its own indent. */
const HANGING = 2;

/**
 * Breaks a command line between its options, with a backslash at the end of each line but the last, so that it can be
 * copied. Words stay whole.
 */
export function* commandLines(line: string, width: number): Generator<string> {
  const indent = line.length - line.trimStart().length;
  const room = width - " \\".length;
  let open = "";
  for (const part of commandParts(line, room - indent - HANGING)) {
    if (open === "") open = " ".repeat(indent) + part;
    else if (open.length + 1 + part.length <= room) open += ` ${part}`;
    else {
      yield `${open} \\`;
      open = `${" ".repeat(Math.max(0, Math.min(indent + HANGING, room - part.length)))}${part}`;
    }
  }
  yield open;
}

/** Returns the words of a command line; an option and its value are one part where both have room on a line. */
function commandParts(line: string, room: number): readonly string[] {
  const parts: string[] = [];
  for (const [word] of line.matchAll(COMMAND_WORDS)) {
    const last = parts.at(-1) ?? "";
    const isValue = /^-[^ ]*$/.test(last) && !word.startsWith("-");
    if (isValue && last.length + 1 + word.length <= room) parts[parts.length - 1] = `${last} ${word}`;
    else parts.push(word);
  }
  return parts;
}
