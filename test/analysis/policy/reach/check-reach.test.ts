import { describe, expect, test } from "vitest";
import { membersOf, memberTables } from "../../../../src/analysis/fleet/members.ts";
import { checkSnapshot } from "../../../../src/analysis/fleet/policy.ts";
import { summaryOf } from "../../../../src/analysis/fleet/summary.ts";
import { resultSize } from "../../../../src/analysis/policy/limits.ts";
import { checkReach } from "../../../../src/analysis/policy/reach/check-reach.ts";
import type { ReachSource } from "../../../../src/analysis/policy/reach/source.ts";
import { readPolicy } from "../../../../src/analysis/policy/read-policy.ts";
import type { PolicyResult } from "../../../../src/analysis/policy/result.ts";
import { traceData } from "../../../../src/analysis/trace/from-snapshot.ts";
import { parseAddress } from "../../../../src/net/address.ts";
import { annotateTable } from "../../../../src/routes/annotate-table.ts";
import type { Snapshot } from "../../../../src/topology/snapshot.ts";
import { groupText } from "../../diff/change-texts.ts";
import { change, type Draft, hubAndSpokes, loadBalancer, nic, snapshotOfDraft } from "../../trace/lab.ts";
import { statusText } from "../result-texts.ts";

/** Resource ids as Azure's, so that subnets have names. */
const longId = (subnet: string | null) =>
  subnet === null ? null : `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/${subnet}`;

/** Checks a policy of these reach rules against the hub and its spokes, changed. */
function check(rules: readonly string[], lab: (draft: Draft) => void = () => undefined) {
  const draft = hubAndSpokes();
  lab(draft);
  const snapshot = snapshotOfDraft(draft);
  const nics = snapshot.nics.map((each) => ({ ...each, subnetId: longId(each.subnetId) }));
  return checkNamed(rules, { ...snapshot, nics });
}

function checkNamed(rules: readonly string[], named: Snapshot) {
  const members = membersOf(named);
  return checkSnapshot(
    readPolicy(`rules:\n${rules.map((rule, at) => `  - {id: r${at}, reach: {${rule}}}\n`).join("")}`, "p"),
    {
      tables: memberTables(members, named),
      summary: summaryOf(named, members),
      topology: named.topology,
      unreadParts: undefined,
      isOfExports: false,
      withoutTable: members.withoutTable,
      annotate: (table) => annotateTable(table, null),
      traces: () => traceData(named, null),
    },
    null,
  );
}

/** Each result as `TABLES STATUS: counts: prefixes that violate it or are not known`, or with its reason. */
const texts = (...args: Parameters<typeof check>) =>
  check(...args).results.map((result) => {
    const { tables, reach, counterExamples, inventory, rule } = result;
    expect([counterExamples, inventory, rule.id, rule.kind]).toEqual([[], null, "r0", "reach"]);
    const prefixes = (reach?.findings ?? []).map(groupText);
    return [`${tables.join(" ")} ${statusText(result)}`, ...prefixes].join(": ").trim();
  });

const DIRECT = ["10.1.0.0/16 Default VnetLocal", "10.0.0.0/8 Default VNetPeering", "0.0.0.0/0 Default Internet"];

/** A second subnet in spoke1, whose NIC has these routes; null for one without a table. */
const withOther =
  (rows: readonly string[] | null, outcome: "stopped" | "failed" = "stopped") =>
  (draft: Draft) => {
    const own = nic("other", "spoke1", "10.1.0.5");
    const [configuration] = own.ipConfigurations;
    if (configuration === undefined) throw new Error("no configuration");
    draft.nics.push({ ...own, ipConfigurations: [{ ...configuration, subnetId: "spoke1/subnets/other" }] });
    change(draft.networks, "spoke1", (each) => ({
      ...each,
      subnets: each.subnets
        .flatMap((subnet) => [subnet, { ...subnet, id: "spoke1/subnets/other", name: "other" }])
        .slice(0, 3),
    }));
    if (rows !== null) draft.tables.other = rows;
    else draft.outcomes.other = outcome;
  };

