import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  EXPECTATION_KEYS,
  isExpectationError,
  parseExpectation,
} from "../../../src/analysis/expectation/expectation.ts";
import { mismatches } from "../../../src/analysis/expectation/mismatch.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { explain } from "../../../src/selection/explain.ts";
import type { Explanation } from "../../../src/selection/explanation.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";

const explained = (destination: string, ...rows: readonly string[]) =>
  explain(annotatedTable(...rows), parseAddress(destination), null);

function texts(explanation: Explanation, ...expectations: readonly string[]): string[] {
  return mismatches(explanation, expectations.map(parseExpectation)).map(({ text }) => text);
}

describe("an expectation is parsed", () => {
  test.each<[string, string, boolean, string[]]>([
    ["next-hop=VirtualAppliance", "next-hop", false, ["VirtualAppliance"]],
    ["next-hop=virtualappliance", "next-hop", false, ["VirtualAppliance"]],
    ["next-hop=Virtual appliance", "next-hop", false, ["VirtualAppliance"]],
    ["next-hop=Virtual network", "next-hop", false, ["VnetLocal"]],
    ["next-hop=PrivateEndpoint", "next-hop", false, ["InterfaceEndpoint"]],
    ["next-hop=SomethingNewFromAzure", "next-hop", false, ["SomethingNewFromAzure"]],
    ["next-hop!=Internet", "next-hop", true, ["Internet"]],
    ["next-hop==Internet", "next-hop", false, ["Internet"]],
    ["next-hop = Internet , None", "next-hop", false, ["Internet", "None"]],
    ["NextHopType=Internet", "next-hop", false, ["Internet"]],
    ["nextHopIpAddress=10.0.1.4", "via", false, ["10.0.1.4"]],
    ["via=2001:DB8:0::4", "via", false, ["2001:db8::4"]],
    ["prefix=2001:DB8::/32", "prefix", false, ["2001:db8::/32"]],
    ["serviceTag=Storage", "tag", false, ["Storage"]],
    ["route=to-nva", "route", false, ["to-nva"]],
    ["route=a=b", "route", false, ["a=b"]],
    ["route=a=", "route", false, ["a="]],
    ["addressPrefix=10.0.0.0/8", "prefix", false, ["10.0.0.0/8"]],
    ["Name=to-nva", "route", false, ["to-nva"]],
    ["next_hop_type=Internet", "next-hop", false, ["Internet"]],
    ["  nextHop=Internet", "next-hop", false, ["Internet"]],
    ["route=a\nb", "route", false, ["a\nb"]],
    ["verdict=Drop", "verdict", false, ["drop"]],
    ["verdict=noroute,no_route,No Route", "verdict", false, ["no-route", "no-route", "no-route"]],
  ])("%s", (text, key, negated, values) => {
    expect(parseExpectation(text)).toEqual({ key, negated, values });
  });
});

