import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { moveRows } from "../../../src/output/results/moves.ts";
import { run } from "../../commands/run-in-process.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { printed } from "../printed.ts";
import { transcript } from "../transcript.ts";

const row = (source: string, prefixes: string, nextHopType: string, name: string | null = null, hops = "") => ({
  ...{ source, state: "Active", addressPrefix: prefixes.split(" "), nextHopType },
  ...{ name, nextHopIpAddress: hops === "" ? [] : hops.split(" ") },
});
const BEFORE = [
  row("Default", "10.0.0.0/16", "VnetLocal"),
  row("Default", "10.0.0.0/8", "None"),
  row("Default", "100.64.0.0/10", "None"),
  row("Default", "192.168.0.0/16", "None"),
  row("Default", "60.0.0.0/8", "Internet"),
  row("Default", "20.0.0.0/24 20.0.4.0/24", "VirtualNetworkServiceEndpoint"),
  row("User", "30.0.0.0/8", "VirtualAppliance", "to-nva", "10.0.9.4"),
  row("User", "40.0.0.0/8", "Internet", "a-name-that-is-longer-than-a-column"),
  row("VirtualNetworkGateway", "10.8.0.0/16", "VirtualNetworkGateway", null, "10.0.0.4"),
  row("VirtualNetworkGateway", "10.8.0.0/16", "VirtualNetworkGateway", null, "10.0.0.5"),
];
const AFTER = [
  row("Default", "10.0.0.0/16", "VnetLocal"),
  row("Default", "10.0.0.0/8", "None"),
  row("Default", "20.0.0.0/24 20.0.6.0/24 20.0.8.0/24", "VirtualNetworkServiceEndpoint"),
  { ...row("Default", "60.0.0.0/8", "Internet"), state: "Invalid" },
  row("User", "60.0.0.0/8", "VirtualAppliance", "all", "10.0.9.5"),
  row("User", "30.0.0.0/8", "None", "to-nva", "10.0.9.4"),
  row("User", "40.0.0.0/8", "Internet", "renamed"),
  row("User", "50.0.0.0/8", "None"),
  row("VNetPeering", "10.8.0.0/16", "VNetPeering"),
];
const TAGS = JSON.stringify({
  ...{ changeNumber: 7, cloud: "Public" },
  values: [
    ["Storage", "", ["20.0.0.0/16"]],
    ["Storage.WestEurope", "westeurope", ["20.0.0.0/24", "20.0.4.0/24", "20.0.6.0/24", "20.0.8.0/24"]],
    ["AzureCloud", "", ["20.0.0.0/8"]],
  ].map(([name, region, addressPrefixes]) => ({
    ...{ name, id: name },
    properties: { changeNumber: 7, region, platform: "Azure", systemService: "AzureStorage", addressPrefixes },
  })),
});
const scratch = temporaryDirectory();
const tags = join(scratch, "ServiceTags_Public_20260105.json");
writeFileSync(tags, TAGS);
const [before, after] = [join(scratch, "before.json"), join(scratch, "after.json")];
writeFileSync(before, JSON.stringify(BEFORE));
writeFileSync(after, JSON.stringify(AFTER));
const hidden = { [scratch]: "DIR" };
const compared = ["diff", before, after, "--tags", tags];

