// Control characters, invisible format characters (bidirectional overrides among them), line separators, lone surrogates.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * Text from outside, fit for an error message: on one line, nothing in it that could steer a terminal, at most `limit`
 * characters.
 */
export function quotedText(text: string, limit = 40): string {
  const plain = text
    .slice(0, 4 * limit)
    .replace(UNPRINTABLE, " ")
    .trim();
  const characters = [...plain];
  return characters.length > limit || text.length > 4 * limit ? `${characters.slice(0, limit - 3).join("")}...` : plain;
}
