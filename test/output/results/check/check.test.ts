import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../../../src/output/results/check/check.ts";
import { tablesText, whatText } from "../../../../src/output/results/check/text.ts";
import { openTerminal } from "../../../../src/terminal/terminal.ts";
import { VERSION } from "../../../../src/text/version.ts";
import { run } from "../../../commands/run-in-process.ts";
import { body, exportFolder, snapshotDirectory } from "../../../commands/snapshot-fixture.ts";
import { temporaryDirectory } from "../../../store/temporary-directory.ts";
import { Capture } from "../../../terminal/capture-terminal.ts";
import { printed } from "../../printed.ts";

const scratch = temporaryDirectory();
const table = (name: string, ...rows: readonly string[]) => {
  const path = join(scratch, `${name}.json`);
  writeFileSync(path, body("10.0.0.0/16 VnetLocal", ...rows));
  return path;
};
const web = table(
  "web",
  "10.4.0.0/16 VNetPeering",
  "20.0.0.0/8 None - to-none",
  "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva",
);
const db = table(
  "db",
  "10.4.0.0/16 VNetPeering",
  "10.5.0.0/24 Internet - direct",
  "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva",
);
const policy = join(scratch, "policy.yaml");
writeFileSync(
  policy,
  `name: the policy of prod
rules:
  - {id: by-nva, to: [20.0.0.0/8, 30.0.0.0/8], expect: {via: 10.0.1.4}}
  - {name: no internet, to: [10.0.0.0/8], expect: {not: {next-hop: Internet}}, severity: warning}
  - {id: local, to: 10.0.0.4, expect: {next-hop: VnetLocal}, severity: note}
  - {id: note-it, to: [10.4.0.0/16, 2001:db8::/32], expect: {next-hop: Internet}, severity: note, description: "Read <this> & \\"that\\""}
  - {id: back, symmetric: true, severity: warning}
  - {id: running, inventory: appliances-running}
  - {id: found, inventory: appliances-found}
  - {id: peered, inventory: peerings-connected, severity: warning}
`,
);

async function checked(...args: readonly string[]) {
  const { out, err } = await run(["check", ...args, "-o", "json"]);
  return JSON.parse(err === "" || out !== "" ? out.replaceAll(scratch, "DIR") : err);
}
const BRIEF = { expand: false };
const PAGES = ["table", "short", "csv", "junit"];

/** The report as SARIF, a line for each rule, notification and result, without explanations and long lists. */
async function sarif(report: { results: { counterExamples: { prefixes: string[]; back: object | null }[] }[] }) {
  const results = report.results.map((result) => ({
    ...result,
    counterExamples: result.counterExamples.map((each) => ({
      ...each,
      prefixes: each.prefixes.slice(0, 2),
      explanation: { candidates: [] },
      back: each.back && { ...each.back, explanation: {} },
    })),
  }));
  const text = await printed("check", { ...report, results }, { formats: ["sarif"] });
  const { runs, ...log } = JSON.parse(text.replace("> sarif", ""));
  const [{ tool, results: all, invocations, ...run }] = runs;
  const { rules, version, semanticVersion, ...driver } = tool.driver;
  expect([version, semanticVersion]).toEqual([VERSION, VERSION]);
  const [{ toolExecutionNotifications: notifications, ...invocation }] = invocations;
  const lines = [log, driver, run, invocation, ...rules, ...notifications, ...all];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

test("a policy on one table", async () => {
  const report = await checked(policy, web);
  const text = await printed("check", report, { view: BRIEF, formats: PAGES, widths: [50, 90] });
  expect(text).toBe(`
> table
DIR/policy.yaml: the policy of prod

    RULE     ADDRESSES                     REASON
  ✗ by-nva   20.0.0.0/8 (16,777,216 IPv4)  expected via 10.0.1.4, got None (20.0.0.0/8, drop)
  ✗ note-it  10.4.0.0/16 (65,536 IPv4)     expected next-hop Internet, got VNetPeering (10.4.0.0/16)
  ✗ note-it  2001:db8::/32 (2^96 IPv6)     expected next-hop Internet, got none (no-route)
  ! back                                   not judged: a symmetric rule needs two tables, and one was given
  ! running                                not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)
  ! found                                  not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)
  ! peered                                 not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

  data  DIR/web.json

failed  violated: 1 error, 1 note; not judged: 2 errors, 2 warnings; holds: 2

> short
violated  error  by-nva  DIR/web.json  16,777,216 of 33,554,432 IPv4 addresses
holds  warning  rule-2  DIR/web.json  16,777,216 IPv4 addresses
holds  note  local  DIR/web.json  1 IPv4 address
violated  note  note-it  DIR/web.json  65,536 IPv4 addresses, 2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses
not-judged  warning  back  DIR/web.json  a symmetric rule needs two tables, and one was given
not-judged  error  running  inventory  it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)
not-judged  error  found  inventory  it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)
not-judged  warning  peered  inventory  it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

> csv
rule,severity,status,tables,table,addressPrefix,verdict,nextHopType,nextHopIpAddress,example,mismatches,reason,line,resource,remedy
by-nva,error,violated,DIR/web.json,DIR/web.json,20.0.0.0/8,drop,None,,20.0.0.0,"20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)",,3,,
rule-2,warning,holds,DIR/web.json,,,,,,,,,4,,
local,note,holds,DIR/web.json,,,,,,,,,5,,
note-it,note,violated,DIR/web.json,DIR/web.json,10.4.0.0/16,forward,VNetPeering,,10.4.0.0,"10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)",,6,,
note-it,note,violated,DIR/web.json,DIR/web.json,2001:db8::/32,no-route,,,2001:db8::,"2001:db8::: expected next-hop Internet, got none (no-route)",,6,,
back,warning,not-judged,DIR/web.json,,,,,,,,"a symmetric rule needs two tables, and one was given",7,,
running,error,not-judged,,,,,,,,,"it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)",8,,
found,error,not-judged,,,,,,,,,"it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)",9,,
peered,warning,not-judged,,,,,,,,,"it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)",10,,

> junit
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="the policy of prod" tests="8" failures="1" errors="2" skipped="3" time="0">
  <testsuite name="DIR/web.json" tests="5" failures="1" errors="0" skipped="2" time="0">
    <testcase name="by-nva" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <failure message="16,777,216 IPv4 addresses, e.g. 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)" type="violated">
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)
</failure>
    </testcase>
    <testcase name="rule-2: no internet" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="4" time="0"/>
    <testcase name="local" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="5" time="0"/>
    <testcase name="note-it" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="6" time="0">
      <skipped message="note: 65,536 IPv4 addresses, 2^96 IPv6 addresses, e.g. 10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)"/>
      <system-out>
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)
    10.4.0.0  →  VNet peering (10.4.0.0/16)

        PREFIX       NEXT HOP                   SOURCE       REASON
      ✓ 10.4.0.0/16  VNetPeering                Default      longest prefix
      ✗ 0.0.0.0/0    VirtualAppliance 10.0.1.4  User to-nva  /0 is shorter than /16

      ! Bypasses appliance 10.0.1.4 of to-nva: its logs never show this traffic. To inspect it, add a user route for 10.4.0.0/16.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address
</system-out>
    </testcase>
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: a symmetric rule needs two tables, and one was given"/>
    </testcase>
  </testsuite>
  <testsuite name="inventory" tests="3" failures="0" errors="2" skipped="1" time="0">
    <testcase name="running" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="8" time="0">
      <error message="not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)" type="not-judged"/>
    </testcase>
    <testcase name="found" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="9" time="0">
      <error message="not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)" type="not-judged"/>
    </testcase>
    <testcase name="peered" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="10" time="0">
      <skipped message="warning: not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)"/>
    </testcase>
  </testsuite>
</testsuites>

> 50 columns
⟨1⟩DIR/policy.yaml: the policy of prod⟨22⟩

    ⟨2⟩RULE     ADDRESSES⟨22⟩
  ⟨31⟩✗⟨39⟩ by-nva   20.0.0.0/8 (16,777,216 IPv4)
      expected via 10.0.1.4, got None (20.0.0.0/8,
      drop)
  ⟨33⟩✗⟨39⟩ note-it  10.4.0.0/16 (65,536 IPv4)
      expected next-hop Internet, got VNetPeering
      (10.4.0.0/16)
  ⟨33⟩✗⟨39⟩ note-it  2001:db8::/32 (2^96 IPv6)
      expected next-hop Internet, got none
      (no-route)
  ⟨33⟩!⟨39⟩ back
      not judged: a symmetric rule needs two
      tables, and one was given
  ⟨31⟩!⟨39⟩ running
      not judged: it needs an inventory: check a
      snapshot directory, or a folder that has
      exports of resources (az network vnet list)
  ⟨31⟩!⟨39⟩ found
      not judged: it needs an inventory: check a
      snapshot directory, or a folder that has
      exports of resources (az network vnet list)
  ⟨33⟩!⟨39⟩ peered
      not judged: it needs an inventory: check a
      snapshot directory, or a folder that has
      exports of resources (az network vnet list)

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/web.json⟨22⟩

⟨31⟩failed⟨39⟩  violated: 1 error, 1 note; not judged: 2
        errors, 2 warnings; holds: 2

> 90 columns
⟨1⟩DIR/policy.yaml: the policy of prod⟨22⟩

    ⟨2⟩RULE     ADDRESSES                     REASON⟨22⟩
  ⟨31⟩✗⟨39⟩ by-nva   20.0.0.0/8 (16,777,216 IPv4)  expected via 10.0.1.4, got None (20.0.0.0/8,
                                           drop)
  ⟨33⟩✗⟨39⟩ note-it  10.4.0.0/16 (65,536 IPv4)     expected next-hop Internet, got VNetPeering
                                           (10.4.0.0/16)
  ⟨33⟩✗⟨39⟩ note-it  2001:db8::/32 (2^96 IPv6)     expected next-hop Internet, got none (no-route)
  ⟨33⟩!⟨39⟩ back                                   not judged: a symmetric rule needs two tables,
                                           and one was given
  ⟨31⟩!⟨39⟩ running                                not judged: it needs an inventory: check a
                                           snapshot directory, or a folder that has
                                           exports of resources (az network vnet list)
  ⟨31⟩!⟨39⟩ found                                  not judged: it needs an inventory: check a
                                           snapshot directory, or a folder that has
                                           exports of resources (az network vnet list)
  ⟨33⟩!⟨39⟩ peered                                 not judged: it needs an inventory: check a
                                           snapshot directory, or a folder that has
                                           exports of resources (az network vnet list)

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/web.json⟨22⟩

⟨31⟩failed⟨39⟩  violated: 1 error, 1 note; not judged: 2 errors, 2 warnings; holds: 2
`);
  const expanded = await printed("check", report, { view: { expand: true }, widths: [null, 60] });
  expect(expanded).toBe(`
> in a pipe
DIR/policy.yaml: the policy of prod

  ✗ by-nva  16,777,216 of 33,554,432 IPv4 addresses  violated (line 3)
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)

  ✓ no internet  16,777,216 IPv4 addresses  holds

  ✓ local  1 IPv4 address  holds

  ✗ note-it  65,536 IPv4 addresses, 2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses  violated (line 6)
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)
    10.4.0.0  →  VNet peering (10.4.0.0/16)

        PREFIX       NEXT HOP                   SOURCE       REASON
      ✓ 10.4.0.0/16  VNetPeering                Default      longest prefix
      ✗ 0.0.0.0/0    VirtualAppliance 10.0.1.4  User to-nva  /0 is shorter than /16

      ! Bypasses appliance 10.0.1.4 of to-nva: its logs never show this traffic. To inspect it, add a user route for 10.4.0.0/16.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address

  ! back    not judged: a symmetric rule needs two tables, and one was given

  ! running    not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

  ! found    not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

  ! peered    not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

  data  DIR/web.json

failed  violated: 1 error, 1 note; not judged: 2 errors, 2 warnings; holds: 2

> 60 columns
⟨1⟩DIR/policy.yaml: the policy of prod⟨22⟩

  ⟨31⟩✗⟨39⟩ by-nva  16,777,216 of 33,554,432 IPv4 addresses
      violated (line 3)
  ⟨1⟩20.0.0.0/8⟨22⟩  ⟨2⟩16,777,216 IPv4 addresses⟨22⟩
    ⟨31⟩20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8,
        drop)⟨39⟩
    ⟨1⟩20.0.0.0  →  ⟨22⟩⟨1⟩⟨31⟩DROPPED: to-none (20.0.0.0/8) has next hop⟨39⟩⟨22⟩
                 ⟨1⟩⟨31⟩None⟨39⟩⟨22⟩

        ⟨2⟩PREFIX      NEXT HOP            SOURCE⟨22⟩
      ⟨31⟩✓⟨39⟩ ⟨1⟩20.0.0.0/8  None                User to-none⟨22⟩
          ⟨1⟩longest prefix⟨22⟩
      ✗ 0.0.0.0/0   Appliance 10.0.1.4  User to-nva
          /0 is shorter than /8

    ⟨36⟩  next  ⟨39⟩check to-none in its route table: made with
            None, or Azure cannot place its next hop
            (VnetLocal outside the network, no gateway)

  ⟨32⟩✓⟨39⟩ no internet  16,777,216 IPv4 addresses  holds

  ⟨32⟩✓⟨39⟩ local  1 IPv4 address  holds

  ⟨33⟩✗⟨39⟩ note-it  65,536 IPv4 addresses, 2^96 IPv6 addresses of
             65,536 IPv4 addresses, 2^96 IPv6 addresses
      violated (line 6)
  ⟨1⟩10.4.0.0/16⟨22⟩  ⟨2⟩65,536 IPv4 addresses⟨22⟩
    ⟨31⟩10.4.0.0: expected next-hop Internet, got VNetPeering
        (10.4.0.0/16)⟨39⟩
    ⟨1⟩10.4.0.0  →  ⟨22⟩⟨1⟩⟨32⟩VNet peering (10.4.0.0/16)⟨39⟩⟨22⟩

        ⟨2⟩PREFIX       NEXT HOP            SOURCE⟨22⟩
      ⟨32⟩✓⟨39⟩ ⟨1⟩10.4.0.0/16  VNetPeering         Default⟨22⟩
          ⟨1⟩longest prefix⟨22⟩
      ✗ 0.0.0.0/0    Appliance 10.0.1.4  User to-nva
          /0 is shorter than /16

    ⟨33⟩  ! ⟨39⟩Bypasses appliance 10.0.1.4 of to-nva: its logs
        never show this traffic. To inspect it, add a user
        route for 10.4.0.0/16.

  ⟨1⟩2001:db8::/32⟨22⟩  ⟨2⟩2^96 IPv6 addresses⟨22⟩
    ⟨31⟩2001:db8::: expected next-hop Internet, got none
        (no-route)⟨39⟩
    ⟨1⟩2001:db8::  →  ⟨22⟩⟨1⟩⟨33⟩NOT SENT: no row is IPv6, so the subnet⟨39⟩⟨22⟩
                   ⟨1⟩⟨33⟩has no IPv6 (inferred)⟨39⟩⟨22⟩

    ⟨36⟩  next  ⟨39⟩give the network and the subnet an IPv6 range,
            and the NIC an IPv6 address

  ⟨33⟩!⟨39⟩ back    not judged: a symmetric rule needs two tables,
            and one was given

  ⟨31⟩!⟨39⟩ running    not judged: it needs an inventory: check a
               snapshot directory, or a folder that has
               exports of resources (az network vnet list)

  ⟨31⟩!⟨39⟩ found    not judged: it needs an inventory: check a
             snapshot directory, or a folder that has
             exports of resources (az network vnet list)

  ⟨33⟩!⟨39⟩ peered    not judged: it needs an inventory: check a
              snapshot directory, or a folder that has
              exports of resources (az network vnet list)

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/web.json⟨22⟩

⟨31⟩failed⟨39⟩  violated: 1 error, 1 note; not judged: 2 errors, 2
        warnings; holds: 2
`);
  const scanned = await sarif(report);
  expect(scanned).toBe(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0"}
{"name":"vnet-explain"}
{"columnKind":"utf16CodeUnits"}
{"executionSuccessful":true,"exitCode":3}
{"id":"by-nva","shortDescription":{"text":"by-nva"},"fullDescription":{"text":"by-nva"},"help":{"text":"by-nva\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"rule-2","shortDescription":{"text":"no internet"},"fullDescription":{"text":"no internet"},"help":{"text":"no internet\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"id":"local","shortDescription":{"text":"local"},"fullDescription":{"text":"local"},"help":{"text":"local\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"note"}}
{"id":"note-it","shortDescription":{"text":"note-it"},"fullDescription":{"text":"Read <this> & \\"that\\""},"help":{"text":"Read <this> & \\"that\\"\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"note"}}
{"id":"back","shortDescription":{"text":"back"},"fullDescription":{"text":"back"},"help":{"text":"back\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"id":"running","shortDescription":{"text":"running"},"fullDescription":{"text":"running"},"help":{"text":"running\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"found","shortDescription":{"text":"found"},"fullDescription":{"text":"found"},"help":{"text":"found\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"peered","shortDescription":{"text":"peered"},"fullDescription":{"text":"peered"},"help":{"text":"peered\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: a symmetric rule needs two tables, and one was given"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"DIR/web.json","kind":"resource"}]}]}
{"associatedRule":{"id":"running"},"level":"error","message":{"text":"not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":8}},"logicalLocations":[]}]}
{"associatedRule":{"id":"found"},"level":"error","message":{"text":"not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":9}},"logicalLocations":[]}]}
{"associatedRule":{"id":"peered"},"level":"warning","message":{"text":"not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":10}},"logicalLocations":[]}]}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"DIR/web.json: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"DIR/web.json","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva DIR/web.json 20.0.0.0 ","primaryLocationLineHash":"3663f72fab4c4620:1"},"properties":{"tables":["DIR/web.json"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"DIR/web.json: 10.4.0.0/16 (65,536 IPv4 addresses): 10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"DIR/web.json","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it DIR/web.json 10.4.0.0 ","primaryLocationLineHash":"32ecc33885ec79d9:1"},"properties":{"tables":["DIR/web.json"],"prefixes":["10.4.0.0/16"],"example":"10.4.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"DIR/web.json: 2001:db8::/32 (2^96 IPv6 addresses): 2001:db8::: expected next-hop Internet, got none (no-route)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"DIR/web.json","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it DIR/web.json 2001:db8:: ","primaryLocationLineHash":"7632b1844c933737:1"},"properties":{"tables":["DIR/web.json"],"prefixes":["2001:db8::/32"],"example":"2001:db8::","explanation":{"candidates":[]}}}
`);
});

test("a policy on two tables, with the way back of each", async () => {
  const report = await checked(policy, web, db);
  const text = await printed("check", report, { view: BRIEF, formats: PAGES, widths: [60] });
  expect(text).toBe(`
> table
DIR/policy.yaml: the policy of prod

    RULE         TABLE                         ADDRESSES                     REASON
  ✗ by-nva       DIR/web.json                  20.0.0.0/8 (16,777,216 IPv4)  expected via 10.0.1.4, got None (20.0.0.0/8, drop)
  ✗ no internet  DIR/db.json                   10.5.0.0/24 (256 IPv4)        expected next-hop not Internet, got Internet (10.5.0.0/24)
  ✗ note-it      DIR/web.json                  10.4.0.0/16 (65,536 IPv4)     expected next-hop Internet, got VNetPeering (10.4.0.0/16)
  ✗ note-it      DIR/web.json                  2001:db8::/32 (2^96 IPv6)     expected next-hop Internet, got none (no-route)
  ✗ note-it      DIR/db.json                   10.4.0.0/16 (65,536 IPv4)     expected next-hop Internet, got VNetPeering (10.4.0.0/16)
  ✗ note-it      DIR/db.json                   2001:db8::/32 (2^96 IPv6)     expected next-hop Internet, got none (no-route)
  ! back         DIR/web.json and DIR/db.json                                not judged: the addresses of DIR/web.json and DIR/db.json overlap; name the tables and the subnets behind them
  ! running      inventory                                                   not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)
  ! found        inventory                                                   not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)
  ! peered       inventory                                                   not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

  data  DIR/web.json
  data  DIR/db.json