test("the difference between two tables: moves, rows that differ, the verdict", async () => {
  const text = await transcript(compared, { forms: ["", "-o short", "-o csv"], hidden });
  expect(text).toBe(`
>
    ADDRESSES        CHANGE                                                       PREFIXES
  ✗ 16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → DROPPED by to-nva              30.0.0.0/8
  ✗ 16,777,216 IPv4  NO ROUTE → DROPPED (inferred)                                50.0.0.0/8
  ✓ 16,777,216 IPv4  Internet → appliance 10.0.9.5 (all)                          60.0.0.0/8
  ✗ 4,259,840 IPv4   DROPPED → NO ROUTE (inferred)                                100.64.0.0/10, 192.168.0.0/16
  ✓ 65,536 IPv4      gateway 10.0.0.4, 10.0.0.5 → VNet peering                    10.8.0.0/16
  ✓ 512 IPv4         NO ROUTE → service endpoint (Storage.WestEurope) (inferred)  20.0.6.0/24, 20.0.8.0/24; service tags Storage.WestEurope, Storage, AzureCloud
  ✗ 256 IPv4         service endpoint (Storage.WestEurope) → NO ROUTE (inferred)  20.0.4.0/24; service tags Storage.WestEurope, Storage, AzureCloud

rows that differ and change next hops
  - VirtualNetworkGateway  10.8.0.0/16  VirtualNetworkGateway 10.0.0.4  Active
  - VirtualNetworkGateway  10.8.0.0/16  VirtualNetworkGateway 10.0.0.5  Active
  ~ User to-nva            30.0.0.0/8   None 10.0.9.4  Active  (nextHopType VirtualAppliance → None)
  ~ Default                60.0.0.0/8   Internet  Invalid  (state Active → Invalid)
  ~ Default                20.0.0.0/24, 20.0.6.0/24, 20.0.8.0/24  VirtualNetworkServiceEndpoint  Active  (addressPrefix)
      gained 20.0.6.0/24, 20.0.8.0/24
      lost 20.0.4.0/24
  + User all               60.0.0.0/8   VirtualAppliance 10.0.9.5  Active
  + User                   50.0.0.0/8   None  Active
  + VNetPeering            10.8.0.0/16  VNetPeering  Active
  - Default                2 default prefixes: 100.64.0.0/10, 192.168.0.0/16  None  Active

rows that differ without changing any next hop
  ~ User renamed  40.0.0.0/8  Internet  Active  (name a-name-that-is-longer-than-a-column → renamed)

  data  DIR/before.json → DIR/after.json; service tags of 2026-01-05

54,657,792 IPv4 addresses change next hop

> -o short
16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → DROPPED by to-nva  30.0.0.0/8
16,777,216 IPv4  NO ROUTE → DROPPED (inferred)  50.0.0.0/8
16,777,216 IPv4  Internet → appliance 10.0.9.5 (all)  60.0.0.0/8
4,259,840 IPv4  DROPPED → NO ROUTE (inferred)  100.64.0.0/10, 192.168.0.0/16
65,536 IPv4  gateway 10.0.0.4, 10.0.0.5 → VNet peering  10.8.0.0/16
512 IPv4  NO ROUTE → service endpoint (Storage.WestEurope) (inferred)  20.0.6.0/24, 20.0.8.0/24; service tags Storage.WestEurope, Storage, AzureCloud
256 IPv4  service endpoint (Storage.WestEurope) → NO ROUTE (inferred)  20.0.4.0/24; service tags Storage.WestEurope, Storage, AzureCloud

> -o csv
addressPrefix,before,after,serviceTags,beforeVerdict,beforeNextHopType,beforeNextHopIpAddress,beforeRoute,beforeCertainty,afterVerdict,afterNextHopType,afterNextHopIpAddress,afterRoute,afterCertainty
30.0.0.0/8,VirtualAppliance 10.0.9.4,dropped,,forward,VirtualAppliance,10.0.9.4,User to-nva,documented,drop,,,User to-nva,documented
50.0.0.0/8,no route,dropped,,no-route,,,,inferred,drop,,,User,documented
60.0.0.0/8,Internet,VirtualAppliance 10.0.9.5,,forward,Internet,,Default,documented,forward,VirtualAppliance,10.0.9.5,User all,documented
100.64.0.0/10,dropped,no route,,drop,,,Default,documented,no-route,,,,inferred
192.168.0.0/16,dropped,no route,,drop,,,Default,documented,no-route,,,,inferred
10.8.0.0/16,"VirtualNetworkGateway 10.0.0.4, 10.0.0.5",VNetPeering,,forward,VirtualNetworkGateway,"10.0.0.4,10.0.0.5",VirtualNetworkGateway,documented,forward,VNetPeering,,VNetPeering,documented
20.0.6.0/24,no route,VirtualNetworkServiceEndpoint (Storage.WestEurope),"Storage.WestEurope,Storage,AzureCloud",no-route,,,,inferred,forward,VirtualNetworkServiceEndpoint,,Default,documented
20.0.8.0/24,no route,VirtualNetworkServiceEndpoint (Storage.WestEurope),"Storage.WestEurope,Storage,AzureCloud",no-route,,,,inferred,forward,VirtualNetworkServiceEndpoint,,Default,documented
20.0.4.0/24,VirtualNetworkServiceEndpoint (Storage.WestEurope),no route,"Storage.WestEurope,Storage,AzureCloud",forward,VirtualNetworkServiceEndpoint,,Default,documented,no-route,,,,inferred
`);
  const { out } = await run([...compared, "-o", "json"]);
  const report = JSON.parse(out.replaceAll(scratch, "DIR"));
  const shown = await printed("diff", report, { widths: [60, 100] });
  expect(shown).toBe(`
> 60 columns
    ⟨2⟩ADDRESSES        CHANGE⟨22⟩
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → DROPPED
                     by to-nva
      30.0.0.0/8
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4  NO ROUTE → DROPPED (inferred)
      50.0.0.0/8
  ⟨32⟩✓⟨39⟩ 16,777,216 IPv4  Internet → appliance 10.0.9.5 (all)
      60.0.0.0/8
  ⟨31⟩✗⟨39⟩ 4,259,840 IPv4   DROPPED → NO ROUTE (inferred)
      100.64.0.0/10, 192.168.0.0/16
  ⟨32⟩✓⟨39⟩ 65,536 IPv4      gateway 10.0.0.4, 10.0.0.5 → VNet
                     peering
      10.8.0.0/16
  ⟨32⟩✓⟨39⟩ 512 IPv4         NO ROUTE → service endpoint
                     (Storage.WestEurope) (inferred)
      20.0.6.0/24, 20.0.8.0/24; service tags
      Storage.WestEurope, Storage, AzureCloud
  ⟨31⟩✗⟨39⟩ 256 IPv4         service endpoint (Storage.WestEurope) →
                     NO ROUTE (inferred)
      20.0.4.0/24; service tags Storage.WestEurope, Storage,
      AzureCloud

⟨36⟩rows that differ and change next hops⟨39⟩
  - VirtualNetworkGateway
      10.8.0.0/16  VirtualNetworkGateway 10.0.0.4  Active
  - VirtualNetworkGateway
      10.8.0.0/16  VirtualNetworkGateway 10.0.0.5  Active
  ~ User to-nva  30.0.0.0/8  None 10.0.9.4  Active
                 (nextHopType VirtualAppliance → None)
  ~ Default  60.0.0.0/8  Internet  Invalid  (state Active →
             Invalid)
  ~ Default  20.0.0.0/24, 20.0.6.0/24, 20.0.8.0/24
             VirtualNetworkServiceEndpoint  Active
             (addressPrefix)
      gained 20.0.6.0/24, 20.0.8.0/24
      lost 20.0.4.0/24
  + User all  60.0.0.0/8  VirtualAppliance 10.0.9.5  Active
  + User  50.0.0.0/8  None  Active
  + VNetPeering  10.8.0.0/16  VNetPeering  Active
  - Default  2 default prefixes: 100.64.0.0/10,
             192.168.0.0/16  None  Active

⟨36⟩rows that differ without changing any next hop⟨39⟩
  ~ User renamed  40.0.0.0/8  Internet  Active  (name
                  a-name-that-is-longer-than-a-column →
                  renamed)

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before.json → DIR/after.json; service tags of⟨22⟩
        ⟨2⟩2026-01-05⟨22⟩

⟨33⟩54,657,792 IPv4 addresses change next hop⟨39⟩

> 100 columns
    ⟨2⟩ADDRESSES        CHANGE⟨22⟩
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → DROPPED by to-nva
      30.0.0.0/8
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4  NO ROUTE → DROPPED (inferred)
      50.0.0.0/8
  ⟨32⟩✓⟨39⟩ 16,777,216 IPv4  Internet → appliance 10.0.9.5 (all)
      60.0.0.0/8
  ⟨31⟩✗⟨39⟩ 4,259,840 IPv4   DROPPED → NO ROUTE (inferred)
      100.64.0.0/10, 192.168.0.0/16
  ⟨32⟩✓⟨39⟩ 65,536 IPv4      gateway 10.0.0.4, 10.0.0.5 → VNet peering
      10.8.0.0/16
  ⟨32⟩✓⟨39⟩ 512 IPv4         NO ROUTE → service endpoint (Storage.WestEurope) (inferred)
      20.0.6.0/24, 20.0.8.0/24; service tags Storage.WestEurope, Storage, AzureCloud
  ⟨31⟩✗⟨39⟩ 256 IPv4         service endpoint (Storage.WestEurope) → NO ROUTE (inferred)
      20.0.4.0/24; service tags Storage.WestEurope, Storage, AzureCloud

⟨36⟩rows that differ and change next hops⟨39⟩
  - VirtualNetworkGateway  10.8.0.0/16  VirtualNetworkGateway 10.0.0.4  Active
  - VirtualNetworkGateway  10.8.0.0/16  VirtualNetworkGateway 10.0.0.5  Active
  ~ User to-nva            30.0.0.0/8   None 10.0.9.4  Active  (nextHopType VirtualAppliance → None)
  ~ Default                60.0.0.0/8   Internet  Invalid  (state Active → Invalid)
  ~ Default                20.0.0.0/24, 20.0.6.0/24, 20.0.8.0/24  VirtualNetworkServiceEndpoint
                           Active  (addressPrefix)
      gained 20.0.6.0/24, 20.0.8.0/24
      lost 20.0.4.0/24
  + User all               60.0.0.0/8   VirtualAppliance 10.0.9.5  Active
  + User                   50.0.0.0/8   None  Active
  + VNetPeering            10.8.0.0/16  VNetPeering  Active
  - Default                2 default prefixes: 100.64.0.0/10, 192.168.0.0/16  None  Active

⟨36⟩rows that differ without changing any next hop⟨39⟩
  ~ User renamed  40.0.0.0/8  Internet  Active  (name a-name-that-is-longer-than-a-column → renamed)

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before.json → DIR/after.json; service tags of 2026-01-05⟨22⟩

⟨33⟩54,657,792 IPv4 addresses change next hop⟨39⟩
`);
});

