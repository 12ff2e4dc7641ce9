import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { keywordRanges } from "../../../src/analysis/destinations/keywords.ts";
import { diffTables, type TableMove } from "../../../src/analysis/diff/tables.ts";
import { mismatches } from "../../../src/analysis/expectation/mismatch.ts";
import { applianceStates } from "../../../src/analysis/policy/appliance.ts";
import { checkPolicy } from "../../../src/analysis/policy/check.ts";
import type { ExpectRule, PolicyExpectation } from "../../../src/analysis/policy/policy.ts";
import { readPolicy } from "../../../src/analysis/policy/read-policy.ts";
import type { PolicyResult, PolicySubject } from "../../../src/analysis/policy/result.ts";
import { type Address, formatAddress, parseAddress } from "../../../src/net/address.ts";
import { addressCount, prefixesOf, rangeOf } from "../../../src/net/address-ranges.ts";
import { contains, formatPrefix, lastOf, type Prefix, parsePrefix } from "../../../src/net/prefix.ts";
import type { EffectiveRoute } from "../../../src/routes/effective-route.ts";
import { explain } from "../../../src/selection/explain.ts";
import type { Explanation } from "../../../src/selection/explanation.ts";
import { PLATFORM_ADDRESSES } from "../../../src/selection/select.ts";
import type { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { annotatedTable, row } from "../../selection/routes-for-tests.ts";
import { sharedCatalogue } from "../../service-tags/shared-tags.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";
import { hasSharedData } from "../../shared-data.ts";
import { anyRule, policyOf, type RuleForm, subject, subjectOf, TAGS } from "./random-policies.ts";
import { resultTexts } from "./result-texts.ts";

const LOCAL = "Default 10.0.0.0/16 VnetLocal";
const INTERNET = "Default 0.0.0.0/0 Internet";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva";
const DOWN = "User 0.0.0.0/0 None 10.0.1.4 #to-nva";
const ENDPOINT = "Default 20.0.0.0/24,30.0.0.0/24 VirtualNetworkServiceEndpoint";
const PEERED = "Default 10.1.0.0/16 VNetPeering";

function resultOf(rule: object, rows: readonly string[], tags: typeof TAGS | null = null): PolicyResult {
  const [result] = checkPolicy(policyOf(rule), [subject("t", ...rows)], tags).results;
  if (result === undefined) throw new Error("a rule without a result");
  return result;
}

/** The result on the table `t` in lines. */
const told = (rule: object, rows: readonly string[], tags: typeof TAGS | null = null) =>
  resultTexts(resultOf(rule, rows, tags), [subject("t", ...rows)], tags);

describe("every address of to is judged, and every violating address is in a counter-example", () => {
  test.each<[string, object, readonly string[], readonly string[]]>([
    [
      "all of it conforms",
      { to: "0.0.0.0/0", expect: { "next-hop": "Internet" } },
      [INTERNET],
      ["holds: 4294967294, without 2 (platform-address)"],
    ],
    [
      "none of it does",
      { to: "10.0.0.0/8", expect: { "next-hop": "Internet" } },
      [NVA],
      ["violated: all 16777216", "10.0.0.0/8: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)"],
    ],
    [
      "the part that does not, as the shortest prefixes",
      { to: "8.0.0.0/6", expect: { "next-hop": "VirtualAppliance" } },
      [NVA, LOCAL],
      ["violated: 65536 of 67108864", "10.0.0.0/16: expected next-hop VirtualAppliance, got VnetLocal (10.0.0.0/16)"],
    ],
    [
      "one counter-example for each outcome, the largest first",
      { to: "0.0.0.0/0", expect: { "next-hop": "VirtualAppliance" } },
      [NVA, PEERED, "User 9.0.0.0/8 Internet"],
      [
        "violated: 16842752 of 4294967294, without 2 (platform-address)",
        "9.0.0.0/8: expected next-hop VirtualAppliance, got Internet (9.0.0.0/8)",
        "10.1.0.0/16: expected next-hop VirtualAppliance, got VNetPeering (10.1.0.0/16)",
      ],
    ],
    [
      "several prefixes of one row are one counter-example",
      { to: "0.0.0.0/0", expect: { appliance: "used" } },
      [NVA, ENDPOINT],
      [
        "violated: 512 of 4294967294, without 2 (platform-address)",
        "20.0.0.0/24 30.0.0.0/24: expected appliance used, got bypassed (20.0.0.0/24)",
      ],
    ],
    [
      "except takes addresses out",
      { to: "10.0.0.0/8", except: ["10.0.0.0/9", "10.128.0.1"], expect: { verdict: "forward" } },
      [],
      ["violated: all 8388607", "10.128.0.0/9 except 10.128.0.1/32: expected verdict forward, got no-route"],
    ],
    ["nothing covers it", { to: "10.0.0.0/8", expect: { verdict: "no-route" } }, [], ["holds: 16777216"]],
    [
      "all of it must be met",
      { to: "1.1.1.1", expect: { verdict: "forward", via: "10.0.1.5" } },
      [NVA],
      ["violated: all 1", "1.1.1.1/32: expected via 10.0.1.5, got 10.0.1.4 (0.0.0.0/0)"],
    ],
    [
      "one of several values is enough",
      { to: "1.1.1.1", expect: { via: ["10.0.1.5", "10.0.1.4"] } },
      [NVA],
      ["holds: 1"],
    ],
    [
      "one of the alternatives is enough",
      { to: "1.1.1.1", expect: [{ via: "10.0.1.5" }, { verdict: "forward" }] },
      [NVA],
      ["holds: 1"],
    ],
    [
      "not: none of it may be",
      { to: "0.0.0.0/0", expect: { not: { "next-hop": ["None", "Internet"] } } },
      [NVA],
      ["holds: 4294967294, without 2 (platform-address)"],
    ],
    [
      "both families",
      { to: ["1.0.0.0/8", "::/0"], expect: { verdict: "drop" } },
      [],
      ["violated: all 16777216 + 2^128 v6", "1.0.0.0/8 ::/0: expected verdict drop, got no-route"],
    ],
  ])("%s", (_, rule, rows, expected) => {
    expect(told(rule, rows)).toEqual(expected);
  });

  test.each<[string, readonly string[], string, readonly (string | null)[]]>([
    ["an appliance is used", [NVA], "1.1.1.1", ["used"]],
    ["its route is listed as None: unreachable", [DOWN], "1.1.1.1", ["unreachable"]],
    ["an endpoint route bypasses it", [NVA, ENDPOINT], "20.0.0.1", ["bypassed"]],
    ["even one that is down", [DOWN, ENDPOINT], "20.0.0.1", ["bypassed"]],
    ["a peering bypasses it", [NVA, PEERED], "10.1.0.1", ["bypassed"]],
    ["a user route to the Internet bypasses it", [NVA, "User 9.0.0.0/8 Internet"], "9.0.0.1", ["bypassed"]],
    ["another appliance does not", [NVA, "User 9.0.0.0/8 VirtualAppliance 10.0.1.5"], "9.0.0.1", ["used"]],
    ["what stays in the virtual network does not", [NVA, LOCAL], "10.0.0.1", [null]],
    ["what is dropped does not", [NVA, "User 9.0.0.0/8 None"], "9.0.0.1", [null]],
    ["an inactive route to it counts for nothing", [NVA.replace("User", "User!"), ENDPOINT], "20.0.0.1", [null]],
    ["no appliance is on the way", [INTERNET], "1.1.1.1", [null]],
    ["one for each of equal cost", [NVA, NVA.replace("1.4", "1.5")], "1.1.1.1", ["used", "used"]],
    ["the platform answers", [NVA], "168.63.129.16", []],
  ])("%s", (_, rows, address, expected) => {
    expect(applianceStates(explain(annotatedTable(...rows), parseAddress(address), null))).toEqual(expected);
  });

  test.each<[string, object, readonly string[], string]>([
    ["the states", { appliance: ["used", "bypassed"] }, [DOWN], "used or bypassed, got unreachable (0.0.0.0/0)"],
    ["not a state", { not: { appliance: ["used"] } }, [NVA], "not used, got used (0.0.0.0/0)"],
    [
      "each state of equal cost once",
      { appliance: "unreachable" },
      [NVA, NVA.replace("1.4", "1.5"), DOWN.replace("1.4", "1.6")],
      "unreachable, got used, unreachable (0.0.0.0/0)",
    ],
    [
      "not a state of one of equal cost",
      { not: { appliance: "used" } },
      [NVA, DOWN.replace("1.4", "1.6")],
      "not used, got used, unreachable (0.0.0.0/0)",
    ],
    [
      "the states of equal cost, one of them without an appliance",
      { appliance: "used" },
      [NVA, "User 0.0.0.0/0 None"],
      "used, got used, no appliance on the path (0.0.0.0/0)",
    ],
    ["no appliance", { appliance: "used" }, [INTERNET], "used, got no appliance on the path (0.0.0.0/0)"],
    ["no route", { appliance: "used" }, [], "used, got no appliance on the path (no-route)"],
  ])("a mismatch of an appliance says what was expected and found: %s", (_, expected, rows, text) => {
    const { counterExamples } = resultOf({ to: "9.0.0.0/24", expect: expected }, rows);
    expect(counterExamples.map(({ mismatches }) => mismatches)).toEqual([[`9.0.0.0: expected appliance ${text}`]]);
  });

  it("a counter-example has its addresses, what is not met, and the whole explanation of the first", () => {
    const { addresses, violating, counterExamples } = resultOf(
      { to: "20.0.0.0/8", expect: { appliance: "used", via: "10.0.1.4" } },
      [NVA, ENDPOINT],
    );
    expect([addresses, violating]).toEqual([
      { v4: "16777216", v6: "0" },
      { v4: "256", v6: "0" },
    ]);
    expect(counterExamples).toEqual([
      {
        table: "t",
        addresses: { v4: "256", v6: "0" },
        prefixes: ["20.0.0.0/24"],
        outline: null,
        example: "20.0.0.0",
        mismatches: [
          "20.0.0.0: expected appliance used, got bypassed (20.0.0.0/24)",
          "20.0.0.0: expected via 10.0.1.4, got VirtualNetworkServiceEndpoint (20.0.0.0/24)",
        ],
        explanation: explain(annotatedTable(NVA, ENDPOINT), parseAddress("20.0.0.0"), null),
        back: null,
      },
    ]);
  });
});

describe("what a rule is not judged on", () => {
  const drop = { expect: { verdict: "drop" } };
  test.each<[string, object, readonly string[], readonly string[]]>([
    [
      "the platform's addresses in a prefix",
      { to: "0.0.0.0/0", ...drop },
      [],
      [
        "violated: all 4294967294, without 2 (platform-address)",
        "0.0.0.0/0 except the platform: expected verdict drop, got no-route",
      ],
    ],
    [
      "but an address is meant",
      { to: ["168.63.129.16", "168.63.0.0/16"], ...drop },
      [],
      [
        "violated: all 65536",
        "168.63.0.0/16 except the platform: expected verdict drop, got no-route",
        "168.63.129.16/32: expected verdict drop, got platform",
      ],
    ],
    [
      "also as a prefix of one address",
      { to: ["168.63.129.16/32", "169.254.169.254/32"], ...drop },
      [],
      ["violated: all 2", "168.63.129.16/32 169.254.169.254/32: expected verdict drop, got platform"],
    ],
    [
      "what is excepted is not left out",
      { to: "168.63.0.0/16", except: "168.63.129.16", ...drop },
      [],
      ["violated: all 65535", "168.63.0.0/16 except the platform: expected verdict drop, got no-route"],
    ],
    [
      "IPv6 of a keyword where the table has none",
      { to: "private", ...drop },
      [],
      [
        "violated: all 22085632, without 2^121 v6 (no-ipv6)",
        "10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16: expected verdict drop, got no-route",
      ],
    ],
    [
      "IPv6 of a tag where the table has none",
      { to: "tag:Storage", ...drop },
      [],
      [
        "violated: all 131328, without 2^64 v6 (no-ipv6)",
        "10.0.0.0/24 20.0.0.0/15: expected verdict drop, got no-route",
      ],
    ],
    [
      "but a prefix is meant",
      { to: ["private", "fd00::/8"], ...drop },
      [],
      [
        "violated: all 22085632 + 2^120 v6, without 2^120 v6 (no-ipv6)",
        "10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 fd00::/8: expected verdict drop, got no-route",
      ],
    ],
    [
      "or an address",
      { to: ["private", "fd00::1"], ...drop },
      [],
      [
        "violated: all 22085632 + 1 v6, without 2^121-1 v6 (no-ipv6)",
        "10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 fd00::1/128: expected verdict drop, got no-route",
      ],
    ],
    [
      "and a table with IPv6 sends it",
      { to: "private", ...drop },
      ["Default ::/0 Internet"],
      [
        "violated: all 22085632 + 2^121 v6",
        "10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16: expected verdict drop, got no-route",
        "fc00::/7: expected verdict drop, got forward (::/0)",
      ],
    ],
  ])("%s", (_, rule, rows, expected) => {
    expect(told(rule, rows, TAGS)).toEqual(expected);
  });

  it("is told in a sentence", () => {
    const { leftOut } = resultOf({ to: ["0.0.0.0/0", "private"], ...drop }, []);
    expect(leftOut.map(({ text }) => text)).toEqual([
      "The platform answers 168.63.129.16 and 169.254.169.254 itself, without the route table.",
      "The table has no IPv6 route, so the NIC has no IPv6 address to send from.",
    ]);
  });

  it("a rule that judges nothing is not judged, and does not pass", () => {
    const rule = { to: "10.0.0.0/8", except: "0.0.0.0/0", ...drop };
    const result = resultOf(rule, []);
    expect(result).toMatchObject({ status: "not-judged", reason: "no address is left to judge" });
    expect(result.addresses).toEqual({ v4: "0", v6: "0" });
    const check = checkPolicy(policyOf(rule), [subject("t")], null);
    expect([check.passed, check.count.notJudged.error]).toEqual([false, 1]);
  });

  it("one address that violates the rule violates it", () => {
    const rule = { to: "10.0.0.0/8", expect: { not: { verdict: "drop" } } };
    const result = resultOf(rule, ["Default 10.0.0.0/8 VnetLocal", "User 10.1.2.3/32 None"]);
    expect([result.status, result.violating]).toEqual(["violated", { v4: "1", v6: "0" }]);
  });
});

describe("over several tables and rules", () => {
  const rules = [
    { id: "a", to: "1.1.1.1", expect: { via: "10.0.1.4" } },
    { id: "b", severity: "warning", to: "1.1.1.1", expect: { "next-hop": "Internet" } },
  ];
  const check = (...tables: readonly PolicySubject[]) => checkPolicy(policyOf(...rules), tables, null);

  it("each rule is checked for each table, in the order given", () => {
    const { results } = check(subject("one", NVA), subject("two", INTERNET));
    expect(results.map(({ rule, tables, status }) => `${rule.id} ${tables} ${status}`)).toEqual([
      "a one holds",
      "a two violated",
      "b one violated",
      "b two holds",
    ]);
  });

  it("a check names its policy", () => {
    const named = readPolicy(JSON.stringify({ name: "Egress", description: "all", rules }), "egress.yaml");
    expect(checkPolicy(named, [], null).policy).toEqual({ file: "egress.yaml", name: "Egress", description: "all" });
    expect(check().policy).toEqual({ file: "policy.json", name: null, description: null });
  });

  it("a next hop type is expected that is known or in a table, and any other is refused with its line", () => {
    const lines = [
      "rules:",
      "  - {to: internet, expect: {next-hop: [Internet, NewFromAzure]}}",
      "  - {to: internet, expect: {not: {next-hop: Tokyo}}}",
      "  - {to: internet, expect: [{route: Tokyo}, {next-hop: [Osaka, my-firewall]}]}",
      "  - symmetric: true",
    ];
    const policy = readPolicy(lines.join("\n"), "p.yaml");
    const tables = [subject("one", NVA), subject("two", "Default 0.0.0.0/0 NewFromAzure", "Default 9.0.0.0/8 Tokyo")];
    const check = (given: readonly PolicySubject[]) => () => checkPolicy(policy, given, null);
    const unknown = (line: number, type: string) => ({ line, message: `unknown next hop type '${type}'` });
    expect(check(tables)).toThrow(
      expect.objectContaining({
        code: "policy-invalid",
        problems: [
          { ...unknown(4, "Osaka"), hint: expect.stringMatching(/^one of: VnetLocal, .*, NewFromAzure, Tokyo$/) },
          { ...unknown(4, "my-firewall"), hint: "did you mean: VirtualAppliance" },
        ],
      }),
    );
    expect(check(tables.slice(0, 1))).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining(unknown(2, "NewFromAzure")),
          expect.objectContaining(unknown(3, "Tokyo")),
          expect.objectContaining(unknown(4, "Osaka")),
          expect.objectContaining(unknown(4, "my-firewall")),
        ],
      }),
    );
  });

  it("a reach rule is not judged without a snapshot", () => {
    const policy = policyOf({ id: "a", reach: { from: "spoke1", to: "internet" } });
    const { passed, results } = checkPolicy(policy, [subject("one", NVA)], null);
    expect([passed, ...results.map(({ status, reason, tables, reach }) => [status, reason, tables, reach])]).toEqual([
      false,
      ["not-judged", "it needs a snapshot directory: see vnet-explain snapshot", [], { classes: 0, findings: [] }],
    ]);
  });

  it("only errors fail the check", () => {
    expect(check(subject("one", NVA))).toMatchObject({
      passed: true,
      count: {
        holds: { error: 1, warning: 0, note: 0 },
        violated: { error: 0, warning: 1, note: 0 },
        notJudged: { error: 0, warning: 0, note: 0 },
      },
    });
    expect(check(subject("two", INTERNET)).passed).toBe(false);
  });
});

