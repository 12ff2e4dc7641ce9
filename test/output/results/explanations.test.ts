import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ExplanationReport, explanations } from "../../../src/output/results/explanations.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { printed } from "../printed.ts";
import { transcript } from "../transcript.ts";

const row = (source: string, addressPrefix: readonly string[], nextHopType: string, more: object = {}) => ({
  ...{ source, state: "Active", addressPrefix, nextHopType, nextHopIpAddress: [], ...more },
});
const TABLE = JSON.stringify([
  row("Default", ["10.0.0.0/16"], "VnetLocal"),
  row("Default", ["10.0.0.0/8"], "None"),
  row("User", ["20.0.0.0/24"], "Internet", { name: "to-web" }),
  row("Default", ["20.0.0.0/24", "20.0.4.0/24"], "VirtualNetworkServiceEndpoint"),
  row("Default", ["0.0.0.0/0"], "Internet", { state: "Invalid" }),
  row("User", ["0.0.0.0/0"], "VirtualAppliance", { name: "to-nva", nextHopIpAddress: ["10.0.9.4"] }),
  row("User", ["30.0.0.0/8"], "None", { name: "to-none", nextHopIpAddress: ["10.0.9.9"] }),
  row("VirtualNetworkGateway", ["10.8.0.0/16"], "VirtualNetworkGateway", { nextHopIpAddress: ["10.0.0.4"] }),
  row("VirtualNetworkGateway", ["10.8.0.0/16"], "VirtualNetworkGateway", { nextHopIpAddress: ["10.0.0.5"] }),
]);
const TAGS = JSON.stringify({
  changeNumber: 7,
  cloud: "Public",
  values: [
    ["Storage", "", ["20.0.0.0/16", "20.9.0.0/24", "30.1.0.0/24"]],
    ["Storage.WestEurope", "westeurope", ["20.0.0.0/24", "20.0.4.0/24"]],
    ["Lone", "", ["20.0.4.0/24"]],
  ].map(([name, region, addressPrefixes]) => ({
    ...{ name, id: name },
    properties: { changeNumber: 7, region, platform: "Azure", systemService: "AzureStorage", addressPrefixes },
  })),
});
const scratch = temporaryDirectory();
const tags = join(scratch, "ServiceTags_Public_20260105.json");
writeFileSync(tags, TAGS);
const list = join(scratch, "list.txt");
writeFileSync(list, "10.0.0.4\n10.1.0.4\n8.8.8.8\n30.0.0.1\n30.0.0.2\n20.0.4.1\n10.8.0.1\n");
const hidden = { [scratch]: "DIR" };
const asked = (...args: readonly string[]) => ["whichroute", ...args, "-f", "-", "--tags", tags];

test("one address is a proof, a line and a row", async () => {
  const text = await transcript(asked("20.0.4.1"), {
    ...{ forms: ["", "-v", "-o short", "-o csv", "-o wide"], widths: [50, 90], stdin: TABLE, hidden },
  });
  expect(text).toBe(`
>
20.0.4.1  →  service endpoint Microsoft.Storage (Storage.WestEurope)

    PREFIX       NEXT HOP                       SOURCE       REASON
  ✓ 20.0.4.0/24  VirtualNetworkServiceEndpoint  Default      longest prefix
  ✗ 0.0.0.0/0    VirtualAppliance 10.0.9.4      User to-nva  /0 is shorter than /24
  · 0.0.0.0/0    Internet                       Default      Invalid: overridden by to-nva (same prefix)

  ! Bypasses appliance 10.0.9.4 of to-nva: its logs never show this traffic.
  note  The service sees a private source address: no IP rule of its firewall matches. Allow the subnet there.
  service tags  Storage.WestEurope, Lone, Storage
  data  standard input; service tags of 2026-01-05

> -v
20.0.4.1  →  service endpoint Microsoft.Storage (Storage.WestEurope)

    PREFIX       NEXT HOP                       SOURCE       REASON
  ✓ 20.0.4.0/24  VirtualNetworkServiceEndpoint  Default      longest prefix
  ✗ 0.0.0.0/0    VirtualAppliance 10.0.9.4      User to-nva  /0 is shorter than /24
  · 0.0.0.0/0    Internet                       Default      Invalid: overridden by to-nva (same prefix)

  ! Bypasses appliance 10.0.9.4 of to-nva: its logs never show this traffic.
  note  The service sees a private source address: no IP rule of its firewall matches. Allow the subnet there.
  service tag  Storage.WestEurope, 20.0.4.0/24, westeurope, AzureStorage
  service tag  Lone, 20.0.4.0/24, AzureStorage
  service tag  Storage, 20.0.0.0/16, AzureStorage
  rule  longest-prefix (documented): 20.0.4.0/24 is the longest active prefix; the next is 0.0.0.0/0.
  source  https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
  data  standard input; service tags of 2026-01-05

> -o short
20.0.4.1  service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance

> -o csv
destination,verdict,nextHopType,nextHopIpAddress,serviceTag,addressPrefix,source,name,serviceEndpoint,rule,certainty,error,partOf,hostName
20.0.4.1,forward,VirtualNetworkServiceEndpoint,,Storage.WestEurope,20.0.4.0/24,Default,,Microsoft.Storage,longest-prefix,documented,,,

> -o wide
DESTINATION  VERDICT  NEXT HOP TYPE                  NEXT HOP IP ADDRESS  SERVICE TAG         ADDRESS PREFIX  SOURCE   NAME  SERVICE ENDPOINT   RULE            CERTAINTY   ERROR  PART OF  HOST NAME
20.0.4.1     forward  VirtualNetworkServiceEndpoint  -                    Storage.WestEurope  20.0.4.0/24     Default  -     Microsoft.Storage  longest-prefix  documented  -      -        -

> on a terminal of 50 columns
⟨1⟩20.0.4.1  →  ⟨22⟩⟨1⟩⟨32⟩service endpoint Microsoft.Storage⟨39⟩⟨22⟩
             ⟨1⟩⟨32⟩(Storage.WestEurope)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX       NEXT HOP            SOURCE⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩20.0.4.0/24  ServiceEndpoint     Default⟨22⟩
      ⟨1⟩longest prefix⟨22⟩
  ✗ 0.0.0.0/0    Appliance 10.0.9.4  User to-nva
      /0 is shorter than /24
  ⟨2⟩·⟨22⟩ ⟨2⟩0.0.0.0/0    Internet            Default⟨22⟩
      ⟨2⟩Invalid: overridden by to-nva (same prefix)⟨22⟩

⟨33⟩  ! ⟨39⟩Bypasses appliance 10.0.9.4 of to-nva: its
    logs never show this traffic.
⟨36⟩  note  ⟨39⟩The service sees a private source address:
        no IP rule of its firewall matches. Allow
        the subnet there.
⟨36⟩  service tags  ⟨39⟩Storage.WestEurope, Lone, Storage
⟨36⟩  data  ⟨39⟩⟨2⟩standard input; service tags of 2026-01-05⟨22⟩

> on a terminal of 90 columns
⟨1⟩20.0.4.1  →  ⟨22⟩⟨1⟩⟨32⟩service endpoint Microsoft.Storage (Storage.WestEurope)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX       NEXT HOP            SOURCE       REASON⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩20.0.4.0/24  ServiceEndpoint     Default      longest prefix⟨22⟩
  ✗ 0.0.0.0/0    Appliance 10.0.9.4  User to-nva  /0 is shorter than /24
  ⟨2⟩·⟨22⟩ ⟨2⟩0.0.0.0/0    Internet            Default      Invalid: overridden by to-nva (same⟨22⟩
                                                  ⟨2⟩prefix)⟨22⟩

⟨33⟩  ! ⟨39⟩Bypasses appliance 10.0.9.4 of to-nva: its logs never show this traffic.
⟨36⟩  note  ⟨39⟩The service sees a private source address: no IP rule of its firewall matches.
        Allow the subnet there.
⟨36⟩  service tags  ⟨39⟩Storage.WestEurope, Lone, Storage
⟨36⟩  data  ⟨39⟩⟨2⟩standard input; service tags of 2026-01-05⟨22⟩
`);
});