test("the difference between equal tables, and between tables that route alike", async () => {
  const same = await transcript(["diff", before, before, "--tags", tags], { forms: ["", "-o short"], hidden });
  expect(same).toBe(`
>
  data  DIR/before.json → DIR/before.json; service tags of 2026-01-05

no address changes next hop, and no row differs

> -o short
`);
  writeFileSync(
    after,
    JSON.stringify([
      ...BEFORE.map((each) => (each.name === "to-nva" ? { ...each, name: "other" } : each)),
      row("Default", "10.1.0.0/16", "None"),
    ]),
  );
  const alike = await transcript(compared, { forms: ["", "-o short"], hidden });
  expect(alike).toBe(`
>
rows that differ without changing any next hop
  ~ User other  30.0.0.0/8   VirtualAppliance 10.0.9.4  Active  (name to-nva → other)
  + Default     10.1.0.0/16  None  Active

  data  DIR/before.json → DIR/after.json; service tags of 2026-01-05

no address changes next hop

> -o short
`);
});

test("one address moves", async () => {
  const [old, now] = [join(scratch, "one.json"), join(scratch, "none.json")];
  writeFileSync(
    old,
    JSON.stringify([row("Default", "10.0.0.0/16", "VnetLocal"), row("User", "8.8.8.8/32", "Internet", "a")]),
  );
  writeFileSync(now, JSON.stringify([row("Default", "10.0.0.0/16", "VnetLocal")]));
  const text = await transcript(["diff", old, now], { forms: ["", "-o short", "-o tsv"], hidden });
  expect(text).toBe(`
>
    ADDRESSES  CHANGE                              PREFIXES
  ✗ 1 IPv4     Internet (a) → NO ROUTE (inferred)  8.8.8.8/32

rows that differ and change next hops
  - User a  8.8.8.8/32  Internet  Active

  data  DIR/one.json → DIR/none.json

1 IPv4 address changes next hop

> -o short
1 IPv4  Internet (a) → NO ROUTE (inferred)  8.8.8.8/32

> -o tsv
8.8.8.8/32	Internet	no route	-	forward	Internet	-	User a	documented	no-route	-	-	-	inferred
`);
});

