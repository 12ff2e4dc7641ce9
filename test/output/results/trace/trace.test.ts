import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Hop, Trace } from "../../../../src/analysis/trace/trace.ts";
import { answerOf, askedOf, decisiveRule, routeOf } from "../../../../src/output/results/trace/answer.ts";
import type { TraceReport } from "../../../../src/output/results/trace/report.ts";
import { traceKind } from "../../../../src/output/results/trace/trace.ts";
import { run } from "../../../commands/run-in-process.ts";
import { body, exportFolder } from "../../../commands/snapshot-fixture.ts";
import { temporaryDirectory } from "../../../store/temporary-directory.ts";
import { printed } from "../../printed.ts";

const scratch = temporaryDirectory();
mkdirSync(scratch, { recursive: true });
const APPLIANCE = "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva";
const learned = (...value: readonly object[]) =>
  JSON.stringify({
    value: value.map((each) => ({
      ...{ localAddress: "10.0.0.4", network: "172.16.0.0/16", origin: "EBgp", asPath: "65001-65002", weight: 32768 },
      ...each,
    })),
  });
const exports = exportFolder(join(scratch, "exports"), {
  "web.json": body(
    "10.1.0.0/16 VnetLocal",
    "10.0.0.0/16 VNetPeering",
    "172.16.0.0/16 VirtualNetworkGateway 10.0.0.4",
    APPLIANCE,
  ),
  "nva.json": body(
    ...["10.0.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering", "10.2.0.0/16 VNetPeering", "10.3.0.0/16 None"],
    ...["10.4.0.0/16 VirtualAppliance 10.0.1.4 to-itself", "10.5.0.0/16 VNetGlobalPeering", "0.0.0.0/0 Internet"],
  ),
  "db.json": body("10.2.0.0/16 VnetLocal", "10.0.0.0/16 VNetPeering", APPLIANCE),
  "routes-vpn.json": learned(
    { nextHop: "172.16.0.4", sourcePeer: "172.16.0.4" },
    { nextHop: "172.16.0.5", sourcePeer: "172.16.0.5" },
  ),
});
const map = join(scratch, "map.csv");
writeFileSync(map, "address,name,kind\n10.1.0.4,web,\n10.0.1.4,nva,\n10.2.0.4,db,\n10.0.0.4,vpn,vpn-gateway\n");

async function traced(...args: readonly string[]) {
  const { out } = await run(["trace", exports, "--addresses", map, ...args, "-o", "json"]);
  return JSON.parse(out.replaceAll(scratch, "DIR"));
}
const FORMATS = ["table", "short", "csv", "mermaid", "dot"];

