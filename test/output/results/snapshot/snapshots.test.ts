import { join } from "node:path";
import { expect, test } from "vitest";
import { snapshotAnswers } from "../../../../src/output/results/snapshot/answers.ts";
import { snapshotDiff } from "../../../../src/output/results/snapshot/diff.ts";
import { snapshotRoutes } from "../../../../src/output/results/snapshot/routes.ts";
import { snapshot } from "../../../../src/output/results/snapshot/snapshot.ts";
import { run } from "../../../commands/run-in-process.ts";
import { body, DIRECT, type FixtureNic, NVA, snapshotDirectory } from "../../../commands/snapshot-fixture.ts";
import { temporaryDirectory } from "../../../store/temporary-directory.ts";
import { printed } from "../../printed.ts";

const scratch = temporaryDirectory();
const OTHER = body("10.0.0.0/16 VnetLocal", "0.0.0.0/0 VirtualAppliance 10.0.1.4 default", "30.0.0.0/8 None - to-none");
const NICS: readonly FixtureNic[] = [
  ["web01", "hub/app", NVA],
  ["web02", "hub/app", NVA],
  ["db01", "spoke/db", OTHER],
  ["mgmt", "hub/mgmt", DIRECT],
  ["a", "many/a", NVA],
  ["b", "many/b", NVA],
  ["c", "many/c", NVA],
  ["d", "many/d", NVA],
  ["e1", "many/e", NVA],
  ["e2", "many/e", DIRECT],
  ["batch", "spoke/batch", null],
];
const MOVED = body("10.0.0.0/16 VnetLocal", "0.0.0.0/0 VirtualAppliance 10.0.1.5 to-nva", "20.0.0.0/8 None - gone");
const before = snapshotDirectory(join(scratch, "before"), NICS);
const after = snapshotDirectory(join(scratch, "after"), [
  ...NICS.slice(3, 8).map(([nic, subnet]): FixtureNic => [nic, subnet, MOVED]),
  ["web01", "hub/app", NVA],
  ["db01", "spoke/db", null],
  ["new", "hub/new", NVA],
]);
const one = snapshotDirectory(join(scratch, "one"), [["web01", "hub/app", NVA]]);

async function reported(...args: readonly string[]) {
  const { out } = await run([...args, "-o", "json"]);
  return JSON.parse(out.replaceAll(scratch, "DIR"));
}
const VIEW = { expand: false, explain: false, verbose: false };
const FORMATS = ["table", "short", "csv"];

