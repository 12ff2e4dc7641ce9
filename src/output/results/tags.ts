import type { ListedTag, TagListReport, TagReport } from "../../service-tags/list-report.ts";
import { EMPTY, inColumns, type Line } from "../../terminal/columns.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import type { TagStatusReport, TagUpdateReport } from "./result.ts";

const cell = (text: string | number | null) => (text === null || text === "" ? EMPTY : plainText(String(text)));

/** Facts, one a line: what it is, and its value. */
function facts(pairs: readonly (readonly [string, string | number | null])[], stdout: OutputStream): string {
  const width = pairs.reduce((most, [name]) => Math.max(most, name.length), 0);
  return pairs.map(([name, value]) => `${stdout.colours.cyan(name.padEnd(width))}  ${cell(value)}\n`).join("");
}

/** What an update brought. */
export function tagUpdateText({ update }: TagUpdateReport, stdout: OutputStream): string {
  const before = update.previousChangeNumber === null ? "none" : `change number ${update.previousChangeNumber}`;
  return facts(
    [
      ["file", update.file],
      ["cloud", update.cloud],
      ["change number", update.changeNumber],
      ["date", update.date],
      ["tags", update.tags],
      ["prefixes", update.prefixes],
      ["before", update.changed ? before : "the same file"],
    ],
    stdout,
  );
}

/** Which tags are kept, of when and where. */
export function tagStatusText({ status }: TagStatusReport, stdout: OutputStream): string {
  const { current, previous } = status;
  return facts(
    [
      ["file", current?.file ?? null],
      ["cloud", current?.cloud ?? status.cloud],
      ["change number", current?.changeNumber ?? null],
      ["date", current?.date ?? null],
      ["tags", current?.tags ?? null],
      ["prefixes", current?.prefixes ?? null],
      ["age", status.ageDays === null ? null : `${status.ageDays} ${status.ageDays === 1 ? "day" : "days"}`],
      ["stored", current?.storedAt ?? null],
      ["previous", previous?.file ?? null],
      ["path", status.path],
    ],
    stdout,
  );
}

const LIST_HEADING = ["SERVICE TAG", "REGION", "SYSTEM SERVICE", "IPV4 PREFIXES", "IPV6 PREFIXES"];

/** A line for each tag. */
export async function tagListText({ tags }: TagListReport, stdout: OutputStream): Promise<string> {
  const line = ({ name, region, systemService, prefixes }: ListedTag): Line => ({
    cells: [name, region, systemService, prefixes.v4, prefixes.v6].map(cell),
    colour: null,
  });
  return inColumns([{ cells: LIST_HEADING, colour: "bold" }, ...tags.map(line)], stdout);
}

/** A tag's facts, then a line for each prefix. */
export function tagText({ tag }: TagReport, stdout: OutputStream): string {
  const head = facts(
    [
      ["service tag", tag.name],
      ["region", tag.region],
      ["system service", tag.systemService],
      ["change number", tag.changeNumber],
      ["network features", tag.networkFeatures.join(", ")],
      ["prefixes", `${tag.prefixes.v4} IPv4, ${tag.prefixes.v6} IPv6`],
    ],
    stdout,
  );
  return `${head}\n${tag.addressPrefixes.map((prefix) => `${prefix}\n`).join("")}`;
}