/** The NIC in spoke1 has a second address. */
function withSecondAddress(draft: Draft): void {
  change(draft.nics, "web", (each) => ({
    ...each,
    ipConfigurations: each.ipConfigurations.flatMap((own) => [
      own,
      { ...own, name: "second", primary: false, address: parseAddress("10.1.0.6") },
    ]),
  }));
}

/** NICs behind an internal load balancer that has a rule for port 443 alone. */
function behindBalancer(draft: Draft): void {
  const rule = { protocol: "Tcp", frontendPort: 443, backendPort: 443 };
  draft.loadBalancers.push(loadBalancer("ilb", "spoke2", "10.2.0.99", ["db"], [rule]));
}

const CASES: [string, string, readonly string[], ((draft: Draft) => void)?][] = [
  ["holds for every address", "from: spoke1/main, to: 10.2.0.0/16, through: nva", ["spoke1/main holds: 65536"]],
  [
    "is folded over subnets with the same result",
    "from: 'spoke*', to: 10.0.0.0/16, expect: delivered",
    ["spoke1/main spoke2/main holds: 65536"],
  ],
  [
    "names every address that violates it, and no other",
    "from: spoke1/main, to: 10.0.0.0/30, expect: blocked",
    ["spoke1/main violated: all 4: 10.0.0.0/30"],
  ],
  [
    "leaves out what it excepts",
    "from: spoke1/main, to: 10.0.0.0/30, except: [10.0.0.0/31, 10.0.0.2], expect: blocked",
    ["spoke1/main violated: all 1: 10.0.0.3/32"],
  ],
  [
    "that has no address left is not judged",
    "from: spoke1/main, to: 10.0.0.0/30, except: private",
    ["spoke1/main not-judged: no address is left to judge"],
  ],
  [
    "is not judged where nothing but the packet's own address is left",
    "from: spoke1/main, to: 10.1.0.4, expect: blocked",
    ["spoke1/main not-judged: only addresses of web itself are left to judge (of 1)"],
  ],
  [
    "is not judged where nothing but the sender's own two addresses are left",
    "from: spoke1/main, to: [10.1.0.4, 10.1.0.6], expect: blocked",
    ["spoke1/main not-judged: only addresses of web itself are left to judge (of 2)"],
    withSecondAddress,
  ],
  [
    "is not judged from a name that fits nothing, and judged from the others",
    "from: [spoke1, spoke7], to: 10.2.0.4",
    ["not-judged: the snapshot has nothing named 'spoke7'; see: vnet-explain help policies", "spoke1/main holds: 1"],
  ],
  [
    "passes over a stopped machine, which sends nothing",
    "from: 'spoke1/*', to: 10.2.0.4",
    ["spoke1/main holds: 1"],
    withOther(null),
  ],
  [
    "that names nothing but stopped machines is not judged",
    "from: spoke1/other, to: 10.2.0.4",
    ["spoke1/other not-judged: the snapshot has no table for it"],
    withOther(null),
  ],
  [
    "is not judged from a subnet whose table could not be read",
    "from: 'spoke1/*', to: 10.2.0.4",
    ["spoke1/other not-judged: the snapshot has no table for it", "spoke1/main holds: 1"],
    withOther(null, "failed"),
  ],
  [
    "names the subnets that go around the appliance",
    "from: spoke1, to: 10.0.0.8, through: nva",
    ["spoke1/main spoke1/other violated: all 1: 10.0.0.8/32"],
    withOther(DIRECT),
  ],
  [
    "what is not known is not judged, and named",
    "from: spoke1, to: 10.2.0.4/32",
    [
      "spoke1/main not-judged: 10.2.0.4: expected: arrives; not known: the effective routes of nva are missing: reading them failed (of 1): 10.2.0.4/32",
    ],
    (draft) => delete draft.tables.nva,
  ],
  [
    "does not ask for the platform's addresses in a prefix",
    "from: hub, to: 168.63.129.0/24, expect: leaves-azure",
    ["hub/main holds: 255, without 1 (platform-address)"],
  ],
  [
    "asks no IPv6 of a NIC that sends none",
    "from: hub, to: internet, expect: leaves-azure, symmetric: false",
    ["hub/main holds: 3702258689, without 2^125-362548070456347789213427942031357 v6 (no-ipv6)"],
  ],
  [
    "asks a load balancer for the port",
    "from: hub, to: 10.2.0.99, protocol: tcp, port: 443",
    ["hub/main holds: 1"],
    behindBalancer,
  ],
  [
    "is violated where the load balancer has no rule for the port",
    "from: hub, to: 10.2.0.99, protocol: tcp, port: 80",
    ["hub/main violated: all 1: 10.2.0.99/32"],
    behindBalancer,
  ],
  [
    "is violated where the load balancer has no rule for the protocol",
    "from: hub, to: 10.2.0.99, protocol: udp, port: 443",
    ["hub/main violated: all 1: 10.2.0.99/32"],
    behindBalancer,
  ],
  [
    "with through leaves out each sender's own network, where packets pass no appliance",
    "from: 'spoke*', to: [10.1.0.0/16, 10.2.0.0/16], through: nva",
    ["spoke1/main spoke2/main holds: 65536, without 65536 (own-network)"],
  ],
  [
    "with through passes over a sender that is asked about its own network alone",
    "from: 'spoke*', to: 10.2.0.0/16, through: nva",
    ["spoke1/main holds: 65536"],
  ],
  [
    "with through is judged on the own network where no sender is asked about another",
    "from: 'spoke2/*', to: 10.2.0.0/30, through: nva",
    ["spoke2/main violated: all 4: 10.2.0.0/30"],
  ],
  [
    "without through is judged on the own network too",
    "from: 'spoke*', to: 10.2.0.0/30, expect: blocked",
    ["spoke1/main violated: all 4: 10.2.0.0/30", "spoke2/main violated: all 4: 10.2.0.0/30"],
  ],
  [
    "an appliance in the same subnet does not speak for it",
    "from: spoke1, to: 10.2.0.4, through: nva",
    ["spoke1/main holds: 1"],
    (draft) => {
      draft.nics.unshift(nic("fw", "spoke1", "10.1.0.9", { ipForwarding: true }));
      draft.tables.fw = draft.tables.web ?? [];
      draft.tables.web = [...(draft.tables.web ?? []), "10.2.0.0/16 User VirtualAppliance 10.0.1.4"];
      draft.tables.fw = draft.tables.web;
    },
  ],
];

