import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatsOf } from "../../../src/output/formats/formats.ts";
import { runBuilt } from "../../built-program.ts";
import { run } from "../../commands/run-in-process.ts";
import { armTables, asBytes, bytesOf, madeUpTags } from "../corpus.ts";
import { hold, type Verdict } from "../oracle.ts";
import { Random } from "../random.ts";
import type { Target } from "../target.ts";
import { COMMANDS, inputsFor } from "./program-commands.ts";

/** Commands that stream: answers printed before the input failed stay printed. */
const isStream = (words: readonly string[]) => words.includes("--flow-log") || words[words.indexOf("--ip") + 1] === "-";

/** The header: the command and its options. */
const HEADER = 2;

const TAGS = "ServiceTags_Public_20231106.json";

let folder: string | null = null;

function file(name: string): string {
  if (folder === null) {
    folder = mkdtempSync(join(tmpdir(), "vnet-explain-fuzz-"));
    writeFileSync(join(folder, TAGS), madeUpTags());
    writeFileSync(join(folder, "routes.json"), JSON.stringify({ value: armTables()[0] }));
  }
  return join(folder, name);
}

/** The command line that the header of an input asks for; `word` is the rest of it. */
function commandLine(header: string, word: string): readonly string[] {
  const [, words] = COMMANDS[header.charCodeAt(0) % COMMANDS.length] ?? ["", ""];
  const line = words.split(" ").map((each) => {
    if (each === "FILE") return file("input");
    if (each === "TAGS") return file(TAGS);
    if (each === "ROUTES") return file("routes.json");
    // An argument cannot contain NUL or be endless.
    return each === "WORD" ? word.replaceAll("\0", "").slice(0, 3000) : each;
  });
  const random = new Random(header);
  const more = [["-o", random.pick(formatsOf())], ["--debug"], ["-q"], ["-v"], ["--color", "always"], ["--query", "*"]];
  for (const option of more) if (random.once(option[0] === "-o" ? 1 : 6)) line.push(...option);
  return line;
}

const CODES: readonly number[] = [0, 1, 2, 3, 4, 5];

/** A command line and its input. */
interface Run {
  readonly words: readonly string[];
  readonly stdin: Uint8Array;
}

/** How a run ended. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function checkBy(input: string, how: (run: Run, tty: boolean) => Promise<Ended>): Promise<Verdict> {
  const header = input.slice(0, HEADER);
  const stdin = bytesOf(input.slice(HEADER));
  const words = commandLine(header, new TextDecoder().decode(stdin));
  writeFileSync(file("input"), stdin);
  const { code, out, err } = await how({ words, stdin }, new Random(header, "tty").once(3));
  const shown = () => `${words.slice(0, 2).join(" ")} exits with ${code} and says ${JSON.stringify(err.slice(0, 300))}`;
  hold(code !== null && CODES.includes(code), () => `an exit code outside the contract: ${shown()}`);
  hold(!err.includes("this is a fault of the program"), () => `a fault of the program: ${shown()}`);
  holdWords(code, err, words, shown);
  if (code === 0 || code === 3) return holdAnswer(out, words, shown);
  hold(out === "" || isStream(words), () => `refused, but printed: ${shown()}`);
  return "refused";
}

/** Removes chalk's colour sequences. */
function withoutColours(text: string): string {
  const [first = "", ...rest] = text.split("\u001b[");
  return first + rest.map((part) => part.replace(/^\d+m/, "")).join("");
}

const STEERS = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/**
 * Checks stderr: no stack, no control characters, and for an error a message and a hint. An unmet expectation is not an
 * error.
 */
function holdWords(code: number, err: string, words: readonly string[], shown: () => string): void {
  const text = withoutColours(err);
  if (!words.includes("--debug")) {
    hold(!/\n {4}at /.test(text), () => `a stack: ${shown()}`);
    hold(!STEERS.test(text.replaceAll("\n", "")), () => `control characters: ${shown()}`);
  }
  if (code === 0) return;
  const first = /^error: .*$/m.exec(text)?.[0];
  if (code === 3) hold(first === undefined, () => `an answer that is called an error: ${shown()}`);
  else hold(first !== undefined && first.length < 100, () => `a first line of ${first?.length} characters: ${shown()}`);
}

function holdAnswer(out: string, words: readonly string[], shown: () => string): Verdict {
  const format = words.includes("--export") ? "" : words[words.lastIndexOf("-o") + 1];
  const structured = format === "json" && !/^(completion|help)$/.test(words[0] ?? "");
  hold(!structured || out === "" || isJson(out), () => `no JSON: ${shown()}`);
  const text = withoutColours(out).replace(/[\n\r\t]/g, "");
  hold(!STEERS.test(text), () => `control characters on stdout: ${shown()}`);
  return "answered";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const close = async () => {
  if (folder !== null) rmSync(folder, { recursive: true });
  folder = null;
};

export const programTarget: Target = {
  name: "program",
  about:
    "command lines in process: an exit code of the contract, words that help, no stack, no output of what was refused",
  alphabet: "bytes",
  words: [
    "10.0.0.1\n",
    "tag:Storage",
    "addressPrefix",
    "flowTuples",
    "routes",
    "--",
    "-o",
    "json",
    "ip",
    "nic:",
    "sample:",
    "last",
  ],
  largest: 200_000,
  header: HEADER,
  cost: 20_000,
  seeds: () =>
    COMMANDS.flatMap(([kind], command) =>
      inputsFor(kind).map((text, at) => String.fromCharCode(command, at) + asBytes(text)),
    ),
  check: (input) => checkBy(input, ({ words, stdin }, tty) => run(words, { stdin, tty })),
  close,
};

/** The same with the built program in a process of its own. */
export const builtProgramTarget: Target = {
  ...programTarget,
  name: "built-program",
  about: "the same command lines through the built program",
  cost: 200_000,
  check: (input) =>
    checkBy(input, async ({ words, stdin }) => {
      // `tags update` fills the cache; the next input must start without it. Compiled code may stay.
      const cache = file("cache");
      rmSync(join(cache, "tags"), { recursive: true, force: true });
      const { code, stdout, stderr } = await runBuilt(words, { stdin, env: { VNET_EXPLAIN_CACHE: cache } });
      return { code, out: stdout, err: stderr };
    }),
};