test("a packet and its reply, in every format", async () => {
  const report = await traced("--from", "web", "--to", "10.2.0.4", "--protocol", "tcp", "--port", "443", "--return");
  const text = await printed("trace", report, { view: { verbose: false }, formats: FORMATS, widths: [44, 80, 110] });
  expect(text).toBe(`
> table
10.1.0.4 → 10.2.0.4 tcp 443  delivered to db (assumed)

    HOP  ROUTE                       WHY
  1 web  0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva  10.2.0.0/16 Peering         db has 10.2.0.4 (vnet-host, assumed)
  3 db                               delivered to db (vnet-host, inferred)

  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it

10.2.0.4 → 10.1.0.4 tcp  delivered to web (assumed)

    HOP  ROUTE                       WHY
  1 db   0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva  10.1.0.0/16 Peering         web has 10.1.0.4 (vnet-host, assumed)
  3 web                              delivered to web (vnet-host, inferred)

  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it

  symmetric  both directions pass nva
  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> short
10.1.0.4 → 10.2.0.4 tcp 443  delivered to db (assumed)  by web, nva, db
10.2.0.4 → 10.1.0.4 tcp  delivered to web (assumed)  by db, nva, web

> csv
direction,hop,kind,name,address,network,addressPrefix,nextHopType,nextHop,routeName,rule,certainty,next,disposition,text,assumptions,resourceId
there,1,nic,web,10.1.0.4,,0.0.0.0/0,VirtualAppliance,10.0.1.4,to-nva,next-hop-owner,inferred,2,,10.0.1.4 is nva,,web
there,2,nic,nva,10.0.1.4,,10.2.0.0/16,VNetPeering,,,appliance-inside,assumed,3,,"the appliance forwards, and the packet leaves by nva again","appliance-forwards,ip-forwarding",nva
there,3,host,db,10.2.0.4,,,,,,vnet-host,inferred,,delivered,delivered to db,,db
back,1,nic,db,10.2.0.4,,0.0.0.0/0,VirtualAppliance,10.0.1.4,to-nva,next-hop-owner,inferred,2,,10.0.1.4 is nva,,db
back,2,nic,nva,10.0.1.4,,10.1.0.0/16,VNetPeering,,,appliance-inside,assumed,3,,"the appliance forwards, and the packet leaves by nva again","appliance-forwards,ip-forwarding",nva
back,3,host,web,10.1.0.4,,,,,,vnet-host,inferred,,delivered,delivered to web,,web

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 10.2.0.4: delivered to db"]
    there1["web<br/>0.0.0.0/0"]
    there2["nva<br/>10.2.0.0/16"]
    there3["db"]
    there1 -->|next-hop-owner| there2
    there2 -->|appliance-inside| there3
  end
  subgraph back["10.2.0.4 to 10.1.0.4: delivered to web"]
    back1["db<br/>0.0.0.0/0"]
    back2["nva<br/>10.1.0.0/16"]
    back3["web"]
    back1 -->|next-hop-owner| back2
    back2 -->|appliance-inside| back3
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="10.1.0.4 to 10.2.0.4: delivered to db";
    there1 [label="web, 0.0.0.0/0"];
    there2 [label="nva, 10.2.0.0/16"];
    there3 [label="db"];
    there1 -> there2 [label="next-hop-owner"];
    there2 -> there3 [label="appliance-inside"];
  }
  subgraph cluster_back {
    label="10.2.0.4 to 10.1.0.4: delivered to web";
    back1 [label="db, 0.0.0.0/0"];
    back2 [label="nva, 10.1.0.0/16"];
    back3 [label="web"];
    back1 -> back2 [label="next-hop-owner"];
    back2 -> back3 [label="appliance-inside"];
  }
}

> 44 columns
⟨1⟩10.1.0.4 → 10.2.0.4 tcp 443  ⟨22⟩⟨1⟩⟨32⟩delivered to db⟨39⟩⟨22⟩
    ⟨1⟩⟨32⟩(assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE⟨22⟩
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance
      10.0.1.4 is nva (next-hop-owner,
      inferred)
  ⟨2⟩2⟨22⟩ nva  10.2.0.0/16 Peering
      db has 10.2.0.4 (vnet-host, assumed)
  ⟨32⟩3⟨39⟩ ⟨32⟩db⟨39⟩
      ⟨32⟩delivered to db (vnet-host, inferred)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT
           and tunnels are unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no
           data confirms it

⟨1⟩10.2.0.4 → 10.1.0.4 tcp  ⟨22⟩⟨1⟩⟨32⟩delivered to web⟨39⟩⟨22⟩
    ⟨1⟩⟨32⟩(assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE⟨22⟩
  ⟨2⟩1⟨22⟩ db   0.0.0.0/0 Appliance
      10.0.1.4 is nva (next-hop-owner,
      inferred)
  ⟨2⟩2⟨22⟩ nva  10.1.0.0/16 Peering
      web has 10.1.0.4 (vnet-host, assumed)
  ⟨32⟩3⟨39⟩ ⟨32⟩web⟨39⟩
      ⟨32⟩delivered to web (vnet-host, inferred)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT
           and tunnels are unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no
           data confirms it

⟨36⟩  symmetric  ⟨39⟩⟨32⟩both directions pass nva⟨39⟩
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no⟨22⟩
        ⟨2⟩networks, peerings and IP forwarding⟨22⟩

> 80 columns
⟨1⟩10.1.0.4 → 10.2.0.4 tcp 443  ⟨22⟩⟨1⟩⟨32⟩delivered to db (assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE                       WHY⟨22⟩
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  ⟨2⟩2⟨22⟩ nva  10.2.0.0/16 Peering         db has 10.2.0.4 (vnet-host, assumed)
  ⟨32⟩3⟨39⟩ ⟨32⟩db                               delivered to db (vnet-host, inferred)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it

⟨1⟩10.2.0.4 → 10.1.0.4 tcp  ⟨22⟩⟨1⟩⟨32⟩delivered to web (assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE                       WHY⟨22⟩
  ⟨2⟩1⟨22⟩ db   0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  ⟨2⟩2⟨22⟩ nva  10.1.0.0/16 Peering         web has 10.1.0.4 (vnet-host, assumed)
  ⟨32⟩3⟨39⟩ ⟨32⟩web                              delivered to web (vnet-host, inferred)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it

⟨36⟩  symmetric  ⟨39⟩⟨32⟩both directions pass nva⟨39⟩
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks, peerings and IP forwarding⟨22⟩

> 110 columns
⟨1⟩10.1.0.4 → 10.2.0.4 tcp 443  ⟨22⟩⟨1⟩⟨32⟩delivered to db (assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE                       WHY⟨22⟩
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  ⟨2⟩2⟨22⟩ nva  10.2.0.0/16 Peering         db has 10.2.0.4 (vnet-host, assumed)
  ⟨32⟩3⟨39⟩ ⟨32⟩db                               delivered to db (vnet-host, inferred)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it

⟨1⟩10.2.0.4 → 10.1.0.4 tcp  ⟨22⟩⟨1⟩⟨32⟩delivered to web (assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE                       WHY⟨22⟩
  ⟨2⟩1⟨22⟩ db   0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  ⟨2⟩2⟨22⟩ nva  10.1.0.0/16 Peering         web has 10.1.0.4 (vnet-host, assumed)
  ⟨32⟩3⟨39⟩ ⟨32⟩web                              delivered to web (vnet-host, inferred)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it

⟨36⟩  symmetric  ⟨39⟩⟨32⟩both directions pass nva⟨39⟩
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks, peerings and IP forwarding⟨22⟩
`);
  const types = [
    "VirtualNetworkGateway",
    "VirtualAppliance",
    "VirtualApplianceEcmp",
    "VNetGlobalPeering",
    "VNetPeering",
    "None",
  ];
  const [first] = report.trace.hops;
  const hops = types.map((nextHopType) => ({ ...first, winner: { ...first.winner, nextHopType } }));
  const typed = await printed(
    "trace",
    { ...report, return: null, trace: { ...report.trace, hops } },
    { view: { verbose: false }, widths: [null, 70] },
  );
  expect(typed).toBe(`
> in a pipe
10.1.0.4 → 10.2.0.4 tcp 443  delivered to db (assumed)

    HOP  ROUTE                           WHY
  1 web  0.0.0.0/0 Gateway to-nva        10.0.1.4 is nva (next-hop-owner, inferred)
  1 web  0.0.0.0/0 Appliance to-nva      10.0.1.4 is nva (next-hop-owner, inferred)
  1 web  0.0.0.0/0 Appliance to-nva      10.0.1.4 is nva (next-hop-owner, inferred)
  1 web  0.0.0.0/0 GlobalPeering to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  1 web  0.0.0.0/0 Peering to-nva        10.0.1.4 is nva (next-hop-owner, inferred)
  1 web  0.0.0.0/0 None to-nva           10.0.1.4 is nva (next-hop-owner, inferred)

  symmetric  both directions pass nva
  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> 70 columns
⟨1⟩10.1.0.4 → 10.2.0.4 tcp 443  ⟨22⟩⟨1⟩⟨32⟩delivered to db (assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE                    WHY⟨22⟩
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Gateway        10.0.1.4 is nva (next-hop-owner,
                                  inferred)
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance      10.0.1.4 is nva (next-hop-owner,
                                  inferred)
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance      10.0.1.4 is nva (next-hop-owner,
                                  inferred)
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 GlobalPeering  10.0.1.4 is nva (next-hop-owner,
                                  inferred)
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Peering        10.0.1.4 is nva (next-hop-owner,
                                  inferred)
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 None           10.0.1.4 is nva (next-hop-owner,
                                  inferred)

⟨36⟩  symmetric  ⟨39⟩⟨32⟩both directions pass nva⟨39⟩
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks, peerings and IP⟨22⟩
        ⟨2⟩forwarding⟨22⟩
`);
  const verbose = await printed("trace", report, { view: { verbose: true }, widths: [null] });
  expect(verbose).toBe(`
> in a pipe
10.1.0.4 → 10.2.0.4 tcp 443  delivered to db (assumed)

    HOP  ROUTE                       WHY
  1 web  0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva  10.2.0.0/16 Peering         db has 10.2.0.4 (vnet-host, assumed)
  3 db                               delivered to db (vnet-host, inferred)

  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it
  rule 1  next-hop-owner (inferred): 10.0.1.4 is nva; https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
  rule 1  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix; https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
  rule 2  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again; https://github.com/kaysalawu/azure-network-terraform/tree/main/4-general/01-ipsec-over-er
  rule 2  vnet-host (inferred): db has 10.2.0.4; https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
  rule 2  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix; https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
  rule 3  vnet-host (inferred): delivered to db; https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview

10.2.0.4 → 10.1.0.4 tcp  delivered to web (assumed)

    HOP  ROUTE                       WHY
  1 db   0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva  10.1.0.0/16 Peering         web has 10.1.0.4 (vnet-host, assumed)
  3 web                              delivered to web (vnet-host, inferred)

  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it
  rule 1  next-hop-owner (inferred): 10.0.1.4 is nva; https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
  rule 1  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix; https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
  rule 2  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again; https://github.com/kaysalawu/azure-network-terraform/tree/main/4-general/01-ipsec-over-er
  rule 2  vnet-host (inferred): web has 10.1.0.4; https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
  rule 2  hop-own-table (documented): 10.1.0.0/16 wins by longest-prefix; https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
  rule 3  vnet-host (inferred): delivered to web; https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview

  symmetric  both directions pass nva
  data  DIR/exports, route tables only: no networks, peerings and IP forwarding
`);
});

