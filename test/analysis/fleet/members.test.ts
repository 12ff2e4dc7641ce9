import { describe, expect, it } from "vitest";
import { distinctNames, endsOf } from "../../../src/analysis/fleet/member-names.ts";
import { membersOf, memberTables, outcomesText } from "../../../src/analysis/fleet/members.ts";
import { summaryOf } from "../../../src/analysis/fleet/summary.ts";
import type { SnapshotNic } from "../../../src/topology/snapshot.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { nic, nicId, snapshot, subnetId, table } from "./fleet.ts";

describe("each name is the shortest unique one", () => {
  it.each([
    [["s/rg/hub/app"], ["hub/app"]],
    [
      ["s/rg/hub/app", "s/rg/hub/db"],
      ["hub/app", "hub/db"],
    ],
    [
      ["s/rg1/hub/app", "s/rg2/hub/app", "s/rg1/spoke/app"],
      ["rg1/hub/app", "rg2/hub/app", "spoke/app"],
    ],
    [
      ["s1/rg/hub/app", "s2/rg/hub/app"],
      ["s1/rg/hub/app", "s2/rg/hub/app"],
    ],
    [
      ["s/rg/HUB/app", "s/rg2/hub/App"],
      ["rg/HUB/app", "rg2/hub/App"],
    ],
    [
      ["hub/app", "s/rg/hub/app"],
      ["hub/app", "rg/hub/app"],
    ],
    [["only"], ["only"]],
  ])("%j", (ids, names) => {
    expect(distinctNames(ids.map((id) => endsOf(id.split("/"), 2)))).toEqual(names);
  });
});

const INTERNET = table("0.0.0.0/0 Internet");
const NVA = table("0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva", "10.0.0.0/16 VnetLocal");
const NVA_IN_ANOTHER_ORDER = table("10.0.0.0/16 VnetLocal", "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva");
const TABLES = { a: INTERNET, b: NVA, c: NVA_IN_ANOTHER_ORDER };

/** `subnet or NIC: table key, answering NIC, NICs`; checks the ids and the lists against these. */
function shown(nics: Parameters<typeof snapshot>[0]): readonly string[] {
  const { all, withoutTable, divided } = membersOf(snapshot(nics, TABLES));
  expect(withoutTable).toEqual(all.filter(({ tableKey }) => tableKey === null));
  const subnetsOfNics = all.flatMap(({ kind, subnet }) => (kind === "nic" && subnet !== null ? [subnet] : []));
  expect(divided).toEqual([...new Set(subnetsOfNics)]);
  return all.map(({ kind, name, id, subnet, tableKey, answeredBy, nics: own }) => {
    const [first] = own;
    expect([id, subnet]).toEqual(
      kind === "subnet" ? [first?.subnetId, name] : [first?.id, first?.subnetId == null ? null : "hub/app"],
    );
    const names = own.map((each) => each.name).join(" ");
    return `${kind} ${name}: ${tableKey ?? "none"} by ${answeredBy?.name ?? "none"} for ${names}`;
  });
}

