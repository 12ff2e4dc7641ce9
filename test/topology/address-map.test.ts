import { describe, expect, test } from "vitest";
import { formatAddress } from "../../src/net/address.ts";
import { readAddressMap } from "../../src/topology/address-map.ts";
import { topologyOf, withAddressMap } from "../../src/topology/mapped-topology.ts";
import type { Snapshot } from "../../src/topology/snapshot.ts";

describe("an address map", () => {
  test("has a name for each address; the other columns may be left out", () => {
    const [row] = readAddressMap("address,name\n10.0.1.4,nva\n");
    expect({ ...row, address: row && formatAddress(row.address) }).toEqual({
      ...{ address: "10.0.1.4", name: "nva", kind: "nic", vm: null, ipForwarding: null, backends: [] },
      network: null,
    });
  });

  test("names the network of an address", () => {
    const rows = readAddressMap("address,name,network\n10.1.0.4,db-a,spoke-a\n10.1.0.4,db-b,spoke-b\n");
    expect(rows.map(({ name, network }) => [name, network])).toEqual([
      ["db-a", "spoke-a"],
      ["db-b", "spoke-b"],
    ]);
  });

  test("takes columns in any order and spelling, a BOM, comments and blank lines", () => {
    const text =
      "\ufeffName,IP Forwarding,Address,Kind,Backends\n# the hub\n\nnva,yes,10.0.1.4,,\nilb,,10.0.1.9,Load Balancer,nva nva2\n";
    expect(
      readAddressMap(text).map(({ name, kind, ipForwarding, backends }) => [name, kind, ipForwarding, backends]),
    ).toEqual([
      ["nva", "nic", true, []],
      ["ilb", "load-balancer", null, ["nva", "nva2"]],
    ]);
  });

  test.each([
    ["", /empty/, /address,name/],
    ["adress,name\n", /unknown column 'adress' in the address map \(did you mean address/, /\S/],
    ["address\n10.0.0.1\n", /no column name/, /address,name/],
    ["address,name\n10.0.0.300,x\n", /^line 2 of the address map has no address/, /^.*'10\.0\.0\.300'.*; \S/],
    ["address,name\n10.0.0.1,\n", /line 2 of the address map has no name/, /address,name/],
    [
      "address,name,kind\n10.0.0.1,x,loadbalancer\n",
      /unknown kind 'loadbalancer' \(did you mean load-balancer/,
      /^a kind is one of: nic, /,
    ],
    [
      "address,name,ip-forwarding\n10.0.0.1,x,maybe\n",
      /ip-forwarding is 'maybe'/,
      /^write true or false, or leave it empty if unknown$/,
    ],
    ['address,name\n"10.0.0.1,x\n', /not CSV/, /\S/],
  ])("%j is refused, with what to do", (text, message, hint) => {
    expect(() => readAddressMap(text)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), hint: expect.stringMatching(hint) }),
    );
  });

  test.each<[text: string, expected: boolean | null]>([
    ["", null],
    ["-", null],
    ["true", true],
    ["YES", true],
    ["on", true],
    ["1", true],
    ["Enabled", true],
    ["false", false],
    ["No", false],
    ["off", false],
    ["0", false],
    ["disabled", false],
  ])("an ip-forwarding of '%s' is %s", (text, expected) => {
    const [row] = readAddressMap(`address,name,ip-forwarding\n10.0.0.1,x,${text}\n`);
    expect(row?.ipForwarding).toBe(expected);
  });
});

const EXPORTS: Snapshot = {
  name: "exports",
  takenAt: null,
  complete: true,
  topology: null,
  nics: ["web", "nva-in"].map((name) => ({
    ...{ id: name, name, subnetId: null, outcome: "ok" as const, tableKey: name, standInId: null, fetchedAt: null },
    error: null,
  })),
  tables: new Map(),
  gatewayTables: [],
};

describe("the topology of a folder of exports", () => {
  const mapped = withAddressMap(
    topologyOf(EXPORTS),
    readAddressMap(`address,name,kind,vm,ip-forwarding,backends
10.1.0.4,web,,,,
10.0.1.4,nva-in,nic,nva,true,
10.0.2.4,nva-out,nic,nva,false,
10.0.1.99,ilb,load-balancer,,,nva-in
10.0.0.4,vpn,vpn-gateway,,,
10.0.0.5,vpn,vpn-gateway,,,
10.0.9.4,azfw,firewall,,,
10.0.9.5,vna,managed-appliance,,,
10.0.8.4,rs,route-server,,,
`),
  );

  test("tables get their addresses, and others are NICs without a table", () => {
    const shown = mapped.nics.map(({ name, ipForwarding, virtualMachineId, ipConfigurations }) => [
      ...[name, ipForwarding, virtualMachineId],
      ipConfigurations.map(({ address }) => address && formatAddress(address)).join(),
    ]);
    expect(shown).toEqual([
      ["web", null, null, "10.1.0.4"],
      ["nva-in", true, "nva", "10.0.1.4"],
      ["nva-out", false, "nva", "10.0.2.4"],
    ]);
  });

  test("rows with the same machine are one appliance", () => {
    expect(mapped.virtualMachines.map(({ name, nicIds }) => [name, nicIds])).toEqual([["nva", ["nva-in", "nva-out"]]]);
  });

  test("a load balancer has its backends, a gateway its instances", () => {
    const [pool] = mapped.loadBalancers[0]?.pools ?? [];
    expect(
      mapped.nics
        .filter(({ ipConfigurations }) => ipConfigurations.some(({ poolIds }) => poolIds.includes(pool?.id ?? "")))
        .map(({ name }) => name),
    ).toEqual(["nva-in"]);
    expect(
      mapped.gateways.map(({ name, gatewayType, addresses }) => [name, gatewayType, addresses.map(formatAddress)]),
    ).toEqual([["vpn", "Vpn", ["10.0.0.4", "10.0.0.5"]]]);
  });

  test("firewalls, appliances that Azure runs and Route Servers have their addresses", () => {
    const names = [...mapped.firewalls, ...mapped.managedAppliances, ...mapped.hubs].map(({ name }) => name);
    expect(names).toEqual(["azfw", "vna", "rs"]);
  });
});
