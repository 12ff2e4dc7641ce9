import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatPrefix, parsePrefix } from "../../../src/net/prefix.ts";
import type { EffectiveRoute } from "../../../src/routes/effective-route.ts";
import { effectiveRouteFromArm } from "../../../src/routes/read/arm-row.ts";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import { UserError } from "../../../src/text/user-error.ts";
import {
  armFields,
  azTableText,
  jiraText,
  markdownText,
  powershellListText,
  powershellTableText,
  tabText,
  wrappedTableText,
  yamlText,
} from "./rendered-forms.ts";

const v4 = fc.tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 32 })).map(([bits, length]) => {
  const masked = length === 0 ? 0 : (bits & (-1 << (32 - length))) >>> 0;
  return `${[24, 16, 8, 0].map((shift) => (masked >>> shift) & 255).join(".")}/${length}`;
});
const v6 = fc.constantFrom("fd00::/8", "2603:1020:5::/48", "::/0", "2001:db8::1/128");
const prefixes = fc.array(fc.oneof({ weight: 4, arbitrary: v4 }, v6), { minLength: 1, maxLength: 9 });
const hops = fc.uniqueArray(fc.oneof(fc.ipV4(), fc.constantFrom("2001:db8::7", "fd00::4")), { maxLength: 3 });
const names = fc.option(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.-]{0,20}[a-zA-Z0-9_]$/), { nil: null });

const route: fc.Arbitrary<EffectiveRoute> = fc
  .record({
    name: names,
    source: fc.constantFrom("Default", "User", "VirtualNetworkGateway"),
    state: fc.constantFrom("Active", "Invalid"),
    nextHopType: fc.constantFrom("VnetLocal", "None", "Internet", "VirtualAppliance", "VirtualNetworkServiceEndpoint"),
    addressPrefix: prefixes,
    nextHopIpAddress: hops,
  })
  .map((fields) => effectiveRouteFromArm(fields, "row"));
const tables = fc.array(route, { minLength: 1, maxLength: 12 });

const FORMS: readonly (readonly [string, (routes: readonly EffectiveRoute[]) => string, named: boolean])[] = [
  ["az table", azTableText, false],
  [
    "az table below its command",
    (routes) => `user@host:~$ az network nic show-effective-route-table -o table\n${azTableText(routes)}user@host:~$ `,
    false,
  ],
  ["PowerShell table", powershellTableText, true],
  ["PowerShell table, wrapped", (routes) => wrappedTableText(routes, 30), true],
  ["PowerShell list", powershellListText, true],
  ["Markdown", markdownText, true],
  ["Jira", jiraText, true],
  ["the portal's grid", tabText, true],
  ["YAML", yamlText, true],
  [
    "JSON in a fence",
    (routes) => `See:\n\`\`\`json\n${JSON.stringify({ value: routes.map(armFields) }, null, 2)}\n\`\`\`\nThanks`,
    true,
  ],
  [
    "JSON lines",
    (routes) =>
      routes
        .map((each) => JSON.stringify(armFields(each)))
        .join("\n")
        .concat("\n"),
    true,
  ],
  ["JSON after az's progress", (routes) => ` - Finished ..${JSON.stringify(routes.map(armFields))}`, true],
];

const facts = (routes: readonly EffectiveRoute[], named: boolean) =>
  routes.map(({ name, source, state, nextHopType, addressPrefix, nextHopIpAddress }) => ({
    name: named ? name : null,
    source,
    state,
    nextHopType,
    addressPrefix: addressPrefix.map(formatPrefix),
    nextHopIpAddress,
  }));