test("packets that are dropped, go in a circle, leave Azure or are lost from sight", async () => {
  let text = "";
  for (const to of [
    "8.8.8.8",
    "10.3.0.1",
    "10.4.0.1",
    "10.5.0.1",
    "10.9.0.1",
    "172.16.1.1",
    "2001:db8::1",
    "168.63.129.16",
  ]) {
    const report = await traced("--from", "web", "--to", to);
    text += await printed("trace", report, {
      view: { verbose: false },
      formats: ["short", "table", "mermaid", "dot"],
      widths: [60],
    });
  }
  expect(text).toBe(`
> short
10.1.0.4 → 8.8.8.8  leaves for the Internet (assumed)  by web, nva

> table
10.1.0.4 → 8.8.8.8  leaves for the Internet (assumed)

    HOP  ROUTE                       WHY
  1 web  0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva  0.0.0.0/0 Internet          leaves for the Internet (leaves-azure, assumed)

  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it

  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 8.8.8.8: leaves for the Internet"]
    there1["web<br/>0.0.0.0/0"]
    there2["nva<br/>0.0.0.0/0"]
    there1 -->|next-hop-owner| there2
    there2end0(["leaves-azure"])
    there2 -.-> there2end0
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="10.1.0.4 to 8.8.8.8: leaves for the Internet";
    there1 [label="web, 0.0.0.0/0"];
    there2 [label="nva, 0.0.0.0/0"];
    there1 -> there2 [label="next-hop-owner"];
    there2end0 [label="leaves-azure", shape=ellipse];
    there2 -> there2end0 [style=dashed];
  }
}

> 60 columns
⟨1⟩10.1.0.4 → 8.8.8.8  ⟨22⟩⟨1⟩⟨32⟩leaves for the Internet (assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE                WHY⟨22⟩
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance  10.0.1.4 is nva
                              (next-hop-owner, inferred)
  ⟨32⟩2⟨39⟩ ⟨32⟩nva  0.0.0.0/0 Internet   leaves for the Internet⟨39⟩
                              ⟨32⟩(leaves-azure, assumed)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are
           unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩

> short
10.1.0.4 → 10.3.0.1  DROPPED: only Azure's default None route (10.3.0.0/16) covers it (assumed)  by web, nva

> table
10.1.0.4 → 10.3.0.1  DROPPED: only Azure's default None route (10.3.0.0/16) covers it (assumed)

    HOP  ROUTE                       WHY
  1 web  0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva  10.3.0.0/16 None            DROPPED: only Azure's default None route (10.3.0.0/16) covers it (hop-own-table, assumed)

  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it

  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 10.3.0.1: DROPPED: only Azure's default None route (10.3.0.0/16) covers it"]
    there1["web<br/>0.0.0.0/0"]
    there2["nva<br/>10.3.0.0/16"]
    there1 -->|next-hop-owner| there2
    there2end0(["dropped"])
    there2 -.-> there2end0
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="10.1.0.4 to 10.3.0.1: DROPPED: only Azure's default None route (10.3.0.0/16) covers it";
    there1 [label="web, 0.0.0.0/0"];
    there2 [label="nva, 10.3.0.0/16"];
    there1 -> there2 [label="next-hop-owner"];
    there2end0 [label="dropped", shape=ellipse];
    there2 -> there2end0 [style=dashed];
  }
}

> 60 columns
⟨1⟩10.1.0.4 → 10.3.0.1  ⟨22⟩⟨1⟩⟨31⟩DROPPED: only Azure's default None⟨39⟩⟨22⟩
                     ⟨1⟩⟨31⟩route (10.3.0.0/16) covers it (assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE⟨22⟩
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance
      10.0.1.4 is nva (next-hop-owner, inferred)
  ⟨31⟩2⟨39⟩ ⟨31⟩nva  10.3.0.0/16 None⟨39⟩
      ⟨31⟩DROPPED: only Azure's default None route (10.3.0.0/16)⟨39⟩
      ⟨31⟩covers it (hop-own-table, assumed)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are
           unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩

> short
10.1.0.4 → 10.4.0.1  depends: loops at nva unless it encapsulates (assumed)  by web, nva

> table
10.1.0.4 → 10.4.0.1  depends: loops at nva unless it encapsulates (assumed)

    HOP  ROUTE                            WHY
  1 web  0.0.0.0/0 Appliance to-nva       10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva  10.4.0.0/16 Appliance to-itself  next hop 10.0.1.4 is nva itself: loops unless nva encapsulates (self-next-hop, assumed)

  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it

  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 10.4.0.1: loops at nva unless it encapsulates"]
    there1["web<br/>0.0.0.0/0"]
    there2["nva<br/>10.4.0.0/16"]
    there1 -->|next-hop-owner| there2
    there2end0(["loop"])
    there2 -.-> there2end0
    there2end1(["unknown"])
    there2 -.-> there2end1
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="10.1.0.4 to 10.4.0.1: loops at nva unless it encapsulates";
    there1 [label="web, 0.0.0.0/0"];
    there2 [label="nva, 10.4.0.0/16"];
    there1 -> there2 [label="next-hop-owner"];
    there2end0 [label="loop", shape=ellipse];
    there2 -> there2end0 [style=dashed];
    there2end1 [label="unknown", shape=ellipse];
    there2 -> there2end1 [style=dashed];
  }
}

> 60 columns
⟨1⟩10.1.0.4 → 10.4.0.1  ⟨22⟩⟨1⟩⟨33⟩depends: loops at nva unless it⟨39⟩⟨22⟩
                     ⟨1⟩⟨33⟩encapsulates (assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE⟨22⟩
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance
      10.0.1.4 is nva (next-hop-owner, inferred)
  ⟨33⟩2⟨39⟩ ⟨33⟩nva  10.4.0.0/16 Appliance⟨39⟩
      ⟨33⟩next hop 10.0.1.4 is nva itself: loops unless nva⟨39⟩
      ⟨33⟩encapsulates (self-next-hop, assumed)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are
           unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩

> short
10.1.0.4 → 10.5.0.1  delivered to the network of 10.5.0.1 (assumed)  by web, nva, 10.5.0.1

> table
10.1.0.4 → 10.5.0.1  delivered to the network of 10.5.0.1 (assumed)

    HOP       ROUTE                       WHY
  1 web       0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva       10.5.0.0/16 GlobalPeering   the route leads to the network of 10.5.0.1 (vnet-host, assumed)
  3 10.5.0.1                              delivered to the network of 10.5.0.1 (vnet-host, assumed)

  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it
  assumed  the network is unknown, so a host with 10.5.0.1 is assumed

  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 10.5.0.1: delivered to the network of 10.5.0.1"]
    there1["web<br/>0.0.0.0/0"]
    there2["nva<br/>10.5.0.0/16"]
    there3["10.5.0.1"]
    there1 -->|next-hop-owner| there2
    there2 -->|appliance-inside| there3
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="10.1.0.4 to 10.5.0.1: delivered to the network of 10.5.0.1";
    there1 [label="web, 0.0.0.0/0"];
    there2 [label="nva, 10.5.0.0/16"];
    there3 [label="10.5.0.1"];
    there1 -> there2 [label="next-hop-owner"];
    there2 -> there3 [label="appliance-inside"];
  }
}

> 60 columns
⟨1⟩10.1.0.4 → 10.5.0.1  ⟨22⟩⟨1⟩⟨32⟩delivered to the network of 10.5.0.1⟨39⟩⟨22⟩
                     ⟨1⟩⟨32⟩(assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP       ROUTE⟨22⟩
  ⟨2⟩1⟨22⟩ web       0.0.0.0/0 Appliance
      10.0.1.4 is nva (next-hop-owner, inferred)
  ⟨2⟩2⟨22⟩ nva       10.5.0.0/16 GlobalPeering
      the route leads to the network of 10.5.0.1 (vnet-host,
      assumed)
  ⟨32⟩3⟨39⟩ ⟨32⟩10.5.0.1⟨39⟩
      ⟨32⟩delivered to the network of 10.5.0.1 (vnet-host,⟨39⟩
      ⟨32⟩assumed)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are
           unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it
⟨36⟩  assumed  ⟨39⟩the network is unknown, so a host with 10.5.0.1
           is assumed

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩

> short
10.1.0.4 → 10.9.0.1  NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it (assumed)  by web, nva

> table
10.1.0.4 → 10.9.0.1  NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it (assumed)

    HOP  ROUTE                       WHY
  1 web  0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva  0.0.0.0/0 Internet          NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it (hop-own-table, assumed)

  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it

  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 10.9.0.1: NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it"]
    there1["web<br/>0.0.0.0/0"]
    there2["nva<br/>0.0.0.0/0"]
    there1 -->|next-hop-owner| there2
    there2end0(["dropped"])
    there2 -.-> there2end0
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="10.1.0.4 to 10.9.0.1: NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it";
    there1 [label="web, 0.0.0.0/0"];
    there2 [label="nva, 0.0.0.0/0"];
    there1 -> there2 [label="next-hop-owner"];
    there2end0 [label="dropped", shape=ellipse];
    there2 -> there2end0 [style=dashed];
  }
}

> 60 columns
⟨1⟩10.1.0.4 → 10.9.0.1  ⟨22⟩⟨1⟩⟨31⟩NOT DELIVERED: a private address, and⟨39⟩⟨22⟩
                     ⟨1⟩⟨31⟩only Internet (0.0.0.0/0) covers it⟨39⟩⟨22⟩
                     ⟨1⟩⟨31⟩(assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE⟨22⟩
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance
      10.0.1.4 is nva (next-hop-owner, inferred)
  ⟨31⟩2⟨39⟩ ⟨31⟩nva  0.0.0.0/0 Internet⟨39⟩
      ⟨31⟩NOT DELIVERED: a private address, and only Internet⟨39⟩
      ⟨31⟩(0.0.0.0/0) covers it (hop-own-table, assumed)⟨39⟩

⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are
           unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩

> short
10.1.0.4 → 172.16.1.1  leaves by vpn to BGP peer 172.16.0.4 AS 65001; leaves by vpn to BGP peer 172.16.0.5 AS 65001 (inferred)  by web, vpn

> table
10.1.0.4 → 172.16.1.1  leaves by vpn to BGP peer 172.16.0.4 AS 65001; leaves by vpn to BGP peer 172.16.0.5 AS 65001 (inferred)

    HOP  ROUTE                                     WHY
  1 web  172.16.0.0/16 Gateway                     10.0.0.4 is vpn (gateway, observed)
  2 vpn  172.16.0.0/16 EBgp AS 65001 65002 ECMP 2  172.16.0.0/16 EBgp AS 65001 65002 to 172.16.0.4, 172.16.0.5 (gateway-route, inferred)

  note  vpn: 2 equal-cost next hops (ECMP)

  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 172.16.1.1: leaves by vpn to BGP peer 172.16.0.4 AS 65001; leaves by vpn to BGP peer 172.16.0.5 AS 65001"]
    there1["web<br/>172.16.0.0/16"]
    there2["vpn<br/>172.16.0.0/16"]
    there1 -->|gateway| there2
    there2end0(["leaves-azure"])
    there2 -.-> there2end0
    there2end1(["leaves-azure"])
    there2 -.-> there2end1
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="10.1.0.4 to 172.16.1.1: leaves by vpn to BGP peer 172.16.0.4 AS 65001; leaves by vpn to BGP peer 172.16.0.5 AS 65001";
    there1 [label="web, 172.16.0.0/16"];
    there2 [label="vpn, 172.16.0.0/16"];
    there1 -> there2 [label="gateway"];
    there2end0 [label="leaves-azure", shape=ellipse];
    there2 -> there2end0 [style=dashed];
    there2end1 [label="leaves-azure", shape=ellipse];
    there2 -> there2end1 [style=dashed];
  }
}

> 60 columns
⟨1⟩10.1.0.4 → 172.16.1.1  ⟨22⟩⟨1⟩⟨32⟩leaves by vpn to BGP peer 172.16.0.4⟨39⟩⟨22⟩
                       ⟨1⟩⟨32⟩AS 65001; leaves by vpn to BGP peer⟨39⟩⟨22⟩
                       ⟨1⟩⟨32⟩172.16.0.5 AS 65001 (inferred)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE⟨22⟩
  ⟨2⟩1⟨22⟩ web  172.16.0.0/16 Gateway
      10.0.0.4 is vpn (gateway, observed)
  ⟨32⟩2⟨39⟩ ⟨32⟩vpn  172.16.0.0/16 EBgp ECMP 2⟨39⟩
      ⟨32⟩172.16.0.0/16 EBgp AS 65001 65002 to 172.16.0.4,⟨39⟩
      ⟨32⟩172.16.0.5 (gateway-route, inferred)⟨39⟩

⟨36⟩  note  ⟨39⟩vpn: 2 equal-cost next hops (ECMP)

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩

> short
10.1.0.4 → 2001:db8::1  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)  by web

> table
10.1.0.4 → 2001:db8::1  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

    HOP  ROUTE  WHY
  1 web         NOT SENT: no row is IPv6, so the subnet has no IPv6 (hop-own-table, inferred)

  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 2001:db8::1: NOT SENT: no row is IPv6, so the subnet has no IPv6"]
    there1["web"]
    there1end0(["no-route"])
    there1 -.-> there1end0
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="10.1.0.4 to 2001:db8::1: NOT SENT: no row is IPv6, so the subnet has no IPv6";
    there1 [label="web"];
    there1end0 [label="no-route", shape=ellipse];
    there1 -> there1end0 [style=dashed];
  }
}

> 60 columns
⟨1⟩10.1.0.4 → 2001:db8::1  ⟨22⟩⟨1⟩⟨31⟩NOT SENT: no row is IPv6, so the⟨39⟩⟨22⟩
                        ⟨1⟩⟨31⟩subnet has no IPv6 (inferred)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE  WHY⟨22⟩
  ⟨31⟩1⟨39⟩ ⟨31⟩web         NOT SENT: no row is IPv6, so the subnet has⟨39⟩
                ⟨31⟩no IPv6 (hop-own-table, inferred)⟨39⟩

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩

> short
10.1.0.4 → 168.63.129.16  delivered to the Azure host (inferred)  by web, the Azure host

> table
10.1.0.4 → 168.63.129.16  delivered to the Azure host (inferred)

    HOP             ROUTE  WHY
  1 web                    answered by the Azure host, not by a route (hop-own-table, documented)
  2 the Azure host         delivered to the Azure host (vnet-host, inferred)

  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 168.63.129.16: delivered to the Azure host"]
    there1["web"]
    there2["the Azure host"]
    there1 -->|hop-own-table| there2
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="10.1.0.4 to 168.63.129.16: delivered to the Azure host";
    there1 [label="web"];
    there2 [label="the Azure host"];
    there1 -> there2 [label="hop-own-table"];
  }
}

> 60 columns
⟨1⟩10.1.0.4 → 168.63.129.16  ⟨22⟩⟨1⟩⟨32⟩delivered to the Azure host⟨39⟩⟨22⟩
    ⟨1⟩⟨32⟩(inferred)⟨39⟩⟨22⟩

    ⟨2⟩HOP             ROUTE  WHY⟨22⟩
  ⟨2⟩1⟨22⟩ web                    answered by the Azure host, not
                           by a route (hop-own-table,
                           documented)
  ⟨32⟩2⟨39⟩ ⟨32⟩the Azure host         delivered to the Azure host⟨39⟩
                           ⟨32⟩(vnet-host, inferred)⟨39⟩

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩
`);
});

