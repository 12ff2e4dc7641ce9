import type { Verdict } from "../../src/selection/decision.ts";
import type { RuleId, RuleStatus } from "../../src/selection/rules.ts";

/** One line per rule and edge: the table, the destination, what wins (places of the rows), by which rule, how sure. */
export interface RuleCase {
  readonly name: string;
  readonly rows: readonly string[];
  readonly to: string;
  readonly verdict: Verdict;
  readonly winners: readonly number[];
  readonly rule: RuleId;
  readonly certainty: RuleStatus;
  readonly lost: Readonly<Record<number, RuleId>>;
}

const rule =
  (id: RuleId, certainty: RuleStatus) =>
  (
    name: string,
    to: string,
    rows: readonly string[],
    winners: readonly number[],
    lost: Readonly<Record<number, RuleId>>,
    verdict: Verdict = "forward",
  ): RuleCase => ({ name, rows, to, verdict, winners, rule: id, certainty, lost });

const platform = rule("platform-address", "documented");
const noRoute = rule("no-route", "inferred");
const longest = rule("longest-prefix", "documented");
const longestUnwritten = rule("longest-prefix", "inferred");
const override = rule("bgp-override", "inferred");
const system = rule("system-over-bgp", "documented");
const systemToUser = rule("system-over-bgp", "inferred");
const systemToEndpoint = rule("system-over-bgp", "contested");
const source = rule("source-precedence", "documented");
const sourceUnwritten = rule("source-precedence", "inferred");
const tie = rule("service-endpoint-tie", "contested");
const longer = rule("longer-udr-over-endpoint", "contested");
const tag = rule("tag-specificity", "documented");
const tagAndTie = rule("tag-specificity", "contested");
const shared = rule("equal-cost", "documented");
const sharedDefault = rule("equal-cost", "inferred");
const sharedUser = rule("equal-cost", "observed");

const NET = "Default 10.0.0.0/16 VnetLocal";
const WEB = "Default 0.0.0.0/0 Internet";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #to-nva";
const BGP = "VirtualNetworkGateway 10.1.2.0/24 VirtualNetworkGateway 10.0.0.254";
const BGP16 = "VirtualNetworkGateway 10.1.0.0/16 VirtualNetworkGateway 10.0.0.254";
const END = "Default 20.0.0.0/24 VirtualNetworkServiceEndpoint";

