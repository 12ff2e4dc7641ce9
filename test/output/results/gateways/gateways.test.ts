import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gatewayDiff } from "../../../../src/output/results/gateways/diff.ts";
import { gatewayExplanationRows, gatewayExplanations } from "../../../../src/output/results/gateways/explanations.ts";
import { gatewayPeers } from "../../../../src/output/results/gateways/peers.ts";
import { gatewayRoutes } from "../../../../src/output/results/gateways/routes.ts";
import { run } from "../../../commands/run-in-process.ts";
import { temporaryDirectory } from "../../../store/temporary-directory.ts";
import { printed } from "../../printed.ts";
import { transcript } from "../../transcript.ts";

const row = (network: string, nextHop: string | undefined, asPath: string, more: object = {}) => ({
  ...{ asPath, localAddress: "10.9.0.4", network, nextHop, origin: nextHop === undefined ? "Network" : "EBgp" },
  ...{ sourcePeer: nextHop ?? "10.9.0.4", weight: 32768, ...more },
});
const OTHER = { localAddress: "10.9.0.5" };
/** Two instances, with routes of their own, through each other, in equal cost, and one that only the first has. */
const LEARNED = JSON.stringify({
  value: [
    row("10.9.0.0/16", undefined, ""),
    row("10.9.0.0/16", undefined, "", { ...OTHER, sourcePeer: "10.9.0.5" }),
    row("10.1.0.0/16", "10.8.0.4", "65000-65001"),
    row("10.1.0.0/16", "10.8.0.5", "65000-65001", { weight: 100 }),
    row("10.1.0.0/16", "10.9.0.5", "65000-65001", { origin: "IBgp" }),
    row("10.1.0.0/16", "10.8.0.4", "65000-65001", OTHER),
    row("10.1.0.0/16", "10.9.0.4", "65000-65001", { ...OTHER, origin: "IBgp" }),
    row("10.2.0.0/16", "10.8.0.6", "65002"),
    row("10.2.0.0/16", "10.8.0.7", "65002"),
    row("10.3.0.0/16", "10.9.0.4", "65003", { ...OTHER, origin: "IBgp" }),
    row("10.4.0.0/16", "10.8.0.4", "65004"),
    row("10.5.0.0/16", "10.8.0.5", "65005"),
    row("0.0.0.0/0", "10.8.0.9", ""),
  ],
});
const ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network";
const HUB = JSON.stringify({
  value: [
    { addressPrefixes: ["10.1.0.0/16", "10.2.0.0/16"], nextHopType: "Virtual Network Connection" },
    { addressPrefixes: ["0.0.0.0/0"], nextHopType: "Azure Firewall", nextHops: [`${ID}/azureFirewalls/fw1`] },
    { addressPrefixes: ["10.7.0.0/16"], nextHopType: "VPN_S2S_Gateway", asPath: "65001-65002" },
  ].map((each) => ({ asPath: "", nextHops: [`${ID}/x/conn`], routeOrigin: `${ID}/y/rt1`, ...each })),
});
const CIRCUIT = `Gateway: er1
${JSON.stringify({
  value: [
    { locPrf: "100", network: "10.1.0.0/16", nextHop: "10.1.0.12*", path: "65515 I", weight: 0 },
    { locPrf: "100", network: "10.1.0.0/16", nextHop: "10.1.0.13", path: "65515 65520 e", weight: 0 },
    { locPrf: "", network: "10.6.0.0/16", nextHop: "10.1.0.14", path: "65001 ?", weight: 5 },
  ],
})}`;
const ROUTE_SERVER = `# az network routeserver peering list-learned-routes --routeserver rs1 -n nva1
${JSON.stringify({
  RouteServiceRole_IN_0: [row("10.1.0.0/16", "10.8.0.4", "65000"), row("10.2.0.0/16", "10.8.0.4", "65000")],
  RouteServiceRole_IN_1: [row("10.1.0.0/16", "10.8.0.4", "65000"), row("10.2.0.0/16", "10.8.0.5", "65000")],
})}`;
const peer = (neighbor: string, state: string, more: object = {}) => ({
  ...{
    asn: 65000,
    localAddress: "10.9.0.4",
    neighbor,
    state,
    routesReceived: 1,
    connectedDuration: "1.02:03:04.56789",
  },
  ...{ messagesSent: 5, messagesReceived: 6, ...more },
});
const PEERS = JSON.stringify({
  value: [
    peer("10.8.0.4", "Connected"),
    peer("10.8.0.5", "Connecting", { routesReceived: 0, connectedDuration: undefined }),
    peer("10.8.0.5", "Idle", { routesReceived: 0, localAddress: "10.9.0.5" }),
    peer("10.9.0.4", "Unknown", { asn: 65515 }),
  ],
});
const SUMMARY = `# az network express-route list-route-tables-summary -n er1 --path primary
${JSON.stringify({
  value: [
    { as: 64512, neighbor: "169.254.1.1", statePfxRcd: "3", upDown: "58:09", v: 4 },
    { as: "1.10", neighbor: "169.254.1.2", statePfxRcd: "Idle", upDown: "never", v: 4 },
  ],
})}`;
const FORMS = ["", "-o short", "-o csv", "-o wide"];

