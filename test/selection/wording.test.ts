import { describe, expect, it } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { explain } from "../../src/selection/explain.ts";
import { NOTE_IDS, NOTE_LABELS } from "../../src/selection/notes/notes.ts";
import { RULES } from "../../src/selection/rules.ts";
import { NOTE_CASES, type NoteCase } from "./notes-cases.ts";
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
  readonly says: string;
}

const SENTENCES: readonly SentenceCase[] = [
  {
    name: "a winner says where it leads",
    to: "8.8.8.8",
    rows: [NVA],
    of: "0.0.0.0/0 VirtualAppliance",
    says: "Wins: next hop VirtualAppliance 10.0.9.4.",
  },
  {
    name: "a shorter prefix names both lengths",
    to: "20.0.0.1",
    rows: [END, NVA],
    of: "0.0.0.0/0 VirtualAppliance",
    says: "Its /0 is shorter than the winner's /24.",
  },
  {
    name: "a row shorter than the winner says so, also where a longer BGP route left the contest",
    to: "10.8.1.1",
    rows: [BGP, "Default 10.8.0.0/16 VNetPeering", "Default 10.0.0.0/8 None"],
    of: "10.0.0.0/8 None",
    says: "Its /8 is shorter than the winner's /16.",
  },
  {
    name: "a BGP route that leaves the contest names the system route and the winner",
    to: "10.8.1.1",
    rows: [BGP, "Default 10.8.0.0/16 VNetPeering", "User 10.8.0.0/20 VirtualAppliance 10.0.9.4 #fw"],
    of: "10.8.1.0/24 VirtualNetworkGateway",
    says: "The system route 10.8.0.0/16 takes BGP routes out of the contest; the user route fw 10.8.0.0/20 wins.",
  },
  {
    name: "so does the rule",
    to: "10.8.1.1",
    rows: [BGP, "Default 10.8.0.0/16 VNetPeering", "User 10.8.0.0/20 VirtualAppliance 10.0.9.4 #fw"],
    of: null,
    says: "The user route fw 10.8.0.0/20 wins: the system route 10.8.0.0/16 takes BGP routes such as the BGP route 10.8.1.0/24 out of the contest.",
  },
  {
    name: "two rows to one next hop are two paths to it",
    to: "10.8.1.1",
    rows: [BGP, BGP],
    of: "10.8.1.0/24 VirtualNetworkGateway",
    says: "One of 2 paths to VirtualNetworkGateway 10.0.0.254.",
  },
  {
    name: "a connected group names the peering that came before it",
    to: "10.8.0.1",
    rows: ["Default 10.8.0.0/16 ConnectedGroup", "Default 10.8.0.0/16 VNetPeering"],
    of: "10.8.0.0/16 ConnectedGroup",
    says: "Equal prefix: a peering comes before a connected group, so the system route 10.8.0.0/16 wins.",
  },
  {
    name: "a None route names that anything comes before it",
    to: "10.8.0.1",
    rows: ["Default 10.8.0.0/16 None", "Default 10.8.0.0/16 VNetPeering"],
    of: "10.8.0.0/16 None",
    says: "Equal prefix: any other system route comes before None, so the system route 10.8.0.0/16 wins.",
  },
  {
    name: "an equal prefix names both sources",
    to: "8.8.8.8",
    rows: [NVA, "Default 0.0.0.0/0 Internet"],
    of: "0.0.0.0/0 Internet",
    says: "Equal prefix: source User comes before Default, so the user route to-nva 0.0.0.0/0 wins.",
  },
  {
    name: "a peering before BGP is not the usual order",
    to: "10.8.0.1",
    rows: ["VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.254", "Default 10.8.0.0/16 VNetPeering"],
    of: "10.8.0.0/16 VirtualNetworkGateway",
    says: "Equal prefix: a virtual network or peering route comes before BGP, so the system route 10.8.0.0/16 wins.",
  },
  {
    name: "an inactive row names its twin as the cause",
    to: "8.8.8.8",
    rows: [NVA, "Default! 0.0.0.0/0 Internet"],
    of: "0.0.0.0/0 Internet",
    says: "Invalid: overridden by the user route to-nva 0.0.0.0/0 (same prefix).",
  },
  {
    name: "but not a twin of its own source",
    to: "8.8.8.8",
    rows: ["Default 0.0.0.0/0 Internet", "Default! 0.0.0.0/0 None"],
    of: "0.0.0.0/0 None",
    says: "Invalid: Azure does not use it.",
  },
  {
    name: "the first twin of another source, though one of its own comes first",
    to: "8.8.8.8",
    rows: ["Default 0.0.0.0/0 Internet", NVA, "Default! 0.0.0.0/0 None"],
    of: "0.0.0.0/0 None",
    says: "Invalid: overridden by the user route to-nva 0.0.0.0/0 (same prefix).",
  },
  {
    name: "the first twin of another source, though two of its own come first",
    to: "8.8.8.8",
    rows: [
      "User 0.0.0.0/0 Internet #a",
      "User 0.0.0.0/0 VnetLocal #b",
      "Default 0.0.0.0/0 Internet",
      "User! 0.0.0.0/0 None #c",
    ],
    of: "0.0.0.0/0 None",
    says: "Invalid: overridden by the system route 0.0.0.0/0 (same prefix).",
  },
  {
    name: "a user route exactly as long as its network's prefix is the cause of an inactive private endpoint",
    to: "10.1.0.4",
    rows: [
      "User 10.1.0.0/16 VirtualAppliance 10.0.9.4 #exact",
      "Default! 10.1.0.0/16 VnetLocal",
      "Default! 10.1.0.4/32 InterfaceEndpoint",
    ],
    of: "10.1.0.4/32 InterfaceEndpoint",
    says: "Invalid: likely the endpoint's subnet has network policies on and the user route exact 10.1.0.0/16 is at least as long as its network's prefix.",
  },
  {
    name: "an inactive private endpoint names policies and the user route",
    to: "10.1.0.4",
    rows: ["User 10.1.0.0/16 VirtualAppliance 10.0.9.4 #pe", "Default! 10.1.0.4/32 InterfaceEndpoint"],
    of: "10.1.0.4/32 InterfaceEndpoint",
    says: "Invalid: likely the endpoint's subnet has network policies on and the user route pe 10.1.0.0/16 is at least as long as its network's prefix.",
  },
  {
    name: "a default route is never the cause of an inactive private endpoint",
    to: "10.1.0.4",
    rows: [NVA, "Default! 10.1.0.4/32 InterfaceEndpoint"],
    of: "10.1.0.4/32 InterfaceEndpoint",
    says: "Invalid: likely the endpoint's subnet has network policies on and a user route is at least as long as its network's prefix.",
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
    says: "Invalid: likely the endpoint's subnet has network policies on and a user route is at least as long as its network's prefix.",
  },
  {
    name: "also where the network's own row is not active",
    to: "10.1.0.4",
    rows: [
      "User 10.0.0.0/8 VirtualAppliance 10.0.9.4 #wide",
      "Default! 10.1.0.0/16 VNetPeering",
      "Default! 10.1.0.4/32 InterfaceEndpoint",
    ],
    of: "10.1.0.4/32 InterfaceEndpoint",
    says: "Invalid: likely the endpoint's subnet has network policies on and a user route is at least as long as its network's prefix.",
  },
  {
    name: "nor is one that is shorter than the longest of several networks",
    to: "10.1.0.4",
    rows: [
      "User 10.1.0.0/20 VirtualAppliance 10.0.9.4 #wide",
      "Default 10.1.0.0/24 VNetPeering",
      "Default 10.1.0.0/16 VnetLocal",
      "Default! 10.1.0.4/32 InterfaceEndpoint",
    ],
    of: "10.1.0.4/32 InterfaceEndpoint",
    says: "Invalid: likely the endpoint's subnet has network policies on and a user route is at least as long as its network's prefix.",
  },
  {
    name: "an override that is shorter than the winning one lost to it, not to the BGP route",
    to: "10.8.1.1",
    rows: [BGP, "User+ 10.8.0.0/16 VirtualAppliance 10.0.9.4", "User+ 10.0.0.0/8 VirtualAppliance 10.0.9.5"],
    of: "10.0.0.0/8 VirtualAppliance",
    says: "Its /8 is shorter than the winner's /16.",
  },
  {
    name: "an inactive row without a cause only has its state",
    to: "10.0.0.4",
    rows: [NVA, "Default!Pending 10.0.0.0/16 VnetLocal"],
    of: "10.0.0.0/16 VnetLocal",
    says: "Pending: Azure does not use it.",
  },
  {
    name: "the rule names the runner-up",
    to: "20.0.0.1",
    rows: [END, NVA],
    of: null,
    says: "20.0.0.0/24 is the longest active prefix; the next is 0.0.0.0/0.",
  },
  {
    name: "the rule says when nothing else covers",
    to: "20.0.0.1",
    rows: [END],
    of: null,
    says: "20.0.0.0/24 is the only prefix that covers the address.",
  },
  {
    name: "no route because only inactive rows cover",
    to: "8.8.8.8",
    rows: ["Default! 0.0.0.0/0 Internet"],
    of: null,
    says: "Only inactive rows cover the address, so it has no route and is dropped.",
  },
];