test("several addresses have a line each, or a proof each", async () => {
  const addresses = ["20.0.0.1", "8.8.8.8", "10.8.0.1", "168.63.129.16", "2001:db8::1", "30.1.0.1", "10.0.0.4"];
  const text = await transcript(asked(...addresses), {
    ...{ forms: ["", "--explain", "-o short", "-o tsv"], widths: [60], stdin: TABLE, hidden },
  });
  expect(text).toBe(`
>
20.0.0.1       →  service endpoint Microsoft.Storage (Storage.WestEurope) (contested); bypasses an appliance
8.8.8.8        →  appliance 10.0.9.4 (to-nva)
10.8.0.1       →  gateways 10.0.0.4, 10.0.0.5, equal cost (10.8.0.0/16); bypasses an appliance
168.63.129.16  →  answered by the Azure host, not by a route
2001:db8::1    →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)
30.1.0.1       →  DROPPED: to-none (30.0.0.0/8) points to appliance 10.0.9.9, which is unreachable
10.0.0.4       →  this virtual network (10.0.0.0/16)

  data  standard input; service tags of 2026-01-05

> --explain
20.0.0.1  →  service endpoint Microsoft.Storage (Storage.WestEurope) (contested)

    PREFIX       NEXT HOP                       SOURCE       REASON
  ✓ 20.0.0.0/24  VirtualNetworkServiceEndpoint  Default      endpoint before Internet (same prefix)
  ✗ 20.0.0.0/24  Internet                       User to-web  endpoint before Internet (same prefix)
  ✗ 0.0.0.0/0    VirtualAppliance 10.0.9.4      User to-nva  /0 is shorter than /24
  · 0.0.0.0/0    Internet                       Default      Invalid: overridden by to-nva (same prefix)

  ! Bypasses appliance 10.0.9.4 of to-nva: its logs never show this traffic.
  ! service-endpoint-tie: Microsoft's text: no route table overrides a service endpoint. Field tests: an equal user route to an appliance wins, one to Internet loses (docs#111706, docs#128591); the endpoint wins (docs#111594). None and VnetLocal are unmeasured.
  next  settle it with Network Watcher's next hop: --nic NAME --verify
  note  The service sees a private source address: no IP rule of its firewall matches. Allow the subnet there.
  service tags  Storage.WestEurope, Storage

8.8.8.8  →  appliance 10.0.9.4 (to-nva)

    PREFIX     NEXT HOP                   SOURCE       REASON
  ✓ 0.0.0.0/0  VirtualAppliance 10.0.9.4  User to-nva  only active route
  · 0.0.0.0/0  Internet                   Default      Invalid: overridden by to-nva (same prefix)

  note  The default route also sends traffic for Azure services and Windows activation (KMS) to VirtualAppliance 10.0.9.4. Replies to connections from the Internet go there too.

10.8.0.1  →  gateways 10.0.0.4, 10.0.0.5, equal cost (10.8.0.0/16)

    PREFIX       NEXT HOP                        SOURCE                 REASON
  ✓ 10.8.0.0/16  VirtualNetworkGateway 10.0.0.4  VirtualNetworkGateway  one of 2 equal routes
  ✓ 10.8.0.0/16  VirtualNetworkGateway 10.0.0.5  VirtualNetworkGateway  one of 2 equal routes
  ✗ 10.0.0.0/8   None                            Default                /8 is shorter than /16
  ✗ 0.0.0.0/0    VirtualAppliance 10.0.9.4       User to-nva            /0 is shorter than /16
  · 0.0.0.0/0    Internet                        Default                Invalid: overridden by to-nva (same prefix)

  ! Bypasses appliance 10.0.9.4 of to-nva: its logs never show this traffic.
  next  ask the gateway: vnet-explain routes --gateway NAME (or --route-server)

168.63.129.16  →  answered by the Azure host, not by a route

    PREFIX     NEXT HOP                   SOURCE       REASON
  ✗ 0.0.0.0/0  VirtualAppliance 10.0.9.4  User to-nva  not used for this address
  · 0.0.0.0/0  Internet                   Default      Invalid: overridden by to-nva (same prefix)

2001:db8::1  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

  next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address

30.1.0.1  →  DROPPED: to-none (30.0.0.0/8) points to appliance 10.0.9.9, which is unreachable

    PREFIX      NEXT HOP                   SOURCE        REASON
  ✓ 30.0.0.0/8  None 10.0.9.9              User to-none  longest prefix
  ✗ 0.0.0.0/0   VirtualAppliance 10.0.9.4  User to-nva   /0 is shorter than /8
  · 0.0.0.0/0   Internet                   Default       Invalid: overridden by to-nva (same prefix)

  next  check that 10.0.9.9 exists, runs, forwards IP, and lies in a reachable network
  service tags  Storage

10.0.0.4  →  this virtual network (10.0.0.0/16)

    PREFIX       NEXT HOP                   SOURCE       REASON
  ✓ 10.0.0.0/16  VnetLocal                  Default      longest prefix
  ✗ 10.0.0.0/8   None                       Default      /8 is shorter than /16
  ✗ 0.0.0.0/0    VirtualAppliance 10.0.9.4  User to-nva  /0 is shorter than /16
  · 0.0.0.0/0    Internet                   Default      Invalid: overridden by to-nva (same prefix)

  data  standard input; service tags of 2026-01-05

> -o short
20.0.0.1  service endpoint Microsoft.Storage (Storage.WestEurope) (contested); bypasses an appliance
8.8.8.8  appliance 10.0.9.4 (to-nva)
10.8.0.1  gateways 10.0.0.4, 10.0.0.5, equal cost (10.8.0.0/16); bypasses an appliance
168.63.129.16  answered by the Azure host, not by a route
2001:db8::1  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)
30.1.0.1  DROPPED: to-none (30.0.0.0/8) points to appliance 10.0.9.9, which is unreachable
10.0.0.4  this virtual network (10.0.0.0/16)

> -o tsv
20.0.0.1	forward	VirtualNetworkServiceEndpoint	-	Storage.WestEurope	20.0.0.0/24	Default	-	Microsoft.Storage	service-endpoint-tie	contested	-	-	-
8.8.8.8	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	-	-
10.8.0.1	forward	VirtualNetworkGateway	10.0.0.4,10.0.0.5	-	10.8.0.0/16	VirtualNetworkGateway	-	-	equal-cost	documented	-	-	-
168.63.129.16	platform	-	-	-	-	-	-	-	platform-address	documented	-	-	-
2001:db8::1	no-route	-	-	-	-	-	-	-	no-route	inferred	-	-	-
30.1.0.1	drop	None	10.0.9.9	Storage	30.0.0.0/8	User	to-none	-	longest-prefix	documented	-	-	-
10.0.0.4	forward	VnetLocal	-	-	10.0.0.0/16	Default	-	-	longest-prefix	documented	-	-	-

> on a terminal of 60 columns
⟨33⟩20.0.0.1       →  service endpoint Microsoft.Storage⟨39⟩
                  ⟨33⟩(Storage.WestEurope) (contested); bypasses⟨39⟩
                  ⟨33⟩an appliance⟨39⟩
⟨32⟩8.8.8.8        →  appliance 10.0.9.4 (to-nva)⟨39⟩
⟨32⟩10.8.0.1       →  gateways 10.0.0.4, 10.0.0.5, equal cost⟨39⟩
                  ⟨32⟩(10.8.0.0/16); bypasses an appliance⟨39⟩
⟨32⟩168.63.129.16  →  answered by the Azure host, not by a route⟨39⟩
⟨33⟩2001:db8::1    →  NOT SENT: no row is IPv6, so the subnet⟨39⟩
                  ⟨33⟩has no IPv6 (inferred)⟨39⟩
⟨31⟩30.1.0.1       →  DROPPED: to-none (30.0.0.0/8) points to⟨39⟩
                  ⟨31⟩appliance 10.0.9.9, which is unreachable⟨39⟩
⟨32⟩10.0.0.4       →  this virtual network (10.0.0.0/16)⟨39⟩

⟨36⟩  data  ⟨39⟩⟨2⟩standard input; service tags of 2026-01-05⟨22⟩
`);
});

