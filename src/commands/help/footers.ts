import type { Command } from "commander";
import { HOMEPAGE, ISSUES } from "../../text/version.ts";
import { hasShared, SIGN_IN_OPTIONS, SOURCE_OPTIONS } from "./option-groups.ts";
import { TOPIC_NAMES } from "./topic-list.ts";

/** The addresses of the documents and of the issues. Empty until the package has them. */
const LINKS = [
  HOMEPAGE === null ? "Documents: docs/ in the package" : `Documents: ${HOMEPAGE}`,
  ...(ISSUES === null ? [] : [`Issues: ${ISSUES}`]),
].join("\n");

/** The last lines of the program's help. */
export const PROGRAM_FOOTER = `
Help topics (vnet-explain help <topic>):
  ${TOPIC_NAMES.join(", ")}

${LINKS}`;

/** The last lines of a command's help: the topics that describe the options it shares with others. */
export function commandFooter(command: Command): string {
  const topics = [
    ...(TOPIC_NAMES.includes(command.name()) ? [`help ${command.name()}`] : []),
    ...(hasShared(command, SOURCE_OPTIONS) ? ["help sources"] : []),
    ...(hasShared(command, SIGN_IN_OPTIONS) ? ["help sign-in"] : []),
    "--help (-o, -q, ...)",
  ];
  return `\nMore options: vnet-explain ${topics.join(", ")}\n${LINKS}`;
}