test("the routes of a gateway, with and without its instances folded", async () => {
  const text = await transcript(["routes", "-f", "-"], {
    forms: [...FORMS, "--expand", "-o ndjson"],
    widths: [44, 60],
    stdin: LEARNED,
  });
  expect(text).toBe(`
>
PREFIX       NEXT HOP            ORIGIN   AS PATH      WEIGHT  INSTANCE
0.0.0.0/0    10.8.0.9            EBgp     -            32768   10.9.0.4
10.1.0.0/16  10.8.0.4            EBgp     65000-65001  32768   all
10.1.0.0/16  another instance    IBgp     65000-65001  32768   all
10.1.0.0/16  10.8.0.5            EBgp     65000-65001  100     10.9.0.4
10.2.0.0/16  10.8.0.6, 10.8.0.7  EBgp     65002        32768   10.9.0.4
10.3.0.0/16  another instance    IBgp     65003        32768   10.9.0.5
10.4.0.0/16  10.8.0.4            EBgp     65004        32768   10.9.0.4
10.5.0.0/16  10.8.0.5            EBgp     65005        32768   10.9.0.4
10.9.0.0/16  -                   Network  -            32768   all

  ! The instances differ: only some of them have 10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16 and 2 more. A packet may reach any instance.
  data  gateway, learned routes (standard input)

> -o short
0.0.0.0/0  10.8.0.9  EBgp
10.1.0.0/16  10.8.0.4  EBgp  65000-65001
10.1.0.0/16  10.9.0.5 (own instance)  IBgp  65000-65001
10.1.0.0/16  10.9.0.4 (own instance)  IBgp  65000-65001
10.1.0.0/16  10.8.0.5  EBgp  65000-65001
10.2.0.0/16  10.8.0.6, 10.8.0.7  EBgp  65002
10.3.0.0/16  10.9.0.4 (own instance)  IBgp  65003
10.4.0.0/16  10.8.0.4  EBgp  65004
10.5.0.0/16  10.8.0.5  EBgp  65005
10.9.0.0/16  -  Network

> -o csv
addressPrefix,nextHop,nextHopName,nextHopType,origin,asPath,weight,localPreference,best,sourcePeer,instance
0.0.0.0/0,10.8.0.9,,,EBgp,,32768,,,10.8.0.9,10.9.0.4
10.1.0.0/16,10.8.0.4,,,EBgp,65000-65001,32768,,,10.8.0.4,"10.9.0.4,10.9.0.5"
10.1.0.0/16,10.9.0.5,own instance,,IBgp,65000-65001,32768,,,10.9.0.5,10.9.0.4
10.1.0.0/16,10.9.0.4,own instance,,IBgp,65000-65001,32768,,,10.9.0.4,10.9.0.5
10.1.0.0/16,10.8.0.5,,,EBgp,65000-65001,100,,,10.8.0.5,10.9.0.4
10.2.0.0/16,10.8.0.6,,,EBgp,65002,32768,,,10.8.0.6,10.9.0.4
10.2.0.0/16,10.8.0.7,,,EBgp,65002,32768,,,10.8.0.7,10.9.0.4
10.3.0.0/16,10.9.0.4,own instance,,IBgp,65003,32768,,,10.9.0.4,10.9.0.5
10.4.0.0/16,10.8.0.4,,,EBgp,65004,32768,,,10.8.0.4,10.9.0.4
10.5.0.0/16,10.8.0.5,,,EBgp,65005,32768,,,10.8.0.5,10.9.0.4
10.9.0.0/16,,,,Network,,32768,,,10.9.0.4,"10.9.0.4,10.9.0.5"

> -o wide
ADDRESS PREFIX  NEXT HOP  NEXT HOP NAME  NEXT HOP TYPE  ORIGIN   AS PATH      WEIGHT  LOCAL PREFERENCE  BEST  SOURCE PEER  INSTANCE
0.0.0.0/0       10.8.0.9  -              -              EBgp     -            32768   -                 -     10.8.0.9     10.9.0.4
10.1.0.0/16     10.8.0.4  -              -              EBgp     65000-65001  32768   -                 -     10.8.0.4     10.9.0.4,10.9.0.5
10.1.0.0/16     10.9.0.5  own instance   -              IBgp     65000-65001  32768   -                 -     10.9.0.5     10.9.0.4
10.1.0.0/16     10.9.0.4  own instance   -              IBgp     65000-65001  32768   -                 -     10.9.0.4     10.9.0.5
10.1.0.0/16     10.8.0.5  -              -              EBgp     65000-65001  100     -                 -     10.8.0.5     10.9.0.4
10.2.0.0/16     10.8.0.6  -              -              EBgp     65002        32768   -                 -     10.8.0.6     10.9.0.4
10.2.0.0/16     10.8.0.7  -              -              EBgp     65002        32768   -                 -     10.8.0.7     10.9.0.4
10.3.0.0/16     10.9.0.4  own instance   -              IBgp     65003        32768   -                 -     10.9.0.4     10.9.0.5
10.4.0.0/16     10.8.0.4  -              -              EBgp     65004        32768   -                 -     10.8.0.4     10.9.0.4
10.5.0.0/16     10.8.0.5  -              -              EBgp     65005        32768   -                 -     10.8.0.5     10.9.0.4
10.9.0.0/16     -         -              -              Network  -            32768   -                 -     10.9.0.4     10.9.0.4,10.9.0.5

> --expand
PREFIX       NEXT HOP                 ORIGIN   AS PATH      WEIGHT  PEER      INSTANCE
0.0.0.0/0    10.8.0.9                 EBgp     -            32768   10.8.0.9  10.9.0.4
10.1.0.0/16  10.8.0.4                 EBgp     65000-65001  32768   10.8.0.4  all
10.1.0.0/16  10.9.0.5 (own instance)  IBgp     65000-65001  32768   10.9.0.5  10.9.0.4
10.1.0.0/16  10.9.0.4 (own instance)  IBgp     65000-65001  32768   10.9.0.4  10.9.0.5
10.1.0.0/16  10.8.0.5                 EBgp     65000-65001  100     10.8.0.5  10.9.0.4
10.2.0.0/16  10.8.0.6                 EBgp     65002        32768   10.8.0.6  10.9.0.4
10.2.0.0/16  10.8.0.7                 EBgp     65002        32768   10.8.0.7  10.9.0.4
10.3.0.0/16  10.9.0.4 (own instance)  IBgp     65003        32768   10.9.0.4  10.9.0.5
10.4.0.0/16  10.8.0.4                 EBgp     65004        32768   10.8.0.4  10.9.0.4
10.5.0.0/16  10.8.0.5                 EBgp     65005        32768   10.8.0.5  10.9.0.4
10.9.0.0/16  -                        Network  -            32768   10.9.0.4  all

  ! The instances differ: only some of them have 10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16 and 2 more. A packet may reach any instance.
  data  gateway, learned routes (standard input)

> -o ndjson
{"addressPrefix":"0.0.0.0/0","nextHops":[{"text":"10.8.0.9","name":null}],"nextHopType":null,"origin":"EBgp","asPath":[],"weight":32768,"localPreference":null,"instances":["10.9.0.4"],"sourcePeer":"10.8.0.9","best":null,"count":1}
{"addressPrefix":"10.1.0.0/16","nextHops":[{"text":"10.8.0.4","name":null}],"nextHopType":null,"origin":"EBgp","asPath":[65000,65001],"weight":32768,"localPreference":null,"instances":["10.9.0.4","10.9.0.5"],"sourcePeer":"10.8.0.4","best":null,"count":2}
{"addressPrefix":"10.1.0.0/16","nextHops":[{"text":"10.9.0.5","name":"own instance"}],"nextHopType":null,"origin":"IBgp","asPath":[65000,65001],"weight":32768,"localPreference":null,"instances":["10.9.0.4"],"sourcePeer":"10.9.0.5","best":null,"count":1}
{"addressPrefix":"10.1.0.0/16","nextHops":[{"text":"10.9.0.4","name":"own instance"}],"nextHopType":null,"origin":"IBgp","asPath":[65000,65001],"weight":32768,"localPreference":null,"instances":["10.9.0.5"],"sourcePeer":"10.9.0.4","best":null,"count":1}
{"addressPrefix":"10.1.0.0/16","nextHops":[{"text":"10.8.0.5","name":null}],"nextHopType":null,"origin":"EBgp","asPath":[65000,65001],"weight":100,"localPreference":null,"instances":["10.9.0.4"],"sourcePeer":"10.8.0.5","best":null,"count":1}
{"addressPrefix":"10.2.0.0/16","nextHops":[{"text":"10.8.0.6","name":null}],"nextHopType":null,"origin":"EBgp","asPath":[65002],"weight":32768,"localPreference":null,"instances":["10.9.0.4"],"sourcePeer":"10.8.0.6","best":null,"count":1}
{"addressPrefix":"10.2.0.0/16","nextHops":[{"text":"10.8.0.7","name":null}],"nextHopType":null,"origin":"EBgp","asPath":[65002],"weight":32768,"localPreference":null,"instances":["10.9.0.4"],"sourcePeer":"10.8.0.7","best":null,"count":1}
{"addressPrefix":"10.3.0.0/16","nextHops":[{"text":"10.9.0.4","name":"own instance"}],"nextHopType":null,"origin":"IBgp","asPath":[65003],"weight":32768,"localPreference":null,"instances":["10.9.0.5"],"sourcePeer":"10.9.0.4","best":null,"count":1}
{"addressPrefix":"10.4.0.0/16","nextHops":[{"text":"10.8.0.4","name":null}],"nextHopType":null,"origin":"EBgp","asPath":[65004],"weight":32768,"localPreference":null,"instances":["10.9.0.4"],"sourcePeer":"10.8.0.4","best":null,"count":1}
{"addressPrefix":"10.5.0.0/16","nextHops":[{"text":"10.8.0.5","name":null}],"nextHopType":null,"origin":"EBgp","asPath":[65005],"weight":32768,"localPreference":null,"instances":["10.9.0.4"],"sourcePeer":"10.8.0.5","best":null,"count":1}
{"addressPrefix":"10.9.0.0/16","nextHops":[],"nextHopType":null,"origin":"Network","asPath":[],"weight":32768,"localPreference":null,"instances":["10.9.0.4","10.9.0.5"],"sourcePeer":"10.9.0.4","best":null,"count":2}

> on a terminal of 44 columns
⟨1⟩PREFIX       NEXT HOP            AS PATH⟨22⟩
0.0.0.0/0    10.8.0.9            -
10.1.0.0/16  10.8.0.4            65000-65001
10.1.0.0/16  another instance    65000-65001
10.1.0.0/16  10.8.0.5            65000-65001
10.2.0.0/16  10.8.0.6, 10.8.0.7  65002
10.3.0.0/16  another instance    65003
10.4.0.0/16  10.8.0.4            65004
10.5.0.0/16  10.8.0.5            65005
⟨2⟩10.9.0.0/16  -                   -⟨22⟩
⟨2⟩hidden at 44 columns: ORIGIN, WEIGHT,⟨22⟩
⟨2⟩    INSTANCE (-o wide shows all)⟨22⟩

⟨33⟩  ! ⟨39⟩The instances differ: only some of them
    have 10.2.0.0/16, 10.3.0.0/16,
    10.4.0.0/16 and 2 more. A packet may
    reach any instance.
⟨36⟩  data  ⟨39⟩⟨2⟩gateway, learned routes (standard⟨22⟩
        ⟨2⟩input)⟨22⟩

> on a terminal of 60 columns
⟨1⟩PREFIX       NEXT HOP            ORIGIN   AS PATH⟨22⟩
0.0.0.0/0    10.8.0.9            EBgp     -
10.1.0.0/16  10.8.0.4            EBgp     65000-65001
10.1.0.0/16  another instance    IBgp     65000-65001
10.1.0.0/16  10.8.0.5            EBgp     65000-65001
10.2.0.0/16  10.8.0.6, 10.8.0.7  EBgp     65002
10.3.0.0/16  another instance    IBgp     65003
10.4.0.0/16  10.8.0.4            EBgp     65004
10.5.0.0/16  10.8.0.5            EBgp     65005
⟨2⟩10.9.0.0/16  -                   Network  -⟨22⟩
⟨2⟩hidden at 60 columns: WEIGHT, INSTANCE (-o wide shows all)⟨22⟩

⟨33⟩  ! ⟨39⟩The instances differ: only some of them have
    10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16 and 2 more. A
    packet may reach any instance.
⟨36⟩  data  ⟨39⟩⟨2⟩gateway, learned routes (standard input)⟨22⟩
`);
});

test("the routes of a hub", async () => {
  const text = await transcript(["routes", "-f", "-"], { forms: [...FORMS, "--expand"], widths: [60], stdin: HUB });
  expect(text).toBe(`
>
PREFIX       NEXT HOP  TYPE                        ORIGIN  AS PATH
0.0.0.0/0    fw1       Azure Firewall              rt1     -
10.1.0.0/16  conn      Virtual Network Connection  rt1     -
10.2.0.0/16  conn      Virtual Network Connection  rt1     -
10.7.0.0/16  conn      VPN_S2S_Gateway             rt1     65001-65002

  note  With routing intent, a hub shows only these ranges to its firewall. The routes of its connections and circuits show where the firewall sends the packet: --connection, --circuit.
  data  virtual hub, effective routes (standard input)

> -o short
0.0.0.0/0  Azure Firewall fw1  rt1
10.1.0.0/16  Virtual Network Connection conn  rt1
10.2.0.0/16  Virtual Network Connection conn  rt1
10.7.0.0/16  VPN_S2S_Gateway conn  rt1  65001-65002

> -o csv
addressPrefix,nextHop,nextHopName,nextHopType,origin,asPath,weight,localPreference,best,sourcePeer,instance
0.0.0.0/0,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/azureFirewalls/fw1,fw1,Azure Firewall,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/y/rt1,,,,,,
10.1.0.0/16,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn,conn,Virtual Network Connection,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/y/rt1,,,,,,
10.2.0.0/16,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn,conn,Virtual Network Connection,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/y/rt1,,,,,,
10.7.0.0/16,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn,conn,VPN_S2S_Gateway,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/y/rt1,65001-65002,,,,,

> -o wide
ADDRESS PREFIX  NEXT HOP                                                                          NEXT HOP NAME  NEXT HOP TYPE               ORIGIN                                                               AS PATH      WEIGHT  LOCAL PREFERENCE  BEST  SOURCE PEER  INSTANCE
0.0.0.0/0       /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/azureFirewalls/fw1  fw1            Azure Firewall              /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/y/rt1  -            -       -                 -     -            -
10.1.0.0/16     /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn              conn           Virtual Network Connection  /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/y/rt1  -            -       -                 -     -            -
10.2.0.0/16     /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn              conn           Virtual Network Connection  /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/y/rt1  -            -       -                 -     -            -
10.7.0.0/16     /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn              conn           VPN_S2S_Gateway             /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/y/rt1  65001-65002  -       -                 -     -            -

> --expand
PREFIX       NEXT HOP  TYPE                        ORIGIN  AS PATH
0.0.0.0/0    fw1       Azure Firewall              rt1     -
10.1.0.0/16  conn      Virtual Network Connection  rt1     -
10.2.0.0/16  conn      Virtual Network Connection  rt1     -
10.7.0.0/16  conn      VPN_S2S_Gateway             rt1     65001-65002

  note  With routing intent, a hub shows only these ranges to its firewall. The routes of its connections and circuits show where the firewall sends the packet: --connection, --circuit.
  data  virtual hub, effective routes (standard input)

> on a terminal of 60 columns
⟨1⟩PREFIX       NEXT  TYPE                  ORIGIN  AS PATH⟨22⟩
⟨1⟩             HOP⟨22⟩
0.0.0.0/0    fw1   Azure Firewall        rt1     -
10.1.0.0/16  conn  Virtual Network       rt1     -
                   Connection
10.2.0.0/16  conn  Virtual Network       rt1     -
                   Connection
10.7.0.0/16  conn  VPN_S2S_Gateway       rt1     65001-65002

⟨36⟩  note  ⟨39⟩With routing intent, a hub shows only these ranges
        to its firewall. The routes of its connections and
        circuits show where the firewall sends the packet:
        --connection, --circuit.
⟨36⟩  data  ⟨39⟩⟨2⟩virtual hub, effective routes (standard input)⟨22⟩
`);
});

