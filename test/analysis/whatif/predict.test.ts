import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { diffTables } from "../../../src/analysis/diff/tables.ts";
import type { Change } from "../../../src/analysis/whatif/change.ts";
import {
  parseAddEndpoint,
  parseAddPeering,
  parseAddRoute,
  parsePropagateBgp,
  parseRemoveEndpoint,
  parseRemovePeering,
  parseRemoveRoute,
} from "../../../src/analysis/whatif/parse.ts";
import { applyChanges } from "../../../src/analysis/whatif/predict.ts";
import { type Address, formatAddress, parseAddress } from "../../../src/net/address.ts";
import { formatPrefix, type Prefix, parsePrefix } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import type { SubnetFacts } from "../../../src/routes/subnet-facts.ts";
import type { Decision } from "../../../src/selection/decision.ts";
import { PLATFORM_ADDRESSES, select } from "../../../src/selection/select.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import type { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { sharedCatalogue } from "../../service-tags/shared-tags.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";
import { hasSharedData, listShared, readShared } from "../../shared-data.ts";

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };
const tableOf = (...rows: readonly string[]): RouteTable => ({ routes: rows.map(row), origin });

/** ARM's fields of a row that was read or made say the same as the row; rows of `row` have none. */
function disagreements({ fields, ...route }: EffectiveRoute): string[] {
  const own: Readonly<Record<string, unknown>> = { ...route, addressPrefix: route.addressPrefix.map(formatPrefix) };
  return Object.entries(own)
    .filter(([key, value]) => key in fields && JSON.stringify(fields[key]) !== JSON.stringify(value))
    .map(([key]) => `${key} is ${JSON.stringify(fields[key])} in fields`);
}

/** A row as `row` reads it, and behind it each field that `row` leaves at its default. */
function told(all: EffectiveRoute): string {
  const { source, state, addressPrefix, nextHopType, nextHopIpAddress, ...route } = all;
  const mark = state === "Active" ? "" : state === "Invalid" ? "!" : `!${state}`;
  const override = route.hasBgpOverride ? "+" : "";
  const name = route.name === null ? [] : [`#${route.name}`];
  const tags = route.destinationServiceTags.map((tag) => `@${tag}`);
  const prefixes = addressPrefix.map(formatPrefix).join(",");
  const propagation = route.disableBgpRoutePropagation === true ? ["propagation:off"] : [];
  const head = [source + mark + override, prefixes, nextHopType, ...nextHopIpAddress];
  return [...head, ...name, ...tags, ...propagation, ...disagreements(all)].join(" ");
}

const predicted = (rows: readonly string[], changes: readonly Change[], tags: TagCatalogue | null = null) =>
  applyChanges(tableOf(...rows), changes, tags).table.routes.map(told);

const add = parseAddRoute;
const remove = parseRemoveRoute;

const LOCAL = "Default 10.0.0.0/16 VnetLocal";
const PEER = "Default 10.1.0.0/16 VNetPeering";
const OTHER_PEER = "Default 10.2.0.0/16 VNetPeering";
const INTERNET = "Default 0.0.0.0/0 Internet";
const NOT_INTERNET = "Default! 0.0.0.0/0 Internet";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva";
const TO_NVA = add("0.0.0.0/0=VirtualAppliance:10.0.1.4", "to-nva");
const NONE_8 = "Default 10.0.0.0/8 None";
const NONE_ROWS = [
  NONE_8,
  "Default 172.16.0.0/12 None",
  "Default 192.168.0.0/16 None",
  "Default 100.64.0.0/10 None",
] as const;
const BGP = "VirtualNetworkGateway 10.9.0.0/16 VirtualNetworkGateway 10.0.0.254";
const BGP_DEFAULT = "VirtualNetworkGateway 0.0.0.0/0 VirtualNetworkGateway 10.0.0.254";
const ENDPOINT = "Default 20.0.0.0/24 VirtualNetworkServiceEndpoint";
const PRIVATE = "Default 10.1.0.4/32 InterfaceEndpoint";

const TAGS = tagsOf({
  Storage: ["20.0.0.0/16", "2001:db8::/32"],
  "Storage.WestEurope": ["20.0.0.0/24", "2001:db8::/48"],
  "Storage.NorthEurope": ["20.0.1.0/24"],
  "Storage.PolandCentral": ["20.0.2.0/24"],
  "Storage.EastUS": ["20.0.3.0/24"],
  Sql: ["30.0.0.0/16"],
  "Sql.WestEurope": ["30.0.0.0/24"],
  "Sql.NorthEurope": ["30.0.1.0/24"],
  AzureKeyVault: ["40.0.0.0/16"],
  "AzureKeyVault.WestEurope": ["40.0.0.0/24"],
});

