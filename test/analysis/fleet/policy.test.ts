import { describe, expect, it, test } from "vitest";
import { membersOf, memberTables } from "../../../src/analysis/fleet/members.ts";
import { checkSnapshot } from "../../../src/analysis/fleet/policy.ts";
import { summaryOf } from "../../../src/analysis/fleet/summary.ts";
import type { PolicyCheck } from "../../../src/analysis/policy/result.ts";
import { traceData } from "../../../src/analysis/trace/from-snapshot.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { readTopology } from "../../../src/topology/read/read-topology.ts";
import type { Snapshot, SnapshotNic, UnreadPart } from "../../../src/topology/snapshot.ts";
import type { Topology } from "../../../src/topology/topology.ts";
import { nicId as longNicId, subnetId as longSubnetId, network, nic as resource } from "../../topology/resources.ts";
import { groupText } from "../diff/change-texts.ts";
import { policyOf } from "../policy/random-policies.ts";
import { exampleText, statusText } from "../policy/result-texts.ts";
import { hubAndSpokes, snapshotOfDraft } from "../trace/lab.ts";
import { nic, snapshot, table } from "./fleet.ts";

/** A rule that leaves no IPv4 address to judge. */
const NOTHING_TO_JUDGE = {
  id: "r",
  to: "private",
  except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
};