test("a line of stdin that is refused has its reason in its place", async () => {
  const text = await transcript(["whichroute", "-", "--sample", "udr-and-endpoint"], {
    ...{ forms: ["", "-o short", "-o csv"], widths: [60], stdin: "191.239.203.0\n010.1.1.1\n10.0.0.0/15\n" },
  });
  expect(text).toBe(`
>
DESTINATION    VERDICT  NEXT HOP TYPE                  NEXT HOP IP ADDRESS  SERVICE TAG         ADDRESS PREFIX    SOURCE   NAME    SERVICE ENDPOINT   RULE            CERTAINTY   ERROR                 PART OF      HOST NAME
191.239.203.0  forward  VirtualNetworkServiceEndpoint  -                    Storage.WestEurope  191.239.203.0/28  Default  -       Microsoft.Storage  longest-prefix  documented  -                     -            -
010.1.1.1      -        -                              -                    -                   -                 -        -       -                  -               -           address-leading-zero  -            -
10.0.0.0/16    forward  VnetLocal                      -                    -                   10.0.0.0/16       Default  -       -                  longest-prefix  documented  -                     10.0.0.0/15  -
10.1.0.0/16    drop     None                           10.10.10.10          -                   0.0.0.0/0         User     to-nva  -                  longest-prefix  documented  -                     10.0.0.0/15  -
exit code 2

> -o short
191.239.203.0  service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance
010.1.1.1  refused: '010.1.1.1' has a leading zero, which some programs read as octal; write 10.1.1.1
10.0.0.0/15  65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva: DROPPED
exit code 2

> -o csv
destination,verdict,nextHopType,nextHopIpAddress,serviceTag,addressPrefix,source,name,serviceEndpoint,rule,certainty,error,partOf,hostName
191.239.203.0,forward,VirtualNetworkServiceEndpoint,,Storage.WestEurope,191.239.203.0/28,Default,,Microsoft.Storage,longest-prefix,documented,,,
010.1.1.1,,,,,,,,,,,address-leading-zero,,
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,
10.1.0.0/16,drop,None,10.10.10.10,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,10.0.0.0/15,
exit code 2

> on a terminal of 60 columns
⟨1⟩DESTINATION    VERDICT  ERROR⟨22⟩
191.239.203.0  forward  -
010.1.1.1      -        address-leading-zero
10.0.0.0/16    forward  -
10.1.0.0/16    drop     -
⟨2⟩hidden at 60 columns: NEXT HOP TYPE, NEXT HOP IP ADDRESS,⟨22⟩
⟨2⟩    SERVICE TAG, ADDRESS PREFIX, SOURCE, NAME, SERVICE⟨22⟩
⟨2⟩    ENDPOINT, RULE, CERTAINTY, PART OF (-o wide shows all)⟨22⟩
exit code 2
`);
});