failed  violated: 1 error, 1 warning, 2 notes; not judged: 2 errors, 2 warnings; holds: 4

> short
violated  error  by-nva  DIR/web.json  16,777,216 of 33,554,432 IPv4 addresses
holds  error  by-nva  DIR/db.json  33,554,432 IPv4 addresses
holds  warning  rule-2  DIR/web.json  16,777,216 IPv4 addresses
violated  warning  rule-2  DIR/db.json  256 of 16,777,216 IPv4 addresses
holds  note  local  DIR/web.json  1 IPv4 address
holds  note  local  DIR/db.json  1 IPv4 address
violated  note  note-it  DIR/web.json  65,536 IPv4 addresses, 2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses
violated  note  note-it  DIR/db.json  65,536 IPv4 addresses, 2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses
not-judged  warning  back  DIR/web.json and DIR/db.json  the addresses of DIR/web.json and DIR/db.json overlap; name the tables and the subnets behind them
not-judged  error  running  inventory  it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)
not-judged  error  found  inventory  it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)
not-judged  warning  peered  inventory  it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

> csv
rule,severity,status,tables,table,addressPrefix,verdict,nextHopType,nextHopIpAddress,example,mismatches,reason,line,resource,remedy
by-nva,error,violated,DIR/web.json,DIR/web.json,20.0.0.0/8,drop,None,,20.0.0.0,"20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)",,3,,
by-nva,error,holds,DIR/db.json,,,,,,,,,3,,
rule-2,warning,holds,DIR/web.json,,,,,,,,,4,,
rule-2,warning,violated,DIR/db.json,DIR/db.json,10.5.0.0/24,forward,Internet,,10.5.0.0,"10.5.0.0: expected next-hop not Internet, got Internet (10.5.0.0/24)",,4,,
local,note,holds,DIR/web.json,,,,,,,,,5,,
local,note,holds,DIR/db.json,,,,,,,,,5,,
note-it,note,violated,DIR/web.json,DIR/web.json,10.4.0.0/16,forward,VNetPeering,,10.4.0.0,"10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)",,6,,
note-it,note,violated,DIR/web.json,DIR/web.json,2001:db8::/32,no-route,,,2001:db8::,"2001:db8::: expected next-hop Internet, got none (no-route)",,6,,
note-it,note,violated,DIR/db.json,DIR/db.json,10.4.0.0/16,forward,VNetPeering,,10.4.0.0,"10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)",,6,,
note-it,note,violated,DIR/db.json,DIR/db.json,2001:db8::/32,no-route,,,2001:db8::,"2001:db8::: expected next-hop Internet, got none (no-route)",,6,,
back,warning,not-judged,"DIR/web.json,DIR/db.json",,,,,,,,the addresses of DIR/web.json and DIR/db.json overlap; name the tables and the subnets behind them,7,,
running,error,not-judged,,,,,,,,,"it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)",8,,
found,error,not-judged,,,,,,,,,"it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)",9,,
peered,warning,not-judged,,,,,,,,,"it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)",10,,

> junit
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="the policy of prod" tests="12" failures="1" errors="2" skipped="5" time="0">
  <testsuite name="DIR/web.json" tests="4" failures="1" errors="0" skipped="1" time="0">
    <testcase name="by-nva" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <failure message="16,777,216 IPv4 addresses, e.g. 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)" type="violated">
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)
</failure>
    </testcase>
    <testcase name="rule-2: no internet" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="4" time="0"/>
    <testcase name="local" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="5" time="0"/>
    <testcase name="note-it" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="6" time="0">
      <skipped message="note: 65,536 IPv4 addresses, 2^96 IPv6 addresses, e.g. 10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)"/>
      <system-out>
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)
    10.4.0.0  →  VNet peering (10.4.0.0/16)

        PREFIX       NEXT HOP                   SOURCE       REASON
      ✓ 10.4.0.0/16  VNetPeering                Default      longest prefix
      ✗ 0.0.0.0/0    VirtualAppliance 10.0.1.4  User to-nva  /0 is shorter than /16

      ! Bypasses appliance 10.0.1.4 of to-nva: its logs never show this traffic. To inspect it, add a user route for 10.4.0.0/16.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="DIR/db.json" tests="4" failures="0" errors="0" skipped="2" time="0">
    <testcase name="by-nva" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0"/>
    <testcase name="rule-2: no internet" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="4" time="0">
      <skipped message="warning: 256 IPv4 addresses, e.g. 10.5.0.0: expected next-hop not Internet, got Internet (10.5.0.0/24)"/>
      <system-out>
  10.5.0.0/24  256 IPv4 addresses
    10.5.0.0: expected next-hop not Internet, got Internet (10.5.0.0/24)
    10.5.0.0  →  NOT DELIVERED: a private address, and only Internet (10.5.0.0/24) covers it

        PREFIX       NEXT HOP                   SOURCE       REASON
      ✓ 10.5.0.0/24  Internet                   User direct  longest prefix
      ✗ 0.0.0.0/0    VirtualAppliance 10.0.1.4  User to-nva  /0 is shorter than /24

      next  check that a peering, gateway route or user route covers it and is active
</system-out>
    </testcase>
    <testcase name="local" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="5" time="0"/>
    <testcase name="note-it" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="6" time="0">
      <skipped message="note: 65,536 IPv4 addresses, 2^96 IPv6 addresses, e.g. 10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)"/>
      <system-out>
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)
    10.4.0.0  →  VNet peering (10.4.0.0/16)

        PREFIX       NEXT HOP                   SOURCE       REASON
      ✓ 10.4.0.0/16  VNetPeering                Default      longest prefix
      ✗ 0.0.0.0/0    VirtualAppliance 10.0.1.4  User to-nva  /0 is shorter than /16

      ! Bypasses appliance 10.0.1.4 of to-nva: its logs never show this traffic. To inspect it, add a user route for 10.4.0.0/16.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="DIR/web.json and DIR/db.json" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of DIR/web.json and DIR/db.json overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="inventory" tests="3" failures="0" errors="2" skipped="1" time="0">
    <testcase name="running" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="8" time="0">
      <error message="not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)" type="not-judged"/>
    </testcase>
    <testcase name="found" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="9" time="0">
      <error message="not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)" type="not-judged"/>
    </testcase>
    <testcase name="peered" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="10" time="0">
      <skipped message="warning: not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)"/>
    </testcase>
  </testsuite>