describe("service tags", () => {
  it.each([
    [{ to: "tag:Storag", expect: { verdict: "drop" } }, "unknown service tag 'Storag'", "did you mean: Storage"],
    [
      { to: "10.0.0.0/8", except: "tag:Sqll", expect: { verdict: "drop" } },
      "unknown service tag 'Sqll'",
      "did you mean: Sql",
    ],
    [
      { to: "10.0.0.0/8", expect: { not: { tag: "Storrage" } } },
      "unknown service tag 'Storrage'",
      "did you mean: Storage",
    ],
    [{ symmetric: { a: "tag:Sqll", b: "10.0.0.0/8" } }, "unknown service tag 'Sqll'", "did you mean: Sql"],
  ])("%j names an unknown tag", (rule, message, hint) => {
    const check = () => checkPolicy(policyOf(rule), [subject("t")], TAGS);
    expect(check).toThrow(
      expect.objectContaining({
        code: "policy-invalid",
        problems: [{ line: 1, message, hint: expect.stringContaining(hint) }],
      }),
    );
  });

  it.each([[{ to: "tag:Sql", expect: { verdict: "drop" } }], [{ to: "10.0.0.0/8", expect: { tag: "Sql" } }]])(
    "%j cannot be judged without tags",
    (rule) => {
      expect(() => checkPolicy(policyOf(rule), [subject("t")], null)).toThrow(
        expect.objectContaining({
          code: "service-tags-missing",
          message: "the policy names service tags, and no service tags are loaded",
          hint: "run vnet-explain tags update (with the same --cloud), or pass --tags ServiceTags_Public_<date>.json",
          exit: "tagsMissing",
        }),
      );
    },
  );

  it("every unknown tag is a problem with its line, known ones and repeated known ones are not", () => {
    const lines = [
      "rules:",
      "  - to: [tag:Sql, tag:sql, tag:Nope]",
      "    except: [tag:Nah]",
      "    expect:",
      "      tag: [Storage, Nil]",
      "  - symmetric:",
      "      a: tag:No",
      "      b: 10.0.0.0/8",
      "  - inventory: peerings-connected",
      "  - reach: {from: h, to: tag:Never}",
      "  - to: internet",
      "    expect: [{tag: storage.westeurope}, {not: {tag: Storage.West}}]",
    ];
    const check = () => checkPolicy(readPolicy(lines.join("\n"), "p.yaml"), [], TAGS);
    const all = "run vnet-explain tags list to see all tags";
    const problem = (line: number, tag: string, hint = all) => ({
      line,
      message: `unknown service tag '${tag}'`,
      hint,
    });
    expect(check).toThrow(
      expect.objectContaining({
        code: "policy-invalid",
        problems: [
          problem(2, "Nope"),
          problem(3, "Nah"),
          problem(4, "Nil"),
          problem(7, "No"),
          problem(10, "Never"),
          problem(12, "Storage.West", "did you mean: Storage, Storage.WestEurope"),
        ],
      }),
    );
  });

  it("a tag that is expected holds its regions, and no tag whose name only begins alike", () => {
    const tags = tagsOf({ Sql: ["10.0.0.0/24"], "Sql.WestEurope": ["10.0.1.0/24"], SqlManagement: ["10.0.2.0/24"] });
    expect(told({ to: "10.0.0.0/22", expect: { tag: "sql" } }, [LOCAL], tags)).toEqual([
      "violated: 512 of 1024",
      "10.0.2.0/23: expected tag sql, got SqlManagement (10.0.0.0/16)",
    ]);
  });

  it("one route may lead to addresses of the tag and to others", () => {
    expect(told({ to: "10.0.0.0/23", expect: { tag: "Storage" } }, [LOCAL], TAGS)).toEqual([
      "violated: 256 of 512",
      "10.0.1.0/24: expected tag Storage, got none (10.0.0.0/16)",
    ]);
    expect(told({ to: "10.0.0.0/23", expect: { not: { tag: "Storage" } } }, [LOCAL], TAGS)).toEqual([
      "violated: 256 of 512",
      "10.0.0.0/24: expected tag not Storage, got Storage (10.0.0.0/16)",
    ]);
  });
});