test("the answers of all subnets for several destinations", async () => {
  const report = await reported("whichroute", "8.8.8.8", "10.0.0.4", "30.0.0.1", "10.0.0.0/15", before);
  const text = await printed("snapshot-whichroute", report, { view: VIEW, formats: FORMATS, widths: [44, 80] });
  expect(text).toBe(`
> table
8.8.8.8  →  2 answers, from 9 NICs

    FROM    ANSWER                                             NAMES
  ✓ 7 NICs  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva, default)  e1, hub/app, many/a and 4 more
  ✓ 2 NICs  Internet by 0.0.0.0/0                              e2, hub/mgmt

10.0.0.4  →  this virtual network by 10.0.0.0/16, from all 9 NICs

30.0.0.1  →  3 answers, from 9 NICs

    FROM      ANSWER                                               NAMES
  ✗ 1 subnet  DROPPED: user route to None by 30.0.0.0/8 (to-none)  spoke/db
  ✓ 6 NICs    appliance 10.0.1.4 by 0.0.0.0/0 (to-nva)             e1, hub/app, many/a and 3 more
  ✓ 2 NICs    Internet by 0.0.0.0/0                                e2, hub/mgmt

  next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)

10.0.0.0/15  →  2 answers, from 9 NICs

    FROM    ANSWER                                                            NAMES
  ✗ 2 NICs  65,536 IPv4 to VnetLocal, 65,536 IPv4 to Internet: NOT DELIVERED  e2, hub/mgmt
  ✓ 7 NICs  65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva                   e1, hub/app, many/a and 4 more

  no table  1 subnet: spoke/batch (stopped)
  ! The NICs of many/e have different tables.
  data  DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct

> short
8.8.8.8  7 NICs  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva, default)  e1, hub/app, many/a and 4 more
8.8.8.8  2 NICs  Internet by 0.0.0.0/0  e2, hub/mgmt
10.0.0.4  9 NICs  this virtual network by 10.0.0.0/16  e1, e2, hub/app and 6 more
30.0.0.1  1 subnet  DROPPED: user route to None by 30.0.0.0/8 (to-none)  spoke/db
30.0.0.1  6 NICs  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva)  e1, hub/app, many/a and 3 more
30.0.0.1  2 NICs  Internet by 0.0.0.0/0  e2, hub/mgmt
10.0.0.0/15  2 NICs  65,536 IPv4 to VnetLocal, 65,536 IPv4 to Internet: NOT DELIVERED  e2, hub/mgmt
10.0.0.0/15  7 NICs  65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva  e1, hub/app, many/a and 4 more

> csv
destination,verdict,nextHopType,nextHopIpAddress,serviceTag,addressPrefix,source,name,serviceEndpoint,rule,certainty,error,partOf,hostName,subnet,nic
8.8.8.8,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,e1,e1
8.8.8.8,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,hub/app,web01
8.8.8.8,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,many/a,a
8.8.8.8,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,many/b,b
8.8.8.8,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,many/c,c
8.8.8.8,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,many/d,d
8.8.8.8,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,default,,longest-prefix,documented,,,,spoke/db,db01
8.8.8.8,forward,Internet,,,0.0.0.0/0,Default,,,longest-prefix,documented,,,,e2,e2
8.8.8.8,forward,Internet,,,0.0.0.0/0,Default,,,longest-prefix,documented,,,,hub/mgmt,mgmt
8.8.8.8,,,,,,,,,,,no-table,,,spoke/batch,
10.0.0.4,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,,,e1,e1
10.0.0.4,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,,,e2,e2
10.0.0.4,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,,,hub/app,web01
10.0.0.4,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,,,hub/mgmt,mgmt
10.0.0.4,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,,,many/a,a
10.0.0.4,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,,,many/b,b
10.0.0.4,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,,,many/c,c
10.0.0.4,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,,,many/d,d
10.0.0.4,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,,,spoke/db,db01
10.0.0.4,,,,,,,,,,,no-table,,,spoke/batch,
30.0.0.1,drop,None,,,30.0.0.0/8,User,to-none,,longest-prefix,documented,,,,spoke/db,db01
30.0.0.1,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,e1,e1
30.0.0.1,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,hub/app,web01
30.0.0.1,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,many/a,a
30.0.0.1,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,many/b,b
30.0.0.1,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,many/c,c
30.0.0.1,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,many/d,d
30.0.0.1,forward,Internet,,,0.0.0.0/0,Default,,,longest-prefix,documented,,,,e2,e2
30.0.0.1,forward,Internet,,,0.0.0.0/0,Default,,,longest-prefix,documented,,,,hub/mgmt,mgmt
30.0.0.1,,,,,,,,,,,no-table,,,spoke/batch,
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,,e2,e2
10.1.0.0/16,forward,Internet,,,0.0.0.0/0,Default,,,longest-prefix,documented,,10.0.0.0/15,,e2,e2
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,,hub/mgmt,mgmt
10.1.0.0/16,forward,Internet,,,0.0.0.0/0,Default,,,longest-prefix,documented,,10.0.0.0/15,,hub/mgmt,mgmt
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,,e1,e1
10.1.0.0/16,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,,,longest-prefix,documented,,10.0.0.0/15,,e1,e1
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,,hub/app,web01
10.1.0.0/16,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,,,longest-prefix,documented,,10.0.0.0/15,,hub/app,web01
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,,many/a,a
10.1.0.0/16,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,,,longest-prefix,documented,,10.0.0.0/15,,many/a,a
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,,many/b,b
10.1.0.0/16,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,,,longest-prefix,documented,,10.0.0.0/15,,many/b,b
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,,many/c,c
10.1.0.0/16,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,,,longest-prefix,documented,,10.0.0.0/15,,many/c,c
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,,many/d,d
10.1.0.0/16,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,,,longest-prefix,documented,,10.0.0.0/15,,many/d,d
10.0.0.0/16,forward,VnetLocal,,,10.0.0.0/16,Default,,,longest-prefix,documented,,10.0.0.0/15,,spoke/db,db01
10.1.0.0/16,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,,,longest-prefix,documented,,10.0.0.0/15,,spoke/db,db01
10.0.0.0/15,,,,,,,,,,,no-table,,,spoke/batch,

> 44 columns
⟨1⟩8.8.8.8  →  ⟨22⟩⟨1⟩⟨32⟩2 answers, from 9 NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM    ANSWER⟨22⟩
  ⟨32⟩✓⟨39⟩ 7 NICs  appliance 10.0.1.4 by 0.0.0.0/0
            (to-nva, default)
      e1, hub/app, many/a and 4 more
  ⟨32⟩✓⟨39⟩ 2 NICs  Internet by 0.0.0.0/0
      e2, hub/mgmt

⟨1⟩10.0.0.4  →  ⟨22⟩⟨1⟩⟨32⟩this virtual network by⟨39⟩⟨22⟩
             ⟨1⟩⟨32⟩10.0.0.0/16, from all 9 NICs⟨39⟩⟨22⟩

⟨1⟩30.0.0.1  →  ⟨22⟩⟨1⟩⟨31⟩3 answers, from 9 NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM      ANSWER⟨22⟩
  ⟨31⟩✗⟨39⟩ 1 subnet  DROPPED: user route to None by
              30.0.0.0/8 (to-none)
      spoke/db
  ⟨32⟩✓⟨39⟩ 6 NICs    appliance 10.0.1.4 by
              0.0.0.0/0 (to-nva)
      e1, hub/app, many/a and 3 more
  ⟨32⟩✓⟨39⟩ 2 NICs    Internet by 0.0.0.0/0
      e2, hub/mgmt

⟨36⟩  next  ⟨39⟩check to-none in its route table:
        made with None, or Azure cannot
        place its next hop (VnetLocal
        outside the network, no gateway)

⟨1⟩10.0.0.0/15  →  ⟨22⟩⟨1⟩⟨31⟩2 answers, from 9 NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM    ANSWER⟨22⟩
  ⟨31⟩✗⟨39⟩ 2 NICs  65,536 IPv4 to VnetLocal, 65,536
            IPv4 to Internet: NOT DELIVERED
      e2, hub/mgmt
  ⟨32⟩✓⟨39⟩ 7 NICs  65,536 IPv4 to VnetLocal, 65,536
            IPv4 by to-nva
      e1, hub/app, many/a and 4 more

⟨33⟩  no table  ⟨39⟩1 subnet: spoke/batch (stopped)
⟨36⟩  ! ⟨39⟩The NICs of many/e have different
    tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 9 subnets, 11⟨22⟩
        ⟨2⟩NICs, 3 distinct⟨22⟩

> 80 columns
⟨1⟩8.8.8.8  →  ⟨22⟩⟨1⟩⟨32⟩2 answers, from 9 NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM    ANSWER⟨22⟩
  ⟨32⟩✓⟨39⟩ 7 NICs  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva, default)
      e1, hub/app, many/a and 4 more
  ⟨32⟩✓⟨39⟩ 2 NICs  Internet by 0.0.0.0/0
      e2, hub/mgmt

⟨1⟩10.0.0.4  →  ⟨22⟩⟨1⟩⟨32⟩this virtual network by 10.0.0.0/16, from all 9 NICs⟨39⟩⟨22⟩

⟨1⟩30.0.0.1  →  ⟨22⟩⟨1⟩⟨31⟩3 answers, from 9 NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM      ANSWER⟨22⟩
  ⟨31⟩✗⟨39⟩ 1 subnet  DROPPED: user route to None by 30.0.0.0/8 (to-none)
      spoke/db
  ⟨32⟩✓⟨39⟩ 6 NICs    appliance 10.0.1.4 by 0.0.0.0/0 (to-nva)
      e1, hub/app, many/a and 3 more
  ⟨32⟩✓⟨39⟩ 2 NICs    Internet by 0.0.0.0/0
      e2, hub/mgmt

⟨36⟩  next  ⟨39⟩check to-none in its route table: made with None, or Azure cannot place
        its next hop (VnetLocal outside the network, no gateway)

⟨1⟩10.0.0.0/15  →  ⟨22⟩⟨1⟩⟨31⟩2 answers, from 9 NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM    ANSWER⟨22⟩
  ⟨31⟩✗⟨39⟩ 2 NICs  65,536 IPv4 to VnetLocal, 65,536 IPv4 to Internet: NOT DELIVERED
      e2, hub/mgmt
  ⟨32⟩✓⟨39⟩ 7 NICs  65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva
      e1, hub/app, many/a and 4 more

⟨33⟩  no table  ⟨39⟩1 subnet: spoke/batch (stopped)
⟨36⟩  ! ⟨39⟩The NICs of many/e have different tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct⟨22⟩
`);
  const expanded = await printed("snapshot-whichroute", report, {
    view: { ...VIEW, expand: true },
    widths: [null, 60],
  });
  expect(expanded).toBe(`
> in a pipe
8.8.8.8  →  2 answers, from 9 NICs

    FROM      ANSWER
  ✓ e1        appliance 10.0.1.4 (to-nva)
  ✓ hub/app   appliance 10.0.1.4 (to-nva)
  ✓ many/a    appliance 10.0.1.4 (to-nva)
  ✓ many/b    appliance 10.0.1.4 (to-nva)
  ✓ many/c    appliance 10.0.1.4 (to-nva)
  ✓ many/d    appliance 10.0.1.4 (to-nva)
  ✓ spoke/db  appliance 10.0.1.4 (default)
  ✓ e2        Internet
  ✓ hub/mgmt  Internet

10.0.0.4  →  this virtual network by 10.0.0.0/16, from all 9 NICs

    FROM      ANSWER
  ✓ e1        this virtual network (10.0.0.0/16)
  ✓ e2        this virtual network (10.0.0.0/16)
  ✓ hub/app   this virtual network (10.0.0.0/16)
  ✓ hub/mgmt  this virtual network (10.0.0.0/16)
  ✓ many/a    this virtual network (10.0.0.0/16)
  ✓ many/b    this virtual network (10.0.0.0/16)
  ✓ many/c    this virtual network (10.0.0.0/16)
  ✓ many/d    this virtual network (10.0.0.0/16)
  ✓ spoke/db  this virtual network (10.0.0.0/16)

30.0.0.1  →  3 answers, from 9 NICs

    FROM      ANSWER
  ✗ spoke/db  DROPPED: to-none (30.0.0.0/8) has next hop None
  ✓ e1        appliance 10.0.1.4 (to-nva)
  ✓ hub/app   appliance 10.0.1.4 (to-nva)
  ✓ many/a    appliance 10.0.1.4 (to-nva)
  ✓ many/b    appliance 10.0.1.4 (to-nva)
  ✓ many/c    appliance 10.0.1.4 (to-nva)
  ✓ many/d    appliance 10.0.1.4 (to-nva)
  ✓ e2        Internet
  ✓ hub/mgmt  Internet

  next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)

10.0.0.0/15  →  2 answers, from 9 NICs

    FROM      ANSWER
  ✗ e2        65,536 IPv4 to VnetLocal, 65,536 IPv4 to Internet: NOT DELIVERED
  ✗ hub/mgmt  65,536 IPv4 to VnetLocal, 65,536 IPv4 to Internet: NOT DELIVERED
  ✓ e1        65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva
  ✓ hub/app   65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva
  ✓ many/a    65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva
  ✓ many/b    65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva
  ✓ many/c    65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva
  ✓ many/d    65,536 IPv4 to VnetLocal, 65,536 IPv4 by to-nva
  ✓ spoke/db  65,536 IPv4 to VnetLocal, 65,536 IPv4 by default

  no table  1 subnet: spoke/batch (stopped)
  ! The NICs of many/e have different tables.
  data  DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct

> 60 columns
⟨1⟩8.8.8.8  →  ⟨22⟩⟨1⟩⟨32⟩2 answers, from 9 NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM      ANSWER⟨22⟩
  ⟨32⟩✓⟨39⟩ e1        appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ hub/app   appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ many/a    appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ many/b    appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ many/c    appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ many/d    appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ spoke/db  appliance 10.0.1.4 (default)
  ⟨32⟩✓⟨39⟩ e2        Internet
  ⟨32⟩✓⟨39⟩ hub/mgmt  Internet

⟨1⟩10.0.0.4  →  ⟨22⟩⟨1⟩⟨32⟩this virtual network by 10.0.0.0/16, from all 9⟨39⟩⟨22⟩
             ⟨1⟩⟨32⟩NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM      ANSWER⟨22⟩
  ⟨32⟩✓⟨39⟩ e1        this virtual network (10.0.0.0/16)
  ⟨32⟩✓⟨39⟩ e2        this virtual network (10.0.0.0/16)
  ⟨32⟩✓⟨39⟩ hub/app   this virtual network (10.0.0.0/16)
  ⟨32⟩✓⟨39⟩ hub/mgmt  this virtual network (10.0.0.0/16)
  ⟨32⟩✓⟨39⟩ many/a    this virtual network (10.0.0.0/16)
  ⟨32⟩✓⟨39⟩ many/b    this virtual network (10.0.0.0/16)
  ⟨32⟩✓⟨39⟩ many/c    this virtual network (10.0.0.0/16)
  ⟨32⟩✓⟨39⟩ many/d    this virtual network (10.0.0.0/16)
  ⟨32⟩✓⟨39⟩ spoke/db  this virtual network (10.0.0.0/16)

⟨1⟩30.0.0.1  →  ⟨22⟩⟨1⟩⟨31⟩3 answers, from 9 NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM      ANSWER⟨22⟩
  ⟨31⟩✗⟨39⟩ spoke/db  DROPPED: to-none (30.0.0.0/8) has next hop
              None
  ⟨32⟩✓⟨39⟩ e1        appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ hub/app   appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ many/a    appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ many/b    appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ many/c    appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ many/d    appliance 10.0.1.4 (to-nva)
  ⟨32⟩✓⟨39⟩ e2        Internet
  ⟨32⟩✓⟨39⟩ hub/mgmt  Internet

⟨36⟩  next  ⟨39⟩check to-none in its route table: made with None, or
        Azure cannot place its next hop (VnetLocal outside
        the network, no gateway)

⟨1⟩10.0.0.0/15  →  ⟨22⟩⟨1⟩⟨31⟩2 answers, from 9 NICs⟨39⟩⟨22⟩

    ⟨2⟩FROM      ANSWER⟨22⟩
  ⟨31⟩✗⟨39⟩ e2        65,536 IPv4 to VnetLocal, 65,536 IPv4 to
              Internet: NOT DELIVERED
  ⟨31⟩✗⟨39⟩ hub/mgmt  65,536 IPv4 to VnetLocal, 65,536 IPv4 to
              Internet: NOT DELIVERED
  ⟨32⟩✓⟨39⟩ e1        65,536 IPv4 to VnetLocal, 65,536 IPv4 by
              to-nva
  ⟨32⟩✓⟨39⟩ hub/app   65,536 IPv4 to VnetLocal, 65,536 IPv4 by
              to-nva
  ⟨32⟩✓⟨39⟩ many/a    65,536 IPv4 to VnetLocal, 65,536 IPv4 by
              to-nva
  ⟨32⟩✓⟨39⟩ many/b    65,536 IPv4 to VnetLocal, 65,536 IPv4 by
              to-nva
  ⟨32⟩✓⟨39⟩ many/c    65,536 IPv4 to VnetLocal, 65,536 IPv4 by
              to-nva
  ⟨32⟩✓⟨39⟩ many/d    65,536 IPv4 to VnetLocal, 65,536 IPv4 by
              to-nva
  ⟨32⟩✓⟨39⟩ spoke/db  65,536 IPv4 to VnetLocal, 65,536 IPv4 by
              default

⟨33⟩  no table  ⟨39⟩1 subnet: spoke/batch (stopped)
⟨36⟩  ! ⟨39⟩The NICs of many/e have different tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets,⟨22⟩
        ⟨2⟩11 NICs, 3 distinct⟨22⟩
`);
  const explained = await printed("snapshot-whichroute", report, { view: { ...VIEW, explain: true }, widths: [null] });
  expect(explained).toBe(`
> in a pipe
8.8.8.8  →  2 answers, from 9 NICs

  from  7 NICs: e1, hub/app, many/a, many/b, many/c, many/d, spoke/db
8.8.8.8  →  appliance 10.0.1.4 (to-nva)

    PREFIX     NEXT HOP                   SOURCE       REASON
  ✓ 0.0.0.0/0  VirtualAppliance 10.0.1.4  User to-nva  only active route

  note  The default route also sends traffic for Azure services and Windows activation (KMS) to VirtualAppliance 10.0.1.4. Replies to connections from the Internet go there too.

  from  2 NICs: e2, hub/mgmt
8.8.8.8  →  Internet

    PREFIX     NEXT HOP  SOURCE   REASON
  ✓ 0.0.0.0/0  Internet  Default  only active route

  note  Needs an outbound method: a NAT gateway, a public IP or a load balancer rule. Networks created since 31 March 2026 have no default.

10.0.0.4  →  this virtual network by 10.0.0.0/16, from all 9 NICs

  from  9 NICs: e1, e2, hub/app, hub/mgmt, many/a, many/b, many/c, many/d, spoke/db
10.0.0.4  →  this virtual network (10.0.0.0/16)

    PREFIX       NEXT HOP                   SOURCE       REASON
  ✓ 10.0.0.0/16  VnetLocal                  Default      longest prefix
  ✗ 0.0.0.0/0    VirtualAppliance 10.0.1.4  User to-nva  /0 is shorter than /16

30.0.0.1  →  3 answers, from 9 NICs

  from  1 subnet: spoke/db
30.0.0.1  →  DROPPED: to-none (30.0.0.0/8) has next hop None

    PREFIX      NEXT HOP                   SOURCE        REASON
  ✓ 30.0.0.0/8  None                       User to-none  longest prefix
  ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User default  /0 is shorter than /8

  next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)

  from  6 NICs: e1, hub/app, many/a, many/b, many/c, many/d
30.0.0.1  →  appliance 10.0.1.4 (to-nva)

    PREFIX     NEXT HOP                   SOURCE       REASON
  ✓ 0.0.0.0/0  VirtualAppliance 10.0.1.4  User to-nva  only active route

  note  The default route also sends traffic for Azure services and Windows activation (KMS) to VirtualAppliance 10.0.1.4. Replies to connections from the Internet go there too.

  from  2 NICs: e2, hub/mgmt
30.0.0.1  →  Internet

    PREFIX     NEXT HOP  SOURCE   REASON
  ✓ 0.0.0.0/0  Internet  Default  only active route

  note  Needs an outbound method: a NAT gateway, a public IP or a load balancer rule. Networks created since 31 March 2026 have no default.

10.0.0.0/15  →  2 answers, from 9 NICs

  from  2 NICs: e2, hub/mgmt
10.0.0.0/15  →  2 outcomes (131,072 IPv4 addresses)

    ADDRESSES    ANSWER                                                                     PREFIXES
  ✓ 65,536 IPv4  this virtual network (10.0.0.0/16)                                         10.0.0.0/16
  ✗ 65,536 IPv4  NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it  10.1.0.0/16

  next  check that a peering, gateway route or user route covers it and is active

  from  7 NICs: e1, hub/app, many/a, many/b, many/c, many/d, spoke/db
10.0.0.0/15  →  2 outcomes (131,072 IPv4 addresses)

    ADDRESSES    ANSWER                              PREFIXES
  ✓ 65,536 IPv4  this virtual network (10.0.0.0/16)  10.0.0.0/16
  ✓ 65,536 IPv4  appliance 10.0.1.4 (to-nva)         10.1.0.0/16

  no table  1 subnet: spoke/batch (stopped)
  ! The NICs of many/e have different tables.
  data  DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct
`);
  const verbose = await printed(
    "snapshot-whichroute",
    { ...report, destinations: report.destinations.slice(2, 3) },
    { view: { ...VIEW, verbose: true }, widths: [null] },
  );
  expect(verbose).toBe(`
> in a pipe
30.0.0.1  →  3 answers, from 9 NICs

  from  1 subnet: spoke/db
30.0.0.1  →  DROPPED: to-none (30.0.0.0/8) has next hop None

    PREFIX      NEXT HOP                   SOURCE        REASON
  ✓ 30.0.0.0/8  None                       User to-none  longest prefix
  ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User default  /0 is shorter than /8

  next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)
  rule  longest-prefix (documented): 30.0.0.0/8 is the longest active prefix; the next is 0.0.0.0/0.
  source  https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview

  from  6 NICs: e1, hub/app, many/a, many/b, many/c, many/d
30.0.0.1  →  appliance 10.0.1.4 (to-nva)

    PREFIX     NEXT HOP                   SOURCE       REASON
  ✓ 0.0.0.0/0  VirtualAppliance 10.0.1.4  User to-nva  only active route

  note  The default route also sends traffic for Azure services and Windows activation (KMS) to VirtualAppliance 10.0.1.4. Replies to connections from the Internet go there too.
  note  Azure hands the packet to 10.0.1.4 and does not look that address up again.
  rule  longest-prefix (documented): 0.0.0.0/0 is the only prefix that covers the address.
  source  https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview

  from  2 NICs: e2, hub/mgmt
30.0.0.1  →  Internet

    PREFIX     NEXT HOP  SOURCE   REASON
  ✓ 0.0.0.0/0  Internet  Default  only active route

  note  Needs an outbound method: a NAT gateway, a public IP or a load balancer rule. Networks created since 31 March 2026 have no default.
  rule  longest-prefix (documented): 0.0.0.0/0 is the only prefix that covers the address.
  source  https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview

  no table  1 subnet: spoke/batch (stopped)
  ! The NICs of many/e have different tables.
  data  DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct
`);
});