test("the routes of a circuit, the best marked", async () => {
  const text = await transcript(["routes", "-f", "-"], { forms: [...FORMS, "--expand"], widths: [60], stdin: CIRCUIT });
  expect(text).toBe(`
>
PREFIX       NEXT HOP     ORIGIN      AS PATH      WEIGHT  LOCAL PREF
10.1.0.0/16  10.1.0.12 *  Igp         65515        0       100
10.1.0.0/16  10.1.0.13    Egp         65515-65520  0       100
10.6.0.0/16  10.1.0.14    Incomplete  65001        5       -

  data  circuit er1, route table (standard input)

> -o short
10.1.0.0/16  10.1.0.12 *  Igp  65515
10.1.0.0/16  10.1.0.13  Egp  65515-65520
10.6.0.0/16  10.1.0.14  Incomplete  65001

> -o csv
addressPrefix,nextHop,nextHopName,nextHopType,origin,asPath,weight,localPreference,best,sourcePeer,instance
10.1.0.0/16,10.1.0.12,,,Igp,65515,0,100,true,,
10.1.0.0/16,10.1.0.13,,,Egp,65515-65520,0,100,false,,
10.6.0.0/16,10.1.0.14,,,Incomplete,65001,5,,,,

> -o wide
ADDRESS PREFIX  NEXT HOP   NEXT HOP NAME  NEXT HOP TYPE  ORIGIN      AS PATH      WEIGHT  LOCAL PREFERENCE  BEST   SOURCE PEER  INSTANCE
10.1.0.0/16     10.1.0.12  -              -              Igp         65515        0       100               true   -            -
10.1.0.0/16     10.1.0.13  -              -              Egp         65515-65520  0       100               false  -            -
10.6.0.0/16     10.1.0.14  -              -              Incomplete  65001        5       -                 -      -            -

> --expand
PREFIX       NEXT HOP     ORIGIN      AS PATH      WEIGHT  LOCAL PREF
10.1.0.0/16  10.1.0.12 *  Igp         65515        0       100
10.1.0.0/16  10.1.0.13    Egp         65515-65520  0       100
10.6.0.0/16  10.1.0.14    Incomplete  65001        5       -

  data  circuit er1, route table (standard input)

> on a terminal of 60 columns
⟨1⟩PREFIX       NEXT HOP     ORIGIN      AS PATH      WEIGHT⟨22⟩
10.1.0.0/16  10.1.0.12 *  Igp         65515        0
10.1.0.0/16  10.1.0.13    Egp         65515-65520  0
10.6.0.0/16  10.1.0.14    Incomplete  65001        5
⟨2⟩hidden at 60 columns: LOCAL PREF (-o wide shows all)⟨22⟩

⟨36⟩  data  ⟨39⟩⟨2⟩circuit er1, route table (standard input)⟨22⟩
`);
});

test("the routes of a Route Server, by instance", async () => {
  const text = await transcript(["routes", "-f", "-"], {
    forms: [...FORMS, "--expand"],
    widths: [],
    stdin: ROUTE_SERVER,
  });
  expect(text).toBe(`
>
PREFIX       NEXT HOP  ORIGIN  AS PATH  WEIGHT  INSTANCE
10.1.0.0/16  10.8.0.4  EBgp    65000    32768   all
10.2.0.0/16  10.8.0.4  EBgp    65000    32768   IN_0
10.2.0.0/16  10.8.0.5  EBgp    65000    32768   IN_1

  data  Route Server rs1, routes learned from nva1 (standard input)

> -o short
10.1.0.0/16  10.8.0.4  EBgp  65000
10.2.0.0/16  10.8.0.4  EBgp  65000
10.2.0.0/16  10.8.0.5  EBgp  65000

> -o csv
addressPrefix,nextHop,nextHopName,nextHopType,origin,asPath,weight,localPreference,best,sourcePeer,instance
10.1.0.0/16,10.8.0.4,,,EBgp,65000,32768,,,10.8.0.4,"RouteServiceRole_IN_0,RouteServiceRole_IN_1"
10.2.0.0/16,10.8.0.4,,,EBgp,65000,32768,,,10.8.0.4,RouteServiceRole_IN_0
10.2.0.0/16,10.8.0.5,,,EBgp,65000,32768,,,10.8.0.5,RouteServiceRole_IN_1

> -o wide
ADDRESS PREFIX  NEXT HOP  NEXT HOP NAME  NEXT HOP TYPE  ORIGIN  AS PATH  WEIGHT  LOCAL PREFERENCE  BEST  SOURCE PEER  INSTANCE
10.1.0.0/16     10.8.0.4  -              -              EBgp    65000    32768   -                 -     10.8.0.4     RouteServiceRole_IN_0,RouteServiceRole_IN_1
10.2.0.0/16     10.8.0.4  -              -              EBgp    65000    32768   -                 -     10.8.0.4     RouteServiceRole_IN_0
10.2.0.0/16     10.8.0.5  -              -              EBgp    65000    32768   -                 -     10.8.0.5     RouteServiceRole_IN_1

> --expand
PREFIX       NEXT HOP  ORIGIN  AS PATH  WEIGHT  PEER      INSTANCE
10.1.0.0/16  10.8.0.4  EBgp    65000    32768   10.8.0.4  all
10.2.0.0/16  10.8.0.4  EBgp    65000    32768   10.8.0.4  IN_0
10.2.0.0/16  10.8.0.5  EBgp    65000    32768   10.8.0.5  IN_1

  data  Route Server rs1, routes learned from nva1 (standard input)
`);
});

test("the peers of a gateway, itself among them, and the sessions that are down", async () => {
  const text = await transcript(["routes", "-f", "-"], { forms: FORMS, widths: [50], stdin: PEERS });
  expect(text).toBe(`
>
NEIGHBOR  AS     STATE       ROUTES  SINCE       INSTANCE
10.8.0.4  65000  Connected   1       1.02:03:04  10.9.0.4
10.8.0.5  65000  Connecting  0       -           10.9.0.4
10.8.0.5  65000  Idle        0       1.02:03:04  10.9.0.5
10.9.0.4  65515  itself      1       1.02:03:04  10.9.0.4

  ! no session with 10.8.0.5
  data  gateway, BGP peers (standard input)

> -o short
10.8.0.4  AS 65000  Connected  1 route
10.8.0.5  AS 65000  Connecting  0 routes
10.8.0.5  AS 65000  Idle  0 routes
10.9.0.4  AS 65515  Unknown  1 route

> -o csv
neighbor,asn,state,routesReceived,duration,instance,messagesSent,messagesReceived
10.8.0.4,65000,Connected,1,1.02:03:04.56789,10.9.0.4,5,6
10.8.0.5,65000,Connecting,0,,10.9.0.4,5,6
10.8.0.5,65000,Idle,0,1.02:03:04.56789,10.9.0.5,5,6
10.9.0.4,65515,Unknown,1,1.02:03:04.56789,10.9.0.4,5,6

> -o wide
NEIGHBOR  ASN    STATE       ROUTES RECEIVED  DURATION          INSTANCE  MESSAGES SENT  MESSAGES RECEIVED
10.8.0.4  65000  Connected   1                1.02:03:04.56789  10.9.0.4  5              6
10.8.0.5  65000  Connecting  0                -                 10.9.0.4  5              6
10.8.0.5  65000  Idle        0                1.02:03:04.56789  10.9.0.5  5              6
10.9.0.4  65515  Unknown     1                1.02:03:04.56789  10.9.0.4  5              6

> on a terminal of 50 columns
⟨1⟩NEIGHBOR  AS     STATE       ROUTES  INSTANCE⟨22⟩
10.8.0.4  65000  Connected   1       10.9.0.4
⟨33⟩10.8.0.5  65000  Connecting  0       10.9.0.4⟨39⟩
⟨33⟩10.8.0.5  65000  Idle        0       10.9.0.5⟨39⟩
⟨2⟩10.9.0.4  65515  itself      1       10.9.0.4⟨22⟩
⟨2⟩hidden at 50 columns: SINCE (-o wide shows all)⟨22⟩

⟨33⟩  ! ⟨39⟩no session with 10.8.0.5
⟨36⟩  data  ⟨39⟩⟨2⟩gateway, BGP peers (standard input)⟨22⟩
`);
});

test("the peers of a circuit", async () => {
  const text = await transcript(["routes", "-f", "-"], { forms: FORMS, widths: [], stdin: SUMMARY });
  expect(text).toBe(`
>
NEIGHBOR     AS     STATE        ROUTES  SINCE
169.254.1.1  64512  Established  3       58:09
169.254.1.2  65546  Idle         -       never

  ! no session with 169.254.1.2
  data  circuit er1, BGP peers of path primary (standard input)

> -o short
169.254.1.1  AS 64512  Established  3 routes
169.254.1.2  AS 65546  Idle  - routes

> -o csv
neighbor,asn,state,routesReceived,duration,instance,messagesSent,messagesReceived
169.254.1.1,64512,Established,3,58:09,,,
169.254.1.2,65546,Idle,,never,,,

> -o wide
NEIGHBOR     ASN    STATE        ROUTES RECEIVED  DURATION  INSTANCE  MESSAGES SENT  MESSAGES RECEIVED
169.254.1.1  64512  Established  3                58:09     -         -              -
169.254.1.2  65546  Idle         -                never     -         -              -
`);
});

