import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { armText } from "../../src/routes/arm-text.ts";
import type { RouteTable } from "../../src/routes/effective-route.ts";
import { readRouteTable } from "../../src/routes/read/read-route-table.ts";
import { SAMPLE_NAMES, sampleRouteTable } from "../../src/routes/samples.ts";
import { anyTable } from "../selection/random-tables.ts";
import { hasSharedData, listShared, readShared } from "../shared-data.ts";

const again = (table: RouteTable) => readRouteTable(armText(table), { kind: "file", name: "again.json" });

const withoutFields = ({ routes }: RouteTable) => routes.map(({ fields: _, ...route }) => route);

const PORTAL = `Source,State,Address Prefixes,Next Hop Type,Next Hop IP Address,User Defined Route Name,Extra
Default,Active,10.0.0.0/16,Virtual network,-,-,a
User,Active,"0.0.0.0/0, 10.9.0.0/16",Virtual appliance,10.0.1.4,to-nva,-
`;
const POWERSHELL = JSON.stringify([
  {
    Name: "to-nva",
    Source: "User",
    State: "Active",
    AddressPrefix: ["0.0.0.0/0"],
    NextHopType: "VirtualAppliance",
    NextHopIpAddress: ["10.0.1.4"],
    DisableBgpRoutePropagation: "False",
  },
]);

describe("a table that is written and read again has the same routes", () => {
  it("any table", async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (routes) => {
        // A table without a state of Azure's is refused.
        fc.pre(routes.length === 0 || routes.some(({ state }) => state !== "Pending"));
        const table = { ...sampleRouteTable("udr"), routes };
        expect(withoutFields(await again(table))).toEqual(withoutFields(table));
      }),
    );
  });

  it.each(SAMPLE_NAMES)("sample %s, with what its reader must know", async (name) => {
    const table = sampleRouteTable(name);
    const read = await again(table);
    expect(read.routes).toEqual(table.routes);
    expect(read.origin).toEqual({ ...table.origin, kind: "file", name: "again.json" });
  });

  it.each([
    ["the portal's CSV", PORTAL],
    ["PowerShell's JSON", POWERSHELL],
  ])("%s, then in ARM's shape", async (_, text) => {
    const table = await readRouteTable(text, { kind: "file", name: "export" });
    const read = await again(table);
    expect(withoutFields(read)).toEqual(withoutFields(table));
    expect(read.origin.format).toBe("arm");
    expect(armText(read)).toBe(armText(table));
  });

  const LEAST = { source: "Default", state: "Active", addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" };
  it.each<[what: string, more: object]>([
    ["none", {}],
    ["a name", { name: "a" }],
    ["a false flag", { disableBgpRoutePropagation: false }],
    ["a false override", { hasBgpOverride: false }],
    ["a true override", { hasBgpOverride: true }],
    ["no tags", { destinationServiceTags: [] }],
    ["tags", { destinationServiceTags: ["Sql"] }],
    ["a field that is not Azure's", { odd: 1 }],
  ])("fields that the source lacks are left out, and those that it has stay: %s", async (_, more) => {
    const table = await readRouteTable(JSON.stringify([{ ...LEAST, ...more }]));
    expect(JSON.parse(armText(table))).toEqual({ value: [{ ...LEAST, nextHopIpAddress: [], ...more }] });
  });

  it("tags of a map are written as a list too", async () => {
    const tagMap = { Sql: ["20.0.0.0/24"] };
    const table = await readRouteTable(JSON.stringify([{ ...LEAST, tagMap }]));
    expect(JSON.parse(armText(table)).value).toMatchObject([{ tagMap, destinationServiceTags: ["Sql"] }]);
  });

  it.skipIf(!hasSharedData).each(listShared("data/captures"))("%s, every field", async (name) => {
    const text = readShared(`data/captures/${name}`).replaceAll("<PUBLIC_IP>", "25.0.0.0");
    const table = await readRouteTable(text, { kind: "file", name });
    expect((await again(table)).routes).toEqual(table.routes);
  });
});

describe("the note of a file", () => {
  it.each([
    ["is kept on one line", "a\nb\u001b[2Jc", "a b [2Jc"],
    ["is no note when it is not text", 5, null],
    ["is no note when it is empty", "", null],
  ])("%s", async (_, note, expected) => {
    const text = JSON.stringify({ value: [], note });
    expect((await readRouteTable(text, { kind: "file", name: "x" })).origin.note).toBe(expected);
  });
});
