import { expect, test } from "vitest";
import { quotedText } from "../../src/text/quoted-text.ts";

test.each([
  ["plain text stays", "10.0.0.0/8", "10.0.0.0/8"],
  ["line breaks and escape sequences become blanks", "a\r\n\u001b[31mb", "a [31mb"],
  ["direction overrides and zero-width characters too", "a\u202eb\u200bc", "a b c"],
  ["a lone surrogate too", "a\ud800b", "a b"],
  ["blanks around it go", "  a  ", "a"],
  ["ten characters fit", "0123456789", "0123456789"],
  ["eleven are cut to ten with dots", "0123456789a", "0123456..."],
  ["a character outside the basic plane is one and is never split", "😀".repeat(11), `${"😀".repeat(7)}...`],
  ["what is dropped still counts where the text is far too long", `${"\u0000".repeat(50)}`, "..."],
])("%s", (_, text, expected) => {
  expect(quotedText(text, 10)).toBe(expected);
});