test("a packet that a gateway sends", async () => {
  const report = await traced("--from", "gateway:vpn", "--to", "172.16.1.1", "--protocol", "udp");
  const text = await printed("trace", report, { view: { verbose: true }, formats: FORMATS, widths: [50] });
  expect(text).toBe(`
> table
vpn → 172.16.1.1 udp  leaves by vpn to BGP peer 172.16.0.4 AS 65001; leaves by vpn to BGP peer 172.16.0.5 AS 65001 (inferred)

    HOP  ROUTE                                     WHY
  1 vpn  172.16.0.0/16 EBgp AS 65001 65002 ECMP 2  172.16.0.0/16 EBgp AS 65001 65002 to 172.16.0.4, 172.16.0.5 (gateway-route, inferred)

  note  vpn: 2 equal-cost next hops (ECMP)
  rule 1  gateway-route (inferred): 172.16.0.0/16 EBgp AS 65001 65002 to 172.16.0.4, 172.16.0.5; https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview
  rule 1  gateway-route (inferred): 172.16.0.0/16 EBgp AS 65001 65002; https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview
  rule 1  leaves-azure (inferred): leaves by vpn to BGP peer 172.16.0.4 AS 65001; https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
  rule 1  leaves-azure (inferred): leaves by vpn to BGP peer 172.16.0.5 AS 65001; https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem

  data  DIR/exports, route tables only: no networks, peerings and IP forwarding

> short
vpn → 172.16.1.1 udp  leaves by vpn to BGP peer 172.16.0.4 AS 65001; leaves by vpn to BGP peer 172.16.0.5 AS 65001 (inferred)  by vpn

> csv
direction,hop,kind,name,address,network,addressPrefix,nextHopType,nextHop,routeName,rule,certainty,next,disposition,text,assumptions,resourceId
there,1,gateway,vpn,,,172.16.0.0/16,,"172.16.0.4,172.16.0.5",,gateway-route,inferred,,leaves-azure,"172.16.0.0/16 EBgp AS 65001 65002 to 172.16.0.4, 172.16.0.5",,vpn

> mermaid
flowchart LR
  subgraph there["vpn to 172.16.1.1: leaves by vpn to BGP peer 172.16.0.4 AS 65001; leaves by vpn to BGP peer 172.16.0.5 AS 65001"]
    there1["vpn<br/>172.16.0.0/16"]
    there1end0(["leaves-azure"])
    there1 -.-> there1end0
    there1end1(["leaves-azure"])
    there1 -.-> there1end1
  end

> dot
digraph trace {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_there {
    label="vpn to 172.16.1.1: leaves by vpn to BGP peer 172.16.0.4 AS 65001; leaves by vpn to BGP peer 172.16.0.5 AS 65001";
    there1 [label="vpn, 172.16.0.0/16"];
    there1end0 [label="leaves-azure", shape=ellipse];
    there1 -> there1end0 [style=dashed];
    there1end1 [label="leaves-azure", shape=ellipse];
    there1 -> there1end1 [style=dashed];
  }
}

> 50 columns
⟨1⟩vpn → 172.16.1.1 udp  ⟨22⟩⟨1⟩⟨32⟩leaves by vpn to BGP peer⟨39⟩⟨22⟩
    ⟨1⟩⟨32⟩172.16.0.4 AS 65001; leaves by vpn to BGP peer⟨39⟩⟨22⟩
    ⟨1⟩⟨32⟩172.16.0.5 AS 65001 (inferred)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE⟨22⟩
  ⟨32⟩1⟨39⟩ ⟨32⟩vpn  172.16.0.0/16 EBgp ECMP 2⟨39⟩
      ⟨32⟩172.16.0.0/16 EBgp AS 65001 65002 to⟨39⟩
      ⟨32⟩172.16.0.4, 172.16.0.5 (gateway-route,⟨39⟩
      ⟨32⟩inferred)⟨39⟩

⟨36⟩  note  ⟨39⟩vpn: 2 equal-cost next hops (ECMP)
⟨36⟩  rule 1  ⟨39⟩gateway-route (inferred): 172.16.0.0/16
          EBgp AS 65001 65002 to 172.16.0.4,
          172.16.0.5;
https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview
⟨36⟩  rule 1  ⟨39⟩gateway-route (inferred): 172.16.0.0/16
          EBgp AS 65001 65002;
https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview
⟨36⟩  rule 1  ⟨39⟩leaves-azure (inferred): leaves by vpn
          to BGP peer 172.16.0.4 AS 65001;
https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
⟨36⟩  rule 1  ⟨39⟩leaves-azure (inferred): leaves by vpn
          to BGP peer 172.16.0.5 AS 65001;
https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no⟨22⟩
        ⟨2⟩networks, peerings and IP forwarding⟨22⟩
`);
});

