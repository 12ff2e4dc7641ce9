import { describe, expect, it } from "vitest";
import { distinctNames, endsOf } from "../../../src/analysis/fleet/member-names.ts";
import { membersOf, memberTables } from "../../../src/analysis/fleet/members.ts";
import { summaryOf } from "../../../src/analysis/fleet/summary.ts";
import { nic, snapshot, table } from "./fleet.ts";

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

/** `subnet or NIC: table key, answering NIC, number of NICs`. */
function shown(nics: Parameters<typeof snapshot>[0]): readonly string[] {
  const { all } = membersOf(snapshot(nics, TABLES));
  return all.map(
    ({ kind, name, tableKey, answeredBy, nics: own }) =>
      `${kind} ${name}: ${tableKey ?? "none"} by ${answeredBy?.name ?? "none"} for ${own.length}`,
  );
}

describe("a snapshot's tables answer for", () => {
  it.each([
    ["a subnet with one NIC", [nic("web", "hub/app", "a")], ["subnet hub/app: a by web for 1"]],
    [
      "a subnet whose other NICs have a stand-in or were not asked",
      [nic("web", "hub/app", "a", { standInId: "x" }), nic("db", "hub/app", "a"), nic("off", "hub/app", null)],
      ["subnet hub/app: a by db for 3"],
    ],
    ["a subnet in any case", [nic("a", "hub/app", "a"), nic("b", "HUB/App", "a")], ["subnet hub/app: a by a for 2"]],
    [
      "a subnet whose tables differ in the order of rows only",
      [nic("x", "hub/app", "b"), nic("y", "hub/app", "c")],
      ["subnet hub/app: b by x for 2"],
    ],
    [
      "each NIC where those of a subnet differ",
      [nic("x", "hub/app", "a"), nic("y", "hub/app", "b"), nic("z", "hub/app", "b"), nic("off", "hub/app", null)],
      ["nic off: none by none for 1", "nic x: a by x for 1", "nic y: b by y for 2"],
    ],
    [
      "a NIC without a subnet",
      [nic("web", null, "a"), nic("db", null, "a")],
      ["nic db: a by db for 1", "nic web: a by web for 1"],
    ],
    ["nothing where no NIC answered", [nic("off", "hub/app", null)], ["subnet hub/app: none by none for 1"]],
    ["nothing where the table is missing", [nic("web", "hub/app", "gone")], ["subnet hub/app: none by none for 1"]],
  ])("%s", (_, nics, expected) => {
    expect(shown(nics)).toEqual(expected);
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