const origin = { kind: "file", name: "routes.json", format: "arm", fetchedAt: null, note: null };
const reported = (...entries: readonly object[]) =>
  ({
    ...{ schemaVersion: "1.0", explanations: entries, routeTable: origin, serviceTagFile: null },
  }) as unknown as ExplanationReport;

test("a refused destination alone has one line, and no destination none", async () => {
  const refused = { destination: "010.1.1.1", error: { code: "a", message: "it is wrong", hint: "write 10.1.1.1" } };
  const view = { explain: false, expand: false, verbose: false };
  const explained = { ...view, explain: true };
  const text =
    (await printed("whichroute", reported(refused), { view, widths: [null] })) +
    (await printed("whichroute", reported(refused, refused), { view: explained, widths: [null] })) +
    (await printed("whichroute", reported(), { view, widths: [null] }));
  expect(text).toBe(`
> in a pipe
010.1.1.1  →  refused: it is wrong; write 10.1.1.1

  data  routes.json

> in a pipe
010.1.1.1  →  refused: it is wrong; write 10.1.1.1

010.1.1.1  →  refused: it is wrong; write 10.1.1.1

  data  routes.json

> in a pipe

  data  routes.json
`);
});

test("the rows of a set are made one by one, as they are read", () => {
  let made = 0;
  function* outcomes() {
    for (; made < 9; made++) {
      yield { verdict: "no-route", winner: null, prefixes: [`${made}.0.0.0/8`], winningPrefixes: [], rule: {} };
    }
  }
  const [first] = explanations.rows(reported({ destination: "set", outcomes: { [Symbol.iterator]: outcomes } }));
  expect([made, first?.[0]]).toEqual([0, "0.0.0.0/8"]);
});

