import { atMost } from "./measure.ts";
import type { Sink } from "./streams.ts";

/** A line that is replaced in place and removed before anything else is written. */
export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

/** Work that takes less than this shows no progress. */
const PATIENCE_MS = 1000;

const ELLIPSIS = " ...";

/**
 * Returns a progress line that counts seconds and appears one second after the first text. It shows nothing off a
 * terminal, or on one that cannot erase a line (`TERM=dumb`).
 */
export function progressLine(stderr: Sink, term: string | undefined): ProgressLine {
  if (!stderr.isTTY || term === "dumb") return { show() {}, clear() {} };
  let current = "";
  let started = 0;
  let ticking: NodeJS.Timeout | null = null;
  let written: string | null = null;
  const draw = () => {
    const seconds = ` (${Math.round((Date.now() - started) / 1000)} s)`;
    const line = `${shortened(current, (stderr.columns ?? 80) - 1 - seconds.length)}${seconds}`;
    if (line !== written) stderr.write(`\r\u001b[2K${line}`); // A download reports every piece.
    written = line;
  };
  return {
    show(text) {
      current = text;
      if (written !== null) draw();
      if (ticking !== null) return;
      started = Date.now();
      ticking = setInterval(draw, PATIENCE_MS);
      ticking.unref();
    },
    clear() {
      if (ticking !== null) clearInterval(ticking);
      ticking = null;
      if (written !== null) stderr.write("\r\u001b[2K");
      written = null;
    },
  };
}

/** Returns the words at the start of a text that fit, followed by an ellipsis where words are missing. */
function shortened(text: string, width: number): string {
  if (atMost(text) <= width) return text;
  const words = text.split(" ");
  while (words.length > 1 && atMost(words.join(" ")) > width - ELLIPSIS.length) words.pop();
  return `${words.join(" ")}${ELLIPSIS}`.slice(0, width);
}