test("the answer of one subnet, and of none", async () => {
  const report = await reported("whichroute", "8.8.8.8", one);
  const [asked] = report.destinations;
  const named = { ...report, destinations: [{ ...asked, hostName: "dns.google" }] };
  const tags = { file: "tags.json", date: null };
  const text =
    (await printed("snapshot-whichroute", report, { view: VIEW, formats: FORMATS })) +
    (await printed("snapshot-whichroute", { ...named, serviceTagFile: tags }, { view: VIEW, widths: [null] })) +
    (await printed(
      "snapshot-whichroute",
      { ...report, destinations: [{ ...asked, answers: [] }] },
      { view: VIEW, widths: [60] },
    ));
  expect(text).toBe(`
> table
8.8.8.8  →  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva), from hub/app

  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct

> short
8.8.8.8  1 subnet  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva)  hub/app

> csv
destination,verdict,nextHopType,nextHopIpAddress,serviceTag,addressPrefix,source,name,serviceEndpoint,rule,certainty,error,partOf,hostName,subnet,nic
8.8.8.8,forward,VirtualAppliance,10.0.1.4,,0.0.0.0/0,User,to-nva,,longest-prefix,documented,,,,hub/app,web01

> in a pipe
8.8.8.8 (dns.google)  →  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva), from hub/app

  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct; service tags tags.json

> 60 columns
⟨1⟩8.8.8.8  →  ⟨22⟩⟨1⟩⟨31⟩unknown: no table in this snapshot⟨39⟩⟨22⟩

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1⟨22⟩
        ⟨2⟩NIC, 1 distinct⟨22⟩
`);
});