test("what Network Watcher says of each hop and of the whole, and why a reply is not traced", async () => {
  const report = await traced("--from", "web", "--to", "10.2.0.4", "--port", "22");
  const says = (text: string, agrees: boolean | null) => ({
    text,
    agrees,
    nextHopType: "Internet",
    nextHopIpAddress: null,
  });
  const verification = {
    nextHops: [
      { direction: "there", hop: 1, name: "web", networkWatcher: says("Network Watcher agrees", true) },
      { direction: "back", hop: 1, name: "db", networkWatcher: says("Network Watcher says Internet", false) },
    ],
    connection: { status: null, hops: [], agrees: null, text: "no answer" },
  };
  const [hop, ...hops] = report.trace.hops;
  const trace = {
    ...report.trace,
    hops: [
      {
        ...hop,
        network: "spoke1",
        notes: [
          { id: "a", level: "problem", text: "a problem of a hop" },
          { id: "b", level: "remark", text: "a remark" },
        ],
      },
      ...hops.map((each: object) => ({ ...each, notes: [{ id: "b", level: "remark", text: "a remark" }] })),
    ],
    notes: [{ id: "c", level: "problem", text: "a problem of the whole" }],
  };
  const snapshot = { name: "prod", takenAt: "2026-11-29T10:00:00.123Z", complete: false, inventory: true };
  const changed = { ...report, trace, verification, returnReason: "nothing has 10.2.0.4", snapshot };
  const text = await printed("trace", changed, {
    view: { verbose: false },
    formats: ["table", "csv", "mermaid"],
    widths: [60],
  });
  expect(text).toBe(`
> table
10.1.0.4 → 10.2.0.4 port 22  delivered to db (assumed)

    HOP           ROUTE                       WHY
  1 web (spoke1)  0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva (next-hop-owner, inferred)
  2 nva           10.2.0.0/16 Peering         db has 10.2.0.4 (vnet-host, assumed)
  3 db                                        delivered to db (vnet-host, inferred)

  ! a problem of the whole
  ! web: a problem of a hop
  assumed  nva forwards it: its filters, NAT and tunnels are unknown
  assumed  IP forwarding of nva is on: no data confirms it
  note  web: a remark
  note  nva: a remark
  note  db: a remark

  return  not traced: nothing has 10.2.0.4
  verify  hop 1 web: Network Watcher agrees
  verify  reply, hop 1 db: Network Watcher says Internet
  verify  no answer
  data  prod, taken 2026-11-29T10:00:00Z, incomplete

> csv
direction,hop,kind,name,address,network,addressPrefix,nextHopType,nextHop,routeName,rule,certainty,next,disposition,text,assumptions,resourceId
there,1,nic,web,10.1.0.4,spoke1,0.0.0.0/0,VirtualAppliance,10.0.1.4,to-nva,next-hop-owner,inferred,2,,10.0.1.4 is nva,,web
there,2,nic,nva,10.0.1.4,,10.2.0.0/16,VNetPeering,,,appliance-inside,assumed,3,,"the appliance forwards, and the packet leaves by nva again","appliance-forwards,ip-forwarding",nva
there,3,host,db,10.2.0.4,,,,,,vnet-host,inferred,,delivered,delivered to db,,db

> mermaid
flowchart LR
  subgraph there["10.1.0.4 to 10.2.0.4: delivered to db"]
    there1["web<br/>0.0.0.0/0"]
    there2["nva<br/>10.2.0.0/16"]
    there3["db"]
    there1 -->|next-hop-owner| there2
    there2 -->|appliance-inside| there3
  end

> 60 columns
⟨1⟩10.1.0.4 → 10.2.0.4 port 22  ⟨22⟩⟨1⟩⟨32⟩delivered to db (assumed)⟨39⟩⟨22⟩

    ⟨2⟩HOP  ROUTE                WHY⟨22⟩
  ⟨2⟩1⟨22⟩ web  0.0.0.0/0 Appliance  10.0.1.4 is nva
                              (next-hop-owner, inferred)
  ⟨2⟩2⟨22⟩ nva  10.2.0.0/16 Peering  db has 10.2.0.4 (vnet-host,
                              assumed)
  ⟨32⟩3⟨39⟩ ⟨32⟩db                        delivered to db (vnet-host,⟨39⟩
                              ⟨32⟩inferred)⟨39⟩

⟨33⟩  ! ⟨39⟩a problem of the whole
⟨33⟩  ! ⟨39⟩web: a problem of a hop
⟨36⟩  assumed  ⟨39⟩nva forwards it: its filters, NAT and tunnels are
           unknown
⟨36⟩  assumed  ⟨39⟩IP forwarding of nva is on: no data confirms it
⟨36⟩  note  ⟨39⟩web: a remark
⟨36⟩  note  ⟨39⟩nva: a remark
⟨36⟩  note  ⟨39⟩db: a remark

⟨36⟩  return  ⟨39⟩not traced: nothing has 10.2.0.4
⟨36⟩  verify  ⟨39⟩⟨32⟩hop 1 web: Network Watcher agrees⟨39⟩
⟨36⟩  verify  ⟨39⟩⟨33⟩reply, hop 1 db: Network Watcher says Internet⟨39⟩
⟨36⟩  verify  ⟨39⟩no answer
⟨36⟩  data  ⟨39⟩⟨2⟩prod, taken 2026-11-29T10:00:00Z, incomplete⟨22⟩
`);
});

