import type { TagChange, TagDiff } from "../../analysis/diff/tags.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { addressesText, countText, prefixesText } from "./address-text.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";
import type { TagDiffReport } from "./reports.ts";
import type { TagDiffView } from "./result.ts";
import { touchedText } from "./tag-diff-routes.ts";

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
export function tagDiffText(report: TagDiffReport, view: TagDiffView, stdout: OutputStream): string {
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