test("a tag is counted by its own prefixes", async () => {
  const text = await transcript(asked("tag:Storage"), {
    ...{ forms: ["", "--expand", "-o short", "-o csv"], widths: [60], stdin: TABLE, hidden },
  });
  expect(text).toBe(`
>
tag:Storage  →  1 and parts of 1 by to-nva, parts of 1 by service endpoint Storage.WestEurope, parts of 1 by service endpoint Storage.WestEurope, 1 by to-none: DROPPED (3 prefixes)

    ADDRESSES                ANSWER                                                                                      PREFIXES
  ✓ 1 and parts of 1 prefix  appliance 10.0.9.4 (to-nva)                                                                 20.0.0.0/16, 20.9.0.0/24 except 20.0.0.0/24, 20.0.4.0/24
  ! parts of 1 prefix        service endpoint Microsoft.Storage (Storage.WestEurope) (contested); bypasses an appliance  20.0.0.0/24
  ✓ parts of 1 prefix        service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance              20.0.4.0/24
  ✗ 1 prefix                 DROPPED: to-none (30.0.0.0/8) points to appliance 10.0.9.9, which is unreachable            30.1.0.0/24

  next  settle it with Network Watcher's next hop: --nic NAME --verify
  next  check that 10.0.9.9 exists, runs, forwards IP, and lies in a reachable network
  data  standard input; service tags of 2026-01-05

> --expand
tag:Storage  →  1 and parts of 1 by to-nva, parts of 1 by service endpoint Storage.WestEurope, parts of 1 by service endpoint Storage.WestEurope, 1 by to-none: DROPPED (3 prefixes)

    ADDRESSES                ANSWER                                                                                      PREFIXES
  ✓ 1 and parts of 1 prefix  appliance 10.0.9.4 (to-nva)                                                                 20.0.1.0/24, 20.0.2.0/23, 20.0.5.0/24, 20.0.6.0/23, 20.0.8.0/21, 20.0.16.0/20, 20.0.32.0/19, 20.0.64.0/18, 20.0.128.0/17, 20.9.0.0/24
  ! parts of 1 prefix        service endpoint Microsoft.Storage (Storage.WestEurope) (contested); bypasses an appliance  20.0.0.0/24
  ✓ parts of 1 prefix        service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance              20.0.4.0/24
  ✗ 1 prefix                 DROPPED: to-none (30.0.0.0/8) points to appliance 10.0.9.9, which is unreachable            30.1.0.0/24

  next  settle it with Network Watcher's next hop: --nic NAME --verify
  next  check that 10.0.9.9 exists, runs, forwards IP, and lies in a reachable network
  data  standard input; service tags of 2026-01-05

> -o short
tag:Storage  1 and parts of 1 by to-nva, parts of 1 by service endpoint Storage.WestEurope, parts of 1 by service endpoint Storage.WestEurope, 1 by to-none: DROPPED (3 prefixes)

> -o csv
destination,verdict,nextHopType,nextHopIpAddress,serviceTag,addressPrefix,source,name,serviceEndpoint,rule,certainty,error,partOf,hostName
20.0.1.0/24,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.0.2.0/23,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.0.5.0/24,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.0.6.0/23,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.0.8.0/21,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.0.16.0/20,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.0.32.0/19,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.0.64.0/18,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.0.128.0/17,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.9.0.0/24,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,tag:Storage,
20.0.0.0/24,forward,VirtualNetworkServiceEndpoint,,Storage.WestEurope,20.0.0.0/24,Default,,Microsoft.Storage,service-endpoint-tie,contested,,tag:Storage,
20.0.4.0/24,forward,VirtualNetworkServiceEndpoint,,Storage.WestEurope,20.0.4.0/24,Default,,Microsoft.Storage,longest-prefix,documented,,tag:Storage,
30.1.0.0/24,drop,None,10.0.9.9,,30.0.0.0/8,User,to-none,,longest-prefix,documented,,tag:Storage,

> on a terminal of 60 columns
⟨1⟩tag:Storage  →  ⟨22⟩⟨1⟩⟨31⟩1 and parts of 1 by to-nva, parts of 1 by⟨39⟩⟨22⟩
                ⟨1⟩⟨31⟩service endpoint Storage.WestEurope, parts⟨39⟩⟨22⟩
                ⟨1⟩⟨31⟩of 1 by service endpoint Storage.WestEurope,⟨39⟩⟨22⟩
                ⟨1⟩⟨31⟩1 by to-none: DROPPED (3 prefixes)⟨39⟩⟨22⟩

    ⟨2⟩ADDRESSES⟨22⟩
  ⟨32⟩✓⟨39⟩ 1 and parts of 1 prefix
      appliance 10.0.9.4 (to-nva): 20.0.0.0/16, 20.9.0.0/24
      except 20.0.0.0/24, 20.0.4.0/24
  ⟨33⟩!⟨39⟩ parts of 1 prefix
      service endpoint Microsoft.Storage
      (Storage.WestEurope) (contested); bypasses an
      appliance: 20.0.0.0/24
  ⟨32⟩✓⟨39⟩ parts of 1 prefix
      service endpoint Microsoft.Storage
      (Storage.WestEurope); bypasses an appliance:
      20.0.4.0/24
  ⟨31⟩✗⟨39⟩ 1 prefix
      DROPPED: to-none (30.0.0.0/8) points to appliance
      10.0.9.9, which is unreachable: 30.1.0.0/24

⟨36⟩  next  ⟨39⟩settle it with Network Watcher's next hop: --nic
        NAME --verify
⟨36⟩  next  ⟨39⟩check that 10.0.9.9 exists, runs, forwards IP, and
        lies in a reachable network
⟨36⟩  data  ⟨39⟩⟨2⟩standard input; service tags of 2026-01-05⟨22⟩
`);
});

test("a tag that goes one way, and one of a single prefix", async () => {
  const text = await transcript(asked("tag:Storage.WestEurope", "tag:Lone"), {
    ...{ forms: ["", "--explain", "-o short"], widths: [60], stdin: TABLE, hidden },
  });
  expect(text).toBe(`
>
tag:Storage.WestEurope  →  1 by service endpoint Storage.WestEurope, 1 by service endpoint Storage.WestEurope (2 prefixes)
tag:Lone                →  service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance (256 IPv4 addresses)

  data  standard input; service tags of 2026-01-05

> --explain
tag:Storage.WestEurope  →  1 by service endpoint Storage.WestEurope, 1 by service endpoint Storage.WestEurope (2 prefixes)

    ADDRESSES  ANSWER                                                                                      PREFIXES
  ! 1 prefix   service endpoint Microsoft.Storage (Storage.WestEurope) (contested); bypasses an appliance  20.0.0.0/24
  ✓ 1 prefix   service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance              20.0.4.0/24

  next  settle it with Network Watcher's next hop: --nic NAME --verify

tag:Lone  →  service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance (256 IPv4 addresses)

  data  standard input; service tags of 2026-01-05

> -o short
tag:Storage.WestEurope  1 by service endpoint Storage.WestEurope, 1 by service endpoint Storage.WestEurope (2 prefixes)
tag:Lone  service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance (256 IPv4 addresses)

> on a terminal of 60 columns
⟨33⟩tag:Storage.WestEurope  →⟨39⟩
  ⟨33⟩1 by service endpoint Storage.WestEurope, 1 by service⟨39⟩
  ⟨33⟩endpoint Storage.WestEurope (2 prefixes)⟨39⟩
⟨32⟩tag:Lone                →⟨39⟩
  ⟨32⟩service endpoint Microsoft.Storage (Storage.WestEurope);⟨39⟩
  ⟨32⟩bypasses an appliance (256 IPv4 addresses)⟨39⟩

⟨36⟩  data  ⟨39⟩⟨2⟩standard input; service tags of 2026-01-05⟨22⟩
`);
});