/* The reference: whether one address meets a rule, found with `explain` alone. */

function isIn(texts: readonly string[], address: Address, tags: TagCatalogue, kinds = /./): boolean {
  return texts.some((text) => {
    const tag = tags.tag(text.replace("tag:", ""));
    if (text.startsWith("tag:")) return kinds.test("tag") && tag?.prefixes.some((prefix) => contains(prefix, address));
    if (text === "internet" || text === "private") {
      return (
        kinds.test("keyword") &&
        keywordRanges(text).some(
          ({ family, first, last }) => family === address.family && first <= address.value && address.value <= last,
        )
      );
    }
    const bits = text.includes(":") ? 128 : 32;
    const prefix = parsePrefix(text.includes("/") ? text : `${text}/${bits}`);
    return kinds.test(text.includes("/") ? "prefix" : "address") && contains(prefix, address);
  });
}

function isJudged({ to, except = [] }: RuleForm, address: Address, tags: TagCatalogue, hasIpv6: boolean): boolean {
  if (!isIn(to, address, tags) || isIn(except, address, tags)) return false;
  const isPlatform = PLATFORM_ADDRESSES.some(
    ({ family, value }) => family === address.family && value === address.value,
  );
  const isNamed = isIn(to, address, tags, /address/) || to.includes(`${formatAddress(address)}/32`);
  if (isPlatform && !isNamed) return false;
  return address.family === 4 || hasIpv6 || isIn(to, address, tags, /address|prefix/);
}