describe("a snapshot's tables answer for", () => {
  it.each([
    ["a subnet with one NIC", [nic("web", "hub/app", "a")], ["subnet hub/app: a by web for web"]],
    [
      "a subnet whose other NICs have a stand-in or were not asked",
      [nic("web", "hub/app", "a", { standInId: "x" }), nic("db", "hub/app", "a"), nic("off", "hub/app", null)],
      ["subnet hub/app: a by db for web db off"],
    ],
    ["a subnet in any case", [nic("a", "hub/app", "a"), nic("b", "HUB/App", "a")], ["subnet hub/app: a by a for a b"]],
    [
      "a subnet whose tables differ in the order of rows only",
      [nic("x", "hub/app", "b"), nic("y", "hub/app", "c")],
      ["subnet hub/app: b by x for x y"],
    ],
    [
      "each NIC where those of a subnet differ",
      [nic("x", "hub/app", "a"), nic("y", "hub/app", "b"), nic("z", "hub/app", "b"), nic("off", "hub/app", null)],
      ["nic off: none by none for off", "nic x: a by x for x", "nic y: b by y for y z"],
    ],
    [
      "a NIC without a subnet",
      [nic("web", null, "a"), nic("db", null, "a")],
      ["nic db: a by db for db", "nic web: a by web for web"],
    ],
    ["nothing where no NIC answered", [nic("off", "hub/app", null)], ["subnet hub/app: none by none for off"]],
    ["nothing where the table is missing", [nic("web", "hub/app", "gone")], ["subnet hub/app: none by none for web"]],
  ])("%s", (_, nics, expected) => {
    expect(shown(nics)).toEqual(expected);
  });

  it("members in alphabetical order, with their ids, subnets and NICs", () => {
    const nics = [
      nic("z", "hub/b", "a"),
      nic("y", "hub/a", "a", { standInId: "x" }),
      nic("x", "hub/a", "b"),
      nic("off", "hub/a", null),
      nic("lone", null, "gone"),
    ];
    const { all, withoutTable, divided } = membersOf(snapshot(nics, TABLES));
    expect(
      all.map(({ kind, name, id, subnet, nics: own, answeredBy, tableKey }) => [
        ...[kind, name, id, subnet, own.map((each) => each.name).join(" ")],
        ...[answeredBy?.name ?? null, tableKey],
      ]),
    ).toEqual([
      ["subnet", "hub/b", subnetId("hub/b"), "hub/b", "z", "z", "a"],
      ["nic", "lone", nicId("lone"), null, "lone", null, null],
      ["nic", "off", nicId("off"), "hub/a", "off", null, null],
      ["nic", "x", nicId("x"), "hub/a", "x", "x", "b"],
      ["nic", "y", nicId("y"), "hub/a", "y", "y", "a"],
    ]);
    expect(withoutTable.map(({ name }) => name)).toEqual(["lone", "off"]);
    expect(divided).toEqual(["hub/a"]);
  });

  it("subnets whose NICs differ in alphabetical order", () => {
    const nics = ["hub/b", "hub/a"].flatMap((subnet) => [
      nic(`${subnet}1`, subnet, "a"),
      nic(`${subnet}2`, subnet, "b"),
    ]);
    expect(membersOf(snapshot(nics, TABLES)).divided).toEqual(["hub/a", "hub/b"]);
  });

  const SCALE_SET = (group: string) =>
    nicId(`${group}/x`).replace(
      /Microsoft\.Network.*/,
      "Microsoft.Compute/virtualMachineScaleSets/set/virtualMachines/3/networkInterfaces/nic0",
    );

  it.each<[string, readonly SnapshotNic[], readonly string[]]>([
    [
      "with its resource group where two have the name",
      [nic("g1/web", null, "a"), nic("g2/web", null, "a")],
      ["g1/web", "g2/web"],
    ],
    [
      "with its subscription too where that is not enough",
      [nic("g/web", null, "a"), { ...nic("g/web", null, "a"), id: nicId("g/web").replace(/1/g, "2") }],
      ["11111111-1111-1111-1111-111111111111/g/web", "22222222-2222-2222-2222-222222222222/g/web"],
    ],
    ["as a folder names its table", [{ ...nic("web", null, "a"), id: "web", name: "web" }], ["web"]],
    [
      "as a folder names its table, also with a slash",
      ["new/web", "old/web"].map((id) => ({ ...nic("web", null, "a"), id, name: id })),
      ["new/web", "old/web"],
    ],
    ["of a subnet with the parts that its id has", [{ ...nic("web", "h/s", "a"), subnetId: "/subnets/s" }], ["s"]],
    ["of a subnet whose id is no path with the id", [{ ...nic("web", "h/s", "a"), subnetId: "s-1" }], ["s-1"]],
    [
      "of a scale set with its instance",
      [
        { ...nic("nic0", null, "a"), id: SCALE_SET("g1") },
        { ...nic("nic0", null, "a"), id: SCALE_SET("g2") },
      ],
      ["g1/set_3", "g2/set_3"],
    ],
  ])("each NIC %s", (_, nics, names) => {
    expect(membersOf(snapshot(nics, TABLES)).all.map(({ name }) => name)).toEqual(names);
  });

  it("each NIC where those of a subnet differ in any part of a row but the order of its lists", () => {
    const route = { ...row("User 10.0.0.0/8,11.0.0.0/8 VirtualAppliance 10.0.1.4 10.0.1.5 #r") };
    const count = (other: Partial<typeof route>) => {
      const tables = { a: { ...table(), routes: [route] }, b: { ...table(), routes: [{ ...route, ...other }] } };
      return membersOf(snapshot([nic("x", "h/s", "a"), nic("y", "h/s", "b")], tables)).all.length;
    };
    const [one, two] = route.addressPrefix;
    if (one === undefined || two === undefined) throw new RangeError("two prefixes");
    expect(count({ addressPrefix: [two, one], nextHopIpAddress: ["10.0.1.5", "10.0.1.4"] })).toBe(1);
    for (const other of [
      { source: "Default" },
      { state: "Invalid" },
      { nextHopType: "None" },
      { name: "s" },
      { addressPrefix: [one] },
      { nextHopIpAddress: ["10.0.1.4"] },
    ]) {
      expect([other, count(other)]).toEqual([other, 2]);
    }
  });

  it("the reason of NICs without a table in a few words", () => {
    const text = (...outcomes: readonly SnapshotNic["outcome"][]) =>
      outcomesText(outcomes.map((outcome) => nic("a", "h/a", null, { outcome })));
    expect(["ok", "stopped", "unattached", "no-api", "denied", "failed"].map((each) => text(each as never))).toEqual([
      ...["read", "stopped", "unattached", "without an API", "denied", "failed"],
    ]);
    expect(text("failed", "stopped", "failed")).toBe("2 failed, 1 stopped");
    expect(text("no-api", "no-api")).toBe("2 without an API");
    expect(text()).toBe("");
  });

  it("each table once, with all that it answers for", () => {
    const given = snapshot(
      [nic("a", "h/1", "a"), nic("b", "h/2", "b"), nic("c", "h/3", "a"), nic("d", "h/4", null)],
      TABLES,
    );
    const found = [...memberTables(membersOf(given), given)];
    expect(found.map(({ key, members }) => [key, members.map(({ name }) => name)])).toEqual([
      ["a", ["h/1", "h/3"]],
      ["b", ["h/2"]],
    ]);
  });
});

