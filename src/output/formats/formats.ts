import type { Format } from "./format.ts";

/** A format in the list: its line in `help output`, the commands that have it (missing: all), and its module. */
interface Entry {
  readonly about: string;
  /** Other names. */
  readonly aliases?: readonly string[];
  /** Whether it prints rows and columns, which --columns, --sort and --no-headers arrange. */
  readonly flat?: true;
  /** Whether it prints the report itself, of which --query chooses parts. */
  readonly structured?: true;
  readonly only?: readonly string[];
  load(): Promise<Format>;
}

/** The output formats. A format is loaded when it is used. */
const ENTRIES = {
  table: {
    about: "columns without borders, or for whichroute a text that reads like a proof (the default, also in a pipe)",
    flat: true,
    load: async () => (await import("./table.ts")).table,
  },
  wide: { about: "every column, one line a row", flat: true, load: async () => (await import("./wide.ts")).wide },
  short: {
    about: "one line for each destination, route, address or change; for whichroute the answer, like ip route get",
    load: async () => (await import("./short.ts")).short,
  },
  json: {
    about: "the whole report; absent values are null, lists are always lists; schemaVersion comes first",
    structured: true,
    load: async () => (await import("./json.ts")).json,
  },
  ndjson: {
    about: "the report's elements, one a line",
    aliases: ["jsonl"],
    structured: true,
    load: async () => (await import("./ndjson.ts")).ndjson,
  },
  csv: {
    about: "with a header; RFC 4180; a cell that a spreadsheet would run gets an apostrophe in front",
    flat: true,
    load: async () => (await import("./csv.ts")).csv,
  },
  tsv: {
    about: "without a header; '-' for an empty cell; the columns are those of csv and never change their order",
    flat: true,
    load: async () => (await import("./tsv.ts")).tsv,
  },
  yaml: {
    about: "as json",
    aliases: ["yml"],
    structured: true,
    load: async () => (await import("./yaml.ts")).yaml,
  },
  markdown: {
    about: "a table",
    aliases: ["md"],
    flat: true,
    load: async () => (await import("./markdown.ts")).markdown,
  },
  html: {
    only: ["routes", "whichroute", "whatif", "diff", "check", "trace", "report"],
    about:
      "one self-contained page for a browser, which answers for any address (of a snapshot: for the given ones); report writes it to a file",
    load: async () => (await import("./html.ts")).html,
  },
  none: { about: "nothing: the exit code is the answer", load: async () => (await import("./none.ts")).none },
  junit: {
    only: ["check"],
    about: "test results for a pipeline",
    load: async () => (await import("./junit.ts")).junit,
  },
  mermaid: {
    only: ["trace"],
    about: "a flowchart for Markdown pages",
    load: async () => (await import("./mermaid.ts")).mermaid,
  },
  dot: {
    only: ["trace"],
    about: "a graph for Graphviz",
    load: async () => (await import("./dot.ts")).dot,
  },
  sarif: {
    only: ["check"],
    about: "findings in the policy's lines, SARIF 2.1.0",
    load: async () => (await import("./sarif/sarif.ts")).sarif,
  },
} satisfies Record<string, Entry>;

/** The name of an output format. */
export type FormatName = keyof typeof ENTRIES;

export const DEFAULT_FORMAT: FormatName = "table";

/** Every format, in the order in which they are listed. */
export const FORMATS = Object.keys(ENTRIES) as readonly FormatName[];

/** Returns a format's entry in the list. */
export const formatEntry = (name: FormatName): Entry => ENTRIES[name];

/** Commands with one format alone. */
const ONE_FORMAT: Readonly<Record<string, FormatName>> = { report: "html" };

/** Returns the format that a name or an alias means, in any case; null for any other text. */
export function formatNamed(typed: string): FormatName | null {
  const name = typed.trim().toLowerCase();
  return FORMATS.find((each) => each === name || formatEntry(each).aliases?.includes(name)) ?? null;
}

/** Returns the formats of a command; without a command, those that every command has. */
export const formatsOf = (command = ""): readonly FormatName[] => {
  const one = ONE_FORMAT[command];
  return one === undefined ? FORMATS.filter((name) => formatEntry(name).only?.includes(command) !== false) : [one];
};