describe("an invalid expectation is rejected", () => {
  test.each([
    [
      "",
      "expectation-syntax",
      "'' is not a valid expectation; write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route",
    ],
    [
      "Internet",
      "expectation-syntax",
      "'Internet' is not a valid expectation; write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route",
    ],
    [
      "=Internet",
      "expectation-syntax",
      "'=Internet' is not a valid expectation; write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route",
    ],
    [
      "tag===Storage",
      "expectation-syntax",
      "too many equals signs in 'tag===Storage'; write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route",
    ],
    [
      "tag= =Storage",
      "expectation-syntax",
      "too many equals signs in 'tag= =Storage'; write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route",
    ],
    [
      "tag=Sql,=Storage",
      "expectation-syntax",
      "too many equals signs in 'tag=Sql,=Storage'; write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route",
    ],
    [
      "next hop=Internet",
      "expectation-syntax",
      "'next hop=Internet' is not a valid expectation; write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route",
    ],
    [
      "next-hop=",
      "expectation-value",
      "missing value in 'next-hop='; write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route",
    ],
    [
      "next-hop=Internet,",
      "expectation-value",
      "missing value in 'next-hop=Internet,'; write KEY=VALUE or KEY!=VALUE, e.g. next-hop=VirtualAppliance or verdict!=no-route",
    ],
    ["next-hopp=Internet", "expectation-key", "unknown --expect key 'next-hopp'; did you mean: next-hop"],
    ["verdit=drop", "expectation-key", "unknown --expect key 'verdit'; did you mean: verdict"],
    [
      "colour=red",
      "expectation-key",
      "unknown --expect key 'colour'; one of: next-hop, via, tag, prefix, route, verdict",
    ],
    ["next-hop=Interent", "expectation-value", "unknown next hop type 'Interent'; did you mean: Internet"],
    [
      "next-hop!=VirtualAplliance",
      "expectation-value",
      "unknown next hop type 'VirtualAplliance'; did you mean: VirtualAppliance, VirtualApplianceEcmp",
    ],
    ["verdict=dropp", "expectation-value", "unknown verdict 'dropp'; did you mean: drop"],
    ["verdict=red", "expectation-value", "unknown verdict 'red'; one of: forward, drop, platform, no-route"],
    [
      "via=10.0.1",
      "expectation-value",
      "via: '10.0.1' is not a whole IPv4 address; write all four parts, like 10.0.0.4",
    ],
    [
      "via=10.0.1.04",
      "expectation-value",
      "via: '10.0.1.04' has a leading zero, which some programs read as octal; write 10.0.1.4",
    ],
    [
      "prefix=10.0.0.1/8",
      "expectation-value",
      "prefix: '10.0.0.1/8' has host bits set after /8; write 10.0.0.0/8, or 10.0.0.1 for the one address",
    ],
  ])("%j: %s", (text, code, told) => {
    let error: unknown;
    try {
      parseExpectation(text);
    } catch (reason) {
      error = reason;
    }
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code });
    expect(`${(error as UserError).message}; ${(error as UserError).hint}`).toBe(told);
  });

  it("any input is parsed or rejected with a short first line", () => {
    const key = fc.oneof(fc.constantFrom(...EXPECTATION_KEYS), fc.string({ maxLength: 10 }));
    fc.assert(
      fc.property(
        key,
        fc.constantFrom("=", "!=", "", "!"),
        fc.string({ unit: "grapheme", maxLength: 200 }),
        (name, sign, value) => {
          try {
            const { values } = parseExpectation(name + sign + value);
            expect(values.length).toBeGreaterThan(0);
          } catch (error) {
            if (!isExpectationError(error)) throw error;
            expect(error.message.split("\n")[0]?.length).toBeLessThan(100);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva";
const LOCAL = "Default 10.0.0.0/16 VnetLocal";
const MISSING = "User 0.0.0.0/0 None 10.0.1.4 #to-nva";

it.each([
  ["an expectation's", new UserError("expectation-value", "no", "hint"), true],
  ["another of the user's", new UserError("address-syntax", "no", "hint"), false],
  ["a bug", new RangeError("no"), false],
])("an error is that of an expectation, or not: %s", (_, error, expected) => {
  expect(isExpectationError(error)).toBe(expected);
});

describe("an expectation is met", () => {
  test.each<[string, string, readonly string[], string]>([
    ["192.0.2.1", "next-hop=VirtualAppliance", [NVA, LOCAL], "the winner's type"],
    ["192.0.2.1", "next-hop=Internet,VirtualAppliance", [NVA], "one of several"],
    ["192.0.2.1", "next-hop!=Internet", [NVA], "another type"],
    ["192.0.2.1", "via=10.0.1.4", [NVA], "the winner's next hop"],
    ["192.0.2.1", "route=TO-NVA", [NVA], "names are case-insensitive, as in Azure"],
    ["192.0.2.1", "prefix=0.0.0.0/0", [NVA], "the winner's prefix"],
    ["192.0.2.1", "verdict=forward", [NVA], "the verdict"],
    ["192.0.2.1", "verdict=no-route", [LOCAL], "no route"],
    ["192.0.2.1", "via!=10.0.1.4", [MISSING], "a dropped packet does not go through the missing appliance"],
    ["192.0.2.1", "next-hop!=Internet", [LOCAL], "no next hop is not Internet"],
    ["168.63.129.16", "verdict=platform", [NVA], "a platform address"],
    [
      "192.0.2.1",
      "via=10.0.1.4,10.0.1.5",
      [NVA, NVA.replace("10.0.1.4", "10.0.1.5")],
      "every equal-cost next hop is allowed",
    ],
    ["10.0.3.4", "via!=10.0.1.4", [NVA, LOCAL], "a next hop without address"],
    ["fd00::1", "via=fd00::4", ["User ::/0 VirtualAppliance FD00:0::4"], "an address in another spelling"],
    ["192.0.2.1", "route!=to-nva", [NVA.replace(" #to-nva", "")], "a route without a name"],
  ])("%s %s: %s (%s)", (destination, expectation, rows) => {
    expect(texts(explained(destination, ...rows), expectation)).toEqual([]);
  });
});

describe("an unmet expectation is reported in one line", () => {
  test.each<[string, string, readonly string[], string]>([
    [
      "10.0.3.4",
      "next-hop=Virtual appliance",
      [NVA, LOCAL],
      "10.0.3.4: expected next-hop VirtualAppliance, got VnetLocal (10.0.0.0/16)",
    ],
    [
      "192.0.2.1",
      "next-hop!=VirtualAppliance",
      [NVA],
      "192.0.2.1: expected next-hop not VirtualAppliance, got VirtualAppliance (0.0.0.0/0)",
    ],
    [
      "192.0.2.1",
      "via=10.0.1.5,10.0.1.6",
      [NVA],
      "192.0.2.1: expected via 10.0.1.5 or 10.0.1.6, got 10.0.1.4 (0.0.0.0/0)",
    ],
    ["10.0.3.4", "via=10.0.1.4", [NVA, LOCAL], "10.0.3.4: expected via 10.0.1.4, got VnetLocal (10.0.0.0/16)"],
    ["192.0.2.1", "via=10.0.1.4", [MISSING], "192.0.2.1: expected via 10.0.1.4, got None (0.0.0.0/0, drop)"],
    ["10.0.3.4", "route=to-nva", [NVA, LOCAL], "10.0.3.4: expected route to-nva, got none (10.0.0.0/16)"],
    ["10.0.3.4", "prefix=0.0.0.0/0", [NVA, LOCAL], "10.0.3.4: expected prefix 0.0.0.0/0, got 10.0.0.0/16"],
    ["192.0.2.1", "verdict=drop", [NVA], "192.0.2.1: expected verdict drop, got forward (0.0.0.0/0)"],
    ["192.0.2.1", "next-hop=Internet", [LOCAL], "192.0.2.1: expected next-hop Internet, got none (no-route)"],
    ["168.63.129.16", "via=10.0.1.4", [NVA], "168.63.129.16: expected via 10.0.1.4, got none (platform)"],
    ["192.0.2.1", "tag=Storage", [NVA], "192.0.2.1: expected tag Storage, got none (0.0.0.0/0)"],
    [
      "192.0.2.1",
      "via=10.0.1.4",
      [NVA, NVA.replace("10.0.1.4", "10.0.1.5")],
      "192.0.2.1: expected via 10.0.1.4, got 10.0.1.4, 10.0.1.5 (0.0.0.0/0)",
    ],
    [
      "192.0.2.1",
      "via!=10.0.1.5",
      [NVA, NVA.replace("10.0.1.4", "10.0.1.5")],
      "192.0.2.1: expected via not 10.0.1.5, got 10.0.1.4, 10.0.1.5 (0.0.0.0/0)",
    ],
    [
      "192.0.2.1",
      "via=10.0.1.4",
      [NVA.replace("10.0.1.4", "nva01")],
      "192.0.2.1: expected via 10.0.1.4, got nva01 (0.0.0.0/0)",
    ],
    [
      "192.0.2.1",
      "route=to-nva",
      [NVA.replace("to-nva", "to-nva.old")],
      "192.0.2.1: expected route to-nva, got to-nva.old (0.0.0.0/0)",
    ],
    ["192.0.2.1", "verdict=forward", [MISSING], "192.0.2.1: expected verdict forward, got drop (0.0.0.0/0)"],
    ["192.0.2.1", "verdict=forward", [LOCAL], "192.0.2.1: expected verdict forward, got no-route"],
    ["192.0.2.1", "prefix=10.0.0.0/8", [MISSING], "192.0.2.1: expected prefix 10.0.0.0/8, got 0.0.0.0/0 (drop)"],
    [
      "192.0.2.1",
      "next-hop=Internet",
      [NVA, NVA.replace("10.0.1.4", "10.0.1.5")],
      "192.0.2.1: expected next-hop Internet, got VirtualAppliance (0.0.0.0/0)",
    ],
    [
      "192.0.2.1",
      `route=${"x".repeat(81)},y`,
      [NVA.replace("to-nva", "z".repeat(81))],
      `192.0.2.1: expected route ${"x".repeat(77)}... or y, got ${"z".repeat(77)}... (0.0.0.0/0)`,
    ],
    [
      "192.0.2.1",
      "via=10.0.1.4",
      [NVA, "User 0.0.0.0/0 Internet #direct"],
      "192.0.2.1: expected via 10.0.1.4, got 10.0.1.4, Internet (0.0.0.0/0)",
    ],
  ])("%s %s: %s", (destination, expectation, rows, expected) => {
    expect(texts(explained(destination, ...rows), expectation)).toEqual([expected]);
  });

  it("control characters in a route name do not break the line", () => {
    const explanation = explained("192.0.2.1", NVA);
    const candidates = explanation.candidates.map((row) => ({ ...row, name: "a\nb\u202e" }));
    expect(texts({ ...explanation, candidates }, "route=x")).toEqual([
      "192.0.2.1: expected route x, got a b (0.0.0.0/0)",
    ]);
  });

  it("a mismatch has the expectation and what was found, each once and without routes that have no name", () => {
    const other = NVA.replace("10.0.1.4", "10.0.1.5");
    const unnamed = other.replace("#to-nva", "");
    expect(mismatches(explained("192.0.2.1", NVA, other, unnamed), [parseExpectation("route=a,b")])).toEqual([
      {
        destination: "192.0.2.1",
        expectation: { key: "route", negated: false, values: ["a", "b"] },
        actual: ["to-nva"],
        text: "192.0.2.1: expected route a or b, got to-nva (0.0.0.0/0)",
      },
    ]);
  });

  it("all expectations are checked, in order", () => {
    const explanation = explained("10.0.3.4", NVA, LOCAL);
    expect(
      texts(explanation, "via=10.0.1.4", "next-hop=VnetLocal", "verdict=drop").map((text) => text.split(" ")[2]),
    ).toEqual(["via", "verdict"]);
  });
});

describe("tags", () => {
  const tags = sampleTags();
  const annotated = annotateTable(sampleRouteTable("udr-and-endpoint"), tags);
  const storage = explain(annotated, parseAddress("191.239.203.0"), tags);

  test.each<[string, number]>([
    ["tag=Storage", 0],
    ["tag=storage.westeurope", 0],
    ["tag=Storage.NorthEurope", 1],
    ["tag=Stor", 1],
    ["tag=Sql,Storage", 0],
    ["tag!=Sql", 0],
    ["tag!=Storage", 1],
  ])("%s: %i mismatches", (expectation, count) => {
    expect(texts(storage, expectation)).toHaveLength(count);
  });

  it("the tag of the winning endpoint route matches", () => {
    const bare: Explanation = { ...storage, serviceTags: [] };
    expect(texts(bare, "tag=Storage")).toEqual([]);
  });

  it("a regional tag does not match the tag of the whole service", () => {
    const only = {
      ...storage,
      serviceTags: storage.serviceTags.slice(0, 1).map((tag) => ({ ...tag, name: "Storage" })),
    };
    const candidates = storage.candidates.map((row) => ({ ...row, serviceTag: null }));
    expect(texts({ ...only, candidates }, "tag=Storage.WestEurope")).toHaveLength(1);
  });

  it("the line names the winning prefix", () => {
    expect(texts(storage, "next-hop=VirtualAppliance")).toEqual([
      "191.239.203.0: expected next-hop VirtualAppliance, got VirtualNetworkServiceEndpoint (191.239.203.0/28)",
    ]);
  });
});

it("an expectation and its negation are never both met; without equal cost exactly one is", () => {
  const explanations = [
    explained("192.0.2.1", NVA, LOCAL),
    explained("10.0.3.4", NVA, LOCAL),
    explained("192.0.2.1", LOCAL),
    explained("192.0.2.1", MISSING),
    explained("192.0.2.1", NVA, NVA.replace("10.0.1.4", "10.0.1.5")),
  ];
  const values: Readonly<Record<string, string>> = {
    "next-hop": "VirtualAppliance",
    via: "10.0.1.4",
    tag: "Storage",
    prefix: "0.0.0.0/0",
    route: "to-nva",
    verdict: "drop",
  };
  for (const [index, explanation] of explanations.entries()) {
    for (const key of EXPECTATION_KEYS) {
      const failed = texts(explanation, `${key}=${values[key]}`, `${key}!=${values[key]}`).length;
      expect(failed, `${index} ${key}`).toBe(index === 4 && key === "via" ? 2 : 1);
    }
  }
});
