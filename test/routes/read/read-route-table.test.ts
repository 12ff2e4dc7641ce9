import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import { armRow } from "../arm-json.ts";

const origin = { kind: "file", name: "routes.json" } as const;
const read = (value: unknown) =>
  readRouteTable(typeof value === "string" || value instanceof Uint8Array ? value : JSON.stringify(value), origin);
const prefixes = async (value: unknown) =>
  (await read(value)).routes.map((route) => route.addressPrefix.map(formatPrefix));

const HEADING = "Source,State,Address Prefixes,Next Hop Type,Next Hop IP Address,User Defined Route Name\n";
const AZ_TABLE =
  "Source    State    Address Prefix    Next Hop Type    Next Hop IP\n" +
  "--------  -------  ----------------  ---------------  -------------\n" +
  "Default   Aktiv    10.0.0.0/16       VnetLocal\n";

describe("ARM and az", () => {
  const rows = [
    armRow({ name: "to-nva", source: "User", nextHopType: "VirtualAppliance", nextHopIpAddress: ["10.1.0.4"] }),
    armRow({ addressPrefix: ["0.0.0.0/0", "2001:db8::/32"], nextHopIpAddress: null, hasBgpOverride: true }),
  ];

  test.each([
    ["{value, nextLink: null}", { value: rows, nextLink: null }],
    ["{value} without nextLink", { value: rows }],
    ["{value} with an empty nextLink", { value: rows, nextLink: "" }],
    ["a bare list", rows],
  ])("%s", async (_, value) => {
    const table = await read(value);
    expect(table.origin).toEqual({ ...origin, format: "arm", fetchedAt: null, note: null });
    expect(table.routes.map((route) => route.fields)).toEqual(rows);
    expect(table.routes[0]).toMatchObject({
      name: "to-nva",
      source: "User",
      state: "Active",
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: ["10.1.0.4"],
      disableBgpRoutePropagation: null,
      hasBgpOverride: false,
      destinationServiceTags: [],
    });
    expect(table.routes[1]).toMatchObject({ name: null, nextHopIpAddress: [], hasBgpOverride: true });
    expect(table.routes[1]?.addressPrefix.map(formatPrefix)).toEqual(["0.0.0.0/0", "2001:db8::/32"]);
  });

  test.each([
    ["an empty {value}", { value: [] }],
    ["an empty list", []],
  ])("%s is a table without rows", async (_, value) => {
    expect((await read(value)).routes).toEqual([]);
  });

  test("one row alone is a table", async () => {
    expect(await prefixes(armRow())).toEqual([["10.0.0.0/16"]]);
  });

  test("a prefix list written as one text is read", async () => {
    expect(await prefixes([armRow({ addressPrefix: "10.0.0.0/16 10.1.0.0/16" })])).toEqual([
      ["10.0.0.0/16", "10.1.0.0/16"],
    ]);
  });

  test.each([
    ["destinationServiceTags", { destinationServiceTags: ["Sql"], tagMap: { Storage: ["20.0.0.0/24"] } }, ["Sql"]],
    ["else tagMap's keys", { destinationServiceTags: [], tagMap: { Storage: ["20.0.0.0/24"] } }, ["Storage"]],
    ["not what tagMap holds besides lists", { tagMap: { a: { b: ["c"] } } }, []],
  ])("a user route's own service tags: %s", async (_, fields, tags) => {
    expect((await read([armRow({ source: "User", ...fields })])).routes[0]?.destinationServiceTags).toEqual(tags);
  });

  test("unknown fields and unknown values survive", async () => {
    const row = armRow({
      source: "Oracle",
      state: "Pending",
      nextHopType: "QuantumTunnel",
      tagMap: { a: { b: ["c"] } },
      etag: 7,
    });
    const route = (await read([row, armRow({ state: "Active" })])).routes[0];
    expect(route).toMatchObject({ source: "Oracle", state: "Pending", nextHopType: "QuantumTunnel" });
    expect(route?.fields).toEqual(row);
  });

  test.each([
    ["portal CSV with headings in English", `${HEADING}Standard,Aktiv,10.0.0.0/16,Virtual network,-,-\n`, "Aktiv"],
    ["in Japanese", `${HEADING}既定,アクティブ,10.0.0.0/16,Virtual network,-,-\n`, "アクティブ"],
    ["ARM", JSON.stringify([armRow({ state: "Aktiv" }), armRow({ state: "Ungültig" })]), "Aktiv"],
    ["az", AZ_TABLE, "Aktiv"],
  ])("a table without any state of Azure's is refused: %s", async (_, text, word) => {
    await expect(read(text)).rejects.toMatchObject({
      code: "states-unknown",
      message: `routes.json: no row has state Active or Invalid: row 1 has '${word}'`,
      hint: expect.stringContaining("English words"),
    });
  });

  test("one state of Azure's, in any case, is enough", async () => {
    const rows = [armRow({ state: "Aktiv" }), armRow({ state: "invalid" })];
    expect((await read(rows)).routes.map(({ state }) => state)).toEqual(["Aktiv", "invalid"]);
  });

  test("a field named __proto__ is kept as a field and changes nothing else", async () => {
    const text =
      '[{"__proto__":{"source":"User","polluted":1},"source":"Default","state":"Active","nextHopType":"None","addressPrefix":["10.0.0.0/8"]}]';
    for (const shape of [
      text,
      text
        .replace('"source":"Default"', '"Source":"Default"')
        .replace('"state"', '"State"')
        .replace('"nextHopType"', '"NextHopType"')
        .replace('"addressPrefix"', '"AddressPrefix"'),
    ]) {
      const route = (await read(shape)).routes[0];
      expect(route?.source).toBe("Default");
      expect(Object.keys(route?.fields ?? {})).toContain("__proto__");
      expect(JSON.stringify(route?.fields)).toContain('"__proto__":{"source":"User","polluted":1}');
    }
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("of a field that is there twice the last counts, as for other readers of JSON", async () => {
    const twice = JSON.stringify([armRow()]).replace('"state":"Active"', '"state":"Invalid","state":"Active"');
    const [route] = (await read(twice)).routes;
    expect([route?.state, route?.fields.state]).toEqual(["Active", "Active"]);
    const other = JSON.stringify([armRow()]).replace('"state":"Active"', '"state":"Active","state":"Invalid"');
    expect((await read(other)).routes[0]?.state).toBe("Invalid");
  });

  test("duplicate rows stay", async () => {
    expect(await prefixes([armRow(), armRow()])).toEqual([["10.0.0.0/16"], ["10.0.0.0/16"]]);
  });

  test("a row with 5,000 prefixes is read, in order", async () => {
    const many = Array.from({ length: 5000 }, (_, k) => `20.${k >> 8}.${k & 255}.0/24`);
    expect(await prefixes([armRow({ addressPrefix: many })])).toEqual([many]);
  });

  test("the time of fetching is kept", async () => {
    const fetchedAt = "2026-01-02T03:04:05Z";
    const table = await readRouteTable("[]", { kind: "azure", name: "/subscriptions/s/nic", fetchedAt });
    expect(table.origin).toMatchObject({ kind: "azure", name: "/subscriptions/s/nic", fetchedAt });
  });
});

describe("PowerShell's ConvertTo-Json", () => {
  const row = (fields: Readonly<Record<string, unknown>> = {}) => ({
    Name: null,
    DisableBgpRoutePropagation: false,
    State: "Active",
    Source: "User",
    AddressPrefix: ["10.0.0.0/16", "10.1.0.0/16"],
    NextHopType: "VirtualAppliance",
    NextHopIpAddress: ["10.0.0.4"],
    ...fields,
  });

  test.each([
    ["a list", [row()]],
    ["one object", row()],
    ["the {value, Count} of Windows PowerShell 5", { value: [row()], Count: 1 }],
    ["prefixes joined by blanks below the depth", [row({ AddressPrefix: "10.0.0.0/16 10.1.0.0/16" })]],
    [
      "{value, Count} around the prefixes",
      [row({ AddressPrefix: { value: ["10.0.0.0/16", "10.1.0.0/16"], Count: 2 } })],
    ],
    ["one next hop as text", [row({ NextHopIpAddress: "10.0.0.4" })]],
    ["booleans as text", [row({ DisableBgpRoutePropagation: "False" })]],
  ])("%s", async (_, value) => {
    const table = await read(value);
    expect(table.origin.format).toBe("powershell");
    expect(table.routes).toHaveLength(1);
    expect(table.routes[0]).toMatchObject({
      name: null,
      source: "User",
      state: "Active",
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: ["10.0.0.4"],
      disableBgpRoutePropagation: false,
    });
    expect(table.routes[0]?.addressPrefix.map(formatPrefix)).toEqual(["10.0.0.0/16", "10.1.0.0/16"]);
  });

  test.each([["null"], ['""'], ["[]"]])("a next hop of %s counts as missing", async (json) => {
    expect((await read([row({ NextHopIpAddress: JSON.parse(json) })])).routes[0]?.nextHopIpAddress).toEqual([]);
  });

  test("fields go by ARM's names, those that ARM lacks too", async () => {
    const fields = (await read([row({ Name: "to-nva", AddressPrefixText: "[]" })])).routes[0]?.fields;
    expect(fields).toEqual({
      name: "to-nva",
      disableBgpRoutePropagation: false,
      state: "Active",
      source: "User",
      addressPrefix: ["10.0.0.0/16", "10.1.0.0/16"],
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: ["10.0.0.4"],
      addressPrefixText: "[]",
    });
  });

  test("UTF-16 with a byte order mark and CRLF, as redirected by PowerShell 5, is read", async () => {
    const text = `\uFEFF${JSON.stringify([row()], null, 4).replaceAll("\n", "\r\n")}\r\n`;
    const bytes = new Uint8Array(Buffer.from(text, "utf16le"));
    expect(await prefixes(bytes)).toEqual([["10.0.0.0/16", "10.1.0.0/16"]]);
  });
});

describe("the portal's CSV", () => {
  const heading = "Source,State,Address Prefixes,Next Hop Type,Next Hop IP Address,User Defined Route Name";

  test("portal words become ARM's, '-' becomes none", async () => {
    const table = await read(
      `${heading}\r\nDefault,Active,10.0.0.0/16,Virtual network,-,-\r\nUser,Active,0.0.0.0/0,Virtual appliance,10.1.0.4,to-nva\r\n`,
    );
    expect(table.origin.format).toBe("portal-csv");
    expect(table.routes.map((route) => route.fields)).toEqual([
      {
        source: "Default",
        state: "Active",
        addressPrefix: ["10.0.0.0/16"],
        nextHopType: "VnetLocal",
        nextHopIpAddress: [],
        name: null,
      },
      {
        source: "User",
        state: "Active",
        addressPrefix: ["0.0.0.0/0"],
        nextHopType: "VirtualAppliance",
        nextHopIpAddress: ["10.1.0.4"],
        name: "to-nva",
      },
    ]);
    expect(table.routes.map((route) => route.name)).toEqual([null, "to-nva"]);
  });

  test("ignores a byte order mark before the heading and blanks around cells", async () => {
    const table = await read(`\uFEFF${heading}\nUser, Active ,0.0.0.0/0 , Virtual appliance,10.1.0.4 , to nva \n`);
    expect(table.routes[0]?.fields).toEqual({
      source: "User",
      state: "Active",
      addressPrefix: ["0.0.0.0/0"],
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: ["10.1.0.4"],
      name: "to nva",
    });
  });

  test.each([
    ["Virtual network", "VnetLocal"],
    ["Virtual network peering", "VNetPeering"],
    ["VNet peering", "VNetPeering"],
    ["Global VNet peering", "VNetGlobalPeering"],
    ["VNet global peering", "VNetGlobalPeering"],
    ["Virtual appliance", "VirtualAppliance"],
    ["Virtual network gateway", "VirtualNetworkGateway"],
    ["Virtual network service endpoint", "VirtualNetworkServiceEndpoint"],
    ["VirtualNetworkServiceEndpoint", "VirtualNetworkServiceEndpoint"],
    ["Private endpoint", "InterfaceEndpoint"],
    ["Internet", "Internet"],
    ["None", "None"],
    ["Quantum tunnel", "Quantum tunnel"],
  ])("next hop type '%s' is %s", async (word, arm) => {
    const table = await read(`${heading}\nDefault,Active,10.0.0.0/16,${word},-,-\n`);
    expect(table.routes[0]?.nextHopType).toBe(arm);
  });

  test("source 'Virtual network gateway' is VirtualNetworkGateway", async () => {
    const table = await read(
      `${heading}\nVirtual network gateway,Active,10.0.0.0/16,Virtual network gateway,"10.0.0.4, 10.0.0.5",-\n`,
    );
    expect(table.routes[0]).toMatchObject({
      source: "VirtualNetworkGateway",
      nextHopIpAddress: ["10.0.0.4", "10.0.0.5"],
    });
  });

  test.each([
    ["comma and blank", '"10.0.0.0/16, 10.1.0.0/16"'],
    ["comma", '"10.0.0.0/16,10.1.0.0/16"'],
    ["semicolon", "10.0.0.0/16;10.1.0.0/16"],
    ["line break", '"10.0.0.0/16\r\n10.1.0.0/16"'],
    ["blank", "10.0.0.0/16 10.1.0.0/16"],
  ])("several prefixes in a cell, separated by %s", async (_, cell) => {
    expect(await prefixes(`${heading}\r\nDefault,Active,${cell},Virtual network,-,-\r\n`)).toEqual([
      ["10.0.0.0/16", "10.1.0.0/16"],
    ]);
  });

  test.each([
    [
      "columns in another order, quoted",
      '"Next Hop Type","Address Prefixes","State","Source"\n"None","10.0.0.0/8","Active","Default"\n',
    ],
    ["a byte order mark", `\uFEFF${heading}\nDefault,Active,10.0.0.0/8,None,-,-\n`],
    ["no line end at the end", `${heading}\nDefault,Active,10.0.0.0/8,None,-,-`],
    ["semicolons", "Source;State;Address prefixes;Next hop type\nDefault;Active;10.0.0.0/8;None\n"],
    ["tabs", "Source\tState\tAddress Prefix\tNext Hop Type\nDefault\tActive\t10.0.0.0/8\tNone\n"],
    ["blank and empty lines", `\n${heading}\n\nDefault,Active,10.0.0.0/8,None,-,-\n,,,,,\n\n`],
    [
      "Windows PowerShell's #TYPE line",
      '#TYPE Selected\r\n"Source","State","AddressPrefix","NextHopType"\r\n"Default","Active","10.0.0.0/8","None"\r\n',
    ],
  ])("%s", async (_, text) => {
    const table = await read(text);
    expect(table.routes.map((route) => [route.source, route.state, route.nextHopType])).toEqual([
      ["Default", "Active", "None"],
    ]);
    expect(table.routes[0]?.addressPrefix.map(formatPrefix)).toEqual(["10.0.0.0/8"]);
  });

  test("a column that ARM does not have keeps its heading", async () => {
    const table = await read(`${heading},Associated Hub\nDefault,Active,10.0.0.0/8,None,-,-,hub-1\n`);
    expect(table.routes[0]?.fields).toMatchObject({ "Associated Hub": "hub-1" });
  });

  test("a second column for the same field hides nothing", async () => {
    const table = await read(`${heading},Name\nUser,Active,10.0.0.0/8,None,-,to-nva,other\n`);
    expect(table.routes[0]).toMatchObject({ name: "to-nva", fields: { Name: "other" } });
  });

  test("a cell with 5,000 prefixes is read, in order", async () => {
    const many = Array.from({ length: 5000 }, (_, k) => `20.${k >> 8}.${k & 255}.0/24`);
    expect(await prefixes(`${heading}\nDefault,Active,"${many.join(", ")}",None,-,-\n`)).toEqual([many]);
  });

  test("a heading without rows is a table without rows", async () => {
    expect((await read(`${heading}\r\n`)).routes).toEqual([]);
  });
});
