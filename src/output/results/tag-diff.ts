import type { AddressCounts } from "../../analysis/destinations/address-counts.ts";
import type { TableMove } from "../../analysis/diff/tables.ts";
import type { TouchedRoute } from "../../analysis/diff/tag-routes.ts";
import type { TagChange, TagDiff } from "../../analysis/diff/tags.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { hanging } from "../../terminal/hanging.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { addressesText, countText, prefixesText } from "./address-text.ts";
import type { Kind } from "./kind.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";
import { touchedText } from "./tag-diff-routes.ts";

/** What `tags diff -o json` prints. The fields about routes are null where no route source was named. */
export interface TagDiffReport extends TagDiff {
  readonly schemaVersion: "1.0";
  /** The rows that the change touches. */
  readonly routes: readonly TouchedRoute[] | null;
  /** A prediction: how many addresses go elsewhere once Azure has brought these rows to the newer lists. */
  readonly moved: AddressCounts | null;
  /** Every such address in one and only one. */
  readonly moves: readonly TableMove[] | null;
  readonly routeTable: RouteTableOrigin | null;
}

/** What a table of changed tags leaves out. */
export interface TagDiffView {
  /** Show every prefix of a list instead of its start. */
  readonly expandPrefixes: boolean;
}

/** The changes of a prefix, and their lists in a tag's change. */
const CHANGES: readonly (readonly [string, (tag: TagChange) => readonly string[]])[] = [
  ["added", ({ added }) => added],
  ["removed", ({ removed }) => removed],
  ["gained", ({ gained }) => gained.prefixes],
  ["lost", ({ lost }) => lost.prefixes],
];

/**
 * The changes between two tag files: a row for each prefix of four lists of each tag. `added` and `removed` are entries of the tag's list;
 * `gained` and `lost` are its addresses, however they are summarised.
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
  text: (report, stdout, view) => hanging(tagDiffText(report, view, stdout), stdout),
};

const plural = (count: number, one: string, many = `${one}s`) => `${countText(`${count}`)} ${count === 1 ? one : many}`;

/** What was gained and lost, in a few words. */
function coverageText({ gained, lost }: Pick<TagChange, "gained" | "lost">): string {
  const some = [
    ...(gained.prefixes.length > 0 ? [`${addressesText(gained.addresses)} gained`] : []),
    ...(lost.prefixes.length > 0 ? [`${addressesText(lost.addresses)} lost`] : []),
  ];
  return some.length === 0 ? "the same addresses" : some.join("; ");
}

function headText({ totals: { changed, added, removed } }: TagDiff): string {
  if (changed.tags + added.tags + removed.tags === 0) return "no service tag changed\n";
  const lines = [
    ...(changed.tags === 0
      ? []
      : [
          `${plural(changed.tags, "service tag")} changed: ${plural(changed.prefixesAdded, "prefix", "prefixes")} added, ${countText(`${changed.prefixesRemoved}`)} removed`,
          `  ${addressesText(changed.addressesGained)} gained; ${addressesText(changed.addressesLost)} lost`,
        ]),
    ...(changed.resummarised === 0
      ? []
      : [`  ${plural(changed.resummarised, "tag")} of these with the same addresses as before, in other prefixes`]),
    ...(added.tags === 0
      ? []
      : [`${plural(added.tags, "service tag")} new, with ${plural(added.prefixes, "prefix", "prefixes")}`]),
    ...(removed.tags === 0
      ? []
      : [`${plural(removed.tags, "service tag")} gone, with ${plural(removed.prefixes, "prefix", "prefixes")}`]),
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
  // Where entries were only split or joined besides, what was gained and lost is told by itself.
  const differs = (entries: readonly string[], prefixes: readonly string[]) =>
    prefixes.length > 0 && [...entries].sort().join(" ") !== [...prefixes].sort().join(" ");
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

/** What changed between two tag files, for people: the sums, each tag, and which routes it touches. */
function tagDiffText(report: TagDiffReport, view: TagDiffView, stdout: OutputStream): string {
  const { tags, before, after, routeTable } = report;
  const data = [
    `before  ${serviceTagFileText(before)}`,
    `after   ${serviceTagFileText(after)}`,
    ...(routeTable === null ? [] : [`routes  ${routeTableText(routeTable)}`]),
  ].map((line) => `${stdout.colours.dim(plainText(line))}\n`);
  const blocks = [
    headText(report),
    tags.map((tag) => tagChangeText(tag, view, stdout)).join(""),
    touchedText(report, stdout),
    data.join(""),
  ];
  return blocks.filter((block) => block !== "").join("\n");
}