test.each<[what: string, prefix: string, before: string, after: string, line: string]>([
  ["only private ones", "10.8.0.0/16", "None", "Internet", "✗ 65,536 IPv4  DROPPED by a → Internet (a): NOT DELIVERED"],
  [
    "the private part",
    "10.0.0.0/7",
    "None",
    "Internet",
    "! 33,554,432 IPv4  DROPPED by a → Internet (a); private ones NOT DELIVERED",
  ],
  ["no private ones", "8.0.0.0/8", "None", "Internet", "✓ 16,777,216 IPv4  DROPPED by a → Internet (a)"],
  [
    "before, only private ones",
    "10.8.0.0/16",
    "Internet",
    "None",
    "✗ 65,536 IPv4  Internet (a): NOT DELIVERED → DROPPED by a",
  ],
  ["before, the private part", "10.0.0.0/7", "Internet", "None", "✗ 33,554,432 IPv4  Internet (a) → DROPPED by a"],
])("addresses that go to Internet, which delivers no private ones: %s", async (_, prefix, from, to, line) => {
  const [old, now] = [join(scratch, "old.json"), join(scratch, "now.json")];
  writeFileSync(old, JSON.stringify([row("User", prefix, from, "a")]));
  writeFileSync(now, JSON.stringify([row("User", prefix, to, "a")]));
  const text = await transcript(["diff", old, now], { forms: ["", "-o short"], hidden });
  expect(text).toContain(`\n  ${line}  ${prefix}\n`);
  expect(text).toContain(`\n${line.slice(2)}  ${prefix}\n`);
});

const whatif = (...args: readonly string[]) => ["whatif", "-f", before, "--tags", tags, ...args];
const NVA = ["--add-route", "60.0.0.0/8=VirtualAppliance:10.10.10.10", "--name", "all"];

