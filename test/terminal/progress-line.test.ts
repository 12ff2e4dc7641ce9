import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { progressLine } from "../../src/terminal/progress-line.ts";
import { Capture } from "./capture-terminal.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function line(tty = true, term = "xterm") {
  const capture = new Capture({ tty });
  return { capture, progress: progressLine(capture.stderr, term) };
}

const WIPE = "\r\u001b[2K";

describe("the progress line", () => {
  it("appears after a second, counts, and is removed", () => {
    const { capture, progress } = line();
    progress.show("asking");
    vi.advanceTimersByTime(999);
    expect(capture.err).toBe("");
    vi.advanceTimersByTime(1001);
    progress.clear();
    expect(capture.err).toBe(`${WIPE}asking (1 s)${WIPE}asking (2 s)${WIPE}`);
  });

  it("is not written again where it would say the same", () => {
    const { capture, progress } = line();
    progress.show("0.0 MB");
    vi.advanceTimersByTime(1000);
    for (let piece = 0; piece < 50; piece++) progress.show("0.0 MB");
    progress.show("0.1 MB");
    expect(capture.err).toBe(`${WIPE}0.0 MB (1 s)${WIPE}0.1 MB (1 s)`);
  });

  it.each([
    ["off a terminal", false, "xterm"],
    ["on one that cannot take a line back", true, "dumb"],
  ])("is never shown %s", (_, tty, term) => {
    const { capture, progress } = line(tty, term);
    progress.show("asking");
    vi.advanceTimersByTime(5000);
    progress.clear();
    expect(capture.err).toBe("");
  });
});

it.each([
  [80, "waiting for 10.0.0.0/8 via 10.0.1.4 to appear (1 s)"],
  [40, "waiting for 10.0.0.0/8 via ... (1 s)"],
])("on a terminal of %i columns whole words are dropped, and the seconds stay", (columns, expected) => {
  const capture = new Capture({ tty: true, columns });
  progressLine(capture.stderr, "xterm").show("waiting for 10.0.0.0/8 via 10.0.1.4 to appear");
  vi.advanceTimersByTime(1000);
  expect(capture.err).toBe(`${WIPE}${expected}`);
});