test("one address at a gateway is a proof for each group of instances", async () => {
  const text = await transcript(["whichroute", "10.1.2.3", "-f", "-"], {
    forms: [...FORMS, "-v"],
    widths: [60],
    stdin: LEARNED,
  });
  expect(text).toBe(`
>
10.1.2.3  →  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)

    PREFIX       NEXT HOP                                          LEARNED           REASON
  ✓ 10.1.0.0/16  10.8.0.4                                          EBgp 65000-65001  learned more directly
  ✗ 10.1.0.0/16  10.9.0.5 (own instance), 10.9.0.4 (own instance)  IBgp 65000-65001  IBgp comes after EBgp
  ✗ 10.1.0.0/16  10.8.0.5                                          EBgp 65000-65001  weight 100 < 32768
  ✗ 0.0.0.0/0    10.8.0.9                                          EBgp              /0 is shorter than /16

  data  gateway, learned routes (standard input)

> -o short
10.1.2.3  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)

> -o csv
destination,verdict,nextHop,nextHopName,addressPrefix,asPath,rule,certainty,instance,hostName,partOf,error
10.1.2.3,forward,10.8.0.4,,10.1.0.0/16,65000-65001,gateway-origin,inferred,"10.9.0.4,10.9.0.5",,,

> -o wide
DESTINATION  VERDICT  NEXT HOP  NEXT HOP NAME  ADDRESS PREFIX  AS PATH      RULE            CERTAINTY  INSTANCE           HOST NAME  PART OF  ERROR
10.1.2.3     forward  10.8.0.4  -              10.1.0.0/16     65000-65001  gateway-origin  inferred   10.9.0.4,10.9.0.5  -          -        -

> -v
10.1.2.3  →  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)

    PREFIX       NEXT HOP                                          LEARNED           REASON
  ✓ 10.1.0.0/16  10.8.0.4                                          EBgp 65000-65001  learned more directly
  ✗ 10.1.0.0/16  10.9.0.5 (own instance), 10.9.0.4 (own instance)  IBgp 65000-65001  IBgp comes after EBgp
  ✗ 10.1.0.0/16  10.8.0.5                                          EBgp 65000-65001  weight 100 < 32768
  ✗ 0.0.0.0/0    10.8.0.9                                          EBgp              /0 is shorter than /16

  rule  gateway-origin (observed): Then a route from outside (EBgp) wins over one from the other instance (IBgp).
  source  https://github.com/mddazure/azure-route-server-lab
  data  gateway, learned routes (standard input)

> on a terminal of 60 columns
⟨1⟩10.1.2.3  →  ⟨22⟩⟨1⟩⟨32⟩10.8.0.4 by 10.1.0.0/16, EBgp, AS path⟨39⟩⟨22⟩
             ⟨1⟩⟨32⟩65000-65001 (inferred)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩10.1.0.0/16⟨22⟩
      ⟨1⟩10.8.0.4, EBgp 65000-65001: learned more directly⟨22⟩
  ✗ 10.1.0.0/16
      10.9.0.5 (own instance), 10.9.0.4 (own instance), IBgp
      65000-65001: IBgp comes after EBgp
  ✗ 10.1.0.0/16
      10.8.0.5, EBgp 65000-65001: weight 100 < 32768
  ✗ 0.0.0.0/0
      10.8.0.9, EBgp: /0 is shorter than /16

⟨36⟩  data  ⟨39⟩⟨2⟩gateway, learned routes (standard input)⟨22⟩
`);
});

test("several destinations at a gateway have a line each, or a proof each", async () => {
  const text = await transcript(
    ["whichroute", "10.1.2.3", "10.9.0.4", "10.99.0.1", "10.2.0.0/24", "10.0.0.0/13", "-f", "-"],
    { forms: ["", "--explain", "-o short", "-o csv"], widths: [60], stdin: LEARNED },
  );
  expect(text).toBe(`
>
10.1.2.3               →  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)
10.9.0.4               →  a network in Azure: the gateway's own route (10.9.0.0/16) (inferred)
10.99.0.1 at 10.9.0.4  →  10.8.0.9 by 0.0.0.0/0, EBgp (inferred)
10.99.0.1 at 10.9.0.5  →  NO ROUTE: no row of this table covers it (inferred)
10.2.0.0/24            →  256 IPv4 to 10.8.0.6, 10.8.0.7 at 10.9.0.4, 256 IPv4 without a route at 10.9.0.5 (inferred)
10.0.0.0/13            →  393,216 IPv4 without a route at 10.9.0.5, 262,144 IPv4 to 10.8.0.9 at 10.9.0.4, 65,536 IPv4 to 10.8.0.4, and 4 more ways (inferred)

  data  gateway, learned routes (standard input)

> --explain
10.1.2.3  →  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)

    PREFIX       NEXT HOP                                          LEARNED           REASON
  ✓ 10.1.0.0/16  10.8.0.4                                          EBgp 65000-65001  learned more directly
  ✗ 10.1.0.0/16  10.9.0.5 (own instance), 10.9.0.4 (own instance)  IBgp 65000-65001  IBgp comes after EBgp
  ✗ 10.1.0.0/16  10.8.0.5                                          EBgp 65000-65001  weight 100 < 32768
  ✗ 0.0.0.0/0    10.8.0.9                                          EBgp              /0 is shorter than /16


10.9.0.4  →  a network in Azure: the gateway's own route (10.9.0.0/16) (inferred)

    PREFIX       NEXT HOP  LEARNED  REASON
  ✓ 10.9.0.0/16  -         Network  longest prefix
  ✗ 0.0.0.0/0    10.8.0.9  EBgp     /0 is shorter than /16


10.99.0.1 at 10.9.0.4  →  10.8.0.9 by 0.0.0.0/0, EBgp (inferred)

    PREFIX     NEXT HOP  LEARNED  REASON
  ✓ 0.0.0.0/0  10.8.0.9  EBgp     longest prefix


10.99.0.1 at 10.9.0.5  →  NO ROUTE: no row of this table covers it (inferred)

  note  Documents and field tests disagree on what a gateway does then: follow the route table of its GatewaySubnet, or drop the packet.

10.2.0.0/24  →  2 ways (inferred)

    ADDRESSES  ANSWER                                                              PREFIXES
  ! 256 IPv4   10.8.0.6, 10.8.0.7 by 10.2.0.0/16, EBgp, AS path 65002 at 10.9.0.4  10.2.0.0/24
  ✗ 256 IPv4   NO ROUTE: no row of this table covers it at 10.9.0.5                10.2.0.0/24

  note  Documents and field tests disagree on what a gateway does then: follow the route table of its GatewaySubnet, or drop the packet.

10.0.0.0/13  →  7 ways (inferred)

    ADDRESSES     ANSWER                                                                   PREFIXES
  ✗ 393,216 IPv4  NO ROUTE: no row of this table covers it at 10.9.0.5                     10.0.0.0/16, 10.6.0.0/15, 10.2.0.0/16, 10.4.0.0/16, 10.5.0.0/16
  ! 262,144 IPv4  10.8.0.9 by 0.0.0.0/0, EBgp at 10.9.0.4                                  0.0.0.0/0
  ✓ 65,536 IPv4   10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001                       10.1.0.0/16
  ! 65,536 IPv4   10.8.0.6, 10.8.0.7 by 10.2.0.0/16, EBgp, AS path 65002 at 10.9.0.4       10.2.0.0/16
  ! 65,536 IPv4   10.9.0.4 (own instance) by 10.3.0.0/16, IBgp, AS path 65003 at 10.9.0.5  10.3.0.0/16
  ! 65,536 IPv4   10.8.0.4 by 10.4.0.0/16, EBgp, AS path 65004 at 10.9.0.4                 10.4.0.0/16
  ! 65,536 IPv4   10.8.0.5 by 10.5.0.0/16, EBgp, AS path 65005 at 10.9.0.4                 10.5.0.0/16

  note  Documents and field tests disagree on what a gateway does then: follow the route table of its GatewaySubnet, or drop the packet.
  note  The best next hop is an instance of this gateway itself. Unless that instance has another way out, the packet loops.
  data  gateway, learned routes (standard input)

> -o short
10.1.2.3  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)
10.9.0.4  a network in Azure: the gateway's own route (10.9.0.0/16) (inferred)
10.99.0.1 at 10.9.0.4  10.8.0.9 by 0.0.0.0/0, EBgp (inferred)
10.99.0.1 at 10.9.0.5  NO ROUTE: no row of this table covers it (inferred)
10.2.0.0/24 at 10.9.0.4  10.8.0.6, 10.8.0.7 by 10.2.0.0/16, EBgp, AS path 65002 (inferred)
10.2.0.0/24 at 10.9.0.5  NO ROUTE: no row of this table covers it (inferred)
10.0.0.0/13 at 10.9.0.4  10.0.0.0/16, 10.6.0.0/15  10.8.0.9 by 0.0.0.0/0, EBgp (inferred)
10.0.0.0/13 at 10.9.0.5  10.0.0.0/16, 10.6.0.0/15  NO ROUTE: no row of this table covers it (inferred)
10.0.0.0/13  10.1.0.0/16  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)
10.0.0.0/13 at 10.9.0.4  10.2.0.0/16  10.8.0.6, 10.8.0.7 by 10.2.0.0/16, EBgp, AS path 65002 (inferred)
10.0.0.0/13 at 10.9.0.5  10.2.0.0/16  NO ROUTE: no row of this table covers it (inferred)
10.0.0.0/13 at 10.9.0.4  10.3.0.0/16  10.8.0.9 by 0.0.0.0/0, EBgp (inferred)
10.0.0.0/13 at 10.9.0.5  10.3.0.0/16  10.9.0.4 (own instance) by 10.3.0.0/16, IBgp, AS path 65003 (inferred)
10.0.0.0/13 at 10.9.0.4  10.4.0.0/16  10.8.0.4 by 10.4.0.0/16, EBgp, AS path 65004 (inferred)
10.0.0.0/13 at 10.9.0.5  10.4.0.0/16  NO ROUTE: no row of this table covers it (inferred)
10.0.0.0/13 at 10.9.0.4  10.5.0.0/16  10.8.0.5 by 10.5.0.0/16, EBgp, AS path 65005 (inferred)
10.0.0.0/13 at 10.9.0.5  10.5.0.0/16  NO ROUTE: no row of this table covers it (inferred)

> -o csv
destination,verdict,nextHop,nextHopName,addressPrefix,asPath,rule,certainty,instance,hostName,partOf,error
10.1.2.3,forward,10.8.0.4,,10.1.0.0/16,65000-65001,gateway-origin,inferred,"10.9.0.4,10.9.0.5",,,
10.9.0.4,own-network,,,10.9.0.0/16,,gateway-longest-prefix,inferred,"10.9.0.4,10.9.0.5",,,
10.99.0.1,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,,
10.99.0.1,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,,
10.2.0.0/24,forward,"10.8.0.6,10.8.0.7",,10.2.0.0/16,65002,gateway-equal,inferred,10.9.0.4,,10.2.0.0/24,
10.2.0.0/24,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.2.0.0/24,
10.0.0.0/16,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/13,
10.6.0.0/15,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/13,
10.0.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/13,
10.6.0.0/15,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/13,
10.1.0.0/16,forward,10.8.0.4,,10.1.0.0/16,65000-65001,gateway-origin,inferred,"10.9.0.4,10.9.0.5",,10.0.0.0/13,
10.2.0.0/16,forward,"10.8.0.6,10.8.0.7",,10.2.0.0/16,65002,gateway-equal,inferred,10.9.0.4,,10.0.0.0/13,
10.2.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/13,
10.3.0.0/16,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/13,
10.3.0.0/16,forward,10.9.0.4,own instance,10.3.0.0/16,65003,gateway-longest-prefix,inferred,10.9.0.5,,10.0.0.0/13,
10.4.0.0/16,forward,10.8.0.4,,10.4.0.0/16,65004,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/13,
10.4.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/13,
10.5.0.0/16,forward,10.8.0.5,,10.5.0.0/16,65005,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/13,
10.5.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/13,

> on a terminal of 60 columns
⟨32⟩10.1.2.3               →  10.8.0.4 by 10.1.0.0/16, EBgp, AS⟨39⟩
                          ⟨32⟩path 65000-65001 (inferred)⟨39⟩
⟨32⟩10.9.0.4               →  a network in Azure: the gateway's⟨39⟩
                          ⟨32⟩own route (10.9.0.0/16) (inferred)⟨39⟩
⟨33⟩10.99.0.1 at 10.9.0.4  →  10.8.0.9 by 0.0.0.0/0, EBgp⟨39⟩
                          ⟨33⟩(inferred)⟨39⟩
⟨31⟩10.99.0.1 at 10.9.0.5  →  NO ROUTE: no row of this table⟨39⟩
                          ⟨31⟩covers it (inferred)⟨39⟩
⟨31⟩10.2.0.0/24            →  256 IPv4 to 10.8.0.6, 10.8.0.7 at⟨39⟩
                          ⟨31⟩10.9.0.4, 256 IPv4 without a route⟨39⟩
                          ⟨31⟩at 10.9.0.5 (inferred)⟨39⟩
⟨31⟩10.0.0.0/13            →  393,216 IPv4 without a route at⟨39⟩
                          ⟨31⟩10.9.0.5, 262,144 IPv4 to 10.8.0.9⟨39⟩
                          ⟨31⟩at 10.9.0.4, 65,536 IPv4 to⟨39⟩
                          ⟨31⟩10.8.0.4, and 4 more ways⟨39⟩
                          ⟨31⟩(inferred)⟨39⟩

⟨36⟩  data  ⟨39⟩⟨2⟩gateway, learned routes (standard input)⟨22⟩
`);
});