test("a prediction: the changes, the moves, the rows, what it depends on", async () => {
  const asked = whatif(...NVA, "--remove-route", "to-nva");
  const text = await transcript(asked, { forms: ["", "-v", "--expand", "-o short", "-o csv"], hidden });
  expect(text).toBe(`
>
what if  add-route 60.0.0.0/8=VirtualAppliance:10.10.10.10 named all
what if  remove-route to-nva

    ADDRESSES        CHANGE                                             PREFIXES
  ✗ 16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → NO ROUTE (inferred)  30.0.0.0/8
  ✗ 16,777,216 IPv4  Internet → DROPPED by all (observed)               60.0.0.0/8

rows that change
  The system route 60.0.0.0/8 to Internet becomes Invalid.
  The user route all 60.0.0.0/8 to None 10.10.10.10 appears: its appliance is unreachable.
  The user route to-nva 30.0.0.0/8 to VirtualAppliance 10.0.9.4 disappears.

  ! 10.10.10.10 is outside the prefixes of the network and its peerings, so its appliance is unreachable: Azure lists the route as None and drops the traffic. If you will peer its network, use --add-peering.
  data  DIR/before.json; service tags of 2026-01-05

33,554,432 IPv4 addresses would change next hop (observed)

> -v
what if  add-route 60.0.0.0/8=VirtualAppliance:10.10.10.10 named all
what if  remove-route to-nva

    ADDRESSES        CHANGE                                             PREFIXES
  ✗ 16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → NO ROUTE (inferred)  30.0.0.0/8
  ✗ 16,777,216 IPv4  Internet → DROPPED by all (observed)               60.0.0.0/8

rows that change
  The system route 60.0.0.0/8 to Internet becomes Invalid.
    documented, by same-prefix
  The user route all 60.0.0.0/8 to None 10.10.10.10 appears: its appliance is unreachable.
    observed, by user-route, appliance-out-of-reach
  The user route to-nva 30.0.0.0/8 to VirtualAppliance 10.0.9.4 disappears.
    documented, by user-route

rules of the prediction
  same-prefix (documented): A system or gateway route is Invalid while a user route has the same prefix, and Active again without it.
    https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#routing-example
  user-route (documented): Every user route in the subnet's route table is in the effective routes.
    https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined
  appliance-out-of-reach (observed): A user route whose next hop is reachable only through a gateway, or not at all, is invalid (documented). Azure lists it as None with the address (observed).
    https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined

  ! 10.10.10.10 is outside the prefixes of the network and its peerings, so its appliance is unreachable: Azure lists the route as None and drops the traffic. If you will peer its network, use --add-peering.
  data  DIR/before.json; service tags of 2026-01-05

33,554,432 IPv4 addresses would change next hop (observed)

> --expand
what if  add-route 60.0.0.0/8=VirtualAppliance:10.10.10.10 named all
what if  remove-route to-nva

    ADDRESSES        CHANGE                                             PREFIXES
  ✗ 16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → NO ROUTE (inferred)  30.0.0.0/8
  ✗ 16,777,216 IPv4  Internet → DROPPED by all (observed)               60.0.0.0/8

rows that change
  The system route 60.0.0.0/8 to Internet becomes Invalid.
  The user route all 60.0.0.0/8 to None 10.10.10.10 appears: its appliance is unreachable.
  The user route to-nva 30.0.0.0/8 to VirtualAppliance 10.0.9.4 disappears.

CHANGE       SOURCE                 STATE    PREFIX          NEXT HOP TYPE                  NEXT HOP IP  NAME                                 SERVICE TAG                     ENDPOINT
-            Default                Active   10.0.0.0/16     VnetLocal                      -            -                                    -                               -
now Invalid  Default                Invalid  60.0.0.0/8      Internet                       -            -                                    -                               -
-            Default                Active   20.0.0.0/24 +1  VirtualNetworkServiceEndpoint  -            -                                    Storage.WestEurope  2 prefixes  Microsoft.Storage
-            User                   Active   40.0.0.0/8      Internet                       -            a-name-that-is-longer-than-a-column  -                               -
new          User                   Active   60.0.0.0/8      None                           10.10.10.10  all                                  -                               -
-            VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.4     -                                    -                               -
-            VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.5     -                                    -                               -
-            Default                Active   3 prefixes      None                           -            -                                    -                               -

  ! 10.10.10.10 is outside the prefixes of the network and its peerings, so its appliance is unreachable: Azure lists the route as None and drops the traffic. If you will peer its network, use --add-peering.
  data  DIR/before.json; service tags of 2026-01-05

33,554,432 IPv4 addresses would change next hop (observed)

> -o short
16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → NO ROUTE (inferred)  30.0.0.0/8
16,777,216 IPv4  Internet → DROPPED by all (observed)  60.0.0.0/8

> -o csv
addressPrefix,before,after,serviceTags,beforeVerdict,beforeNextHopType,beforeNextHopIpAddress,beforeRoute,beforeCertainty,afterVerdict,afterNextHopType,afterNextHopIpAddress,afterRoute,afterCertainty,certainty,predictedBy
30.0.0.0/8,VirtualAppliance 10.0.9.4,no route,,forward,VirtualAppliance,10.0.9.4,User to-nva,documented,no-route,,,,inferred,inferred,user-route
60.0.0.0/8,Internet,dropped,,forward,Internet,,Default,documented,drop,,,User all,documented,observed,"user-route,same-prefix,appliance-out-of-reach"
`);
  const { out } = await run([...asked, "-o", "json"]);
  const report = JSON.parse(out.replaceAll(scratch, "DIR"));
  const fates = ["appears", "goes", "turns-invalid", "turns-active", "loses-appliance", "finds-appliance"];
  const rows = [
    ...fates.map((fate, row) => ({ ...report.rows[0], fate, row, text: `a row that ${fate}` })),
    ...[6, 7, 8].map((row) => ({
      ...report.rows[0],
      fate: "goes",
      row,
      name: "folded",
      addressPrefixes: [`10.${row}.0.0/16`],
    })),
    ...[0, 1].map((row) => ({ ...report.rows[0], fate: "goes", row: -1, name: `pair`, text: `one of two: ${row}` })),
  ];
  const marked = await printed(
    "whatif",
    { ...report, rows },
    { view: { expand: true, verbose: false }, widths: [null, 60] },
  );
  expect(marked).toBe(`
> in a pipe
what if  add-route 60.0.0.0/8=VirtualAppliance:10.10.10.10 named all
what if  remove-route to-nva

    ADDRESSES        CHANGE                                             PREFIXES
  ✗ 16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → NO ROUTE (inferred)  30.0.0.0/8
  ✗ 16,777,216 IPv4  Internet → DROPPED by all (observed)               60.0.0.0/8

rows that change
  a row that appears
  a row that goes
  a row that turns-invalid
  a row that turns-active
  a row that loses-appliance
  a row that finds-appliance
  3 rows of source Default to Internet disappear: 10.6.0.0/16, 10.7.0.0/16, 10.8.0.0/16
  one of two: 0
  one of two: 1

CHANGE         SOURCE                 STATE    PREFIX          NEXT HOP TYPE                  NEXT HOP IP  NAME                                 SERVICE TAG                     ENDPOINT
new            Default                Active   10.0.0.0/16     VnetLocal                      -            -                                    -                               -
removed        Default                Active   10.0.0.0/8      None                           -            -                                    -                               -
now Invalid    Default                Active   100.64.0.0/10   None                           -            -                                    -                               -
now Active     Default                Active   192.168.0.0/16  None                           -            -                                    -                               -
now None       Default                Invalid  60.0.0.0/8      Internet                       -            -                                    -                               -
now reachable  Default                Active   20.0.0.0/24 +1  VirtualNetworkServiceEndpoint  -            -                                    Storage.WestEurope  2 prefixes  Microsoft.Storage
removed        User                   Active   40.0.0.0/8      Internet                       -            a-name-that-is-longer-than-a-column  -                               -
removed        User                   Active   60.0.0.0/8      None                           10.10.10.10  all                                  -                               -
removed        VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.4     -                                    -                               -
-              VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.5     -                                    -                               -

  ! 10.10.10.10 is outside the prefixes of the network and its peerings, so its appliance is unreachable: Azure lists the route as None and drops the traffic. If you will peer its network, use --add-peering.
  data  DIR/before.json; service tags of 2026-01-05

33,554,432 IPv4 addresses would change next hop (observed)

> 60 columns
⟨1⟩what if  ⟨22⟩add-route 60.0.0.0/8=VirtualAppliance:10.10.10.10
         named all
⟨1⟩what if  ⟨22⟩remove-route to-nva

    ⟨2⟩ADDRESSES        CHANGE⟨22⟩
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → NO ROUTE
                     (inferred)
      30.0.0.0/8
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4  Internet → DROPPED by all (observed)
      60.0.0.0/8

⟨36⟩rows that change⟨39⟩
  a row that appears
  a row that goes
  a row that turns-invalid
  a row that turns-active
  a row that loses-appliance
  a row that finds-appliance
  3 rows of source Default to Internet disappear:
  10.6.0.0/16, 10.7.0.0/16, 10.8.0.0/16
  one of two: 0
  one of two: 1

⟨1⟩   PREFIX          NEXT HOP⟨22⟩
+  10.0.0.0/16     VnetLocal (new)
⟨31⟩-  10.0.0.0/8      None (removed)⟨39⟩
⟨31⟩~  100.64.0.0/10   None (now Invalid)⟨39⟩
⟨31⟩~  192.168.0.0/16  None (now Active)⟨39⟩
⟨2⟩~  60.0.0.0/8      Internet (now None)⟨22⟩
~  20.0.0.0/24 +1  service endpoint Storage.WestEurope (now
                   reachable)
-  40.0.0.0/8      Internet (removed),
                   a-name-that-is-longer-than-a-column
⟨31⟩-  60.0.0.0/8      None 10.10.10.10 (removed), all⟨39⟩
-  10.8.0.0/16     VirtualNetworkGateway 10.0.0.4 (removed)
   10.8.0.0/16     VirtualNetworkGateway 10.0.0.5
⟨2⟩hidden at 60 columns: SOURCE, ENDPOINT (-o json has all)⟨22⟩

⟨33⟩  ! ⟨39⟩10.10.10.10 is outside the prefixes of the network and
    its peerings, so its appliance is unreachable: Azure
    lists the route as None and drops the traffic. If you
    will peer its network, use --add-peering.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before.json; service tags of 2026-01-05⟨22⟩

⟨33⟩33,554,432 IPv4 addresses would change next hop⟨39⟩ (observed)
`);
  const shown = await printed("whatif", report, { view: { expand: true, verbose: true }, widths: [60] });
  expect(shown).toBe(`
> 60 columns
⟨1⟩what if  ⟨22⟩add-route 60.0.0.0/8=VirtualAppliance:10.10.10.10
         named all
⟨1⟩what if  ⟨22⟩remove-route to-nva

    ⟨2⟩ADDRESSES        CHANGE⟨22⟩
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4  appliance 10.0.9.4 (to-nva) → NO ROUTE
                     (inferred)
      30.0.0.0/8
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4  Internet → DROPPED by all (observed)
      60.0.0.0/8

⟨36⟩rows that change⟨39⟩
  The system route 60.0.0.0/8 to Internet becomes Invalid.
    documented, by same-prefix
  The user route all 60.0.0.0/8 to None 10.10.10.10 appears:
  its appliance is unreachable.
    observed, by user-route, appliance-out-of-reach
  The user route to-nva 30.0.0.0/8 to VirtualAppliance
  10.0.9.4 disappears.
    documented, by user-route

⟨1⟩   PREFIX          NEXT HOP⟨22⟩
   10.0.0.0/16     VnetLocal
⟨2⟩~  60.0.0.0/8      Internet (now Invalid)⟨22⟩
   20.0.0.0/24 +1  service endpoint Storage.WestEurope
   40.0.0.0/8      Internet,
                   a-name-that-is-longer-than-a-column
⟨31⟩+  60.0.0.0/8      None 10.10.10.10 (new), all⟨39⟩
   10.8.0.0/16     VirtualNetworkGateway 10.0.0.4
   10.8.0.0/16     VirtualNetworkGateway 10.0.0.5
⟨31⟩   3 prefixes      None⟨39⟩
⟨2⟩hidden at 60 columns: SOURCE, ENDPOINT (-o json has all)⟨22⟩

⟨36⟩rules of the prediction⟨39⟩
  same-prefix (documented): A system or gateway route is
  Invalid while a user route has the same prefix, and Active
  again without it.
    https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#routing-example
  user-route (documented): Every user route in the subnet's
  route table is in the effective routes.
    https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined
  appliance-out-of-reach (observed): A user route whose next
  hop is reachable only through a gateway, or not at all, is
  invalid (documented). Azure lists it as None with the
  address (observed).
    https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined

⟨33⟩  ! ⟨39⟩10.10.10.10 is outside the prefixes of the network and
    its peerings, so its appliance is unreachable: Azure
    lists the route as None and drops the traffic. If you
    will peer its network, use --add-peering.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before.json; service tags of 2026-01-05⟨22⟩

⟨33⟩33,554,432 IPv4 addresses would change next hop⟨39⟩ (observed)
`);
});