describe("a table that a tool printed is read back as it was", () => {
  test.each(FORMS)("%s", async (_, render, named) => {
    await fc.assert(
      fc.asyncProperty(tables, async (routes) => {
        const read = await readRouteTable(render(routes), { kind: "stdin", name: "-" });
        expect(facts(read.routes, named)).toEqual(facts(routes, named));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a cell that was cut is refused, and never read as a shorter list", () => {
  const long = effectiveRouteFromArm(
    {
      source: "User",
      state: "Active",
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: ["10.0.0.4", "10.0.0.5"],
      addressPrefix: ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"],
    },
    "row",
  );
  const other = { ...long, addressPrefix: [parsePrefix("0.0.0.0/0")] };
  const marks = ["...", "…", " ...", "...}", " …", ", 78 more", " +78 more"];
  const grids = FORMS.filter(([name]) => !/JSON|YAML/.test(name));
  const cases = grids.flatMap(([name, render]) => marks.map((mark) => [name, mark, render] as const));
  test.each(cases)("%s, %s", async (_, mark, render) => {
    const text = render([other, long, other]);
    for (const from of ["10.1.0.0/16", "10.2.0.0/16", "10.0.0.5"]) {
      const at = text.indexOf(from);
      const cut = `${text.slice(0, at + 4)}${mark}${text.slice(at + from.length)}`;
      const refused = await readRouteTable(cut, { kind: "stdin", name: "-" }).then(
        () => null,
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(UserError);
    }
  });
});

/** A table with one line changed: `[what, the text, the code]`. */
const AZ = azTableText([
  effectiveRouteFromArm(
    { source: "Default", state: "Active", nextHopType: "VnetLocal", addressPrefix: ["10.0.0.0/16"] },
    "row",
  ),
  effectiveRouteFromArm({ source: "User", state: "Active", nextHopType: "None", addressPrefix: ["0.0.0.0/0"] }, "row"),
]);
const DASHES = (headings: readonly string[], ...rows: readonly (readonly string[])[]) =>
  [headings, headings.map((heading) => "-".repeat(heading.length)), ...rows]
    .map((cells) => cells.map((cell, at) => cell.padEnd(headings[at]?.length ?? 0)).join("  "))
    .join("\n");
const REFUSED: readonly (readonly [string, string, string])[] = [
  ["a row whose state is missing", AZ.replace("Default  Active", "Default        "), "row-unreadable"],
  ["a row in half", AZ.replace(/ +VnetLocal/, ""), "row-unreadable"],
  ["a word too many", AZ.replace("VnetLocal", "VnetLocal what"), "row-unreadable"],
  [
    "no State",
    DASHES(["Source", "Address Prefix", "Next Hop Type"], ["User", "10.0.0.0/8", "None"]),
    "columns-missing",
  ],
  [
    "two columns of prefixes",
    DASHES(
      ["Source", "State", "Prefix", "Address Prefix", "Next Hop Type"],
      ["User", "Active", "10.0.0.0/8", "10.0.0.0/8", "None"],
    ),
    "columns-missing",
  ],
  [
    "Markdown with a cell too few",
    "|Source|State|Prefix|Next hop type|\n|-|-|-|-|\n|User|Active|10.0.0.0/8|",
    "row-unreadable",
  ],
  [
    "a list whose last route lacks a property",
    powershellListText([
      effectiveRouteFromArm(
        { source: "User", state: "Active", nextHopType: "None", addressPrefix: ["10.0.0.0/8"] },
        "row",
      ),
    ]).replace(/\n\n$/, "\n\nName : x\nState : Active\n"),
    "row-unreadable",
  ],
  [
    "JSON cut off below a prompt",
    '$ az network\n{"value":[{"source":"User","state":"Active","addressPrefix":["10.0.0.0/8"],"nextHopType":"None"},{"sou',
    "text-unrecognised",
  ],
  [
    "one of several routes of a list",
    '{"source":"User","state":"Active","addressPrefix":["10.0.0.0/8"],"nextHopType":"None"},\n',
    "json-syntax",
  ],
  [
    "YAML with a key twice",
    `${yamlText([])}- addressPrefix: ['10.0.0.0/8']\n  nextHopType: None\n  nextHopType: Internet\n  source: User\n  state: Active\n`,
    "text-unrecognised",
  ],
];

test.each(REFUSED)("%s is refused", async (_, text, code) => {
  await expect(readRouteTable(text, { kind: "stdin", name: "-" })).rejects.toMatchObject({ code });
});

test.each(["az", "PS", "Active", "more"])("a route called %s is a row", async (name) => {
  const row = { name, source: "User", state: "Active", nextHopType: "None", addressPrefix: ["10.0.0.0/8"] };
  const table = powershellTableText([effectiveRouteFromArm(row, "row")]);
  const { routes } = await readRouteTable(table, { kind: "stdin", name: "-" });
  expect(routes.map((route) => route.name)).toEqual([name]);
});

test("a word that every row has may be a route's name, so that nothing is guessed", async () => {
  const text = [
    "Name   State  Source AddressPrefix NextHopType",
    "----   -----  ------ ------------- -----------",
    "Active Active User   {10.0.0.0/8}  None",
  ].join("\n");
  const { routes } = await readRouteTable(text, { kind: "stdin", name: "-" });
  expect(routes.map(({ name, state }) => ({ name, state }))).toEqual([{ name: "Active", state: "Active" }]);
});