describe("sentences", () => {
  it.each(SENTENCES)("$name", ({ to, rows, of, says }) => {
    const answer = explain(annotatedTable(...rows), parseAddress(to), null);
    const candidate = answer.candidates.find((each) => `${each.addressPrefix} ${each.nextHopType}` === of);
    expect(of === null ? answer.rule.text : candidate?.text).toBe(says);
  });

  it("of every rule and every row, with the few words for it", () => {
    const told = RULE_CASES.map(({ rule, name, rows, to }) => {
      const { rule: applied, candidates } = explain(annotatedTable(...rows), parseAddress(to), null);
      const lines = candidates.map(({ label, text }) => `  ${text} (${label})`);
      return [`${rule}: ${name}`, `${applied.text} (${applied.status})`, ...lines].join("\n");
    });
    expect(told.join("\n\n")).toMatchSnapshot();
  });

  it.each(RULE_CASES)("$rule, $name: every row and the rule have one sentence", ({ rows, to }) => {
    const answer = explain(annotatedTable(...rows), parseAddress(to), null);
    for (const { text } of [answer.rule, ...answer.candidates, ...answer.notes]) {
      expect(text).toMatch(/^\S.*\.$/);
      expect(text).not.toMatch(/undefined|null|\?/);
    }
    for (const { label } of answer.candidates) expect(label).toMatch(/^\S(?!.*(undefined|null|\.$)).{0,70}$/);
  });
});

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
      text: "Several next hops share the traffic (ECMP): VirtualNetworkGateway 10.0.0.4, 10.0.0.5.",
    },
    {
      name: "of several rows",
      rows: [`${shared} 10.0.0.4`, `${shared} 10.0.0.5`, `${shared} 10.0.0.5`],
      id: "equal-cost",
      text: "Several next hops share the traffic (ECMP): VirtualNetworkGateway 10.0.0.4; VirtualNetworkGateway 10.0.0.5.",
    },
    {
      name: "that is not looked up again",
      rows: [`${shared} 10.0.0.4`, `${shared} 10.0.0.5`],
      id: "no-recursion",
      text: "Azure hands the packet to 10.0.0.4, 10.0.0.5 and does not look these addresses up again.",
    },
    {
      name: "but for one that only drops",
      rows: ["User 10.8.0.0/16 None 10.0.0.4", "User 10.8.0.0/16 VirtualAppliance 10.0.0.5"],
      id: "no-recursion",
      text: "Azure hands the packet to 10.0.0.5 and does not look that address up again.",
    },
    {
      name: "of a private endpoint that is Invalid, where nothing else covers it",
      rows: ["Default! 10.8.0.1/32 InterfaceEndpoint"],
      id: "private-endpoint",
      text: "10.8.0.1/32 is a private endpoint whose route is Invalid: nothing replaces it.",
    },
  ])("$name", ({ rows, id, text }) => {
    const answer = explain(annotatedTable(...rows), parseAddress("10.8.0.1"), null);
    expect(answer.notes.find((note) => note.id === id)?.text).toBe(text);
  });
});

