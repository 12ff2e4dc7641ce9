import { expect, test } from "vitest";
import { run } from "../../commands/run-in-process.ts";
import { printed } from "../printed.ts";

const VIEW = { explain: false, expand: false, verbose: false };
const asked = async (...addresses: readonly string[]) =>
  JSON.parse((await run(["whichroute", ...addresses, "--sample", "udr-and-endpoint", "-o", "json"])).out);

test("what Network Watcher says has its colour; a host name is shown beside its address", async () => {
  const report = await asked("10.0.0.4");
  const [explanation] = report.explanations;
  let text = "";
  for (const agrees of [true, false, null]) {
    const networkWatcher = {
      nextHopType: "VnetLocal",
      nextHopIpAddress: null,
      agrees,
      text: "Network Watcher says VnetLocal",
    };
    const explanations = [{ ...explanation, networkWatcher, hostName: "web.example" }];
    text += await printed("whichroute", { ...report, explanations }, { view: VIEW, formats: ["short"], widths: [80] });
  }
  expect(text).toBe(`
> short
10.0.0.4 (web.example)  this virtual network (10.0.0.0/16)

> 80 columns
⟨1⟩10.0.0.4 (web.example)  →  ⟨22⟩⟨1⟩⟨32⟩this virtual network (10.0.0.0/16)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX       NEXT HOP          SOURCE       REASON⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩10.0.0.0/16  VnetLocal         Default      longest prefix⟨22⟩
  ✗ 0.0.0.0/0    None 10.10.10.10  User to-nva  /0 is shorter than /16
  ⟨2⟩·⟨22⟩ ⟨2⟩0.0.0.0/0    Internet          Default      Invalid: overridden by to-nva⟨22⟩
                                                ⟨2⟩(same prefix)⟨22⟩

⟨33⟩  ! ⟨39⟩to-nva points to unreachable 10.10.10.10: all else that it wins is dropped.
⟨36⟩  verified  ⟨39⟩⟨32⟩Network Watcher says VnetLocal⟨39⟩
⟨36⟩  data  ⟨39⟩⟨2⟩sample udr-and-endpoint; service tags of 2023-11-06⟨22⟩

> short
10.0.0.4 (web.example)  this virtual network (10.0.0.0/16)

> 80 columns
⟨1⟩10.0.0.4 (web.example)  →  ⟨22⟩⟨1⟩⟨32⟩this virtual network (10.0.0.0/16)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX       NEXT HOP          SOURCE       REASON⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩10.0.0.0/16  VnetLocal         Default      longest prefix⟨22⟩
  ✗ 0.0.0.0/0    None 10.10.10.10  User to-nva  /0 is shorter than /16
  ⟨2⟩·⟨22⟩ ⟨2⟩0.0.0.0/0    Internet          Default      Invalid: overridden by to-nva⟨22⟩
                                                ⟨2⟩(same prefix)⟨22⟩

⟨33⟩  ! ⟨39⟩to-nva points to unreachable 10.10.10.10: all else that it wins is dropped.
⟨36⟩  verified  ⟨39⟩⟨33⟩Network Watcher says VnetLocal⟨39⟩
⟨36⟩  data  ⟨39⟩⟨2⟩sample udr-and-endpoint; service tags of 2023-11-06⟨22⟩

> short
10.0.0.4 (web.example)  this virtual network (10.0.0.0/16)

> 80 columns
⟨1⟩10.0.0.4 (web.example)  →  ⟨22⟩⟨1⟩⟨32⟩this virtual network (10.0.0.0/16)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX       NEXT HOP          SOURCE       REASON⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩10.0.0.0/16  VnetLocal         Default      longest prefix⟨22⟩
  ✗ 0.0.0.0/0    None 10.10.10.10  User to-nva  /0 is shorter than /16
  ⟨2⟩·⟨22⟩ ⟨2⟩0.0.0.0/0    Internet          Default      Invalid: overridden by to-nva⟨22⟩
                                                ⟨2⟩(same prefix)⟨22⟩

⟨33⟩  ! ⟨39⟩to-nva points to unreachable 10.10.10.10: all else that it wins is dropped.
⟨36⟩  verified  ⟨39⟩⟨33⟩Network Watcher says VnetLocal⟨39⟩
⟨36⟩  data  ⟨39⟩⟨2⟩sample udr-and-endpoint; service tags of 2023-11-06⟨22⟩
`);
});