const LOCAL = "10.0.0.0/16 VnetLocal";
const TABLES = {
  nva: table(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva"),
  renamed: table(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.4 default"),
  other: table(LOCAL, "0.0.0.0/0 VirtualAppliance 10.0.1.5 to-nva"),
  half: table(LOCAL, "0.0.0.0/1 VirtualAppliance 10.0.1.4 to-nva"),
  open: table(LOCAL, "0.0.0.0/0 Internet"),
  v6: table(LOCAL, "::/0 Internet"),
  s1: table("10.1.0.0/16 VnetLocal", "10.0.0.0/8 VirtualAppliance 10.0.1.4 to-nva"),
  s2: table("10.2.0.0/16 VnetLocal", "10.0.0.0/8 VirtualAppliance 10.0.1.4 to-nva"),
  s3: table("10.3.0.0/16 VnetLocal", "10.0.0.0/8 VirtualAppliance 10.0.1.5 to-nva"),
};

interface More {
  readonly unreadParts?: readonly UnreadPart[];
  readonly isOfExports?: boolean;
}

function check(
  rules: readonly object[],
  given: Snapshot,
  { unreadParts, isOfExports = false }: More = {},
): PolicyCheck {
  const members = membersOf(given);
  return checkSnapshot(
    policyOf(...rules),
    {
      tables: memberTables(members, given),
      summary: summaryOf(given, members),
      topology: given.topology,
      unreadParts,
      isOfExports,
      withoutTable: members.withoutTable,
      annotate: (each) => annotateTable(each, null),
      traces: () => traceData(given, null),
    },
    null,
  );
}

/** Each result as `ID TABLES STATUS: counts or the reason`, then what is not met and where. */
const lines = ({ results }: PolicyCheck) =>
  results.map((result) => {
    const { rule, tables, counterExamples, reach, inventory } = result;
    expect(rule).toMatchObject({ name: null, description: null, severity: "error", line: 1 });
    const found = [
      ...counterExamples.map(exampleText),
      ...(reach?.findings ?? []).map((each) => `${groupText(each)}: ${each.mismatches.join("; ")}`),
      ...(inventory?.findings ?? []).map(({ status, resource, text }) => `${status} ${resource}: ${text}`),
    ];
    return [[rule.id, ...tables, statusText(result)].join(" "), ...found].join(" | ");
  });

const ONLY_INTERNET = { id: "r", to: "200.0.0.1", expect: { "next-hop": "Internet" } };
const BY_NVA = { id: "r", to: "200.0.0.1", expect: { via: "10.0.1.4" } };
const count = (error: number) => ({ error, warning: 0, note: 0 });

describe("the results of a rule for the tables of a snapshot", () => {
  test.each<[string, object, readonly SnapshotNic[], readonly string[]]>([
    [
      "are one where the tables differ in names of routes only",
      ONLY_INTERNET,
      [nic("a", "h/a", "nva"), nic("c", "h/c", "nva"), nic("b", "h/b", "renamed")],
      ["r h/a h/b h/c violated: all 1 | 200.0.0.1/32: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"],
    ],
    [
      "are two where another next hop violates it",
      ONLY_INTERNET,
      [nic("a", "h/a", "nva"), nic("b", "h/b", "other")],
      [
        "r h/a violated: all 1 | 200.0.0.1/32: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)",
        "r h/b violated: all 1 | 200.0.0.1/32: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)",
      ],
    ],
    [
      "are two where another prefix wins",
      { id: "r", to: "1.0.0.1", expect: { verdict: "drop" } },
      [nic("a", "h/a", "nva"), nic("b", "h/b", "half")],
      [
        "r h/a violated: all 1 | 1.0.0.1/32: expected verdict drop, got forward (0.0.0.0/0)",
        "r h/b violated: all 1 | 1.0.0.1/32: expected verdict drop, got forward (0.0.0.0/1)",
      ],
    ],
    [
      "have violations first, then those of most subnets",
      BY_NVA,
      [
        nic("a", "h/a", "nva"),
        nic("b", "h/b", "nva"),
        nic("c", "h/c", "open"),
        nic("d", "h/d", "other"),
        nic("e", "h/e", "other"),
      ],
      [
        "r h/d h/e violated: all 1 | 200.0.0.1/32: expected via 10.0.1.4, got 10.0.1.5 (0.0.0.0/0)",
        "r h/c violated: all 1 | 200.0.0.1/32: expected via 10.0.1.4, got Internet (0.0.0.0/0)",
        "r h/a h/b holds: 1",
      ],
    ],
    [
      "have violations before those that are not judged, which are of more subnets",
      { ...NOTHING_TO_JUDGE, expect: { verdict: "no-route" } },
      [nic("a", "h/a", "s1"), nic("b", "h/b", "s1"), nic("c", "h/c", "v6")],
      [
        "r h/c violated: all 2^121 v6 | fc00::/7: expected verdict no-route, got forward (::/0)",
        "r h/a h/b not-judged: no address is left to judge, without 2^121 v6 (no-ipv6)",
      ],
    ],
    [
      "have those that are not judged before those that hold",
      { ...NOTHING_TO_JUDGE, expect: { verdict: "forward" } },
      [nic("a", "h/a", "v6"), nic("b", "h/b", "v6"), nic("c", "h/c", "s1")],
      ["r h/c not-judged: no address is left to judge, without 2^121 v6 (no-ipv6)", "r h/a h/b holds: 2^121 v6"],
    ],
  ])("%s", (_, rule, nics, expected) => {
    expect(lines(check([rule], snapshot(nics, TABLES)))).toEqual(expected);
  });

  it("come in the order of the rules, whatever their kind", () => {
    const rules = [
      { id: "i", inventory: "peerings-connected" },
      { id: "s", symmetric: { a: "10.1.0.0/16", b: "10.2.0.0/16" } },
      BY_NVA,
    ];
    const found = lines(check(rules, snapshot([nic("a", "h/a", "nva"), nic("b", "h/b", "renamed")], TABLES)));
    expect(found).toEqual([
      "i not-judged: it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)",
      "s h/a h/b holds: 131072",
      "r h/a h/b holds: 1",
    ]);
  });

  it("count each table that they are of", () => {
    const given = snapshot([nic("a", "h/a", "nva"), nic("b", "h/b", "nva"), nic("c", "h/c", "open")], TABLES);
    const { count: counts, passed } = check([BY_NVA, { ...BY_NVA, id: "w", severity: "warning" }], given);
    expect(counts).toEqual({
      holds: { error: 2, warning: 2, note: 0 },
      violated: { error: 1, warning: 1, note: 0 },
      notJudged: count(0),
    });
    expect(passed).toBe(false);
  });

  it("count a pair of tables once, and a rule without tables", () => {
    const given = snapshot([nic("a", "h/a", "s1"), nic("b", "h/b", "s2")], TABLES);
    const { count: counts } = check([{ symmetric: true }, { inventory: "peerings-connected" }], given);
    expect([counts.holds, counts.notJudged]).toEqual([count(1), count(1)]);
  });
});

describe("what a snapshot lacks is not judged", () => {
  const ERROR = { code: "c", message: "m" };
  const NICS = [
    nic("a", "h/a", "nva"),
    nic("b", "h/b", null, { outcome: "denied", error: ERROR }),
    nic("b2", "h/b", null),
    nic("c", "h/c", null, { outcome: "failed", error: ERROR }),
    nic("d", "h/d", null, { outcome: "ok" }),
    nic("e", "h/e", null),
    nic("f", "h/f", null, { outcome: "unattached" }),
    nic("g", "h/g", null, { outcome: "no-api" }),
  ];
  const SIDES = { id: "s", symmetric: { a: "10.1.0.0/16", b: "10.2.0.0/16" } };

  it("a table that could have been read, but not that of a stopped machine", () => {
    const found = check([BY_NVA, SIDES], snapshot(NICS, TABLES, { complete: false }));
    expect(lines(found)).toEqual([
      "r h/a holds: 1",
      "r h/b h/c h/d not-judged: the snapshot has no table for it",
      "s h/a not-judged: no table named 'b' is given: there is a",
      "s h/b h/c h/d not-judged: the snapshot has no table for it",
    ]);
  });

  it("a table without which nothing is known of what is reached", () => {
    const rule = { id: "w", reach: { from: "h/*", to: "200.0.0.1" } };
    const found = lines(check([rule], snapshot(NICS, TABLES, { complete: false })));
    expect(found.filter((line) => line.includes("no table"))).toEqual([
      "w h/b h/c h/d not-judged: the snapshot has no table for it",
    ]);
  });

  it("and a snapshot that lacks anything does not pass, even where all that is judged holds", () => {
    const stopped = [nic("a", "h/a", "nva"), nic("e", "h/e", null)];
    const passes = (complete: boolean) => check([BY_NVA], snapshot(stopped, TABLES, { complete })).passed;
    expect([passes(true), passes(false)]).toEqual([true, false]);
    expect(lines(check([BY_NVA], snapshot(NICS, TABLES)))).toEqual(["r h/a holds: 1"]);
  });

  const coverage = {
    ...{ subscriptionIds: null, resourceGroup: null, network: null, subnet: null },
    unreadSubscriptions: [
      { id: "s1", name: "dev", reason: "not allowed" },
      { id: "s2", name: null, reason: "not allowed" },
    ],
  };

  it("a subscription that could not be read", () => {
    const rules = [BY_NVA, SIDES, { id: "w", reach: { from: "h/a", to: "10.0.0.0/8" } }];
    const found = check(rules, snapshot([nic("a", "h/a", "nva"), nic("b", "h/b", "renamed")], TABLES, { coverage }));
    const unread = "subscription dev subscription s2 not-judged: the snapshot could not read it";
    expect(lines(found).filter((line) => line.includes("subscription"))).toEqual([
      `r ${unread}`,
      `s ${unread}`,
      `w ${unread}`,
    ]);
  });

  it("nor is a rule about the inventory, which names the parts that could not be read", () => {
    const { topology } = readTopology([network("spoke", "10.1.0.0/16")]);
    const given = snapshot([], {}, { topology, coverage });
    const unreadParts = [{ resourceId: "/subscriptions/s3", what: "the list of routeTables" }];
    expect(lines(check([{ id: "i", inventory: "route-tables-used" }], given, { unreadParts }))).toEqual([
      "i not-judged: the list of routeTables of s3: could not be read (and 2 more) | unknown the list of routeTables of s3: could not be read | unknown subscription dev: could not be read | unknown subscription s2: could not be read",
    ]);
  });
});

describe("a symmetric rule is judged for the tables of a snapshot", () => {
  const NICS = [nic("1", "one/a", "s1"), nic("2", "two/b", "s2"), nic("3", "three/c", "s3")];
  const side = (name: string, at: number) => [name, `10.${at}.0.0/16`] as const;

  test.each<[string, unknown, readonly string[]]>([
    [
      "in all pairs",
      true,
      [
        "rule-1 one/a three/c violated: all 131072 | 10.3.0.0/16 / 10.1.0.0/16: VirtualAppliance 10.0.1.4 from one/a to three/c, VirtualAppliance 10.0.1.5 on the return path",
        "rule-1 one/a two/b holds: 131072",
        "rule-1 three/c two/b violated: all 131072 | 10.2.0.0/16 / 10.3.0.0/16: VirtualAppliance 10.0.1.5 from three/c to two/b, VirtualAppliance 10.0.1.4 on the return path",
      ],
    ],
    [
      "named by their networks and subnets",
      Object.fromEntries([side("One/A", 1), side("two/b", 2)]),
      ["rule-1 one/a two/b holds: 131072"],
    ],
    [
      "named by their subnets alone",
      Object.fromEntries([side("A", 1), side("c", 3)]),
      [
        "rule-1 one/a three/c violated: all 131072 | 10.3.0.0/16 / 10.1.0.0/16: VirtualAppliance 10.0.1.4 from one/a to three/c, VirtualAppliance 10.0.1.5 on the return path",
      ],
    ],
    [
      "but not for a name that none has",
      Object.fromEntries([side("a", 1), side("d", 3)]),
      ["rule-1 one/a not-judged: no table named 'd' is given: there are a, c, b"],
    ],
  ])("%s", (_, symmetric, expected) => {
    const found = lines(check([{ symmetric }], snapshot(NICS, TABLES)));
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  it("each rule for its own tables, with the results beside the rule", () => {
    const rules = [
      { id: "x", symmetric: Object.fromEntries([side("a", 1), side("b", 2)]) },
      { id: "y", symmetric: Object.fromEntries([side("b", 2), side("c", 3)]) },
    ];
    expect(lines(check(rules, snapshot(NICS, TABLES)))).toEqual([
      "x one/a two/b holds: 131072",
      "y two/b three/c violated: all 131072 | 10.3.0.0/16 / 10.2.0.0/16: VirtualAppliance 10.0.1.4 from two/b to three/c, VirtualAppliance 10.0.1.5 on the return path",
    ]);
  });

  it("in all pairs, where only one of two rules names its tables", () => {
    const rules = [
      { id: "x", symmetric: Object.fromEntries([side("a", 1), side("b", 2)]) },
      { id: "y", symmetric: true },
    ];
    expect(lines(check(rules, snapshot(NICS, TABLES)))).toEqual([
      "x one/a two/b holds: 131072",
      "y one/a three/c violated: all 131072 | 10.3.0.0/16 / 10.1.0.0/16: VirtualAppliance 10.0.1.4 from one/a to three/c, VirtualAppliance 10.0.1.5 on the return path",
      "y one/a two/b holds: 131072",
      "y three/c two/b violated: all 131072 | 10.2.0.0/16 / 10.3.0.0/16: VirtualAppliance 10.0.1.5 from three/c to two/b, VirtualAppliance 10.0.1.4 on the return path",
    ]);
  });

  const TOO_MANY =
    "rule-1 not-judged: a symmetric rule compares tables in pairs, and there are more than 60: name its tables";
  const many = (length: number) => Array.from({ length }, (_, at) => nic(`n${at}`, `h/n${at}`, "s1"));

  it.each([
    [60, (60 * 59) / 2],
    [61, 1],
  ])("of %i tables for %i pairs: more than 60 are too many", (length, results) => {
    const found = lines(check([{ symmetric: true }], snapshot(many(length), TABLES)));
    expect(found).toHaveLength(results);
    expect(found[0] === TOO_MANY).toBe(length > 60);
  });

  it("of many distinct tables too, but not where the rule names two of them", () => {
    const nics = Array.from({ length: 62 }, (_, at) => nic(`n${at}`, `h/n${at}`, `t${at}`));
    const tables = Object.fromEntries(
      nics.map((_, at) => [
        `t${at}`,
        table(`10.${at}.0.0/16 VnetLocal`, "10.0.0.0/8 VirtualAppliance 10.0.1.4 to-nva"),
      ]),
    );
    expect(lines(check([{ symmetric: true }], snapshot(nics, tables)))).toEqual([TOO_MANY]);
    const two = Object.fromEntries([side("n0", 0), side("n61", 61)]);
    expect(lines(check([{ symmetric: two }], snapshot(nics, tables)))).toEqual(["rule-1 h/n0 h/n61 holds: 131072"]);
  });
});

it("walks that differ in the name of the sender alone are one result", () => {
  const given = snapshotOfDraft(hubAndSpokes());
  const rule = { id: "w", reach: { from: ["web", "db"], to: "10.0.1.4", through: "10.0.9.9" } };
  const nics = given.nics.map((each) => ({ ...each, subnetId: null }));
  const [only, ...others] = check([rule], { ...given, nics }).results;
  expect(others).toEqual([]);
  expect([only?.tables, only?.reach?.findings.map(({ mismatches }) => mismatches)]).toEqual([
    ["db", "web"],
    [["expected: through 10.0.9.9; actual: db, nva"]],
  ]);
});

describe("a rule about the inventory is judged on the topology and on the tables of subnets", () => {
  const { topology } = readTopology([
    network("spoke", "10.1.0.0/16"),
    resource("web", longSubnetId("spoke"), "10.1.0.4"),
  ]);
  const own = (name: string, key: keyof typeof TABLES): SnapshotNic => ({
    ...nic(name, null, key),
    id: longNicId(name),
    subnetId: longSubnetId("spoke"),
  });
  const judged = (nics: readonly SnapshotNic[], more: More = {}, known: Topology = topology) =>
    check([{ inventory: "appliances-found" }], snapshot(nics, TABLES, { topology: known }), more).results[0];

  it("the next hop of a subnet's effective routes", () => {
    const findings = judged([own("web", "nva")])?.inventory?.findings;
    expect(findings?.map(({ text }) => text)).toEqual([
      "no NIC, load balancer or firewall in spoke or its peers has 10.0.1.4, the next hop of route to-nva of spoke/app",
    ]);
  });

  it("not those of a NIC whose routes differ from others of its subnet", () => {
    expect(judged([own("web", "nva"), own("db", "open")])).toMatchObject({ status: "holds", tables: [] });
  });

  it("exports leave open what may be missing from them", () => {
    const [snapshots, exports] = [false, true].map(
      (isOfExports) => judged([own("web", "nva")], { isOfExports })?.status,
    );
    expect([snapshots, exports]).toEqual(["violated", "not-judged"]);
  });
});