test("the stateful hops of both directions: equal, different, or not known to be", async () => {
  const report = await traced("--from", "web", "--to", "10.2.0.4", "--return");
  const notes = [
    { id: "x", level: "remark", text: "a remark on both" },
    { id: "y", level: "problem", text: "left to the hops" },
  ];
  const symmetry = { text: "the stateful hops", there: [], back: [], notes };
  let text = "";
  for (const symmetric of [true, false, null]) {
    const shown = await printed(
      "trace",
      { ...report, symmetric, symmetry },
      { view: { verbose: false }, widths: [60] },
    );
    text += shown.slice(shown.lastIndexOf("\n\n"));
  }
  expect(text).toBe(`

⟨36⟩  symmetric  ⟨39⟩⟨32⟩the stateful hops⟨39⟩
⟨36⟩  note  ⟨39⟩a remark on both
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩


⟨36⟩  not symmetric  ⟨39⟩⟨33⟩the stateful hops⟨39⟩
⟨36⟩  note  ⟨39⟩a remark on both
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩


⟨36⟩  symmetry  ⟨39⟩⟨33⟩the stateful hops⟨39⟩
⟨36⟩  note  ⟨39⟩a remark on both
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports, route tables only: no networks,⟨22⟩
        ⟨2⟩peerings and IP forwarding⟨22⟩
`);
});