</testsuites>

> 60 columns
⟨1⟩DIR/policy.yaml: the policy of prod⟨22⟩

    ⟨2⟩RULE         TABLE⟨22⟩
  ⟨31⟩✗⟨39⟩ by-nva       DIR/web.json
      20.0.0.0/8 (16,777,216 IPv4): expected via 10.0.1.4,
      got None (20.0.0.0/8, drop)
  ⟨33⟩✗⟨39⟩ no internet  DIR/db.json
      10.5.0.0/24 (256 IPv4): expected next-hop not
      Internet, got Internet (10.5.0.0/24)
  ⟨33⟩✗⟨39⟩ note-it      DIR/web.json
      10.4.0.0/16 (65,536 IPv4): expected next-hop Internet,
      got VNetPeering (10.4.0.0/16)
  ⟨33⟩✗⟨39⟩ note-it      DIR/web.json
      2001:db8::/32 (2^96 IPv6): expected next-hop Internet,
      got none (no-route)
  ⟨33⟩✗⟨39⟩ note-it      DIR/db.json
      10.4.0.0/16 (65,536 IPv4): expected next-hop Internet,
      got VNetPeering (10.4.0.0/16)
  ⟨33⟩✗⟨39⟩ note-it      DIR/db.json
      2001:db8::/32 (2^96 IPv6): expected next-hop Internet,
      got none (no-route)
  ⟨33⟩!⟨39⟩ back         DIR/web.json and DIR/db.json
      not judged: the addresses of DIR/web.json and
      DIR/db.json overlap; name the tables and the subnets
      behind them
  ⟨31⟩!⟨39⟩ running      inventory
      not judged: it needs an inventory: check a snapshot
      directory, or a folder that has exports of resources
      (az network vnet list)
  ⟨31⟩!⟨39⟩ found        inventory
      not judged: it needs an inventory: check a snapshot
      directory, or a folder that has exports of resources
      (az network vnet list)
  ⟨33⟩!⟨39⟩ peered       inventory
      not judged: it needs an inventory: check a snapshot
      directory, or a folder that has exports of resources
      (az network vnet list)

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/web.json⟨22⟩
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/db.json⟨22⟩

⟨31⟩failed⟨39⟩  violated: 1 error, 1 warning, 2 notes; not judged: 2
        errors, 2 warnings; holds: 4
`);
  const expanded = await printed("check", report, { view: { expand: true }, widths: [null] });
  expect(expanded).toBe(`
> in a pipe
DIR/policy.yaml: the policy of prod

  ✗ by-nva  DIR/web.json  16,777,216 of 33,554,432 IPv4 addresses  violated (line 3)
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)

  ✓ by-nva  DIR/db.json  33,554,432 IPv4 addresses  holds

  ✓ no internet  DIR/web.json  16,777,216 IPv4 addresses  holds

  ✗ no internet  DIR/db.json  256 of 16,777,216 IPv4 addresses  violated (line 4)
  10.5.0.0/24  256 IPv4 addresses
    10.5.0.0: expected next-hop not Internet, got Internet (10.5.0.0/24)
    10.5.0.0  →  NOT DELIVERED: a private address, and only Internet (10.5.0.0/24) covers it

        PREFIX       NEXT HOP                   SOURCE       REASON
      ✓ 10.5.0.0/24  Internet                   User direct  longest prefix
      ✗ 0.0.0.0/0    VirtualAppliance 10.0.1.4  User to-nva  /0 is shorter than /24

      next  check that a peering, gateway route or user route covers it and is active

  ✓ local  DIR/web.json  1 IPv4 address  holds

  ✓ local  DIR/db.json  1 IPv4 address  holds

  ✗ note-it  DIR/web.json  65,536 IPv4 addresses, 2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses  violated (line 6)
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)
    10.4.0.0  →  VNet peering (10.4.0.0/16)

        PREFIX       NEXT HOP                   SOURCE       REASON
      ✓ 10.4.0.0/16  VNetPeering                Default      longest prefix
      ✗ 0.0.0.0/0    VirtualAppliance 10.0.1.4  User to-nva  /0 is shorter than /16

      ! Bypasses appliance 10.0.1.4 of to-nva: its logs never show this traffic. To inspect it, add a user route for 10.4.0.0/16.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address

  ✗ note-it  DIR/db.json  65,536 IPv4 addresses, 2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses  violated (line 6)
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)
    10.4.0.0  →  VNet peering (10.4.0.0/16)

        PREFIX       NEXT HOP                   SOURCE       REASON
      ✓ 10.4.0.0/16  VNetPeering                Default      longest prefix
      ✗ 0.0.0.0/0    VirtualAppliance 10.0.1.4  User to-nva  /0 is shorter than /16

      ! Bypasses appliance 10.0.1.4 of to-nva: its logs never show this traffic. To inspect it, add a user route for 10.4.0.0/16.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address

  ! back  DIR/web.json and DIR/db.json    not judged: the addresses of DIR/web.json and DIR/db.json overlap; name the tables and the subnets behind them

  ! running  inventory    not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

  ! found  inventory    not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

  ! peered  inventory    not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)

  data  DIR/web.json
  data  DIR/db.json

failed  violated: 1 error, 1 warning, 2 notes; not judged: 2 errors, 2 warnings; holds: 4
`);
  const scanned = await sarif(report);
  expect(scanned).toBe(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0"}
{"name":"vnet-explain"}
{"columnKind":"utf16CodeUnits"}
{"executionSuccessful":true,"exitCode":3}
{"id":"by-nva","shortDescription":{"text":"by-nva"},"fullDescription":{"text":"by-nva"},"help":{"text":"by-nva\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"rule-2","shortDescription":{"text":"no internet"},"fullDescription":{"text":"no internet"},"help":{"text":"no internet\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"id":"local","shortDescription":{"text":"local"},"fullDescription":{"text":"local"},"help":{"text":"local\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"note"}}
{"id":"note-it","shortDescription":{"text":"note-it"},"fullDescription":{"text":"Read <this> & \\"that\\""},"help":{"text":"Read <this> & \\"that\\"\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"note"}}
{"id":"back","shortDescription":{"text":"back"},"fullDescription":{"text":"back"},"help":{"text":"back\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"id":"running","shortDescription":{"text":"running"},"fullDescription":{"text":"running"},"help":{"text":"running\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"found","shortDescription":{"text":"found"},"fullDescription":{"text":"found"},"help":{"text":"found\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"peered","shortDescription":{"text":"peered"},"fullDescription":{"text":"peered"},"help":{"text":"peered\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of DIR/web.json and DIR/db.json overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"DIR/web.json","kind":"resource"},{"name":"DIR/db.json","kind":"resource"}]}]}
{"associatedRule":{"id":"running"},"level":"error","message":{"text":"not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":8}},"logicalLocations":[]}]}
{"associatedRule":{"id":"found"},"level":"error","message":{"text":"not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":9}},"logicalLocations":[]}]}
{"associatedRule":{"id":"peered"},"level":"warning","message":{"text":"not judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":10}},"logicalLocations":[]}]}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"DIR/web.json: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"DIR/web.json","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva DIR/web.json 20.0.0.0 ","primaryLocationLineHash":"3663f72fab4c4620:1"},"properties":{"tables":["DIR/web.json"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"rule-2","ruleIndex":1,"kind":"fail","level":"warning","message":{"text":"DIR/db.json: 10.5.0.0/24 (256 IPv4 addresses): 10.5.0.0: expected next-hop not Internet, got Internet (10.5.0.0/24)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":4}},"logicalLocations":[{"name":"DIR/db.json","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"rule-2 DIR/db.json 10.5.0.0 ","primaryLocationLineHash":"570936af815bfb74:1"},"properties":{"tables":["DIR/db.json"],"prefixes":["10.5.0.0/24"],"example":"10.5.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"DIR/web.json: 10.4.0.0/16 (65,536 IPv4 addresses): 10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"DIR/web.json","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it DIR/web.json 10.4.0.0 ","primaryLocationLineHash":"32ecc33885ec79d9:1"},"properties":{"tables":["DIR/web.json"],"prefixes":["10.4.0.0/16"],"example":"10.4.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"DIR/web.json: 2001:db8::/32 (2^96 IPv6 addresses): 2001:db8::: expected next-hop Internet, got none (no-route)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"DIR/web.json","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it DIR/web.json 2001:db8:: ","primaryLocationLineHash":"7632b1844c933737:1"},"properties":{"tables":["DIR/web.json"],"prefixes":["2001:db8::/32"],"example":"2001:db8::","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"DIR/db.json: 10.4.0.0/16 (65,536 IPv4 addresses): 10.4.0.0: expected next-hop Internet, got VNetPeering (10.4.0.0/16)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"DIR/db.json","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it DIR/db.json 10.4.0.0 ","primaryLocationLineHash":"36ed9c832cb77708:1"},"properties":{"tables":["DIR/db.json"],"prefixes":["10.4.0.0/16"],"example":"10.4.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"DIR/db.json: 2001:db8::/32 (2^96 IPv6 addresses): 2001:db8::: expected next-hop Internet, got none (no-route)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"DIR/db.json","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it DIR/db.json 2001:db8:: ","primaryLocationLineHash":"b925db460295684f:1"},"properties":{"tables":["DIR/db.json"],"prefixes":["2001:db8::/32"],"example":"2001:db8::","explanation":{"candidates":[]}}}
`);
});

