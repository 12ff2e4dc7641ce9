import { expect, test } from "vitest";
import { comparedPrefixes, learnedTables } from "../../../../src/analysis/policy/reach/prefixes.ts";
import { formatPrefix, parsePrefix } from "../../../../src/net/prefix.ts";
import { configured, dataOf, gateway, hub, hubAndSpokes, learned, network, peering } from "../../trace/lab.ts";

function lab() {
  const draft = hubAndSpokes();
  const [main] = network("n", "10.7.1.0/24").subnets;
  draft.networks = [
    { ...network("n", "10.7.0.0/16", [peering("n", "m", "10.8.0.0/16")]), subnets: main === undefined ? [] : [main] },
    network("m", "10.8.0.0/16"),
  ];
  draft.routeTables.push({
    ...{ id: "rt", name: "rt", region: null, disableBgpRoutePropagation: null, subnetIds: [] },
    routes: [configured("r", "10.9.0.0/16", "None", null), { ...configured("t", "::/0", "None", null), prefix: null }],
  });
  draft.localNetworkGateways.push({
    ...{ id: "site", name: "site", region: null, bgpAddress: null, gatewayAddress: null, asn: null },
    addressPrefixes: [parsePrefix("192.168.1.0/24")],
  } as (typeof draft.localNetworkGateways)[number]);
  draft.hubs.push(
    hub("vhub", { addressPrefixes: [parsePrefix("10.30.0.0/24")] }),
    hub("ars", { kind: "route-server" }),
  );
  draft.gateways.push(gateway("vpn", "n", []));
  draft.gatewayTables.push(
    learned("vpn", ["172.16.0.0/16 10.7.0.4 EBgp"]),
    learned("vpn", ["172.31.0.0/16 10.7.0.4 EBgp"], "gateway-advertised"),
    learned("vhub", ["172.17.0.0/16 - Remote"], "hub", "defaultRouteTable"),
    learned("ars", ["172.18.0.0/16 10.7.0.4 EBgp"], "route-server-learned"),
    learned("circuit", ["172.19.0.0/16 10.7.0.4 EBgp"], "circuit"),
    learned("unknown", ["172.20.0.0/16 10.7.0.4 EBgp"]),
  );
  return dataOf(draft);
}

test("a walk compares a destination with every prefix of networks, subnets, peerings, routes, sites, hubs and what is learned", () => {
  expect(comparedPrefixes(lab()).map(formatPrefix)).toEqual([
    ...["10.7.0.0/16", "10.7.1.0/24", "10.8.0.0/16"],
    ...["10.9.0.0/16", "192.168.1.0/24", "10.30.0.0/24"],
    ...["172.16.0.0/16", "172.17.0.0/16", "172.18.0.0/16", "172.19.0.0/16"],
  ]);
});

test("the learned tables are those of known gateways, of hubs and Route Servers, and of circuits", () => {
  expect(learnedTables(lab()).map(({ routerId, kind }) => `${routerId} ${kind}`)).toEqual([
    "vpn gateway-learned",
    "vhub hub",
    "ars route-server-learned",
    "circuit circuit",
  ]);
});
