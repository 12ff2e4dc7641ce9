import { describe, expect, test } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import type { AnnotatedRouteTable, ServiceTagMatch } from "../../src/routes/annotation.ts";
import { certaintyOf, contestedRules, leastSure } from "../../src/selection/certainty.ts";
import { notesBesides } from "../../src/selection/diagnosis.ts";
import { brief, explain } from "../../src/selection/explain.ts";
import type { NOTE_IDS, NoteLevel } from "../../src/selection/notes/notes.ts";
import { outboundMethodOf } from "../../src/selection/outbound-method.ts";
import { select } from "../../src/selection/select.ts";
import { NOTE_CASES } from "./notes-cases.ts";
import { annotatedTable, row } from "./routes-for-tests.ts";

const SUBNET = {
  ...{ id: "subnet", region: null, serviceEndpoints: [], routeTableId: null },
  privateEndpointNetworkPolicies: null,
};

/** The tables of `annotatedTable`, with names for the first row's endpoint and for each of its prefixes. */
function named(serviceEndpoint: string, tags: readonly string[], ...rows: readonly string[]): AnnotatedRouteTable {
  const table = annotatedTable(...rows);
  const [first, ...others] = table.routes;
  if (first === undefined) throw new Error("a table without rows");
  const prefixes = first.prefixes.map((prefix, at) => ({ ...prefix, serviceTag: tags[at] ?? null }));
  return { ...table, routes: [{ ...first, serviceEndpoint, prefixes }, ...others] };
}

const ENDPOINT = named(
  "Microsoft.Storage",
  ["Storage.NorthEurope", "Storage.WestEurope"],
  "Default 30.0.0.0/24,20.0.0.0/24 VirtualNetworkServiceEndpoint",
  "User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #to-nva",
  "Default! 0.0.0.0/0 Internet",
);

const match = (name: string): ServiceTagMatch => ({
  ...{ name, addressPrefix: "0.0.0.0/0", region: null, systemService: null },
});
const source = (...names: readonly string[]) => ({
  file: { cloud: null, changeNumber: null, numbering: "weekly-file" as const, file: "t", date: null, note: null },
  lookup: () => names.map(match),
  mostSpecific: () => names[0] ?? null,
  annotate: () => ({ serviceTag: null, serviceEndpoint: null, prefixes: [] }),
});

describe("an explanation", () => {
  test("has every field of every row, the names of the prefix that covers, and why", () => {
    const { diagnosis, notes, ...rest } = explain(ENDPOINT, parseAddress("20.0.0.1"), source("Storage"));
    const endpoint = {
      ...{ addressPrefix: "20.0.0.0/24", source: "Default", name: null, nextHopIpAddress: [] },
      ...{ nextHopType: "VirtualNetworkServiceEndpoint" },
      ...{ serviceTag: "Storage.WestEurope", serviceEndpoint: "Microsoft.Storage" },
    };
    const plain = { addressPrefix: "0.0.0.0/0", serviceTag: null, serviceEndpoint: null };
    expect(diagnosis.text).toBe("service endpoint Microsoft.Storage (Storage.WestEurope)");
    expect(notes.map(({ id }) => id)).toEqual(["bypasses-appliance", "endpoint-effects"]);
    expect(rest).toEqual({
      destination: "20.0.0.1",
      hostName: null,
      verdict: "forward",
      winner: endpoint,
      next: null,
      rule: {
        id: "longest-prefix",
        status: "documented",
        source: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
        text: "20.0.0.0/24 is the longest active prefix; the next is 0.0.0.0/0.",
      },
      certainty: "documented",
      candidates: [
        {
          ...{ ...endpoint, state: "Active", outcome: "won", reason: "longest-prefix", label: "longest prefix" },
          text: "Wins: next hop VirtualNetworkServiceEndpoint.",
        },
        {
          ...{ ...plain, source: "User", state: "Active", name: "to-nva", nextHopType: "VirtualAppliance" },
          ...{ nextHopIpAddress: ["10.0.9.4"], outcome: "lost", reason: "longest-prefix" },
          ...{ label: "/0 is shorter than /24", text: "Its /0 is shorter than the winner's /24." },
        },
        {
          ...{ ...plain, source: "Default", state: "Invalid", name: null, nextHopType: "Internet" },
          ...{ nextHopIpAddress: [], outcome: "inactive", reason: "inactive-route" },
          label: "Invalid: overridden by to-nva (same prefix)",
          text: "Invalid: overridden by the user route to-nva 0.0.0.0/0 (same prefix).",
        },
      ],
      serviceTags: [match("Storage")],
      networkWatcher: null,
    });
  });

  test("has each next hop of equal rows once, and tags only where there are some", () => {
    const rows = ["10.0.9.4 10.0.9.5", "10.0.9.5 10.0.9.6"].map((hops) => `User 0.0.0.0/0 VirtualAppliance ${hops}`);
    const { winner, serviceTags } = explain(annotatedTable(...rows), parseAddress("8.8.8.8"), null);
    expect([winner?.nextHopIpAddress, serviceTags]).toEqual([["10.0.9.4", "10.0.9.5", "10.0.9.6"], []]);
  });

  test.each<[to: string, tags: readonly string[], serviceTag: string | null]>([
    ["20.0.0.1", ["Sql", "AzureCloud"], "Storage.WestEurope"],
    ["8.8.8.8", ["Sql", "AzureCloud"], "Sql"],
    ["8.8.8.8", [], null],
    ["168.63.129.16", ["Sql"], "Sql"],
  ])("in brief, of %s with the tags %j, has the tag %s", (to, tags, serviceTag) => {
    const explanation = explain(ENDPOINT, parseAddress(to), source(...tags));
    const { verdict, winner, certainty, rule } = explanation;
    expect(brief({ ...explanation, hostName: "app.contoso.com" })).toEqual({
      ...{ destination: to, hostName: "app.contoso.com", verdict, winner, rule: rule.id, certainty, serviceTag },
    });
  });
});