test("a prediction of a service endpoint", async () => {
  const asked = ["whatif", "--sample", "udr", "--add-endpoint", "Microsoft.Storage", "--region", "westeurope"];
  const text = await transcript(asked, { forms: ["", "-v", "-o short"], widths: [70] });
  expect(text).toBe(`
>
what if  add-endpoint Microsoft.Storage in westeurope

    ADDRESSES  CHANGE                                                                 PREFIXES
  ✓ 64 IPv4    DROPPED by to-nva → service endpoint (Storage.NorthEurope) (observed)  191.235.255.192/26; service tags Storage.NorthEurope, Storage
  ✓ 16 IPv4    DROPPED by to-nva → service endpoint (Storage.WestEurope) (observed)   191.239.203.0/28; service tags Storage.WestEurope, Storage and 2 more

rows that change
  The service endpoint route 191.235.255.192/26 of Storage.NorthEurope to VirtualNetworkServiceEndpoint appears.
  The service endpoint route 191.239.203.0/28 of Storage.WestEurope to VirtualNetworkServiceEndpoint appears.

  ! Microsoft.Storage has been observed with a row for each region of the pair (2023), and once with the global tag's prefixes in one row (2021). To predict one row, use Microsoft.Storage.Global.
  ! The service then sees private source addresses: its IP firewall rules for public addresses no longer match. Open connections close when the endpoint is enabled.
  data  sample udr; service tags of 2023-11-06

80 IPv4 addresses would change next hop (observed)

> -v
what if  add-endpoint Microsoft.Storage in westeurope

    ADDRESSES  CHANGE                                                                 PREFIXES
  ✓ 64 IPv4    DROPPED by to-nva → service endpoint (Storage.NorthEurope) (observed)  191.235.255.192/26; service tags Storage.NorthEurope, Storage
  ✓ 16 IPv4    DROPPED by to-nva → service endpoint (Storage.WestEurope) (observed)   191.239.203.0/28; service tags Storage.WestEurope, Storage and 2 more

rows that change
  The service endpoint route 191.235.255.192/26 of Storage.NorthEurope to VirtualNetworkServiceEndpoint appears.
    observed, by endpoint-of-region-pair
  The service endpoint route 191.239.203.0/28 of Storage.WestEurope to VirtualNetworkServiceEndpoint appears.
    observed, by endpoint-of-region-pair

rules of the prediction
  endpoint-of-region-pair (observed): The endpoint adds one row for the service tag of the network's region and one for that of the paired region.
    https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview

  ! Microsoft.Storage has been observed with a row for each region of the pair (2023), and once with the global tag's prefixes in one row (2021). To predict one row, use Microsoft.Storage.Global.
  ! The service then sees private source addresses: its IP firewall rules for public addresses no longer match. Open connections close when the endpoint is enabled.
  data  sample udr; service tags of 2023-11-06

80 IPv4 addresses would change next hop (observed)

> -o short
64 IPv4  DROPPED by to-nva → service endpoint (Storage.NorthEurope) (observed)  191.235.255.192/26; service tags Storage.NorthEurope, Storage
16 IPv4  DROPPED by to-nva → service endpoint (Storage.WestEurope) (observed)  191.239.203.0/28; service tags Storage.WestEurope, Storage and 2 more

> on a terminal of 70 columns
⟨1⟩what if  ⟨22⟩add-endpoint Microsoft.Storage in westeurope

    ⟨2⟩ADDRESSES  CHANGE⟨22⟩
  ⟨32⟩✓⟨39⟩ 64 IPv4    DROPPED by to-nva → service endpoint
               (Storage.NorthEurope) (observed)
      191.235.255.192/26; service tags Storage.NorthEurope, Storage
  ⟨32⟩✓⟨39⟩ 16 IPv4    DROPPED by to-nva → service endpoint
               (Storage.WestEurope) (observed)
      191.239.203.0/28; service tags Storage.WestEurope, Storage and 2
      more

⟨36⟩rows that change⟨39⟩
  The service endpoint route 191.235.255.192/26 of Storage.NorthEurope
  to VirtualNetworkServiceEndpoint appears.
  The service endpoint route 191.239.203.0/28 of Storage.WestEurope to
  VirtualNetworkServiceEndpoint appears.

⟨33⟩  ! ⟨39⟩Microsoft.Storage has been observed with a row for each region of
    the pair (2023), and once with the global tag's prefixes in one
    row (2021). To predict one row, use Microsoft.Storage.Global.
⟨33⟩  ! ⟨39⟩The service then sees private source addresses: its IP firewall
    rules for public addresses no longer match. Open connections close
    when the endpoint is enabled.
⟨36⟩  data  ⟨39⟩⟨2⟩sample udr; service tags of 2023-11-06⟨22⟩

⟨33⟩80 IPv4 addresses would change next hop⟨39⟩ (observed)
`);
});

