import type { Command } from "commander";
import { nearNames } from "../../text/near-names.ts";
import type { Declaration } from "../shared/declaration.ts";
import { UsageError } from "../shared/errors.ts";

const SUMMARIES: readonly (readonly [topic: string, summary: string])[] = [
  ["destinations", "what --ip takes, and how each is answered"],
  ["exit-codes", "what each exit code means"],
  ["output", "formats, columns and streams"],
  ["rules", "the rules by which Azure chooses a route"],
  ["environment", "the environment variables that are read"],
  ["policies", "how a policy for check is written"],
  ["next-hops", "next hop types: raw, portal and Network Watcher names"],
];

/** The names of the help topics. */
export const TOPIC_NAMES = SUMMARIES.map(([topic]) => topic);

/** The help topics, at the end of a help. */
export const HELP_TOPICS_LINES = `Topics, by vnet-explain help <topic>:\n  ${TOPIC_NAMES.join(", ")}`;

/** Where a command's help ends, and where to read on. */
export const HELP_FOOTER = `
Global options (-o, --query, -q, -v, --color): vnet-explain --help
${HELP_TOPICS_LINES}`;

/** `help`: of a command, of a topic, or of the program. */
export function helpCommand(program: Command): Declaration {
  return {
    name: "help",
    summary: "help on a command or a topic",
    declare(command, start) {
      command
        .description(
          `Help on a command or a topic.\n\nExamples:\n  vnet-explain help rules\n  vnet-explain help tags lookup\n\nTopics:\n${SUMMARIES.map(([topic, summary]) => `  ${topic.padEnd(12)} ${summary}`).join("\n")}`,
        )
        .argument("[words...]", "a command or a topic")
        .action(async (words: readonly string[], _options: unknown, self: Command) => {
          const [topic = ""] = words;
          await start(self, async ({ terminal }) => {
            const { helpTopic } = await import("./topics.ts");
            const text =
              words.length === 1 ? helpTopic(topic, program, Math.min(terminal.stdout.columns ?? 100, 120)) : null;
            if (text === null) commandNamed(program, words).outputHelp();
            else terminal.stdout.write(text);
          });
        });
    },
  };
}

function commandNamed(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) throw unknown(word, command, command === program ? TOPIC_NAMES : []);
    command = next;
  }
  return command;
}

function unknown(word: string, command: Command, topics: readonly string[]): UsageError {
  const names = [...command.commands.map((each) => each.name()).filter((name) => !name.startsWith("_")), ...topics];
  const near = nearNames(word, names);
  return new UsageError(
    "unknown-help-topic",
    `there is no command or topic '${word.slice(0, 40)}'`,
    near.length > 0
      ? `did you mean: ${near.join(", ")}`
      : names.length > 0
        ? `one of: ${names.join(", ")}`
        : `see: vnet-explain help ${command.name()}`,
  );
}