test("a set at a gateway is split into ways, or with --expand into parts", async () => {
  const text = await transcript(["whichroute", "10.0.0.0/8", "-f", "-"], {
    forms: ["", "--expand", "-o short", "-o csv"],
    widths: [60],
    stdin: LEARNED,
  });
  expect(text).toBe(`
>
10.0.0.0/8  →  8 ways (inferred)

    ADDRESSES        ANSWER                                                                   PREFIXES
  ✗ 16,580,608 IPv4  NO ROUTE: no row of this table covers it at 10.9.0.5                     10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/15, 10.4.0.0/15, 10.9.0.0/16, 10.2.0.0/16, 10.4.0.0/16, 10.5.0.0/16
  ! 16,449,536 IPv4  10.8.0.9 by 0.0.0.0/0, EBgp at 10.9.0.4                                  0.0.0.0/0
  ✓ 65,536 IPv4      10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001                       10.1.0.0/16
  ! 65,536 IPv4      10.8.0.6, 10.8.0.7 by 10.2.0.0/16, EBgp, AS path 65002 at 10.9.0.4       10.2.0.0/16
  ! 65,536 IPv4      10.9.0.4 (own instance) by 10.3.0.0/16, IBgp, AS path 65003 at 10.9.0.5  10.3.0.0/16
  ! 65,536 IPv4      10.8.0.4 by 10.4.0.0/16, EBgp, AS path 65004 at 10.9.0.4                 10.4.0.0/16
  ! 65,536 IPv4      10.8.0.5 by 10.5.0.0/16, EBgp, AS path 65005 at 10.9.0.4                 10.5.0.0/16
  ✓ 65,536 IPv4      a network in Azure: the gateway's own route (10.9.0.0/16)                10.9.0.0/16

  note  Documents and field tests disagree on what a gateway does then: follow the route table of its GatewaySubnet, or drop the packet.
  note  The best next hop is an instance of this gateway itself. Unless that instance has another way out, the packet loops.
  data  gateway, learned routes (standard input)

> --expand
10.0.0.0/8  →  12 ways (inferred)

    ADDRESSES        ANSWER                                                                   PREFIXES
  ! 16,384,000 IPv4  10.8.0.9 by 0.0.0.0/0, EBgp at 10.9.0.4                                  10.0.0.0/16, 10.6.0.0/15, 10.8.0.0/16, 10.10.0.0/15, 10.12.0.0/14, 10.16.0.0/12, 10.32.0.0/11, 10.64.0.0/10, 10.128.0.0/9
  ✗ 16,384,000 IPv4  NO ROUTE: no row of this table covers it at 10.9.0.5                     10.0.0.0/16, 10.6.0.0/15, 10.8.0.0/16, 10.10.0.0/15, 10.12.0.0/14, 10.16.0.0/12, 10.32.0.0/11, 10.64.0.0/10, 10.128.0.0/9
  ✓ 65,536 IPv4      10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001                       10.1.0.0/16
  ! 65,536 IPv4      10.8.0.6, 10.8.0.7 by 10.2.0.0/16, EBgp, AS path 65002 at 10.9.0.4       10.2.0.0/16
  ✗ 65,536 IPv4      NO ROUTE: no row of this table covers it at 10.9.0.5                     10.2.0.0/16
  ! 65,536 IPv4      10.8.0.9 by 0.0.0.0/0, EBgp at 10.9.0.4                                  10.3.0.0/16
  ! 65,536 IPv4      10.9.0.4 (own instance) by 10.3.0.0/16, IBgp, AS path 65003 at 10.9.0.5  10.3.0.0/16
  ! 65,536 IPv4      10.8.0.4 by 10.4.0.0/16, EBgp, AS path 65004 at 10.9.0.4                 10.4.0.0/16
  ✗ 65,536 IPv4      NO ROUTE: no row of this table covers it at 10.9.0.5                     10.4.0.0/16
  ! 65,536 IPv4      10.8.0.5 by 10.5.0.0/16, EBgp, AS path 65005 at 10.9.0.4                 10.5.0.0/16
  ✗ 65,536 IPv4      NO ROUTE: no row of this table covers it at 10.9.0.5                     10.5.0.0/16
  ✓ 65,536 IPv4      a network in Azure: the gateway's own route (10.9.0.0/16)                10.9.0.0/16

  note  Documents and field tests disagree on what a gateway does then: follow the route table of its GatewaySubnet, or drop the packet.
  note  The best next hop is an instance of this gateway itself. Unless that instance has another way out, the packet loops.
  data  gateway, learned routes (standard input)

> -o short
10.0.0.0/8 at 10.9.0.4  10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/15, 10.4.0.0/15, 10.9.0.0/16  10.8.0.9 by 0.0.0.0/0, EBgp (inferred)
10.0.0.0/8 at 10.9.0.5  10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/15, 10.4.0.0/15, 10.9.0.0/16  NO ROUTE: no row of this table covers it (inferred)
10.0.0.0/8  10.1.0.0/16  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)
10.0.0.0/8 at 10.9.0.4  10.2.0.0/16  10.8.0.6, 10.8.0.7 by 10.2.0.0/16, EBgp, AS path 65002 (inferred)
10.0.0.0/8 at 10.9.0.5  10.2.0.0/16  NO ROUTE: no row of this table covers it (inferred)
10.0.0.0/8 at 10.9.0.4  10.3.0.0/16  10.8.0.9 by 0.0.0.0/0, EBgp (inferred)
10.0.0.0/8 at 10.9.0.5  10.3.0.0/16  10.9.0.4 (own instance) by 10.3.0.0/16, IBgp, AS path 65003 (inferred)
10.0.0.0/8 at 10.9.0.4  10.4.0.0/16  10.8.0.4 by 10.4.0.0/16, EBgp, AS path 65004 (inferred)
10.0.0.0/8 at 10.9.0.5  10.4.0.0/16  NO ROUTE: no row of this table covers it (inferred)
10.0.0.0/8 at 10.9.0.4  10.5.0.0/16  10.8.0.5 by 10.5.0.0/16, EBgp, AS path 65005 (inferred)
10.0.0.0/8 at 10.9.0.5  10.5.0.0/16  NO ROUTE: no row of this table covers it (inferred)
10.0.0.0/8  10.9.0.0/16  a network in Azure: the gateway's own route (10.9.0.0/16) (inferred)

> -o csv
destination,verdict,nextHop,nextHopName,addressPrefix,asPath,rule,certainty,instance,hostName,partOf,error
10.0.0.0/16,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.6.0.0/15,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.8.0.0/16,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.10.0.0/15,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.12.0.0/14,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.16.0.0/12,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.32.0.0/11,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.64.0.0/10,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.128.0.0/9,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.0.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.6.0.0/15,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.8.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.10.0.0/15,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.12.0.0/14,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.16.0.0/12,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.32.0.0/11,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.64.0.0/10,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.128.0.0/9,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.1.0.0/16,forward,10.8.0.4,,10.1.0.0/16,65000-65001,gateway-origin,inferred,"10.9.0.4,10.9.0.5",,10.0.0.0/8,
10.2.0.0/16,forward,"10.8.0.6,10.8.0.7",,10.2.0.0/16,65002,gateway-equal,inferred,10.9.0.4,,10.0.0.0/8,
10.2.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.3.0.0/16,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.3.0.0/16,forward,10.9.0.4,own instance,10.3.0.0/16,65003,gateway-longest-prefix,inferred,10.9.0.5,,10.0.0.0/8,
10.4.0.0/16,forward,10.8.0.4,,10.4.0.0/16,65004,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.4.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.5.0.0/16,forward,10.8.0.5,,10.5.0.0/16,65005,gateway-longest-prefix,inferred,10.9.0.4,,10.0.0.0/8,
10.5.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.0.0.0/8,
10.9.0.0/16,own-network,,,10.9.0.0/16,,gateway-longest-prefix,inferred,"10.9.0.4,10.9.0.5",,10.0.0.0/8,

> on a terminal of 60 columns
⟨1⟩10.0.0.0/8  →  ⟨22⟩⟨1⟩⟨31⟩8 ways (inferred)⟨39⟩⟨22⟩

    ⟨2⟩ADDRESSES        ANSWER⟨22⟩
  ⟨31⟩✗⟨39⟩ 16,580,608 IPv4  NO ROUTE: no row of this table covers
                     it at 10.9.0.5
      10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/15,
      10.4.0.0/15, 10.9.0.0/16, 10.2.0.0/16, 10.4.0.0/16,
      10.5.0.0/16
  ⟨33⟩!⟨39⟩ 16,449,536 IPv4  10.8.0.9 by 0.0.0.0/0, EBgp at 10.9.0.4
      0.0.0.0/0
  ⟨32⟩✓⟨39⟩ 65,536 IPv4      10.8.0.4 by 10.1.0.0/16, EBgp, AS path
                     65000-65001
      10.1.0.0/16
  ⟨33⟩!⟨39⟩ 65,536 IPv4      10.8.0.6, 10.8.0.7 by 10.2.0.0/16,
                     EBgp, AS path 65002 at 10.9.0.4
      10.2.0.0/16
  ⟨33⟩!⟨39⟩ 65,536 IPv4      10.9.0.4 (own instance) by 10.3.0.0/16,
                     IBgp, AS path 65003 at 10.9.0.5
      10.3.0.0/16
  ⟨33⟩!⟨39⟩ 65,536 IPv4      10.8.0.4 by 10.4.0.0/16, EBgp, AS path
                     65004 at 10.9.0.4
      10.4.0.0/16
  ⟨33⟩!⟨39⟩ 65,536 IPv4      10.8.0.5 by 10.5.0.0/16, EBgp, AS path
                     65005 at 10.9.0.4
      10.5.0.0/16
  ⟨32⟩✓⟨39⟩ 65,536 IPv4      a network in Azure: the gateway's own
                     route (10.9.0.0/16)
      10.9.0.0/16

⟨36⟩  note  ⟨39⟩Documents and field tests disagree on what a gateway
        does then: follow the route table of its
        GatewaySubnet, or drop the packet.
⟨36⟩  note  ⟨39⟩The best next hop is an instance of this gateway
        itself. Unless that instance has another way out,
        the packet loops.
⟨36⟩  data  ⟨39⟩⟨2⟩gateway, learned routes (standard input)⟨22⟩
`);
});

