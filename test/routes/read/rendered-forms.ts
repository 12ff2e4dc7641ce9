import { formatPrefix } from "../../../src/net/prefix.ts";
import type { EffectiveRoute } from "../../../src/routes/effective-route.ts";

/*
 * How tools print a route table, written from their output and apart from the readers: az (knack with tabulate's
 * "simple" format), PowerShell's formatters, the portal's CSV, and people's Markdown.
 */

interface Row {
  readonly name: string | null;
  readonly source: string;
  readonly state: string;
  readonly prefixes: readonly string[];
  readonly type: string;
  readonly hops: readonly string[];
}

const rowOf = (route: EffectiveRoute): Row => ({
  name: route.name,
  source: route.source,
  state: route.state,
  prefixes: route.addressPrefix.map(formatPrefix),
  type: route.nextHopType,
  hops: route.nextHopIpAddress,
});

const widths = (lines: readonly (readonly string[])[]) =>
  (lines[0] ?? []).map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));

const padded = (cells: readonly string[], to: readonly number[], gap: string) =>
  cells
    .map((cell, column) => cell.padEnd(to[column] ?? 0))
    .join(gap)
    .trimEnd();

/** `az … -o table` */
export function azTableText(routes: readonly EffectiveRoute[]): string {
  const head = ["Source", "State", "Address Prefix", "Next Hop Type", "Next Hop IP"];
  const rows = routes
    .map(rowOf)
    .map(({ source, state, prefixes, type, hops }) => [source, state, prefixes.join(" "), type, hops.join(" ")]);
  const to = widths([head, ...rows]);
  const lines = [
    padded(head, to, "  "),
    padded(
      to.map((width) => "-".repeat(width)),
      to,
      "  ",
    ),
  ];
  return [...lines, ...rows.map((cells) => padded(cells, to, "  ")), ""].join("\n");
}

const braces = (list: readonly string[]) => `{${list.join(", ")}}`;

/** `… | Format-Table Name, State, Source, AddressPrefix, NextHopType, NextHopIpAddress -AutoSize`, no list cut. */
export function powershellTableText(routes: readonly EffectiveRoute[]): string {
  const head = ["Name", "State", "Source", "AddressPrefix", "NextHopType", "NextHopIpAddress"];
  const rows = routes
    .map(rowOf)
    .map(({ name, state, source, prefixes, type, hops }) => [
      name ?? "",
      state,
      source,
      braces(prefixes),
      type,
      braces(hops),
    ]);
  const to = widths([head, ...rows]);
  const lines = [
    padded(head, to, " "),
    padded(
      head.map((each) => "-".repeat(each.length)),
      to,
      " ",
    ),
  ];
  return ["", ...lines, ...rows.map((cells) => padded(cells, to, " ")), "", ""].join("\r\n");
}

/** The same with `-Wrap` in a narrow window: the prefixes go on in the next line. */
export function wrappedTableText(routes: readonly EffectiveRoute[], width: number): string {
  const head = ["Name", "State", "Source", "AddressPrefix", "NextHopType", "NextHopIpAddress"];
  const rows = routes
    .map(rowOf)
    .map(({ name, state, source, prefixes, type, hops }) => [
      [name ?? ""],
      [state],
      [source],
      wrapped(braces(prefixes), width),
      [type],
      wrapped(braces(hops), width),
    ]);
  const to = head.map((each, column) =>
    Math.max(each.length, ...rows.flatMap((cells) => (cells[column] ?? []).map((part) => part.length))),
  );
  const lines = [
    padded(head, to, " "),
    padded(
      head.map((each) => "-".repeat(each.length)),
      to,
      " ",
    ),
  ];
  for (const cells of rows) {
    const height = Math.max(...cells.map((parts) => parts.length));
    for (let part = 0; part < height; part++)
      lines.push(
        padded(
          cells.map((parts) => parts[part] ?? ""),
          to,
          " ",
        ),
      );
  }
  return [...lines, ""].join("\n");
}