/** Tags that hold every address. */
const STORAGE = { name: "Storage", addressPrefix: "20.0.0.0/16", region: null, systemService: "AzureStorage" };
const TAGS = {
  file: {
    cloud: "Public",
    changeNumber: "1",
    numbering: "weekly-file" as const,
    file: "tags.json",
    date: null,
    note: null,
  },
  lookup: () => [STORAGE],
  mostSpecific: () => STORAGE.name,
  annotate: () => ({ serviceTag: null, serviceEndpoint: null, prefixes: [] }),
};

function notesOf({ to, rows, subnet, nic }: Pick<NoteCase, "to" | "rows" | "subnet" | "nic">, tags = false) {
  const annotated = annotatedTable(...rows);
  const none = { id: "subnet", region: null, serviceEndpoints: [], routeTableId: null };
  const facts = {
    ...(subnet === undefined ? {} : { subnet: { ...none, privateEndpointNetworkPolicies: null, ...subnet } }),
    ...(nic === undefined ? {} : { nic }),
  };
  const table = { ...annotated, table: { ...annotated.table, ...facts } };
  return explain(table, parseAddress(to), tags ? TAGS : null).notes;
}

describe("notes", () => {
  it.each(NOTE_CASES)("$id: $name", (each) => {
    const texts = notesOf(each).flatMap(({ id, text }) => (id === each.id ? [text] : []));
    expect(texts).toEqual(each.says === null ? [] : [each.says]);
  });

  it.each([
    {
      name: "to an Azure address by Internet",
      to: "20.0.0.1",
      rows: ["Default 0.0.0.0/0 Internet"],
      tags: true,
      is: true,
    },
    { name: "without tags", to: "20.0.0.1", rows: ["Default 0.0.0.0/0 Internet"], tags: false, is: false },
    { name: "by an appliance", to: "20.0.0.1", rows: [NVA], tags: true, is: false },
  ])("internet-to-azure: $name", ({ to, rows, tags, is }) => {
    expect(notesOf({ to, rows }, tags).some(({ id }) => id === "internet-to-azure")).toBe(is);
  });

  it.each(NOTE_IDS.filter((id) => id !== "internet-to-azure"))("%s has a case on both sides", (id) => {
    const own = NOTE_CASES.filter((each) => each.id === id);
    expect(new Set(own.map(({ says }) => says === null))).toEqual(new Set([true, false]));
  });

  it("come in the order: what breaks, what bypasses, what is unsure, the rest", () => {
    const rows = [
      END,
      "User 0.0.0.0/0 None 10.10.10.10",
      "VirtualNetworkGateway 20.0.0.0/28 VirtualNetworkGateway 10.0.0.254",
    ];
    expect(notesOf({ to: "20.0.0.1", rows }).map(({ id }) => id)).toEqual([
      "bypasses-appliance",
      "appliance-unreachable",
      "contested",
      "endpoint-effects",
    ]);
  });

  it("a platform address has none", () => {
    expect(notesOf({ to: "168.63.129.16", rows: ["User 0.0.0.0/0 None 10.10.10.10"] }, true)).toEqual([]);
  });
});

describe("the rule catalogue", () => {
  it("every note has a label of its own, in a few words", () => {
    const labels = Object.values(NOTE_LABELS);
    for (const label of labels) expect(label).toMatch(/^[A-Za-z]\S*( \S+){0,5}$/);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it.each(RULES)("$id has a source, and both sides where it is contested", (rule) => {
    expect(rule.source).toMatch(/^https:\/\//);
    if (rule.status === "contested") expect(rule.dispute).not.toBeNull();
  });

  it.each(RULES.filter(({ id }) => id !== "inactive-route"))("$id decides a case", ({ id }) => {
    expect(RULE_CASES.map(({ rule }) => rule)).toContain(id);
  });

  it.each(RULES.filter(({ id }) => id !== "no-route" && id !== "equal-cost"))(
    "$id makes a row lose in a case",
    ({ id }) => {
      expect(RULE_CASES.flatMap(({ lost }) => Object.values(lost))).toContain(id);
    },
  );
});
