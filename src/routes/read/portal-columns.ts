/** ARM's field for each heading that the portal and spreadsheets made from it use, letters only, in lower case. */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ["source", "source"],
  ["state", "state"],
  ["addressprefixes", "addressPrefix"],
  ["addressprefix", "addressPrefix"],
  ["nexthoptype", "nextHopType"],
  ["nexthopipaddress", "nextHopIpAddress"],
  ["nexthopipaddresses", "nextHopIpAddress"],
  ["nexthopip", "nextHopIpAddress"],
  ["userdefinedroutename", "name"],
  ["udrname", "name"],
  ["routename", "name"],
  ["name", "name"],
  ["disablebgproutepropagation", "disableBgpRoutePropagation"],
  ["hasbgpoverride", "hasBgpOverride"],
  ["destinationservicetags", "destinationServiceTags"],
]);

/** The name of the field that a column holds: ARM's where known, else the heading itself. */
export function columnFor(heading: string): string {
  return COLUMNS.get(heading.toLowerCase().replace(/[^a-z]/g, "")) ?? heading;
}

/** A heading of some ten columns has some hundred characters. */
const LONGEST_HEADING = 10_000;

/**
 * What separates the cells, judged by the first line: the portal writes commas, spreadsheets of many countries save
 * semicolons or tabs. Null where the line is not the heading of a route table.
 */
export function delimiterOf(text: string): string | null {
  const heading =
    text
      .trimStart()
      .slice(0, LONGEST_HEADING + 1)
      .split(/\r\n|\r|\n/, 1)[0] ?? "";
  if (heading.length > LONGEST_HEADING) return null;
  for (const delimiter of [",", ";", "\t"]) {
    const fields = heading.split(delimiter).map((cell) => columnFor(cell.trim()));
    if (fields.includes("addressPrefix") && fields.length > 1) return delimiter;
  }
  return null;
}
