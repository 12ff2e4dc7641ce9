import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/analysis/whatif/change.ts";
import {
  parseAddRoute as add,
  parsePropagateBgp as bgp,
  parseAddEndpoint as endpoint,
  parseRemoveEndpoint as noEndpoint,
  parseRemovePeering as noPeer,
  parseAddPeering as peer,
  parseRemoveRoute as remove,
} from "../../../src/analysis/whatif/parse.ts";
import { answerOf } from "./answer.ts";

const LOCAL = "Default 10.0.0.0/16 VnetLocal";
const PEER = "Default 10.1.0.0/16 VNetPeering";
const OTHER_PEER = "Default 10.2.0.0/16 VNetPeering";
const INTERNET = "Default 0.0.0.0/0 Internet";
const NOT_INTERNET = "Default! 0.0.0.0/0 Internet";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva";
const NONE = "Default 10.0.0.0/8 None";
const BGP = "VirtualNetworkGateway 10.9.0.0/16 VirtualNetworkGateway 10.0.0.254";
const ENDPOINT = "Default 20.0.0.0/24 VirtualNetworkServiceEndpoint";
const PRIVATE = "Default 10.1.0.4/32 InterfaceEndpoint";

const EFFECTS =
  "endpoint-effects: The service then sees private source addresses: its IP firewall rules for public addresses no longer match. Open connections close when the endpoint is enabled.";
const ONE_ROW =
  "storage-in-one-row: Microsoft.Storage has been observed with a row for each region of the pair (2023), and once with the global tag's prefixes in one row (2021). To predict one row, use Microsoft.Storage.Global.";
const REACHABLE =
  "appliance-reachable: The prediction assumes that the appliance 10.0.1.4 is up. Without it, Azure lists the route as None and drops the traffic. To predict that, use None:10.0.1.4.";