export const RULE_CASES: readonly RuleCase[] = [
  platform("the wire server is never routed", "168.63.129.16", [NVA], [], { 0: "platform-address" }, "platform"),
  platform(
    "the metadata service is never routed",
    "169.254.169.254",
    [NVA, "Default! 0.0.0.0/0 Internet"],
    [],
    { 0: "platform-address", 1: "inactive-route" },
    "platform",
  ),
  platform("nor as an IPv4-mapped address", "::ffff:168.63.129.16", [NVA], [], { 0: "platform-address" }, "platform"),
  longest("the rest of 169.254/16 follows the table", "169.254.169.253", [NVA], [0], {}),
  noRoute("an empty table has no route", "10.0.0.1", [], [], {}, "no-route"),
  noRoute("a row of the other family does not cover", "2001:db8::1", [WEB], [], {}, "no-route"),
  noRoute(
    "an inactive row gives no route",
    "8.8.8.8",
    ["Default! 0.0.0.0/0 Internet"],
    [],
    { 0: "inactive-route" },
    "no-route",
  ),
  longest(
    "an inactive row loses whatever its length",
    "10.0.0.4",
    [NVA, "Default! 10.0.0.4/32 InterfaceEndpoint"],
    [0],
    { 1: "inactive-route" },
  ),
  longest("an unknown state does not compete", "10.0.0.4", [NVA, "Default!Pending 10.0.0.0/16 VnetLocal"], [0], {
    1: "inactive-route",
  }),
  longest("the longest prefix wins whatever the source", "10.0.0.4", [NVA, NET], [1], { 0: "longest-prefix" }),
  longest(
    "every prefix of a row is a candidate",
    "10.7.0.1",
    ["User 192.168.0.0/16,10.7.0.0/24,10.0.0.0/8 VirtualAppliance 10.0.9.4", "Default 10.7.0.0/16 VNetPeering"],
    [0],
    { 1: "longest-prefix" },
  ),
  longest(
    "IPv6 follows the same rule",
    "fd00::5",
    ["User ::/0 VirtualAppliance fd00:1::4", "Default fd00::/16 VnetLocal"],
    [1],
    { 0: "longest-prefix" },
  ),
  longest(
    "a longer BGP prefix beats a user route without override",
    "10.8.1.1",
    ["VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254", NVA],
    [0],
    { 1: "longest-prefix" },
  ),
  longest("a None row drops", "10.200.0.1", [WEB, "Default 10.0.0.0/8 None"], [1], { 0: "longest-prefix" }, "drop"),
  longest("an unreachable appliance drops", "1.1.1.1", ["User 0.0.0.0/0 None 10.10.10.10 #to-nva"], [0], {}, "drop"),
  longest(
    "a default route from BGP is overridden by nothing longer",
    "8.8.8.8",
    ["VirtualNetworkGateway 0.0.0.0/0 VirtualNetworkGateway 10.0.0.254", NET],
    [0],
    {},
  ),
  override(
    "a user route with override beats a longer BGP prefix",
    "10.8.1.1",
    [
      "VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254",
      "User+ 10.8.0.0/16 VirtualAppliance 10.0.9.4",
    ],
    [1],
    { 0: "bgp-override" },
  ),
  override(
    "an override takes BGP routes out, not longer routes of other sources",
    "10.1.2.5",
    ["Default 10.1.0.0/16 VnetLocal", BGP, "User+ 10.0.0.0/8 VirtualAppliance 10.0.9.4"],
    [0],
    { 1: "bgp-override", 2: "longest-prefix" },
  ),
  override(
    "an override never turns the drop of a longer route into a forward",
    "10.1.2.5",
    ["Default 10.1.0.0/16 None", BGP, "User+ 10.0.0.0/8 VirtualAppliance 10.0.9.4"],
    [0],
    { 1: "bgp-override", 2: "longest-prefix" },
    "drop",
  ),
  override(
    "an override takes a shorter BGP route out too",
    "10.1.2.5",
    [
      BGP,
      "VirtualNetworkGateway 10.0.0.0/9 VirtualNetworkGateway 10.0.0.254",
      "User+ 10.0.0.0/8 VirtualAppliance 10.0.9.4",
    ],
    [2],
    { 0: "bgp-override", 1: "bgp-override" },
  ),
  longest(
    "an override changes nothing where no BGP route would win",
    "10.1.2.5",
    ["User 10.1.2.0/24 VirtualAppliance 10.0.9.4", BGP16, "User+ 10.0.0.0/8 VirtualAppliance 10.0.9.5"],
    [0],
    { 1: "longest-prefix", 2: "longest-prefix" },
  ),
  longest(
    "an inactive override overrides nothing",
    "10.8.1.1",
    [
      "VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254",
      "User!+ 10.8.0.0/16 VirtualAppliance 10.0.9.4",
    ],
    [0],
    { 1: "inactive-route" },
  ),
  system(
    "a peering beats a longer BGP prefix",
    "10.8.1.1",
    ["VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254", "Default 10.8.0.0/16 VNetPeering"],
    [1],
    { 0: "system-over-bgp" },
  ),
  system(
    "a global peering beats a longer BGP prefix",
    "10.8.1.1",
    ["VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254", "Default 10.8.0.0/16 VNetGlobalPeering"],
    [1],
    { 0: "system-over-bgp" },
  ),
  system(
    "the network itself beats a longer BGP prefix",
    "10.0.1.1",
    ["VirtualNetworkGateway 10.0.1.0/24 VirtualNetworkGateway 10.0.0.254", NET],
    [1],
    { 0: "system-over-bgp" },
  ),
  systemToEndpoint(
    "an endpoint beats a longer BGP prefix",
    "20.0.0.1",
    ["VirtualNetworkGateway 20.0.0.0/25 VirtualNetworkGateway 10.0.0.254", END],
    [1],
    { 0: "system-over-bgp" },
  ),
  systemToEndpoint(
    "an endpoint beats an equal BGP prefix",
    "20.0.0.1",
    ["VirtualNetworkGateway 20.0.0.0/24 VirtualNetworkGateway 10.0.0.254", END],
    [1],
    { 0: "system-over-bgp" },
  ),
  system(
    "the longest such system route wins",
    "10.8.1.1",
    [
      "VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254",
      "Default 10.0.0.0/8 VNetPeering",
      "Default 10.8.0.0/16 VNetPeering",
    ],
    [2],
    { 0: "system-over-bgp", 1: "longest-prefix" },
  ),
  systemToUser(
    "the rest decides again: a user route longer than the peering wins",
    "10.1.2.5",
    ["Default 10.1.0.0/16 VNetPeering", "User 10.1.0.0/20 VirtualAppliance 10.0.9.4", BGP],
    [1],
    { 0: "longest-prefix", 2: "system-over-bgp" },
  ),
  systemToUser(
    "the rest decides again: a user route as long as the peering wins by its source",
    "10.1.2.5",
    ["Default 10.1.0.0/16 VNetPeering", "User 10.1.0.0/16 VirtualAppliance 10.0.9.4", BGP],
    [1],
    { 0: "source-precedence", 2: "system-over-bgp" },
  ),
  system(
    "the rest decides again: a user route shorter than the peering loses",
    "10.1.2.5",
    ["Default 10.1.0.0/16 VNetPeering", "User 10.0.0.0/8 VirtualAppliance 10.0.9.4", BGP],
    [0],
    { 1: "longest-prefix", 2: "system-over-bgp" },
  ),
  system(
    "every BGP route leaves, also one shorter than the peering",
    "10.1.2.5",
    [BGP, "Default 10.1.0.0/20 VNetPeering", BGP16],
    [1],
    { 0: "system-over-bgp", 2: "system-over-bgp" },
  ),
  system(
    "a dispute about endpoints is none where a peering wins",
    "20.0.0.1",
    ["VirtualNetworkGateway 20.0.0.0/28 VirtualNetworkGateway 10.0.0.254", END, "Default 20.0.0.0/26 VNetPeering"],
    [2],
    { 0: "system-over-bgp", 1: "longest-prefix" },
  ),
  systemToUser(
    "a connected group that wins after BGP left is named by no text",
    "10.1.2.5",
    ["Default 10.1.0.0/16 VNetPeering", "Default 10.1.0.0/20 ConnectedGroup", BGP],
    [1],
    { 0: "longest-prefix", 2: "system-over-bgp" },
  ),
  longest(
    "a system None or Internet route does not beat BGP",
    "10.8.1.1",
    ["VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254", "Default 10.0.0.0/8 None", WEB],
    [0],
    { 1: "longest-prefix", 2: "longest-prefix" },
  ),
  longestUnwritten(
    "a connected group against a longer BGP route is named by no text",
    "10.8.1.1",
    ["VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254", "Default 10.8.0.0/16 ConnectedGroup"],
    [0],
    { 1: "longest-prefix" },
  ),
  source("user beats system", "8.8.8.8", [WEB, NVA], [1], { 0: "source-precedence" }),
  source("user beats BGP", "8.8.8.8", ["VirtualNetworkGateway 0.0.0.0/0 VirtualNetworkGateway 10.0.0.254", NVA], [1], {
    0: "source-precedence",
  }),
  source(
    "BGP beats system",
    "8.8.8.8",
    [WEB, "VirtualNetworkGateway 0.0.0.0/0 VirtualNetworkGateway 10.0.0.254"],
    [1],
    { 0: "source-precedence" },
  ),
  sourceUnwritten(
    "BGP against a connected group of the same prefix is named by no text",
    "10.1.2.5",
    ["Default 10.1.2.0/24 ConnectedGroup", BGP],
    [1],
    { 0: "source-precedence" },
  ),
  sourceUnwritten(
    "nor is BGP against a private endpoint of the same prefix",
    "10.5.9.9",
    ["Default 10.5.9.9/32 InterfaceEndpoint", "VirtualNetworkGateway 10.5.9.9/32 VirtualNetworkGateway 10.0.0.254"],
    [1],
    { 0: "source-precedence" },
  ),
  sourceUnwritten(
    "a peering comes before a connected group of the same prefix",
    "10.0.0.4",
    ["Default 10.0.0.0/16 ConnectedGroup", "Default 10.0.0.0/16 VNetPeering"],
    [1],
    { 0: "source-precedence" },
  ),
  sourceUnwritten(
    "so does a global peering",
    "10.0.0.4",
    ["Default 10.0.0.0/16 ConnectedGroup", "Default 10.0.0.0/16 VNetGlobalPeering"],
    [1],
    { 0: "source-precedence" },
  ),
  longest(
    "a longer connected group wins over the peering",
    "10.0.0.4",
    ["Default 10.0.0.0/24 ConnectedGroup", "Default 10.0.0.0/16 VNetPeering"],
    [0],
    { 1: "longest-prefix" },
  ),
  sourceUnwritten(
    "any system route comes before None of the same prefix",
    "192.168.1.1",
    ["Default 192.168.0.0/16 None", "Default 192.168.0.0/16 ConnectedGroup"],
    [1],
    { 0: "source-precedence" },
  ),
  source(
    "a user route to None wins over a system route all the same",
    "192.168.1.1",
    ["User 192.168.0.0/16 None", "Default 192.168.0.0/16 VNetPeering"],
    [0],
    { 1: "source-precedence" },
    "drop",
  ),
  source("system beats an unknown source", "8.8.8.8", ["Mystery 0.0.0.0/0 Internet", WEB], [1], {
    0: "source-precedence",
  }),
  source(
    "a peering beats BGP at equal prefix",
    "10.8.0.1",
    ["VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.254", "Default 10.8.0.0/16 VNetPeering"],
    [1],
    { 0: "source-precedence" },
  ),
  source(
    "a user route beats the network's own at equal prefix",
    "10.0.0.4",
    [NET, "User 10.0.0.0/16 VirtualAppliance 10.0.9.4"],
    [1],
    { 0: "source-precedence" },
  ),
  source(
    "sources are compared without case",
    "8.8.8.8",
    ["default 0.0.0.0/0 internet", "USER 0.0.0.0/0 virtualappliance 10.0.9.4"],
    [1],
    { 0: "source-precedence" },
  ),
  tie(
    "an equal user route to an appliance beats the endpoint",
    "20.0.0.1",
    [END, "User 20.0.0.0/24 VirtualAppliance 10.0.9.4"],
    [1],
    { 0: "service-endpoint-tie" },
  ),
  tie(
    "an equal user route to a gateway beats the endpoint",
    "20.0.0.1",
    [END, "User 20.0.0.0/24 VirtualNetworkGateway"],
    [1],
    { 0: "service-endpoint-tie" },
  ),
  tie(
    "an equal user route to an unreachable appliance beats the endpoint",
    "20.0.0.1",
    [END, "User 20.0.0.0/24 None 10.0.9.4"],
    [1],
    { 0: "service-endpoint-tie" },
    "drop",
  ),
  tie("an equal user route to Internet loses to the endpoint", "20.0.0.1", [END, "User 20.0.0.0/24 Internet"], [0], {
    1: "service-endpoint-tie",
  }),
  tie(
    "an equal user route to the network beats the endpoint, which nobody has measured",
    "20.0.0.1",
    [END, "User 20.0.0.0/24 VnetLocal"],
    [1],
    { 0: "service-endpoint-tie" },
  ),
  rule("source-precedence", "contested")(
    "a row that is neither loses by its source",
    "20.0.0.1",
    [END, "User 20.0.0.0/24 VirtualAppliance 10.0.9.4", "Default 20.0.0.0/24 Internet"],
    [1],
    { 0: "service-endpoint-tie", 2: "source-precedence" },
  ),
  tagAndTie(
    "a dispute stays one where a documented rule decides after it",
    "20.0.0.1",
    [END, "User 20.0.0.0/24 VirtualAppliance 10.0.9.4", "User 20.0.0.0/24 VirtualAppliance 10.0.9.5 @Storage"],
    [1],
    { 0: "service-endpoint-tie", 2: "tag-specificity" },
  ),
  rule("longest-prefix", "contested")(
    "a user route to the network in place of a private endpoint's route is disputed",
    "10.1.4.5",
    ["User 10.1.4.0/24 VnetLocal", "Default! 10.1.4.5/32 InterfaceEndpoint"],
    [0],
    { 1: "inactive-route" },
  ),
  longest(
    "the network's own route in its place is not",
    "10.1.4.5",
    ["Default 10.1.4.0/24 VnetLocal", "Default! 10.1.4.5/32 InterfaceEndpoint"],
    [0],
    { 1: "inactive-route" },
  ),
  longer("a longer user route beats the endpoint", "20.0.0.1", [END, "User 20.0.0.0/25 Internet"], [1], {
    0: "longer-udr-over-endpoint",
  }),
  longest("the endpoint beats a shorter user route", "20.0.0.1", [END, NVA], [0], { 1: "longest-prefix" }),
  tag(
    "an explicit prefix beats a tag's",
    "20.0.0.1",
    ["User 20.0.0.0/24 Internet @Storage.WestEurope", "User 20.0.0.0/24 VirtualAppliance 10.0.9.4"],
    [1],
    { 0: "tag-specificity" },
  ),
  tag(
    "a regional tag beats a top-level one",
    "20.0.0.1",
    ["User 20.0.0.0/24 Internet @Storage", "User 20.0.0.0/24 VirtualAppliance 10.0.9.4 @Storage.WestEurope"],
    [1],
    { 0: "tag-specificity" },
  ),
  tag(
    "a top-level tag beats AzureCloud of a region",
    "20.0.0.1",
    ["User 20.0.0.0/24 Internet @AzureCloud.westeurope", "User 20.0.0.0/24 VirtualAppliance 10.0.9.4 @Storage"],
    [1],
    { 0: "tag-specificity" },
  ),
  tag(
    "AzureCloud of a region beats AzureCloud",
    "20.0.0.1",
    ["User 20.0.0.0/24 Internet @AzureCloud", "User 20.0.0.0/24 VirtualAppliance 10.0.9.4 @AzureCloud.westeurope"],
    [1],
    { 0: "tag-specificity" },
  ),
  tag(
    "of a row with several tags the narrowest counts, in any case",
    "20.0.0.1",
    [
      "User 20.0.0.0/24 Internet @Storage",
      "User 20.0.0.0/24 VirtualAppliance 10.0.9.4 @azurecloud @STORAGE.WestEurope",
    ],
    [1],
    { 0: "tag-specificity" },
  ),
  sharedUser(
    "user routes of tags equally narrow share",
    "20.0.0.1",
    [
      "User 20.0.0.0/24 VirtualAppliance 10.0.9.4 @Storage",
      "User 20.0.0.0/24 VirtualAppliance 10.0.9.5 @AzureCloudLike",
    ],
    [0, 1],
    {},
  ),
  longest(
    "a next hop type in another case is the same next hop",
    "8.8.8.8",
    [WEB, "Default 0.0.0.0/0 internet"],
    [0, 1],
    {},
  ),
  sharedUser(
    "user routes that nothing separates share",
    "8.8.8.8",
    [NVA, "User 0.0.0.0/0 VirtualAppliance 10.0.9.5"],
    [0, 1],
    {},
  ),
  shared(
    "BGP routes that nothing separates share",
    "10.8.0.1",
    [
      "VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.4",
      "VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.5",
      WEB,
    ],
    [0, 1],
    { 2: "longest-prefix" },
  ),
  longest(
    "one row with two next hops needs no tie",
    "10.8.0.1",
    ["VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5"],
    [0],
    {},
  ),
  longest("a row listed twice is one next hop", "8.8.8.8", [WEB, WEB], [0, 1], {}),
  sharedDefault(
    "system routes that nothing separates share, which no text says",
    "10.0.0.4",
    [NET, "Default 10.0.0.0/16 VNetPeering"],
    [0, 1],
    {},
  ),
  sharedUser(
    "a set whose first row drops still forwards",
    "8.8.8.8",
    ["User 0.0.0.0/0 None 10.0.9.4", "User 0.0.0.0/0 VirtualAppliance 10.0.9.5"],
    [0, 1],
    {},
  ),
];
