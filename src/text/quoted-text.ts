import { isPrintableAscii, UNPRINTABLE } from "./unprintable.ts";

/**
 * Text from outside made safe to quote in a message: one line, no characters that steer a terminal, at most `limit`
 * characters.
 */
export function quotedText(text: string, limit = 40): string {
  const start = text.slice(0, 4 * limit);
  const plain = (isPrintableAscii(start) ? start : start.replace(unprintable(), " ")).trim();
  const characters = [...plain];
  return characters.length > limit || text.length > 4 * limit ? `${characters.slice(0, limit - 3).join("")}...` : plain;
}

/** Lone surrogates (Cs) among them. */
const unprintable = () => new RegExp(`[${UNPRINTABLE}\\p{Cs}]+`, "gu");
