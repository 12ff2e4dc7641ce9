/**
 * The columns of a table of routes, by ARM's field. `nic` is the column that some people add to tables of several
 * NICs. How a cell is read depends on the column: a word, a list, or text.
 */
export type Column =
  | "source"
  | "state"
  | "addressPrefix"
  | "nextHopType"
  | "nextHopIpAddress"
  | "name"
  | "disableBgpRoutePropagation"
  | "hasBgpOverride"
  | "destinationServiceTags"
  | "nic";

/** The headings of az, PowerShell, the portal and people's own tables: letters only, in lower case. */
const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ["source", "source"],
  ["state", "state"],
  ["addressprefix", "addressPrefix"],
  ["addressprefixes", "addressPrefix"],
  ["prefix", "addressPrefix"],
  ["prefixes", "addressPrefix"],
  ["nexthoptype", "nextHopType"],
  ["effectivenexthoptype", "nextHopType"],
  ["nexthop", "nextHopIpAddress"],
  ["nexthops", "nextHopIpAddress"],
  ["nexthopip", "nextHopIpAddress"],
  ["nexthopips", "nextHopIpAddress"],
  ["nexthopipaddress", "nextHopIpAddress"],
  ["nexthopipaddresses", "nextHopIpAddress"],
  ["effectivenexthopip", "nextHopIpAddress"],
  ["effectivenexthopipaddress", "nextHopIpAddress"],
  ["name", "name"],
  ["routename", "name"],
  ["udrname", "name"],
  ["userdefinedroutename", "name"],
  ["disablebgproutepropagation", "disableBgpRoutePropagation"],
  ["hasbgpoverride", "hasBgpOverride"],
  ["destinationservicetags", "destinationServiceTags"],
  ["nic", "nic"],
  ["nicname", "nic"],
  ["networkinterface", "nic"],
  ["networkinterfacename", "nic"],
]);

/**
 * The columns without which a table does not say which route wins, with the heading that az and the portal give them.
 */
export const REQUIRED: readonly (readonly [Column, string])[] = [
  ["addressPrefix", "Address Prefix"],
  ["nextHopType", "Next Hop Type"],
  ["source", "Source"],
  ["state", "State"],
];

/**
 * The column of a heading in any spelling ("Next Hop Type", "NextHopType", "**Next-hop type**"); null for any other
 * heading.
 */
export function columnOf(heading: string): Column | null {
  return /^[\sa-z*_`."-]+$/.test(heading.toLowerCase()) && !heading.includes("...")
    ? (COLUMNS.get(lettersOf(heading)) ?? null)
    : null;
}

/**
 * Whether an unknown heading may hide the next hop addresses: cut off (`Next Hop I`, `NextHopIp...`), or in words of
 * the author's own (`Next hop address`).
 */
export function mayBeNextHop(heading: string): boolean {
  const letters = lettersOf(heading);
  return (
    columnOf(heading) === null && (letters.includes("hop") || (letters.length >= 3 && "nexthop".startsWith(letters)))
  );
}

/** The letters of a heading, in lower case. */
export function lettersOf(heading: string): string {
  return heading.toLowerCase().replace(/[^a-z]/g, "");
}

/** The headings of required columns that a table does not have; none for a whole table. */
export function missingColumns(headings: readonly string[]): readonly string[] {
  const columns = new Set(headings.map(columnOf));
  return REQUIRED.filter(([column]) => !columns.has(column)).map(([, heading]) => heading);
}
