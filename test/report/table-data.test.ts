import { describe, expect, it } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { tableData, tableOf } from "../../src/report/table-data.ts";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import type { RouteTable } from "../../src/routes/effective-route.ts";
import { SAMPLE_NAMES, sampleRouteTable } from "../../src/routes/samples.ts";
import { explain } from "../../src/selection/explain.ts";
import { sampleTags } from "../../src/service-tags/sample-tags.ts";

const ID = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Network";
const ADDRESSES = [
  "191.239.203.0",
  "191.235.255.192",
  "10.0.0.4",
  "8.8.8.8",
  "10.9.9.9",
  "168.63.129.16",
  "2001:db8::1",
];

const through = (table: Parameters<typeof tableData>[0]) => tableOf(JSON.parse(JSON.stringify(tableData(table))));

describe("a table through the data of a page", () => {
  it.each(SAMPLE_NAMES)("sample %s: every explanation is the same", (name) => {
    const annotated = annotateTable(sampleRouteTable(name), sampleTags());
    for (const address of ADDRESSES.map(parseAddress)) {
      expect(explain(through(annotated), address, null)).toEqual(explain(annotated, address, null));
    }
  });

  it("keeps what notes read of the subnet and the network interface, and no resource id", () => {
    const [first] = sampleRouteTable("no-udr").routes.slice(-1);
    const table: RouteTable = {
      ...sampleRouteTable("no-udr"),
      routes: first === undefined ? [] : [...sampleRouteTable("no-udr").routes],
      origin: { kind: "azure", name: `${ID}/networkInterfaces/web01`, format: "arm", fetchedAt: null, note: null },
      subnet: {
        id: `${ID}/virtualNetworks/v/subnets/s`,
        region: "westeurope",
        serviceEndpoints: [],
        routeTableId: `${ID}/routeTables/t`,
        privateEndpointNetworkPolicies: null,
        natGateway: `${ID}/natGateways/nat-1`,
      },
      nic: { privateIpAddresses: ["10.0.0.4"], publicIpAddresses: [`${ID}/publicIPAddresses/pip-1`] },
    };
    const annotated = annotateTable(table, null);
    expect(JSON.stringify(tableData(annotated))).not.toContain("/subscriptions");
    const own = explain(through(annotated), parseAddress("8.8.8.8"), null);
    expect(own).toEqual(explain(annotated, parseAddress("8.8.8.8"), null));
    expect(own.notes.map(({ text }) => text).join(" ")).toContain("NAT gateway nat-1");
  });

  it("cuts names that no route of Azure has", () => {
    const sample = sampleRouteTable("udr");
    const routes = sample.routes.map((route) => ({ ...route, name: "n".repeat(100_000) }));
    expect(JSON.stringify(tableData(annotateTable({ ...sample, routes }, null))).length).toBeLessThan(5000);
  });
});