test("a row of a hop has every field, those of its route among them", () => {
  const hop = {
    ...{
      index: 2,
      kind: "nic",
      name: "web",
      address: "10.1.0.4",
      network: "spoke",
      next: [3, 4],
      certainty: "assumed",
    },
    ...{ disposition: "depends", rule: { id: "vnet-host", text: "db has it" }, resourceId: "/s/web" },
    assumptions: [{ id: "a" }, { id: "b" }],
  };
  const route = {
    addressPrefix: "10.2.0.0/16",
    nextHopType: "VNetPeering",
    nextHopIpAddress: ["10.0.0.4", "10.0.0.5"],
  };
  const ofGateway = { addressPrefix: "10.2.0.0/16", nextHopType: null, nextHops: ["10.0.0.6"] };
  const hops = [{ ...route, name: "to-db" }, ofGateway, null].map((winner) => ({ ...hop, winner }));
  const rows = traceKind.rows({ trace: { hops }, return: null } as unknown as TraceReport);
  const before = ["there", 2, "nic", "web", "10.1.0.4", "spoke"];
  const after = ["vnet-host", "assumed", ["3", "4"], "depends", "db has it", ["a", "b"], "/s/web"];
  expect([...rows]).toEqual([
    [...before, "10.2.0.0/16", "VNetPeering", ["10.0.0.4", "10.0.0.5"], "to-db", ...after],
    [...before, "10.2.0.0/16", null, ["10.0.0.6"], null, ...after],
    [...before, null, null, [], null, ...after],
  ]);
});

test.each<[what: string, rules: readonly string[], shown: string]>([
  ["the rule after the one of an appliance's inside", ["appliance-inside", "vnet-host", "x"], "vnet-host"],
  ["the rule of an appliance's inside, where it is the only one", ["appliance-inside"], "appliance-inside"],
  ["the first of other rules", ["vnet-host", "appliance-inside"], "vnet-host"],
])("the decisive rule of a hop is %s", (_, ids, shown) => {
  const rules = ids.map((id) => ({ id }));
  expect(decisiveRule({ rule: rules[0], rules } as unknown as Hop).id).toBe(shown);
});