test("a folded answer: owners behind their addresses, names of routes, a bypass, how sure it is", async () => {
  const report = await reported("whichroute", "8.8.8.8", one);
  const [asked] = report.destinations;
  const [answer] = asked.answers;
  const owners = [
    { address: "10.0.1.4", name: "nva" },
    { address: "10.9.9.9", name: "elsewhere" },
  ];
  const variants = [
    { owners },
    { owners: owners.slice(0, 1) },
    { routes: [] },
    { routes: ["a", "b"] },
    { routes: ["a", "b", "c"] },
    { addressPrefix: null },
    { certainty: "inferred" },
    { certainty: null },
    { answer: { ...answer.answer, notes: [{ id: "bypasses-appliance", level: "problem", label: "x", text: "y" }] } },
    { brief: null },
  ];
  let text = "";
  for (const variant of variants) {
    const destinations = [{ ...asked, answers: [{ ...answer, ...variant }] }];
    text += await printed("snapshot-whichroute", { ...report, destinations }, { view: VIEW, formats: ["short"] });
  }
  expect(text).toBe(`
> short
8.8.8.8  1 subnet  appliance 10.0.1.4 = nva = elsewhere by 0.0.0.0/0 (to-nva)  hub/app

> short
8.8.8.8  1 subnet  appliance 10.0.1.4 = nva by 0.0.0.0/0 (to-nva)  hub/app

> short
8.8.8.8  1 subnet  appliance 10.0.1.4 by 0.0.0.0/0  hub/app

> short
8.8.8.8  1 subnet  appliance 10.0.1.4 by 0.0.0.0/0 (a, b)  hub/app

> short
8.8.8.8  1 subnet  appliance 10.0.1.4 by 0.0.0.0/0  hub/app

> short
8.8.8.8  1 subnet  appliance 10.0.1.4 (to-nva)  hub/app

> short
8.8.8.8  1 subnet  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva) (inferred)  hub/app

> short
8.8.8.8  1 subnet  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva)  hub/app

> short
8.8.8.8  1 subnet  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva); bypasses the appliance  hub/app

> short
8.8.8.8  1 subnet    hub/app
`);
});

test("remarks on a snapshot: what has no table, what was not read, what differs, what is missing", async () => {
  const report = await reported("whichroute", "8.8.8.8", before);
  const unread = (count: number) =>
    Array.from({ length: count }, (_, k) => ({
      id: `s${k}`,
      name: k === 0 ? null : `sub${k}`,
      reason: "denied\n\n  by policy",
    }));
  const variants = [
    { unreadSubscriptions: unread(1), complete: false },
    { unreadSubscriptions: unread(3), takenAt: null },
    { unreadSubscriptions: unread(4), subnets: 0, nics: 1 },
    { unreadSubscriptions: unread(5), divided: ["a", "b", "c", "d"], subnets: 1, nics: 1500 },
    { withoutTable: [{ name: "x", subnet: "y", reason: "denied" }] },
    {
      withoutTable: [
        { name: "x", subnet: null, reason: "denied" },
        { name: "z", subnet: null, reason: "failed" },
      ],
    },
    { withoutTable: ["a", "b", "c", "d", "e"].map((name) => ({ name, subnet: name, reason: "stopped" })) },
    { withoutTable: ["a", "b", "c", "d"].map((name) => ({ name, subnet: name, reason: "stopped" })) },
  ];
  let text = "";
  for (const variant of variants) {
    const snapshot = { ...report.snapshot, ...variant };
    const shown = await printed("snapshot-whichroute", { ...report, snapshot }, { view: VIEW, widths: [100] });
    text += shown.slice(shown.lastIndexOf("\n\n"));
  }
  expect(text).toBe(`

⟨33⟩  no table  ⟨39⟩1 subnet: spoke/batch (stopped)
⟨33⟩  not read  ⟨39⟩subscription s0: denied; by policy
⟨36⟩  ! ⟨39⟩The NICs of many/e have different tables.
⟨33⟩  ! ⟨39⟩The snapshot is incomplete: what is missing may go elsewhere.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct⟨22⟩


⟨33⟩  no table  ⟨39⟩1 subnet: spoke/batch (stopped)
⟨33⟩  not read  ⟨39⟩subscription s0: denied; by policy
⟨33⟩  not read  ⟨39⟩subscription sub1: denied; by policy
⟨33⟩  not read  ⟨39⟩subscription sub2: denied; by policy
⟨36⟩  ! ⟨39⟩The NICs of many/e have different tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before: 9 subnets, 11 NICs, 3 distinct⟨22⟩


⟨33⟩  no table  ⟨39⟩1 subnet: spoke/batch (stopped)
⟨33⟩  not read  ⟨39⟩subscription s0: denied; by policy
⟨33⟩  not read  ⟨39⟩subscription sub1: denied; by policy
⟨33⟩  not read  ⟨39⟩subscription sub2: denied; by policy
⟨36⟩  not read  ⟨39⟩1 more subscription
⟨36⟩  ! ⟨39⟩The NICs of many/e have different tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 1 table, 3 distinct⟨22⟩


⟨33⟩  no table  ⟨39⟩1 subnet: spoke/batch (stopped)
⟨33⟩  not read  ⟨39⟩subscription s0: denied; by policy
⟨33⟩  not read  ⟨39⟩subscription sub1: denied; by policy
⟨33⟩  not read  ⟨39⟩subscription sub2: denied; by policy
⟨36⟩  not read  ⟨39⟩2 more subscriptions
⟨36⟩  ! ⟨39⟩The NICs of a, b, c have different tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 1 subnet, 1,500 NICs, 3 distinct⟨22⟩


⟨33⟩  no table  ⟨39⟩1 NIC: x (denied)
⟨36⟩  ! ⟨39⟩The NICs of many/e have different tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct⟨22⟩


⟨33⟩  no table  ⟨39⟩2 tables: x (denied), z (failed)
⟨36⟩  ! ⟨39⟩The NICs of many/e have different tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct⟨22⟩


⟨33⟩  no table  ⟨39⟩5 subnets: a (stopped), b (stopped), c (stopped) and 2 more
⟨36⟩  ! ⟨39⟩The NICs of many/e have different tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct⟨22⟩


⟨33⟩  no table  ⟨39⟩4 subnets: a (stopped), b (stopped), c (stopped), d (stopped)
⟨36⟩  ! ⟨39⟩The NICs of many/e have different tables.
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct⟨22⟩
`);
});

