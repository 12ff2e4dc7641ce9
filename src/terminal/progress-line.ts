import type { Sink } from "./terminal.ts";

/** A line that is replaced in place, and taken away before anything else is written. */
export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

/** What is done within a second needs no word. */
const PATIENCE_MS = 1000;

/**
 * A progress line on a terminal, from a second after the first text on, counting the seconds; elsewhere nothing at all, nor on a terminal
 * that cannot take a line back (`TERM=dumb`).
 */
export function progressLine(stderr: Sink, term: string | undefined): ProgressLine {
  if (!stderr.isTTY || term === "dumb") return { show() {}, clear() {} };
  let current = "";
  let started = 0;
  let ticking: NodeJS.Timeout | null = null;
  let written: string | null = null;
  const draw = () => {
    const line = `${current} (${Math.round((Date.now() - started) / 1000)} s)`.slice(0, (stderr.columns ?? 80) - 1);
    if (line !== written) stderr.write(`\r\u001b[2K${line}`); // a download tells of every piece
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
