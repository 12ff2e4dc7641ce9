import type { TagChange, TagDiff } from "../../../analysis/diff/tags.ts";
import type { RouteTableOrigin } from "../../../routes/effective-route.ts";
import { hanging } from "../../../terminal/hanging.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { addressesText, countText, prefixesText } from "../address-text.ts";
import type { Kind } from "../kind.ts";
import { routeTableText, serviceTagFileText } from "../provenance.ts";
import { type AffectedRoutes, touchedText } from "./diff-routes.ts";

/** The output of `tags diff -o json`. */
export interface TagDiffReport extends TagDiff, AffectedRoutes {
  readonly schemaVersion: "1.0";
  readonly routeTable: RouteTableOrigin | null;
}

/** Options for the text of changed tags. */
export interface TagDiffView {
  /** Show every prefix of a list instead of the first few. */
  readonly expandPrefixes: boolean;
}

/** The kinds of change of a prefix, and their lists in a tag's change. */
const CHANGES: readonly (readonly [string, (tag: TagChange) => readonly string[]])[] = [
  ["added", ({ added }) => added],
  ["removed", ({ removed }) => removed],
  ["gained", ({ gained }) => gained.prefixes],
  ["lost", ({ lost }) => lost.prefixes],
];

/**
 * The changes between two tag files: a row for each prefix of four lists of each tag. `added` and `removed` are entries
 * of the tag's list; `gained` and `lost` are its addresses, however the list summarises them.
 */
export const tagDiff: Kind<TagDiffReport, TagDiffView> = {
  elements: ({ tags }) => tags,
  columns: ["serviceTag", "tagChange", "change", "addressPrefix", "region", "systemService"],
  *rows({ tags }) {
    for (const tag of tags) {
      for (const [change, prefixesOf] of CHANGES) {
        for (const prefix of prefixesOf(tag)) {
          yield [tag.name, tag.change, change, prefix, tag.region, tag.systemService];
        }
      }
    }
  },
  text: async (report, stdout, view) => hanging(await tagDiffText(report, view, stdout), stdout),
  *lines({ tags }, { colours }) {
    for (const { name, change, added, removed } of tags) {
      const [sign, colour] = SIGNS[change];
      yield `${colours[colour](sign)} ${plainText(name)}  +${added.length} -${removed.length} prefixes\n`;
    }
  },
};

const plural = (count: number, one: string, many = `${one}s`) => `${countText(`${count}`)} ${count === 1 ? one : many}`;

/** Returns the gained and lost addresses in a few words. */
function coverageText({ gained, lost }: Pick<TagChange, "gained" | "lost">): string {
  const some = [
    ...(gained.prefixes.length > 0 ? [`${addressesText(gained.addresses)} gained`] : []),
    ...(lost.prefixes.length > 0 ? [`${addressesText(lost.addresses)} lost`] : []),
  ];
  return some.length === 0 ? "the same addresses" : some.join("; ");
}

function headText({ totals: { changed, added, removed } }: TagDiff): string {
  if (changed.tags + added.tags + removed.tags === 0) return "no service tag changed\n";
  const prefixes = `${plural(changed.prefixesAdded, "prefix", "prefixes")} added`;
  const lines = [
    ...(changed.tags === 0
      ? []
      : [
          `${plural(changed.tags, "service tag")} changed: ${prefixes}, ${countText(`${changed.prefixesRemoved}`)} removed`,
          `  ${addressesText(changed.addressesGained)} gained; ${addressesText(changed.addressesLost)} lost`,
        ]),
    ...(changed.resummarised === 0
      ? []
      : [`  ${plural(changed.resummarised, "tag")} of these with unchanged addresses, in different prefixes`]),
    ...(added.tags === 0
      ? []
      : [`${plural(added.tags, "service tag")} added, with ${plural(added.prefixes, "prefix", "prefixes")}`]),
    ...(removed.tags === 0
      ? []
      : [`${plural(removed.tags, "service tag")} removed, with ${plural(removed.prefixes, "prefix", "prefixes")}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const SIGNS = { added: ["+", "green"], removed: ["-", "red"], changed: ["~", "yellow"] } as const;

function tagChangeText(tag: TagChange, { expandPrefixes }: TagDiffView, { colours }: OutputStream): string {
  const [sign, colour] = SIGNS[tag.change];
  const list = (label: string, prefixes: readonly string[]) =>
    prefixes.length === 0
      ? ""
      : `    ${label} ${expandPrefixes ? prefixes.join(`\n    ${label} `) : prefixesText(prefixes)}\n`;
  // If entries were also split or joined, the gained and lost addresses get lines of their own.
  const differs = (entries: readonly string[], prefixes: readonly string[]) =>
    [...entries].sort().join(" ") !== [...prefixes].sort().join(" ");
  return [
    `${colours[colour](sign)} ${colours.bold(plainText(tag.name))}  ${colours.dim(coverageText(tag))}\n`,
    list("+", tag.added),
    list("-", tag.removed),
    ...(tag.change === "changed" && differs(tag.added, tag.gained.prefixes)
      ? [list("gained", tag.gained.prefixes)]
      : []),
    ...(tag.change === "changed" && differs(tag.removed, tag.lost.prefixes) ? [list("lost", tag.lost.prefixes)] : []),
  ].join("");
}

/** Returns the text for people: totals, each changed tag, and the affected routes. */
async function tagDiffText(report: TagDiffReport, view: TagDiffView, stdout: OutputStream): Promise<string> {
  const { tags, before, after, routeTable } = report;
  const data = [
    `before  ${serviceTagFileText(before)}`,
    `after   ${serviceTagFileText(after)}`,
    ...(routeTable === null ? [] : [`routes  ${routeTableText(routeTable)}`]),
  ].map((line) => `${stdout.colours.dim(plainText(line))}\n`);
  const blocks = [
    headText(report),
    tags.map((tag) => tagChangeText(tag, view, stdout)).join(""),
    await touchedText(report, stdout),
    data.join(""),
  ];
  return blocks.filter((block) => block !== "").join("\n");
}
