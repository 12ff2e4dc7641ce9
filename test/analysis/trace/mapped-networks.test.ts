import { expect, test } from "vitest";
import { traceData } from "../../../src/analysis/trace/from-snapshot.ts";
import { trace } from "../../../src/analysis/trace/walk.ts";
import { readAddressMap } from "../../../src/topology/address-map.ts";
import { type Draft, gateway, hubAndSpokes, learned, question, snapshotOfDraft } from "./lab.ts";

const SPOKE = ["10.1.0.0/16 Default VnetLocal", "10.0.0.0/16 Default VNetPeering"];
const TABLES: Draft["tables"] = {
  "web-a": SPOKE,
  "web-b": SPOKE,
  nva: ["10.0.0.0/16 Default VnetLocal", "10.1.0.0/16 Default VNetPeering"],
};

/** A folder of exports: tables alone, and the map. */
function exportsWith(map: string) {
  const draft: Draft = { ...hubAndSpokes(), networks: [], nics: [], tables: TABLES };
  const snapshot = snapshotOfDraft(draft);
  const nic = (name: string) =>
    ({
      id: name,
      name,
      subnetId: null,
      outcome: "ok",
      tableKey: name,
      standInId: null,
      fetchedAt: null,
      error: null,
    }) as const;
  const nics = Object.keys(TABLES).map(nic);
  return traceData({ ...snapshot, topology: null, nics }, null, readAddressMap(`address,name,network\n${map}`));
}

const SENDERS = "10.1.0.8,web-a,spoke-a\n10.1.0.9,web-b,spoke-b\n10.0.1.4,nva,hub\n";
const BOTH = `${SENDERS}10.1.0.4,db-a,spoke-a\n10.1.0.4,db-b,Spoke-B\n`;
const WITHOUT = BOTH.replaceAll(/,(spoke-.|hub)$/gim, ",");

test.each([
  ["in the sender's own network", BOTH, "web-a", "web-a db-a", /^delivered to db-a in spoke-a$/],
  [
    "in the sender's own network, whose name ignores case",
    BOTH,
    "web-b",
    "web-b db-b",
    /^delivered to db-b in Spoke-B$/,
  ],
  ["ambiguous where two peered networks have it", BOTH, "nva", "nva", /ambiguous: db-a in spoke-a and db-b in Spoke-B/],
  [
    "ambiguous among many, of which three are named",
    SENDERS + Array.from({ length: 9 }, (_, at) => `10.1.0.4,db${at},spoke-a\n`).join(""),
    "web-a",
    "web-a",
    /ambiguous: db0 in spoke-a and db1 in spoke-a and db2 in spoke-a and 6 more have it$/,
  ],
  ["ambiguous without networks", WITHOUT, "web-a", "web-a", /ambiguous: db-a and db-b/],
  [
    "unknown where only another network has it",
    `${SENDERS}10.1.0.4,db-a,spoke-a\n`,
    "web-b",
    "web-b 10.1.0.4",
    /^delivered to the network of 10\.1\.0\.4$/,
  ],
  [
    "that of a row without a network, where no row names the sender's",
    `${SENDERS}10.1.0.4,db,\n`,
    "web-a",
    "web-a db",
    /^delivered to db$/,
  ],
  [
    "in the one peered network that has it",
    `${SENDERS}10.1.0.4,db-a,spoke-a\n`,
    "nva",
    "nva db-a",
    /^delivered to db-a in spoke-a$/,
  ],
])("the owner of 10.1.0.4 is %s", (_case, map, from, path, text) => {
  const data = exportsWith(map);
  const found = trace(data, question(data, `nic:${from}`, "10.1.0.4")).trace;
  expect(found.hops.map(({ name }) => name).join(" ")).toBe(path);
  expect(found.text).toMatch(text);
  expect(found.hops[0]?.assumptions.filter(({ id }) => id === "address-map")).toEqual([]);
});

