import { describe, expect, test } from "vitest";
import { traceData } from "../../../src/analysis/trace/from-snapshot.ts";
import { trace } from "../../../src/analysis/trace/walk.ts";
import type { Outcome } from "../../../src/topology/snapshot.ts";
import { hubAndSpokes, learned, nic, question, snapshotOfDraft } from "./lab.ts";

const whole = snapshotOfDraft(hubAndSpokes());

/** The snapshot with other facts about the table of web. */
const withWeb = (more: Partial<(typeof whole.nics)[number]>) => ({
  ...whole,
  nics: whole.nics.map((each) => (each.name === "web" ? { ...each, ...more } : each)),
});

function fromWeb(snapshot: typeof whole) {
  const data = traceData(snapshot, null);
  return trace(data, question(data, "nic:web", "10.2.0.4")).trace;
}

describe("the table of a NIC", () => {
  test.each([
    ["ok", "its table could not be read"],
    ["stopped", "its virtual machine does not run"],
    ["unattached", "it is not attached to a virtual machine"],
    ["no-api", "Azure has no effective routes for it"],
    ["denied", "no permission to read them"],
    ["failed", "reading them failed"],
  ] as const satisfies readonly (readonly [Outcome, string])[])(
    "that is missing has a reason: %s",
    (outcome, reason) => {
      const text = `the effective routes of web are missing: ${reason}`;
      expect(fromWeb(withWeb({ outcome, tableKey: null })).text).toBe(text);
      expect(fromWeb(withWeb({ outcome, tableKey: "gone" })).text).toBe(text);
    },
  );

  test("that is missing has the reason of the source, where it gives one", () => {
    const error = { code: "timeout", message: "no answer within 30 s" };
    expect(fromWeb(withWeb({ outcome: "failed", tableKey: null, error })).text).toBe(
      "the effective routes of web are missing: no answer within 30 s",
    );
  });

  test("is missing where the snapshot lacks the NIC", () => {
    expect(fromWeb({ ...whole, nics: [] }).text).toBe(
      "the effective routes of web are missing: it is not in the snapshot",
    );
  });

  test("may be that of another NIC of its subnet, which a note names", () => {
    expect(fromWeb(whole).hops[0]?.notes).toEqual([]);
    const [web] = fromWeb(withWeb({ standInId: "/x/networkInterfaces/web-2" })).hops;
    expect(web?.notes).toEqual([
      { id: "stand-in", level: "remark", text: "routes of web-2, a NIC of the same subnet" },
    ]);
  });
});

describe("the tables of a router", () => {
  const ID = "/x/virtualNetworkGateways/vpn";
  const tableOf = (routerId: string, kind: Parameters<typeof learned>[2], scope: string) =>
    learned(routerId, ["10.0.0.0/8 10.0.0.4 EBgp"], kind, scope);
  const tablesOf = (...gatewayTables: readonly (typeof whole.gatewayTables)[number][]) =>
    traceData({ ...whole, gatewayTables }, null).tables;

  test.each([
    ["are of its kind", [tableOf(ID, "gateway-advertised", "sent"), tableOf(ID, "gateway-learned", "own")], "own"],
    ["are found by its id, without case", [tableOf(ID.toUpperCase(), "gateway-learned", "own")], "own"],
    ["are found by its name, as exports name it", [tableOf("VPN", "gateway-learned", "file")], "file"],
    [
      "that name its id come before those that only have its name",
      [tableOf("vpn", "gateway-learned", "file"), tableOf(ID, "gateway-learned", "own")],
      "own",
    ],
    ["are not those of another", [tableOf("/x/virtualNetworkGateways/er", "gateway-learned", "other")], null],
  ])("%s", (_, tables, scope) => {
    expect(tablesOf(...tables).ofGateway(ID)?.scope ?? null).toBe(scope);
  });

  test("of hubs, Route Servers and circuits are all that were read", () => {
    const kinds = ["hub", "route-server-learned", "route-server-advertised", "circuit", "gateway-learned"] as const;
    const tables = tablesOf(
      ...kinds.flatMap((kind) => [tableOf(ID, kind, `${kind} 1`), tableOf(ID, kind, `${kind} 2`)]),
    );
    const scopes = [tables.ofHub(ID), tables.ofRouteServer(ID), tables.circuits];
    expect(scopes.map((found) => found.map(({ scope }) => scope))).toEqual([
      ["hub 1", "hub 2"],
      ["route-server-learned 1", "route-server-learned 2"],
      ["circuit 1", "circuit 2"],
    ]);
  });
});

test.each([
  [false, ["outbound-access remark"]],
  [true, []],
])("a way to the Internet from a subnet with default outbound access %s has the notes %j", (access, notes) => {
  const facts = { id: "hub/main", region: null, serviceEndpoints: [], routeTableId: null, natGateway: null };
  const subnet = { ...facts, privateEndpointNetworkPolicies: null, defaultOutboundAccess: access };
  const nicFacts = { privateIpAddresses: ["10.0.1.4"], publicIpAddresses: [] };
  const tables = new Map([...whole.tables].map(([key, table]) => [key, { ...table, subnet, nic: nicFacts }]));
  const data = traceData({ ...whole, tables }, null);
  const [nva] = trace(data, question(data, "nic:nva", "8.8.8.8")).trace.hops;
  expect(nva?.notes.map(({ id, level }) => `${id} ${level}`)).toEqual(notes);
  for (const { text } of nva?.notes ?? []) expect(text).toContain("No outbound method found");
});

test("a trace is bounded, and says so", () => {
  const draft = hubAndSpokes();
  const addresses = Array.from({ length: 70 }, (_, at) => `10.0.3.${at + 4}`);
  for (const [at, address] of addresses.entries()) {
    draft.nics.push(nic(address, "hub", address, { ipForwarding: true }));
    const next = addresses[at + 1] ?? "10.0.9.9";
    draft.tables[address] = ["10.0.0.0/16 Default VnetLocal", `0.0.0.0/0 User VirtualAppliance ${next}`];
  }
  draft.tables.web = [...(draft.tables.web ?? []).slice(0, 2), `0.0.0.0/0 User VirtualAppliance ${addresses[0]}`];
  const found = fromWeb(snapshotOfDraft(draft));
  const text = "only the first 64 hops were followed";
  expect(found).toMatchObject({ disposition: "unknown", text, notes: [{ id: "bounded", level: "problem", text }] });
  expect(found.hops).toHaveLength(64);
  expect(found.ends).toEqual([{ hop: 64, disposition: "unknown", text }]);
  expect(found.hops.at(-1)).toMatchObject({ disposition: "unknown", next: [] });
});
