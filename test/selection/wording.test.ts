import { describe, expect, it } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { explain } from "../../src/selection/explain.ts";
import type { NoteId } from "../../src/selection/explanation.ts";
import { RULES } from "../../src/selection/rules.ts";
import { annotatedTable } from "./routes-for-tests.ts";
import { RULE_CASES } from "./rules-cases.ts";

const BGP = "VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #to-nva";
const END = "Default 20.0.0.0/24 VirtualNetworkServiceEndpoint";

interface SentenceCase {
  readonly name: string;
  readonly to: string;
  readonly rows: readonly string[];
  /** Of which row the sentence is, by its prefix and next hop type; null for the deciding rule. */
  readonly of: string | null;
  readonly says: RegExp;
}

const SENTENCES: readonly SentenceCase[] = [
  {
    name: "a winner says where it leads",
    to: "8.8.8.8",
    rows: [NVA],
    of: "0.0.0.0/0 VirtualAppliance",
    says: /next hop VirtualAppliance 10\.0\.9\.4/,
  },
  {
    name: "a shorter prefix names both lengths",
    to: "20.0.0.1",
    rows: [END, NVA],
    of: "0.0.0.0/0 VirtualAppliance",
    says: /\/0 is shorter than the winner's \/24/,
  },
  {
    name: "a row shorter than the BGP route that gave way says so",
    to: "10.8.1.1",
    rows: [BGP, "Default 10.8.0.0/16 VNetPeering", "Default 10.0.0.0/8 None"],
    of: "10.0.0.0/8 None",
    says: /\/24 of the BGP route 10\.8\.1\.0\/24, which gave way/,
  },
  {
    name: "an equal prefix names both sources",
    to: "8.8.8.8",
    rows: [NVA, "Default 0.0.0.0/0 Internet"],
    of: "0.0.0.0/0 Internet",
    says: /source User comes before Default/,
  },
  {
    name: "a peering before BGP is not the usual order",
    to: "10.8.0.1",
    rows: ["VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.254", "Default 10.8.0.0/16 VNetPeering"],
    of: "10.8.0.0/16 VirtualNetworkGateway",
    says: /peering route comes before BGP/,
  },
  {
    name: "an inactive row names its twin as the cause",
    to: "8.8.8.8",
    rows: [NVA, "Default! 0.0.0.0/0 Internet"],
    of: "0.0.0.0/0 Internet",
    says: /Invalid: the user route to-nva 0\.0\.0\.0\/0 has the same prefix/,
  },
  {
    name: "an inactive private endpoint names policies and the user route",
    to: "10.1.0.4",
    rows: ["User 10.1.0.0/16 VirtualAppliance 10.0.9.4 #pe", "Default! 10.1.0.4/32 InterfaceEndpoint"],
    of: "10.1.0.4/32 InterfaceEndpoint",
    says: /network policies on and the user route pe 10\.1\.0\.0\/16/,
  },
  {
    name: "a default route is never the cause of an inactive private endpoint",
    to: "10.1.0.4",
    rows: [NVA, "Default! 10.1.0.4/32 InterfaceEndpoint"],
    of: "10.1.0.4/32 InterfaceEndpoint",
    says: /policies on and a user route is/,
  },
  {
    name: "nor is a user route that is shorter than the endpoint's network",
    to: "10.1.0.4",
    rows: [
      "User 10.0.0.0/8 VirtualAppliance 10.0.9.4 #wide",
      "Default 10.1.0.0/16 VNetPeering",
      "Default! 10.1.0.4/32 InterfaceEndpoint",
    ],
    of: "10.1.0.4/32 InterfaceEndpoint",
    says: /policies on and a user route is/,
  },
  {
    name: "an override that is shorter than the winning one lost to it, not to the BGP route",
    to: "10.8.1.1",
    rows: [BGP, "User+ 10.8.0.0/16 VirtualAppliance 10.0.9.4", "User+ 10.0.0.0/8 VirtualAppliance 10.0.9.5"],
    of: "10.0.0.0/8 VirtualAppliance",
    says: /^Its \/8 is shorter than the winner's \/16\.$/,
  },
  {
    name: "an inactive row without a cause only has its state",
    to: "10.0.0.4",
    rows: [NVA, "Default!Pending 10.0.0.0/16 VnetLocal"],
    of: "10.0.0.0/16 VnetLocal",
    says: /lists it as Pending: it takes no part/,
  },
  {
    name: "the rule names the runner-up",
    to: "20.0.0.1",
    rows: [END, NVA],
    of: null,
    says: /20\.0\.0\.0\/24 is the longest active prefix; the next is 0\.0\.0\.0\/0/,
  },
  {
    name: "the rule says when nothing else covers",
    to: "20.0.0.1",
    rows: [END],
    of: null,
    says: /the only prefix that covers/,
  },
  {
    name: "no route because only inactive rows cover",
    to: "8.8.8.8",
    rows: ["Default! 0.0.0.0/0 Internet"],
    of: null,
    says: /Only inactive rows/,
  },
];

