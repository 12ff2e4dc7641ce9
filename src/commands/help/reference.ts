import type { Command, Option } from "commander";
import { FORMATS, formatEntry } from "../../output/formats/formats.ts";
import { ENVIRONMENT } from "./environment.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { describedIn, fullName, leafCommands } from "./leaf-commands.ts";
import { isShared, SIGN_IN_OPTIONS, SOURCE_OPTIONS, sharedOptions } from "./option-groups.ts";
import { TOPICS } from "./topic-list.ts";
import { topicText } from "./topics.ts";

/** A section of the page. Its level is that of its heading. */
interface Section {
  readonly level: 2 | 3;
  readonly heading: string;
  readonly text: string;
}

const oneLine = (text: string) => text.trim().split(/\s+/).join(" ");
const cell = (text: string) => oneLine(text).replaceAll("|", "\\|");
const code = (text: string) => `\`${text}\``;

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

const block = (language: string, text: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** The examples of a description, without their indentation. */
const commandLines = (examples: string) => block("sh", examples.replace(/^ {2}/gm, ""));

const isShown = (option: Option) => !option.hidden && option.long !== "--help" && !isShared(option);

const optionTable = (options: readonly Option[]) =>
  table(
    ["option", "meaning"],
    options.map(({ flags, description }) => [code(flags), description]),
  );

const SHARED = "And the [source options](#source-options) and [sign-in options](#sign-in-options).";

function commandSection(command: Command): Section {
  const { description, examples } = describedIn(command);
  const name = fullName(command);
  const helper = command.createHelp();
  const words = helper.visibleArguments(command).map((each) => [code(helper.argumentTerm(each)), each.description]);
  const own = command.options.filter(isShown);
  const parts = [
    block("text", helper.commandUsage(command)),
    // A second paragraph of a description is laid out for a terminal.
    ...description.split("\n\n").map((part, at) => (at === 0 ? oneLine(part) : block("text", part))),
    ...(examples === "" ? [] : [commandLines(examples)]),
    ...(words.length === 0 ? [] : [table(["argument", "meaning"], words)]),
    ...(own.length > 0 ? [optionTable(own)] : []),
    ...(command.options.some(isShared) ? [SHARED] : []),
  ];
  return { level: 3, heading: name, text: parts.join("\n\n") };
}

/** The anchor that GitHub gives a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

const contents = (sections: readonly Section[]) =>
  sections.map(({ level, heading }) => `${level === 2 ? "" : "  "}- [${heading}](#${anchor(heading)})`).join("\n");

const COLUMNS = 120;

/** The reference of the whole program in Markdown, from the same texts as `--help` and the help topics. */
export function reference(program: Command): string {
  const formats = FORMATS.map((name) => {
    const { about, only, aliases = [] } = formatEntry(name);
    return [[name, ...aliases].map(code).join(", "), only === undefined ? "all" : only.map(code).join(", "), about];
  });
  const commands = leafCommands(program);
  const sections: readonly Section[] = [
    { level: 2, heading: "Commands", text: "The options of all commands are under [Global options](#global-options)." },
    ...commands.map(commandSection),
    { level: 2, heading: "Source options", text: optionTable(sharedOptions(commands, SOURCE_OPTIONS)) },
    { level: 2, heading: "Sign-in options", text: optionTable(sharedOptions(commands, SIGN_IN_OPTIONS)) },
    { level: 2, heading: "Global options", text: optionTable(program.options.filter(isShown)) },
    { level: 2, heading: "Output formats", text: table(["format", "commands", "what it writes"], formats) },
    {
      level: 2,
      heading: "Exit codes",
      text: table(
        ["exit code", "meaning"],
        Object.values(EXIT_CODES).map((each) => [String(each.code), each.meaning]),
      ),
    },
    {
      level: 2,
      heading: "Environment variables",
      text: table(
        ["variables", "meaning"],
        ENVIRONMENT.map(([names, meaning]) => [names.split(", ").map(code).join(", "), meaning]),
      ),
    },
    { level: 2, heading: "Help topics", text: "What `vnet-explain help TOPIC` prints." },
    ...TOPICS.filter(([topic]) => !["exit-codes", "environment"].includes(topic)).map(
      ([topic, summary]): Section => ({
        level: 3,
        heading: `Topic: ${topic}`,
        text: `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.\n\n${block("text", topicText(topic, COLUMNS))}`,
      }),
    ),
  ];
  return `# Reference

Every command, option, format, exit code and variable. The page comes from the program's own help: \`vnet-explain help reference\` prints it.

${contents(sections)}

${sections.map(({ level, heading, text }) => `${"#".repeat(level)} ${heading}\n\n${text}\n`).join("\n")}`;
}