/** Breaks a text at blanks into parts of at most this many characters; a longer word is a part of its own. */
function wrapped(text: string, width: number): readonly string[] {
  const parts: string[] = [];
  for (const word of text.split(" ")) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) parts[parts.length - 1] = `${last} ${word}`;
    else for (let at = 0; at < word.length; at += width) parts.push(word.slice(at, at + width));
  }
  return parts;
}

/** `… | Format-List`, no list cut. */
export function powershellListText(routes: readonly EffectiveRoute[]): string {
  const blocks = routes.map(rowOf).map(({ name, state, source, prefixes, type, hops }) =>
    [
      ["Name", name ?? ""],
      ["DisableBgpRoutePropagation", "False"],
      ["State", state],
      ["Source", source],
      ["AddressPrefix", braces(prefixes)],
      ["NextHopType", type],
      ["NextHopIpAddress", braces(hops)],
    ]
      .map(([label = "", value]) => `${label.padEnd(26)} : ${value}`)
      .join("\n"),
  );
  return `\n${blocks.join("\n\n")}\n\n`;
}

/** Markdown as people write it from the portal's grid. */
export function markdownText(routes: readonly EffectiveRoute[]): string {
  const lines = routes
    .map(rowOf)
    .map(
      ({ name, state, source, prefixes, type, hops }) =>
        `| ${source} | ${state} | \`${prefixes.join(", ")}\` | ${type} | ${hops.length === 0 ? "\\-" : hops.join(", ")} | ${name ?? "-"} |`,
    );
  return [
    "| Source | State | Address Prefixes | Next Hop Type | Next Hop IP Address | User Defined Route Name |",
    "|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

/** Jira's notation of the same. */
export function jiraText(routes: readonly EffectiveRoute[]): string {
  const lines = routes
    .map(rowOf)
    .map(
      ({ name, state, source, prefixes, type, hops }) =>
        `|${source}|${state}|${prefixes.join(", ")}|${type}|${hops.join(", ") || "-"}|${name ?? "-"}|`,
    );
  return [
    "||Source||State||Address Prefixes||Next Hop Type||Next Hop IP Address||User Defined Route Name||",
    ...lines,
  ].join("\n");
}

/** The portal's grid, copied: tabs between the cells. */
export function tabText(routes: readonly EffectiveRoute[]): string {
  const lines = routes
    .map(rowOf)
    .map(({ name, state, source, prefixes, type, hops }) =>
      [source, state, prefixes.join(", "), type, hops.join(", ") || "-", name ?? "-"].join("\t"),
    );
  return [
    "Source\tState\tAddress Prefixes\tNext Hop Type\tNext Hop IP Address\tUser Defined Route Name",
    ...lines,
  ].join("\n");
}

/** ARM's fields of a route as plain data. */
export const armFields = (route: EffectiveRoute) => {
  const { name, source, state, prefixes, type, hops } = rowOf(route);
  return {
    name,
    disableBgpRoutePropagation: false,
    state,
    source,
    addressPrefix: prefixes,
    nextHopType: type,
    nextHopIpAddress: hops,
  };
};

/** `az … -o yaml` */
export function yamlText(routes: readonly EffectiveRoute[]): string {
  const list = (values: readonly string[]) =>
    values.length === 0
      ? " []"
      : values.map((value) => `\n  - ${/^[0-9.]*$|:/.test(value) ? `'${value}'` : value}`).join("");
  const blocks = routes
    .map(armFields)
    .map((row) =>
      [
        `- addressPrefix:${list(row.addressPrefix)}`,
        "  disableBgpRoutePropagation: false",
        `  name: ${row.name === null ? "null" : `'${row.name}'`}`,
        `  nextHopIpAddress:${list(row.nextHopIpAddress)}`,
        `  nextHopType: ${row.nextHopType === "None" ? "None" : row.nextHopType}`,
        `  source: ${row.source}`,
        `  state: ${row.state}`,
      ].join("\n"),
    );
  return `nextLink: null\nvalue:\n${blocks.join("\n")}\n`;
}
