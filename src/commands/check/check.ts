import type { Command } from "commander";
import { ForwardingTable } from "../../analysis/bulk/forwarding-table.ts";
import { showsTags } from "../../analysis/destinations/shown-tags.ts";
import { checkPolicy } from "../../analysis/policy/check.ts";
import { requireKnownTags } from "../../analysis/policy/judged-addresses.ts";
import { type Policy, policyError } from "../../analysis/policy/policy.ts";
import { readPolicy } from "../../analysis/policy/read-policy.ts";
import type { PolicyCheck } from "../../analysis/policy/result.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import { decodeText } from "../../routes/read/decode-text.ts";
import { isRouteFileError } from "../../routes/read/route-file-error.ts";
import { readInput, readInputFile } from "../../store/files/input-file.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { oneOfSources, saveAnswerOption } from "../shared/live-options.ts";
import { addRouteSource } from "../shared/route-source.ts";
import { TABLE_SOURCES } from "../shared/source-word.ts";
import { loadTagsForSources } from "../shared/table-source.ts";
import { addTagSource, noteOnTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { loadNamedTables, type SeveralSourcesOptions, sourcesOf, wholeSnapshot } from "./several-tables.ts";

const DESCRIPTION = `Check that every address that a policy names goes where the policy says.

Examples:
  vnet-explain check policy.yaml sample:udr-and-endpoint
  vnet-explain check policy.yaml nic:vm-app197 nic:vm-db42 -g rg-demo
  vnet-explain check policy.yaml tables/*.json -o junit > results.xml`;

export interface CheckOptions extends SeveralSourcesOptions, Omit<TagSourceOptions, "sample"> {
  readonly expand?: boolean | undefined;
}

/** Declares `check`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .argument("<policy>", "a YAML or JSON file, - stdin; see: vnet-explain help policies")
    .argument("[tables...]", TABLE_SOURCES)
    .option("--expand", "show every prefix, explain each counterexample");
  addTagSource(addRouteSource(command, saveAnswerOption(), oneOfSources)).action(
    async (policy: string, tables: readonly string[], options: CheckOptions, self: Command) => {
      await start(self, (io) => runCheck(policy, tables, options, io));
    },
  );
}

/** In bytes. The YAML parser takes seconds for this much. */
const LARGEST_POLICY = 1024 * 1024;

const A_POLICY = "give a policy as YAML or JSON in UTF-8; see: vnet-explain help policies";

/**
 * Checks the policy against every table and prints the result of each rule.
 * @throws UserError for a policy that is violated or could not be judged, after printing.
 */
export async function runCheck(
  policyFile: string,
  words: readonly string[],
  options: CheckOptions,
  io: CommandIO,
): Promise<void> {
  const { expand, tags: tagFile, cloud, ...rest } = options;
  const sources = sourcesOf(words, { ...rest, cloud });
  if ([policyFile, ...sources.map(({ file }) => file)].filter((name) => name === "-").length > 1) {
    throw new UserError("stdin-twice", "stdin can be only one input", "save one of them to a file");
  }
  const policy = await loadPolicy(policyFile, words[0], io.terminal);
  const snapshot = wholeSnapshot(sources);
  if (snapshot !== null) return runCheckOfSnapshot(policy, snapshot, options, io);
  const tags = await loadTagsForSources(sources, { tags: tagFile, cloud }, io.terminal);
  // Before any call to Azure, which can take minutes.
  requireKnownTags(policy, tags);
  const tables = await loadNamedTables(sources, io.terminal);
  const subjects = tables.map(({ name, table }) => ({
    name,
    annotated: annotateTable(table, tags),
    table: new ForwardingTable(table.routes),
  }));
  const check = checkPolicy(policy, subjects, tags);
  const explained = check.results.flatMap(({ counterExamples }) => counterExamples.map((each) => each.explanation));
  if (showsTags(explained)) noteOnTags(tags, cloud, io.terminal);
  await io.print({
    kind: "check",
    report: {
      schemaVersion: "1.0",
      ...check,
      routeTables: tables.map(({ name, table }) => ({ table: name, origin: table.origin })),
      serviceTagFile: tags?.file ?? null,
      snapshot: null,
    },
    view: { expand: expand === true },
    page: { tables: subjects.map(({ name, annotated }) => ({ label: name, annotated })), carriedTags: null },
  });
  if (!check.passed) throw failure(check);
}

async function runCheckOfSnapshot(
  policy: Policy,
  path: string,
  { expand, tags: tagFile, cloud, addresses, refresh, save }: CheckOptions,
  io: CommandIO,
): Promise<void> {
  const [{ loadSnapshot, namedAddresses }, { checkOfSnapshot }] = await Promise.all([
    import("../shared/snapshot/load-snapshot.ts"),
    import("./snapshot.ts"),
  ]);
  const loaded = await loadSnapshot(path, { addresses, refresh, save }, io.terminal);
  const tags = await loadTagsForSources(
    [{}],
    { tags: tagFile, cloud: cloud ?? loaded.cloud ?? undefined },
    io.terminal,
  );
  const report = checkOfSnapshot(policy, loaded, tags, await namedAddresses({ addresses }));
  const explained = report.results.flatMap(({ counterExamples }) => counterExamples.map((each) => each.explanation));
  if (showsTags(explained)) noteOnTags(tags, cloud ?? loaded.cloud, io.terminal);
  await io.print({ kind: "check", report, view: { expand: expand === true }, page: { tables: [], carriedTags: null } });
  if (!report.passed) throw failure(report);
}

async function loadPolicy(file: string, next: string | undefined, terminal: Terminal): Promise<Policy> {
  const name = file === "-" ? "stdin" : file;
  let text: string | null = null;
  if (file === "-" && terminal.stdin.isTTY) {
    terminal.note("reading a policy from the keyboard; end with Ctrl-D (Windows: Ctrl-Z)");
  }
  try {
    const read = file === "-" ? readInput(terminal.stdin, name, LARGEST_POLICY) : readInputFile(file, LARGEST_POLICY);
    text = decodeText(await read);
    return readPolicy(text, name);
  } catch (error) {
    if (error instanceof UserError && error.code === "file-too-large") {
      throw new UserError(error.code, error.message, A_POLICY);
    }
    if (error instanceof UserError && error.code === "file-not-found" && error.correction === null && file !== "") {
      const hint = "check the path; to write a policy, see: vnet-explain help policies";
      throw new UserError(error.code, error.message, hint);
    }
    if (text !== null && error instanceof UserError && (await isRouteTable(text))) {
      const correction =
        next !== undefined && isYaml(next)
          ? { words: [file, next], instead: [next, file], lead: "the policy comes first" }
          : null;
      const hint = "the policy comes first: vnet-explain check POLICY TABLE";
      throw new UserError(error.code, `${name} is a route table, not a policy`, hint, error.exit, { correction });
    }
    if (!isRouteFileError(error)) throw error;
    throw policyError(name, [{ line: 1, message: error.message, hint: A_POLICY }]);
  }
}

async function isRouteTable(text: string): Promise<boolean> {
  const { readRouteTable } = await import("../../routes/read/read-route-table.ts");
  return readRouteTable(text).then(
    () => true,
    () => false,
  );
}

const isYaml = (path: string) => /\.ya?ml$/i.test(path);

function failure({ count: { violated, notJudged } }: PolicyCheck): UserError {
  const errors = (count: number) => `${count} ${count === 1 ? "error" : "errors"}`;
  const parts = [
    ...(violated.error > 0 ? [`violated: ${errors(violated.error)}`] : []),
    ...(notJudged.error > 0 ? [`not judged: ${errors(notJudged.error)}`] : []),
  ];
  return new UserError(
    violated.error > 0 ? "policy-violated" : "policy-not-judged",
    parts.length === 0 ? "the snapshot is incomplete" : `policy ${parts.join("; ")}`,
    "see the details on stdout; -o json has all of them",
    "unexpected",
    { isShown: true },
  );
}