test("a policy that holds", async () => {
  const path = join(scratch, "holds.yaml");
  writeFileSync(path, "rules:\n  - {id: local, to: 10.0.0.4, expect: {next-hop: VnetLocal}}\n");
  const report = await checked(path, web);
  const text = await printed("check", report, { view: BRIEF, formats: PAGES, widths: [60] });
  expect(text).toBe(`
> table
DIR/holds.yaml

  data  DIR/web.json

passed  holds: 1

> short
holds  error  local  DIR/web.json  1 IPv4 address

> csv
rule,severity,status,tables,table,addressPrefix,verdict,nextHopType,nextHopIpAddress,example,mismatches,reason,line,resource,remedy
local,error,holds,DIR/web.json,,,,,,,,,2,,

> junit
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="DIR/holds.yaml" tests="1" failures="0" errors="0" skipped="0" time="0">
  <testsuite name="DIR/web.json" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase name="local" classname="DIR/holds.yaml" file="DIR/holds.yaml" line="2" time="0"/>
  </testsuite>
</testsuites>

> 60 columns
⟨1⟩DIR/holds.yaml⟨22⟩

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/web.json⟨22⟩

⟨32⟩passed⟨39⟩  holds: 1
`);
  const scanned = await sarif(report);
  expect(scanned).toBe(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0"}
{"name":"vnet-explain"}
{"columnKind":"utf16CodeUnits"}
{"executionSuccessful":true,"exitCode":0}
{"id":"local","shortDescription":{"text":"local"},"fullDescription":{"text":"local"},"help":{"text":"local\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
`);
});

test("a policy on a snapshot, subnets folded", async () => {
  const names = ["a", "b", "c", "d", "e"];
  const text = body("10.0.0.0/16 VnetLocal", "20.0.0.0/8 None - to-none", "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva");
  const other = body("10.0.0.0/16 VnetLocal", "0.0.0.0/0 Internet");
  const path = snapshotDirectory(join(scratch, "snapshot"), [
    ...names.map((name) => [name, `hub/${name}`, text] as const),
    ["lone", "spoke/lone", other],
    ["off", "spoke/off", null],
  ]);
  const report = await checked(policy, path);
  const shown = await printed("check", report, { view: BRIEF, formats: PAGES, widths: [60] });
  expect(shown).toBe(`
> table
DIR/policy.yaml: the policy of prod

    RULE         TABLE                              ADDRESSES                                        REASON
  ✗ by-nva       5: hub/a, hub/b, hub/c and 2 more  20.0.0.0/8 (16,777,216 IPv4)                     expected via 10.0.1.4, got None (20.0.0.0/8, drop)
  ✗ by-nva       spoke/lone                         20.0.0.0/8, 30.0.0.0/8 (33,554,432 IPv4)         expected via 10.0.1.4, got Internet (0.0.0.0/0)
  ✗ no internet  spoke/lone                         10.0.0.0/8 except 10.0.0.0/16 (16,711,680 IPv4)  expected next-hop not Internet, got Internet (0.0.0.0/0)
  ✗ note-it      5: hub/a, hub/b, hub/c and 2 more  10.4.0.0/16 (65,536 IPv4)                        expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)
  ✗ note-it      5: hub/a, hub/b, hub/c and 2 more  2001:db8::/32 (2^96 IPv6)                        expected next-hop Internet, got none (no-route)
  ✗ note-it      spoke/lone                         2001:db8::/32 (2^96 IPv6)                        expected next-hop Internet, got none (no-route)
  ! back         hub/a and hub/b                                                                     not judged: the addresses of hub/a and hub/b overlap; name the tables and the subnets behind them
  ! back         hub/a and hub/c                                                                     not judged: the addresses of hub/a and hub/c overlap; name the tables and the subnets behind them
  ! back         hub/a and hub/d                                                                     not judged: the addresses of hub/a and hub/d overlap; name the tables and the subnets behind them
  ! back         hub/a and hub/e                                                                     not judged: the addresses of hub/a and hub/e overlap; name the tables and the subnets behind them
  ! back         hub/a and spoke/lone                                                                not judged: the addresses of hub/a and spoke/lone overlap; name the tables and the subnets behind them
  ! back         hub/b and hub/c                                                                     not judged: the addresses of hub/b and hub/c overlap; name the tables and the subnets behind them
  ! back         hub/b and hub/d                                                                     not judged: the addresses of hub/b and hub/d overlap; name the tables and the subnets behind them
  ! back         hub/b and hub/e                                                                     not judged: the addresses of hub/b and hub/e overlap; name the tables and the subnets behind them
  ! back         hub/b and spoke/lone                                                                not judged: the addresses of hub/b and spoke/lone overlap; name the tables and the subnets behind them
  ! back         hub/c and hub/d                                                                     not judged: the addresses of hub/c and hub/d overlap; name the tables and the subnets behind them
  ! back         hub/c and hub/e                                                                     not judged: the addresses of hub/c and hub/e overlap; name the tables and the subnets behind them
  ! back         hub/c and spoke/lone                                                                not judged: the addresses of hub/c and spoke/lone overlap; name the tables and the subnets behind them
  ! back         hub/d and hub/e                                                                     not judged: the addresses of hub/d and hub/e overlap; name the tables and the subnets behind them
  ! back         hub/d and spoke/lone                                                                not judged: the addresses of hub/d and spoke/lone overlap; name the tables and the subnets behind them
  ! back         hub/e and spoke/lone                                                                not judged: the addresses of hub/e and spoke/lone overlap; name the tables and the subnets behind them

  no table  1 subnet: spoke/off (stopped)
  data  DIR/snapshot, taken 2026-11-29T10:00:00Z: 7 subnets, 7 NICs, 2 distinct

failed  violated: 6 errors, 1 warning, 6 notes; not judged: 15 warnings; holds: 14

> short
violated  error  by-nva  5: hub/a, hub/b, hub/c and 2 more  16,777,216 of 33,554,432 IPv4 addresses
violated  error  by-nva  spoke/lone  33,554,432 of 33,554,432 IPv4 addresses
violated  warning  rule-2  spoke/lone  16,711,680 of 16,777,216 IPv4 addresses
holds  warning  rule-2  5: hub/a, hub/b, hub/c and 2 more  16,777,216 IPv4 addresses
holds  note  local  6: hub/a, hub/b, hub/c and 3 more  1 IPv4 address
violated  note  note-it  5: hub/a, hub/b, hub/c and 2 more  65,536 IPv4 addresses, 2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses
violated  note  note-it  spoke/lone  2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses
not-judged  warning  back  hub/a and hub/b  the addresses of hub/a and hub/b overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/a and hub/c  the addresses of hub/a and hub/c overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/a and hub/d  the addresses of hub/a and hub/d overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/a and hub/e  the addresses of hub/a and hub/e overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/a and spoke/lone  the addresses of hub/a and spoke/lone overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/b and hub/c  the addresses of hub/b and hub/c overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/b and hub/d  the addresses of hub/b and hub/d overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/b and hub/e  the addresses of hub/b and hub/e overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/b and spoke/lone  the addresses of hub/b and spoke/lone overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/c and hub/d  the addresses of hub/c and hub/d overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/c and hub/e  the addresses of hub/c and hub/e overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/c and spoke/lone  the addresses of hub/c and spoke/lone overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/d and hub/e  the addresses of hub/d and hub/e overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/d and spoke/lone  the addresses of hub/d and spoke/lone overlap; name the tables and the subnets behind them
not-judged  warning  back  hub/e and spoke/lone  the addresses of hub/e and spoke/lone overlap; name the tables and the subnets behind them
holds  error  running  inventory  0 NICs of appliances
holds  error  found  inventory  0 next hops of user routes
holds  warning  peered  inventory  0 peerings

> csv
rule,severity,status,tables,table,addressPrefix,verdict,nextHopType,nextHopIpAddress,example,mismatches,reason,line,resource,remedy
by-nva,error,violated,"hub/a,hub/b,hub/c,hub/d,hub/e",hub/a,20.0.0.0/8,drop,None,,20.0.0.0,"20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)",,3,,
by-nva,error,violated,spoke/lone,spoke/lone,20.0.0.0/8,forward,Internet,,20.0.0.0,"20.0.0.0: expected via 10.0.1.4, got Internet (0.0.0.0/0)",,3,,
by-nva,error,violated,spoke/lone,spoke/lone,30.0.0.0/8,forward,Internet,,20.0.0.0,"20.0.0.0: expected via 10.0.1.4, got Internet (0.0.0.0/0)",,3,,
rule-2,warning,violated,spoke/lone,spoke/lone,10.1.0.0/16,forward,Internet,,10.1.0.0,"10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)",,4,,
rule-2,warning,violated,spoke/lone,spoke/lone,10.2.0.0/15,forward,Internet,,10.1.0.0,"10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)",,4,,
rule-2,warning,violated,spoke/lone,spoke/lone,10.4.0.0/14,forward,Internet,,10.1.0.0,"10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)",,4,,
rule-2,warning,violated,spoke/lone,spoke/lone,10.8.0.0/13,forward,Internet,,10.1.0.0,"10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)",,4,,
rule-2,warning,violated,spoke/lone,spoke/lone,10.16.0.0/12,forward,Internet,,10.1.0.0,"10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)",,4,,
rule-2,warning,violated,spoke/lone,spoke/lone,10.32.0.0/11,forward,Internet,,10.1.0.0,"10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)",,4,,
rule-2,warning,violated,spoke/lone,spoke/lone,10.64.0.0/10,forward,Internet,,10.1.0.0,"10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)",,4,,
rule-2,warning,violated,spoke/lone,spoke/lone,10.128.0.0/9,forward,Internet,,10.1.0.0,"10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)",,4,,
rule-2,warning,holds,"hub/a,hub/b,hub/c,hub/d,hub/e",,,,,,,,,4,,
local,note,holds,"hub/a,hub/b,hub/c,hub/d,hub/e,spoke/lone",,,,,,,,,5,,
note-it,note,violated,"hub/a,hub/b,hub/c,hub/d,hub/e",hub/a,10.4.0.0/16,forward,VirtualAppliance,10.0.1.4,10.4.0.0,"10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)",,6,,
note-it,note,violated,"hub/a,hub/b,hub/c,hub/d,hub/e",hub/a,2001:db8::/32,no-route,,,2001:db8::,"2001:db8::: expected next-hop Internet, got none (no-route)",,6,,
note-it,note,violated,spoke/lone,spoke/lone,2001:db8::/32,no-route,,,2001:db8::,"2001:db8::: expected next-hop Internet, got none (no-route)",,6,,
back,warning,not-judged,"hub/a,hub/b",,,,,,,,the addresses of hub/a and hub/b overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/a,hub/c",,,,,,,,the addresses of hub/a and hub/c overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/a,hub/d",,,,,,,,the addresses of hub/a and hub/d overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/a,hub/e",,,,,,,,the addresses of hub/a and hub/e overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/a,spoke/lone",,,,,,,,the addresses of hub/a and spoke/lone overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/b,hub/c",,,,,,,,the addresses of hub/b and hub/c overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/b,hub/d",,,,,,,,the addresses of hub/b and hub/d overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/b,hub/e",,,,,,,,the addresses of hub/b and hub/e overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/b,spoke/lone",,,,,,,,the addresses of hub/b and spoke/lone overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/c,hub/d",,,,,,,,the addresses of hub/c and hub/d overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/c,hub/e",,,,,,,,the addresses of hub/c and hub/e overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/c,spoke/lone",,,,,,,,the addresses of hub/c and spoke/lone overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/d,hub/e",,,,,,,,the addresses of hub/d and hub/e overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/d,spoke/lone",,,,,,,,the addresses of hub/d and spoke/lone overlap; name the tables and the subnets behind them,7,,
back,warning,not-judged,"hub/e,spoke/lone",,,,,,,,the addresses of hub/e and spoke/lone overlap; name the tables and the subnets behind them,7,,
running,error,holds,,,,,,,,,,8,,
found,error,holds,,,,,,,,,,9,,
peered,warning,holds,,,,,,,,,,10,,

> junit
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="the policy of prod" tests="42" failures="6" errors="0" skipped="22" time="0">
  <testsuite name="hub/a" tests="4" failures="1" errors="0" skipped="1" time="0">
    <testcase name="by-nva" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <failure message="16,777,216 IPv4 addresses, e.g. 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)" type="violated">
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)
</failure>
    </testcase>
    <testcase name="rule-2: no internet" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="4" time="0"/>
    <testcase name="local" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="5" time="0"/>
    <testcase name="note-it" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="6" time="0">
      <skipped message="note: 65,536 IPv4 addresses, 2^96 IPv6 addresses, e.g. 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"/>
      <system-out>
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)
    10.4.0.0  →  appliance 10.0.1.4 (to-nva)

        PREFIX     NEXT HOP                   SOURCE       REASON
      ✓ 0.0.0.0/0  VirtualAppliance 10.0.1.4  User to-nva  only active route

      note  A stateful appliance drops the flow unless the reply returns through it. Prove it with a symmetric rule of vnet-explain check.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="hub/b" tests="4" failures="1" errors="0" skipped="1" time="0">
    <testcase name="by-nva" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <failure message="16,777,216 IPv4 addresses, e.g. 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)" type="violated">
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)
</failure>
    </testcase>
    <testcase name="rule-2: no internet" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="4" time="0"/>
    <testcase name="local" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="5" time="0"/>
    <testcase name="note-it" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="6" time="0">
      <skipped message="note: 65,536 IPv4 addresses, 2^96 IPv6 addresses, e.g. 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"/>
      <system-out>
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)
    10.4.0.0  →  appliance 10.0.1.4 (to-nva)

        PREFIX     NEXT HOP                   SOURCE       REASON
      ✓ 0.0.0.0/0  VirtualAppliance 10.0.1.4  User to-nva  only active route

      note  A stateful appliance drops the flow unless the reply returns through it. Prove it with a symmetric rule of vnet-explain check.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="hub/c" tests="4" failures="1" errors="0" skipped="1" time="0">
    <testcase name="by-nva" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <failure message="16,777,216 IPv4 addresses, e.g. 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)" type="violated">
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)
</failure>
    </testcase>
    <testcase name="rule-2: no internet" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="4" time="0"/>
    <testcase name="local" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="5" time="0"/>
    <testcase name="note-it" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="6" time="0">
      <skipped message="note: 65,536 IPv4 addresses, 2^96 IPv6 addresses, e.g. 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"/>
      <system-out>
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)
    10.4.0.0  →  appliance 10.0.1.4 (to-nva)

        PREFIX     NEXT HOP                   SOURCE       REASON
      ✓ 0.0.0.0/0  VirtualAppliance 10.0.1.4  User to-nva  only active route

      note  A stateful appliance drops the flow unless the reply returns through it. Prove it with a symmetric rule of vnet-explain check.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="hub/d" tests="4" failures="1" errors="0" skipped="1" time="0">
    <testcase name="by-nva" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <failure message="16,777,216 IPv4 addresses, e.g. 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)" type="violated">
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)
</failure>
    </testcase>
    <testcase name="rule-2: no internet" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="4" time="0"/>
    <testcase name="local" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="5" time="0"/>
    <testcase name="note-it" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="6" time="0">
      <skipped message="note: 65,536 IPv4 addresses, 2^96 IPv6 addresses, e.g. 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"/>
      <system-out>
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)
    10.4.0.0  →  appliance 10.0.1.4 (to-nva)

        PREFIX     NEXT HOP                   SOURCE       REASON
      ✓ 0.0.0.0/0  VirtualAppliance 10.0.1.4  User to-nva  only active route

      note  A stateful appliance drops the flow unless the reply returns through it. Prove it with a symmetric rule of vnet-explain check.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="hub/e" tests="4" failures="1" errors="0" skipped="1" time="0">
    <testcase name="by-nva" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <failure message="16,777,216 IPv4 addresses, e.g. 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)" type="violated">
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)
</failure>
    </testcase>
    <testcase name="rule-2: no internet" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="4" time="0"/>
    <testcase name="local" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="5" time="0"/>
    <testcase name="note-it" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="6" time="0">
      <skipped message="note: 65,536 IPv4 addresses, 2^96 IPv6 addresses, e.g. 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"/>
      <system-out>
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)
    10.4.0.0  →  appliance 10.0.1.4 (to-nva)

        PREFIX     NEXT HOP                   SOURCE       REASON
      ✓ 0.0.0.0/0  VirtualAppliance 10.0.1.4  User to-nva  only active route

      note  A stateful appliance drops the flow unless the reply returns through it. Prove it with a symmetric rule of vnet-explain check.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="spoke/lone" tests="4" failures="1" errors="0" skipped="2" time="0">
    <testcase name="by-nva" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <failure message="33,554,432 IPv4 addresses, e.g. 20.0.0.0: expected via 10.0.1.4, got Internet (0.0.0.0/0)" type="violated">
  20.0.0.0/8, 30.0.0.0/8  33,554,432 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got Internet (0.0.0.0/0)
    20.0.0.0  →  Internet

        PREFIX     NEXT HOP  SOURCE   REASON
      ✓ 0.0.0.0/0  Internet  Default  only active route

      note  Needs an outbound method: a NAT gateway, a public IP or a load balancer rule. Networks created since 31 March 2026 have no default.