function meets(explanation: Explanation, expectation: PolicyExpectation): boolean {
  if (expectation.key !== "appliance") return mismatches(explanation, [expectation]).length === 0;
  const { negated, values } = expectation;
  const states = applianceStates(explanation);
  const wanted: readonly (string | null)[] = values;
  if (negated) return states.every((state) => !wanted.includes(state));
  return states.length > 0 && states.every((state) => wanted.includes(state));
}

const ends = (prefix: Prefix): Address[] => {
  const top = prefix.family === 4 ? (1n << 32n) - 1n : (1n << 128n) - 1n;
  return [prefix.first - 1n, prefix.first, lastOf(prefix), lastOf(prefix) + 1n]
    .filter((value) => value >= 0n && value <= top)
    .map((value) => ({ family: prefix.family, value }));
};

const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  fc.bigInt(0n, (1n << 32n) - 1n).map((value) => ({ family: 4, value }) as const),
  fc.bigInt(0x0a000000n, 0x0a0001ffn).map((value) => ({ family: 4, value }) as const),
  fc.bigInt(0n, (1n << 128n) - 1n).map((value) => ({ family: 6, value }) as const),
);

const prefixesIn = ({ counterExamples }: PolicyResult) =>
  counterExamples.map(({ prefixes }) => prefixes.map((text) => parsePrefix(text)));