describe("the notes of an explanation", () => {
  test("have a weight and a few words, the same for all of one id", () => {
    const found = new Map<string, Set<string>>();
    for (const { to, rows } of NOTE_CASES) {
      for (const { id, level, label } of explain(annotatedTable(...rows), parseAddress(to), source("Sql")).notes) {
        found.set(id, (found.get(id) ?? new Set()).add(`${level}: ${label}`));
      }
    }
    const expected: Record<(typeof NOTE_IDS)[number], `${NoteLevel}: ${string}`> = {
      "drop-none": "problem: dropped",
      "appliance-unreachable": "problem: unreachable appliance",
      "private-to-internet": "problem: private address to Internet",
      "unreachable-next-hop": "problem: unreachable next hop",
      "bypasses-appliance": "problem: bypasses an appliance",
      contested: "problem: contested",
      "private-endpoint": "remark: private endpoint",
      "equal-cost": "remark: equal cost",
      "return-path": "remark: return path",
      "outbound-access": "remark: outbound access",
      "endpoint-effects": "remark: source address at the service",
      "default-to-appliance": "remark: default route to an appliance",
      "no-recursion": "detail: next hop not looked up again",
      "internet-to-azure": "detail: Microsoft's backbone",
    };
    expect(Object.fromEntries([...found].map(([id, told]) => [id, [...told].join()]))).toEqual(expected);
  });

  test("say of an address of Azure behind Internet that the packet stays with Microsoft", () => {
    const { notes } = explain(
      annotatedTable("Default 0.0.0.0/0 Internet"),
      parseAddress("20.0.0.1"),
      source("Sql", "X"),
    );
    expect(notes.at(-1)?.text).toBe(
      "An address of Azure (Sql): the packet stays on Microsoft's backbone. NSGs and firewalls come after.",
    );
  });

  test.each<[name: string, to: string, rows: readonly string[], ids: readonly string[]]>([
    ["none where all is well", "10.0.0.4", ["Default 10.0.0.0/16 VnetLocal"], []],
    [
      "that of equal cost, which a shared diagnosis states",
      "10.8.0.1",
      ["User 10.8.0.0/16 VirtualAppliance 10.0.9.4 10.0.9.5"],
      ["return-path", "no-recursion"],
    ],
    [
      "one of several unreachable appliances",
      "8.8.8.8",
      ["User 0.0.0.0/0 None 10.0.9.4", "User 0.0.0.0/0 None 10.0.9.5"],
      ["appliance-unreachable", "equal-cost"],
    ],
  ])("besides the diagnosis leave out %s", (_, to, rows, ids) => {
    expect(notesBesides(explain(annotatedTable(...rows), parseAddress(to), null)).map(({ id }) => id)).toEqual(ids);
  });
});

describe("certainty", () => {
  test("of several is that of the least sure, and documented where there are none", () => {
    expect(leastSure([])).toBe("documented");
    expect(leastSure(["observed", "documented"])).toBe("observed");
    expect(leastSure(["observed", "inferred", "documented"])).toBe("inferred");
    expect(leastSure(["contested", "inferred"])).toBe("contested");
  });

  test("is contested by each disputed rule, named once, the deciding one first", () => {
    const endpoint = "Default 20.0.0.0/24 VirtualNetworkServiceEndpoint";
    const rows = [endpoint, endpoint, "User 20.0.0.0/24 None", "Default 20.0.0.0/16 VirtualNetworkServiceEndpoint"];
    const decision = select(rows.map(row), parseAddress("20.0.0.1"));
    expect(contestedRules(decision)).toEqual(["longer-udr-over-endpoint", "service-endpoint-tie"]);
    expect(certaintyOf(decision)).toBe("contested");
  });
});

test("an outbound method is known by the names of its resources", () => {
  const nic = { privateIpAddresses: [], publicIpAddresses: ["/subscriptions/s/publicIPAddresses/pip1", "20.1.2.3"] };
  const table = annotatedTable().table;
  expect(outboundMethodOf({ ...table, nic })).toEqual({
    kind: "public-address",
    names: ["pip1", "20.1.2.3"],
    isCertain: false,
  });
  expect(outboundMethodOf({ ...table, subnet: { ...SUBNET, natGateway: "/s/natGateways/n" } })).toEqual({
    kind: "nat-gateway",
    name: "n",
  });
  expect(outboundMethodOf({ ...table, subnet: { ...SUBNET, natGateway: null, defaultOutboundAccess: true } })).toEqual({
    kind: "unknown",
  });
  expect(outboundMethodOf(table)).toEqual({ kind: "unknown" });
});