describe("sentences", () => {
  it.each(SENTENCES)("$name", ({ to, rows, of, says }) => {
    const answer = explain(annotatedTable(...rows), parseAddress(to), null);
    const candidate = answer.candidates.find((each) => `${each.addressPrefix} ${each.nextHopType}` === of);
    expect(of === null ? answer.rule.text : candidate?.text).toMatch(says);
  });

  it("of every rule and every loser, in a table of their own", () => {
    const told = RULE_CASES.map(({ rule, name, rows, to }) => {
      const { rule: applied, candidates } = explain(annotatedTable(...rows), parseAddress(to), null);
      const losers = candidates.filter(({ outcome }) => outcome !== "won");
      return [`${rule}: ${name}`, applied.text, ...losers.map(({ text }) => `  ${text}`)].join("\n");
    });
    expect(told.join("\n\n")).toMatchSnapshot();
  });

  it.each(RULE_CASES)("$rule, $name: every row and the rule have one sentence", ({ rows, to }) => {
    const answer = explain(annotatedTable(...rows), parseAddress(to), null);
    for (const { text } of [answer.rule, ...answer.candidates, ...answer.notes]) {
      expect(text).toMatch(/^\S.*\.$/);
      expect(text).not.toMatch(/undefined|null|\?/);
    }
  });
});

interface NoteCase {
  readonly name: string;
  readonly to: string;
  readonly rows: readonly string[];
  readonly notes: readonly NoteId[];
}

const NOTES: readonly NoteCase[] = [
  {
    name: "a system None row drops on purpose",
    to: "10.0.0.1",
    rows: ["Default 10.0.0.0/8 None"],
    notes: ["drop-none"],
  },
  { name: "a user None row drops on purpose", to: "10.0.0.1", rows: ["User 10.0.0.0/8 None"], notes: ["drop-none"] },
  {
    name: "a user None row with an address is an unreachable appliance",
    to: "1.1.1.1",
    rows: ["User 0.0.0.0/0 None 10.10.10.10"],
    notes: ["appliance-unreachable"],
  },
  {
    name: "an endpoint before an unreachable appliance tells both",
    to: "20.0.0.1",
    rows: [END, "User 0.0.0.0/0 None 10.10.10.10"],
    notes: ["bypasses-appliance", "appliance-unreachable"],
  },
  {
    name: "an endpoint before a reachable appliance bypasses it",
    to: "20.0.0.1",
    rows: [END, NVA],
    notes: ["bypasses-appliance"],
  },
  {
    name: "traffic inside the network bypasses nothing",
    to: "10.0.0.4",
    rows: ["Default 10.0.0.0/16 VnetLocal", NVA],
    notes: [],
  },
  {
    name: "what is dropped bypasses nothing",
    to: "10.200.0.1",
    rows: ["Default 10.0.0.0/8 None", NVA],
    notes: ["drop-none"],
  },
  { name: "an appliance is not looked up again", to: "8.8.8.8", rows: [NVA], notes: ["no-recursion"] },
  { name: "Internet without tags says nothing", to: "8.8.8.8", rows: ["Default 0.0.0.0/0 Internet"], notes: [] },
  {
    name: "a private endpoint says what can take its place",
    to: "10.1.0.4",
    rows: ["Default 10.1.0.4/32 InterfaceEndpoint"],
    notes: ["private-endpoint"],
  },
  {
    name: "two next hops of one row share",
    to: "10.8.0.1",
    rows: ["VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5"],
    notes: ["equal-cost", "no-recursion"],
  },
  {
    name: "a contested rule prints both sides",
    to: "10.8.1.1",
    rows: [BGP, "Default 10.8.0.0/16 VNetPeering"],
    notes: ["contested"],
  },
  {
    name: "a user route between the two is told as open",
    to: "10.8.1.1",
    rows: [BGP, "Default 10.8.0.0/16 VNetPeering", "User 10.8.0.0/20 VirtualAppliance 10.0.9.4"],
    notes: ["contested", "contested", "bypasses-appliance"],
  },
  {
    name: "so is one that is as long as the system route",
    to: "10.8.1.1",
    rows: [BGP, "Default 10.8.0.0/16 VNetPeering", "User 10.8.0.0/16 Internet"],
    notes: ["contested", "contested"],
  },
  {
    name: "but not one that is shorter",
    to: "10.8.1.1",
    rows: [BGP, "Default 10.8.0.0/16 VNetPeering", "User 10.0.0.0/8 Internet"],
    notes: ["contested"],
  },
];

