import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../src/net/prefix.ts";
import {
  containedPrefix,
  filterRoutes,
  nearestPrefix,
  type RouteFilter,
  sortRoutes,
} from "../../src/routes/arrange-routes.ts";
import { UserError } from "../../src/text/user-error.ts";
import { annotated } from "./annotated-rows.ts";

const ENDPOINT = "VirtualNetworkServiceEndpoint";
const ROWS = [
  annotated({ name: "vnet" }),
  annotated({ name: "default", source: "User", addressPrefix: ["0.0.0.0/0"], nextHopType: "None", state: "Invalid" }),
  annotated({ name: "west", addressPrefix: ["20.1.0.0/24"], nextHopType: ENDPOINT }, "Storage.WestEurope"),
  annotated({ name: "leftover", addressPrefix: ["20.2.0.0/24"], nextHopType: ENDPOINT }, "Sql", "SqlManagement"),
  annotated({
    name: "six",
    addressPrefix: ["2001:db8::/32"],
    source: "VirtualNetworkGateway",
    nextHopType: "VNetPeering",
  }),
  annotated({ name: "by-tag", addressPrefix: ["20.3.0.0/24"], destinationServiceTags: ["AzureKeyVault"] }),
];
const kept = (filter: RouteFilter) => filterRoutes(ROWS, filter).map((row) => row.route.name);
const containing = (text: string): RouteFilter => ({ contains: containedPrefix(text) });

describe("filters keep whole rows, in their order", () => {
  const all = ROWS.map((row) => row.route.name);
  const cases: readonly (readonly [string, RouteFilter, readonly (string | null)[]])[] = [
    ["no condition keeps all", {}, all],
    ["source, without case", { source: "user" }, ["default"]],
    ["source in the portal's words", { source: "Virtual network gateway" }, ["six"]],
    ["next hop type, without case", { nextHop: "vnetlocal" }, ["vnet", "by-tag"]],
    ["next hop type in the portal's words", { nextHop: "Virtual Network" }, ["vnet", "by-tag"]],
    ["next hop type is matched whole", { nextHop: "VNet" }, []],
    ["state", { state: "invalid" }, ["default"]],
    ["a regional tag", { tag: "storage.westeurope" }, ["west"]],
    ["a tag includes its regional tags", { tag: "Storage" }, ["west"]],
    ["a tag is not a mere beginning of a name", { tag: "Stor" }, []],
    ["another region of the tag is not kept", { tag: "Storage.NorthEurope" }, []],
    ["the row's tag", { tag: "Sql" }, ["leftover"]],
    ["a prefix's tag", { tag: "SqlManagement" }, ["leftover"]],
    ["the tag that a user route was made on", { tag: "azurekeyvault" }, ["by-tag"]],
    ["an address: every row that covers it", containing("20.1.0.7"), ["default", "west"]],
    ["a prefix: rows that hold it", containing("20.1.0.0/28"), ["default", "west"]],
    ["a prefix: rows within it", containing("20.0.0.0/14"), ["default", "west", "leftover", "by-tag"]],
    ["an IPv6 address never meets IPv4 rows", containing("2001:db8::1"), ["six"]],
    ["0.0.0.0/0 meets every IPv4 row", containing("0.0.0.0/0"), ["vnet", "default", "west", "leftover", "by-tag"]],
    ["all conditions must hold", { nextHop: ENDPOINT, contains: containedPrefix("20.2.0.1") }, ["leftover"]],
  ];
  test.each(cases)("%s", (_, filter, names) => {
    expect(kept(filter)).toEqual(names);
  });

  test.each(["010.1.1.1", "10.0.0.1/8", "host", ""])("'%s' to look for is refused", (text) => {
    expect(() => containedPrefix(text)).toThrow(UserError);
  });
});

describe("the prefix of a row that is shown to who looks for", () => {
  const { route } = annotated({
    addressPrefix: ["20.2.0.0/16", "20.1.0.0/16", "20.0.0.0/8", "20.1.2.0/24", "9.0.0.0/8"],
  });
  test.each([
    ["an address: the longest around it", "20.1.2.3", "20.1.2.0/24"],
    ["a prefix: the longest around it", "20.1.0.0/17", "20.1.0.0/16"],
    ["a prefix that holds some: the lowest of these", "0.0.0.0/0", "9.0.0.0/8"],
    ["a prefix that holds some, not the lowest of all", "16.0.0.0/4", "20.0.0.0/8"],
    ["an address in none: the lowest", "8.8.8.8", "9.0.0.0/8"],
  ])("%s", (_, wanted, shown) => {
    expect(formatPrefix(nearestPrefix(route, containedPrefix(wanted)))).toBe(shown);
  });
});

describe("numeric order", () => {
  const order = (...lists: readonly (readonly string[])[]) =>
    sortRoutes(lists.map((addressPrefix) => annotated({ addressPrefix }))).map((row) =>
      row.route.addressPrefix.map(formatPrefix).join(" "),
    );

  test.each([
    ["0.0.0.0/0 first", [["10.0.0.0/8"], ["0.0.0.0/0"]], ["0.0.0.0/0", "10.0.0.0/8"]],
    [
      "by number, not by text",
      [["100.0.0.0/8"], ["20.0.0.0/8"], ["9.0.0.0/8"]],
      ["9.0.0.0/8", "20.0.0.0/8", "100.0.0.0/8"],
    ],
    ["the shorter of equal beginnings first", [["10.0.0.0/16"], ["10.0.0.0/8"]], ["10.0.0.0/8", "10.0.0.0/16"]],
    ["IPv4 before IPv6", [["::/0"], ["223.0.0.0/8"]], ["223.0.0.0/8", "::/0"]],
    [
      "by the lowest prefix of a row",
      [["9.0.0.0/8"], ["20.0.0.0/8", "1.0.0.0/8"]],
      ["20.0.0.0/8 1.0.0.0/8", "9.0.0.0/8"],
    ],
    ["no rows", [], []],
  ])("%s", (_, lists, expected) => {
    expect(order(...lists)).toEqual(expected);
  });

  test("rows of the same prefix keep their order, and the input is left alone", () => {
    const rows = ["b", "a", "c"].map((name) => annotated({ name }));
    const sorted = sortRoutes([annotated({ name: "z", addressPrefix: ["10.1.0.0/16"] }), ...rows]);
    expect(sorted.map((row) => row.route.name)).toEqual(["b", "a", "c", "z"]);
    expect(rows.map((row) => row.route.name)).toEqual(["b", "a", "c"]);
  });
});