describe("the summary of a snapshot", () => {
  it("is whole", () => {
    const unreadSubscriptions = [{ id: "s", name: "dev", reason: "not allowed" }];
    const coverage = {
      ...{ subscriptionIds: null, resourceGroup: null, network: null, subnet: null },
      unreadSubscriptions,
    };
    const takenAt = "2026-11-29T10:00:00.000Z";
    const given = snapshot([nic("a", "h/1", "a"), nic("b", "h/2", "a"), nic("c", null, "a")], TABLES, {
      takenAt,
      coverage,
    });
    expect(summaryOf(given, membersOf(given))).toEqual({
      ...{ name: "prod", takenAt, complete: true, subnets: 2, nics: 3, tables: 3 },
      outcomes: { ok: 3, stopped: 0, denied: 0, failed: 0, unattached: 0, "no-api": 0 },
      ...{ withoutTable: [], divided: [], unreadSubscriptions },
    });
    const without = snapshot([], {});
    expect(summaryOf(without, membersOf(without)).unreadSubscriptions).toEqual([]);
  });

  it("counts its NICs by outcome, and lists members without a table with the reason", () => {
    const error = { code: "denied", message: "no role" };
    const given = snapshot(
      [
        nic("a", "h/1", "a"),
        nic("b", "h/2", null),
        nic("c", "h/2", null, { outcome: "denied", error }),
        nic("x", "h/3", "a"),
        nic("y", "h/3", "b"),
      ],
      TABLES,
      { complete: false },
    );
    const { outcomes, subnets, nics, withoutTable, divided, complete } = summaryOf(given, membersOf(given));
    expect({ subnets, nics, divided, complete }).toEqual({ subnets: 3, nics: 5, divided: ["h/3"], complete: false });
    expect(outcomes).toEqual({ ok: 3, stopped: 1, denied: 1, failed: 0, unattached: 0, "no-api": 0 });
    expect(withoutTable).toEqual([
      {
        name: "h/2",
        subnet: "h/2",
        nic: null,
        nics: 2,
        reason: "1 stopped, 1 denied",
        outcomes: [
          { nic: "b", outcome: "stopped", error: null },
          { nic: "c", outcome: "denied", error },
        ],
      },
    ]);
  });
});