it("losers stand in the order in which they lost: by rule, the longest first, and as in the table where they are equal", () => {
  const answer = explain(
    annotatedTable(
      "Default 10.0.0.0/8 None",
      "Default 0.0.0.0/0 Internet",
      "User 10.8.0.0/16 VirtualAppliance 10.0.9.4",
      "Default 10.8.1.0/24 VnetLocal",
      "User 10.8.1.0/24 Internet",
      "Default 10.0.0.0/8 VNetPeering",
    ),
    parseAddress("10.8.1.1"),
    null,
  );
  expect(answer.candidates.map(({ addressPrefix, nextHopType }) => `${addressPrefix} ${nextHopType}`)).toEqual([
    "10.8.1.0/24 Internet",
    "10.8.1.0/24 VnetLocal",
    "10.8.0.0/16 VirtualAppliance",
    "10.0.0.0/8 None",
    "10.0.0.0/8 VNetPeering",
    "0.0.0.0/0 Internet",
  ]);
});

describe("notes name every next hop, each once", () => {
  const shared = "VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway";
  it.each([
    {
      name: "of one row",
      rows: [`${shared} 10.0.0.4 10.0.0.5`],
      id: "equal-cost",
      text: "The traffic is shared among several next hops (ECMP): VirtualNetworkGateway 10.0.0.4, 10.0.0.5.",
    },
    {
      name: "of several rows",
      rows: [`${shared} 10.0.0.4`, `${shared} 10.0.0.5`, `${shared} 10.0.0.5`],
      id: "equal-cost",
      text: "The traffic is shared among several next hops (ECMP): VirtualNetworkGateway 10.0.0.4; VirtualNetworkGateway 10.0.0.5.",
    },
    {
      name: "that is not looked up again",
      rows: [`${shared} 10.0.0.4`, `${shared} 10.0.0.5`],
      id: "no-recursion",
      text: "Azure hands the packet to 10.0.0.4, 10.0.0.5 as it is; these addresses are not looked up in this table again.",
    },
    {
      name: "but for one that only drops",
      rows: ["User 10.8.0.0/16 None 10.0.0.4", "User 10.8.0.0/16 VirtualAppliance 10.0.0.5"],
      id: "no-recursion",
      text: "Azure hands the packet to 10.0.0.5 as it is; that address is not looked up in this table again.",
    },
    {
      name: "of a private endpoint that is Invalid, where nothing else covers it",
      rows: ["Default! 10.8.0.1/32 InterfaceEndpoint"],
      id: "private-endpoint",
      text: "10.8.0.1/32 is a private endpoint whose route is Invalid: nothing takes its place.",
    },
  ])("$name", ({ rows, id, text }) => {
    const answer = explain(annotatedTable(...rows), parseAddress("10.8.0.1"), null);
    expect(answer.notes.find((note) => note.id === id)?.text).toBe(text);
  });
});

describe("notes", () => {
  it.each(NOTES)("$name", ({ to, rows, notes }) => {
    const answer = explain(annotatedTable(...rows), parseAddress(to), null);
    expect(answer.notes.map((note) => note.id)).toEqual(notes);
  });

  it("Internet for an Azure address stays on the backbone", () => {
    const tag = { name: "Storage", addressPrefix: "20.0.0.0/16", region: null, systemService: "AzureStorage" };
    const tags = {
      file: { cloud: "Public", changeNumber: "1", file: "tags.json", date: null, note: null },
      lookup: () => [tag],
      mostSpecific: () => tag.name,
      annotate: () => ({ serviceTag: null, serviceEndpoint: null, prefixes: [] }),
    };
    const answer = explain(annotatedTable("Default 0.0.0.0/0 Internet"), parseAddress("20.0.0.1"), tags);
    expect(answer.notes.map((note) => note.id)).toEqual(["internet-to-azure"]);
    expect(answer.serviceTags).toEqual([tag]);
  });
});

describe("the rule catalogue", () => {
  it.each(RULES)("$id has a source, and both sides where it is contested", (rule) => {
    expect(rule.source).toMatch(/^https:\/\//);
    expect(rule.dispute === null).toBe(rule.status !== "contested");
  });
});