</failure>
    </testcase>
    <testcase name="rule-2: no internet" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="4" time="0">
      <skipped message="warning: 16,711,680 IPv4 addresses, e.g. 10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)"/>
      <system-out>
  10.1.0.0/16, 10.2.0.0/15, 10.4.0.0/14, 10.8.0.0/13, 10.16.0.0/12, 10.32.0.0/11, 10.64.0.0/10, 10.128.0.0/9  16,711,680 IPv4 addresses
    10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)
    10.1.0.0  →  NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it

        PREFIX     NEXT HOP  SOURCE   REASON
      ✓ 0.0.0.0/0  Internet  Default  only active route

      next  check that a peering, gateway route or user route covers it and is active
</system-out>
    </testcase>
    <testcase name="local" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="5" time="0"/>
    <testcase name="note-it" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="6" time="0">
      <skipped message="note: 2^96 IPv6 addresses, e.g. 2001:db8::: expected next-hop Internet, got none (no-route)"/>
      <system-out>
  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="hub/a and hub/b" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/a and hub/b overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/a and hub/c" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/a and hub/c overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/a and hub/d" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/a and hub/d overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/a and hub/e" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/a and hub/e overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/a and spoke/lone" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/a and spoke/lone overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/b and hub/c" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/b and hub/c overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/b and hub/d" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/b and hub/d overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/b and hub/e" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/b and hub/e overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/b and spoke/lone" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/b and spoke/lone overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/c and hub/d" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/c and hub/d overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/c and hub/e" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/c and hub/e overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/c and spoke/lone" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/c and spoke/lone overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/d and hub/e" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/d and hub/e overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/d and spoke/lone" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/d and spoke/lone overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="hub/e and spoke/lone" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="back" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="7" time="0">
      <skipped message="warning: not judged: the addresses of hub/e and spoke/lone overlap; name the tables and the subnets behind them"/>
    </testcase>
  </testsuite>
  <testsuite name="inventory" tests="3" failures="0" errors="0" skipped="0" time="0">
    <testcase name="running" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="8" time="0"/>
    <testcase name="found" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="9" time="0"/>
    <testcase name="peered" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="10" time="0"/>
  </testsuite>
</testsuites>

> 60 columns
⟨1⟩DIR/policy.yaml: the policy of prod⟨22⟩

    ⟨2⟩RULE         TABLE⟨22⟩
  ⟨31⟩✗⟨39⟩ by-nva       5: hub/a, hub/b, hub/c and 2 more
      20.0.0.0/8 (16,777,216 IPv4): expected via 10.0.1.4,
      got None (20.0.0.0/8, drop)
  ⟨31⟩✗⟨39⟩ by-nva       spoke/lone
      20.0.0.0/8, 30.0.0.0/8 (33,554,432 IPv4): expected via
      10.0.1.4, got Internet (0.0.0.0/0)
  ⟨33⟩✗⟨39⟩ no internet  spoke/lone
      10.0.0.0/8 except 10.0.0.0/16 (16,711,680 IPv4):
      expected next-hop not Internet, got Internet
      (0.0.0.0/0)
  ⟨33⟩✗⟨39⟩ note-it      5: hub/a, hub/b, hub/c and 2 more
      10.4.0.0/16 (65,536 IPv4): expected next-hop Internet,
      got VirtualAppliance (0.0.0.0/0)
  ⟨33⟩✗⟨39⟩ note-it      5: hub/a, hub/b, hub/c and 2 more
      2001:db8::/32 (2^96 IPv6): expected next-hop Internet,
      got none (no-route)
  ⟨33⟩✗⟨39⟩ note-it      spoke/lone
      2001:db8::/32 (2^96 IPv6): expected next-hop Internet,
      got none (no-route)
  ⟨33⟩!⟨39⟩ back         hub/a and hub/b
      not judged: the addresses of hub/a and hub/b overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/a and hub/c
      not judged: the addresses of hub/a and hub/c overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/a and hub/d
      not judged: the addresses of hub/a and hub/d overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/a and hub/e
      not judged: the addresses of hub/a and hub/e overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/a and spoke/lone
      not judged: the addresses of hub/a and spoke/lone
      overlap; name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/b and hub/c
      not judged: the addresses of hub/b and hub/c overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/b and hub/d
      not judged: the addresses of hub/b and hub/d overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/b and hub/e
      not judged: the addresses of hub/b and hub/e overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/b and spoke/lone
      not judged: the addresses of hub/b and spoke/lone
      overlap; name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/c and hub/d
      not judged: the addresses of hub/c and hub/d overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/c and hub/e
      not judged: the addresses of hub/c and hub/e overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/c and spoke/lone
      not judged: the addresses of hub/c and spoke/lone
      overlap; name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/d and hub/e
      not judged: the addresses of hub/d and hub/e overlap;
      name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/d and spoke/lone
      not judged: the addresses of hub/d and spoke/lone
      overlap; name the tables and the subnets behind them
  ⟨33⟩!⟨39⟩ back         hub/e and spoke/lone
      not judged: the addresses of hub/e and spoke/lone
      overlap; name the tables and the subnets behind them

⟨33⟩  no table  ⟨39⟩1 subnet: spoke/off (stopped)
⟨36⟩  data  ⟨39⟩⟨2⟩DIR/snapshot, taken 2026-11-29T10:00:00Z: 7 subnets,⟨22⟩
        ⟨2⟩7 NICs, 2 distinct⟨22⟩

⟨31⟩failed⟨39⟩  violated: 6 errors, 1 warning, 6 notes; not judged:
        15 warnings; holds: 14
`);
  const expanded = await printed("check", report, { view: { expand: true }, widths: [null] });
  expect(expanded).toBe(`
> in a pipe
DIR/policy.yaml: the policy of prod

  ✗ by-nva  5: hub/a, hub/b, hub/c, hub/d, hub/e  16,777,216 of 33,554,432 IPv4 addresses  violated (line 3)
  20.0.0.0/8  16,777,216 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)
    20.0.0.0  →  DROPPED: to-none (20.0.0.0/8) has next hop None

        PREFIX      NEXT HOP                   SOURCE        REASON
      ✓ 20.0.0.0/8  None                       User to-none  longest prefix
      ✗ 0.0.0.0/0   VirtualAppliance 10.0.1.4  User to-nva   /0 is shorter than /8

      next  check to-none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)

  ✗ by-nva  spoke/lone  33,554,432 of 33,554,432 IPv4 addresses  violated (line 3)
  20.0.0.0/8, 30.0.0.0/8  33,554,432 IPv4 addresses
    20.0.0.0: expected via 10.0.1.4, got Internet (0.0.0.0/0)
    20.0.0.0  →  Internet

        PREFIX     NEXT HOP  SOURCE   REASON
      ✓ 0.0.0.0/0  Internet  Default  only active route

      note  Needs an outbound method: a NAT gateway, a public IP or a load balancer rule. Networks created since 31 March 2026 have no default.

  ✗ no internet  spoke/lone  16,711,680 of 16,777,216 IPv4 addresses  violated (line 4)
  10.1.0.0/16, 10.2.0.0/15, 10.4.0.0/14, 10.8.0.0/13, 10.16.0.0/12, 10.32.0.0/11, 10.64.0.0/10, 10.128.0.0/9  16,711,680 IPv4 addresses
    10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)
    10.1.0.0  →  NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it

        PREFIX     NEXT HOP  SOURCE   REASON
      ✓ 0.0.0.0/0  Internet  Default  only active route

      next  check that a peering, gateway route or user route covers it and is active

  ✓ no internet  5: hub/a, hub/b, hub/c, hub/d, hub/e  16,777,216 IPv4 addresses  holds

  ✓ local  6: hub/a, hub/b, hub/c, hub/d, hub/e, spoke/lone  1 IPv4 address  holds

  ✗ note-it  5: hub/a, hub/b, hub/c, hub/d, hub/e  65,536 IPv4 addresses, 2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses  violated (line 6)
  10.4.0.0/16  65,536 IPv4 addresses
    10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)
    10.4.0.0  →  appliance 10.0.1.4 (to-nva)

        PREFIX     NEXT HOP                   SOURCE       REASON
      ✓ 0.0.0.0/0  VirtualAppliance 10.0.1.4  User to-nva  only active route

      note  A stateful appliance drops the flow unless the reply returns through it. Prove it with a symmetric rule of vnet-explain check.

  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address

  ✗ note-it  spoke/lone  2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses  violated (line 6)
  2001:db8::/32  2^96 IPv6 addresses
    2001:db8::: expected next-hop Internet, got none (no-route)
    2001:db8::  →  NOT SENT: no row is IPv6, so the subnet has no IPv6 (inferred)

      next  give the network and the subnet an IPv6 range, and the NIC an IPv6 address

  ! back  hub/a and hub/b    not judged: the addresses of hub/a and hub/b overlap; name the tables and the subnets behind them

  ! back  hub/a and hub/c    not judged: the addresses of hub/a and hub/c overlap; name the tables and the subnets behind them

  ! back  hub/a and hub/d    not judged: the addresses of hub/a and hub/d overlap; name the tables and the subnets behind them

  ! back  hub/a and hub/e    not judged: the addresses of hub/a and hub/e overlap; name the tables and the subnets behind them

  ! back  hub/a and spoke/lone    not judged: the addresses of hub/a and spoke/lone overlap; name the tables and the subnets behind them

  ! back  hub/b and hub/c    not judged: the addresses of hub/b and hub/c overlap; name the tables and the subnets behind them

  ! back  hub/b and hub/d    not judged: the addresses of hub/b and hub/d overlap; name the tables and the subnets behind them

  ! back  hub/b and hub/e    not judged: the addresses of hub/b and hub/e overlap; name the tables and the subnets behind them

  ! back  hub/b and spoke/lone    not judged: the addresses of hub/b and spoke/lone overlap; name the tables and the subnets behind them

  ! back  hub/c and hub/d    not judged: the addresses of hub/c and hub/d overlap; name the tables and the subnets behind them

  ! back  hub/c and hub/e    not judged: the addresses of hub/c and hub/e overlap; name the tables and the subnets behind them

  ! back  hub/c and spoke/lone    not judged: the addresses of hub/c and spoke/lone overlap; name the tables and the subnets behind them

  ! back  hub/d and hub/e    not judged: the addresses of hub/d and hub/e overlap; name the tables and the subnets behind them

  ! back  hub/d and spoke/lone    not judged: the addresses of hub/d and spoke/lone overlap; name the tables and the subnets behind them

  ! back  hub/e and spoke/lone    not judged: the addresses of hub/e and spoke/lone overlap; name the tables and the subnets behind them

  ✓ running  inventory  0 NICs of appliances  holds

  ✓ found  inventory  0 next hops of user routes  holds

  ✓ peered  inventory  0 peerings  holds

  no table  1 subnet: spoke/off (stopped)
  data  DIR/snapshot, taken 2026-11-29T10:00:00Z: 7 subnets, 7 NICs, 2 distinct