test.each([
  ["spoke2", /^delivered to db in spoke2$/],
  ["spoke9", /^no such host in the snapshot: nothing in spoke2 has 10\.2\.0\.4$/],
  ["", /^delivered to db$/],
])("in a network of the inventory, a row of network '%s' counts only if it is the same", (of, text) => {
  const draft = hubAndSpokes();
  draft.nics = draft.nics.filter(({ name }) => name !== "db");
  const data = traceData(snapshotOfDraft(draft), null, readAddressMap(`address,name,network\n10.2.0.4,db,${of}\n`));
  expect(trace(data, question(data, "nic:web", "10.2.0.4")).trace.text).toMatch(text);
});

const NAMED = "address,name,kind,vm,ip-forwarding,backends,network\n";

test.each([
  ["nic", "10.0.1.4 is nva-map in hub", "nva-map: 10.0.1.4"],
  ["load-balancer", "10.0.1.4 is nva-map in hub", "nva-map: 10.0.1.4"],
  ["firewall", "10.0.1.4 is nva-map in hub", "nva-map: 10.0.1.4"],
  ["managed-appliance", "10.0.1.4 is nva-map in hub", "nva-map: 10.0.1.4"],
  ["vpn-gateway", "10.0.1.4 is nva-map in hub", "nva-map: 10.0.1.4"],
  ["route-server", "10.0.1.4 is Route Server nva-map, which forwards no packets", null],
])("a next hop that an address map names is what the map says: a %s", (kind, rule, next) => {
  const draft: Draft = { ...hubAndSpokes(), networks: [], nics: [], tables: {} };
  const tables = { web: [...SPOKE, "0.0.0.0/0 User VirtualAppliance 10.0.1.4"] };
  const snapshot = snapshotOfDraft({ ...draft, tables });
  const web = { id: "web", name: "web", subnetId: null, outcome: "ok", tableKey: "web" } as const;
  const nics = [{ ...web, standInId: null, fetchedAt: null, error: null }];
  const map = readAddressMap(`${NAMED}10.1.0.8,web,,,,,spoke-a\n10.0.1.4,nva-map,${kind},,,,hub\n`);
  const data = traceData({ ...snapshot, topology: null, nics }, null, map);
  const [first, second] = trace(data, question(data, "nic:web", "10.9.9.9")).trace.hops;
  expect(first?.rule.text).toBe(rule);
  expect(first?.assumptions).toEqual([]);
  expect(second === undefined ? null : `${second.name}: ${second.address}`).toBe(next);
});

test("what a map names in a described network is assumed, because nothing confirms it", () => {
  const draft = hubAndSpokes();
  draft.nics = draft.nics.filter(({ name }) => name === "web");
  const map = readAddressMap(`${NAMED}10.0.1.4,nva,,,yes,,hub\n10.0.2.4,host,,,,,hub\n`);
  const data = traceData(snapshotOfDraft(draft), null, map);
  const assumed = (to: string) => trace(data, question(data, "nic:web", to)).trace.hops[0]?.assumptions;
  expect(assumed("10.2.0.4")).toEqual([
    { id: "address-map", text: "nva has 10.0.1.4 according to the address map; no network confirms it" },
  ]);
  expect(assumed("10.0.2.4")).toEqual([
    { id: "address-map", text: "host has 10.0.2.4 according to the address map; no network confirms it" },
  ]);
});

test.each([
  [
    "a network that was read is what that network says, not the map",
    "hub",
    "vpn",
    "leaves by vpn to BGP peer 10.9.0.4 AS 65001",
  ],
  [
    "a network that was not read is what the map says",
    null,
    "vpn partner",
    "the effective routes of partner are missing: it is not in the snapshot",
  ],
])("the BGP peer of a gateway in %s", (_case, of, path, text) => {
  const draft = hubAndSpokes();
  draft.gateways.push(gateway("vpn", of, ["10.0.0.4"]));
  draft.gatewayTables.push(learned("vpn", ["192.168.0.0/16 10.9.0.4 EBgp 32768 65001"]));
  const map = readAddressMap(`${NAMED}10.9.0.4,partner,,,yes,,\n`);
  const data = traceData(snapshotOfDraft(draft), null, map);
  const found = trace(data, question(data, "gateway:vpn", "192.168.1.4")).trace;
  expect(found.hops.map(({ name }) => name).join(" ")).toBe(path);
  expect(found.text).toBe(text);
});