describe("the three samples follow from one another", () => {
  const tags = sampleTags();
  const toNva = (hop: string) => add(`0.0.0.0/0=${hop}`, "to-nva");
  const storage = parseAddEndpoint("Microsoft.Storage", "westeurope");

  it.each(["VirtualAppliance:10.10.10.10", "None:10.10.10.10"])(
    "the user route, written as %s: the network does not hold the appliance, so Azure lists None",
    (hop) => {
      const { table } = applyChanges(sampleRouteTable("no-udr"), [toNva(hop)], tags);
      expect(table.routes).toEqual(sampleRouteTable("udr").routes);
    },
  );

  it("the prediction has its rules and cautions", () => {
    const { table, certainty, rows, cautions } = applyChanges(
      sampleRouteTable("no-udr"),
      [toNva("VirtualAppliance:10.10.10.10")],
      tags,
    );
    expect(certainty).toBe("observed");
    expect(rows.map(({ text, rules }) => [text, ...rules])).toEqual([
      ["The system route 0.0.0.0/0 to Internet becomes Invalid.", "same-prefix"],
      [
        "The user route to-nva 0.0.0.0/0 to None 10.10.10.10 appears: its appliance is unreachable.",
        "user-route",
        "appliance-out-of-reach",
      ],
    ]);
    expect(cautions.map(({ id }) => id)).toEqual(["appliance-out-of-reach"]);
    expect(table.origin.note).toMatch(/^A prediction, not Azure's answer: add-route 0\.0\.0\.0\/0=.* An excerpt/);
  });

  it("the endpoint: one row for each region of the pair", () => {
    const { table, certainty, rules } = applyChanges(sampleRouteTable("udr"), [storage], tags);
    expect(table.routes).toEqual(sampleRouteTable("udr-and-endpoint").routes);
    expect([certainty, rules.map(({ id }) => id)]).toEqual(["observed", ["endpoint-of-region-pair"]]);
  });

  it("both at once, in either order", () => {
    const both = [toNva("VirtualAppliance:10.10.10.10"), storage];
    for (const changes of [both, both.toReversed()]) {
      const { table } = applyChanges(sampleRouteTable("no-udr"), changes, tags);
      expect(table.routes).toEqual(sampleRouteTable("udr-and-endpoint").routes);
    }
  });

  it("and back: without the endpoint; without the route, when Azure's default None rows return", () => {
    const before = sampleRouteTable("udr-and-endpoint");
    expect(applyChanges(before, [parseRemoveEndpoint("Microsoft.Storage")], tags).table.routes).toEqual(
      sampleRouteTable("udr").routes,
    );
    const { table } = applyChanges(sampleRouteTable("udr"), [remove("to-nva")], tags);
    expect(table.routes.map(told)).toEqual([LOCAL, INTERNET, ...NONE_ROWS]);
  });

  it.skipIf(!hasSharedData)("with the real tags: 69 and 80 prefixes leave the default route", () => {
    const real = sharedCatalogue("ServiceTags_Public_20231106.json");
    const { table } = applyChanges(sampleRouteTable("udr"), [storage], real);
    expect(table.routes.slice(-2).map(({ addressPrefix }) => addressPrefix.length)).toEqual([69, 80]);
    const named = annotateTable(table, real);
    expect(named.routes.slice(-2).map(({ serviceTag }) => serviceTag)).toEqual([
      { name: "Storage.NorthEurope", matched: 69, total: 69 },
      { name: "Storage.WestEurope", matched: 80, total: 80 },
    ]);
    const moves = diffTables(annotateTable(sampleRouteTable("udr"), real), named, real).moves;
    expect(moves.map((move) => [move.before.verdict, move.after.serviceTag])).toEqual(
      expect.arrayContaining([
        ["drop", "Storage.NorthEurope"],
        ["drop", "Storage.WestEurope"],
      ]),
    );
  });
});

describe("the effect of a user route on system rows", () => {
  const NONE_DEFAULT = "User 0.0.0.0/0 None";
  const NO_ANSWER = "User 0.0.0.0/0 None 10.0.1.4";
  test.each<[string, readonly string[], readonly Change[], readonly string[]]>([
    [
      "a default route to None leaves the None rows",
      [LOCAL, INTERNET, ...NONE_ROWS],
      [add("0.0.0.0/0=None")],
      [LOCAL, NOT_INTERNET, ...NONE_ROWS, NONE_DEFAULT],
    ],
    [
      "a default route to an unreachable appliance removes them",
      [LOCAL, INTERNET, ...NONE_ROWS],
      [add("0.0.0.0/0=None:10.0.1.4")],
      [LOCAL, NOT_INTERNET, NO_ANSWER],
    ],
    [
      "an appliance's default route leaves a None row of IPv6, and makes one of everything Invalid",
      [LOCAL, "Default fc00::/7 None", "Default 0.0.0.0/0 None", NONE_8],
      [TO_NVA],
      [LOCAL, "Default fc00::/7 None", "Default! 0.0.0.0/0 None", NVA],
    ],
    [
      "a default route to None in place of an appliance's brings them back",
      [LOCAL, NOT_INTERNET, NVA],
      [remove("to-nva"), add("0.0.0.0/0=None")],
      [LOCAL, NOT_INTERNET, ...NONE_ROWS, NONE_DEFAULT],
    ],
    [
      "a route with a None row's prefix replaces it",
      [LOCAL, NONE_8, INTERNET],
      [add("10.0.0.0/8=VirtualAppliance:10.0.1.4")],
      [LOCAL, INTERNET, "User 10.0.0.0/8 VirtualAppliance 10.0.1.4"],
    ],
    [
      "without it the None row is back",
      [LOCAL, INTERNET, "User 10.0.0.0/8 VirtualAppliance 10.0.1.4 #a"],
      [remove("a")],
      [LOCAL, INTERNET, NONE_8],
    ],
    [
      "but not while the other default route removes all",
      [LOCAL, NVA, "User 10.0.0.0/8 VirtualAppliance 10.0.1.4 #a"],
      [remove("a")],
      [LOCAL, NVA],
    ],
    [
      "of the None rows that come back, one that a user route replaces does not",
      [LOCAL, NOT_INTERNET, NVA, "User 10.0.0.0/8 VirtualAppliance 10.0.1.4"],
      [remove("to-nva")],
      [LOCAL, INTERNET, ...NONE_ROWS.slice(1), "User 10.0.0.0/8 VirtualAppliance 10.0.1.4"],
    ],
    ["VnetLocal in the network", [LOCAL], [add("10.0.1.0/24=VnetLocal")], [LOCAL, "User 10.0.1.0/24 VnetLocal"]],
    [
      "VnetLocal outside the network is listed as None",
      [LOCAL, PEER],
      [add("10.1.2.0/24=VnetLocal")],
      [LOCAL, PEER, "User 10.1.2.0/24 None"],
    ],
    ["VnetLocal around the network", [LOCAL], [add("10.0.0.0/8=VnetLocal")], [LOCAL, "User 10.0.0.0/8 VnetLocal"]],
    ["VnetLocal in an excerpt", [PEER], [add("10.9.0.0/16=VnetLocal")], [PEER, "User 10.9.0.0/16 VnetLocal"]],
    [
      "VnetLocal in an excerpt with another user route to it",
      [PEER, "User 10.8.0.0/16 VnetLocal"],
      [add("10.9.0.0/16=VnetLocal")],
      [PEER, "User 10.8.0.0/16 VnetLocal", "User 10.9.0.0/16 VnetLocal"],
    ],
    [
      "VnetLocal outside the network that Azure lists",
      [LOCAL, "User 10.8.0.0/16 VnetLocal"],
      [add("10.9.0.0/16=None")],
      [LOCAL, "User 10.8.0.0/16 VnetLocal", "User 10.9.0.0/16 None"],
    ],
    [
      "a route with a private endpoint's prefix overrides it",
      [LOCAL, PEER, PRIVATE],
      [add("10.1.0.4/32=VirtualAppliance:10.0.1.4")],
      [LOCAL, PEER, "User 10.1.0.4/32 VirtualAppliance 10.0.1.4", PRIVATE.replace("lt", "lt!")],
    ],
    [
      "without it the private endpoint is back",
      [LOCAL, PEER, "User 10.1.0.4/32 None #a", PRIVATE.replace("lt", "lt!")],
      [remove("a")],
      [LOCAL, PEER, PRIVATE],
    ],
    [
      "a shorter route leaves the private endpoint's state",
      [LOCAL, PEER, PRIVATE],
      [add("10.1.0.0/24=None")],
      [LOCAL, PEER, "User 10.1.0.0/24 None", PRIVATE],
    ],
    [
      "in a network of both families ::/0 of the system is back without the user's",
      [LOCAL, "Default fd00::/48 VnetLocal", "User ::/0 None #six"],
      [remove("six")],
      [LOCAL, "Default fd00::/48 VnetLocal", "Default ::/0 Internet"],
    ],
    ["in a network of IPv4 alone it is not", [LOCAL, "User ::/0 None #six"], [remove("six")], [LOCAL]],
  ])("%s", (_, rows, changes, expected) => {
    expect(predicted(rows, changes)).toEqual(expected);
  });

  test.each<[string, readonly string[], Change]>([
    ["none-row-replaced", [LOCAL, NONE_8], add("10.0.0.0/8=None")],
    ["local-outside", [LOCAL], add("10.9.0.0/16=VnetLocal")],
    ["private-endpoint-same-prefix", [LOCAL, PEER, PRIVATE], add("10.1.0.4/32=None")],
  ])("%s is observed", (rule, rows, change) => {
    const { rules } = applyChanges(tableOf(...rows), [change], null);
    expect(rules).toContainEqual(expect.objectContaining({ id: rule, status: "observed" }));
  });

  test.each([
    ["168.63.129.16/32=None", "change-restricted"],
    ["169.254.169.254/32=VirtualAppliance:10.0.1.4", "change-restricted"],
    ["168.63.129.0/24=None", null],
    ["169.254.169.253/32=None", null],
  ])("%s: %s", (text, code) => {
    const apply = () => applyChanges(tableOf(LOCAL), [add(text)], null);
    if (code === null) expect(apply).not.toThrow();
    else expect(apply).toThrow(expect.objectContaining({ code }));
  });

  it("a route table has at most 25 routes for service tags", () => {
    const users = (count: number) => Array.from({ length: count }, (_, at) => `User 50.0.${at}.0/24 Internet @T${at}`);
    const apply = (count: number) => () => applyChanges(tableOf(LOCAL, ...users(count)), [add("Sql=Internet")], TAGS);
    expect(apply(24)).not.toThrow();
    expect(() => applyChanges(tableOf(LOCAL, ...users(25)), [add("9.0.0.0/8=None")], TAGS)).not.toThrow();
    expect(apply(25)).toThrow(expect.objectContaining({ code: "change-conflict" }));
  });
});

describe.skipIf(!hasSharedData)("published tables before and after a change", () => {
  const read = async (name: string) => {
    const { routes } = await readRouteTable(readShared(`data/${name}`), { kind: "file", name });
    return { routes, origin };
  };
  const lines = ({ routes }: { readonly routes: readonly EffectiveRoute[] }) =>
    routes.map((route) => told({ ...route, disableBgpRoutePropagation: false, fields: {} })).sort();
  const pasted = (name: string) => `pasted/${name}.arm.json`;

  it.each([
    {
      before: pasted("28a-erjosito-vnet1-before"),
      change: "10.0.0.0/8=VirtualAppliance:10.4.2.101",
      after: pasted("28b-erjosito-vnet1-after-10slash8"),
    },
    {
      before: pasted("15a-tkubica-pe-bypasses-udr"),
      change: "10.0.1.4/32=VirtualAppliance:10.0.2.4",
      after: pasted("15b-tkubica-slash32-udr"),
    },
  ])("$before plus $change is $after", async ({ before, change, after }) => {
    const { table } = applyChanges(await read(before), [add(change)], null);
    expect(lines(table)).toEqual(lines(await read(after)));
  });

  it("a default route to None keeps the five None rows", async () => {
    const { table } = applyChanges(await read("cases/rules/ipspace-before.json"), [add("0.0.0.0/0=None")], null);
    expect(
      table.routes.filter(({ source, nextHopType }) => source === "Default" && nextHopType === "None"),
    ).toHaveLength(5);
  });

  it("VnetLocal for a remote address is None and drops", async () => {
    const before = await read(pasted("10a-subnetpeering-source-before"));
    const { table } = applyChanges(before, [add("10.60.1.4/32=VnetLocal", "to-workload")], null);
    expect(lines(table)).toContain("User 10.60.1.4/32 None #to-workload");
    expect(select(table.routes, parseAddress("10.60.1.4")).verdict).toBe("drop");
  });
});

describe("user routes", () => {
  test.each<[string, readonly string[], readonly Change[], readonly string[]]>([
    ["one of a prefix of its own", [LOCAL], [add("10.9.0.0/16=None")], [LOCAL, "User 10.9.0.0/16 None"]],
    ["takes the system route's place", [LOCAL, INTERNET], [TO_NVA], [LOCAL, NOT_INTERNET, NVA]],
    [
      "a network's",
      [LOCAL, INTERNET],
      [add("10.0.0.0/16=Internet")],
      ["Default! 10.0.0.0/16 VnetLocal", INTERNET, "User 10.0.0.0/16 Internet"],
    ],
    [
      "a peering's",
      [LOCAL, PEER],
      [add("10.1.0.0/16=None")],
      [LOCAL, PEER.replace("lt", "lt!"), "User 10.1.0.0/16 None"],
    ],
    [
      "a gateway's",
      [LOCAL, BGP],
      [add("10.9.0.0/16=None")],
      [LOCAL, BGP.replace("way", "way!"), "User 10.9.0.0/16 None"],
    ],
    ["never an endpoint's", [ENDPOINT], [add("20.0.0.0/24=None")], ["User 20.0.0.0/24 None", ENDPOINT]],
    [
      "one prefix of a row with several",
      ["Default 10.0.0.0/16,10.5.0.0/16 VnetLocal"],
      [add("10.5.0.0/16=None")],
      [LOCAL, "Default! 10.5.0.0/16 VnetLocal", "User 10.5.0.0/16 None"],
    ],
    [
      "behind the others",
      [LOCAL, NVA, ENDPOINT],
      [add("10.9.0.0/16=None")],
      [LOCAL, NVA, "User 10.9.0.0/16 None", ENDPOINT],
    ],
    ["a default route: no None rows", [LOCAL, INTERNET, ...NONE_ROWS], [TO_NVA], [LOCAL, NOT_INTERNET, NVA]],
    ["of the other family", [INTERNET, NONE_8], [add("::/0=None")], [INTERNET, NONE_8, "User ::/0 None"]],
    ["removed by its name, without case", [LOCAL, "User 10.9.0.0/16 None #A"], [remove("a")], [LOCAL]],
    ["removed by its prefix", [LOCAL, "User 10.9.0.0/16 None"], [remove("10.9.0.0/16")], [LOCAL]],
    [
      "the one of the prefix, not the tag's",
      [LOCAL, "User 10.9.0.0/16,10.8.0.0/16 None @T", "User 10.9.0.0/16 None #a"],
      [remove("10.9.0.0/16")],
      [LOCAL, "User 10.9.0.0/16,10.8.0.0/16 None @T"],
    ],
    [
      "the tag's, where no other has the prefix",
      [LOCAL, "User 10.9.0.0/16,10.8.0.0/16 None @T"],
      [remove("10.9.0.0/16")],
      [LOCAL],
    ],
    ["removed by its tag", [LOCAL, "User 20.0.0.0/16 None @Storage"], [remove("storage")], [LOCAL]],
    ["another hop", [LOCAL, NOT_INTERNET, NVA], [remove("to-nva"), TO_NVA], [LOCAL, NOT_INTERNET, NVA]],
    [
      "one of two for a prefix removed: the other still takes it",
      ["Default! 10.9.0.0/16 VNetPeering", "User 10.9.0.0/16 None #a", "User 10.9.0.0/16 None #b"],
      [remove("a")],
      ["Default! 10.9.0.0/16 VNetPeering", "User 10.9.0.0/16 None #b"],
    ],
    [
      "a prefix that only a tag's route has",
      [LOCAL, "User 10.9.0.0/16 None @T"],
      [add("10.9.0.0/16=Internet")],
      [LOCAL, "User 10.9.0.0/16 None @T", "User 10.9.0.0/16 Internet"],
    ],
    ["removed, beside a row that stayed Active", [INTERNET, NVA], [remove("to-nva")], [INTERNET, ...NONE_ROWS]],
    ["the gateway's default is back", [BGP_DEFAULT.replace("way", "way!"), NVA], [remove("to-nva")], [BGP_DEFAULT]],
    [
      "and the system's is not, beside it",
      [NOT_INTERNET, BGP_DEFAULT.replace("way", "way!"), NVA],
      [remove("to-nva")],
      [NOT_INTERNET, BGP_DEFAULT],
    ],
    ["the only row of an excerpt", [NVA], [remove("to-nva")], [INTERNET, ...NONE_ROWS]],
    ["no change", [LOCAL, NVA, INTERNET], [], [LOCAL, NVA, INTERNET]],
    [
      "what Azure decided stays",
      [INTERNET, NVA, LOCAL],
      [add("10.9.0.0/16=None")],
      [INTERNET, NVA, "User 10.9.0.0/16 None", LOCAL],
    ],
  ])("%s", (_, rows, changes, expected) => {
    expect(predicted(rows, changes)).toEqual(expected);
  });

  test.each<[string, string, readonly string[]]>([
    ["on a tag", "Storage.NorthEurope=Internet", [LOCAL, "User 20.0.1.0/24 Internet @Storage.NorthEurope"]],
    ["its IPv4 prefixes, where the network has no IPv6", "storage=None", [LOCAL, "User 20.0.0.0/16 None @Storage"]],
    [
      "those of the appliance's family",
      "Storage=VirtualAppliance:fd00::4",
      [LOCAL, "User 2001:db8::/32 None fd00::4 @Storage"],
    ],
  ])("%s", (_, text, expected) => {
    expect(predicted([LOCAL], [add(text)], TAGS)).toEqual(expected);
  });

  it("on a tag has its IPv6 prefixes too, where the network has IPv6", () => {
    const six = "Default fd00::/48 VnetLocal";
    expect(predicted([LOCAL, six], [add("Storage=None")], TAGS)).toEqual([
      LOCAL,
      six,
      "User 20.0.0.0/16,2001:db8::/32 None @Storage",
    ]);
  });

  test.each<[string, readonly string[], Change, string, string]>([
    ["a prefix twice", [NVA], add("0.0.0.0/0=None"), "change-conflict", "remove it first: --remove-route to-nva"],
    [
      "a name twice",
      [NVA],
      add("10.0.0.0/8=None", "TO-NVA"),
      "change-conflict",
      "a user route called TO-NVA already exists",
    ],
    ["an unknown tag", [], add("Storag=None"), "change-tag", "did you mean: Storage"],
    ["an unknown name", [NVA], remove("to-nav"), "change-not-found", "among the user routes: to-nva"],
    [
      "an unknown name, none near",
      ["fw1", "fw2", "fw3", "fw4", "fw5"].map((name, at) => `User 10.${at}.0.0/16 None #${name}`),
      remove("nope"),
      "change-not-found",
      "among the user routes: fw1, fw2, fw3 and 2 more",
    ],
    ["a prefix of nobody", [NVA], remove("10.0.0.0/8"), "change-not-found", "unknown user route '10.0.0.0/8'"],
    ["a system route", [INTERNET], remove("0.0.0.0/0"), "change-not-found", "only user routes can be removed"],
    [
      "a tag without prefixes that fit",
      [],
      add("Sql=VirtualAppliance:fd00::4"),
      "change-tag",
      "has no prefix of the next hop's address family",
    ],
  ])("%s is rejected", (_, rows, change, code, message) => {
    expect(refusal(() => predicted(rows, [change], TAGS))).toEqual([code, expect.stringContaining(message)]);
  });

  test.each<[string, readonly string[], readonly Change[], string]>([
    ["a prefix", [LOCAL], [add("10.0.0.0/8=None"), add("10.0.0.0/8=Internet")], "two added user routes for 10.0.0.0/8"],
    ["a name", [LOCAL], [add("10.0.0.0/8=None", "a"), add("11.0.0.0/8=None", "A")], "two added user routes called A"],
    ["a tag", [LOCAL], [add("Sql=None"), add("sql=Internet")], "two added user routes for Sql; keep one"],
    [
      "a tag that is there",
      ["User 30.0.0.0/16 None @Sql"],
      [add("sql=Internet")],
      "remove it first: --remove-route Sql",
    ],
  ])("two for %s are refused", (_, rows, changes, message) => {
    expect(refusal(() => predicted(rows, changes, TAGS))).toEqual([
      "change-conflict",
      expect.stringContaining(message),
    ]);
  });

  it("a service tag needs loaded tags", () => {
    expect(refusal(() => predicted([], [add("Storage=None")]))[0]).toBe("service-tags-missing");
  });
});

describe("an appliance is reachable in the network, a peered or a connected network", () => {
  const toPeer = "User 0.0.0.0/0 VirtualAppliance 10.1.0.4 #a";
  const missing = "User 0.0.0.0/0 None 10.1.0.4 #a";
  const addIt = add("0.0.0.0/0=VirtualAppliance:10.1.0.4", "a");
  test.each<[string, readonly string[], readonly Change[], readonly string[]]>([
    ["peered", [LOCAL, PEER], [addIt], [LOCAL, PEER, toPeer]],
    [
      "connected",
      [LOCAL, "Default 10.1.0.0/16 ConnectedGroup"],
      [addIt],
      [LOCAL, "Default 10.1.0.0/16 ConnectedGroup", toPeer],
    ],
    ["peered by a later change", [LOCAL], [addIt, parseAddPeering("10.1.0.0/16")], [LOCAL, PEER, toPeer]],
    [
      "behind a gateway",
      [LOCAL, "VirtualNetworkGateway 10.1.0.0/16 VirtualNetworkGateway 10.0.0.254"],
      [addIt],
      [LOCAL, "VirtualNetworkGateway 10.1.0.0/16 VirtualNetworkGateway 10.0.0.254", missing],
    ],
    ["nowhere", [LOCAL], [addIt], [LOCAL, missing]],
    ["assumed unreachable", [LOCAL, PEER], [add("0.0.0.0/0=None:10.1.0.4", "a")], [LOCAL, PEER, missing]],
    ["no longer", [LOCAL, PEER, toPeer], [parseRemovePeering("10.1.0.0/16")], [LOCAL, missing]],
    ["again", [LOCAL, missing], [parseAddPeering("10.1.0.0/16")], [LOCAL, PEER, toPeer]],
    [
      "down, though within reach all the time",
      [LOCAL, PEER, missing],
      [parseAddPeering("10.2.0.0/16")],
      [LOCAL, PEER, OTHER_PEER, missing],
    ],
    ["down, and then out of reach", [LOCAL, PEER, missing], [parseRemovePeering("10.1.0.0/16")], [LOCAL, missing]],
    [
      "one of several, which stays as Azure lists it",
      [LOCAL, PEER, "User 0.0.0.0/0 VirtualAppliance 10.1.0.4 10.1.0.5 #a"],
      [parseRemovePeering("10.1.0.0/16")],
      [LOCAL, "User 0.0.0.0/0 VirtualAppliance 10.1.0.4 10.1.0.5 #a"],
    ],
    [
      "not of a user route, which stays as Azure lists it",
      [LOCAL, PEER, "VirtualNetworkGateway 10.9.0.0/16 VirtualAppliance 10.1.0.4"],
      [parseRemovePeering("10.1.0.0/16")],
      [LOCAL, "VirtualNetworkGateway 10.9.0.0/16 VirtualAppliance 10.1.0.4"],
    ],
    [
      "answering, though nobody knows how",
      [LOCAL, toPeer],
      [parseAddPeering("10.2.0.0/16")],
      [LOCAL, OTHER_PEER, toPeer],
    ],
  ])("%s", (_, rows, changes, expected) => {
    expect(predicted(rows, changes)).toEqual(expected);
  });

  it("a route whose appliance becomes unreachable or reachable is listed with the rule", () => {
    const fates = (rows: readonly string[], change: Change) =>
      applyChanges(tableOf(...rows), [change], null)
        .rows.filter(({ source }) => source === "User")
        .map(({ fate, rules, text }) => [fate, ...rules, text]);
    expect(fates([LOCAL, PEER, toPeer], parseRemovePeering("10.1.0.0/16"))).toEqual([
      [
        "loses-appliance",
        "appliance-out-of-reach",
        "The user route a 0.0.0.0/0 to None 10.1.0.4 replaces the route to VirtualAppliance: its appliance becomes unreachable.",
      ],
    ]);
    expect(fates([LOCAL, missing], parseAddPeering("10.1.0.0/16")).map(([fate]) => fate)).toEqual(["finds-appliance"]);
  });
});

const SUBNET: SubnetFacts = {
  id: "app",
  region: null,
  serviceEndpoints: [],
  routeTableId: null,
  privateEndpointNetworkPolicies: null,
};

describe("service endpoints", () => {
  const west = "westeurope";
  const endpointRow = (prefix: string) => `Default ${prefix} VirtualNetworkServiceEndpoint`;
  test.each<[string, string, string | null, readonly string[], string]>([
    ["the region and its pair, IPv4 only", "microsoft.storage", west, ["20.0.1.0/24", "20.0.0.0/24"], "observed"],
    ["a region without a pair", "Microsoft.Storage", "polandcentral", ["20.0.2.0/24"], "observed"],
    ["every region", "Microsoft.Storage.Global", null, ["20.0.0.0/16"], "inferred"],
    ["its own region alone", "Microsoft.Sql", west, ["30.0.0.0/24"], "documented"],
    ["one for all regions", "Microsoft.KeyVault", west, ["40.0.0.0/16"], "observed"],
  ])("%s", (_, name, region, prefixes, certainty) => {
    const prediction = applyChanges(tableOf(LOCAL), [parseAddEndpoint(name, region)], TAGS);
    expect(prediction.table.routes.map(told)).toEqual([LOCAL, ...prefixes.map(endpointRow)]);
    expect(prediction.certainty).toBe(certainty);
    const seenOtherwise = certainty === "observed" && /storage/i.test(name) ? ["storage-in-one-row"] : [];
    expect(prediction.cautions.map(({ id }) => id)).toEqual([...seenOtherwise, "endpoint-effects"]);
  });

  it.each([
    ["Microsoft.Storage", null],
    ["Microsoft.Storage", west],
    ["Microsoft.Sql", west],
  ])("%s in a tag file that has only the global tag is one row, in any region (%s)", (name, region) => {
    const tags = tagsOf({ Storage: ["20.0.0.0/16"], Sql: ["20.0.0.0/16"] });
    const { table, rules } = applyChanges(tableOf(LOCAL), [parseAddEndpoint(name, region)], tags);
    expect(table.routes.map(told)).toEqual([LOCAL, endpointRow("20.0.0.0/16")]);
    expect(rules.map(({ id }) => id)).toEqual(["endpoint-of-any-region"]);
  });

  it("the default region is that of the network, if it is known", () => {
    const inRegion = { ...tableOf(LOCAL), subnet: { ...SUBNET, region: "North Europe" } };
    const told = (region: string | null) =>
      applyChanges(inRegion, [parseAddEndpoint("Microsoft.Sql", region)], TAGS).changes;
    expect(told(null)).toEqual(["add-endpoint Microsoft.Sql in northeurope"]);
    expect(told(west)).toEqual(["add-endpoint Microsoft.Sql in westeurope"]);
  });

  it("an endpoint row is listed with its tag, even if it disappears; a user route with its own tag", () => {
    const told = (rows: readonly string[], change: Change) =>
      applyChanges(tableOf(...rows), [change], TAGS).rows.map(({ serviceTag, text }) => [serviceTag, text]);
    expect(told([LOCAL, ENDPOINT], parseRemoveEndpoint("Microsoft.Storage"))).toEqual([
      [
        "Storage.WestEurope",
        "The service endpoint route 20.0.0.0/24 of Storage.WestEurope to VirtualNetworkServiceEndpoint disappears.",
      ],
    ]);
    expect(told([LOCAL], add("Sql=Internet"))).toEqual([
      ["Sql", "The user route 30.0.0.0/16 of Sql to Internet appears."],
    ]);
    expect(told([LOCAL], add("30.0.0.0/16=Internet")).map(([tag]) => tag)).toEqual([null]);
  });

  it("is added beside endpoint rows that no tag names", () => {
    const unnamed = endpointRow("99.0.0.0/24");
    expect(predicted([LOCAL, unnamed], [parseAddEndpoint("Microsoft.Sql", west)], TAGS)).toEqual([
      LOCAL,
      unnamed,
      endpointRow("30.0.0.0/24"),
    ]);
  });

  it("that the subnet has is on, even without a row", () => {
    const sql = { service: "Microsoft.Sql", locations: ["*"] };
    const table = { ...tableOf(LOCAL), subnet: { ...SUBNET, serviceEndpoints: [sql] } };
    expect(refusal(() => applyChanges(table, [parseAddEndpoint("Microsoft.Sql", west)], TAGS))).toEqual([
      "change-conflict",
      "the service endpoint Microsoft.Sql is already enabled; remove it first: --remove-endpoint Microsoft.Sql",
    ]);
  });

  test.each<[string, Parameters<typeof tagsOf>[0], string, string]>([
    [
      "every region in a file without the global tag",
      { "Storage.WestEurope": ["20.0.0.0/24"] },
      "Microsoft.Storage.Global",
      "change-endpoint: the tag file has no service tag for 'Microsoft.Storage.Global'; did you mean: Microsoft.Storage",
    ],
    [
      "a file without any tag of an endpoint",
      { AzureCloud: ["20.0.0.0/8"] },
      "Microsoft.Storage",
      "change-endpoint: the tag file has no service tag for 'Microsoft.Storage'; the file has tags for: none",
    ],
    [
      "a tag of IPv6 alone",
      { Storage: ["2001:db8::/32"] },
      "Microsoft.Storage",
      "change-tag: the tag Storage has no IPv4 prefix; give a newer tag file with --tags",
    ],
  ])("%s is rejected", (_, tags, name, expected) => {
    const [code, told] = refusal(() => predicted([LOCAL], [parseAddEndpoint(name)], tagsOf(tags)));
    expect(`${code}: ${told}`).toBe(expected);
  });

  it("a paired region without a tag is a caution", () => {
    const { cautions } = applyChanges(tableOf(LOCAL), [parseAddEndpoint("Microsoft.Storage", "eastus")], TAGS);
    expect(cautions.map(({ id }) => id)).toEqual(["storage-in-one-row", "pair-without-tag", "endpoint-effects"]);
    expect(cautions[1]?.text).toContain("westus");
  });

  it("the subnet's endpoints are updated if they are known", () => {
    const web = { service: "Microsoft.Web", locations: ["*"] };
    const subnet = { ...SUBNET, serviceEndpoints: [web] };
    const table = { ...tableOf(LOCAL), subnet };
    const on = applyChanges(table, [parseAddEndpoint("Microsoft.Sql", west)], TAGS).table;
    const services = (after: RouteTable) => after.subnet?.serviceEndpoints.map(({ service }) => service);
    expect(services(on)).toEqual(["Microsoft.Web", "Microsoft.Sql"]);
    expect(on.subnet?.serviceEndpoints[1]?.locations).toEqual(["westeurope"]);
    expect(services(applyChanges(on, [parseRemoveEndpoint("microsoft.sql")], TAGS).table)).toEqual(["Microsoft.Web"]);
  });

  test.each<[string, readonly string[], Change, string, string]>([
    [
      "one that is on",
      [ENDPOINT],
      parseAddEndpoint("Microsoft.Storage", west),
      "change-conflict",
      "is already enabled",
    ],
    [
      "a region that is needed",
      [],
      parseAddEndpoint("Microsoft.Storage"),
      "change-region",
      "missing region of the network",
    ],
    [
      "a misspelt region",
      [],
      parseAddEndpoint("Microsoft.Storage", "westeurop"),
      "change-region",
      "did you mean: westeurope",
    ],
    [
      "a misspelt endpoint",
      [],
      parseAddEndpoint("Microsoft.Storge", west),
      "change-endpoint",
      "did you mean: Microsoft.Storage",
    ],
    [
      "an endpoint with .Global before its service",
      [],
      parseAddEndpoint("Microsoft.Global.Storage", west),
      "change-endpoint",
      "the tag file has no service tag for 'Microsoft.Global.Storage'",
    ],
    [
      "one that is off",
      [ENDPOINT],
      parseRemoveEndpoint("Microsoft.Sql"),
      "change-not-found",
      "its endpoints: Microsoft.Storage",
    ],
  ])("%s is rejected", (_, rows, change, code, message) => {
    expect(refusal(() => predicted(rows, [change], TAGS))).toEqual([code, expect.stringContaining(message)]);
  });

  it("needs tags", () => {
    expect(refusal(() => predicted([], [parseRemoveEndpoint("Microsoft.Sql")]))[0]).toBe("service-tags-missing");
  });
});

describe.skipIf(!hasSharedData)("a region is known by its name in Azure and its abbreviation in the tag file", () => {
  const real = () => sharedCatalogue("ServiceTags_Public_20231106.json");
  test.each([
    ["germanywestcentral", "germanywc"],
    ["francecentral", "centralfrance"],
    ["norwayeast", "Norway E"],
  ])("%s, %s", (name, abbreviation) => {
    const rows = (region: string) =>
      applyChanges(tableOf(LOCAL), [parseAddEndpoint("Microsoft.Storage", region)], real()).table.routes;
    expect(rows(name)).toHaveLength(3);
    expect(rows(abbreviation)).toEqual(rows(name));
  });
});

/** A row of a network whose gateway routes are switched off. */
const off = (row: string) => `${row} propagation:off`;

describe("peerings and propagation", () => {
  test.each<[string, readonly string[], readonly Change[], readonly string[]]>([
    [
      "a row for each prefix, behind the network's",
      [LOCAL, INTERNET],
      [parseAddPeering("10.1.0.0/16,10.2.0.0/16")],
      [LOCAL, PEER, PEER.replace(".1.", ".2."), INTERNET],
    ],
    ["inside a None row: both stay", [LOCAL, NONE_8], [parseAddPeering("10.1.0.0/16")], [LOCAL, PEER, NONE_8]],
    [
      "as large as a None row: that goes",
      [NONE_ROWS[1]],
      [parseAddPeering("172.16.0.0/12")],
      ["Default 172.16.0.0/12 VNetPeering"],
    ],
    [
      "larger than a None row",
      [NONE_ROWS[2]],
      [parseAddPeering("192.168.0.0/15")],
      ["Default 192.168.0.0/15 VNetPeering"],
    ],
    [
      "under a user route",
      ["User 10.1.0.0/16 None"],
      [parseAddPeering("10.1.0.0/16")],
      ["Default! 10.1.0.0/16 VNetPeering", "User 10.1.0.0/16 None"],
    ],
    ["undone", [LOCAL, PEER, INTERNET], [parseRemovePeering("10.1.0.0/16")], [LOCAL, INTERNET]],
    [
      "undone, with its private endpoints",
      [LOCAL, PEER, PRIVATE, "Default 10.0.0.9/32 InterfaceEndpoint"],
      [parseRemovePeering("10.1.0.0/16")],
      [LOCAL, "Default 10.0.0.9/32 InterfaceEndpoint"],
    ],
    [
      "a part of a network undone: its private endpoints stay",
      [LOCAL, PEER, "Default 10.1.0.0/24 VNetPeering", PRIVATE],
      [parseRemovePeering("10.1.0.0/24")],
      [LOCAL, PEER, PRIVATE],
    ],
    [
      "one prefix of a row undone",
      ["Default 10.1.0.0/16,10.2.0.0/16 VNetGlobalPeering"],
      [parseRemovePeering("10.2.0.0/16")],
      ["Default 10.1.0.0/16 VNetGlobalPeering"],
    ],
    [
      "undone: its None row is back",
      [INTERNET, "Default 172.16.0.0/12 VNetPeering"],
      [parseRemovePeering("172.16.0.0/12")],
      [INTERNET, NONE_ROWS[1]],
    ],
    [
      "but not under a default route",
      [NVA, "Default 172.16.0.0/12 VNetPeering"],
      [parseRemovePeering("172.16.0.0/12")],
      [NVA],
    ],
    ["propagation off", [LOCAL, BGP, INTERNET], [parsePropagateBgp("off")], [LOCAL, INTERNET].map(off)],
    [
      "off, with the gateway's default route",
      [LOCAL, BGP_DEFAULT, BGP],
      [parsePropagateBgp("off")],
      [LOCAL, INTERNET, ...NONE_ROWS].map(off),
    ],
    [
      "off, under a user's default route",
      [LOCAL, BGP_DEFAULT.replace("way", "way!"), NVA],
      [parsePropagateBgp("off")],
      [LOCAL, NVA].map(off),
    ],
    [
      "off: a private endpoint's row keeps the state that no gateway's route gave it",
      ["Default! 10.1.0.4/32 InterfaceEndpoint", "VirtualNetworkGateway 10.1.0.4/32 VirtualNetworkGateway"],
      [parsePropagateBgp("off")],
      ["Default! 10.1.0.4/32 InterfaceEndpoint"].map(off),
    ],
    ["off and on", [LOCAL, BGP], [parsePropagateBgp("off"), parsePropagateBgp("on")], [LOCAL, BGP]],
  ])("%s", (_, rows, changes, expected) => {
    expect(predicted(rows, changes)).toEqual(expected);
  });

  it("each row has the propagation setting if the source has it", () => {
    const before = { ...tableOf(LOCAL), routes: [row(LOCAL), { ...row(INTERNET), disableBgpRoutePropagation: null }] };
    const { table } = applyChanges(before, [parsePropagateBgp("off")], null);
    expect(table.routes.map((route) => route.disableBgpRoutePropagation)).toEqual([true, null]);
    expect(table.routes[0]?.fields).toEqual({ disableBgpRoutePropagation: true });
    expect(applyChanges(table, [parsePropagateBgp("off")], null).table.routes[0]).toBe(table.routes[0]);
    const on = applyChanges(table, [parsePropagateBgp("on")], null);
    expect(on.table.routes[0]?.disableBgpRoutePropagation).toBe(false);
    const text = "The prediction adds no gateway routes: a table read with propagation off does not show them.";
    expect(on.cautions).toEqual([{ id: "gateway-routes-unknown", text }]);
  });

  test.each<[string, readonly string[], Change, string, string]>([
    ["a network that overlaps", [LOCAL], parseAddPeering("10.0.4.0/24"), "change-conflict", "overlaps 10.0.0.0/16"],
    [
      "a peering that is none",
      [LOCAL, PEER],
      parseRemovePeering("10.0.0.0/16"),
      "change-not-found",
      "its peerings: 10.1.0.0/16",
    ],
  ])("%s is rejected", (_, rows, change, code, message) => {
    expect(refusal(() => predicted(rows, [change]))).toEqual([code, expect.stringContaining(message)]);
  });

  it("what cannot be predicted is a caution", () => {
    const cautions = (rows: readonly string[], change: Change) =>
      applyChanges(tableOf(...rows), [change], null).cautions.map(({ id }) => id);
    expect(cautions([LOCAL], TO_NVA)).toEqual(["appliance-reachable"]);
    expect(cautions([PEER], TO_NVA)).toEqual(["appliance-out-of-reach"]);
    expect(cautions([], TO_NVA)).toEqual(["appliance-reach-unknown"]);
    expect(cautions([PEER, PRIVATE], add("10.1.0.0/16=None"))).toEqual(["private-endpoint-state"]);
    expect(cautions([PEER, PRIVATE], add("0.0.0.0/0=None"))).toEqual([]);
    expect(cautions([PEER, PRIVATE], add("10.1.0.4/32=None"))).toEqual([]);
    expect(cautions([PEER, PRIVATE, "User 10.1.0.0/16 None"], add("10.9.0.0/16=None"))).toEqual([]);
    expect(cautions([PEER, PRIVATE, "User 10.1.0.0/16 None #a"], remove("a"))).toEqual(["private-endpoint-state"]);
    expect(cautions([LOCAL], add("10.0.0.0/8=VnetLocal"))).toEqual(["local-beyond-network"]);
    expect(cautions([LOCAL], add("10.0.1.0/24=VnetLocal"))).toEqual([]);
    expect(cautions([LOCAL], parseAddPeering("10.1.0.0/16"))).toEqual(["peer-private-endpoints"]);
    expect(cautions([PEER, BGP], parseRemovePeering("10.1.0.0/16"))).toEqual(["gateway-of-peering"]);
    const text = (hop: string) =>
      applyChanges(
        tableOf(PEER, `VirtualNetworkGateway 10.9.0.0/16 VirtualNetworkGateway ${hop}`),
        [parseRemovePeering("10.1.0.0/16")],
        null,
      ).cautions[0]?.text;
    expect(text("10.1.0.254")).toContain("most likely 10.9.0.0/16, whose next hop is in it");
    expect(text("10.2.0.254")).toContain("the table does not show which ones");
    const learned = Array.from({ length: 7 }, (_, at) => `VirtualNetworkGateway 20.${at}.0.0/16 None 10.1.0.254`);
    const many = (count: number) =>
      applyChanges(tableOf(PEER, ...learned.slice(0, count)), [parseRemovePeering("10.1.0.0/16")], null);
    const six = "20.0.0.0/16, 20.1.0.0/16, 20.2.0.0/16, 20.3.0.0/16, 20.4.0.0/16, 20.5.0.0/16";
    expect(many(6).cautions[0]?.text).toContain(`most likely ${six}, whose next hop is in it`);
    expect(many(7).cautions[0]?.text).toContain(`most likely ${six} and others, whose next hop is in it`);
    expect(cautions([PEER, OTHER_PEER], parseRemovePeering("10.1.0.0/16"))).toEqual(["other-prefixes-of-peering"]);
    expect(cautions([NVA], remove("to-nva"))).toEqual(["none-rows-vary"]);
  });
});

describe.skipIf(!hasSharedData)("tables of real networks", () => {
  const files = ["data/captures", "oracle"].flatMap((folder) =>
    listShared(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => `${folder}/${name}`),
  );

  test.each(files)("%s: removing and adding its user routes restores Azure's states", async (file) => {
    const text = readShared(file).replaceAll("<PUBLIC_IP>", "25.0.0.0");
    const json = JSON.parse(text) as { readonly routes?: unknown };
    const real = await readRouteTable(JSON.stringify(json.routes ?? json), { kind: "file", name: file });
    const users = real.routes.filter(({ source }) => source === "User");
    // The tie's table has no states in the document, and an inventor of scenarios set all to Active.
    if (users.some((route) => route.destinationServiceTags.length > 0) || file.includes("default-tie")) return;
    const without = real.routes
      .filter(({ source }) => source !== "User")
      .map((route) => (route.nextHopType === "InterfaceEndpoint" ? route : { ...route, state: "Active" }));
    const changes = users.map((route) => {
      const ip = route.nextHopIpAddress[0];
      return add(
        `${route.addressPrefix.map(formatPrefix).join()}=${route.nextHopType}${ip === undefined ? "" : `:${ip}`}`,
        route.name,
      );
    });
    const { table } = applyChanges({ ...real, routes: without }, changes, null);
    expect(new Set(table.routes.map(told))).toEqual(new Set(real.routes.map(told)));
  });
});

const freePrefix: fc.Arbitrary<Prefix> = fc
  .constantFrom("10.0.0.0/15", "10.0.0.0/16", "10.0.1.0/24", "10.0.0.0/8", "20.0.0.0/8", "fd00::/8", "0.0.0.0/0")
  .map((text) => parsePrefix(text));

const anyAddress: fc.Arbitrary<Address> = fc
  .bigInt(0n, (1n << 32n) - 1n)
  .map((value) => ({ family: 4, value }) as const);

const isFree = (routes: readonly EffectiveRoute[], prefix: Prefix) =>
  !routes.some(
    (route) =>
      /^user$/i.test(route.source) && route.addressPrefix.some((own) => formatPrefix(own) === formatPrefix(prefix)),
  );

/** The rows that win, told by what a split or a new state does not change. */
const winners = ({ verdict, winners: rows }: Decision) => [
  verdict,
  ...rows
    .map(
      ({ route, prefix }) =>
        `${route.source} ${route.name} ${route.nextHopType} ${route.nextHopIpAddress} ${formatPrefix(prefix)}`,
    )
    .sort(),
];

describe("for any table", () => {
  it("adding and removing a route changes nothing", () => {
    fc.assert(
      fc.property(anyTable, freePrefix, (routes, prefix) => {
        fc.pre(isFree(routes, prefix));
        const changes = [
          add(`${formatPrefix(prefix)}=None`, "new"),
          remove("new"),
          parsePropagateBgp("off"),
          parsePropagateBgp("on"),
        ];
        const { table, rows } = applyChanges({ routes, origin }, changes, null);
        expect(table.routes).toEqual(routes);
        expect(rows).toEqual([]);
      }),
    );
  });

  it("decides like the table with the new route and without its prefix in the overridden rows", {
    tags: ["slow"],
  }, () => {
    fc.assert(
      fc.property(anyTable, freePrefix, fc.array(anyAddress), (routes, prefix, some) => {
        fc.pre(isFree(routes, prefix) && prefix.length > 0);
        const change = add(`${formatPrefix(prefix)}=Internet`, "new");
        const { table } = applyChanges({ routes, origin }, [change], null);
        const gives = ({ source, nextHopType }: EffectiveRoute) =>
          nextHopType === "InterfaceEndpoint" ||
          source === "VirtualNetworkGateway" ||
          (source === "Default" && nextHopType !== "VirtualNetworkServiceEndpoint");
        const others = routes.map((route) =>
          gives(route)
            ? {
                ...route,
                addressPrefix: route.addressPrefix.filter((own) => formatPrefix(own) !== formatPrefix(prefix)),
              }
            : route,
        );
        const expected = [...others, ...table.routes.filter(({ name }) => name === "new")];
        for (const address of [...boundaryAddresses(table.routes), ...PLATFORM_ADDRESSES, ...some]) {
          expect(winners(select(table.routes, address)), formatAddress(address)).toEqual(
            winners(select(expected, address)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it("each changed row is listed with its rules; the others are the same objects", () => {
    fc.assert(
      fc.property(anyTable, freePrefix, (routes, prefix) => {
        fc.pre(isFree(routes, prefix));
        const { table, rows } = applyChanges({ routes, origin }, [add(`${formatPrefix(prefix)}=None`)], null);
        const changed = new Set(rows.map(({ row: place }) => place));
        table.routes.forEach((route, index) => {
          const isPart = routes.some((one) => one.name === route.name && one.nextHopType === route.nextHopType);
          expect(changed.has(index) || routes.includes(route) || isPart).toBe(true);
        });
        for (const { rules } of rows) expect(rules.length).toBeGreaterThan(0);
      }),
    );
  });
});

function refusal(attempt: () => unknown): readonly [unknown, string] {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !("hint" in error)) throw error;
    expect(error.message.length).toBeLessThan(100);
    return [error.code, `${error.message}; ${error.hint}`];
  }
  throw new Error("not refused");
}
