import type { Command } from "commander";
import { nearNames } from "../../text/near-names.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandContext } from "../shared/command.ts";
import { fittedHelp, helpWidth } from "./fitted-help.ts";
import { TOPIC_NAMES, TOPICS } from "./topic-list.ts";

const DESCRIPTION = `Help on a command or a topic.

Examples:
  vnet-explain help precedence
  vnet-explain help tags lookup

Topics:
${TOPICS.map(([topic, summary]) => `  ${topic.padEnd(12)}  ${summary}`).join("\n")}`;

/** The width of a topic off a terminal. */
const TOPIC_WIDTH = 100;

/** Declares `help`: on a command, on a topic, or on the program. */
export function declare(command: Command, { start, programFor }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .argument("[words...]", "a command or a topic")
    .action(async (words: readonly string[], _options: unknown, self: Command) => {
      await start(self, async ({ terminal }) => {
        const [topic = "", ...more] = words;
        if (topic === "man-page" && more.length === 0) {
          const { manPage } = await import("./man-page.ts");
          terminal.stdout.write(manPage(await programFor(null)));
        } else if (topic === "reference" && more.length === 0) {
          const { reference } = await import("./reference.ts");
          terminal.stdout.write(reference(await programFor(null)));
        } else if (TOPIC_NAMES.includes(topic) && more.length === 0) {
          const { topicText } = await import("./topics.ts");
          const width = terminal.stdout.columns === null ? TOPIC_WIDTH : helpWidth(terminal.stdout.columns);
          terminal.stdout.write(fittedHelp(topicText(topic, width), width));
        } else commandNamed(await programFor(words), words).outputHelp();
      });
    });
}

/** @throws UserError for a word that is neither a command nor a topic. */
function commandNamed(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) throw unknown(word, command, command === program ? TOPIC_NAMES : []);
    command = next;
  }
  return command;
}

function unknown(word: string, command: Command, topics: readonly string[]): UserError {
  const names = [...command.commands.map((each) => each.name()).filter((name) => !name.startsWith("_")), ...topics];
  const near = nearNames(word, names);
  const all = [...new Set(names)].join(", ");
  return new UserError(
    "unknown-help-topic",
    `unknown command or topic '${word.slice(0, 40)}'`,
    near.length > 0
      ? `did you mean: ${near.join(", ")}`
      : names.length > 0
        ? `one of: ${all}`
        : `see: vnet-explain help ${command.name()}`,
  );
}
