import { describe, expect, test } from "vitest";
import { formatAddress, parseAddress } from "../../src/net/address.ts";
import { readAddressMap } from "../../src/topology/address-map.ts";
import { topologyOf, withAddressMap } from "../../src/topology/mapped-topology.ts";
import { readTopology } from "../../src/topology/read/read-topology.ts";
import type { Snapshot } from "../../src/topology/snapshot.ts";
import { EMPTY_TOPOLOGY } from "../../src/topology/topology.ts";
import { machineId, nic, nicId, resourceId, subnetId, texts } from "./resources.ts";

describe("an address map", () => {
  test("has a name for each address; the other columns may be left out", () => {
    const [row] = readAddressMap("address,name\n10.0.1.4,nva\n");
    expect({ ...row, address: row && formatAddress(row.address) }).toEqual({
      ...{ address: "10.0.1.4", name: "nva", kind: "nic", vm: null, ipForwarding: null, backends: [] },
      network: null,
    });
  });

  test("has every column", () => {
    const [row] = readAddressMap(
      "address,name,kind,vm,ip-forwarding,backends,network\n 10.0.1.4 , nva-1 ,NIC, nva ,true, a ;b  c; ,hub\n",
    );
    expect({ ...row, address: row && formatAddress(row.address) }).toEqual({
      address: "10.0.1.4",
      name: "nva-1",
      kind: "nic",
      vm: "nva",
      ipForwarding: true,
      backends: ["a", "b", "c"],
      network: "hub",
    });
  });

  test.each([
    ["vpn gateway", "vpn-gateway"],
    ["ExpressRoute_Gateway", "expressroute-gateway"],
    ["managed appliance", "managed-appliance"],
    ["Route-Server", "route-server"],
    ["firewall", "firewall"],
    ["gateway", "gateway"],
  ])("the kind '%s' is %s", (text, kind) => {
    expect(readAddressMap(`address,name,kind\n10.0.0.1,x,${text}\n`)[0]?.kind).toBe(kind);
  });

  test("takes an unquoted # within a line as part of a cell", () => {
    expect(readAddressMap("address,name\n10.0.0.1,nva#2\n")[0]?.name).toBe("nva#2");
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

  const HOW_TO = "the first line is address,name[,kind,vm,ip-forwarding,backends,network]";
  const KINDS =
    "a kind is one of: nic, load-balancer, gateway, vpn-gateway, expressroute-gateway, firewall, managed-appliance, route-server";
  const FLAG = "write true or false, or leave it empty if unknown";

  test.each<[text: string, code: string, message: string, hint: string]>([
    ["", "syntax", "the address map is empty", HOW_TO],
    ["# only a comment\n", "syntax", "the address map is empty", HOW_TO],
    ['address,name\n"10.0.0.1,x\n', "syntax", "the address map is not CSV: a quote is not closed", HOW_TO],
    ["adress,name\n", "columns", "unknown column 'adress' in the address map (did you mean address?)", HOW_TO],
    ["address,name,colour\n", "columns", "unknown column 'colour' in the address map", HOW_TO],
    ["address\n10.0.0.1\n", "columns", "the address map has no column name", HOW_TO],
    ["name\nx\n", "columns", "the address map has no column address", HOW_TO],
    ["vm,kind\n", "columns", "the address map has no column address, name", HOW_TO],
    ["address,name\n10.0.0.1,\n", "value", "line 2 of the address map has no name", HOW_TO],
    ["address,name\n10.0.0.1\n", "value", "line 2 of the address map has no name", HOW_TO],
    [
      "address,name\n10.0.0.1,x\n\n# y\n10.0.0.300,x\n",
      "value",
      "line 5 of the address map has no address",
      "'10.0.0.300' is not an IPv4 or IPv6 address; write one like 10.0.0.4 or 2001:db8::1",
    ],
    [
      "address,name,kind\n10.0.0.1,x,loadbalancer\n",
      "value",
      "line 2: unknown kind 'loadbalancer' (did you mean load-balancer?)",
      KINDS,
    ],
    ["address,name,kind\n10.0.0.1,x,printer\n", "value", "line 2: unknown kind 'printer'", KINDS],
    [
      "address,name,ip-forwarding\n10.0.0.1,x,maybe\n",
      "value",
      "line 2 of the address map: ip-forwarding is 'maybe'",
      FLAG,
    ],
    [
      "address,name,ip-forwarding\n10.0.0.1,x,xyes\n",
      "value",
      "line 2 of the address map: ip-forwarding is 'xyes'",
      FLAG,
    ],
    [
      "address,name,ip-forwarding\n10.0.0.1,x,nope\n",
      "value",
      "line 2 of the address map: ip-forwarding is 'nope'",
      FLAG,
    ],
    ["address,name,ip-forwarding\n10.0.0.1,x,10\n", "value", "line 2 of the address map: ip-forwarding is '10'", FLAG],
  ])("%j is refused, with what to do", (text, code, message, hint) => {
    expect(() => readAddressMap(text)).toThrow(
      expect.objectContaining({ name: "UserError", code: `address-map-${code}`, message, hint }),
    );
  });

  test("may have 10 MB, and not a character more", { tags: ["slow"] }, () => {
    const refusal = (code: string, message: unknown, hint: string) => expect.objectContaining({ code, message, hint });
    // Its first characters are no CSV, so that the parser does not read the rest.
    const longest = `"a"b${"x".repeat(10_000_000 - 4)}`;
    expect(() => readAddressMap(longest)).toThrow(
      refusal(
        "address-map-syntax",
        expect.stringMatching(/^the address map is not CSV: line 1 has a quote within a cell/),
        HOW_TO,
      ),
    );
    expect(() => readAddressMap(`${longest}x`)).toThrow(
      refusal(
        "address-map-syntax",
        "the address map is longer than 10 MB",
        "give only the addresses of next hops and hosts",
      ),
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

const nicOf = (name: string, more: object = {}) => ({
  ...{ id: name, name, region: null, virtualMachineId: null, scaleSetId: null, privateEndpointId: null },
  ...{ ipForwarding: null, ipConfigurations: [] },
  ...more,
});

const configuration = (address: string | null, more: object = {}) => ({
  ...{ id: null, primary: true, address, subnetId: null, publicAddressId: null, poolIds: [] },
  ...more,
});

const ROWS = `address,name,kind,vm,ip-forwarding,backends
10.1.0.4,WEB,,,,
10.0.1.4,nva-in,nic,nva,true,
10.0.1.5,NVA-in,nic,,false,
10.0.2.4,nva-out,nic,nva,false,
10.0.1.99,ilb,load-balancer,,,nva-in Pool-only
10.0.0.4,vpn,vpn-gateway,,,
10.0.0.5,vpn,vpn-gateway,,,
10.0.0.6,er,expressroute-gateway,,,
10.0.0.7,any,gateway,,,
10.0.9.4,azfw,firewall,,,
10.0.9.6,azfw,firewall,,,
10.0.9.5,vna,managed-appliance,,,
10.0.8.4,rs,route-server,,,
10.0.8.5,rs,route-server,,,
`;

describe("the topology of a folder of exports", () => {
  test("is what the map names: tables get their addresses, rows with one machine are one appliance", () => {
    const plain = (name: string) => ({ id: name, name, region: null });
    const gateway = (name: string, gatewayType: string | null, ...addresses: string[]) => ({
      ...plain(name),
      ...{ gatewayType, networkId: null, subnetId: null, addresses, publicAddressIds: [], asn: null },
    });
    expect(texts(withAddressMap(topologyOf(EXPORTS), readAddressMap(ROWS)))).toEqual({
      ...EMPTY_TOPOLOGY,
      nics: [
        nicOf("web", { ipConfigurations: [configuration("10.1.0.4")] }),
        nicOf("nva-in", {
          virtualMachineId: "nva",
          ipForwarding: true,
          ipConfigurations: [
            configuration("10.0.1.4", { poolIds: ["ilb/10.0.1.99"] }),
            configuration("10.0.1.5", { primary: false }),
          ],
        }),
        nicOf("nva-out", {
          virtualMachineId: "nva",
          ipForwarding: false,
          ipConfigurations: [configuration("10.0.2.4")],
        }),
        nicOf("Pool-only", { ipConfigurations: [configuration(null, { poolIds: ["ilb/10.0.1.99"] })] }),
      ],
      virtualMachines: [{ ...plain("nva"), powerState: null, nicIds: ["nva-in", "nva-out"], scaleSetId: null }],
      loadBalancers: [
        {
          ...plain("ilb"),
          frontends: [
            { id: "ilb/10.0.1.99", name: "10.0.1.99", address: "10.0.1.99", subnetId: null, publicAddressId: null },
          ],
          pools: [{ id: "ilb/10.0.1.99", name: "ilb", ipConfigurationIds: [], addresses: [] }],
          rules: [],
        },
      ],
      gateways: [
        gateway("any", null, "10.0.0.7"),
        gateway("vpn", "Vpn", "10.0.0.4", "10.0.0.5"),
        gateway("er", "ExpressRoute", "10.0.0.6"),
      ],
      firewalls: [{ ...plain("azfw"), subnetId: null, addresses: ["10.0.9.4", "10.0.9.6"], hubId: null }],
      managedAppliances: [{ ...plain("vna"), subnetId: null, addresses: ["10.0.9.5"] }],
      hubs: [
        {
          ...{ ...plain("rs"), kind: "route-server", addressPrefixes: [], routerAddresses: ["10.0.8.4", "10.0.8.5"] },
          ...{ asn: null, subnetId: null, connections: [], bgpPeers: [], firewallId: null, gatewayIds: [] },
        },
      ],
    });
  });

  test("has the subnet of a table where the snapshot knows it", () => {
    const [nic] = EXPORTS.nics;
    const snapshot = { ...EXPORTS, nics: nic === undefined ? [] : [{ ...nic, subnetId: subnetId("spoke") }] };
    expect(topologyOf(snapshot)).toEqual({
      ...EMPTY_TOPOLOGY,
      nics: [nicOf("web", { ipConfigurations: [configuration(null, { subnetId: subnetId("spoke") })] })],
    });
  });
});

describe("a topology with an address map", () => {
  const known = readTopology([
    nic("web", subnetId("spoke"), "10.1.0.4"),
    { id: nicId("two"), name: "two", ipConfigurations: [{ privateIPAddress: "10.1.0.5" }, {}, {}] },
    { id: machineId("vm-web"), networkProfile: { networkInterfaces: [{ id: nicId("web") }] } },
    { id: resourceId("virtualNetworkGateways", "GW") },
    { id: resourceId("azureFirewalls", "fw") },
    { id: resourceId("virtualNetworkAppliances", "va") },
    { id: resourceId("virtualHubs", "hub") },
    { id: resourceId("loadBalancers", "lb") },
  ]).topology;
  const withRows = (...rows: readonly string[]) =>
    withAddressMap(known, readAddressMap(["address,name,kind,vm,ip-forwarding,backends", ...rows].join("\n")));

  test("is the same without rows", () => {
    expect(withRows()).toEqual(known);
  });

  test("keeps what it knows of a NIC, and of two rows that contradict each other the first counts", () => {
    const { nics } = withRows("10.1.0.4,Web,nic,other,true,", "10.1.0.9,web,nic,third,false,");
    const [old, unchanged] = known.nics;
    expect(nics).toEqual([
      {
        ...old,
        ipForwarding: true,
        ipConfigurations: [
          ...(old?.ipConfigurations ?? []),
          { ...configuration(null, { primary: false }), address: parseAddress("10.1.0.9") },
        ],
      },
      unchanged,
    ]);
  });

  test("fills configurations without an address first, and names an address once", () => {
    const { nics } = withRows("10.1.0.5,two,,,,", "10.1.0.6,two,,,,", "10.1.0.6,two,,,,");
    const addresses = nics[1]?.ipConfigurations.map(({ address }) => address && formatAddress(address));
    expect(addresses).toEqual(["10.1.0.5", "10.1.0.6", null]);
  });

  test("adds a NIC to the VM that another row names, not to one that it knows", () => {
    const { virtualMachines } = withRows(`10.1.0.8,extra,nic,${machineId("VM-web")},,`, "10.1.0.9,more,nic,new-vm,,");
    expect(virtualMachines.map(({ name, nicIds }) => [name, nicIds])).toEqual([
      ["vm-web", [nicId("web")]],
      ["new-vm", ["more"]],
    ]);
  });

  test("keeps its gateways, and adds only those of other names", () => {
    const { gateways } = withRows("10.9.0.4,gw,gateway,,,", "10.9.0.5,new,gateway,,,");
    expect(gateways.map(({ name, addresses }) => [name, addresses.length])).toEqual([
      ["GW", 0],
      ["new", 1],
    ]);
  });

  test("keeps its other resources before those of the map", () => {
    const topology = withRows(
      ...["10.9.0.4,f,firewall,,,", "10.9.0.5,a,managed-appliance,,,", "10.9.0.6,r,route-server,,,"],
      "10.9.0.7,b,load-balancer,,,",
    );
    const { firewalls, managedAppliances, hubs, loadBalancers } = topology;
    const names = [firewalls, managedAppliances, hubs, loadBalancers].map((list) => list.map(({ name }) => name));
    expect(names).toEqual([
      ["fw", "f"],
      ["va", "a"],
      ["hub", "r"],
      ["lb", "b"],
    ]);
  });

  test("gives an address to the last of several NICs with one name", () => {
    const twins = { ...known, nics: [...known.nics, ...known.nics.map((each) => ({ ...each, id: `${each.id}-2` }))] };
    const { nics } = withAddressMap(twins, readAddressMap("address,name\n10.1.0.9,web\n"));
    expect(nics.map(({ ipConfigurations }) => ipConfigurations.length)).toEqual([1, 3, 2, 3]);
  });
});
