import { expect, test } from "vitest";
import { cleanText } from "../../../src/routes/read/clean-text.ts";

test.each<[what: string, raw: string, clean: string]>([
  ["a byte order mark", "\uFEFFa\uFEFF", "a\uFEFF"],
  ["colours", "\u001b[1;31ma\u001b[0m\u001b[?25lb\u001b[ q", "ab"],
  ["a title, ended by a bell", "\u001b]0;title\u0007a", "a"],
  ["a link, ended by a string terminator", "\u001b]8;;http://x\u001b\\a\u001b]8;;\u001b\\", "a"],
  ["an escape that begins nothing", "\u001ba", "\u001ba"],
  ["Windows line ends", "a\r\nb\rc\n", "a\nb\nc\n"],
  ["az's progress", "- Starting ..\r\\ Running ..| Running ../ Finished ..{", "\n{"],
  ["words like az's progress", "x Running ..", "x Running .."],
  ["blanks that do not break", "a\u00a0b\u2007c\u202fd", "a b c d"],
  ["quote marks", "> a\n   > b\n>\n> > c\n    > d\n>> e", "a\nb\n\nc\n    > d\n>> e"],
  ["comment marks of every line", "# a\n\n  ## b\n//c\n#\td", "a\n\nb\nc\n\td"],
  ["comment marks of some lines", "# a\nb", "# a\nb"],
  ["more blanks behind a comment mark", "#   a", "  a"],
])("%s", (_, raw, clean) => {
  expect(cleanText(raw)).toBe(clean);
});
