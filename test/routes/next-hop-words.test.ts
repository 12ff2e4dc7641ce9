import { expect, test } from "vitest";
import { NEXT_HOP_TYPES } from "../../src/routes/next-hop-types.ts";
import { hopWord, nextHopWords } from "../../src/routes/next-hop-words.ts";

const CASES: readonly [type: string, word: string, short: string | null, shortest: string | null][] = [
  ["VnetLocal", "this virtual network", null, null],
  ["VNetPeering", "VNet peering", null, "Peering"],
  ["VNetGlobalPeering", "global VNet peering", null, "GlobalPeering"],
  ["ConnectedGroup", "connected group", null, null],
  ["VirtualNetworkGateway", "gateway", "VNetGateway", "Gateway"],
  ["VirtualAppliance", "appliance", "Appliance", "Appliance"],
  ["VirtualApplianceEcmp", "appliance", "ApplianceEcmp", "Appliance"],
  ["InterfaceEndpoint", "private endpoint", null, null],
  ["VirtualNetworkServiceEndpoint", "service endpoint", "ServiceEndpoint", null],
  ["Internet", "Internet", null, null],
  ["HyperNetGateway", "HyperNetGateway", null, null],
  ["None", "None", null, null],
];

test.each(CASES)("the next hop type %s is called %s, in tables %s and %s", (type, word, short, shortest) => {
  expect(hopWord(type)).toBe(word);
  for (const words of [nextHopWords(type), nextHopWords(type.toUpperCase())]) {
    expect([words.word ?? type, words.short ?? null, words.shortest ?? null]).toEqual([word, short, shortest]);
  }
});

test("every next hop type has a case", () => {
  expect(CASES.map(([type]) => type).sort()).toEqual([...NEXT_HOP_TYPES].sort());
});

test("an unknown next hop type is called as Azure calls it", () => {
  expect(nextHopWords("Tunnel")).toEqual({});
  expect(hopWord("Tunnel")).toBe("Tunnel");
});