test("the overview of a snapshot", async () => {
  const report = await reported("routes", before);
  const text = await printed("snapshot-routes", report, { formats: [...FORMATS, "ndjson"], widths: [44, 60, 80] });
  expect(text).toBe(`
> table
NAME         ANSWERED BY  NICS  ROUTES  CLASS  NO TABLE  FETCHED
e1           e1           1     2       1      -         2026-11-29T10:00:00Z
e2           e2           1     2       2      -         2026-11-29T10:00:00Z
hub/app      web01        2     2       1      -         2026-11-29T10:00:00Z
hub/mgmt     mgmt         1     2       2      -         2026-11-29T10:00:00Z
many/a       a            1     2       1      -         2026-11-29T10:00:00Z
many/b       b            1     2       1      -         2026-11-29T10:00:00Z
many/c       c            1     2       1      -         2026-11-29T10:00:00Z
many/d       d            1     2       1      -         2026-11-29T10:00:00Z
spoke/batch  -            1     -       -      stopped   -
spoke/db     db01         1     3       3      -         2026-11-29T10:00:00Z

> short
e1  e1  1  2  1  -  2026-11-29T10:00:00.000Z  many/e
e2  e2  1  2  2  -  2026-11-29T10:00:00.000Z  many/e
hub/app  web01  2  2  1  -  2026-11-29T10:00:00.000Z  hub/app
hub/mgmt  mgmt  1  2  2  -  2026-11-29T10:00:00.000Z  hub/mgmt
many/a  a  1  2  1  -  2026-11-29T10:00:00.000Z  many/a
many/b  b  1  2  1  -  2026-11-29T10:00:00.000Z  many/b
many/c  c  1  2  1  -  2026-11-29T10:00:00.000Z  many/c
many/d  d  1  2  1  -  2026-11-29T10:00:00.000Z  many/d
spoke/batch  -  1  -  -  stopped  -  spoke/batch
spoke/db  db01  1  3  3  -  2026-11-29T10:00:00.000Z  spoke/db

> csv
name,nic,nics,routes,forwardingClass,missing,fetchedAt,subnet
e1,e1,1,2,1,,2026-11-29T10:00:00.000Z,many/e
e2,e2,1,2,2,,2026-11-29T10:00:00.000Z,many/e
hub/app,web01,2,2,1,,2026-11-29T10:00:00.000Z,hub/app
hub/mgmt,mgmt,1,2,2,,2026-11-29T10:00:00.000Z,hub/mgmt
many/a,a,1,2,1,,2026-11-29T10:00:00.000Z,many/a
many/b,b,1,2,1,,2026-11-29T10:00:00.000Z,many/b
many/c,c,1,2,1,,2026-11-29T10:00:00.000Z,many/c
many/d,d,1,2,1,,2026-11-29T10:00:00.000Z,many/d
spoke/batch,,1,,,stopped,,spoke/batch
spoke/db,db01,1,3,3,,2026-11-29T10:00:00.000Z,spoke/db

> ndjson
{"name":"e1","subnet":"many/e","nic":"e1","nics":1,"routes":2,"forwardingClass":1,"fetchedAt":"2026-11-29T10:00:00.000Z","missing":null}
{"name":"e2","subnet":"many/e","nic":"e2","nics":1,"routes":2,"forwardingClass":2,"fetchedAt":"2026-11-29T10:00:00.000Z","missing":null}
{"name":"hub/app","subnet":"hub/app","nic":"web01","nics":2,"routes":2,"forwardingClass":1,"fetchedAt":"2026-11-29T10:00:00.000Z","missing":null}
{"name":"hub/mgmt","subnet":"hub/mgmt","nic":"mgmt","nics":1,"routes":2,"forwardingClass":2,"fetchedAt":"2026-11-29T10:00:00.000Z","missing":null}
{"name":"many/a","subnet":"many/a","nic":"a","nics":1,"routes":2,"forwardingClass":1,"fetchedAt":"2026-11-29T10:00:00.000Z","missing":null}
{"name":"many/b","subnet":"many/b","nic":"b","nics":1,"routes":2,"forwardingClass":1,"fetchedAt":"2026-11-29T10:00:00.000Z","missing":null}
{"name":"many/c","subnet":"many/c","nic":"c","nics":1,"routes":2,"forwardingClass":1,"fetchedAt":"2026-11-29T10:00:00.000Z","missing":null}
{"name":"many/d","subnet":"many/d","nic":"d","nics":1,"routes":2,"forwardingClass":1,"fetchedAt":"2026-11-29T10:00:00.000Z","missing":null}
{"name":"spoke/batch","subnet":"spoke/batch","nic":null,"nics":1,"routes":null,"forwardingClass":null,"fetchedAt":null,"missing":"stopped"}
{"name":"spoke/db","subnet":"spoke/db","nic":"db01","nics":1,"routes":3,"forwardingClass":3,"fetchedAt":"2026-11-29T10:00:00.000Z","missing":null}

> 44 columns
⟨1⟩NAME         NICS  ROUTES  CLASS  NO TABLE⟨22⟩
e1           1     2       1      -
e2           1     2       2      -
hub/app      2     2       1      -
hub/mgmt     1     2       2      -
many/a       1     2       1      -
many/b       1     2       1      -
many/c       1     2       1      -
many/d       1     2       1      -
⟨33⟩spoke/batch  1     -       -      stopped⟨39⟩
spoke/db     1     3       3      -
⟨2⟩hidden at 44 columns: ANSWERED BY, FETCHED⟨22⟩
⟨2⟩    (-o wide shows all)⟨22⟩

> 60 columns
⟨1⟩NAME         ANSWERED BY  NICS  ROUTES  CLASS  NO TABLE⟨22⟩
e1           e1           1     2       1      -
e2           e2           1     2       2      -
hub/app      web01        2     2       1      -
hub/mgmt     mgmt         1     2       2      -
many/a       a            1     2       1      -
many/b       b            1     2       1      -
many/c       c            1     2       1      -
many/d       d            1     2       1      -
⟨33⟩spoke/batch  -            1     -       -      stopped⟨39⟩
spoke/db     db01         1     3       3      -
⟨2⟩hidden at 60 columns: FETCHED (-o wide shows all)⟨22⟩

> 80 columns
⟨1⟩NAME         ANSWERED BY  NICS  ROUTES  CLASS  NO TABLE  FETCHED⟨22⟩
e1           e1           1     2       1      -         2026-11-29T10:00:00Z
e2           e2           1     2       2      -         2026-11-29T10:00:00Z
hub/app      web01        2     2       1      -         2026-11-29T10:00:00Z
hub/mgmt     mgmt         1     2       2      -         2026-11-29T10:00:00Z
many/a       a            1     2       1      -         2026-11-29T10:00:00Z
many/b       b            1     2       1      -         2026-11-29T10:00:00Z
many/c       c            1     2       1      -         2026-11-29T10:00:00Z
many/d       d            1     2       1      -         2026-11-29T10:00:00Z
⟨33⟩spoke/batch  -            1     -       -      stopped   -⟨39⟩
spoke/db     db01         1     3       3      -         2026-11-29T10:00:00Z
`);
  const whole = await printed("snapshot-routes", await reported("routes", one), { formats: FORMATS });
  expect(whole).toBe(`
> table
NAME     ANSWERED BY  NICS  ROUTES  CLASS  FETCHED
hub/app  web01        1     2       1      2026-11-29T10:00:00Z

> short
hub/app  web01  1  2  1  -  2026-11-29T10:00:00.000Z  hub/app

> csv
name,nic,nics,routes,forwardingClass,missing,fetchedAt,subnet
hub/app,web01,1,2,1,,2026-11-29T10:00:00.000Z,hub/app
`);
});