test("equal winners are one row; notes stand in order of their level; a tag's empty parts are left out", async () => {
  const report = await asked("191.239.203.0");
  const [explanation] = report.explanations;
  const [winner, ...others] = explanation.candidates;
  const note = (level: string, text: string) => ({ id: "return-path", level, label: text, text });
  const changed = {
    ...explanation,
    candidates: [winner, winner, ...others, others[0]],
    notes: [note("detail", "a detail"), note("remark", "a remark"), note("problem", "a problem")],
    serviceTags: [
      { name: "A", addressPrefix: "1.0.0.0/8", region: "", systemService: null },
      { name: "B", addressPrefix: "1.0.0.0/9", region: "west", systemService: "Svc" },
    ],
    next: "do something",
  };
  let text = "";
  for (const verbose of [false, true]) {
    text += await printed(
      "whichroute",
      { ...report, explanations: [changed] },
      { view: { ...VIEW, verbose }, widths: [null, 60] },
    );
  }
  expect(text).toBe(`
> in a pipe
191.239.203.0  →  service endpoint Microsoft.Storage (Storage.WestEurope)

    PREFIX            NEXT HOP                       SOURCE       REASON
  ✓ 191.239.203.0/28  VirtualNetworkServiceEndpoint  Default      longest prefix
  ✗ 0.0.0.0/0         None 10.10.10.10               User to-nva  /0 is shorter than /28
  · 0.0.0.0/0         Internet                       Default      Invalid: overridden by to-nva (same prefix)
  ✗ 0.0.0.0/0         None 10.10.10.10               User to-nva  /0 is shorter than /28

  ! a problem
  next  do something
  note  a remark
  service tags  A, B
  data  sample udr-and-endpoint; service tags of 2023-11-06

> 60 columns
⟨1⟩191.239.203.0  →  ⟨22⟩⟨1⟩⟨32⟩service endpoint Microsoft.Storage⟨39⟩⟨22⟩
                  ⟨1⟩⟨32⟩(Storage.WestEurope)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX            NEXT HOP          SOURCE⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩191.239.203.0/28  ServiceEndpoint   Default⟨22⟩
      ⟨1⟩longest prefix⟨22⟩
  ✗ 0.0.0.0/0         None 10.10.10.10  User to-nva
      /0 is shorter than /28
  ⟨2⟩·⟨22⟩ ⟨2⟩0.0.0.0/0         Internet          Default⟨22⟩
      ⟨2⟩Invalid: overridden by to-nva (same prefix)⟨22⟩
  ✗ 0.0.0.0/0         None 10.10.10.10  User to-nva
      /0 is shorter than /28

⟨33⟩  ! ⟨39⟩a problem
⟨36⟩  next  ⟨39⟩do something
⟨36⟩  note  ⟨39⟩a remark
⟨36⟩  service tags  ⟨39⟩A, B
⟨36⟩  data  ⟨39⟩⟨2⟩sample udr-and-endpoint; service tags of 2023-11-06⟨22⟩

> in a pipe
191.239.203.0  →  service endpoint Microsoft.Storage (Storage.WestEurope)

    PREFIX            NEXT HOP                       SOURCE       REASON
  ✓ 191.239.203.0/28  VirtualNetworkServiceEndpoint  Default      longest prefix
  ✗ 0.0.0.0/0         None 10.10.10.10               User to-nva  /0 is shorter than /28
  · 0.0.0.0/0         Internet                       Default      Invalid: overridden by to-nva (same prefix)
  ✗ 0.0.0.0/0         None 10.10.10.10               User to-nva  /0 is shorter than /28

  ! a problem
  next  do something
  note  a remark
  note  a detail
  service tag  A, 1.0.0.0/8
  service tag  B, 1.0.0.0/9, west, Svc
  rule  longest-prefix (documented): 191.239.203.0/28 is the longest active prefix; the next is 0.0.0.0/0.
  source  https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
  data  sample udr-and-endpoint; service tags of 2023-11-06

> 60 columns
⟨1⟩191.239.203.0  →  ⟨22⟩⟨1⟩⟨32⟩service endpoint Microsoft.Storage⟨39⟩⟨22⟩
                  ⟨1⟩⟨32⟩(Storage.WestEurope)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX            NEXT HOP          SOURCE⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩191.239.203.0/28  ServiceEndpoint   Default⟨22⟩
      ⟨1⟩longest prefix⟨22⟩
  ✗ 0.0.0.0/0         None 10.10.10.10  User to-nva
      /0 is shorter than /28
  ⟨2⟩·⟨22⟩ ⟨2⟩0.0.0.0/0         Internet          Default⟨22⟩
      ⟨2⟩Invalid: overridden by to-nva (same prefix)⟨22⟩
  ✗ 0.0.0.0/0         None 10.10.10.10  User to-nva
      /0 is shorter than /28

⟨33⟩  ! ⟨39⟩a problem
⟨36⟩  next  ⟨39⟩do something
⟨36⟩  note  ⟨39⟩a remark
⟨36⟩  note  ⟨39⟩a detail
⟨36⟩  service tag  ⟨39⟩A, 1.0.0.0/8
⟨36⟩  service tag  ⟨39⟩B, 1.0.0.0/9, west, Svc
⟨36⟩  rule  ⟨39⟩longest-prefix (documented): 191.239.203.0/28 is the
        longest active prefix; the next is 0.0.0.0/0.
⟨36⟩  source⟨39⟩
⟨2⟩https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview⟨22⟩
⟨36⟩  data  ⟨39⟩⟨2⟩sample udr-and-endpoint; service tags of 2023-11-06⟨22⟩
`);
  const bare = { ...changed, candidates: [], notes: [], serviceTags: [], next: null };
  const none = await printed("whichroute", { ...report, explanations: [bare] }, { view: VIEW, widths: [null] });
  expect(none).toBe(`
> in a pipe
191.239.203.0  →  service endpoint Microsoft.Storage (Storage.WestEurope)

  data  sample udr-and-endpoint; service tags of 2023-11-06
`);
});