failed  violated: 6 errors, 1 warning, 6 notes; not judged: 15 warnings; holds: 14
`);
  const scanned = await sarif(report);
  expect(scanned).toBe(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0"}
{"name":"vnet-explain"}
{"columnKind":"utf16CodeUnits"}
{"executionSuccessful":true,"exitCode":3}
{"id":"by-nva","shortDescription":{"text":"by-nva"},"fullDescription":{"text":"by-nva"},"help":{"text":"by-nva\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"rule-2","shortDescription":{"text":"no internet"},"fullDescription":{"text":"no internet"},"help":{"text":"no internet\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"id":"local","shortDescription":{"text":"local"},"fullDescription":{"text":"local"},"help":{"text":"local\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"note"}}
{"id":"note-it","shortDescription":{"text":"note-it"},"fullDescription":{"text":"Read <this> & \\"that\\""},"help":{"text":"Read <this> & \\"that\\"\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"note"}}
{"id":"back","shortDescription":{"text":"back"},"fullDescription":{"text":"back"},"help":{"text":"back\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"id":"running","shortDescription":{"text":"running"},"fullDescription":{"text":"running"},"help":{"text":"running\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"found","shortDescription":{"text":"found"},"fullDescription":{"text":"found"},"help":{"text":"found\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"peered","shortDescription":{"text":"peered"},"fullDescription":{"text":"peered"},"help":{"text":"peered\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/a and hub/b overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/a","kind":"resource"},{"name":"hub/b","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/a and hub/c overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/a","kind":"resource"},{"name":"hub/c","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/a and hub/d overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/a","kind":"resource"},{"name":"hub/d","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/a and hub/e overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/a","kind":"resource"},{"name":"hub/e","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/a and spoke/lone overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/a","kind":"resource"},{"name":"spoke/lone","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/b and hub/c overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/b","kind":"resource"},{"name":"hub/c","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/b and hub/d overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/b","kind":"resource"},{"name":"hub/d","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/b and hub/e overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/b","kind":"resource"},{"name":"hub/e","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/b and spoke/lone overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/b","kind":"resource"},{"name":"spoke/lone","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/c and hub/d overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/c","kind":"resource"},{"name":"hub/d","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/c and hub/e overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/c","kind":"resource"},{"name":"hub/e","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/c and spoke/lone overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/c","kind":"resource"},{"name":"spoke/lone","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/d and hub/e overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/d","kind":"resource"},{"name":"hub/e","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/d and spoke/lone overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/d","kind":"resource"},{"name":"spoke/lone","kind":"resource"}]}]}
{"associatedRule":{"id":"back"},"level":"warning","message":{"text":"not judged: the addresses of hub/e and spoke/lone overlap; name the tables and the subnets behind them"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"hub/e","kind":"resource"},{"name":"spoke/lone","kind":"resource"}]}]}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"hub/a: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"hub/a","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva hub/a 20.0.0.0 ","primaryLocationLineHash":"21ad68b9f29b8bbf:1"},"properties":{"tables":["hub/a"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"hub/b: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"hub/b","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva hub/b 20.0.0.0 ","primaryLocationLineHash":"d34d69e5edf2aaca:1"},"properties":{"tables":["hub/b"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"hub/c: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"hub/c","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva hub/c 20.0.0.0 ","primaryLocationLineHash":"45f28dc2ef0461df:1"},"properties":{"tables":["hub/c"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"hub/d: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"hub/d","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva hub/d 20.0.0.0 ","primaryLocationLineHash":"ef3f8b6e0c7dff47:1"},"properties":{"tables":["hub/d"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"hub/e: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"hub/e","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva hub/e 20.0.0.0 ","primaryLocationLineHash":"3c520d4325b12635:1"},"properties":{"tables":["hub/e"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"spoke/lone: 20.0.0.0/8, 30.0.0.0/8 (33,554,432 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got Internet (0.0.0.0/0)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"spoke/lone","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva spoke/lone 20.0.0.0 ","primaryLocationLineHash":"7ebac57acbc06b1e:1"},"properties":{"tables":["spoke/lone"],"prefixes":["20.0.0.0/8","30.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"rule-2","ruleIndex":1,"kind":"fail","level":"warning","message":{"text":"spoke/lone: 10.0.0.0/8 except 10.0.0.0/16 (16,711,680 IPv4 addresses): 10.1.0.0: expected next-hop not Internet, got Internet (0.0.0.0/0)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":4}},"logicalLocations":[{"name":"spoke/lone","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"rule-2 spoke/lone 10.1.0.0 ","primaryLocationLineHash":"ef0f8db8bf934866:1"},"properties":{"tables":["spoke/lone"],"prefixes":["10.1.0.0/16","10.2.0.0/15"],"example":"10.1.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/a: 10.4.0.0/16 (65,536 IPv4 addresses): 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/a","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/a 10.4.0.0 ","primaryLocationLineHash":"cee011ea53500297:1"},"properties":{"tables":["hub/a"],"prefixes":["10.4.0.0/16"],"example":"10.4.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/a: 2001:db8::/32 (2^96 IPv6 addresses): 2001:db8::: expected next-hop Internet, got none (no-route)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/a","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/a 2001:db8:: ","primaryLocationLineHash":"ab2e641e8974437f:1"},"properties":{"tables":["hub/a"],"prefixes":["2001:db8::/32"],"example":"2001:db8::","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/b: 10.4.0.0/16 (65,536 IPv4 addresses): 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/b","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/b 10.4.0.0 ","primaryLocationLineHash":"98df571018edb676:1"},"properties":{"tables":["hub/b"],"prefixes":["10.4.0.0/16"],"example":"10.4.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/b: 2001:db8::/32 (2^96 IPv6 addresses): 2001:db8::: expected next-hop Internet, got none (no-route)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/b","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/b 2001:db8:: ","primaryLocationLineHash":"8161af59b8c70145:1"},"properties":{"tables":["hub/b"],"prefixes":["2001:db8::/32"],"example":"2001:db8::","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/c: 10.4.0.0/16 (65,536 IPv4 addresses): 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/c","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/c 10.4.0.0 ","primaryLocationLineHash":"859b232852a5db77:1"},"properties":{"tables":["hub/c"],"prefixes":["10.4.0.0/16"],"example":"10.4.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/c: 2001:db8::/32 (2^96 IPv6 addresses): 2001:db8::: expected next-hop Internet, got none (no-route)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/c","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/c 2001:db8:: ","primaryLocationLineHash":"5dc7a63b7fe730ca:1"},"properties":{"tables":["hub/c"],"prefixes":["2001:db8::/32"],"example":"2001:db8::","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/d: 10.4.0.0/16 (65,536 IPv4 addresses): 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/d","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/d 10.4.0.0 ","primaryLocationLineHash":"daabc4bda79cca18:1"},"properties":{"tables":["hub/d"],"prefixes":["10.4.0.0/16"],"example":"10.4.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/d: 2001:db8::/32 (2^96 IPv6 addresses): 2001:db8::: expected next-hop Internet, got none (no-route)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/d","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/d 2001:db8:: ","primaryLocationLineHash":"74a140325f3fff84:1"},"properties":{"tables":["hub/d"],"prefixes":["2001:db8::/32"],"example":"2001:db8::","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/e: 10.4.0.0/16 (65,536 IPv4 addresses): 10.4.0.0: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/e","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/e 10.4.0.0 ","primaryLocationLineHash":"f6be02804bec6cb8:1"},"properties":{"tables":["hub/e"],"prefixes":["10.4.0.0/16"],"example":"10.4.0.0","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"hub/e: 2001:db8::/32 (2^96 IPv6 addresses): 2001:db8::: expected next-hop Internet, got none (no-route)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"hub/e","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it hub/e 2001:db8:: ","primaryLocationLineHash":"aac83bbcd61a25a2:1"},"properties":{"tables":["hub/e"],"prefixes":["2001:db8::/32"],"example":"2001:db8::","explanation":{"candidates":[]}}}
{"ruleId":"note-it","ruleIndex":3,"kind":"fail","level":"note","message":{"text":"spoke/lone: 2001:db8::/32 (2^96 IPv6 addresses): 2001:db8::: expected next-hop Internet, got none (no-route)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":6}},"logicalLocations":[{"name":"spoke/lone","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"note-it spoke/lone 2001:db8:: ","primaryLocationLineHash":"4597cc73ea780cb0:1"},"properties":{"tables":["spoke/lone"],"prefixes":["2001:db8::/32"],"example":"2001:db8::","explanation":{"candidates":[]}}}
`);
});

test("a snapshot of one subnet has a column for its name, too", async () => {
  const path = snapshotDirectory(join(scratch, "one"), [["lone", "spoke/lone", body("10.0.0.0/16 VnetLocal")]]);
  const report = await checked(policy, path);
  const text = await printed("check", report, { view: BRIEF, formats: ["table", "short"] });
  expect(text).toBe(`
> table
DIR/policy.yaml: the policy of prod

    RULE     TABLE       ADDRESSES                                            REASON
  ✗ by-nva   spoke/lone  20.0.0.0/8, 30.0.0.0/8 (33,554,432 IPv4)             expected via 10.0.1.4, got none (no-route)
  ✗ note-it  spoke/lone  10.4.0.0/16, 2001:db8::/32 (65,536 IPv4, 2^96 IPv6)  expected next-hop Internet, got none (no-route)
  ! back     spoke/lone                                                       not judged: a symmetric rule needs two tables, and one was given

  data  DIR/one, taken 2026-11-29T10:00:00Z: 1 subnet, 1 NIC, 1 distinct

failed  violated: 1 error, 1 note; not judged: 1 warning; holds: 5

> short
violated  error  by-nva  spoke/lone  33,554,432 of 33,554,432 IPv4 addresses
holds  warning  rule-2  spoke/lone  16,777,216 IPv4 addresses
holds  note  local  spoke/lone  1 IPv4 address
violated  note  note-it  spoke/lone  65,536 IPv4 addresses, 2^96 IPv6 addresses of 65,536 IPv4 addresses, 2^96 IPv6 addresses
not-judged  warning  back  spoke/lone  a symmetric rule needs two tables, and one was given
holds  error  running  inventory  0 NICs of appliances
holds  error  found  inventory  0 next hops of user routes
holds  warning  peered  inventory  0 peerings
`);
});