test("a part alone has its own addresses, and several parts of one way their winning prefixes", async () => {
  const text = await transcript(["whichroute", "10.0.0.0/14", "-f", "-"], {
    forms: ["", "--expand"],
    widths: [],
    stdin: JSON.stringify([
      row("10.1.0.0/16", "10.8.0.4", "65000"),
      row("10.2.0.0/16", "10.8.0.4", "65000"),
      row("0.0.0.0/0", "10.8.0.9", ""),
    ]),
  });
  expect(text).toBe(`
>
10.0.0.0/14  →  2 ways (inferred)

    ADDRESSES     ANSWER                       PREFIXES
  ✓ 131,072 IPv4  10.8.0.9 by 0.0.0.0/0, EBgp  10.0.0.0/16, 10.3.0.0/16
  ✓ 131,072 IPv4  10.8.0.4 by 2 prefixes       10.1.0.0/16, 10.2.0.0/16

  data  gateway, learned routes (standard input)

> --expand
10.0.0.0/14  →  3 ways (inferred)

    ADDRESSES     ANSWER                                        PREFIXES
  ✓ 131,072 IPv4  10.8.0.9 by 0.0.0.0/0, EBgp                   10.0.0.0/16, 10.3.0.0/16
  ✓ 65,536 IPv4   10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000  10.1.0.0/16
  ✓ 65,536 IPv4   10.8.0.4 by 10.2.0.0/16, EBgp, AS path 65000  10.2.0.0/16

  data  gateway, learned routes (standard input)
`);
});

test("ways with the same next hops in another order are one; the largest comes first, of IPv6 as well", async () => {
  const text = await transcript(["whichroute", "2001:db8::/32", "-f", "-"], {
    forms: [""],
    widths: [],
    stdin: JSON.stringify([
      row("2001:db8::/34", "fd00::6", "65000"),
      row("2001:db8:4000::/34", "fd00::4", "65000"),
      row("2001:db8:4000::/34", "fd00::5", "65000"),
      row("2001:db8:8000::/34", "fd00::5", "65000"),
      row("2001:db8:8000::/34", "fd00::4", "65000"),
      row("::/0", "fd00::9", ""),
    ]),
  });
  expect(text).toBe(`
>
2001:db8::/32  →  3 ways (inferred)

    ADDRESSES  ANSWER                                         PREFIXES
  ✓ 2^95 IPv6  fd00::4, fd00::5 by 2 prefixes                 2001:db8:4000::/34, 2001:db8:8000::/34
  ✓ 2^94 IPv6  fd00::6 by 2001:db8::/34, EBgp, AS path 65000  2001:db8::/34
  ✓ 2^94 IPv6  fd00::9 by ::/0, EBgp                          2001:db8:c000::/34

  data  gateway, learned routes (standard input)
`);
});

test("addresses and a set at a hub", async () => {
  const text = await transcript(["whichroute", "10.7.1.1", "8.8.8.8", "10.0.0.0/14", "-f", "-"], {
    forms: ["", "--explain", "-o short", "-o csv"],
    widths: [],
    stdin: HUB,
  });
  expect(text).toBe(`
>
10.7.1.1     →  VPN_S2S_Gateway conn by 10.7.0.0/16, AS path 65001-65002 (inferred)
8.8.8.8      →  Azure Firewall fw1 by 0.0.0.0/0 (inferred)
10.0.0.0/14  →  131,072 IPv4 to Azure Firewall fw1, 131,072 IPv4 to Virtual Network Connection conn (inferred)

  data  virtual hub, effective routes (standard input)

> --explain
10.7.1.1  →  VPN_S2S_Gateway conn by 10.7.0.0/16, AS path 65001-65002 (inferred)

    PREFIX       NEXT HOP              LEARNED          REASON
  ✓ 10.7.0.0/16  VPN_S2S_Gateway conn  rt1 65001-65002  longest prefix
  ✗ 0.0.0.0/0    Azure Firewall fw1    rt1              /0 is shorter than /16


8.8.8.8  →  Azure Firewall fw1 by 0.0.0.0/0 (inferred)

    PREFIX     NEXT HOP            LEARNED  REASON
  ✓ 0.0.0.0/0  Azure Firewall fw1  rt1      longest prefix

  note  With routing intent, a hub shows only these ranges to its firewall. The routes of its connections and circuits show where the firewall sends the packet: --connection, --circuit.

10.0.0.0/14  →  2 ways (inferred)

    ADDRESSES     ANSWER                                         PREFIXES
  ✓ 131,072 IPv4  Azure Firewall fw1 by 0.0.0.0/0                10.0.0.0/16, 10.3.0.0/16
  ✓ 131,072 IPv4  Virtual Network Connection conn by 2 prefixes  10.1.0.0/16, 10.2.0.0/16

  note  With routing intent, a hub shows only these ranges to its firewall. The routes of its connections and circuits show where the firewall sends the packet: --connection, --circuit.
  data  virtual hub, effective routes (standard input)

> -o short
10.7.1.1  VPN_S2S_Gateway conn by 10.7.0.0/16, AS path 65001-65002 (inferred)
8.8.8.8  Azure Firewall fw1 by 0.0.0.0/0 (inferred)
10.0.0.0/14  10.0.0.0/16, 10.3.0.0/16  Azure Firewall fw1 by 0.0.0.0/0 (inferred)
10.0.0.0/14  10.1.0.0/16  Virtual Network Connection conn by 10.1.0.0/16 (inferred)
10.0.0.0/14  10.2.0.0/16  Virtual Network Connection conn by 10.2.0.0/16 (inferred)

> -o csv
destination,verdict,nextHop,nextHopName,addressPrefix,asPath,rule,certainty,instance,hostName,partOf,error
10.7.1.1,forward,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn,conn,10.7.0.0/16,65001-65002,gateway-longest-prefix,inferred,,,,
8.8.8.8,forward,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/azureFirewalls/fw1,fw1,0.0.0.0/0,,gateway-longest-prefix,inferred,,,,
10.0.0.0/16,forward,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/azureFirewalls/fw1,fw1,0.0.0.0/0,,gateway-longest-prefix,inferred,,,10.0.0.0/14,
10.3.0.0/16,forward,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/azureFirewalls/fw1,fw1,0.0.0.0/0,,gateway-longest-prefix,inferred,,,10.0.0.0/14,
10.1.0.0/16,forward,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn,conn,10.1.0.0/16,,gateway-longest-prefix,inferred,,,10.0.0.0/14,
10.2.0.0/16,forward,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn,conn,10.2.0.0/16,,gateway-longest-prefix,inferred,,,10.0.0.0/14,
`);
});

test("an address at a circuit, with the best marked", async () => {
  const text = await transcript(["whichroute", "10.1.2.3", "10.6.0.0/16", "-f", "-"], {
    forms: ["", "--explain", "-o short", "-o csv"],
    widths: [],
    stdin: CIRCUIT,
  });
  expect(text).toBe(`
>
10.1.2.3     →  10.1.0.12 by 10.1.0.0/16, Igp, AS path 65515 (inferred)
10.6.0.0/16  →  10.1.0.14 by 10.6.0.0/16, Incomplete, AS path 65001 (inferred)

  data  circuit er1, route table (standard input)

> --explain
10.1.2.3  →  10.1.0.12 by 10.1.0.0/16, Igp, AS path 65515 (inferred)

    PREFIX       NEXT HOP     LEARNED          REASON
  ✓ 10.1.0.0/16  10.1.0.12 *  Igp 65515        shortest AS path
  ✗ 10.1.0.0/16  10.1.0.13    Egp 65515-65520  AS path of 2, not 1


10.6.0.0/16  →  10.1.0.14 by 10.6.0.0/16, Incomplete, AS path 65001 (inferred)

  data  circuit er1, route table (standard input)

> -o short
10.1.2.3  10.1.0.12 by 10.1.0.0/16, Igp, AS path 65515 (inferred)
10.6.0.0/16  10.1.0.14 by 10.6.0.0/16, Incomplete, AS path 65001 (inferred)

> -o csv
destination,verdict,nextHop,nextHopName,addressPrefix,asPath,rule,certainty,instance,hostName,partOf,error
10.1.2.3,forward,10.1.0.12,,10.1.0.0/16,65515,gateway-as-path,inferred,,,,
10.6.0.0/16,forward,10.1.0.14,,10.6.0.0/16,65001,gateway-longest-prefix,inferred,,,10.6.0.0/16,
`);
});