test("long words for next hops and sources are shortened on a narrow terminal", async () => {
  const report = await asked("10.0.0.4");
  const [explanation] = report.explanations;
  const [winner] = explanation.candidates;
  const types = [
    "VirtualNetworkServiceEndpoint",
    "VirtualNetworkGateway",
    "VirtualAppliance",
    "VirtualApplianceEcmp",
    "Other",
  ];
  const candidates = types.map((nextHopType, at) => ({
    ...{
      ...winner,
      nextHopType,
      source: at === 1 ? "VirtualNetworkGateway" : "User",
      name: `r${at}`,
      outcome: at === 0 ? "won" : "lost",
    },
    nextHopIpAddress: at === 3 ? ["10.0.0.4", "10.0.0.5"] : [],
  }));
  const text = await printed(
    "whichroute",
    { ...report, explanations: [{ ...explanation, candidates }] },
    { view: VIEW, widths: [70, 200] },
  );
  expect(text).toBe(`
> 70 columns
⟨1⟩10.0.0.4  →  ⟨22⟩⟨1⟩⟨32⟩this virtual network (10.0.0.0/16)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX       NEXT HOP                          SOURCE⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩10.0.0.0/16  ServiceEndpoint                   User r0⟨22⟩
      ⟨1⟩longest prefix⟨22⟩
  ✗ 10.0.0.0/16  VNetGateway                       VNetGateway r1
      longest prefix
  ✗ 10.0.0.0/16  Appliance                         User r2
      longest prefix
  ✗ 10.0.0.0/16  ApplianceEcmp 10.0.0.4, 10.0.0.5  User r3
      longest prefix
  ✗ 10.0.0.0/16  Other                             User r4
      longest prefix

⟨33⟩  ! ⟨39⟩to-nva points to unreachable 10.10.10.10: all else that it wins is
    dropped.
⟨36⟩  data  ⟨39⟩⟨2⟩sample udr-and-endpoint; service tags of 2023-11-06⟨22⟩

> 200 columns
⟨1⟩10.0.0.4  →  ⟨22⟩⟨1⟩⟨32⟩this virtual network (10.0.0.0/16)⟨39⟩⟨22⟩

    ⟨2⟩PREFIX       NEXT HOP                                 SOURCE                    REASON⟨22⟩
  ⟨32⟩✓⟨39⟩ ⟨1⟩10.0.0.0/16  VirtualNetworkServiceEndpoint            User r0                   longest prefix⟨22⟩
  ✗ 10.0.0.0/16  VirtualNetworkGateway                    VirtualNetworkGateway r1  longest prefix
  ✗ 10.0.0.0/16  VirtualAppliance                         User r2                   longest prefix
  ✗ 10.0.0.0/16  VirtualApplianceEcmp 10.0.0.4, 10.0.0.5  User r3                   longest prefix
  ✗ 10.0.0.0/16  Other                                    User r4                   longest prefix

⟨33⟩  ! ⟨39⟩to-nva points to unreachable 10.10.10.10: all else that it wins is dropped.
⟨36⟩  data  ⟨39⟩⟨2⟩sample udr-and-endpoint; service tags of 2023-11-06⟨22⟩
`);
});

