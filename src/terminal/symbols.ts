/** The symbols of the output. Each has a twin in ASCII. */
export interface Symbols {
  /** From a destination to its answer, from before to after. */
  readonly arrow: string;
  /** Marks: what wins or holds, what loses or is violated, what does not take part, and a problem. */
  readonly won: string;
  readonly lost: string;
  readonly inactive: string;
  readonly problem: string;
}

export const UNICODE: Symbols = { arrow: "→", won: "✓", lost: "✗", inactive: "·", problem: "!" };

/** The twins for a terminal or a file that is not UTF-8. */
export const ASCII: Symbols = { arrow: "->", won: "ok", lost: "x", inactive: ".", problem: "!" };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the symbols that the reader of the output can show: Unicode where the locale (LC_ALL, LC_CTYPE, LANG: the
 * first that is set) is UTF-8, except on the console of the Linux kernel, whose font lacks them. Windows sets no
 * locale: there the terminals that are known to show Unicode do. macOS is UTF-8 where nothing is set.
 * https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html#tag_08_02
 */
export function symbolsFor(env: Environment, platform: string): Symbols {
  return showsUnicode(env, platform) ? UNICODE : ASCII;
}

function showsUnicode(env: Environment, platform: string): boolean {
  if (env.TERM === "linux") return false;
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => value !== undefined && value !== "");
  if (locale !== undefined) return /utf-?8/i.test(locale);
  return platform === "win32" ? isUnicodeTerminal(env) : platform === "darwin";
}

/** Windows Terminal, Visual Studio Code, JetBrains, and the terminals of Unix programs. */
function isUnicodeTerminal(env: Environment): boolean {
  return (
    (env.WT_SESSION ?? "") !== "" ||
    env.TERM_PROGRAM === "vscode" ||
    env.TERMINAL_EMULATOR === "JetBrains-JediTerm" ||
    ["xterm-256color", "alacritty", "rxvt-unicode", "rxvt-unicode-256color"].includes(env.TERM ?? "")
  );
}