describe("the whole answer of a prediction", () => {
  test.each<[string, readonly string[], readonly Change[], readonly string[]]>([
    [
      "a route to an appliance of the network",
      [LOCAL, INTERNET, NONE],
      [add("0.0.0.0/0=VirtualAppliance:10.0.1.4", "to-nva")],
      [
        "observed: A prediction, not Azure's answer: add-route 0.0.0.0/0=VirtualAppliance:10.0.1.4 named to-nva.",
        "The system route 0.0.0.0/0 to Internet becomes Invalid. (documented: same-prefix)",
        "The user route to-nva 0.0.0.0/0 to VirtualAppliance 10.0.1.4 appears. (documented: user-route)",
        "The system route 10.0.0.0/8 to None disappears. (observed: no-none-rows)",
        REACHABLE,
      ],
    ],
    [
      "the same, removed",
      [LOCAL, NOT_INTERNET, NVA],
      [remove("to-nva")],
      [
        "observed: A prediction, not Azure's answer: remove-route to-nva.",
        "The system route 0.0.0.0/0 to Internet becomes Active. (documented: same-prefix)",
        "The system route 10.0.0.0/8 to None appears. (observed: no-none-rows none-rows)",
        "The system route 172.16.0.0/12 to None appears. (observed: no-none-rows none-rows)",
        "The system route 192.168.0.0/16 to None appears. (observed: no-none-rows none-rows)",
        "The system route 100.64.0.0/10 to None appears. (observed: no-none-rows none-rows)",
        "The user route to-nva 0.0.0.0/0 to VirtualAppliance 10.0.1.4 disappears. (documented: user-route)",
        "none-rows-vary: The prediction has only the documented None rows. Some networks have others (127.0.0.0/8, parts of 25.0.0.0/8 and others).",
      ],
    ],
    [
      "a route to an appliance out of reach",
      [PEER, INTERNET],
      [add("0.0.0.0/0=VirtualAppliance:10.7.0.4")],
      [
        "observed: A prediction, not Azure's answer: add-route 0.0.0.0/0=VirtualAppliance:10.7.0.4.",
        "The system route 0.0.0.0/0 to Internet becomes Invalid. (documented: same-prefix)",
        "The user route 0.0.0.0/0 to None 10.7.0.4 appears: its appliance is unreachable. (observed: user-route appliance-out-of-reach)",
        "appliance-out-of-reach: 10.7.0.4 is outside the prefixes of the network and its peerings, so its appliance is unreachable: Azure lists the route as None and drops the traffic. If you will peer its network, use --add-peering.",
      ],
    ],
    [
      "a route to an appliance, where the table shows no network",
      [],
      [add("0.0.0.0/0=VirtualAppliance:10.0.1.4")],
      [
        "documented: A prediction, not Azure's answer: add-route 0.0.0.0/0=VirtualAppliance:10.0.1.4.",
        "The user route 0.0.0.0/0 to VirtualAppliance 10.0.1.4 appears. (documented: user-route)",
        "appliance-reach-unknown: The prediction assumes that the appliance 10.0.1.4 is reachable: the table has no network prefix to check that.",
      ],
    ],
    [
      "a route to None",
      [LOCAL, NONE],
      [add("10.0.0.0/8=None", "drop")],
      [
        "observed: A prediction, not Azure's answer: add-route 10.0.0.0/8=None named drop.",
        "The user route drop 10.0.0.0/8 to None appears. (documented: user-route)",
        "The system route 10.0.0.0/8 to None disappears. (observed: none-row-replaced)",
      ],
    ],
    [
      "a route to the network outside of it",
      [LOCAL],
      [add("10.9.0.0/16=VnetLocal")],
      [
        "observed: A prediction, not Azure's answer: add-route 10.9.0.0/16=VnetLocal.",
        "The user route 10.9.0.0/16 to None appears: it is outside the network's own prefixes. (observed: user-route local-outside)",
      ],
    ],
    [
      "a route to the network for more than it",
      [LOCAL],
      [add("10.0.0.0/8=VnetLocal")],
      [
        "documented: A prediction, not Azure's answer: add-route 10.0.0.0/8=VnetLocal.",
        "The user route 10.0.0.0/8 to VnetLocal appears. (documented: user-route)",
        "local-beyond-network: The route to VnetLocal also covers addresses outside the network's own prefixes; Azure may list it as None and drop that traffic.",
      ],
    ],
    [
      "a route beside a private endpoint",
      [PEER, PRIVATE],
      [add("10.1.0.0/16=None")],
      [
        "documented: A prediction, not Azure's answer: add-route 10.1.0.0/16=None.",
        "The system route 10.1.0.0/16 to VNetPeering becomes Invalid. (documented: same-prefix)",
        "The user route 10.1.0.0/16 to None appears. (documented: user-route)",
        "private-endpoint-state: A user route at least as long as its network's prefix overrides a private endpoint's route where the endpoint's subnet has network policies on. The prediction leaves the states of those rows unchanged.",
      ],
    ],
    [
      "a route with a private endpoint's prefix",
      [LOCAL, PEER, PRIVATE],
      [add("10.1.0.4/32=None")],
      [
        "observed: A prediction, not Azure's answer: add-route 10.1.0.4/32=None.",
        "The user route 10.1.0.4/32 to None appears. (documented: user-route)",
        "The private endpoint route 10.1.0.4/32 to InterfaceEndpoint becomes Invalid. (observed: private-endpoint-same-prefix)",
      ],
    ],
    [
      "a route of a service tag",
      [LOCAL],
      [add("Storage=None")],
      [
        "inferred: A prediction, not Azure's answer: add-route Storage=None.",
        "The user route 20.0.0.0/16 of Storage to None appears. (inferred: user-route user-route-of-tag)",
      ],
    ],
    [
      "a route of a service tag that the table has",
      ["User 30.0.0.0/16 None @Sql"],
      [remove("tag:Sql")],
      [
        "documented: A prediction, not Azure's answer: remove-route Sql.",
        "The user route 30.0.0.0/16 of Sql to None disappears. (documented: user-route)",
      ],
    ],
    [
      "a prefix of a route with several",
      ["User 31.0.0.0/16,30.0.0.0/16 None #two"],
      [remove("30.0.0.0/16")],
      [
        "documented: A prediction, not Azure's answer: remove-route 30.0.0.0/16.",
        "The user route two 30.0.0.0/16 and 1 more to None disappears. (documented: user-route)",
      ],
    ],
    [
      "a peering",
      [LOCAL, "VirtualNetworkGateway 10.1.2.0/24 VirtualNetworkGateway 10.0.0.254"],
      [peer("10.1.0.0/16,10.5.0.0/16")],
      [
        "documented: A prediction, not Azure's answer: add-peering 10.1.0.0/16,10.5.0.0/16.",
        "The system route 10.1.0.0/16 to VNetPeering appears. (documented: peering)",
        "The system route 10.5.0.0/16 to VNetPeering appears. (documented: peering)",
        "peer-private-endpoints: The peering may also add routes for private endpoints of the peered network and for a gateway that it shares. They cannot be predicted from this table.",
      ],
    ],
    [
      "a peering that is removed, with its appliance and its private endpoints",
      [LOCAL, PEER, PRIVATE, "User 0.0.0.0/0 VirtualAppliance 10.1.0.4 #to-nva"],
      [noPeer("10.1.0.0/16")],
      [
        "observed: A prediction, not Azure's answer: remove-peering 10.1.0.0/16.",
        "The user route to-nva 0.0.0.0/0 to None 10.1.0.4 replaces the route to VirtualAppliance: its appliance becomes unreachable. (observed: appliance-out-of-reach)",
        "The system route 10.1.0.0/16 to VNetPeering disappears. (documented: peering)",
        "The private endpoint route 10.1.0.4/32 to InterfaceEndpoint disappears. (documented: private-endpoint-of-peer)",
        "appliance-out-of-reach: 10.1.0.4 is outside the prefixes of the network and its peerings, so its appliance is unreachable: Azure lists the route as None and drops the traffic. If you will peer its network, use --add-peering.",
      ],
    ],
    [
      "a peering that brings an appliance into reach",
      [LOCAL, "User 0.0.0.0/0 None 10.1.0.4 #to-nva"],
      [peer("10.1.0.0/16")],
      [
        "observed: A prediction, not Azure's answer: add-peering 10.1.0.0/16.",
        "The system route 10.1.0.0/16 to VNetPeering appears. (documented: peering)",
        "The user route to-nva 0.0.0.0/0 to VirtualAppliance 10.1.0.4 replaces the route to None: its appliance becomes reachable. (observed: appliance-out-of-reach)",
        "peer-private-endpoints: The peering may also add routes for private endpoints of the peered network and for a gateway that it shares. They cannot be predicted from this table.",
        "appliance-reachable: The prediction assumes that the appliance 10.1.0.4 is up. Without it, Azure lists the route as None and drops the traffic. To predict that, use None:10.1.0.4.",
      ],
    ],
    [
      "a peering whose gateway the table uses",
      [PEER, "VirtualNetworkGateway 10.9.0.0/16 VirtualNetworkGateway 10.1.0.254"],
      [noPeer("10.1.0.0/16")],
      [
        "documented: A prediction, not Azure's answer: remove-peering 10.1.0.0/16.",
        "The system route 10.1.0.0/16 to VNetPeering disappears. (documented: peering)",
        "gateway-of-peering: Routes of a gateway behind this peering would disappear too, but the prediction keeps them: most likely 10.9.0.0/16, whose next hop is in it.",
      ],
    ],
    [
      "a peering, beside a gateway elsewhere",
      [PEER, "VirtualNetworkGateway 10.9.0.0/16 VirtualNetworkGateway 10.2.0.254"],
      [noPeer("10.1.0.0/16")],
      [
        "documented: A prediction, not Azure's answer: remove-peering 10.1.0.0/16.",
        "The system route 10.1.0.0/16 to VNetPeering disappears. (documented: peering)",
        "gateway-of-peering: Routes of a gateway behind this peering would disappear too, but the prediction keeps them: the table does not show which ones.",
      ],
    ],
    [
      "a peering whose gateway the table uses, with a next hop of several",
      [LOCAL, PEER, "VirtualNetworkGateway 10.9.0.0/16 VirtualNetworkGateway 10.2.0.254 10.1.0.254"],
      [noPeer("10.1.0.0/16")],
      [
        "documented: A prediction, not Azure's answer: remove-peering 10.1.0.0/16.",
        "The system route 10.1.0.0/16 to VNetPeering disappears. (documented: peering)",
        "gateway-of-peering: Routes of a gateway behind this peering would disappear too, but the prediction keeps them: most likely 10.9.0.0/16, whose next hop is in it.",
      ],
    ],
    [
      "a peering, beside a route of a gateway without next hop",
      [PEER, "VirtualNetworkGateway 10.9.0.0/16 VirtualNetworkGateway"],
      [noPeer("10.1.0.0/16")],
      [
        "documented: A prediction, not Azure's answer: remove-peering 10.1.0.0/16.",
        "The system route 10.1.0.0/16 to VNetPeering disappears. (documented: peering)",
        "gateway-of-peering: Routes of a gateway behind this peering would disappear too, but the prediction keeps them: the table does not show which ones.",
      ],
    ],
    [
      "one of two peerings",
      [LOCAL, PEER, OTHER_PEER],
      [noPeer("10.1.0.0/16")],
      [
        "documented: A prediction, not Azure's answer: remove-peering 10.1.0.0/16.",
        "The system route 10.1.0.0/16 to VNetPeering disappears. (documented: peering)",
        "other-prefixes-of-peering: Removing a peering removes every prefix of the other network. The table does not show which of the remaining peering rows belong to it.",
      ],
    ],
    [
      "an endpoint of a region pair",
      [LOCAL, INTERNET],
      [endpoint("Microsoft.Storage", "westeurope")],
      [
        "observed: A prediction, not Azure's answer: add-endpoint Microsoft.Storage in westeurope.",
        "The service endpoint route 20.0.1.0/24 of Storage.NorthEurope to VirtualNetworkServiceEndpoint appears. (observed: endpoint-of-region-pair)",
        "The service endpoint route 20.0.0.0/24 of Storage.WestEurope to VirtualNetworkServiceEndpoint appears. (observed: endpoint-of-region-pair)",
        ONE_ROW,
        EFFECTS,
      ],
    ],
    [
      "an endpoint of a region without a pair",
      [LOCAL],
      [endpoint("Microsoft.Storage", "polandcentral")],
      [
        "observed: A prediction, not Azure's answer: add-endpoint Microsoft.Storage in polandcentral.",
        "The service endpoint route 20.0.2.0/24 of Storage.PolandCentral to VirtualNetworkServiceEndpoint appears. (observed: endpoint-of-region-pair)",
        ONE_ROW,
        EFFECTS,
      ],
    ],
    [
      "an endpoint whose region comes before its pair",
      [LOCAL],
      [endpoint("Microsoft.Storage", "northeurope")],
      [
        "observed: A prediction, not Azure's answer: add-endpoint Microsoft.Storage in northeurope.",
        "The service endpoint route 20.0.1.0/24 of Storage.NorthEurope to VirtualNetworkServiceEndpoint appears. (observed: endpoint-of-region-pair)",
        "The service endpoint route 20.0.0.0/24 of Storage.WestEurope to VirtualNetworkServiceEndpoint appears. (observed: endpoint-of-region-pair)",
        ONE_ROW,
        EFFECTS,
      ],
    ],
    [
      "an endpoint whose paired region has no tag",
      [LOCAL],
      [endpoint("Microsoft.Storage", "eastus")],
      [
        "observed: A prediction, not Azure's answer: add-endpoint Microsoft.Storage in eastus.",
        "The service endpoint route 20.0.3.0/24 of Storage.EastUS to VirtualNetworkServiceEndpoint appears. (observed: endpoint-of-region-pair)",
        ONE_ROW,
        "pair-without-tag: The tag file has no Storage tag for the paired region westus, so the prediction lacks its row.",
        EFFECTS,
      ],
    ],
    [
      "an endpoint of one region",
      [LOCAL],
      [endpoint("Microsoft.Sql", "westeurope")],
      [
        "documented: A prediction, not Azure's answer: add-endpoint Microsoft.Sql in westeurope.",
        "The service endpoint route 30.0.0.0/24 of Sql.WestEurope to VirtualNetworkServiceEndpoint appears. (documented: endpoint-of-region)",
        EFFECTS,
      ],
    ],
    [
      "an endpoint of every region",
      [LOCAL],
      [endpoint("Microsoft.Storage.Global")],
      [
        "inferred: A prediction, not Azure's answer: add-endpoint Microsoft.Storage.Global.",
        "The service endpoint route 20.0.0.0/16 of Storage to VirtualNetworkServiceEndpoint appears. (inferred: endpoint-of-any-region)",
        EFFECTS,
      ],
    ],
    [
      "an endpoint of a service for all regions",
      [LOCAL],
      [endpoint("Microsoft.KeyVault")],
      [
        "observed: A prediction, not Azure's answer: add-endpoint Microsoft.KeyVault.",
        "The service endpoint route 40.0.0.0/16 of AzureKeyVault to VirtualNetworkServiceEndpoint appears. (observed: endpoint-of-global-tag)",
        EFFECTS,
      ],
    ],
    [
      "an endpoint that is removed",
      [LOCAL, ENDPOINT],
      [noEndpoint("Microsoft.Storage")],
      [
        "documented: A prediction, not Azure's answer: remove-endpoint Microsoft.Storage.",
        "The service endpoint route 20.0.0.0/24 of Storage.WestEurope to VirtualNetworkServiceEndpoint disappears. (documented: endpoint-off)",
      ],
    ],
    [
      "routes of a gateway that are refused",
      [LOCAL, BGP, INTERNET],
      [bgp("off")],
      [
        "documented: A prediction, not Azure's answer: propagate-bgp off.",
        "The BGP route 10.9.0.0/16 to VirtualNetworkGateway 10.0.0.254 disappears. (documented: gateway-propagation)",
      ],
    ],
    [
      "routes of a gateway that are taken",
      [LOCAL, INTERNET],
      [bgp("on")],
      ["documented: A prediction, not Azure's answer: propagate-bgp on."],
    ],
    [
      "two changes that undo each other",
      [LOCAL, INTERNET],
      [add("10.9.0.0/16=None", "a"), remove("a")],
      ["documented: A prediction, not Azure's answer: add-route 10.9.0.0/16=None named a; remove-route a."],
    ],
    [
      "a prefix that a user route has",
      [NVA],
      [add("0.0.0.0/0=None")],
      ["change-conflict: a user route for 0.0.0.0/0 already exists; remove it first: --remove-route to-nva"],
    ],
    [
      "a prefix that a user route without a name has",
      ["User 0.0.0.0/0 None"],
      [add("0.0.0.0/0=None")],
      ["change-conflict: a user route for 0.0.0.0/0 already exists; remove it first: --remove-route 0.0.0.0/0"],
    ],
    [
      "a name that a user route has",
      [NVA],
      [add("10.0.0.0/8=None", "TO-NVA")],
      ["change-conflict: a user route called TO-NVA already exists; remove it first: --remove-route to-nva"],
    ],
    [
      "two routes of one prefix",
      [LOCAL],
      [add("10.0.0.0/8=None"), add("10.0.0.0/8=Internet")],
      ["change-conflict: two added user routes for 10.0.0.0/8; keep one of them"],
    ],
    [
      "two routes of one name",
      [LOCAL],
      [add("10.0.0.0/8=None", "a"), add("11.0.0.0/8=None", "A")],
      ["change-conflict: two added user routes called A; keep one of them"],
    ],
    [
      "two routes of one tag",
      [LOCAL],
      [add("Sql=None"), add("sql=Internet")],
      ["change-conflict: two added user routes for Sql; keep one of them"],
    ],
    [
      "a tag that a user route has",
      ["User 30.0.0.0/16 None @Sql"],
      [add("sql=Internet")],
      ["change-conflict: a user route for Sql already exists; remove it first: --remove-route Sql"],
    ],
    [
      "a name that no user route has, where routes are known by their tag or prefix",
      ["User 30.0.0.0/16 None @Sql", "User 10.0.0.0/8 None"],
      [remove("to-nva")],
      ["change-not-found: unknown user route 'to-nva'; among the user routes: Sql, 10.0.0.0/8"],
    ],
    [
      "a tag that is like that of a user route",
      ["User 30.0.0.0/16 None @Sql", "User 10.0.0.0/8 None"],
      [remove("tag:Sq")],
      ["change-not-found: unknown user route 'Sq'; among the user routes: Sql"],
    ],
    [
      "a prefix of a user route without a name, with several",
      ["User 30.0.0.0/16,31.0.0.0/16 None"],
      [add("31.0.0.0/16=None")],
      ["change-conflict: a user route for 31.0.0.0/16 already exists; remove it first: --remove-route 30.0.0.0/16"],
    ],
    [
      "a tag that is misspelt",
      [],
      [add("Storag=None")],
      ["change-tag: unknown service tag 'Storag'; did you mean: Storage, Storage.EastUS, Storage.WestEurope"],
    ],
    [
      "a tag like no other",
      [],
      [add("zzzzzzzz=None")],
      ["change-tag: unknown service tag 'zzzzzzzz'; run vnet-explain tags list to see all tags"],
    ],
    [
      "a tag without prefixes of the next hop's family",
      [],
      [add("Sql=VirtualAppliance:fd00::4")],
      ["change-tag: the tag Sql has no prefix of the next hop's address family; check the next hop"],
    ],
    [
      "a name that no user route has",
      [NVA],
      [remove("to-nav")],
      ["change-not-found: unknown user route 'to-nav'; among the user routes: to-nva"],
    ],
    [
      "a name, without user routes",
      [LOCAL],
      [remove("to-nva")],
      ["change-not-found: unknown user route 'to-nva'; the table has no user routes"],
    ],
    [
      "a prefix that no user route has",
      [NVA],
      [remove("10.0.0.0/8")],
      ["change-not-found: unknown user route '10.0.0.0/8'; among the user routes: to-nva"],
    ],
    [
      "a system route",
      [INTERNET],
      [remove("0.0.0.0/0")],
      [
        "change-not-found: 0.0.0.0/0 is not the prefix of a user route, and only user routes can be removed; for other routes, remove the peering or the endpoint, or use --propagate-bgp off",
      ],
    ],
    [
      "the platform's address",
      [LOCAL],
      [add("168.63.129.16/32=None")],
      [
        "change-restricted: Azure rejects a route for 168.63.129.16/32, a platform address; the platform answers this address without the route table; leave the route out",
      ],
    ],
    [
      "the metadata service's address",
      [LOCAL],
      [add("169.254.169.254/32=VirtualAppliance:10.0.1.4")],
      [
        "change-restricted: Azure rejects a route for 169.254.169.254/32, a platform address; the platform answers this address without the route table; leave the route out",
      ],
    ],
    [
      "more routes of tags than Azure takes",
      [LOCAL, ...Array.from({ length: 25 }, (_, at) => `User 50.0.${at}.0/24 Internet @T${at}`)],
      [add("Sql=Internet")],
      [
        "change-conflict: the route table has 25 routes for service tags, and Azure allows 25; remove one first: --remove-route TAG",
      ],
    ],
    [
      "an endpoint that is on",
      [ENDPOINT],
      [endpoint("Microsoft.Storage", "westeurope")],
      [
        "change-conflict: the service endpoint Microsoft.Storage is already enabled; remove it first: --remove-endpoint Microsoft.Storage",
      ],
    ],
    [
      "an endpoint without its region",
      [],
      [endpoint("Microsoft.Storage")],
      [
        "change-region: missing region of the network for Microsoft.Storage, a regional endpoint; add --region, e.g. --region westeurope; only a table fetched from Azure has the region",
      ],
    ],
    [
      "a region that is misspelt",
      [],
      [endpoint("Microsoft.Storage", "westeurop")],
      ["change-region: the tag file has no Storage tag for the region 'westeurop'; did you mean: westeurope"],
    ],
    [
      "a region like no other",
      [],
      [endpoint("Microsoft.Storage", "zzzzzzzz")],
      [
        "change-region: the tag file has no Storage tag for the region 'zzzzzzzz'; vnet-explain tags list --service Storage shows its regions",
      ],
    ],
    [
      "a region that is like several",
      [],
      [endpoint("Microsoft.Storage", "europe")],
      ["change-region: the tag file has no Storage tag for the region 'europe'; did you mean: westeurope, northeurope"],
    ],
    [
      "an endpoint that is misspelt",
      [],
      [endpoint("Microsoft.Storge", "westeurope")],
      [
        "change-endpoint: the tag file has no service tag for 'Microsoft.Storge'; did you mean: Microsoft.Storage, Microsoft.Sql",
      ],
    ],
    [
      "an endpoint like no other",
      [],
      [endpoint("Microsoft.Zzzzzzzz", "westeurope")],
      [
        "change-endpoint: the tag file has no service tag for 'Microsoft.Zzzzzzzz'; the file has tags for: Microsoft.KeyVault, Microsoft.Sql, Microsoft.Storage",
      ],
    ],
    [
      "an endpoint that is off",
      [ENDPOINT],
      [noEndpoint("Microsoft.Sql")],
      [
        "change-not-found: the table has no row for the service endpoint 'Microsoft.Sql'; its endpoints: Microsoft.Storage",
      ],
    ],
    [
      "an endpoint, where none is on",
      [LOCAL],
      [noEndpoint("Microsoft.Sql")],
      [
        "change-not-found: the table has no row for the service endpoint 'Microsoft.Sql'; it has no service endpoint rows",
      ],
    ],
    [
      "a peering with the network itself",
      [LOCAL],
      [peer("10.0.4.0/24")],
      [
        "change-conflict: 10.0.4.0/24 overlaps 10.0.0.0/16, a prefix of the network or a peering; Azure peers only networks without overlapping addresses",
      ],
    ],
    [
      "a peering that overlaps another",
      [LOCAL, PEER],
      [peer("10.1.4.0/24")],
      [
        "change-conflict: 10.1.4.0/24 overlaps 10.1.0.0/16, a prefix of the network or a peering; Azure peers only networks without overlapping addresses",
      ],
    ],
    [
      "a peering that is none",
      [LOCAL, PEER],
      [noPeer("10.0.0.0/16")],
      ["change-not-found: the table has no peering with the prefix 10.0.0.0/16; its peerings: 10.1.0.0/16"],
    ],
    [
      "a peering, where there is none",
      [LOCAL],
      [noPeer("10.1.0.0/16")],
      ["change-not-found: the table has no peering with the prefix 10.1.0.0/16; the table has no peering"],
    ],
  ])("%s", (_, rows, changes, expected) => {
    expect(answerOf(rows, changes)).toEqual(expected);
  });
});