test("an address at a Route Server, by instance", async () => {
  const text = await transcript(["whichroute", "10.2.0.1", "10.0.0.0/14", "-f", "-"], {
    forms: ["", "--explain", "-o short"],
    widths: [],
    stdin: ROUTE_SERVER,
  });
  expect(text).toBe(`
>
10.2.0.1 at IN_0  →  10.8.0.4 by 10.2.0.0/16, EBgp, AS path 65000 (inferred)
10.2.0.1 at IN_1  →  10.8.0.5 by 10.2.0.0/16, EBgp, AS path 65000 (inferred)
10.0.0.0/14       →  131,072 IPv4 without a route, 65,536 IPv4 to 10.8.0.4, 65,536 IPv4 to 10.8.0.4 at IN_0, 65,536 IPv4 to 10.8.0.5 at IN_1 (inferred)

  data  Route Server rs1, routes learned from nva1 (standard input)

> --explain
10.2.0.1 at IN_0  →  10.8.0.4 by 10.2.0.0/16, EBgp, AS path 65000 (inferred)

    PREFIX       NEXT HOP  LEARNED     REASON
  ✓ 10.2.0.0/16  10.8.0.4  EBgp 65000  longest prefix


10.2.0.1 at IN_1  →  10.8.0.5 by 10.2.0.0/16, EBgp, AS path 65000 (inferred)

    PREFIX       NEXT HOP  LEARNED     REASON
  ✓ 10.2.0.0/16  10.8.0.5  EBgp 65000  longest prefix


10.0.0.0/14  →  4 ways (inferred)

    ADDRESSES     ANSWER                                                PREFIXES
  ✗ 131,072 IPv4  NO ROUTE: no row of this table covers it              10.0.0.0/16, 10.3.0.0/16
  ✓ 65,536 IPv4   10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000          10.1.0.0/16
  ! 65,536 IPv4   10.8.0.4 by 10.2.0.0/16, EBgp, AS path 65000 at IN_0  10.2.0.0/16
  ! 65,536 IPv4   10.8.0.5 by 10.2.0.0/16, EBgp, AS path 65000 at IN_1  10.2.0.0/16

  note  Without a route the packet is dropped.
  data  Route Server rs1, routes learned from nva1 (standard input)

> -o short
10.2.0.1 at IN_0  10.8.0.4 by 10.2.0.0/16, EBgp, AS path 65000 (inferred)
10.2.0.1 at IN_1  10.8.0.5 by 10.2.0.0/16, EBgp, AS path 65000 (inferred)
10.0.0.0/14  10.0.0.0/16, 10.3.0.0/16  NO ROUTE: no row of this table covers it (inferred)
10.0.0.0/14  10.1.0.0/16  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000 (inferred)
10.0.0.0/14 at IN_0  10.2.0.0/16  10.8.0.4 by 10.2.0.0/16, EBgp, AS path 65000 (inferred)
10.0.0.0/14 at IN_1  10.2.0.0/16  10.8.0.5 by 10.2.0.0/16, EBgp, AS path 65000 (inferred)
`);
});

test("lines of stdin are answered in their place, refused ones with their reason", async () => {
  const file = join(temporaryDirectory(), "learned.json");
  writeFileSync(file, LEARNED);
  const text = await transcript(["whichroute", "-", file], {
    ...{ forms: ["", "-o short", "-o csv"], widths: [60], stdin: "10.1.2.3\n010.1.1.1\n10.2.0.0/15\n" },
  });
  expect(text).toBe(`
>
DESTINATION  VERDICT  NEXT HOP  NEXT HOP NAME  ADDRESS PREFIX  AS PATH      RULE            CERTAINTY  INSTANCE           HOST NAME  PART OF  ERROR
10.1.2.3     forward  10.8.0.4  -              10.1.0.0/16     65000-65001  gateway-origin  inferred   10.9.0.4,10.9.0.5  -          -        -
010.1.1.1    -        -         -              -               -            -               -          -                  -          -        address-leading-zero
10.2.0.0/16  forward   10.8.0.6,10.8.0.7  -              10.2.0.0/16     65002        gateway-equal           inferred   10.9.0.4           -          10.2.0.0/15  -
10.2.0.0/16  no-route  -                  -              -               -            gateway-no-route        inferred   10.9.0.5           -          10.2.0.0/15  -
10.3.0.0/16  forward   10.8.0.9           -              0.0.0.0/0       -            gateway-longest-prefix  inferred   10.9.0.4           -          10.2.0.0/15  -
10.3.0.0/16  forward   10.9.0.4           own instance   10.3.0.0/16     65003        gateway-longest-prefix  inferred   10.9.0.5           -          10.2.0.0/15  -
exit code 2

> -o short
10.1.2.3  10.8.0.4 by 10.1.0.0/16, EBgp, AS path 65000-65001 (inferred)
010.1.1.1  refused: '010.1.1.1' has a leading zero, which some programs read as octal; write 10.1.1.1
10.2.0.0/15 at 10.9.0.4  10.2.0.0/16  10.8.0.6, 10.8.0.7 by 10.2.0.0/16, EBgp, AS path 65002 (inferred)
10.2.0.0/15 at 10.9.0.5  10.2.0.0/16  NO ROUTE: no row of this table covers it (inferred)
10.2.0.0/15 at 10.9.0.4  10.3.0.0/16  10.8.0.9 by 0.0.0.0/0, EBgp (inferred)
10.2.0.0/15 at 10.9.0.5  10.3.0.0/16  10.9.0.4 (own instance) by 10.3.0.0/16, IBgp, AS path 65003 (inferred)
exit code 2

> -o csv
destination,verdict,nextHop,nextHopName,addressPrefix,asPath,rule,certainty,instance,hostName,partOf,error
10.1.2.3,forward,10.8.0.4,,10.1.0.0/16,65000-65001,gateway-origin,inferred,"10.9.0.4,10.9.0.5",,,
010.1.1.1,,,,,,,,,,,address-leading-zero
10.2.0.0/16,forward,"10.8.0.6,10.8.0.7",,10.2.0.0/16,65002,gateway-equal,inferred,10.9.0.4,,10.2.0.0/15,
10.2.0.0/16,no-route,,,,,gateway-no-route,inferred,10.9.0.5,,10.2.0.0/15,
10.3.0.0/16,forward,10.8.0.9,,0.0.0.0/0,,gateway-longest-prefix,inferred,10.9.0.4,,10.2.0.0/15,
10.3.0.0/16,forward,10.9.0.4,own instance,10.3.0.0/16,65003,gateway-longest-prefix,inferred,10.9.0.5,,10.2.0.0/15,
exit code 2

> on a terminal of 60 columns
⟨1⟩DESTINATION  VERDICT  NEXT HOP  ADDRESS PREFIX⟨22⟩
10.1.2.3     forward  10.8.0.4  10.1.0.0/16
⟨1⟩DESTINATION  ERROR⟨22⟩
010.1.1.1    address-leading-zero
⟨1⟩DESTINATION  VERDICT   NEXT HOP           ADDRESS PREFIX⟨22⟩
10.2.0.0/16  forward   10.8.0.6,10.8.0.7  10.2.0.0/16
10.2.0.0/16  no-route  -                  -
10.3.0.0/16  forward   10.8.0.9           0.0.0.0/0
10.3.0.0/16  forward   10.9.0.4           10.3.0.0/16
⟨2⟩hidden at 60 columns: AS PATH, RULE, CERTAINTY, INSTANCE,⟨22⟩
⟨2⟩    NEXT HOP NAME, PART OF (-o wide shows all)⟨22⟩
exit code 2
`);
});

test("the difference between two tables of a gateway", async () => {
  const directory = temporaryDirectory();
  const [before, after] = [join(directory, "before.json"), join(directory, "after.json")];
  writeFileSync(before, LEARNED);
  writeFileSync(
    after,
    JSON.stringify({
      value: [
        row("10.9.0.0/16", undefined, ""),
        row("10.1.0.0/16", "10.8.0.9", "65000"),
        row("10.6.0.0/16", "10.8.0.4", ""),
      ],
    }),
  );
  const text = await transcript(["diff", before, after], { forms: FORMS, hidden: { [directory]: "DIR" } });
  expect(text).toBe(`
>
PREFIX       CHANGE  BEFORE                         AFTER
0.0.0.0/0    lost    10.8.0.9                       no route
10.1.0.0/16  moved   10.8.0.4 (AS 65000-65001)      10.8.0.9 (AS 65000)
10.2.0.0/16  lost    10.8.0.6, 10.8.0.7 (AS 65002)  no route
10.3.0.0/16  lost    10.8.0.9, 10.9.0.4 (AS 65003)  no route
10.4.0.0/16  lost    10.8.0.4 (AS 65004)            no route
10.5.0.0/16  lost    10.8.0.5 (AS 65005)            no route
10.6.0.0/16  moved   10.8.0.9                       10.8.0.4

  data  gateway, learned routes (DIR/before.json) → gateway, learned routes (DIR/after.json)

7 prefixes are routed differently

> -o short
0.0.0.0/0  lost  10.8.0.9 → no route
10.1.0.0/16  moved  10.8.0.4 (AS 65000-65001) → 10.8.0.9 (AS 65000)
10.2.0.0/16  lost  10.8.0.6, 10.8.0.7 (AS 65002) → no route
10.3.0.0/16  lost  10.8.0.9, 10.9.0.4 (AS 65003) → no route
10.4.0.0/16  lost  10.8.0.4 (AS 65004) → no route
10.5.0.0/16  lost  10.8.0.5 (AS 65005) → no route
10.6.0.0/16  moved  10.8.0.9 → 10.8.0.4

> -o csv
prefix,change,beforeNextHop,afterNextHop,beforeAsPath,afterAsPath
0.0.0.0/0,lost,10.8.0.9,,,
10.1.0.0/16,moved,10.8.0.4,10.8.0.9,65000-65001,65000
10.2.0.0/16,lost,"10.8.0.6,10.8.0.7",,65002,
10.3.0.0/16,lost,"10.8.0.9,10.9.0.4",,65003,
10.4.0.0/16,lost,10.8.0.4,,65004,
10.5.0.0/16,lost,10.8.0.5,,65005,
10.6.0.0/16,moved,10.8.0.9,10.8.0.4,,

> -o wide
PREFIX       CHANGE  BEFORE NEXT HOP    AFTER NEXT HOP  BEFORE AS PATH  AFTER AS PATH
0.0.0.0/0    lost    10.8.0.9           -               -               -
10.1.0.0/16  moved   10.8.0.4           10.8.0.9        65000-65001     65000
10.2.0.0/16  lost    10.8.0.6,10.8.0.7  -               65002           -
10.3.0.0/16  lost    10.8.0.9,10.9.0.4  -               65003           -
10.4.0.0/16  lost    10.8.0.4           -               65004           -
10.5.0.0/16  lost    10.8.0.5           -               65005           -
10.6.0.0/16  moved   10.8.0.9           10.8.0.4        -               -
`);
  const { out } = await run(["diff", before, after, "-o", "json"]);
  const report = JSON.parse(out.replaceAll(directory, "DIR"));
  const shown = await printed("gateway-diff", report, { widths: [null, 60] });
  expect(shown).toBe(`
> in a pipe
PREFIX       CHANGE  BEFORE                         AFTER
0.0.0.0/0    lost    10.8.0.9                       no route
10.1.0.0/16  moved   10.8.0.4 (AS 65000-65001)      10.8.0.9 (AS 65000)
10.2.0.0/16  lost    10.8.0.6, 10.8.0.7 (AS 65002)  no route
10.3.0.0/16  lost    10.8.0.9, 10.9.0.4 (AS 65003)  no route
10.4.0.0/16  lost    10.8.0.4 (AS 65004)            no route
10.5.0.0/16  lost    10.8.0.5 (AS 65005)            no route
10.6.0.0/16  moved   10.8.0.9                       10.8.0.4

  data  gateway, learned routes (DIR/before.json) → gateway, learned routes (DIR/after.json)

7 prefixes are routed differently

> 60 columns
⟨1⟩PREFIX       CHANGE  BEFORE              AFTER⟨22⟩
⟨31⟩0.0.0.0/0    lost    10.8.0.9            no route⟨39⟩
10.1.0.0/16  moved   10.8.0.4 (AS        10.8.0.9 (AS 65000)
                     65000-65001)
⟨31⟩10.2.0.0/16  lost    10.8.0.6, 10.8.0.7  no route⟨39⟩
⟨31⟩                     (AS 65002)⟨39⟩
⟨31⟩10.3.0.0/16  lost    10.8.0.9, 10.9.0.4  no route⟨39⟩
⟨31⟩                     (AS 65003)⟨39⟩
⟨31⟩10.4.0.0/16  lost    10.8.0.4 (AS        no route⟨39⟩
⟨31⟩                     65004)⟨39⟩
⟨31⟩10.5.0.0/16  lost    10.8.0.5 (AS        no route⟨39⟩
⟨31⟩                     65005)⟨39⟩
10.6.0.0/16  moved   10.8.0.9            10.8.0.4

⟨36⟩  data  ⟨39⟩⟨2⟩gateway, learned routes (DIR/before.json) → gateway,⟨22⟩
        ⟨2⟩learned routes (DIR/after.json)⟨22⟩

⟨33⟩7 prefixes are routed differently⟨39⟩
`);
  const one = await printed("gateway-diff", { ...report, moves: report.moves.slice(0, 1) }, { widths: [null] });
  expect(one).toBe(`
> in a pipe
PREFIX     CHANGE  BEFORE    AFTER
0.0.0.0/0  lost    10.8.0.9  no route

  data  gateway, learned routes (DIR/before.json) → gateway, learned routes (DIR/after.json)

1 prefix is routed differently
`);
  const none = await printed("gateway-diff", { ...report, moves: [] }, { widths: [null, 60] });
  expect(none).toBe(`
> in a pipe
  data  gateway, learned routes (DIR/before.json) → gateway, learned routes (DIR/after.json)

no prefix is routed differently

> 60 columns
⟨36⟩  data  ⟨39⟩⟨2⟩gateway, learned routes (DIR/before.json) → gateway,⟨22⟩
        ⟨2⟩learned routes (DIR/after.json)⟨22⟩

⟨32⟩no prefix is routed differently⟨39⟩
`);
});

