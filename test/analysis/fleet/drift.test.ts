import { describe, expect, it, test } from "vitest";
import { driftOf } from "../../../src/analysis/fleet/drift.ts";
import { membersOf } from "../../../src/analysis/fleet/members.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { SnapshotNic } from "../../../src/topology/snapshot.ts";
import { nic, snapshot, table } from "./fleet.ts";

const LOCAL = "10.0.0.0/16 VnetLocal";
const TABLES = {
  nva: table(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva"),
  other: table(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.5 to-nva"),
  renamed: table(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-fw"),
  direct: table(LOCAL, "0.0.0.0/0 Internet"),
  odd: table(LOCAL, "0.0.0.0/0 VirtualAppliance nva01 to-nva"),
};

const side = (nics: readonly SnapshotNic[]) => {
  const whole = snapshot(nics, TABLES);
  return { snapshot: whole, members: membersOf(whole) };
};

/** A NIC of a folder of exports, which has no id and no subnet. */
const file = (name: string, key: keyof typeof TABLES | null): SnapshotNic => ({
  ...nic(name, null, key),
  id: name,
  name,
});

type Side = ReturnType<typeof side>;

/** The drift in lines: what was compared, moves and rows with their subnets, what came, went and was not compared. */
function told(before: Side, after: Side): readonly string[] {
  const drift = driftOf(before, after, (each) => annotateTable(each, null), null);
  const hop = ({ nextHops, verdict }: (typeof drift.moves)[number]["before"]) =>
    nextHops.map(({ nextHopType, nextHopIpAddress }) => `${nextHopType} ${nextHopIpAddress}`).join() || verdict;
  const both = (what: string, { came, went }: typeof drift.nics) =>
    came.length + went.length === 0 ? [] : [`${what}: +${came.join(" ")} -${went.join(" ")}`];
  return [
    `${drift.changed} of ${drift.compared}`,
    ...drift.moves.map((move) => `${move.members.join(" ")}: ${hop(move.before)} to ${hop(move.after)}`),
    ...drift.rows.map(({ change, fields, members }) => `${members.join(" ")}: row ${change} ${fields.join(" ")}`),
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
      ["0 of 1", "h/a: row changed name"],
    ],
    [
      "moves of most subnets first, their names in order",
      side([nic("a", "h/a", "nva"), nic("c", "h/c", "nva"), nic("b", "h/b", "nva")]),
      side([nic("a", "h/a", "direct"), nic("c", "h/c", "other"), nic("b", "h/b", "other")]),
      [
        "3 of 3",
        "h/b h/c: VirtualAppliance 10.0.1.4 to VirtualAppliance 10.0.1.5",
        "h/a: VirtualAppliance 10.0.1.4 to Internet null",
        "h/b h/c: row changed nextHopIpAddress",
        "h/a: row removed ",
        "h/a: row added ",
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
      ["1 of 2", "b: VirtualAppliance 10.0.1.4 to Internet null", "b: row removed ", "b: row added "],
    ],
    [
      "a next hop that is no address is no appliance's",
      side([nic("a", "h/a", "odd")]),
      side([nic("a", "h/a", "nva")]),
      [
        "1 of 1",
        "h/a: VirtualAppliance nva01 to VirtualAppliance 10.0.1.4",
        "h/a: row changed nextHopIpAddress",
        "appliances: +10.0.1.4 -",
      ],
    ],
    [
      "exports in folders, by their names without words of time",
      side([file("pre-web", "nva"), file("db_01", "nva"), file("gone", "nva")]),
      side([file("post-failover-web", "direct"), file("db", "nva"), file("new", "direct")]),
      [
        "1 of 2",
        "post-failover-web: VirtualAppliance 10.0.1.4 to Internet null",
        "post-failover-web: row removed ",
        "post-failover-web: row added ",
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
        "h/a: VirtualAppliance 10.0.1.4 to Internet null",
        "h/a: row removed ",
        "h/a: row added ",
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
