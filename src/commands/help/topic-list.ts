/** The help topics and their summaries; `topics.ts` has the texts and is loaded for `help <topic>` alone. */
export const TOPICS: readonly (readonly [topic: string, summary: string])[] = [
  ["destinations", "what --ip accepts, and how each is answered"],
  ["exit-codes", "what each exit code means"],
  ["output", "formats, columns and streams"],
  ["rules", "the rules by which Azure chooses a route"],
  ["environment", "environment variables"],
  ["policies", "how to write a policy for check"],
  ["next-hops", "next hop types: raw, portal and Network Watcher names"],
];

/** The names of the help topics. */
export const TOPIC_NAMES = TOPICS.map(([topic]) => topic);

/** The last lines of the program's help. */
export const TOPICS_FOOTER = `Help topics (vnet-explain help <topic>):\n  ${TOPIC_NAMES.join(", ")}`;

/** The last lines of a command's help. */
export const COMMAND_FOOTER = `
Global options (-o, --query, -q, -v, --color): vnet-explain --help
${TOPICS_FOOTER}`;