test("a host name is shown beside its address", async () => {
  const { out } = await run(["whichroute", "10.1.2.3", "-f", "-", "-o", "json"], { stdin: HUB });
  const report = JSON.parse(out);
  const explanations = report.explanations.map((each: object) => ({ ...each, hostName: "web.example" }));
  const view = { expand: false, explain: false, verbose: false };
  const formats = ["table", "short", "csv"];
  const text = await printed("gateway-whichroute", { ...report, explanations }, { view, formats });
  expect(text).toBe(`
> table
10.1.2.3 (web.example)  →  Virtual Network Connection conn by 10.1.0.0/16 (inferred)

    PREFIX       NEXT HOP                         LEARNED  REASON
  ✓ 10.1.0.0/16  Virtual Network Connection conn  rt1      longest prefix
  ✗ 0.0.0.0/0    Azure Firewall fw1               rt1      /0 is shorter than /16

  data  virtual hub, effective routes (standard input)

> short
10.1.2.3 (web.example)  Virtual Network Connection conn by 10.1.0.0/16 (inferred)

> csv
destination,verdict,nextHop,nextHopName,addressPrefix,asPath,rule,certainty,instance,hostName,partOf,error
10.1.2.3,forward,/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/conn,conn,10.1.0.0/16,,gateway-longest-prefix,inferred,,web.example,,
`);
});

test("peers that are all up, and none at all", async () => {
  const { out } = await run(["routes", "-f", "-", "-o", "json"], { stdin: PEERS });
  const report = JSON.parse(out);
  const [up] = report.peers;
  const odd = { ...up, neighbor: "10.8.0.9", duration: "1.2.12345.x", state: "ESTABLISHED" };
  const text =
    (await printed("gateway-peers", { ...report, peers: [up, odd] }, { widths: [null, 80] })) +
    (await printed("gateway-peers", { ...report, peers: [] }, { formats: ["table", "short", "csv"] }));
  expect(text).toBe(`
> in a pipe
NEIGHBOR  AS     STATE        ROUTES  SINCE        INSTANCE
10.8.0.4  65000  Connected    1       1.02:03:04   10.9.0.4
10.8.0.9  65000  ESTABLISHED  1       1.2.12345.x  10.9.0.4

  data  gateway, BGP peers (standard input)

> 80 columns
⟨1⟩NEIGHBOR  AS     STATE        ROUTES  SINCE        INSTANCE⟨22⟩
10.8.0.4  65000  Connected    1       1.02:03:04   10.9.0.4
10.8.0.9  65000  ESTABLISHED  1       1.2.12345.x  10.9.0.4

⟨36⟩  data  ⟨39⟩⟨2⟩gateway, BGP peers (standard input)⟨22⟩

> table
  data  gateway, BGP peers (standard input)

> short

> csv
neighbor,asn,state,routesReceived,duration,instance,messagesSent,messagesReceived
`);
});

const ANSWER = { nextHops: ["10.8.0.4"], nextHopTypes: [], asPaths: [""], origins: ["EBgp"] };

test.each<[answer: object | null, text: string]>([
  [null, "no route"],
  [ANSWER, "10.8.0.4"],
  [{ ...ANSWER, nextHops: ["10.8.0.4", "10.8.0.5"] }, "10.8.0.4, 10.8.0.5"],
  [{ ...ANSWER, nextHopTypes: ["Azure Firewall"], nextHops: ["fw1"] }, "Azure Firewall fw1"],
  [{ ...ANSWER, nextHopTypes: ["Azure Firewall"], nextHops: [], asPaths: ["65000"] }, "Azure Firewall (AS 65000)"],
  [{ ...ANSWER, nextHops: [], origins: ["Network"] }, "Network"],
  [{ ...ANSWER, nextHops: [], origins: ["Network", "IBgp"] }, "Network, IBgp"],
  [{ ...ANSWER, nextHops: [], origins: [] }, "-"],
  [{ ...ANSWER, asPaths: ["", "65000", "65001-65002"] }, "10.8.0.4 (AS 65000 or 65001-65002)"],
])("in a difference, the answer %j reads '%s'", async (before, text) => {
  const router = { kind: "hub", routerId: "r", scope: null, instances: [], origin: { kind: "stdin", name: "-" } };
  const moves = [{ prefix: "10.1.0.0/16", change: "moved", before, after: null }];
  const report = { moves, before: router, after: router };
  expect(await printed("gateway-diff", report, { formats: ["short"] })).toBe(
    `\n> short\n10.1.0.0/16  moved  ${text} → no route\n`,
  );
});

test("a table without rows has only its notes and its origin", async () => {
  const { out } = await run(["routes", "-f", "-", "-o", "json"], { stdin: LEARNED });
  const report = { ...JSON.parse(out), routes: [], notes: [] };
  const view = { expand: false };
  expect(await printed("gateway-routes", report, { view, formats: ["table", "short", "ndjson"], widths: [60] })).toBe(`
> table
  data  gateway, learned routes (standard input)

> short

> ndjson

> 60 columns
⟨36⟩  data  ⟨39⟩⟨2⟩gateway, learned routes (standard input)⟨22⟩
`);
});

test("rows without a next hop keep its column", async () => {
  const { out } = await run(["routes", "-f", "-", "-o", "json"], { stdin: LEARNED });
  const report = JSON.parse(out);
  const routes = report.routes.filter(({ nextHops }: { nextHops: readonly object[] }) => nextHops.length === 0);
  expect(routes.length).toBeGreaterThan(0);
  const text = await printed(
    "gateway-routes",
    { ...report, routes, notes: [] },
    { view: { expand: false }, formats: ["table"] },
  );
  expect(text).toContain("\nPREFIX       NEXT HOP  ORIGIN   WEIGHT\n10.9.0.0/16  -         Network  32768\n");
});

test("each neighbor without a session is named once", async () => {
  const { out } = await run(["routes", "-f", "-", "-o", "json"], { stdin: PEERS });
  const report = JSON.parse(out);
  const down = (neighbor: string) => ({ ...report.peers[0], neighbor, state: "Idle" });
  const peers = [down("10.8.0.5"), down("10.8.0.6"), down("10.8.0.5"), report.peers[0]];
  const text = await printed("gateway-peers", { ...report, peers }, { formats: ["table"] });
  expect(text).toContain("\n  ! no session with 10.8.0.5, 10.8.0.6\n");
});

test("the elements of a router's results are its answers, rows, peers and moves", () => {
  const list = [{}];
  const elements = [
    gatewayExplanations.elements({ explanations: list } as never),
    gatewayRoutes.elements({ routes: list } as never),
    gatewayPeers.elements({ peers: list } as never),
    gatewayDiff.elements({ moves: list } as never),
  ];
  for (const each of elements) expect(each).toBe(list);
});

test("a refused destination has its error's code behind empty cells", () => {
  const entry = { destination: "x", error: { code: "bad-address", message: "", hint: "" } };
  expect(gatewayExplanationRows(entry as never)).toEqual([
    ["x", null, null, null, null, null, null, null, null, null, null, "bad-address"],
  ]);
});

test("a row without an origin, a path, a weight and a preference has empty cells beside others", async () => {
  const { out } = await run(["routes", "-f", "-", "-o", "json"], { stdin: LEARNED });
  const report = JSON.parse(out);
  const [first] = report.routes;
  const bare = { ...first, addressPrefix: "10.0.0.0/8", origin: null, asPath: null, weight: null };
  const full = { ...first, asPath: [65000, 65001], weight: 7, localPreference: 100 };
  const text = await printed(
    "gateway-routes",
    { ...report, routes: [full, bare], notes: [] },
    { view: { expand: false }, formats: ["table"] },
  );
  expect(text).toBe(`
> table
PREFIX      NEXT HOP  ORIGIN  AS PATH      WEIGHT  LOCAL PREF  INSTANCE
0.0.0.0/0   10.8.0.9  EBgp    65000-65001  7       100         10.9.0.4
10.0.0.0/8  10.8.0.9  -       -            -       -           10.9.0.4

  data  gateway, learned routes (standard input)
`);
});