test("a violation names its tables: one, two together, three, or the first three of more", async () => {
  const report = await checked(policy, web);
  const [violated] = report.results;
  const results = [1, 2, 3, 4, 5].map((count) => ({ ...violated, tables: ["a", "b", "c", "d", "e"].slice(0, count) }));
  const scanned = await sarif({ ...report, results });
  expect(scanned).toBe(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0"}
{"name":"vnet-explain"}
{"columnKind":"utf16CodeUnits"}
{"executionSuccessful":true,"exitCode":3}
{"id":"by-nva","shortDescription":{"text":"by-nva"},"fullDescription":{"text":"by-nva"},"help":{"text":"by-nva\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"a: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"a","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva a 20.0.0.0 ","primaryLocationLineHash":"943ce0810f9be7f4:1"},"properties":{"tables":["a"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"a and b: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"a","kind":"resource"},{"name":"b","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva a b 20.0.0.0 ","primaryLocationLineHash":"5a1b29146b0fd7c9:1"},"properties":{"tables":["a","b"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"a, b, c: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"a","kind":"resource"},{"name":"b","kind":"resource"},{"name":"c","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva 20.0.0.0  20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)","primaryLocationLineHash":"faa818879dc58b0f:1"},"properties":{"tables":["a","b","c"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"a, b, c and 1 more: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"a","kind":"resource"},{"name":"b","kind":"resource"},{"name":"c","kind":"resource"},{"name":"d","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva 20.0.0.0  20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)","primaryLocationLineHash":"faa818879dc58b0f:2"},"properties":{"tables":["a","b","c","d"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"a, b, c and 2 more: 20.0.0.0/8 (16,777,216 IPv4 addresses): 20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"a","kind":"resource"},{"name":"b","kind":"resource"},{"name":"c","kind":"resource"},{"name":"d","kind":"resource"},{"name":"e","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva 20.0.0.0  20.0.0.0: expected via 10.0.1.4, got None (20.0.0.0/8, drop)","primaryLocationLineHash":"faa818879dc58b0f:3"},"properties":{"tables":["a","b","c","d","e"],"prefixes":["20.0.0.0/8"],"example":"20.0.0.0","explanation":{"candidates":[]}}}
`);
});

test("rules that walk from hop to hop", async () => {
  const nva = "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva";
  const exports = exportFolder(join(scratch, "exports"), {
    "web.json": body("10.1.0.0/16 VnetLocal", "10.0.0.0/16 VNetPeering", nva),
    "direct.json": body("10.1.0.0/16 VnetLocal", "10.2.0.0/16 VNetPeering"),
    "nva.json": body("10.0.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering", "10.2.0.0/16 VNetPeering"),
    "db.json": body("10.2.0.0/16 VnetLocal", "10.0.0.0/16 VNetPeering", nva),
  });
  const map = join(scratch, "map.csv");
  writeFileSync(map, "address,name\n10.1.0.4,web\n10.1.0.5,direct\n10.0.1.4,nva\n10.2.0.4,db\n");
  const rule = join(scratch, "reach.yaml");
  writeFileSync(
    rule,
    "rules:\n  - {id: by-nva, reach: {from: [web, direct], to: [10.2.0.4/31, 10.9.0.1], through: nva}}\n",
  );
  const report = await checked(rule, exports, "--addresses", map);
  const text = await printed("check", report, { view: BRIEF, formats: PAGES, widths: [60] });
  expect(text).toBe(`
> table
DIR/reach.yaml

    RULE    TABLE   ADDRESSES             REASON
  ✗ by-nva  direct  10.2.0.4/31 (2 IPv4)  expected: through nva; actual: direct, db (e.g. 10.2.0.4)
  ✗ by-nva  direct  10.9.0.1/32 (1 IPv4)  expected: arrives; actual: DROPPED: no route covers it (e.g. 10.9.0.1)
  ✗ by-nva  web     10.9.0.1/32 (1 IPv4)  expected: arrives; actual: DROPPED: no route covers it (e.g. 10.9.0.1)

  data  DIR/exports: 4 tables, 4 distinct

failed  violated: 2 errors; holds: 0

> short
violated  error  by-nva  direct  3 of 3 IPv4 addresses
violated  error  by-nva  web  1 of 3 IPv4 addresses

> csv
rule,severity,status,tables,table,addressPrefix,verdict,nextHopType,nextHopIpAddress,example,mismatches,reason,line,resource,remedy
by-nva,error,violated,direct,,10.2.0.4/31,,,,10.2.0.4,"expected: through nva; actual: direct, db",,2,,
by-nva,error,violated,direct,,10.9.0.1/32,,,,10.9.0.1,expected: arrives; actual: DROPPED: no route covers it,,2,,
by-nva,error,violated,web,,10.9.0.1/32,,,,10.9.0.1,expected: arrives; actual: DROPPED: no route covers it,,2,,

> junit
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="DIR/reach.yaml" tests="2" failures="2" errors="0" skipped="0" time="0">
  <testsuite name="direct" tests="1" failures="1" errors="0" skipped="0" time="0">
    <testcase name="by-nva" classname="DIR/reach.yaml" file="DIR/reach.yaml" line="2" time="0">
      <failure message="3 IPv4 addresses: expected: through nva; actual: direct, db (e.g. 10.2.0.4)" type="violated">
10.2.0.4/31: expected: through nva; actual: direct, db (e.g. 10.2.0.4); by direct, db
10.9.0.1/32: expected: arrives; actual: DROPPED: no route covers it (e.g. 10.9.0.1); by direct
</failure>
    </testcase>
  </testsuite>
  <testsuite name="web" tests="1" failures="1" errors="0" skipped="0" time="0">
    <testcase name="by-nva" classname="DIR/reach.yaml" file="DIR/reach.yaml" line="2" time="0">
      <failure message="1 IPv4 address: expected: arrives; actual: DROPPED: no route covers it (e.g. 10.9.0.1)" type="violated">
10.9.0.1/32: expected: arrives; actual: DROPPED: no route covers it (e.g. 10.9.0.1); by web, nva
</failure>
    </testcase>
  </testsuite>
</testsuites>

> 60 columns
⟨1⟩DIR/reach.yaml⟨22⟩

    ⟨2⟩RULE    TABLE   ADDRESSES⟨22⟩
  ⟨31⟩✗⟨39⟩ by-nva  direct  10.2.0.4/31 (2 IPv4)
      expected: through nva; actual: direct, db (e.g.
      10.2.0.4)
  ⟨31⟩✗⟨39⟩ by-nva  direct  10.9.0.1/32 (1 IPv4)
      expected: arrives; actual: DROPPED: no route covers it
      (e.g. 10.9.0.1)
  ⟨31⟩✗⟨39⟩ by-nva  web     10.9.0.1/32 (1 IPv4)
      expected: arrives; actual: DROPPED: no route covers it
      (e.g. 10.9.0.1)

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/exports: 4 tables, 4 distinct⟨22⟩

⟨31⟩failed⟨39⟩  violated: 2 errors; holds: 0
`);
  const expanded = await printed("check", report, { view: { expand: true }, widths: [null] });
  expect(expanded).toBe(`
> in a pipe
DIR/reach.yaml

  ✗ by-nva  direct  10.2.0.4/31 (2 IPv4)  expected: through nva; actual: direct, db (e.g. 10.2.0.4)
  ✗ by-nva  direct  10.9.0.1/32 (1 IPv4)  expected: arrives; actual: DROPPED: no route covers it (e.g. 10.9.0.1)

  ✗ by-nva  web  10.9.0.1/32 (1 IPv4)  expected: arrives; actual: DROPPED: no route covers it (e.g. 10.9.0.1)

  data  DIR/exports: 4 tables, 4 distinct

failed  violated: 2 errors; holds: 0
`);
  const scanned = await sarif(report);
  expect(scanned).toBe(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0"}
{"name":"vnet-explain"}
{"columnKind":"utf16CodeUnits"}
{"executionSuccessful":true,"exitCode":3}
{"id":"by-nva","shortDescription":{"text":"by-nva"},"fullDescription":{"text":"by-nva"},"help":{"text":"by-nva\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"direct: 10.2.0.4/31 (2 IPv4 addresses): expected: through nva; actual: direct, db (e.g. 10.2.0.4)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/reach.yaml"},"region":{"startLine":2}},"logicalLocations":[{"name":"direct","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva direct 10.2.0.4","primaryLocationLineHash":"b95b3af974fd3543:1"},"properties":{"tables":["direct"],"prefixes":["10.2.0.4/31"],"example":"10.2.0.4","disposition":"delivered","hops":["direct","db"]}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"direct: 10.9.0.1/32 (1 IPv4 address): expected: arrives; actual: DROPPED: no route covers it (e.g. 10.9.0.1)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/reach.yaml"},"region":{"startLine":2}},"logicalLocations":[{"name":"direct","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva direct 10.9.0.1","primaryLocationLineHash":"f5c6fe94b058cd01:1"},"properties":{"tables":["direct"],"prefixes":["10.9.0.1/32"],"example":"10.9.0.1","disposition":"no-route","hops":["direct"]}}
{"ruleId":"by-nva","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"web: 10.9.0.1/32 (1 IPv4 address): expected: arrives; actual: DROPPED: no route covers it (e.g. 10.9.0.1)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/reach.yaml"},"region":{"startLine":2}},"logicalLocations":[{"name":"web","kind":"resource"}]}],"partialFingerprints":{"ruleTablesAndAddress/v1":"by-nva web 10.9.0.1","primaryLocationLineHash":"f643d4da4779e328:1"},"properties":{"tables":["web"],"prefixes":["10.9.0.1/32"],"example":"10.9.0.1","disposition":"no-route","hops":["web","nva"]}}
`);
});

const finding = (resource: string, status: string) => ({
  ...{ resourceId: `/subscriptions/S/${resource}`, resource, status, text: `${resource} is wrong`, remedy: "mend it" },
});

test("rules about an inventory: what is wrong, what is not known, what was judged", async () => {
  const report = await checked(policy, web);
  const [violated, warning, note] = ["error", "warning", "note"].map((severity) => {
    const of = { ...report.results[0], tables: [], counterExamples: [], leftOut: [], addresses: { v4: "0", v6: "0" } };
    return {
      ...of,
      violating: of.addresses,
      rule: { ...of.rule, id: `rule-${severity}`, name: `on ${severity}`, severity },
    };
  });
  const results = [
    {
      ...violated,
      status: "violated",
      inventory: {
        judges: "peerings",
        resources: 1200,
        findings: [finding("a", "violated"), finding("b", "unknown"), finding("c", "violated")],
      },
    },
    {
      ...warning,
      status: "not-judged",
      reason: null,
      inventory: { judges: "peering", resources: 1, findings: [finding("d", "unknown")] },
    },
    { ...note, status: "holds", inventory: { judges: "next hops of user routes", resources: 2, findings: [] } },
  ];
  const count = {
    holds: { error: 0, warning: 0, note: 1 },
    violated: { error: 1, warning: 0, note: 0 },
    notJudged: { error: 0, warning: 1, note: 0 },
  };
  const own = { ...report, results, count, passed: false, routeTables: report.routeTables };
  const text = await printed("check", own, { view: BRIEF, formats: PAGES, widths: [60] });
  expect(text).toBe(`
> table
DIR/policy.yaml: the policy of prod

    RULE          RESOURCE  REASON
  ✗ rule-error    a         a is wrong; mend it
  ! rule-error    b         unknown: b is wrong; mend it
  ✗ rule-error    c         c is wrong; mend it
  ! rule-warning  d         unknown: d is wrong; mend it

  data  DIR/web.json

failed  violated: 1 error; not judged: 1 warning; holds: 1

> short
violated  error  rule-error  inventory  2 of 1,200 peerings
not-judged  warning  rule-warning  inventory  1 peering
holds  note  rule-note  inventory  2 next hops of user routes

> csv
rule,severity,status,tables,table,addressPrefix,verdict,nextHopType,nextHopIpAddress,example,mismatches,reason,line,resource,remedy
rule-error,error,violated,,,,,,,,a is wrong,,3,/subscriptions/S/a,mend it
rule-error,error,violated,,,,,,,,b is wrong,,3,/subscriptions/S/b,mend it
rule-error,error,violated,,,,,,,,c is wrong,,3,/subscriptions/S/c,mend it
rule-warning,warning,not-judged,,,,,,,,d is wrong,,3,/subscriptions/S/d,mend it
rule-note,note,holds,,,,,,,,,,3,,

> junit
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="the policy of prod" tests="3" failures="1" errors="0" skipped="1" time="0">
  <testsuite name="inventory" tests="3" failures="1" errors="0" skipped="1" time="0">
    <testcase name="rule-error: on error" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <failure message="2 of 1,200 peerings, e.g. a: a is wrong" type="violated">
a: a is wrong; mend it
b: unknown: b is wrong; mend it
c: c is wrong; mend it
</failure>
    </testcase>
    <testcase name="rule-warning: on warning" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0">
      <skipped message="warning: not judged: "/>
      <system-out>
d: unknown: d is wrong; mend it
</system-out>
    </testcase>
    <testcase name="rule-note: on note" classname="DIR/policy.yaml" file="DIR/policy.yaml" line="3" time="0"/>
  </testsuite>
</testsuites>

> 60 columns
⟨1⟩DIR/policy.yaml: the policy of prod⟨22⟩

    ⟨2⟩RULE          RESOURCE  REASON⟨22⟩
  ⟨31⟩✗⟨39⟩ rule-error    a         a is wrong; mend it
  ⟨31⟩!⟨39⟩ rule-error    b         unknown: b is wrong; mend it
  ⟨31⟩✗⟨39⟩ rule-error    c         c is wrong; mend it
  ⟨33⟩!⟨39⟩ rule-warning  d         unknown: d is wrong; mend it

⟨36⟩  data  ⟨39⟩⟨2⟩DIR/web.json⟨22⟩

⟨31⟩failed⟨39⟩  violated: 1 error; not judged: 1 warning; holds: 1
`);
  const expanded = await printed("check", own, { view: { expand: true }, widths: [null] });
  expect(expanded).toBe(`
> in a pipe
DIR/policy.yaml: the policy of prod

  ✗ rule-error  a  a is wrong; mend it
  ! rule-error  b  unknown: b is wrong; mend it
  ✗ rule-error  c  c is wrong; mend it

  ! rule-warning  d  unknown: d is wrong; mend it

  ✓ rule-note  2 next hops of user routes  holds

  data  DIR/web.json

failed  violated: 1 error; not judged: 1 warning; holds: 1
`);
  const scanned = await sarif(own);
  expect(scanned).toBe(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0"}
{"name":"vnet-explain"}
{"columnKind":"utf16CodeUnits"}
{"executionSuccessful":true,"exitCode":3}
{"id":"rule-error","shortDescription":{"text":"on error"},"fullDescription":{"text":"on error"},"help":{"text":"on error\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"error"}}
{"id":"rule-warning","shortDescription":{"text":"on warning"},"fullDescription":{"text":"on warning"},"help":{"text":"on warning\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"warning"}}
{"id":"rule-note","shortDescription":{"text":"on note"},"fullDescription":{"text":"on note"},"help":{"text":"on note\\n\\nThe rule is judged on Azure's effective routes, for every address that it names. A result has the prefixes that violate it, and the route that wins for them."},"defaultConfiguration":{"level":"note"}}
{"associatedRule":{"id":"rule-warning"},"level":"warning","message":{"text":"not judged: "},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[]}]}
{"ruleId":"rule-error","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"a: a is wrong; mend it"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"/subscriptions/S/a","kind":"resource"}]}],"partialFingerprints":{"ruleAndResource/v1":"rule-error /subscriptions/s/a a","primaryLocationLineHash":"8613f3076ec81f3e:1"},"properties":{"resourceId":"/subscriptions/S/a","resource":"a","remedy":"mend it"}}
{"ruleId":"rule-error","ruleIndex":0,"kind":"fail","level":"error","message":{"text":"c: c is wrong; mend it"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"DIR/policy.yaml"},"region":{"startLine":3}},"logicalLocations":[{"name":"/subscriptions/S/c","kind":"resource"}]}],"partialFingerprints":{"ruleAndResource/v1":"rule-error /subscriptions/s/c c","primaryLocationLineHash":"7594de00cbe65c9c:1"},"properties":{"resourceId":"/subscriptions/S/c","resource":"c","remedy":"mend it"}}
`);
});

test("the last line counts by severity, and says that a snapshot is incomplete", async () => {
  const report = await checked(policy, web);
  const tally = (error: number, warning: number, note: number) => ({ error, warning, note });
  const none = tally(0, 0, 0);
  const variants = [
    { passed: true, count: { holds: none, violated: none, notJudged: none } },
    { passed: true, count: { holds: tally(1, 2, 3), violated: tally(0, 0, 1), notJudged: tally(0, 2, 0) } },
    { passed: false, count: { holds: none, violated: tally(2, 1, 2), notJudged: tally(1, 1, 1) } },
  ];
  let text = "";
  for (const variant of variants) {
    const shown = await printed("check", { ...report, ...variant, results: [] }, { view: BRIEF, widths: [null, 80] });
    text += shown.replace(/^(?!.*(passed|failed)).*\n/gm, "");
  }
  expect(text).toBe(`passed  holds: 0
⟨32⟩passed⟨39⟩  holds: 0
passed  violated: 1 note; not judged: 2 warnings; holds: 6
⟨32⟩passed⟨39⟩  violated: 1 note; not judged: 2 warnings; holds: 6
failed  violated: 2 errors, 1 warning, 2 notes; not judged: 1 error, 1 warning, 1 note; holds: 0
⟨31⟩failed⟨39⟩  violated: 2 errors, 1 warning, 2 notes; not judged: 1 error, 1 warning,
`);
});

const COUNT = { error: 0, warning: 0, note: 0 };
const COUNTS = { holds: COUNT, violated: COUNT, notJudged: COUNT };

/** A report of these results, and its text for people without its title, data and last line. */
async function reportOf(results: readonly object[], more: object = {}) {
  return { ...(await checked(policy, web)), results, passed: true, count: COUNTS, ...more };
}
async function rowsOf(report: object, view: object = BRIEF): Promise<string> {
  const text = await printed("check", report, { view, widths: [null] });
  return text.slice(text.indexOf("\n\n") + 2, text.indexOf("\n\n  data"));
}
const RULE = { id: "r", kind: "expect", name: null, description: null, severity: "error", line: 3 };
const RESULT = {
  ...{ rule: RULE, tables: ["a"], status: "not-judged", reason: "no IPv6", leftOut: [], counterExamples: [] },
  ...{ addresses: { v4: "16", v6: "0" }, violating: { v4: "4", v6: "0" }, inventory: null, reach: null },
};
const rule = (more: object) => ({ ...RESULT, rule: { ...RULE, ...more } });

test("from three rules on, those that were not judged on the same tables for the same reason are one row", async () => {
  const [a, b, c] = [rule({ id: "a" }), rule({ id: "rule-2", name: "the second" }), rule({ id: "c" })];
  const other = { ...rule({ id: "d" }), reason: "one table" };
  expect(await rowsOf(await reportOf([a, b]))).toBe(`    RULE        ADDRESSES  REASON
  ! a                      not judged: no IPv6
  ! the second             not judged: no IPv6`);
  expect(await rowsOf(await reportOf([a, other, b, c]))).toBe(`    RULE     ADDRESSES  REASON
  ! 3 rules             not judged: no IPv6 (a, the second, c)
  ! d                   not judged: one table`);
  expect(await rowsOf(await reportOf([a, b, c]), { expand: true })).toBe(`  ! a    not judged: no IPv6

  ! the second    not judged: no IPv6

  ! c    not judged: no IPv6`);
});

test("rules that were not judged share a row only with the same tables, severity and reason, and without findings", async () => {
  const finding = { status: "unknown", resource: "nic", resourceId: "/n", text: "is unknown", remedy: "read it" };
  const inventory = { judges: "NICs", resources: 1, findings: [finding] };
  const kinds = [
    rule({ id: "a" }),
    { ...rule({ id: "b" }), tables: ["b"] },
    rule({ id: "c", severity: "warning" }),
    rule({ id: "d", severity: "note" }),
    { ...rule({ id: "e" }), reason: null },
    { ...rule({ id: "f" }), inventory },
    { ...rule({ id: "g" }), status: "violated", counterExamples: [] },
  ];
  const report = await reportOf(kinds, { routeTables: [] });
  expect(await rowsOf(await reportOf([...kinds, ...kinds]))).not.toContain(" rules ");
  const text = await printed("check", report, { view: BRIEF, widths: [null] });
  expect(text).toContain(
    `
    RULE  ADDRESSES  REASON
  ! a                not judged: no IPv6
  ! b                not judged: no IPv6
  ! c                not judged: no IPv6
  ! d                not judged: no IPv6
  ! e                not judged: 
  ! f     nic        unknown: is unknown; read it
`.replace(/ +$/gm, ""),
  );
});

test.each<[what: string, rule: object, label: string]>([
  ["its id", { id: "by-nva", name: "the name" }, "by-nva"],
  ["its name where the policy gives no id", { id: "rule-12", name: "the name" }, "the name"],
  ["its number where it has no name either", { id: "rule-12", name: null }, "rule-12"],
  ["an id that only starts like a number", { id: "rule-12b", name: "the name" }, "rule-12b"],
  ["an id that only ends like a number", { id: "my-rule-12", name: "the name" }, "my-rule-12"],
])("a rule is labelled by %s", async (_, own, label) => {
  expect(await rowsOf(await reportOf([rule(own)]))).toContain(`\n  ! ${label} `);
});

test("each row and each line has the colour of its status and severity", async () => {
  const statuses = ["holds", "violated", "not-judged"].flatMap((status) =>
    ["error", "warning", "note"].map((severity) => ({ ...rule({ severity, id: `${status}-${severity}` }), status })),
  );
  const report = await reportOf(statuses);
  const { stdout } = await openTerminal(new Capture({ tty: true, env: { LANG: "C.UTF-8" } }));
  const lines = Array.from((check.lines?.(report, stdout) ?? []) as Iterable<string>, (line) => {
    const [, colour = ""] = line.split("\u001b[");
    return /^(\d+)m(\S+) {2}(\S+)/.exec(colour);
  });
  expect(lines.map((line) => line?.slice(1))).toEqual([
    ...[
      ["32", "holds", "error"],
      ["32", "holds", "warning"],
      ["32", "holds", "note"],
      ["31", "violated", "error"],
      ["33", "violated", "warning"],
      ["33", "violated", "note"],
    ],
    ...[
      ["31", "not-judged", "error"],
      ["33", "not-judged", "warning"],
      ["33", "not-judged", "note"],
    ],
  ]);
});

test("the tag file is named once, behind the first table", async () => {
  const [table] = (await checked(policy, web)).routeTables;
  const tags = { file: "tags.json", date: "2026-11-10" };
  const report = await reportOf([], { routeTables: [table, table], serviceTagFile: tags });
  const text = await printed("check", report, { view: BRIEF, widths: [null] });
  expect(text.slice(text.indexOf("  data"), text.indexOf("passed"))).toBe(
    "  data  DIR/web.json; service tags of 2026-11-10\n  data  DIR/web.json\n\n",
  );
});

test("what was left out is said once for all rules", async () => {
  const leftOut = (...texts: readonly string[]) => ({ ...RESULT, leftOut: texts.map((text) => ({ text })) });
  const report = await reportOf([leftOut("no IPv6", "the host"), leftOut("no IPv6")]);
  const text = await printed("check", report, { view: BRIEF, widths: [null] });
  expect(text).toContain("\n\n  left out  no IPv6\n  left out  the host\n  data  DIR/web.json\n");
});

test("the rows of flat formats: findings, walks and counter-examples, and one row for a result without any", () => {
  const finding = { text: "is down", resourceId: "/n/nic", remedy: "start it" };
  const walk = { prefixes: ["10.2.0.0/24", "10.2.1.0/24"], mismatches: ["expected: arrives"], example: "10.2.0.4" };
  const explanation = { verdict: "drop", winner: { nextHopType: "None", nextHopIpAddress: ["10.0.0.9"] } };
  const back = {
    table: "b",
    prefixes: ["10.9.0.0/24"],
    example: "10.9.0.1",
    explanation: { verdict: "no-route", winner: null },
  };
  const counter = {
    table: "a",
    prefixes: ["20.0.0.0/8"],
    example: "20.0.0.1",
    explanation,
    mismatches: ["x", "y"],
    back,
  };
  const rows = (more: object) => [...check.rows({ results: [{ ...RESULT, ...more }] } as never)];
  const head = ["r", "error", "not-judged", ["a"]];
  expect(rows({})).toEqual([[...head, null, null, null, null, null, null, null, "no IPv6", 3, null, null]]);
  expect(rows({ inventory: { findings: [finding] } })).toEqual([
    [...head, null, null, null, null, null, null, "is down", "no IPv6", 3, "/n/nic", "start it"],
  ]);
  expect(rows({ inventory: { findings: [] }, reach: { findings: [walk] } })).toEqual(
    walk.prefixes.map((prefix) => {
      return [...head, null, prefix, null, null, null, "10.2.0.4", "expected: arrives", "no IPv6", 3, null, null];
    }),
  );
  expect(rows({ counterExamples: [counter, { ...counter, back: null }] })).toEqual([
    [...head, "a", "20.0.0.0/8", "drop", "None", ["10.0.0.9"], "20.0.0.1", "x; y", "no IPv6", 3, null, null],
    [...head, "b", "10.9.0.0/24", "no-route", null, null, "10.9.0.1", "x; y", "no IPv6", 3, null, null],
    [...head, "a", "20.0.0.0/8", "drop", "None", ["10.0.0.9"], "20.0.0.1", "x; y", "no IPv6", 3, null, null],
  ]);
  const all = rows({ inventory: { findings: [finding] }, reach: { findings: [walk] }, counterExamples: [counter] });
  expect(all.map((row) => row[10])).toEqual(["is down", "expected: arrives", "expected: arrives", "x; y", "x; y"]);
});

const SNAPSHOT = {
  ...{ name: "prod", takenAt: null, complete: true, subnets: 9, nics: 9, tables: 2 },
  ...{ withoutTable: [], divided: [], unreadSubscriptions: [] },
};
const NAMES = ["a", "b", "c", "d", "e"];

test.each<[what: string, result: object, snapshot: object | null, text: string]>([
  ["given one by one", { tables: NAMES }, null, "a and b and c and d and e"],
  ["given one by one, of one table", { tables: ["a"] }, null, "a"],
  ["of a snapshot", { tables: NAMES }, SNAPSHOT, "5: a, b, c and 2 more"],
  ["of a snapshot, of one", { tables: ["a"] }, SNAPSHOT, "a"],
  ["of a snapshot, of two", { tables: ["a", "b"] }, SNAPSHOT, "2: a, b"],
  ["of a snapshot, of none", { tables: [] }, SNAPSHOT, ""],
  ["that are judged together", { rule: { ...RULE, kind: "symmetric" }, tables: ["a", "b"] }, SNAPSHOT, "a and b"],
  [
    "of which pairs are judged together",
    { rule: { ...RULE, kind: "symmetric" }, tables: NAMES },
    SNAPSHOT,
    "5: a, b, c and 2 more",
  ],
  ["of an inventory", { tables: [], inventory: { findings: [] } }, SNAPSHOT, "inventory"],
])("a result names its tables: those %s", (_, result, snapshot, text) => {
  expect(tablesText({ ...RESULT, ...result } as never, { snapshot } as never)).toBe(text);
});

test("the names of a snapshot's tables wrap on a terminal, those of single tables stay whole", async () => {
  const tables = ["network-one/subnet-one", "network-two/subnet-two"];
  const results = [{ ...RESULT, tables, reason: "a reason that takes more than one line of a narrow terminal" }];
  const origin = { table: "a", origin: { kind: "file", name: "a.json", format: "arm", fetchedAt: null, note: null } };
  const shown = async (more: object) => {
    const text = await printed("check", await reportOf(results, more), { view: BRIEF, widths: [44] });
    return text.slice(text.indexOf("RULE"), text.indexOf("⟨36⟩"));
  };
  expect(await shown({ snapshot: SNAPSHOT })).toBe(`RULE  TABLE⟨22⟩
  ⟨31⟩!⟨39⟩ r     2: network-one/subnet-one,
          network-two/subnet-two
      not judged: a reason that takes more
      than one line of a narrow terminal

`);
  expect(await shown({ routeTables: [origin, origin] })).toBe(`RULE⟨22⟩
  ⟨31⟩!⟨39⟩ r
      network-one/subnet-one and
      network-two/subnet-two: not judged: a
      reason that takes more than one line
      of a narrow terminal

`);
});

test("a rule on paths that has no findings says why it was not judged", async () => {
  expect(await rowsOf(await reportOf([{ ...RESULT, reach: { findings: [] } }]))).toContain("not judged: no IPv6");
  expect(await rowsOf(await reportOf([{ ...RESULT, inventory: { findings: [] } }]))).toContain("not judged: no IPv6");
});

test.each<[what: string, more: object, text: string]>([
  ["what was judged, where it holds", { status: "holds" }, "16 IPv4 addresses"],
  ["the violated part", { status: "violated" }, "4 of 16 IPv4 addresses"],
  [
    "the violated part of IPv6",
    { status: "violated", addresses: { v4: "0", v6: "16" }, violating: { v4: "0", v6: "1" } },
    "1 of 16 IPv6 addresses",
  ],
  [
    "the violated part of both families",
    { status: "violated", addresses: { v4: "16", v6: "32" }, violating: { v4: "4", v6: "1" } },
    "4 IPv4 addresses, 1 IPv6 address of 16 IPv4 addresses, 32 IPv6 addresses",
  ],
  ["resources", { inventory: { judges: "NICs", resources: 7, findings: [] } }, "7 NICs"],
])("the extent of a result is %s", (_, more, text) => {
  expect(whatText({ ...RESULT, ...more } as never)).toBe(text);
});

test.each<[mismatches: readonly string[], shown: string]>([
  [["20.0.0.1: expected via 10.0.1.4"], "expected via 10.0.1.4"],
  [["20.0.0.12: expected via 10.0.1.4"], "20.0.0.12: expected via 10.0.1.4"],
  [["20.0.0.1: a", "b", "20.0.0.1: c"], "a; b; c"],
])("a row leaves out its example, which its addresses contain: %j", async (mismatches, shown) => {
  const group = { prefixes: ["20.0.0.0/8"], outline: null, addresses: { v4: "16", v6: "0" } };
  const explanation = { candidates: [], winner: null };
  const counter = { ...group, table: "a", example: "20.0.0.1", mismatches, back: null, explanation };
  const back = { ...group, prefixes: ["30.0.0.0/8"], table: "b", example: "30.0.0.1", explanation };
  const results = (more: object) => [{ ...RESULT, status: "violated", counterExamples: [{ ...counter, ...more }] }];
  expect(await rowsOf(await reportOf(results({})))).toContain(`\n  ✗ r     20.0.0.0/8 (16 IPv4)  ${shown}`);
  const symmetric = await rowsOf(await reportOf(results({ back })));
  expect(symmetric).toContain(`\n  ✗ r     20.0.0.0/8 (16 IPv4), back to 30.0.0.0/8  ${shown}`);
});
