import { describe, expect, it } from "vitest";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { parseDestination } from "../../../src/analysis/destinations/destination-set.ts";
import { foldOutcomes } from "../../../src/analysis/destinations/fold.ts";
import { splitByDecision } from "../../../src/analysis/destinations/split.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

function folded(to: string, ...rows: readonly string[]) {
  const annotated = annotatedTable(...rows);
  const table = new ForwardingTable(annotated.table.routes);
  const tags = tagsOf({ Own: ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/15"] });
  const { outcomes } = splitByDecision(parseDestination(to, tags), annotated, table);
  return foldOutcomes(outcomes);
}

const NONE = Array.from({ length: 21 }, (_, at) => `Default 10.${2 * at}.0.0/16 None`);

describe("equal outcomes fold", () => {
  it("21 None rows are one, with exact counts, and no prefix of theirs in the text", () => {
    const [none] = folded("10.0.0.0/8", ...NONE);
    const outcomes = folded("10.0.0.0/8", ...NONE);
    expect(outcomes.map((each) => [each.folded, each.addresses.v4, each.diagnosis.text])).toEqual([
      [1, String(2 ** 24 - 21 * 2 ** 16), "DROPPED: no route covers it"],
      [21, String(21 * 2 ** 16), "DROPPED: Azure's default None route"],
    ]);
    expect(none?.folded).toBe(1);
    expect(outcomes[1]?.winner?.addressPrefixes).toEqual(NONE.map((text) => text.split(" ")[1]));
    expect(outcomes[1]?.prefixes).toHaveLength(21);
    expect(outcomes[1]?.ownPrefixes).toEqual({ whole: 0, partly: 21 });
  });

  it("counts every row of equal cost", () => {
    const gateways = (prefix: string) =>
      ["10.0.0.4", "10.0.0.5"].map((hop) => `VirtualNetworkGateway ${prefix} VirtualNetworkGateway ${hop}`);
    const [only] = folded("10.0.0.0/15", ...gateways("10.0.0.0/16"), ...gateways("10.1.0.0/16"));
    expect(only).toMatchObject({ folded: 2, winningRows: 4 });
  });

  it("neighbours join: the prefixes are the shortest list", () => {
    const [only, ...others] = folded("10.0.0.0/15", "Default 10.0.0.0/16 None", "Default 10.1.0.0/16 None");
    expect(others).toEqual([]);
    expect(only?.prefixes).toEqual(["10.0.0.0/15"]);
    expect(only?.example).toBe("10.0.0.0");
  });

  it("a fold is whole: its addresses, prefixes, rows and names are those of all its outcomes", () => {
    const outcomes = folded(
      "tag:Own",
      "User 10.0.0.0/16 VirtualAppliance 10.0.9.4 #a",
      "User 10.1.0.0/16 virtualappliance 10.0.9.4 #b",
      "User 10.3.0.0/16 VirtualAppliance 10.0.9.4",
    );
    const [first, rest] = outcomes;
    expect(first).toEqual({
      verdict: "forward",
      rule: { id: "longest-prefix", status: "documented", source: first?.rule.source },
      certainty: "documented",
      diagnosis: { id: "forwarded", level: "fine", brief: "appliance 10.0.9.4", text: "appliance 10.0.9.4" },
      next: null,
      notes: ["return-path", "no-recursion"],
      addresses: { v4: String(3 * 2 ** 16), v6: "0" },
      prefixes: ["10.0.0.0/15", "10.3.0.0/16"],
      outline: null,
      example: "10.0.0.0",
      winner: {
        ...{ source: "User", name: null, nextHopType: "VirtualAppliance", nextHopIpAddress: ["10.0.9.4"] },
        ...{ serviceTag: null, serviceEndpoint: null, addressPrefix: null },
        addressPrefixes: ["10.0.0.0/16", "10.1.0.0/16", "10.3.0.0/16"],
      },
      ownPrefixes: { whole: 2, partly: 1 },
      winningPrefixes: [["10.0.0.0/16"], ["10.1.0.0/16"], ["10.3.0.0/16"]],
      winningRows: 3,
      folded: 3,
      names: ["a", "b"],
    });
    expect(rest).toMatchObject({
      winner: null,
      folded: 1,
      names: [],
      ownPrefixes: { whole: 0, partly: 1 },
      winningRows: 0,
    });
  });

  it("the winning prefixes of a fold are in numeric order, whichever row has more addresses", () => {
    const [only] = folded("10.0.0.0/14", "Default 10.0.0.0/16,10.1.0.0/16 None", "Default 10.2.0.0/15 None");
    expect(only?.winner?.addressPrefixes).toEqual(["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/15"]);
    const [larger] = folded("10.0.0.0/14", "Default 10.0.0.0/16 None", "Default 10.2.0.0/15 None");
    expect(larger?.winner?.addressPrefixes).toEqual(["10.0.0.0/16", "10.2.0.0/15"]);
  });

  it("service endpoints of two services do not fold", () => {
    const tags = tagsOf({ Storage: ["10.0.0.0/16"], Sql: ["10.1.0.0/16"] });
    const rows = ["10.0.0.0/16", "10.1.0.0/16"].map((prefix) => `Default ${prefix} VirtualNetworkServiceEndpoint`);
    const named = annotateTable(annotatedTable(...rows).table, tags);
    const { outcomes } = splitByDecision(
      parseDestination("10.0.0.0/15", null),
      named,
      new ForwardingTable(named.table.routes),
    );
    expect(foldOutcomes(outcomes).map(({ winner }) => winner?.serviceTag)).toEqual(["Storage", "Sql"]);
    expect(folded("10.0.0.0/15", ...rows)).toHaveLength(1);
  });

  it("user routes to one appliance fold, and keep their names", () => {
    const [only] = folded(
      "10.0.0.0/15",
      "User 10.0.0.0/16 VirtualAppliance 10.0.9.4 #a",
      "User 10.1.0.0/16 VirtualAppliance 10.0.9.4 #b",
    );
    expect(only).toMatchObject({ folded: 2, names: ["a", "b"], diagnosis: { text: "appliance 10.0.9.4" } });
    expect(only?.winner?.name).toBeNull();
  });

  it.each([
    {
      differ: "next hop",
      rows: ["User 10.0.0.0/16 VirtualAppliance 10.0.9.4", "User 10.1.0.0/16 VirtualAppliance 10.0.9.5"],
    },
    { differ: "source", rows: ["Default 10.0.0.0/16 None", "User 10.1.0.0/16 None"] },
    {
      differ: "rule",
      rows: ["User 10.0.0.0/16 VnetLocal", "User 10.1.0.0/16 VnetLocal", "Default 10.1.0.0/16 VnetLocal"],
    },
    {
      differ: "certainty",
      rows: [
        "User 10.0.0.0/16 Internet",
        "User 10.1.0.0/16 Internet",
        "Default 10.1.0.0/17 VirtualNetworkServiceEndpoint",
        "Default 10.1.128.0/17 VirtualNetworkServiceEndpoint",
        "User 10.1.0.0/17 Internet",
      ],
    },
  ])("outcomes that differ in $differ do not", ({ rows }) => {
    expect(folded("10.0.0.0/15", ...rows).length).toBeGreaterThan(1);
  });
});