test("a prediction that moves nothing, and one of many rows", async () => {
  const text = await transcript(whatif("--add-route", "40.1.0.0/16=Internet", "--name", "more"), {
    forms: [""],
    hidden,
  });
  expect(text).toBe(`
>
what if  add-route 40.1.0.0/16=Internet named more

rows that change
  The user route more 40.1.0.0/16 to Internet appears.

  data  DIR/before.json; service tags of 2026-01-05

no address would change next hop
`);
  const many = await transcript(whatif("--disable-bgp"), { forms: ["", "-v"], hidden });
  expect(many).toBe(`
>
exit code 2

> -v
exit code 2
`);
});

test.each<[v4: string, v6: string, verdict: string]>([
  ["1", "0", "1 IPv4 address changes next hop"],
  ["0", "1", "1 IPv6 address changes next hop"],
  ["0", "2", "2 IPv6 addresses change next hop"],
  ["1", "1", "1 IPv4 address, 1 IPv6 address change next hop"],
  ["2", "0", "2 IPv4 addresses change next hop"],
])("the last line agrees in number with %s IPv4 and %s IPv6 addresses", async (v4, v6, verdict) => {
  const { out } = await run(["diff", "sample:no-udr", "sample:udr", "-o", "json"]);
  const text = await printed("diff", { ...JSON.parse(out), moved: { v4, v6 } }, { widths: [null] });
  expect(text.trimEnd().split("\n").at(-1)).toBe(verdict);
});

test("next hops of one type share its name, those of different types are joined", () => {
  const hop = (nextHopType: string, nextHopIpAddress: string | null) => ({ nextHopType, nextHopIpAddress });
  const side = (...nextHops: readonly object[]) => ({
    ...{ verdict: "forward", certainty: "documented", routes: [], serviceTag: null, serviceEndpoint: null, nextHops },
  });
  const move = {
    prefixes: ["10.0.0.0/8"],
    before: side(
      hop("VirtualNetworkGateway", "10.0.0.4"),
      hop("Internet", null),
      hop("VirtualNetworkGateway", "10.0.0.5"),
    ),
    after: { ...side(hop("VirtualNetworkServiceEndpoint", null)), serviceEndpoint: "Microsoft.Sql" },
    serviceTags: null,
  };
  const [row] = moveRows([move] as never);
  expect(row?.slice(0, 4)).toEqual([
    "10.0.0.0/8",
    "VirtualNetworkGateway 10.0.0.4, 10.0.0.5 + Internet",
    "VirtualNetworkServiceEndpoint (Microsoft.Sql)",
    [],
  ]);
});