test("the difference between two snapshots", async () => {
  const report = await reported("diff", before, after);
  const moves = report.moves.map(({ prefixes, ...move }: { prefixes: string[] }) => ({
    ...move,
    prefixes: prefixes.slice(0, 2),
  }));
  const text = await printed("snapshot-diff", { ...report, moves }, { formats: FORMATS, widths: [60, 110] });
  expect(text).toBe(`
> table
    ADDRESSES           CHANGE                                                     PREFIXES                                  WHERE
  ✓ 4,278,124,542 IPv4  appliance 10.0.1.4 (to-nva) → appliance 10.0.1.5 (to-nva)  0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8  4: many/a, many/b, many/c, many/d
  ✗ 16,777,216 IPv4     appliance 10.0.1.4 (to-nva) → DROPPED by gone              20.0.0.0/8                                4: many/a, many/b, many/c, many/d
  ✓ 4,278,124,542 IPv4  Internet → appliance 10.0.1.5 (to-nva)                     0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8  hub/mgmt
  ✗ 16,777,216 IPv4     Internet → DROPPED by gone                                 20.0.0.0/8                                hub/mgmt

in 5: hub/mgmt, many/a, many/b and 2 more
rows that differ and change next hops
  + User gone  20.0.0.0/8  None  Active

in 4: many/a, many/b, many/c, many/d
rows that differ and change next hops
  ~ User to-nva  0.0.0.0/0  VirtualAppliance 10.0.1.5  Active  (nextHopIpAddress 10.0.1.4 → 10.0.1.5)

in hub/mgmt
rows that differ and change next hops
  - Default      0.0.0.0/0  Internet  Active
  + User to-nva  0.0.0.0/0  VirtualAppliance 10.0.1.5  Active

  subnets  + hub/new; - 2: many/e, spoke/batch
  NICs  + new; - 4: web02, e1, e2, batch
  appliances  + 10.0.1.5
  not compared  spoke/db: no table after (stopped)
  data  DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct → DIR/after, taken 2026-11-29T10:00:00Z: 8 subnets, 8 NICs, 2 distinct

addresses change next hop in 5 of 6 subnets

> short
4,278,124,542 IPv4  appliance 10.0.1.4 (to-nva) → appliance 10.0.1.5 (to-nva)  0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8  4: many/a, many/b, many/c, many/d
16,777,216 IPv4  appliance 10.0.1.4 (to-nva) → DROPPED by gone  20.0.0.0/8  4: many/a, many/b, many/c, many/d
4,278,124,542 IPv4  Internet → appliance 10.0.1.5 (to-nva)  0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8  hub/mgmt
16,777,216 IPv4  Internet → DROPPED by gone  20.0.0.0/8  hub/mgmt
subnets  + hub/new; - 2: many/e, spoke/batch
NICs  + new; - 4: web02, e1, e2, batch
appliances  + 10.0.1.5
not compared  spoke/db: no table after (stopped)

> csv
addressPrefix,before,after,serviceTags,beforeVerdict,beforeNextHopType,beforeNextHopIpAddress,beforeRoute,beforeCertainty,afterVerdict,afterNextHopType,afterNextHopIpAddress,afterRoute,afterCertainty,subnet
0.0.0.0/5,VirtualAppliance 10.0.1.4,VirtualAppliance 10.0.1.5,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,many/a
0.0.0.0/5,VirtualAppliance 10.0.1.4,VirtualAppliance 10.0.1.5,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,many/b
0.0.0.0/5,VirtualAppliance 10.0.1.4,VirtualAppliance 10.0.1.5,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,many/c
0.0.0.0/5,VirtualAppliance 10.0.1.4,VirtualAppliance 10.0.1.5,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,many/d
8.0.0.0/7,VirtualAppliance 10.0.1.4,VirtualAppliance 10.0.1.5,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,many/a
8.0.0.0/7,VirtualAppliance 10.0.1.4,VirtualAppliance 10.0.1.5,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,many/b
8.0.0.0/7,VirtualAppliance 10.0.1.4,VirtualAppliance 10.0.1.5,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,many/c
8.0.0.0/7,VirtualAppliance 10.0.1.4,VirtualAppliance 10.0.1.5,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,many/d
20.0.0.0/8,VirtualAppliance 10.0.1.4,dropped,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,drop,,,User gone,documented,many/a
20.0.0.0/8,VirtualAppliance 10.0.1.4,dropped,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,drop,,,User gone,documented,many/b
20.0.0.0/8,VirtualAppliance 10.0.1.4,dropped,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,drop,,,User gone,documented,many/c
20.0.0.0/8,VirtualAppliance 10.0.1.4,dropped,,forward,VirtualAppliance,10.0.1.4,User to-nva,documented,drop,,,User gone,documented,many/d
0.0.0.0/5,Internet,VirtualAppliance 10.0.1.5,,forward,Internet,,Default,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,hub/mgmt
8.0.0.0/7,Internet,VirtualAppliance 10.0.1.5,,forward,Internet,,Default,documented,forward,VirtualAppliance,10.0.1.5,User to-nva,documented,hub/mgmt
20.0.0.0/8,Internet,dropped,,forward,Internet,,Default,documented,drop,,,User gone,documented,hub/mgmt

> 60 columns
    ⟨2⟩ADDRESSES           CHANGE⟨22⟩
  ⟨32⟩✓⟨39⟩ 4,278,124,542 IPv4  appliance 10.0.1.4 (to-nva) →
                        appliance 10.0.1.5 (to-nva)
      0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8: 4: many/a,
      many/b, many/c, many/d
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4     appliance 10.0.1.4 (to-nva) →
                        DROPPED by gone
      20.0.0.0/8: 4: many/a, many/b, many/c, many/d
  ⟨32⟩✓⟨39⟩ 4,278,124,542 IPv4  Internet → appliance 10.0.1.5
                        (to-nva)
      0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8: hub/mgmt
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4     Internet → DROPPED by gone
      20.0.0.0/8: hub/mgmt

⟨36⟩in⟨39⟩ 5: hub/mgmt, many/a, many/b and 2 more
⟨36⟩rows that differ and change next hops⟨39⟩
  + User gone  20.0.0.0/8  None  Active

⟨36⟩in⟨39⟩ 4: many/a, many/b, many/c, many/d
⟨36⟩rows that differ and change next hops⟨39⟩
  ~ User to-nva  0.0.0.0/0  VirtualAppliance 10.0.1.5
                 Active  (nextHopIpAddress 10.0.1.4 →
                 10.0.1.5)

⟨36⟩in⟨39⟩ hub/mgmt
⟨36⟩rows that differ and change next hops⟨39⟩
  - Default  0.0.0.0/0  Internet  Active
  + User to-nva  0.0.0.0/0  VirtualAppliance 10.0.1.5
                 Active

⟨36⟩  subnets  ⟨39⟩+ hub/new; - 2: many/e, spoke/batch
⟨36⟩  NICs  ⟨39⟩+ new; - 4: web02, e1, e2, batch
⟨36⟩  appliances  ⟨39⟩+ 10.0.1.5
⟨33⟩  not compared  ⟨39⟩spoke/db: no table after (stopped)
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets,⟨22⟩
        ⟨2⟩11 NICs, 3 distinct → DIR/after, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 8 subnets, 8 NICs, 2 distinct⟨22⟩

⟨33⟩addresses change next hop in 5 of 6 subnets⟨39⟩

> 110 columns
    ⟨2⟩ADDRESSES           CHANGE⟨22⟩
  ⟨32⟩✓⟨39⟩ 4,278,124,542 IPv4  appliance 10.0.1.4 (to-nva) → appliance 10.0.1.5 (to-nva)
      0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8: 4: many/a, many/b, many/c, many/d
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4     appliance 10.0.1.4 (to-nva) → DROPPED by gone
      20.0.0.0/8: 4: many/a, many/b, many/c, many/d
  ⟨32⟩✓⟨39⟩ 4,278,124,542 IPv4  Internet → appliance 10.0.1.5 (to-nva)
      0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8: hub/mgmt
  ⟨31⟩✗⟨39⟩ 16,777,216 IPv4     Internet → DROPPED by gone
      20.0.0.0/8: hub/mgmt

⟨36⟩in⟨39⟩ 5: hub/mgmt, many/a, many/b and 2 more
⟨36⟩rows that differ and change next hops⟨39⟩
  + User gone  20.0.0.0/8  None  Active

⟨36⟩in⟨39⟩ 4: many/a, many/b, many/c, many/d
⟨36⟩rows that differ and change next hops⟨39⟩
  ~ User to-nva  0.0.0.0/0  VirtualAppliance 10.0.1.5  Active  (nextHopIpAddress 10.0.1.4 → 10.0.1.5)

⟨36⟩in⟨39⟩ hub/mgmt
⟨36⟩rows that differ and change next hops⟨39⟩
  - Default      0.0.0.0/0  Internet  Active
  + User to-nva  0.0.0.0/0  VirtualAppliance 10.0.1.5  Active

⟨36⟩  subnets  ⟨39⟩+ hub/new; - 2: many/e, spoke/batch
⟨36⟩  NICs  ⟨39⟩+ new; - 4: web02, e1, e2, batch
⟨36⟩  appliances  ⟨39⟩+ 10.0.1.5
⟨33⟩  not compared  ⟨39⟩spoke/db: no table after (stopped)
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct → DIR/after, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 8 subnets, 8 NICs, 2 distinct⟨22⟩

⟨33⟩addresses change next hop in 5 of 6 subnets⟨39⟩
`);
  const back = await printed("snapshot-diff", await reported("diff", after, before), { formats: ["table", "short"] });
  expect(back).toBe(`
> table
    ADDRESSES           CHANGE                                                              PREFIXES                                  WHERE
  ✓ 4,278,124,542 IPv4  appliance 10.0.1.5 (to-nva) → appliance 10.0.1.4 (to-nva)           0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8  4: many/a, many/b, many/c, many/d
  ✓ 16,777,216 IPv4     DROPPED by gone → appliance 10.0.1.4 (to-nva)                       20.0.0.0/8                                4: many/a, many/b, many/c, many/d
  ! 4,278,124,542 IPv4  appliance 10.0.1.5 (to-nva) → Internet; private ones NOT DELIVERED  0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8  hub/mgmt
  ✓ 16,777,216 IPv4     DROPPED by gone → Internet                                          20.0.0.0/8                                hub/mgmt

in 5: hub/mgmt, many/a, many/b and 2 more
rows that differ and change next hops
  - User gone  20.0.0.0/8  None  Active

in 4: many/a, many/b, many/c, many/d
rows that differ and change next hops
  ~ User to-nva  0.0.0.0/0  VirtualAppliance 10.0.1.4  Active  (nextHopIpAddress 10.0.1.5 → 10.0.1.4)

in hub/mgmt
rows that differ and change next hops
  - User to-nva  0.0.0.0/0  VirtualAppliance 10.0.1.5  Active
  + Default      0.0.0.0/0  Internet  Active

  subnets  + 2: many/e, spoke/batch; - hub/new
  NICs  + 4: web02, e1, e2, batch; - new
  appliances  - 10.0.1.5
  not compared  spoke/db: no table before (stopped)
  data  DIR/after, taken 2026-11-29T10:00:00Z: 8 subnets, 8 NICs, 2 distinct → DIR/before, taken 2026-11-29T10:00:00Z: 9 subnets, 11 NICs, 3 distinct

addresses change next hop in 5 of 6 subnets

> short
4,278,124,542 IPv4  appliance 10.0.1.5 (to-nva) → appliance 10.0.1.4 (to-nva)  0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8  4: many/a, many/b, many/c, many/d
16,777,216 IPv4  DROPPED by gone → appliance 10.0.1.4 (to-nva)  20.0.0.0/8  4: many/a, many/b, many/c, many/d
4,278,124,542 IPv4  appliance 10.0.1.5 (to-nva) → Internet; private ones NOT DELIVERED  0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8  hub/mgmt
16,777,216 IPv4  DROPPED by gone → Internet  20.0.0.0/8  hub/mgmt
subnets  + 2: many/e, spoke/batch; - hub/new
NICs  + 4: web02, e1, e2, batch; - new
appliances  - 10.0.1.5
not compared  spoke/db: no table before (stopped)
`);
});