test("a file is counted by its entries", async () => {
  const text = await transcript(asked(`@${list}`), {
    ...{ forms: ["", "--expand", "-o short", "-o csv"], stdin: TABLE, hidden },
  });
  expect(text).toBe(`
>
DIR/list.txt  →  2 by to-none: DROPPED, 1 by to-nva, 1 to VnetLocal, 1 to None: DROPPED, 1 to VirtualNetworkGateway 10.0.0.4, 10.0.0.5, 1 by service endpoint (7 entries)

    ADDRESSES  ANSWER                                                                            PREFIXES
  ✗ 2 entries  DROPPED: to-none (30.0.0.0/8) points to appliance 10.0.9.9, which is unreachable  30.0.0.1/32, 30.0.0.2/32
  ✓ 1 entry    appliance 10.0.9.4 (to-nva)                                                       8.8.8.8/32
  ✓ 1 entry    this virtual network (10.0.0.0/16)                                                10.0.0.4/32
  ✗ 1 entry    DROPPED: only Azure's default None route (10.0.0.0/8) covers it                   10.1.0.4/32
  ✓ 1 entry    gateways 10.0.0.4, 10.0.0.5, equal cost (10.8.0.0/16); bypasses an appliance      10.8.0.1/32
  ✓ 1 entry    service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance    20.0.4.1/32

  next  check that 10.0.9.9 exists, runs, forwards IP, and lies in a reachable network
  next  check that a peering, gateway route or user route covers it and is active
  next  ask the gateway: vnet-explain routes --gateway NAME (or --route-server)
  data  standard input; service tags of 2026-01-05

> --expand
DIR/list.txt  →  2 by to-none: DROPPED, 1 by to-nva, 1 to VnetLocal, 1 to None: DROPPED, 1 to VirtualNetworkGateway 10.0.0.4, 10.0.0.5, 1 by service endpoint (7 entries)

    ADDRESSES  ANSWER                                                                            PREFIXES
  ✗ 2 entries  DROPPED: to-none (30.0.0.0/8) points to appliance 10.0.9.9, which is unreachable  30.0.0.1/32, 30.0.0.2/32
  ✓ 1 entry    appliance 10.0.9.4 (to-nva)                                                       8.8.8.8/32
  ✓ 1 entry    this virtual network (10.0.0.0/16)                                                10.0.0.4/32
  ✗ 1 entry    DROPPED: only Azure's default None route (10.0.0.0/8) covers it                   10.1.0.4/32
  ✓ 1 entry    gateways 10.0.0.4, 10.0.0.5, equal cost (10.8.0.0/16); bypasses an appliance      10.8.0.1/32
  ✓ 1 entry    service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance    20.0.4.1/32

  next  check that 10.0.9.9 exists, runs, forwards IP, and lies in a reachable network
  next  check that a peering, gateway route or user route covers it and is active
  next  ask the gateway: vnet-explain routes --gateway NAME (or --route-server)
  data  standard input; service tags of 2026-01-05

> -o short
DIR/list.txt  2 by to-none: DROPPED, 1 by to-nva, 1 to VnetLocal, 1 to None: DROPPED, 1 to VirtualNetworkGateway 10.0.0.4, 10.0.0.5, 1 by service endpoint (7 entries)

> -o csv
destination,verdict,nextHopType,nextHopIpAddress,serviceTag,addressPrefix,source,name,serviceEndpoint,rule,certainty,error,partOf,hostName
30.0.0.1/32,drop,None,10.0.9.9,,30.0.0.0/8,User,to-none,,longest-prefix,documented,,DIR/list.txt,
30.0.0.2/32,drop,None,10.0.9.9,,30.0.0.0/8,User,to-none,,longest-prefix,documented,,DIR/list.txt,
8.8.8.8/32,forward,VirtualAppliance,10.0.9.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,DIR/list.txt,
10.0.0.4/32,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,DIR/list.txt,
10.1.0.4/32,drop,None,,,10.0.0.0/8,Default,,,longest-prefix,documented,,DIR/list.txt,
10.8.0.1/32,forward,VirtualNetworkGateway,"10.0.0.4,10.0.0.5",,10.8.0.0/16,VirtualNetworkGateway,,,equal-cost,documented,,DIR/list.txt,
20.0.4.1/32,forward,VirtualNetworkServiceEndpoint,,Storage.WestEurope,20.0.4.0/24,Default,,Microsoft.Storage,longest-prefix,documented,,DIR/list.txt,
`);
});

