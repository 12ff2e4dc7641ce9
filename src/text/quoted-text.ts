// Control characters, invisible format characters (bidirectional overrides among them), line separators, lone
// surrogates.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * Text from outside made safe to quote in a message: one line, no characters that steer a terminal, at most `limit`
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
