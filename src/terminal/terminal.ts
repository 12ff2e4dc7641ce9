import { type ColourMode, type Colours, coloursFor } from "./colour.ts";
import { plainText } from "./plain-text.ts";
import { progressLine } from "./progress-line.ts";

/** Where one of the two output streams ends, as the operating system says. */
export interface Sink {
  readonly isTTY: boolean;
  /** The width in columns; null off a terminal, where nothing is fitted to a width. */
  readonly columns: number | null;
  /** Bytes may change again only when they are drained. */
  write(text: string | Uint8Array): void;
  /** Resolves when all that was written has left this process: whoever prints without end waits for it. */
  drained(): Promise<void>;
}

/** A sink with the colours that fit it. */
export interface OutputStream extends Sink {
  readonly colours: Colours;
}

/** Standard input. */
interface Input extends AsyncIterable<Uint8Array> {
  readonly isTTY: boolean;
  /** The same for who is done with a piece when the next is asked for: a file is then read into the same memory again and again. */
  passing(): AsyncIterable<Uint8Array>;
}

/** What a terminal is made of: the real process's streams, or captured ones. */
export interface TerminalParts {
  readonly stdin: Input;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How the user wants to be spoken to. */
export interface Manners {
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
  /** Whether the user asked with `-v` to be told more. */
  readonly verbose: boolean;
  /** A line on stderr that the reader should know besides the data; `-q` silences it. */
  note(text: string): void;
  /** What is going on, on one line of a terminal's stderr that the next text replaces; null takes it away. Nothing off a terminal. */
  progress(text: string | null): void;
  /** A line on stderr that asks the user to do something; not even `-q` silences it. */
  ask(text: string): void;
  /** A line on stderr for `-v` alone: where something came from, which way was taken. */
  detail(text: string): void;
}

const DEFAULT_MANNERS: Manners = { colour: "auto", quiet: false, verbose: false };

/** A terminal over the given streams. */
export async function openTerminal(parts: TerminalParts, manners: Manners = DEFAULT_MANNERS): Promise<Terminal> {
  const stream = async (sink: Sink): Promise<OutputStream> => ({
    isTTY: sink.isTTY,
    columns: sink.isTTY ? sink.columns : null,
    colours: await coloursFor({ mode: manners.colour, isTTY: sink.isTTY, env: parts.env }),
    write: (text) => sink.write(text),
    drained: () => sink.drained(),
  });
  const stdout = await stream(parts.stdout);
  const stderr = await stream(parts.stderr);
  const shown = progressLine(stderr, parts.env.TERM);
  const line = (text: string) => {
    shown.clear();
    stderr.write(`${stderr.colours.dim(plainText(text))}\n`);
  };
  return {
    stdin: parts.stdin,
    stdout,
    stderr,
    env: parts.env,
    verbose: manners.verbose,
    progress(text) {
      if (text === null) shown.clear();
      else if (!manners.quiet) shown.show(plainText(text));
    },
    ask(text) {
      shown.clear();
      stderr.write(`${plainText(text)}\n`);
    },
    note(text) {
      if (!manners.quiet) line(text);
    },
    detail(text) {
      if (manners.verbose) line(text);
    },
  };
}