/** Each finding in full: the walk, its disposition, and the unmet parts of the rule. */
const findingTexts = (...args: Parameters<typeof check>) =>
  check(...args).results.flatMap(({ reach }) =>
    (reach?.findings ?? []).map(
      ({ status, example, addresses, disposition, text, hops, mismatches }) =>
        `${status} ${example} of ${addresses.v4}: ${disposition} by ${hops.join(", ")}: ${text} | ${mismatches.join(" | ")}`,
    ),
  );

describe("a reach rule on a snapshot", () => {
  test.each(CASES)("%s", (_case, rule, expected, lab) => {
    expect(texts([rule], lab)).toEqual(expected);
  });

  test.each<[string, readonly string[]]>([
    [
      "names every address that violates it, and no other",
      [
        "violated 10.0.0.0 of 4: unknown by web: no such host in the snapshot: nothing in hub has 10.0.0.0 | expected: blocked; actual: no such host in the snapshot: nothing in hub has 10.0.0.0",
      ],
    ],
    [
      "leaves out what it excepts",
      [
        "violated 10.0.0.3 of 1: unknown by web: no such host in the snapshot: nothing in hub has 10.0.0.3 | expected: blocked; actual: no such host in the snapshot: nothing in hub has 10.0.0.3",
      ],
    ],
    [
      "names the subnets that go around the appliance",
      [
        "violated 10.0.0.8 of 1: unknown by web: no such host in the snapshot: nothing in hub has 10.0.0.8 | expected: through nva; actual: web",
      ],
    ],
    [
      "what is not known is not judged, and named",
      [
        "unknown 10.2.0.4 of 1: unknown by web, nva: the effective routes of nva are missing: reading them failed | expected: arrives; not known: the effective routes of nva are missing: reading them failed",
      ],
    ],
    [
      "is violated where the load balancer has no rule for the port",
      [
        "violated 10.2.0.99 of 1: refused by nva, ilb: ilb has no rule for tcp 80 on this frontend | expected: arrives; actual: ilb has no rule for tcp 80 on this frontend",
      ],
    ],
    [
      "is violated where the load balancer has no rule for the protocol",
      [
        "violated 10.2.0.99 of 1: refused by nva, ilb: ilb has no rule for udp 443 on this frontend | expected: arrives; actual: ilb has no rule for udp 443 on this frontend",
      ],
    ],
    [
      "with through is judged on the own network where no sender is asked about another",
      [
        "violated 10.2.0.0 of 4: unknown by db: no such host in the snapshot: nothing in spoke2 has 10.2.0.0 | expected: through nva; actual: db",
      ],
    ],
    [
      "without through is judged on the own network too",
      [
        "violated 10.2.0.0 of 4: unknown by web, nva: no such host in the snapshot: nothing in spoke2 has 10.2.0.0 | expected: blocked; actual: no such host in the snapshot: nothing in spoke2 has 10.2.0.0",
        "violated 10.2.0.0 of 4: unknown by db: no such host in the snapshot: nothing in spoke2 has 10.2.0.0 | expected: blocked; actual: no such host in the snapshot: nothing in spoke2 has 10.2.0.0",
      ],
    ],
  ])("%s: each finding in full", (name, expected) => {
    const found = CASES.find(([each]) => each === name);
    if (found === undefined) throw new Error(`no case ${name}`);
    expect(findingTexts([found[1]], found[3])).toEqual(expected);
  });

  test("results of as many subnets are in alphabetical order, also where subnets have one table", () => {
    const draft = hubAndSpokes();
    const snapshot = snapshotOfDraft(draft);
    const nics = snapshot.nics.map((each) => ({
      ...each,
      subnetId: longId(each.subnetId),
      tableKey: each.name === "db" ? "nva" : each.tableKey,
    }));
    const results = checkNamed(["from: '*', to: 10.1.0.4/31, expect: blocked"], { ...snapshot, nics }).results;
    expect(results.map(({ status, tables }) => `${status} ${tables}`)).toEqual([
      "violated hub/main",
      "violated spoke1/main",
      "violated spoke2/main",
    ]);
  });

  test("counts the addresses that violate it and those that were judged", () => {
    const [result] = check(["from: spoke1/main, to: [10.0.0.0/30, 10.9.0.0/16], expect: delivered"]).results;
    expect(result).toMatchObject({ addresses: { v4: "65540", v6: "0" }, violating: { v4: "65536", v6: "0" } });
    expect(result?.reach?.classes).toBe(2);
  });

  test("says how many addresses it left out, and why", () => {
    const [result] = check(["from: hub, to: [internet, 0.0.0.0/0], expect: leaves-azure"]).results;
    expect(result?.leftOut).toEqual([
      {
        id: "platform-address",
        addresses: { v4: "2", v6: "0" },
        text: "The platform answers 168.63.129.16 and 169.254.169.254 itself, without the route table.",
      },
      {
        id: "no-ipv6",
        addresses: { v4: "0", v6: expect.stringMatching(/^\d{30,}$/) },
        text: "The table has no IPv6 route, so the NIC has no IPv6 address to send from.",
      },
    ]);
  });

  test("says how many addresses of the sender's own network it left out", () => {
    const [result] = check(["from: spoke1/main, to: [10.1.0.0/16, 10.2.0.0/16], through: nva"]).results;
    expect(result).toMatchObject({
      addresses: { v4: "65536" },
      leftOut: [
        {
          id: "own-network",
          addresses: { v4: "65536" },
          text: "A rule with through leaves out the sender's own network: packets usually pass no appliance in it.",
        },
      ],
    });
    const [other] = check(["from: spoke1/main, to: 10.2.0.0/16, through: nva"]).results;
    expect(other?.leftOut).toEqual([]);
  });

  test("that is violated has no reason for not being judged, also where part of it is not known", () => {
    const lab = (draft: Draft) => delete draft.tables.nva;
    const [result] = check(["from: spoke1/main, to: [10.2.0.0/16, 10.0.0.8], through: nva"], lab).results;
    expect(result).toMatchObject({
      status: "violated",
      reason: null,
      violating: { v4: "1" },
      addresses: { v4: "65537" },
    });
    expect(result?.reach?.findings.map(({ status, addresses }) => [status, addresses.v4])).toEqual([
      ["violated", "1"],
      ["unknown", "65536"],
    ]);
  });

  test("puts addresses together whose ways and unmet parts are the same, and others apart", () => {
    // Nothing has the addresses: the ways there are alike. That of 10.2.0.4 is symmetric, and ends at a host.
    const found = check(["from: spoke1/main, to: [10.2.0.4/31, 10.2.0.8/31, 10.0.0.8], through: fw"]).results;
    expect(found[0]?.reach?.findings.map(({ prefixes, hops }) => [prefixes.join(" "), hops.join(" ")])).toEqual([
      ["10.2.0.5/32 10.2.0.8/31", "web nva"],
      ["10.0.0.8/32", "web"],
      ["10.2.0.4/32", "web nva db"],
    ]);
  });

  test("puts hosts together that packets reach by the same way", () => {
    const found = check(["from: spoke1/main, to: [10.2.0.4/31, 10.2.0.9], expect: blocked"], (draft) => {
      draft.nics.push(
        nic("db2", "spoke2", "10.2.0.5"),
        nic("db3", "spoke2", "10.2.0.9", { virtualMachineId: "vm-db" }),
      );
      draft.tables.db2 = draft.tables.db ?? [];
    });
    expect(found.results[0]?.reach?.findings.map(({ prefixes, hops }) => [prefixes.join(" "), ...hops])).toEqual([
      ["10.2.0.4/31 10.2.0.9/32", "web", "nva", "db"],
    ]);
  });

  test("keeps hosts apart that packets reach by other appliances", () => {
    const found = check(["from: spoke1/main, to: [10.2.0.8/30, 10.2.0.136/31], expect: blocked"], (draft) => {
      draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
      draft.tables.nva2 = draft.tables.nva ?? [];
      draft.tables.web = [...(draft.tables.web ?? []), "10.2.0.128/25 User VirtualAppliance 10.0.1.5"];
    });
    expect(found.results[0]?.reach?.findings.map(({ prefixes, hops }) => [prefixes.join(" "), ...hops])).toEqual([
      ["10.2.0.8/30", "web", "nva"],
      ["10.2.0.136/31", "web", "nva2"],
    ]);
  });

  test("keeps hosts apart that violate other parts of the rule, by one way", () => {
    const found = check(["from: spoke1/main, to: 10.2.0.4/31, through: db2, symmetric: true"], (draft) => {
      draft.nics.push(nic("db2", "spoke2", "10.2.0.5"));
      draft.tables.db2 = ["10.0.0.0/8 Default VNetPeering"];
    });
    const findings = found.results[0]?.reach?.findings ?? [];
    expect(findings.map(({ prefixes, mismatches }) => [prefixes.join(), ...mismatches])).toEqual([
      ["10.2.0.4/32", "expected: through db2; actual: web, nva, db"],
      ["10.2.0.5/32", expect.stringMatching(/^expected: symmetric; actual: /)],
    ]);
  });

  test("asks IPv6 of a keyword of a NIC that sends it", () => {
    const lab = (draft: Draft) => {
      draft.tables.web = [...(draft.tables.web ?? []), "::/0 Default None"];
    };
    const [result] = check(["from: spoke1/main, to: internet, expect: leaves-azure"], lab).results;
    expect(result?.leftOut).toEqual([]);
    expect(result?.violating.v6).toBe(result?.addresses.v6);
    expect(result?.violating.v6).toMatch(/^\d{30,}$/);
  });

  test("that is not judged says what is not known, of its first address", () => {
    const lab = (draft: Draft) => delete draft.tables.nva;
    const [result] = check(["from: spoke1/main, to: 10.2.0.4/31, through: fw"], lab).results;
    const why = "the effective routes of nva are missing: reading them failed";
    expect(result).toMatchObject({
      status: "not-judged",
      reason: `10.2.0.4: expected: arrives; not known: ${why}; expected: through fw; not known: ${why}`,
    });
  });

  test("has an example address, its end and its hops", () => {
    const [result] = check(["from: spoke1/main, to: 10.2.0.4/30, through: fw, symmetric: true"]).results;
    expect(result?.reach?.findings.map(({ example, disposition, hops }) => [example, disposition, ...hops])).toEqual([
      ["10.2.0.5", "unknown", "web", "nva"],
      ["10.2.0.4", "delivered", "web", "nva", "db"],
    ]);
  });

  test("lists violations before unknown walks", () => {
    const [result] = check(["from: spoke1/main, to: [10.2.0.0/16, 10.0.0.8], through: nva"], (draft) => {
      delete draft.tables.nva;
    }).results;
    expect(result?.reach?.findings.map(({ status }) => status)).toEqual(["violated", "unknown"]);
  });

  test("judges NICs of a subnet separately if their tables differ", () => {
    const lab = (draft: Draft) => {
      draft.nics.push(nic("web2", "spoke1", "10.1.0.5"));
      draft.tables.web2 = DIRECT;
    };
    expect(texts(["from: spoke1/main, to: 10.0.0.8, through: nva"], lab)).toEqual([
      "web web2 violated: all 1: 10.0.0.8/32",
    ]);
    expect(texts(["from: web2, to: 8.8.8.8, through: nva"], lab)).toEqual(["web2 violated: all 1: 8.8.8.8/32"]);
  });

  test("fails the check only as an error", () => {
    expect(check(["from: spoke1/main, to: 10.2.0.4, expect: blocked"])).toMatchObject({
      passed: false,
      count: { violated: { error: 1 } },
    });
    expect(check(["from: spoke1/main, to: 10.2.0.4"])).toMatchObject({ passed: true, count: { holds: { error: 1 } } });
  });

  /** Checks a rule from 500 NICs of one table, for which the address space has as many classes as it has routes. */
  function checkFromMany(classes: number): readonly PolicyResult[] {
    const draft = hubAndSpokes();
    const names = Array.from({ length: 500 }, (_, at) => `nic${at}`);
    for (const [at, name] of names.entries()) draft.nics.push(nic(name, "spoke1", `10.1.${1 + (at >> 8)}.${at & 255}`));
    const routes = Array.from({ length: classes }, (_, at) => `30.0.0.${at}`);
    draft.tables.web = routes.map((address, at) => `${address}/32 User VirtualAppliance 10.9.0.${at}`);
    const snapshot = snapshotOfDraft(draft);
    const nics = snapshot.nics.map((each) => (names.includes(each.name) ? { ...each, tableKey: "web" } : each));
    const data = traceData({ ...snapshot, nics }, null);
    const sources = ["nic-lost", ...names].map((name): ReachSource => {
      return { name, subnet: null, nicIds: [name], withoutTable: null };
    });
    const to = `[${routes.map((address) => `${address}/32`).join(", ")}]`;
    const [rule] = readPolicy(`rules: [{id: r0, reach: {from: "nic*", to: ${to}}}]`, "p").rules;
    if (rule?.kind !== "reach") throw new Error("no rule");
    const first = checkReach(rule, sources, data, null, resultSize).next();
    return first.done === true ? [] : [first.value];
  }

  test("may need 100,000 walks", () => {
    expect(checkFromMany(200)).toMatchObject([{ status: "not-judged", tables: ["nic-lost"] }]);
  });

  test("that needs more walks is refused before the first, with what to do", () => {
    expect(() => checkFromMany(201)).toThrow(
      expect.objectContaining({
        code: "result-too-large",
        message: "rule r0 needs 100,500 walks, from 500 subnets; the limit is 100,000",
        hint: "write rules from fewer subnets, or to fewer prefixes",
      }),
    );
  });
});
