import type { MemberName, SnapshotSummary } from "../../../analysis/fleet/summary.ts";
import type { ServiceTagFile } from "../../../routes/annotation.ts";
import { type LabelledText, labelled } from "../../../terminal/labelled-text.ts";
import type { Symbols } from "../../../terminal/symbols.ts";
import { countText } from "../address-text.ts";
import { shownTime } from "../provenance.ts";

/** The most names of subnets in a line. JSON and `--expand` have all. */
const NAMES_SHOWN = 3;

/** Returns the names of subnets and NICs: `hub/app, hub/db, spoke1/web and 38 more`. */
export function namesText(members: readonly Pick<MemberName, "name">[], shown = NAMES_SHOWN): string {
  const names = members.map(({ name }) => name);
  const rest = names.length - shown;
  return rest > 1 ? `${names.slice(0, shown).join(", ")} and ${countText(`${rest}`)} more` : names.join(", ");
}

const several = (count: number, word: string) => `${countText(`${count}`)} ${word}${count === 1 ? "" : "s"}`;

/** Returns the number of subnets; of NICs if any member is not a whole subnet; of tables if no subnet is known. */
export function membersText(members: readonly Pick<MemberName, "name" | "subnet">[]): string {
  const word = members.every(({ subnet }) => subnet === null)
    ? "table"
    : members.every(({ name, subnet }) => name === subnet)
      ? "subnet"
      : "NIC";
  return several(members.length, word);
}

/** Returns the remarks on a snapshot: members without a table, missing parts, the origin of the data. */
export function summaryTexts(
  { withoutTable, divided, unreadSubscriptions, ...summary }: SnapshotSummary,
  tags: ServiceTagFile | null,
  { problem }: Symbols,
): readonly LabelledText[] {
  const missing = withoutTable.map((each) => ({ name: `${each.name} (${each.reason})` }));
  return [
    ...(missing.length === 0
      ? []
      : [labelled("no table", `${membersText(withoutTable)}: ${namesText(missing)}`, { label: "yellow" })]),
    ...unreadSubscriptions
      .slice(0, NAMES_SHOWN)
      .map(({ id, name, reason }) =>
        labelled("not read", `subscription ${name ?? id}: ${oneLine(reason)}`, { label: "yellow" }),
      ),
    ...(unreadSubscriptions.length <= NAMES_SHOWN
      ? []
      : [labelled("not read", several(unreadSubscriptions.length - NAMES_SHOWN, "more subscription"))]),
    ...(divided.length === 0
      ? []
      : [labelled(problem, `The NICs of ${divided.slice(0, NAMES_SHOWN).join(", ")} have different tables.`)]),
    ...(summary.complete
      ? []
      : [labelled(problem, "The snapshot is incomplete: what is missing may go elsewhere.", { label: "yellow" })]),
    labelled("data", dataText(summary, tags), { text: "dim" }),
  ];
}

/** Returns the lines of a text on one line. */
export const oneLine = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("; ");

/** Describes a snapshot in a few words. */
export function summaryText(summary: SnapshotSummary): string {
  const unread = summary.unreadSubscriptions.map(({ id, name }) => ({ name: name ?? id }));
  const why = unread.length === 0 ? "" : ` (not read: ${several(unread.length, "subscription")}, ${namesText(unread)})`;
  return `${dataText(summary, null)}${summary.complete ? "" : `; incomplete${why}`}`;
}

function dataText(
  { name, takenAt, subnets, nics, tables }: Omit<SnapshotSummary, "withoutTable" | "divided" | "unreadSubscriptions">,
  tags: ServiceTagFile | null,
): string {
  const counts = [
    ...(subnets === 0 ? [] : [several(subnets, "subnet")]),
    several(nics, subnets === 0 ? "table" : "NIC"),
    `${countText(`${tables}`)} distinct`,
  ];
  const time = takenAt === null ? "" : `, taken ${shownTime(takenAt)}`;
  const tagged = tags === null ? "" : `; service tags ${tags.date === null ? tags.file : `of ${tags.date}`}`;
  return `${name}${time}: ${counts.join(", ")}${tagged}`;
}
