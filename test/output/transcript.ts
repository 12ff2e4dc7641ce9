import { run } from "../commands/run-in-process.ts";
import type { CaptureOptions } from "../terminal/capture-terminal.ts";

interface Forms {
  /** More arguments for each time that the command prints into a pipe. */
  readonly forms: readonly string[];
  /** The widths of the terminals on which it prints too. */
  readonly widths?: readonly number[];
  readonly stdin?: string;
  /** Texts that differ from run to run, and what stands in their place. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Returns all that a command line prints on stdout in several forms, one below the other, without notes. Escape
 * sequences of colours are written as their numbers in brackets, `⟨31⟩`.
 */
export async function transcript(args: readonly string[], { forms, widths = [], hidden = {}, ...io }: Forms) {
  const printed = async (more: readonly string[], options: CaptureOptions) => {
    const { code, out } = await run([...args, "-q", ...more], { ...options, env: { LANG: "C.UTF-8", ...io.env } });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is shown
    let text = out.replace(/\u001b\[(\d+)m/g, "⟨$1⟩").replaceAll("\r\n", "\n");
    for (const [varying, fixed] of Object.entries(hidden)) text = text.replaceAll(varying, fixed);
    return code === 0 ? text : `${text}exit code ${code}\n`;
  };
  const stdin = io.stdin === undefined ? {} : { stdin: io.stdin };
  let all = "";
  for (const form of forms) {
    const more = form === "" ? [] : form.split(" ");
    all += `\n>${form === "" ? "" : ` ${form}`}\n${await printed(more, stdin)}`;
  }
  for (const columns of widths) {
    all += `\n> on a terminal of ${columns} columns\n${await printed([], { ...stdin, tty: true, columns })}`;
  }
  return all;
}
