import { type ColourMode, coloursFor } from "./colour.ts";
import { hangingLine } from "./hanging.ts";
import { atMost } from "./measure.ts";
import { plainText } from "./plain-text.ts";
import { progressLine } from "./progress-line.ts";
import type { Input, OutputStream, Sink } from "./streams.ts";
import { symbolsFor } from "./symbols.ts";

/** The parts of a terminal: the streams of the process, or captured ones. */
export interface TerminalParts {
  readonly stdin: Input;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Output preferences. */
export interface OutputPreferences {
  readonly colour: ColourMode;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** The one object through which anything is read from the user or printed: data to `stdout`, all else to `stderr`. */
export interface Terminal {
  readonly stdin: Input;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether `-v` was given. */
  readonly verbose: boolean;
  /** Prints a remark on stderr; `-q` silences it. */
  note(text: string): void;
  /**
   * Shows progress on one line of stderr, which the next text replaces and null removes. Prints nothing off a terminal.
   */
  progress(text: string | null): void;
  /** Prints a request to the user on stderr; not even `-q` silences it. */
  ask(text: string): void;
  /** Prints a line on stderr with `-v` only: where something came from, what was tried. */
  detail(text: string): void;
}

const DEFAULT_PREFERENCES: OutputPreferences = { colour: "auto", quiet: false, verbose: false };

/** Returns a terminal over the given streams. */
export async function openTerminal(
  parts: TerminalParts,
  preferences: OutputPreferences = DEFAULT_PREFERENCES,
): Promise<Terminal> {
  const stream = async (sink: Sink): Promise<OutputStream> => ({
    isTTY: sink.isTTY,
    columns: sink.isTTY ? sink.columns : null,
    colours: await coloursFor({ mode: preferences.colour, isTTY: sink.isTTY, env: parts.env }),
    symbols: symbolsFor(parts.env, process.platform),
    write: (text) => sink.write(text),
    drained: () => sink.drained(),
  });
  const stdout = await stream(parts.stdout);
  const stderr = await stream(parts.stderr);
  const shown = progressLine(stderr, parts.env.TERM);
  const write = (text: string, paint = (line: string) => line) => {
    shown.clear();
    const lines = hangingLine(plainText(text), stderr.columns ?? Number.POSITIVE_INFINITY, atMost);
    stderr.write(lines.map((line) => `${paint(line)}\n`).join(""));
  };
  const line = (text: string) => write(text, stderr.colours.dim);
  return {
    stdin: parts.stdin,
    stdout,
    stderr,
    env: parts.env,
    verbose: preferences.verbose,
    progress(text) {
      if (text === null) shown.clear();
      else if (!preferences.quiet) shown.show(plainText(text));
    },
    ask: (text) => write(text),
    note(text) {
      if (!preferences.quiet) line(text);
    },
    detail(text) {
      if (preferences.verbose) line(text);
    },
  };
}
