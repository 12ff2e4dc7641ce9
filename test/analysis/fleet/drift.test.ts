import { describe, expect, it, test } from "vitest";
import { driftOf } from "../../../src/analysis/fleet/drift.ts";
import { membersOf } from "../../../src/analysis/fleet/members.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { Coverage } from "../../../src/topology/coverage.ts";
import type { Snapshot, SnapshotNic } from "../../../src/topology/snapshot.ts";
import { EMPTY_TOPOLOGY } from "../../../src/topology/topology.ts";
import { moveText, rowChangeText } from "../diff/change-texts.ts";
import { nic, nicId, snapshot, table } from "./fleet.ts";

const LOCAL = "10.0.0.0/16 VnetLocal";
const TABLES = {
  nva: table(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva"),
  other: table(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.5 to-nva"),
  renamed: table(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-fw"),
  direct: table(LOCAL, "0.0.0.0/0 Internet"),
  dead: table(LOCAL, "0.0.0.0/0 None 10.0.1.9 to-nva"),
  gateway: table(LOCAL, "10.9.0.0/16 VirtualNetworkGateway 10.5.0.5"),
  odd: table(LOCAL, "0.0.0.0/0 VirtualAppliance nva01 to-nva"),
};

const side = (nics: readonly SnapshotNic[], more: Partial<Snapshot> = {}) => {
  const whole = snapshot(nics, TABLES, more);
  return { snapshot: whole, members: membersOf(whole) };
};

/** A NIC of a folder of exports, which has no id and no subnet. */
const file = (name: string, key: keyof typeof TABLES | null): SnapshotNic => ({
  ...nic(name, null, key),
  id: name,
  name,
});

type Side = ReturnType<typeof side>;

/**
 * The drift in lines: how many were compared and changed, moves and rows with their subnets, what came, went and was not
 * compared.
 */
function told(before: Side, after: Side): readonly string[] {
  const drift = driftOf(before, after, (each) => annotateTable(each, null), null);
  const both = (what: string, { came, went }: typeof drift.nics) =>
    came.length + went.length === 0 ? [] : [`${what}: +${came.join(" ")} -${went.join(" ")}`];
  return [
    `${drift.changed} of ${drift.compared}`,
    ...drift.moves.map((move) => `${move.members.join(" ")}: ${moveText(move)}`),
    ...drift.rows.map((row) => `${row.members.join(" ")}: ${rowChangeText(row)}`),
    ...both("subnets", drift.subnets),
    ...both("nics", drift.nics),
    ...both("appliances", drift.appliances),
    ...drift.notCompared.map(({ name, reason }) => `${name}: ${reason}`),
  ];
}

describe("the drift between two snapshots", () => {
  test.each<[string, Side, Side, readonly string[]]>([
    ["nothing in common, nothing at all", side([]), side([]), ["0 of 0"]],
    ["equal tables", side([nic("a", "h/a", "nva")]), side([nic("a", "h/a", "nva")]), ["0 of 1"]],
    [
      "a row that differs and moves nothing",
      side([nic("a", "h/a", "nva")]),
      side([nic("a", "h/a", "renamed")]),
      ["0 of 1", "h/a: changed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva: name to-fw"],
    ],
    [
      "moves of most subnets first, their names in order",
      side([nic("a", "h/a", "nva"), nic("c", "h/c", "nva"), nic("b", "h/b", "nva")]),
      side([nic("a", "h/a", "direct"), nic("c", "h/c", "other"), nic("b", "h/b", "other")]),
      [
        "3 of 3",
        "h/b h/c: 0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance 10.0.1.4 by User to-nva -> VirtualAppliance 10.0.1.5 by User to-nva",
        "h/a: 0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance 10.0.1.4 by User to-nva -> Internet by Default (some undelivered)",
        "h/b h/c: changed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva: nextHopIpAddress 10.0.1.5; moves addresses",
        "h/a: removed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva; moves addresses",
        "h/a: added Default 0.0.0.0/0 Internet; moves addresses",
        "appliances: +10.0.1.5 -10.0.1.4",
      ],
    ],
    [
      "a table that one of them lacks",
      side([nic("a", "h/a", "nva"), nic("b", "h/b", null, { outcome: "denied" }), nic("c", "h/c", null)]),
      side([nic("a", "h/a", null), nic("b", "h/b", null, { outcome: "failed" }), nic("c", "h/c", null)]),
      ["0 of 0", "h/a: no table after (stopped)", "h/b: no table before (denied), no table after (failed)"],
    ],
    [
      "NICs of a subnet that come to differ, each against the subnet before",
      side([nic("a", "h/s", "nva"), nic("b", "h/s", "nva")]),
      side([nic("a", "h/s", "nva"), nic("b", "h/s", "direct")]),
      [
        "1 of 2",
        "b: 0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance 10.0.1.4 by User to-nva -> Internet by Default (some undelivered)",
        "b: removed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva; moves addresses",
        "b: added Default 0.0.0.0/0 Internet; moves addresses",
      ],
    ],
    [
      "a move of several tables, the names of its subnets in order",
      side([nic("a", "h/a", "nva"), nic("c", "h/c", "nva"), nic("b", "h/b", "renamed")]),
      side([nic("a", "h/a", "direct"), nic("c", "h/c", "direct"), nic("b", "h/b", "direct")]),
      [
        "3 of 3",
        "h/a h/b h/c: 0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance 10.0.1.4 by User to-nva -> Internet by Default (some undelivered)",
        "h/a h/b h/c: added Default 0.0.0.0/0 Internet; moves addresses",
        "h/a h/c: removed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva; moves addresses",
        "h/b: removed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-fw; moves addresses",
        "appliances: + -10.0.1.4",
      ],
    ],
    [
      "a table that the first of them lacks",
      side([nic("a", "h/a", null, { outcome: "denied" })]),
      side([nic("a", "h/a", "nva")]),
      ["0 of 0", "h/a: no table before (denied)"],
    ],
    [
      "tables that neither has, where one could have been read",
      side([
        nic("a1", "h/a", null, { outcome: "failed" }),
        nic("a2", "h/a", null),
        nic("b", "h/b", null),
        nic("c", "h/c", null, { outcome: "denied" }),
      ]),
      side([nic("a1", "h/a", null), nic("b", "h/b", null), nic("c", "h/c", null)]),
      [
        "0 of 0",
        "h/a: no table before (1 failed, 1 stopped), no table after (stopped)",
        "h/c: no table before (denied), no table after (stopped)",
      ],
    ],
    [
      "a NIC whose subnet is unknown, by its id",
      side([nic("lone", null, "nva")]),
      side([nic("lone", null, "nva")]),
      ["0 of 1"],
    ],
    [
      "a NIC that moved to a subnet of different NICs, with its subnet before",
      side([nic("b", "h/s", "nva")]),
      side([nic("b", "h/t", "nva"), nic("c", "h/t", "direct")]),
      ["0 of 1", "nics: +c -", "c: only after"],
    ],
    [
      "NICs of one name in two resource groups are two",
      side([nic("g1/web", null, "nva")]),
      side([nic("g2/web", null, "nva")]),
      ["0 of 0", "nics: +web -web", "web: only before", "web: only after"],
    ],
    [
      "an unreachable appliance, and a gateway, which is none",
      side([nic("a", "h/a", "dead"), nic("b", "h/b", "gateway")]),
      side([nic("a", "h/a", "direct"), nic("b", "h/b", "direct")]),
      [
        "2 of 2",
        "h/a: 0.0.0.0/0 except 10.0.0.0/16: drop by User to-nva -> Internet by Default (some undelivered)",
        "h/b: 0.0.0.0/0 except 10.0.0.0/16 10.9.0.0/16: no-route -> Internet by Default (some undelivered)",
        "h/b: 10.9.0.0/16: VirtualNetworkGateway 10.5.0.5 by Default -> Internet by Default (all undelivered)",
        "h/a h/b: added Default 0.0.0.0/0 Internet; moves addresses",
        "h/a: removed User 0.0.0.0/0 None 10.0.1.9 #to-nva; moves addresses",
        "h/b: removed Default 10.9.0.0/16 VirtualNetworkGateway 10.5.0.5; moves addresses",
        "appliances: + -10.0.1.9",
      ],
    ],
    [
      "a next hop that is no address is no appliance's",
      side([nic("a", "h/a", "odd")]),
      side([nic("a", "h/a", "nva")]),
      [
        "1 of 1",
        "h/a: 0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance nva01 by User to-nva -> VirtualAppliance 10.0.1.4 by User to-nva",
        "h/a: changed User 0.0.0.0/0 VirtualAppliance nva01 #to-nva: nextHopIpAddress 10.0.1.4; moves addresses",
        "appliances: +10.0.1.4 -",
      ],
    ],
    [
      "exports in folders, by their names without words of time",
      side([file("pre-web", "nva"), file("db_01", "nva"), file("gone", "nva")]),
      side([file("post-failover-web", "direct"), file("db", "nva"), file("new", "direct")]),
      [
        "1 of 2",
        "post-failover-web: 0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance 10.0.1.4 by User to-nva -> Internet by Default (some undelivered)",
        "post-failover-web: removed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva; moves addresses",
        "post-failover-web: added Default 0.0.0.0/0 Internet; moves addresses",
        "nics: +new -gone",
        "gone: only before",
        "new: only after",
      ],
    ],
    [
      "exports of which two have one name are not paired by it",
      side([file("web.1", "nva"), file("web.2", "nva")]),
      side([file("web", "nva")]),
      ["0 of 0", "nics: +web -web.1 web.2", "web: only after", "web.1: only before", "web.2: only before"],
    ],
    [
      "an export is not paired with one of two that have its name",
      side([file("web", "nva")]),
      side([file("web.1", "nva"), file("web.2", "nva")]),
      ["0 of 0", "nics: +web.1 web.2 -web", "web: only before", "web.1: only after", "web.2: only after"],
    ],
    [
      "exports whose names are words of time alone",
      side([file("before", "nva")]),
      side([file("after", "nva")]),
      ["0 of 0", "nics: +after -before", "after: only after", "before: only before"],
    ],
    [
      "an export and the NIC of its name, where exports of resources say its subnet",
      side([file("web-01", "nva"), file("no-other", "nva")]),
      side([nic("web", "h/a", "direct"), nic("idle", "h/b", null)]),
      [
        "1 of 1",
        "h/a: 0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance 10.0.1.4 by User to-nva -> Internet by Default (some undelivered)",
        "h/a: removed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva; moves addresses",
        "h/a: added Default 0.0.0.0/0 Internet; moves addresses",
        "nics: +h/b -no-other",
        "appliances: + -10.0.1.4",
        "no-other: only before",
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  it("ignores the case of ids", () => {
    const upper = { ...nic("a", "h/a", "nva"), id: nic("a", "h/a", "nva").id.toUpperCase() };
    expect(told(side([nic("a", "h/a", "nva")]), side([upper]))).toEqual(["0 of 1"]);
  });
});

/** A snapshot directory, which has all NICs in its scope. */
const taken = (nics: readonly SnapshotNic[], scope: Partial<Coverage> = {}): Side => {
  const all = { subscriptionIds: null, resourceGroup: null, network: null, subnet: null, unreadSubscriptions: [] };
  return side(nics, { coverage: { ...all, ...scope } });
};

const ID = "11111111-1111-1111-1111-111111111111";
const unread = (name: string | null) => ({ unreadSubscriptions: [{ id: ID, name, reason: "not allowed" }] });

describe("what only one of two snapshots has", () => {
  const NIC = nic("a", "h/a", "nva");
  const LONE = nic("lone", null, "nva");
  test.each<[string, Side, Side, readonly string[]]>([
    ["is gone", taken([NIC]), taken([]), ["0 of 0", "subnets: + -h/a", "nics: + -a", "appliances: + -10.0.1.4"]],
    ["is new", taken([]), taken([NIC]), ["0 of 0", "subnets: +h/a -", "nics: +a -", "appliances: +10.0.1.4 -"]],
    [
      "is gone where its table was not read either",
      taken([nic("a", "h/a", null)]),
      taken([]),
      ["0 of 0", "subnets: + -h/a", "nics: + -a"],
    ],
    [
      "may exist in a subscription that was not read after",
      taken([NIC]),
      taken([], unread("dev")),
      ["0 of 0", "h/a: subscription dev was not read after"],
    ],
    [
      "may have existed in a subscription without a name that was not read before",
      taken([], unread(null)),
      taken([NIC]),
      ["0 of 0", `h/a: subscription ${ID} was not read before`],
    ],
    [
      "may exist outside the scope of the snapshot after",
      taken([NIC]),
      taken([], { resourceGroup: "other" }),
      ["0 of 0", "h/a: not in the scope of the snapshot after"],
    ],
    [
      "may have existed outside the scope of the snapshot before",
      taken([], { network: "other" }),
      taken([NIC]),
      ["0 of 0", "h/a: not in the scope of the snapshot before"],
    ],
    [
      "is not mentioned outside the scope of the other one where it has no table",
      taken([nic("a", "h/a", null)]),
      taken([], { resourceGroup: "other" }),
      ["0 of 0"],
    ],
    [
      "has only a table to compare where its subnet is unknown",
      taken([LONE]),
      taken([]),
      ["0 of 0", "nics: + -lone", "lone: only before"],
    ],
    [
      "is a NIC of a subnet that both have",
      taken([NIC, nic("b", "h/a", "nva")]),
      taken([NIC, nic("c", "h/a", "nva")]),
      ["0 of 1", "nics: +c -b"],
    ],
    [
      "is a table of a folder, beside a snapshot without its NIC",
      side([file("web", "nva")]),
      taken([]),
      ["0 of 0", "nics: + -web", "web: only before"],
    ],
    [
      "is a table of a folder, whatever the scope of the snapshot",
      side([file("web", "nva")]),
      taken([], { resourceGroup: "rg" }),
      ["0 of 0", "nics: + -web", "web: not in the scope of the snapshot after"],
    ],
    [
      "is a subnet of a snapshot, which a folder need not have",
      side([]),
      taken([NIC, nic("b", "h/a", "nva", { standInId: "a" }), nic("c", "h/c", null)]),
      ["0 of 0", "nics: +a -", "h/a: only after"],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });
});

describe("NICs and subnets are paired", () => {
  const ids = [nic("a", "h/s", "nva"), nic("b", "h/s", "direct")];
  test.each<[string, Side, Side, readonly string[]]>([
    [
      "NICs that differed, each with the subnet after",
      side(ids),
      side([nic("a", "h/s", "nva"), nic("b", "h/s", "nva")]),
      [
        "1 of 2",
        "h/s: 0.0.0.0/0 except 10.0.0.0/16: Internet by Default (some undelivered) -> VirtualAppliance 10.0.1.4 by User to-nva",
        "h/s: removed Default 0.0.0.0/0 Internet; moves addresses",
        "h/s: added User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva; moves addresses",
      ],
    ],
    [
      "a NIC that is gone with the subnet that it was in",
      taken(ids),
      taken([nic("c", "h/s", "nva")]),
      [
        "1 of 2",
        "h/s: 0.0.0.0/0 except 10.0.0.0/16: Internet by Default (some undelivered) -> VirtualAppliance 10.0.1.4 by User to-nva",
        "h/s: removed Default 0.0.0.0/0 Internet; moves addresses",
        "h/s: added User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva; moves addresses",
        "nics: +c -a b",
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  const isPaired = (before: string, after: string) =>
    told(side([file(before, "nva")]), side([file(after, "nva")]))[0] === "0 of 1";

  test.each([
    ["web", "WEB"],
    ["pre-web", "web-post"],
    ["before_web", "during.web"],
    ["web after", "old web"],
    ["new-web", "web"],
    ["web-1", "web-12"],
    ["web-123", "web"],
    ["PRE-FAULT-web", "post-recovery-web"],
    ["pre-failover-web", "post-failback-web"],
    ["before-change-web", "after_upgrade_web"],
    ["pre.migration.web", "during maintenance web"],
    ["web-pre-fault", "web"],
    ["to-hub", "to.hub"],
  ])("exports %j and %j by the name without words of time", (before, after) => {
    expect(isPaired(before, after)).toBe(true);
  });

  test.each([
    ["web", "db"],
    ["web-1234", "web"],
    ["web1", "web"],
    ["presto-web", "web"],
    ["web-older", "web"],
    ["fault-web", "web"],
    ["pre-fault-web", "pre-default-web"],
    ["spre-fault-web", "spre-web"],
    ["prefix-fault-web", "prefix-web"],
    ["postal-change-web", "postal-web"],
    ["pre-faults-web", "pre-web"],
    ["to-hub", "tohub"],
  ])("but not %j and %j, which are two names", (before, after) => {
    expect(isPaired(before, after)).toBe(false);
  });
});

describe("an export is paired with the machine of its name in a snapshot", () => {
  const machine = (name: string, ...nics: readonly string[]) => ({
    ...{ id: `vm-${name}`, name, region: null, powerState: null, scaleSetId: null },
    nicIds: nics.map((each) => nicId(each).toUpperCase()),
  });
  const withMachines = (nics: readonly SnapshotNic[], ...virtualMachines: ReturnType<typeof machine>[]) =>
    side(nics, { topology: { ...EMPTY_TOPOLOGY, virtualMachines } });
  const NICS = [nic("x1", "h/a", "nva"), nic("x2", "h/b", "nva")];

  test.each<[string, readonly string[], Side, boolean]>([
    ["by its first NIC", ["vm-web"], withMachines(NICS, machine("vm-web", "x1", "x2")), true],
    ["by the name of a NIC", ["x1"], withMachines(NICS), true],
    ["by the NIC's name before a VM's", ["x1"], withMachines(NICS, machine("x1", "x2")), true],
    ["not by a VM without a NIC", ["vm-web"], withMachines(NICS, machine("vm-web")), false],
    ["not by a VM whose NIC the snapshot lacks", ["vm-web"], withMachines(NICS, machine("vm-web", "x9")), false],
    [
      "not by a name that two VMs have",
      ["vm-web"],
      withMachines(NICS, machine("vm-web", "x1"), machine("vm-web", "x2")),
      false,
    ],
    [
      "not by a name that two exports have",
      ["vm-web-1", "vm-web-2"],
      withMachines(NICS, machine("vm-web", "x1")),
      false,
    ],
    ["not without a name but words of time", ["vm"], withMachines(NICS, machine("vm-web", "x1")), false],
  ])("%s", (_, names, taken, paired) => {
    const folder = side(names.map((name) => file(name, "direct")));
    const [after] = told(folder, taken);
    const [before] = told(taken, folder);
    expect([after, before]).toEqual(paired ? ["1 of 1", "1 of 1"] : ["0 of 0", "0 of 0"]);
  });

  test("but not a NIC of another snapshot, which has an id of its own", () => {
    const other = withMachines([nic("g2/vm-web", null, "nva")]);
    expect(told(other, withMachines(NICS, machine("vm-web", "x1")))[0]).toBe("0 of 0");
  });

  test("and the answer is that of its subnet", () => {
    const lines = told(side([file("vm-web", "direct")]), withMachines(NICS, machine("vm-web", "x2")));
    expect(lines.slice(0, 2)).toEqual([
      "1 of 1",
      "h/b: 0.0.0.0/0 except 10.0.0.0/16: Internet by Default (some undelivered) -> VirtualAppliance 10.0.1.4 by User to-nva",
    ]);
  });
});

test("tables that are too large to compare are named with the reason", { tags: ["slow"] }, () => {
  const rows = (next: string) =>
    table(
      ...Array.from({ length: 25_001 }, (_, at) => `10.${at >> 8}.${at & 255}.0/24 VirtualAppliance ${next} r${at}`),
    );
  const tables = { one: rows("10.0.1.4"), two: rows("10.0.1.5"), nva: TABLES.nva };
  const large = (key: string) => {
    const whole = snapshot([nic("a", "h/a", key), nic("b", "h/b", "nva")], tables);
    return { snapshot: whole, members: membersOf(whole) };
  };
  const { compared, notCompared } = driftOf(large("one"), large("two"), (each) => annotateTable(each, null), null);
  expect({ compared, notCompared }).toEqual({
    compared: 1,
    notCompared: [{ name: "h/a", reason: "the two tables have more than 50,000 prefixes together" }],
  });
});