test("snapshots that route alike, that differ in rows alone, that share no table; one subnet, or tables", async () => {
  const report = await reported("diff", one, one);
  const drift = await reported("diff", before, after);
  const summary = { ...report.after, subnets: 0 };
  const unread = [
    { id: "s0", name: null, reason: "denied" },
    { id: "s1", name: "dev", reason: "denied" },
  ];
  const variants = [
    {},
    { rows: drift.rows.slice(0, 1) },
    { compared: 0, notCompared: [{ name: "a", reason: "no table after" }] },
    { compared: 0, notCompared: [{ name: "a", reason: "no table after" }], after: summary },
    { compared: 2, after: summary },
    { compared: 3, changed: 1, moves: drift.moves.slice(0, 1) },
    { before: { ...report.before, complete: false, unreadSubscriptions: unread } },
    { before: { ...report.before, complete: false, unreadSubscriptions: [] } },
  ];
  let text = "";
  for (const variant of variants) {
    text += await printed("snapshot-diff", { ...report, ...variant }, { widths: [null, 110] });
  }
  expect(text).toBe(`
> in a pipe
  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct

no address changes next hop in 1 subnet, and no row differs

> 110 columns
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct⟨22⟩

⟨32⟩no address changes next hop in 1 subnet⟨39⟩, and no row differs

> in a pipe
in 5: hub/mgmt, many/a, many/b and 2 more
rows that differ and change next hops
  + User gone  20.0.0.0/8  None  Active

  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct

no address changes next hop in 1 subnet

> 110 columns
⟨36⟩in⟨39⟩ 5: hub/mgmt, many/a, many/b and 2 more
⟨36⟩rows that differ and change next hops⟨39⟩
  + User gone  20.0.0.0/8  None  Active

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct⟨22⟩

⟨32⟩no address changes next hop in 1 subnet⟨39⟩

> in a pipe
  not compared  a: no table after
  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct

nothing was compared: no subnet has a table in both

> 110 columns
⟨33⟩  not compared  ⟨39⟩a: no table after
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct⟨22⟩

⟨33⟩nothing was compared: no subnet has a table in both⟨39⟩

> in a pipe
  not compared  a: no table after
  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken 2026-11-29T10:00:00Z: 1 table, 1 distinct

nothing was compared: no table is in both

> 110 columns
⟨33⟩  not compared  ⟨39⟩a: no table after
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 1 table, 1 distinct⟨22⟩

⟨33⟩nothing was compared: no table is in both⟨39⟩

> in a pipe
  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken 2026-11-29T10:00:00Z: 1 table, 1 distinct

no address changes next hop in 2 tables, and no row differs

> 110 columns
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 1 table, 1 distinct⟨22⟩

⟨32⟩no address changes next hop in 2 tables⟨39⟩, and no row differs

> in a pipe
    ADDRESSES           CHANGE                                                     PREFIXES                                  WHERE
  ✓ 4,278,124,542 IPv4  appliance 10.0.1.4 (to-nva) → appliance 10.0.1.5 (to-nva)  0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8  4: many/a, many/b, many/c, many/d

  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct

addresses change next hop in 1 of 3 subnets

> 110 columns
    ⟨2⟩ADDRESSES           CHANGE⟨22⟩
  ⟨32⟩✓⟨39⟩ 4,278,124,542 IPv4  appliance 10.0.1.4 (to-nva) → appliance 10.0.1.5 (to-nva)
      0.0.0.0/0 except 10.0.0.0/16, 20.0.0.0/8: 4: many/a, many/b, many/c, many/d

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct → DIR/one, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct⟨22⟩

⟨33⟩addresses change next hop in 1 of 3 subnets⟨39⟩

> in a pipe
  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct; incomplete (not read: 2 subscriptions, s0, dev) → DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct

no address changes next hop in 1 subnet, and no row differs

> 110 columns
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct; incomplete (not read: 2⟨22⟩
        ⟨2⟩subscriptions, s0, dev) → DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct⟨22⟩

⟨32⟩no address changes next hop in 1 subnet⟨39⟩, and no row differs

> in a pipe
  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct; incomplete → DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct

no address changes next hop in 1 subnet, and no row differs

> 110 columns
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct; incomplete → DIR/one, taken⟨22⟩
        ⟨2⟩2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct⟨22⟩

⟨32⟩no address changes next hop in 1 subnet⟨39⟩, and no row differs
`);
});

test("more groups of subnets with different rows are counted", async () => {
  const report = await reported("diff", before, after);
  const [row] = report.rows;
  const rows = (count: number) => Array.from({ length: count }, (_, k) => ({ ...row, members: [`subnet${k}`] }));
  const shown = async (count: number) =>
    (await printed("snapshot-diff", { ...report, moves: [], rows: rows(count) }, { widths: [null] })).match(
      /^(in subnet19|in subnet20|and other.*)$/gm,
    );
  expect(await shown(20)).toEqual(["in subnet19"]);
  expect(await shown(21)).toEqual(["in subnet19", "in subnet20"]);
  expect(await shown(22)).toEqual(["in subnet19", "and other rows in 2 more groups of subnets; -o json has all"]);
});

const RUN = {
  ...{
    directory: "DIR",
    dryRun: false,
    complete: true,
    subscriptions: 1,
    networks: 2,
    subnets: 3,
    subnetsWithTable: 2,
  },
  ...{ nics: 1500, asked: 4, reused: 0, distinctTables: 2, inventory: "Resource Graph", routers: null, cost: null },
  counts: { ok: 1490, stopped: 5, unattached: 0, "no-api": 0, denied: 4, failed: 1 },
  ...{ problems: [], unreadSubscriptions: [], gaps: [], differing: [] },
  ...{ startedAt: "2026-11-29T10:00:00Z", finishedAt: "2026-11-29T10:01:00Z" },
};

test("a snapshot that was taken, and what went wrong", async () => {
  const nicIds = ["a", "b", "c", "d", "e"].map(
    (name) => `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/${name}`,
  );
  const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub/subnets/app";
  const text = await printed(
    "snapshot",
    { schemaVersion: "1.0", snapshot: RUN },
    { formats: [...FORMATS, "ndjson"], widths: [60] },
  );
  expect(text).toBe(`
> table
directory  DIR
scope      1 subscription, 2 networks, by Resource Graph
subnets    2 of 3 have a route table
NICs       1,500: 1,490 ok, 5 stopped, 4 denied, 1 failed
tables     4 fetched; 2 different

> short
DIR  false  true  1  2  3  2  1500  4  0  2  1490  5  0  0  4  1  -  -  -  2026-11-29T10:00:00Z  2026-11-29T10:01:00Z

> csv
directory,dryRun,complete,subscriptions,networks,subnets,subnetsWithTable,nics,asked,reused,distinctTables,ok,stopped,unattached,noApi,denied,failed,writes,reads,seconds,startedAt,finishedAt
DIR,false,true,1,2,3,2,1500,4,0,2,1490,5,0,0,4,1,,,,2026-11-29T10:00:00Z,2026-11-29T10:01:00Z

> ndjson
{"directory":"DIR","dryRun":false,"complete":true,"subscriptions":1,"networks":2,"subnets":3,"subnetsWithTable":2,"nics":1500,"asked":4,"reused":0,"distinctTables":2,"inventory":"Resource Graph","routers":null,"cost":null,"counts":{"ok":1490,"stopped":5,"unattached":0,"no-api":0,"denied":4,"failed":1},"problems":[],"unreadSubscriptions":[],"gaps":[],"differing":[],"startedAt":"2026-11-29T10:00:00Z","finishedAt":"2026-11-29T10:01:00Z"}

> 60 columns
⟨36⟩directory⟨39⟩  DIR
⟨36⟩scope⟨39⟩      1 subscription, 2 networks, by Resource Graph
⟨36⟩subnets⟨39⟩    2 of 3 have a route table
⟨36⟩NICs⟨39⟩       1,500: 1,490 ok, 5 stopped, 4 denied, 1 failed
⟨36⟩tables⟨39⟩     4 fetched; 2 different
`);
  const unread = { id: "s0", name: null, outcome: "denied", code: "not-allowed", message: "not\n  allowed" };
  const troubled = {
    ...RUN,
    ...{ subscriptions: 2, networks: 1, reused: 3, routers: { kept: 1, failed: 2 } },
    problems: [
      { outcome: "failed", code: "timeout", message: "no answer", nics: 1, nicIds: nicIds.slice(0, 1) },
      { outcome: "denied", code: "not-allowed", message: "not allowed", nics: 2000, nicIds },
    ],
    unreadSubscriptions: [unread, { ...unread, name: "dev" }],
    gaps: [{ resourceId: nicIds[0], what: "the instance view", code: "gone", message: "it is gone" }],
    differing: [
      { subnetId: id, tables: 2, nicIds: nicIds.slice(0, 2) },
      { subnetId: "odd", tables: 1000, nicIds: nicIds.slice(0, 3) },
    ],
  };
  const problems = await printed(
    "snapshot",
    { schemaVersion: "1.0", snapshot: troubled },
    { formats: FORMATS, widths: [60] },
  );
  expect(problems).toBe(`
> table
directory  DIR
scope      2 subscriptions, 1 network, by Resource Graph
subnets    2 of 3 have a route table
NICs       1,500: 1,490 ok, 5 stopped, 4 denied, 1 failed
tables     4 fetched, 3 kept from before; 2 different
routers    1 table of routers kept, 2 failed

  ! subscription s0 denied (not-allowed): not; allowed
  ! subscription dev denied (not-allowed): not; allowed
  ! the instance view of a is missing (gone): it is gone
  ! 1 failed (timeout), a: no answer
  ! 2,000 denied (not-allowed), a, b, c, d, e and 1,995 more: not allowed
  ! NICs of hub/app have 2 different tables: a, b
  ! NICs of odd have 1,000 different tables: a, b, c and 997 more

> short
DIR  false  true  2  1  3  2  1500  4  3  2  1490  5  0  0  4  1  -  -  -  2026-11-29T10:00:00Z  2026-11-29T10:01:00Z

> csv
directory,dryRun,complete,subscriptions,networks,subnets,subnetsWithTable,nics,asked,reused,distinctTables,ok,stopped,unattached,noApi,denied,failed,writes,reads,seconds,startedAt,finishedAt
DIR,false,true,2,1,3,2,1500,4,3,2,1490,5,0,0,4,1,,,,2026-11-29T10:00:00Z,2026-11-29T10:01:00Z

> 60 columns
⟨36⟩directory⟨39⟩  DIR
⟨36⟩scope⟨39⟩      2 subscriptions, 1 network, by Resource Graph
⟨36⟩subnets⟨39⟩    2 of 3 have a route table
⟨36⟩NICs⟨39⟩       1,500: 1,490 ok, 5 stopped, 4 denied, 1 failed
⟨36⟩tables⟨39⟩     4 fetched, 3 kept from before; 2 different
⟨36⟩routers⟨39⟩    1 table of routers kept, 2 failed

  ⟨33⟩!⟨39⟩ subscription s0 denied (not-allowed): not; allowed
  ⟨33⟩!⟨39⟩ subscription dev denied (not-allowed): not; allowed
  ⟨33⟩!⟨39⟩ the instance view of a is missing (gone): it is gone
  ⟨33⟩!⟨39⟩ 1 failed (timeout), a: no answer
  ⟨33⟩!⟨39⟩ 2,000 denied (not-allowed), a, b, c, d, e and 1,995
      more: not allowed
  ⟨33⟩!⟨39⟩ NICs of hub/app have 2 different tables: a, b
  ⟨33⟩!⟨39⟩ NICs of odd have 1,000 different tables: a, b, c and 997
      more
`);
  const none = {
    ...RUN,
    counts: { ok: 0 },
    nics: 0,
    routers: { kept: 3, failed: 0 },
    differing: troubled.differing.slice(0, 1),
  };
  const empty = await printed("snapshot", { schemaVersion: "1.0", snapshot: none }, { widths: [null] });
  expect(empty).toBe(`
> in a pipe
directory  DIR
scope      1 subscription, 2 networks, by Resource Graph
subnets    2 of 3 have a route table
NICs       0: none
tables     4 fetched; 2 different
routers    3 tables of routers kept

  ! NICs of hub/app have 2 different tables: a, b
`);
});