test("a prefix is counted by its addresses, and beside others names its largest ways", async () => {
  const text = await transcript(asked("0.0.0.0/0", "10.0.0.0/15", "2001:db8::/32", "168.63.129.16/32"), {
    ...{ forms: ["", "--explain", "-o short", "-o tsv"], widths: [60], stdin: TABLE, hidden },
  });
  expect(text).toBe(`
>
0.0.0.0/0         →  4,261,412,350 IPv4 by to-nva, 16,777,216 IPv4 by to-none: DROPPED, 16,646,144 IPv4 to None: DROPPED, and 5 more outcomes
10.0.0.0/15       →  65,536 IPv4 to VnetLocal, 65,536 IPv4 to None: DROPPED
2001:db8::/32     →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred) (2^96 IPv6 addresses)
168.63.129.16/32  →  answered by the Azure host, not by a route (1 IPv4 address)

  data  standard input; service tags of 2026-01-05

> --explain
0.0.0.0/0  →  8 outcomes (4,294,967,296 IPv4 addresses)

    ADDRESSES           ANSWER                                                                                      PREFIXES
  ✓ 4,261,412,350 IPv4  appliance 10.0.9.4 (to-nva)                                                                 0.0.0.0/0 except 10.0.0.0/8, 20.0.0.0/24, 20.0.4.0/24, 30.0.0.0/8
  ✗ 16,777,216 IPv4     DROPPED: to-none (30.0.0.0/8) points to appliance 10.0.9.9, which is unreachable            30.0.0.0/8
  ✗ 16,646,144 IPv4     DROPPED: only Azure's default None route (10.0.0.0/8) covers it                             10.0.0.0/8 except 10.0.0.0/16, 10.8.0.0/16
  ✓ 65,536 IPv4         this virtual network (10.0.0.0/16)                                                          10.0.0.0/16
  ✓ 65,536 IPv4         gateways 10.0.0.4, 10.0.0.5, equal cost (10.8.0.0/16); bypasses an appliance                10.8.0.0/16
  ! 256 IPv4            service endpoint Microsoft.Storage (Storage.WestEurope) (contested); bypasses an appliance  20.0.0.0/24
  ✓ 256 IPv4            service endpoint Microsoft.Storage (Storage.WestEurope); bypasses an appliance              20.0.4.0/24
  ✓ 2 IPv4              answered by the Azure host, not by a route                                                  168.63.129.16/32, 169.254.169.254/32

  next  check that 10.0.9.9 exists, runs, forwards IP, and lies in a reachable network
  next  check that a peering, gateway route or user route covers it and is active
  next  ask the gateway: vnet-explain routes --gateway NAME (or --route-server)
  next  settle it with Network Watcher's next hop: --nic NAME --verify

10.0.0.0/15  →  2 outcomes (131,072 IPv4 addresses)

    ADDRESSES    ANSWER                                                           PREFIXES
  ✓ 65,536 IPv4  this virtual network (10.0.0.0/16)                               10.0.0.0/16
  ✗ 65,536 IPv4  DROPPED: only Azure's default None route (10.0.0.0/8) covers it  10.1.0.0/16

  next  check that a peering, gateway route or user route covers it and is active

2001:db8::/32  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred) (2^96 IPv6 addresses)

  next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address

168.63.129.16/32  →  answered by the Azure host, not by a route (1 IPv4 address)

  data  standard input; service tags of 2026-01-05

> -o short
0.0.0.0/0  4,261,412,350 IPv4 by to-nva, 16,777,216 IPv4 by to-none: DROPPED, 16,646,144 IPv4 to None: DROPPED, and 5 more outcomes
10.0.0.0/15  65,536 IPv4 to VnetLocal, 65,536 IPv4 to None: DROPPED
2001:db8::/32  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred) (2^96 IPv6 addresses)
168.63.129.16/32  answered by the Azure host, not by a route (1 IPv4 address)

> -o tsv
0.0.0.0/5	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
8.0.0.0/7	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
11.0.0.0/8	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
12.0.0.0/6	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
16.0.0.0/6	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.0.1.0/24	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.0.2.0/23	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.0.5.0/24	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.0.6.0/23	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.0.8.0/21	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.0.16.0/20	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.0.32.0/19	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.0.64.0/18	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.0.128.0/17	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.1.0.0/16	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.2.0.0/15	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.4.0.0/14	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.8.0.0/13	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.16.0.0/12	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.32.0.0/11	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.64.0.0/10	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
20.128.0.0/9	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
21.0.0.0/8	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
22.0.0.0/7	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
24.0.0.0/6	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
28.0.0.0/7	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
31.0.0.0/8	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
32.0.0.0/3	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
64.0.0.0/2	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
128.0.0.0/3	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
160.0.0.0/5	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.0.0.0/11	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.32.0.0/12	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.48.0.0/13	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.56.0.0/14	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.60.0.0/15	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.62.0.0/16	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.0.0/17	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.128.0/24	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.129.0/28	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.129.17/32	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.129.18/31	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.129.20/30	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.129.24/29	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.129.32/27	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.129.64/26	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.129.128/25	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.130.0/23	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.132.0/22	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.136.0/21	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.144.0/20	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.160.0/19	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.63.192.0/18	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.64.0.0/10	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
168.128.0.0/9	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.0.0.0/9	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.128.0.0/10	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.192.0.0/11	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.224.0.0/12	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.240.0.0/13	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.248.0.0/14	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.252.0.0/15	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.0.0/17	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.128.0/19	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.160.0/21	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.168.0/24	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.169.0/25	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.169.128/26	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.169.192/27	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.169.224/28	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.169.240/29	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.169.248/30	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.169.252/31	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.169.255/32	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.170.0/23	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.172.0/22	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.176.0/20	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.254.192.0/18	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
169.255.0.0/16	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
170.0.0.0/7	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
172.0.0.0/6	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
176.0.0.0/4	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
192.0.0.0/2	forward	VirtualAppliance	10.0.9.4	-	0.0.0.0/0	User	to-nva	-	longest-prefix	documented	-	0.0.0.0/0	-
30.0.0.0/8	drop	None	10.0.9.9	-	30.0.0.0/8	User	to-none	-	longest-prefix	documented	-	0.0.0.0/0	-
10.1.0.0/16	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.2.0.0/15	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.4.0.0/14	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.9.0.0/16	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.10.0.0/15	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.12.0.0/14	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.16.0.0/12	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.32.0.0/11	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.64.0.0/10	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.128.0.0/9	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.0.0.0/16	forward	VnetLocal	-	-	10.0.0.0/16	Default	-	-	longest-prefix	documented	-	0.0.0.0/0	-
10.8.0.0/16	forward	VirtualNetworkGateway	10.0.0.4,10.0.0.5	-	10.8.0.0/16	VirtualNetworkGateway	-	-	equal-cost	documented	-	0.0.0.0/0	-
20.0.0.0/24	forward	VirtualNetworkServiceEndpoint	-	Storage.WestEurope	20.0.0.0/24	Default	-	Microsoft.Storage	service-endpoint-tie	contested	-	0.0.0.0/0	-
20.0.4.0/24	forward	VirtualNetworkServiceEndpoint	-	Storage.WestEurope	20.0.4.0/24	Default	-	Microsoft.Storage	longest-prefix	documented	-	0.0.0.0/0	-
168.63.129.16/32	platform	-	-	-	-	-	-	-	platform-address	documented	-	0.0.0.0/0	-
169.254.169.254/32	platform	-	-	-	-	-	-	-	platform-address	documented	-	0.0.0.0/0	-
10.0.0.0/16	forward	VnetLocal	-	-	10.0.0.0/16	Default	-	-	longest-prefix	documented	-	10.0.0.0/15	-
10.1.0.0/16	drop	None	-	-	10.0.0.0/8	Default	-	-	longest-prefix	documented	-	10.0.0.0/15	-
2001:db8::/32	no-route	-	-	-	-	-	-	-	no-route	inferred	-	2001:db8::/32	-
168.63.129.16/32	platform	-	-	-	-	-	-	-	platform-address	documented	-	168.63.129.16/32	-

> on a terminal of 60 columns
⟨31⟩0.0.0.0/0         →  4,261,412,350 IPv4 by to-nva,⟨39⟩
                     ⟨31⟩16,777,216 IPv4 by to-none: DROPPED,⟨39⟩
                     ⟨31⟩16,646,144 IPv4 to None: DROPPED, and 5⟨39⟩
                     ⟨31⟩more outcomes⟨39⟩
⟨31⟩10.0.0.0/15       →  65,536 IPv4 to VnetLocal, 65,536 IPv4⟨39⟩
                     ⟨31⟩to None: DROPPED⟨39⟩
⟨33⟩2001:db8::/32     →  NOT SENT: no row is IPv6, so the subnet⟨39⟩
                     ⟨33⟩has no IPv6 (inferred) (2^96 IPv6⟨39⟩
                     ⟨33⟩addresses)⟨39⟩
⟨32⟩168.63.129.16/32  →  answered by the Azure host, not by a⟨39⟩
                     ⟨32⟩route (1 IPv4 address)⟨39⟩

⟨36⟩  data  ⟨39⟩⟨2⟩standard input; service tags of 2026-01-05⟨22⟩
`);
});