/**
 * Holds a rule's check to the reference: at these addresses, and at the ends of all that the rule and its
 * counter-examples name.
 */
function expectExact(
  routes: readonly EffectiveRoute[],
  form: RuleForm,
  tags: TagCatalogue,
  some: readonly Address[],
): PolicyResult {
  const own = subjectOf(routes, "t", tags);
  const policy = policyOf(form);
  const [result] = checkPolicy(policy, [own], tags).results;
  const [rule] = policy.rules as readonly ExpectRule[];
  if (result === undefined || rule === undefined) throw new Error("no result");
  const hasIpv6 = routes.some(({ addressPrefix }) => addressPrefix.some(({ family }) => family === 6));
  const told = prefixesIn(result);
  const named = [...form.to, ...(form.except ?? [])].flatMap((text) =>
    text.startsWith("tag:") ? (tags.tag(text.slice(4))?.prefixes ?? []) : text.includes("/") ? [parsePrefix(text)] : [],
  );
  const addresses = [...PLATFORM_ADDRESSES, ...told.flat().flatMap(ends), ...named.flatMap(ends), ...some];
  for (const address of addresses) {
    const explanation = explain(own.annotated, address, tags);
    const conforms = rule.expect.some((all) => all.every((one) => meets(explanation, one)));
    const holders = told.filter((prefixes) => prefixes.some((prefix) => contains(prefix, address)));
    expect([explanation.destination, holders.length]).toEqual([
      explanation.destination,
      isJudged(form, address, tags, hasIpv6) && !conforms ? 1 : 0,
    ]);
  }
  return result;
}