test("a dry run", async () => {
  const cost = (seconds: number) => ({ writes: 4, reads: 1, seconds });
  let text = "";
  for (const seconds of [0, 1, 89, 90, 91, 600]) {
    const counts = { ok: 1490, stopped: 5, unattached: 0, "no-api": 0, denied: 0, failed: 0 };
    const snapshot = { ...RUN, dryRun: true, cost: cost(seconds), counts };
    text += await printed(
      "snapshot",
      { schemaVersion: "1.0", snapshot },
      { formats: seconds === 0 ? FORMATS : ["table"] },
    );
  }
  expect(text).toBe(`
> table
directory  DIR (dry run: nothing was written)
scope      1 subscription, 2 networks, by Resource Graph
NICs       1,500, 5 stopped
to ask     4 NICs in 3 subnets
calls      4 writes, about 1 read
time       none

> short
DIR  true  true  1  2  3  2  1500  4  0  2  1490  5  0  0  0  0  4  1  0  2026-11-29T10:00:00Z  2026-11-29T10:01:00Z

> csv
directory,dryRun,complete,subscriptions,networks,subnets,subnetsWithTable,nics,asked,reused,distinctTables,ok,stopped,unattached,noApi,denied,failed,writes,reads,seconds,startedAt,finishedAt
DIR,true,true,1,2,3,2,1500,4,0,2,1490,5,0,0,0,0,4,1,0,2026-11-29T10:00:00Z,2026-11-29T10:01:00Z

> table
directory  DIR (dry run: nothing was written)
scope      1 subscription, 2 networks, by Resource Graph
NICs       1,500, 5 stopped
to ask     4 NICs in 3 subnets
calls      4 writes, about 1 read
time       about 1 s

> table
directory  DIR (dry run: nothing was written)
scope      1 subscription, 2 networks, by Resource Graph
NICs       1,500, 5 stopped
to ask     4 NICs in 3 subnets
calls      4 writes, about 1 read
time       about 89 s

> table
directory  DIR (dry run: nothing was written)
scope      1 subscription, 2 networks, by Resource Graph
NICs       1,500, 5 stopped
to ask     4 NICs in 3 subnets
calls      4 writes, about 1 read
time       about 2 min

> table
directory  DIR (dry run: nothing was written)
scope      1 subscription, 2 networks, by Resource Graph
NICs       1,500, 5 stopped
to ask     4 NICs in 3 subnets
calls      4 writes, about 1 read
time       about 2 min

> table
directory  DIR (dry run: nothing was written)
scope      1 subscription, 2 networks, by Resource Graph
NICs       1,500, 5 stopped
to ask     4 NICs in 3 subnets
calls      4 writes, about 1 read
time       about 10 min
`);
  const snapshot = { ...RUN, dryRun: true, asked: 1, subnets: 1, reused: 1000, counts: { ok: 2 } };
  const uncosted = await printed("snapshot", { schemaVersion: "1.0", snapshot }, { formats: ["table"] });
  expect(uncosted).toBe(`
> table
directory  DIR (dry run: nothing was written)
scope      1 subscription, 2 networks, by Resource Graph
NICs       1,500
to ask     1 NIC in 1 subnet, 1,000 kept from before
calls      -
time       -
`);
});

test.each<[tags: object, text: string]>([
  [{ file: "tags.json", date: null }, "; service tags tags.json"],
  [{ file: "tags.json", date: "2026-11-10" }, "; service tags of 2026-11-10"],
])("the origin of the data names the service tags %j by their date, else by their file", async (tags, end) => {
  const report = { ...(await reported("whichroute", "8.8.8.8", one)), serviceTagFile: tags };
  const text = await printed("snapshot-whichroute", report, { view: VIEW, widths: [null] });
  expect(text.slice(text.indexOf("  data"))).toBe(
    `  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct${end}\n`,
  );
});

test("an answer that is explained has its subnets in bold in front", async () => {
  const report = await reported("whichroute", "8.8.8.8", one);
  const text = await printed("snapshot-whichroute", report, { view: { ...VIEW, explain: true }, widths: [80] });
  expect(text).toContain("\n⟨36⟩  from  ⟨39⟩⟨1⟩1 subnet: hub/app⟨22⟩\n");
});

test("snapshots without anything to compare differ in nothing", async () => {
  const report = await reported("diff", one, one);
  const text = await printed("snapshot-diff", { ...report, compared: 0, notCompared: [] }, { widths: [null] });
  expect(text).toContain("\n\nno address changes next hop in 0 subnets, and no row differs\n");
});

test("only the time of a table is shown without its fraction of a second", async () => {
  const report = await reported("routes", one);
  const members = [{ ...report.members[0], name: "hub/app.5Z", fetchedAt: "2026-11-29T10:00:00.5Z" }];
  const text = await printed("snapshot-routes", { ...report, members }, { widths: [null] });
  expect(text).toMatch(/^hub\/app\.5Z .* 2026-11-29T10:00:00Z$/m);
});

test.each<[went: string, more: object, line: string]>([
  [
    "a NIC failed",
    { problems: [{ outcome: "failed", code: "timeout", message: "late", nics: 1, nicIds: ["/n/a"] }] },
    "1 failed (timeout), a: late",
  ],
  [
    "a subscription was not read",
    { unreadSubscriptions: [{ id: "s0", name: "dev", outcome: "denied", code: "not-allowed", message: "no" }] },
    "subscription dev denied (not-allowed): no",
  ],
  [
    "a part is missing",
    { gaps: [{ resourceId: "/n/hub", what: "the peerings", code: "denied", message: "no" }] },
    "the peerings of hub is missing (denied): no",
  ],
  [
    "NICs of a subnet differ",
    { differing: [{ subnetId: "/x/virtualNetworks/hub/subnets/app", tables: 2, nicIds: ["/n/a", "/n/b"] }] },
    "NICs of hub/app have 2 different tables: a, b",
  ],
])("one blank line is above what went wrong, where only %s", async (_, more, line) => {
  const snapshot = { ...RUN, ...more };
  const text = await printed("snapshot", { schemaVersion: "1.0", snapshot }, { widths: [null] });
  expect(text.slice(text.indexOf("tables "))).toBe(`tables     4 fetched; 2 different\n\n  ! ${line}\n`);
});

test("what to check next is that of the first answer that is not fine, and not said where all are", async () => {
  const report = await reported("whichroute", "8.8.8.8", one);
  const [asked] = report.destinations;
  const [answer] = asked.answers;
  const of = (level: string, next: string | null) => ({ ...answer, level, answer: { ...answer.answer, next } });
  const shown = async (...answers: readonly object[]) => {
    const text = await printed(
      "snapshot-whichroute",
      { ...report, destinations: [{ ...asked, answers }] },
      { view: VIEW, widths: [null] },
    );
    return /^ {2}next {2}(.*)$/m.exec(text)?.[1] ?? null;
  };
  expect(await shown(of("fine", "a"))).toBeNull();
  expect(await shown(of("fine", "a"), of("warning", "b"), of("problem", "c"))).toBe("b");
  expect(await shown(of("problem", null), of("warning", "b"))).toBeNull();
});

test("the elements of a snapshot's results are its destinations, moves and members, or itself", () => {
  const list = [{}];
  const elements = [
    snapshotAnswers.elements({ destinations: list } as never),
    snapshotDiff.elements({ moves: list } as never),
    snapshotRoutes.elements({ members: list } as never),
    snapshot.elements({ snapshot: list[0] } as never),
  ];
  expect(elements).toEqual([list, list, list, list]);
});