test("a route table of a stand-in, a cache, a snapshot and Azure say where they are from", async () => {
  const report = await asked("10.0.0.4");
  const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/vm1";
  const origins = [
    { kind: "azure", name: id, fetchedAt: "2026-11-23T20:00:00.123Z", standIn: id.replace("vm1", "vm2") },
    { kind: "cache", name: id, fetchedAt: null },
    { kind: "stdin", name: "-", fetchedAt: "2026-11-23T20:00:00Z" },
  ];
  let text = "";
  for (const origin of origins) {
    const routeTable = { ...report.routeTable, ...origin };
    const shown = await printed(
      "whichroute",
      { ...report, routeTable, serviceTagFile: null },
      { view: VIEW, widths: [null] },
    );
    text += shown.slice(shown.indexOf("  data"));
  }
  expect(text).toBe(`  data  network interface vm1 (routes of vm2), fetched 2026-11-23T20:00:00Z
  data  network interface vm1
  data  standard input, fetched 2026-11-23T20:00:00Z
`);
});

test("a destination that is refused has its reason, alone and among others", async () => {
  const report = await asked("10.0.0.4");
  const error = {
    code: "address-syntax",
    message: "'x' is not an IPv4 or IPv6 address",
    hint: "write one like 10.0.0.4",
  };
  const refused = { destination: "x", line: 1, error };
  const alone = await printed(
    "whichroute",
    { ...report, explanations: [refused] },
    { view: VIEW, formats: ["short", "csv"], widths: [null, 60] },
  );
  expect(alone).toBe(`
> short
x  refused: 'x' is not an IPv4 or IPv6 address; write one like 10.0.0.4

> csv
destination,verdict,nextHopType,nextHopIpAddress,serviceTag,addressPrefix,source,name,serviceEndpoint,rule,certainty,error,partOf,hostName
x,,,,,,,,,,,address-syntax,,

> in a pipe
x  →  refused: 'x' is not an IPv4 or IPv6 address; write one like 10.0.0.4

  data  sample udr-and-endpoint; service tags of 2023-11-06

> 60 columns
⟨31⟩x  →  refused: 'x' is not an IPv4 or IPv6 address; write one⟨39⟩
      ⟨31⟩like 10.0.0.4⟨39⟩

⟨36⟩  data  ⟨39⟩⟨2⟩sample udr-and-endpoint; service tags of 2023-11-06⟨22⟩
`);
  const explanations = [...report.explanations, refused];
  const explained = await printed(
    "whichroute",
    { ...report, explanations },
    { view: { ...VIEW, explain: true }, widths: [null] },
  );
  expect(explained).toBe(`
> in a pipe
10.0.0.4  →  this virtual network (10.0.0.0/16)

    PREFIX       NEXT HOP          SOURCE       REASON
  ✓ 10.0.0.0/16  VnetLocal         Default      longest prefix
  ✗ 0.0.0.0/0    None 10.10.10.10  User to-nva  /0 is shorter than /16
  · 0.0.0.0/0    Internet          Default      Invalid: overridden by to-nva (same prefix)

  ! to-nva points to unreachable 10.10.10.10: all else that it wins is dropped.

x  →  refused: 'x' is not an IPv4 or IPv6 address; write one like 10.0.0.4

  data  sample udr-and-endpoint; service tags of 2023-11-06
`);
});