test("ways without a route: to the host, without IPv6, and where no row covers", async () => {
  const few = join(scratch, "few.txt");
  writeFileSync(few, "10.0.0.4\n168.63.129.16\n2001:db8::1\n8.8.8.8\n20.0.4.1\n20.0.9.1\n");
  const table = JSON.stringify([
    row("Default", ["10.0.0.0/16"], "VnetLocal"),
    row("Default", ["20.0.4.0/24"], "VirtualNetworkServiceEndpoint"),
    row("Default", ["99.0.0.0/24", "20.0.9.0/24"], "VirtualNetworkServiceEndpoint"),
  ]);
  const forms = ["", "--expand", "-o short"];
  const text = await transcript(asked(`@${few}`), { forms, stdin: table, hidden });
  expect(text).toBe(`
>
DIR/few.txt  →  2 without a route: DROPPED, 1 to VnetLocal, 1 by service endpoint Storage.WestEurope, 1 by service endpoint Storage, 1 to the host (6 entries)

    ADDRESSES  ANSWER                                                   PREFIXES
  ✗ 2 entries  DROPPED: no route covers it (inferred)                   8.8.8.8/32, 2001:db8::1/128
  ✓ 1 entry    this virtual network (10.0.0.0/16)                       10.0.0.4/32
  ✓ 1 entry    service endpoint Microsoft.Storage (Storage.WestEurope)  20.0.4.1/32
  ✓ 1 entry    service endpoint Microsoft.Storage (Storage)             20.0.9.1/32
  ✓ 1 entry    answered by the Azure host, not by a route               168.63.129.16/32

  next  check that the route table is complete, or add a route that covers it
  data  standard input; service tags of 2026-01-05

> --expand
DIR/few.txt  →  2 without a route: DROPPED, 1 to VnetLocal, 1 by service endpoint Storage.WestEurope, 1 by service endpoint Storage, 1 to the host (6 entries)

    ADDRESSES  ANSWER                                                   PREFIXES
  ✗ 2 entries  DROPPED: no route covers it (inferred)                   8.8.8.8/32, 2001:db8::1/128
  ✓ 1 entry    this virtual network (10.0.0.0/16)                       10.0.0.4/32
  ✓ 1 entry    service endpoint Microsoft.Storage (Storage.WestEurope)  20.0.4.1/32
  ✓ 1 entry    service endpoint Microsoft.Storage (Storage)             20.0.9.1/32
  ✓ 1 entry    answered by the Azure host, not by a route               168.63.129.16/32

  next  check that the route table is complete, or add a route that covers it
  data  standard input; service tags of 2026-01-05

> -o short
DIR/few.txt  2 without a route: DROPPED, 1 to VnetLocal, 1 by service endpoint Storage.WestEurope, 1 by service endpoint Storage, 1 to the host (6 entries)
`);
  const untagged = await transcript(["whichroute", `@${few}`, "-f", "-"], { forms, stdin: table, hidden });
  expect(untagged).toBe(`
>
DIR/few.txt  →  2 without a route: DROPPED, 1 to VnetLocal, 2 by service endpoint, 1 to the host (6 entries)

    ADDRESSES  ANSWER                                      PREFIXES
  ✗ 2 entries  DROPPED: no route covers it (inferred)      8.8.8.8/32, 2001:db8::1/128
  ✓ 1 entry    this virtual network (10.0.0.0/16)          10.0.0.4/32
  ✓ 2 entries  service endpoint, 2 rows                    20.0.4.1/32, 20.0.9.1/32
  ✓ 1 entry    answered by the Azure host, not by a route  168.63.129.16/32

  next  check that the route table is complete, or add a route that covers it
  data  standard input

> --expand
DIR/few.txt  →  2 without a route: DROPPED, 1 to VnetLocal, 2 by service endpoint, 1 to the host (6 entries)

    ADDRESSES  ANSWER                                      PREFIXES
  ✗ 2 entries  DROPPED: no route covers it (inferred)      8.8.8.8/32, 2001:db8::1/128
  ✓ 1 entry    this virtual network (10.0.0.0/16)          10.0.0.4/32
  ✓ 1 entry    service endpoint (20.0.4.0/24)              20.0.4.1/32
  ✓ 1 entry    service endpoint (20.0.9.0/24)              20.0.9.1/32
  ✓ 1 entry    answered by the Azure host, not by a route  168.63.129.16/32

  next  check that the route table is complete, or add a route that covers it
  data  standard input

> -o short
DIR/few.txt  2 without a route: DROPPED, 1 to VnetLocal, 2 by service endpoint, 1 to the host (6 entries)
`);
});