describe("a check is exact", () => {
  it("counter-examples are exactly the addresses of to without except that violate the rule, by explain at every boundary and at random", {
    tags: ["slow"],
  }, () => {
    fc.assert(
      fc.property(anyTable, anyRule, fc.array(anyAddress, { maxLength: 20 }), (routes, form, some) => {
        const ofTags = [...TAGS.tags()].flatMap(({ prefixes }) => prefixes.flatMap(ends));
        expectExact(routes, form, TAGS, [...boundaryAddresses(routes), ...ofTags, ...some]);
      }),
      { numRuns: 200 },
    );
  });

  it.skipIf(!hasSharedData)("also with the prefixes of a real tag file", { tags: ["slow"] }, () => {
    const tags = sharedCatalogue("ServiceTags_Public_20231106.json");
    const v4 = (tag: string) => (tags.tag(tag)?.prefixes ?? []).filter(({ family }) => family === 4);
    const routes: EffectiveRoute[] = [
      row(NVA),
      { ...row(ENDPOINT), addressPrefix: v4("Storage.WestEurope") },
      { ...row("User 0.0.0.0/0 Internet"), addressPrefix: v4("Sql.NorthEurope") },
    ];
    const form = (expect: object) => ({
      to: ["tag:Storage", "tag:Sql"],
      except: ["tag:Storage.NorthEurope"],
      expect: [expect],
    });
    const bypasses = expectExact(routes, form({ not: { appliance: "bypassed" } }), tags, []);
    expect(BigInt(bypasses.violating.v4)).toBe(
      addressCount([...v4("Storage.WestEurope"), ...v4("Sql.NorthEurope")].map(rangeOf)),
    );
    expectExact(routes, form({ tag: "Storage.WestEurope", "next-hop": "VirtualNetworkServiceEndpoint" }), tags, []);
  });

  it("counts add up, prefixes are the shortest list, examples are explained as explain does", () => {
    fc.assert(
      fc.property(anyTable, anyRule, (routes, form) => {
        const own = subjectOf(routes, "t", TAGS);
        const [result] = checkPolicy(policyOf(form), [own], TAGS).results;
        if (result === undefined) throw new Error("no result");
        const count = (counts: { v4: string; v6: string }) => BigInt(counts.v4) + BigInt(counts.v6);
        const told = prefixesIn(result);
        const all = told.flat().map(rangeOf);
        expect(addressCount(all)).toBe(count(result.violating));
        expect(result.counterExamples.reduce((sum, { addresses }) => sum + count(addresses), 0n)).toBe(
          count(result.violating),
        );
        expect(count(result.violating)).toBeLessThanOrEqual(count(result.addresses));
        for (const prefixes of told) {
          expect(prefixesOf(prefixes.map(rangeOf)).map(formatPrefix)).toEqual(prefixes.map(formatPrefix));
        }
        for (const { example, explanation, mismatches: texts } of result.counterExamples) {
          expect(explanation).toEqual(explain(own.annotated, parseAddress(example), TAGS));
          expect(texts.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("the outcomes that a diff lists for each table hold as checks of that table", { tags: ["slow"] }, () => {
    const rule = (side: "before" | "after") => (move: TableMove) => {
      const { verdict, nextHops } = move[side];
      const types = nextHops.map(({ nextHopType }) => nextHopType);
      // A share that a None row drops goes by no address, whatever the row lists.
      const addresses = nextHops.flatMap(({ nextHopType, nextHopIpAddress }) =>
        nextHopType === "None" ? [] : (nextHopIpAddress ?? []),
      );
      return {
        to: move.prefixes,
        expect: {
          verdict,
          ...(verdict === "forward" ? { "next-hop": types } : {}),
          ...(addresses.length > 0 && addresses.length === nextHops.length ? { via: addresses } : {}),
        },
      };
    };
    fc.assert(
      fc.property(anyTable, anyTable, (before, after) => {
        const [old, now] = [subjectOf(before, "before", null), subjectOf(after, "after", null)];
        const { moves } = diffTables(old.annotated, now.annotated, null);
        fc.pre(moves.length > 0);
        const failed = (policy: readonly object[], own: PolicySubject) =>
          checkPolicy(policyOf(...policy), [own], null).results.filter(({ status }) => status !== "holds");
        expect(failed(moves.map(rule("after")), now)).toEqual([]);
        expect(failed(moves.map(rule("before")), old)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("every address has exactly one verdict", { tags: ["slow"] }, () => {
    fc.assert(
      fc.property(anyTable, (routes) => {
        const own = subjectOf(routes, "t", null);
        const everything = { to: ["0.0.0.0/0", "::/0"] };
        const verdicts = ["forward", "drop", "no-route"];
        const violating = verdicts.map((verdict) => {
          const [result] = checkPolicy(policyOf({ ...everything, expect: { verdict } }), [own], null).results;
          return BigInt(result?.violating.v4 ?? 0) + BigInt(result?.violating.v6 ?? 0);
        });
        const judged = 2n ** 32n + 2n ** 128n - 2n;
        expect(violating.reduce((sum, each) => sum + each, 0n)).toBe(2n * judged);
      }),
      { numRuns: 50 },
    );
  });
});