test("each outcome has its word and its colour, and a certainty that is not documented is said", async () => {
  const report = await traced("--from", "web", "--to", "10.2.0.4");
  const dispositions = ["delivered", "leaves-azure", "dropped", "no-route", "loop", "refused", "unknown", "depends"];
  let text = "";
  for (const disposition of dispositions) {
    for (const certainty of ["documented", "assumed", "unknown"]) {
      const trace = { ...report.trace, disposition, certainty, text: "some text", hops: [] };
      text += await printed("trace", { ...report, trace }, { widths: [80] });
    }
  }
  const answers = text.replace(/^(?!.*some text).*\n/gm, "").replace(/^.*10\.2\.0\.4 {2}/gm, "");
  expect(answers).toBe(`⟨22⟩⟨1⟩⟨32⟩some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨32⟩some text (assumed)⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨32⟩some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨32⟩some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨32⟩some text (assumed)⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨32⟩some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩DROPPED: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩DROPPED: some text (assumed)⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩DROPPED: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩NO ROUTE: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩NO ROUTE: some text (assumed)⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩NO ROUTE: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩LOOP: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩LOOP: some text (assumed)⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩LOOP: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩REFUSED: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩REFUSED: some text (assumed)⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨31⟩REFUSED: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨33⟩unknown: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨33⟩unknown: some text (assumed)⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨33⟩unknown: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨33⟩depends: some text⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨33⟩depends: some text (assumed)⟨39⟩⟨22⟩
⟨22⟩⟨1⟩⟨33⟩depends: some text⟨39⟩⟨22⟩
`);
});

const NIC_ROUTE = { addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: ["10.0.0.4"] };
const BGP_ROUTE = { addressPrefix: "10.0.0.0/8", nextHopType: "Gateway", nextHops: ["10.0.0.4"], asPath: [] };

test.each<[what: string, hop: object, route: string, shorter: string]>([
  ["no route", { winner: null }, "", ""],
  ["rules", { kind: "load-balancer", winner: null, loadBalancingRules: ["ha", "web"] }, "ha, web", "ha, web"],
  [
    "a user route with its name",
    { winner: { ...NIC_ROUTE, name: "to-fw" } },
    "0.0.0.0/0 Appliance to-fw",
    "0.0.0.0/0 Appliance",
  ],
  ["one next hop, not counted", { winner: { ...NIC_ROUTE, name: null } }, "0.0.0.0/0 Appliance", "0.0.0.0/0 Appliance"],
  [
    "two next hops of equal cost",
    { winner: { ...NIC_ROUTE, name: null, nextHopIpAddress: ["10.0.0.4", "10.0.0.5"] } },
    ...(["0.0.0.0/0 Appliance ECMP 2", "0.0.0.0/0 Appliance ECMP 2"] as const),
  ],
  ...[
    ["VirtualNetworkGateway", "Gateway"],
    ["VIRTUALAPPLIANCEECMP", "Appliance"],
    ["VNetGlobalPeering", "GlobalPeering"],
    ["VNetPeering", "Peering"],
    ["VnetLocal", "VnetLocal"],
  ].map(([nextHopType, word]): [string, object, string, string] => {
    const winner = { ...NIC_ROUTE, name: null, nextHopType };
    return [`the type ${nextHopType}`, { winner }, `0.0.0.0/0 ${word}`, `0.0.0.0/0 ${word}`];
  }),
  [
    "where a gateway learned it, and its AS path",
    { winner: { ...BGP_ROUTE, origin: "EBgp", asPath: [65001, 65002] } },
    ...(["10.0.0.0/8 EBgp AS 65001 65002", "10.0.0.0/8 EBgp"] as const),
  ],
  [
    "the type where a gateway names no origin",
    { winner: { ...BGP_ROUTE, origin: null } },
    ...both("10.0.0.0/8 Gateway"),
  ],
  [
    "the type where the origin is an id",
    { winner: { ...BGP_ROUTE, origin: "/subscriptions/1/hub" } },
    ...both("10.0.0.0/8 Gateway"),
  ],
])("the route of a hop in a few words: %s", (_, hop, route, shorter) => {
  const shown = { kind: "nic", ...hop } as unknown as Hop;
  expect([routeOf(shown, false), routeOf(shown, true)]).toEqual([route, shorter]);
});

function both(text: string): readonly [string, string] {
  return [text, text];
}

test.each<[next: readonly number[], why: string]>([
  [[], "the rule's text (vnet-host, assumed)"],
  [[3], "the rule's text (vnet-host, assumed)"],
  [[1], "→ 1  the rule's text (vnet-host, assumed)"],
  [[4], "→ 4  the rule's text (vnet-host, assumed)"],
  [[3, 4], "→ 3, 4  the rule's text (vnet-host, assumed)"],
])("hop 2 names its next hops %j unless that is hop 3 alone", async (next, why) => {
  const report = await traced("--from", "web", "--to", "10.2.0.4");
  const rule = { id: "vnet-host", text: "the rule's text" };
  const hop = { ...report.trace.hops[1], next, rule, rules: [rule] };
  const hops = [report.trace.hops[0], hop, report.trace.hops[2]];
  const text = await printed("trace", { ...report, trace: { ...report.trace, hops } }, { formats: ["table"] });
  expect(text).toContain(`\n  2 nva  10.2.0.0/16 Peering         ${why}\n`);
});

test("only a text that starts with DROPPED or NOT SENT says by itself that the packet is lost", () => {
  const answer = (text: string) =>
    answerOf({ disposition: "dropped", text, certainty: "documented" } as unknown as Trace);
  const told = ["DROPPED: by to-none", "NOT SENT: no IPv6", "NOT DELIVERED: a private address"];
  expect([...told, "by web, DROPPED: at fw"].map(answer)).toEqual([...[...told, "DROPPED: by web, DROPPED: at fw"]]);
});

test.each<[trace: object, asked: string]>([
  [{ from: { address: "10.1.0.5", name: "web" }, protocol: "tcp", port: 443 }, "10.1.0.5 → 10.2.0.4 tcp 443"],
  [{ from: { address: null, name: "vpn" }, protocol: "udp", port: null }, "vpn → 10.2.0.4 udp"],
  [{ from: { address: null, name: "vpn" }, protocol: null, port: 0 }, "vpn → 10.2.0.4 port 0"],
  [{ from: { address: null, name: "vpn" }, protocol: null, port: null }, "vpn → 10.2.0.4"],
])("the question of the trace %j", (trace, asked) => {
  expect(askedOf({ to: "10.2.0.4", ...trace } as unknown as Trace)).toBe(asked);
});
