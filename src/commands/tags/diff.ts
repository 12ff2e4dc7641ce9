import type { Command } from "commander";
import { movesOfTags } from "../../analysis/diff/tag-moves.ts";
import { touchedRoutes } from "../../analysis/diff/tag-routes.ts";
import { diffTags, type TagDiff } from "../../analysis/diff/tags.ts";
import type { TagDiffReport } from "../../output/results/tags/diff.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import { nearTags } from "../../service-tags/regions.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { compareAges } from "../../service-tags/tag-file-age.ts";
import { type TagFilter, tagTest } from "../../service-tags/tag-filter.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { cloudOption } from "../shared/live-options.ts";
import { addRouteSource, loadRoutes, type RouteSourceOptions } from "../shared/route-source.ts";
import { TABLE_SOURCES } from "../shared/source-word.ts";
import { withSource } from "../shared/words.ts";
import { refuseUnknownRegion, refuseUnknownService, TAG_LIST } from "./refuse-filter.ts";
import { loadTagWord } from "./tag-word.ts";

const DESCRIPTION = `Show what changed between two tag files, by default in this week's update.

Examples:
  vnet-explain tags diff
  vnet-explain tags diff --tag Storage --file routes.json
  vnet-explain tags diff previous current --region westeurope`;

export interface TagsDiffOptions extends RouteSourceOptions, TagFilter {
  readonly expand?: boolean | undefined;
  readonly exitCode?: boolean | undefined;
}

/** Declares `tags diff`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .usage("[old] [new] [source] [options]")
    .argument("[old]", "a file, - (stdin) or previous (default): before the update")
    .argument("[new]", "a file, - or current (default): the one in use")
    .argument("[source...]", `routes: ${TABLE_SOURCES}`)
    .option("--tag <tag>", "only this tag and its regional tags")
    .option("--service <service>", "only tags of this service: Storage, or AzureStorage")
    .option("--region <region>", "only tags of this region: westeurope")
    .option("--expand", "show every prefix")
    .option("--exit-code", "exit 3 if any tag was changed, added or removed");
  addRouteSource(command)
    .addOption(cloudOption())
    .action(async (old: Word, now: Word, more: readonly string[], options: TagsDiffOptions, self: Command) => {
      const { files, sources } = sorted([old, now, ...more]);
      const [before = "previous", after = "current"] = files;
      await start(self, async (io) =>
        runTagsDiff(before, after, await withSource(sources, options, self, io.terminal), io),
      );
    });
}

type Word = string | undefined;

/** The first two words are tag files, and the third names routes; one that can only name routes does so anywhere. */
function sorted(given: readonly Word[]) {
  const words = given.filter((word) => word !== undefined);
  const others = words.filter((word) => !isTable(word));
  return { files: others.slice(0, 2), sources: [...words.filter(isTable), ...others.slice(2)] };
}

const isTable = (word: string) => /^(nic|vm|sample):/i.test(word) || word === "last";

/** Prints what changed between two tag files. With a route source, also which of its routes the changes affect. */
export async function runTagsDiff(old: string, now: string, options: TagsDiffOptions, io: CommandIO): Promise<void> {
  refuseStdinTwice([old, now, options.file]);
  const cloud = options.cloud ?? "public";
  const older = await loadTagWord(old, cloud, io.terminal);
  const newer = await loadTagWord(now, cloud, io.terminal);
  refuseUnknown(options, [older, newer]);
  noteOddPair(older.file, newer.file, io.terminal);
  const diff = diffTags(older, newer, options);
  const report: TagDiffReport = {
    schemaVersion: "1.0",
    ...diff,
    ...(namesRoutes(options) ? await touched(diff, older, newer, options, io.terminal) : NO_ROUTES),
  };
  await io.print({ kind: "tags-diff", report, view: { expandPrefixes: options.expand === true } });
  if (options.exitCode === true && diff.tags.length > 0) {
    const { changed, added, removed } = diff.totals;
    throw new UserError(
      "tags-changed",
      `service tags differ: ${changed.tags} changed, ${added.tags} added, ${removed.tags} removed`,
      "see the list on stdout; --exit-code turns a difference into exit 3",
      "unexpected",
      { isShown: true },
    );
  }
}

const NO_ROUTES = { routes: null, moved: null, moves: null, routeTable: null } as const;

const namesRoutes = ({ file, sample, nic, vm, privateIp, refresh, last }: TagsDiffOptions) =>
  refresh === true || last === true || [file, sample, nic, vm, privateIp].some((source) => source !== undefined);

async function touched(
  diff: TagDiff,
  older: TagCatalogue,
  newer: TagCatalogue,
  options: TagsDiffOptions,
  terminal: Terminal,
): Promise<Pick<TagDiffReport, keyof typeof NO_ROUTES>> {
  const { table } = await loadRoutes(options, terminal);
  const annotated = annotateTable(table, older);
  const routes = touchedRoutes(diff, annotated);
  return { routes, ...movesOfTags(routes, annotated, newer), routeTable: table.origin };
}

function refuseStdinTwice(sources: readonly (string | undefined)[]): void {
  if (sources.filter((source) => source === "-").length < 2) return;
  throw new UserError("stdin-twice", "stdin can be only one input", "save the others to files");
}

/** @throws UserError for a tag, service or region that neither file has: "nothing changed" would hide the mistake. */
function refuseUnknown({ tag, service, region }: TagFilter, catalogues: readonly TagCatalogue[]): void {
  const tags = catalogues.flatMap((catalogue) => catalogue.details());
  if (tag !== undefined && !tags.some(tagTest({ tag }, () => tags))) {
    const near = nearTags(tag, tags);
    const hint = near.length > 0 ? `did you mean: ${near.join(", ")}` : TAG_LIST;
    throw new UserError("unknown-tag", `unknown service tag '${quotedText(tag, 40)}'`, hint);
  }
  refuseUnknownService(service, tags);
  refuseUnknownRegion(region, tags);
}

/** Prints a note about a pair of files that is probably a mistake. */
function noteOddPair(before: ServiceTagFile, after: ServiceTagFile, terminal: Terminal): void {
  if (before.cloud !== null && after.cloud !== null && before.cloud !== after.cloud) {
    terminal.note(`the files are from different clouds (${before.cloud}, ${after.cloud}) and have little in common`);
    return;
  }
  const ages = compareAges(before, after);
  if (ages?.isFirstNewer !== true) return;
  terminal.note(`the first file is the newer one (${ages.first}, then ${ages.second}); changes are shown backwards`);
}
