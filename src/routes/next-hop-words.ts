import type { NEXT_HOP_TYPES } from "./next-hop-types.ts";

/** What we call a next hop type where Azure's name does not serve. A missing word is Azure's name. */
interface NextHopWords {
  /** In a sentence. */
  readonly word?: string;
  /** In a table on a narrow terminal. */
  readonly short?: string;
  /** In a trace, where it shares a cell with the prefix and the name of the route. */
  readonly shortest?: string;
}

/** In a file of its own, because the page's script and every start need our words, but not Azure's names. */
const WORDS: Readonly<Record<(typeof NEXT_HOP_TYPES)[number], NextHopWords>> = {
  VnetLocal: { word: "this virtual network" },
  VNetPeering: { word: "VNet peering", shortest: "Peering" },
  VNetGlobalPeering: { word: "global VNet peering", shortest: "GlobalPeering" },
  VirtualNetworkGateway: { word: "gateway", short: "VNetGateway", shortest: "Gateway" },
  VirtualNetworkServiceEndpoint: { word: "service endpoint", short: "ServiceEndpoint" },
  InterfaceEndpoint: { word: "private endpoint" },
  VirtualAppliance: { word: "appliance", short: "Appliance", shortest: "Appliance" },
  VirtualApplianceEcmp: { word: "appliance", short: "ApplianceEcmp", shortest: "Appliance" },
  HyperNetGateway: {},
  ConnectedGroup: { word: "connected group" },
  Internet: {},
  None: {},
};

const BY_TYPE: ReadonlyMap<string, NextHopWords> = new Map(
  Object.entries(WORDS).map(([type, words]) => [type.toLowerCase(), words]),
);

const UNKNOWN: NextHopWords = {};

/** Returns our words for a next hop type in any case; none for a type that has not been seen. */
export const nextHopWords = (type: string): NextHopWords => BY_TYPE.get(type.toLowerCase()) ?? UNKNOWN;

/** Returns a next hop type as our sentences call it; an unknown type as Azure calls it. */
export const hopWord = (type: string): string => nextHopWords(type).word ?? type;
