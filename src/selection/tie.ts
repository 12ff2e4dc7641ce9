import { same } from "../text/same.ts";
import type { CoveringRow } from "./covering.ts";
import {
  isBgp,
  isConnectedGroup,
  isDefault,
  isNetworkOrPeering,
  isNone,
  isPeering,
  isServiceEndpoint,
  isUser,
} from "./route-kinds.ts";
import type { RuleId } from "./rules.ts";

/** A row that lost, and the rule by which it did. */
export interface Loser {
  readonly row: CoveringRow;
  readonly reason: RuleId;
}

/**
 * Rows of one prefix after precedence: the rows that stay, the rows that lost, and the last rule that separated them.
 */
export interface Settlement {
  readonly winners: readonly CoveringRow[];
  readonly losers: readonly Loser[];
  readonly rule: RuleId | null;
}

type Choice = (rows: readonly CoveringRow[]) => readonly CoveringRow[];

function preferring(rows: readonly CoveringRow[], test: (row: CoveringRow) => boolean): readonly CoveringRow[] {
  const preferred = rows.filter(test);
  return preferred.length > 0 ? preferred : rows;
}

/** `service-endpoint-tie`: an equal user route wins over the endpoint, except one to Internet, which loses to it. */
const betweenUserAndEndpoint: Choice = (rows) => {
  const isEndpointRow = (row: CoveringRow) => isServiceEndpoint(row.route);
  if (!rows.some(isEndpointRow) || !rows.some((row) => isUser(row.route))) return rows;
  const overriding = (row: CoveringRow) => isUser(row.route) && !same(row.route.nextHopType, "Internet");
  if (rows.some(overriding)) return rows.filter((row) => overriding(row) || !(isEndpointRow(row) || isUser(row.route)));
  return rows.filter((row) => !isUser(row.route));
};

/** `source-precedence`: User > BGP > Default > anything else, but virtual network and peering routes beat BGP. */
const bySource: Choice = (rows) => {
  if (rows.some((row) => isUser(row.route))) return rows.filter((row) => isUser(row.route));
  if (rows.some((row) => isBgp(row.route))) {
    const network = rows.filter((row) => isNetworkOrPeering(row.route));
    return network.length > 0 ? network : rows.filter((row) => isBgp(row.route));
  }
  return rows.some((row) => isDefault(row.route)) ? amongDefaults(rows.filter((row) => isDefault(row.route))) : rows;
};

/** Anything beats None, and a peering beats a connected group, whose mesh is the fallback for it. */
const amongDefaults: Choice = (rows) => {
  const leading = preferring(rows, (row) => !isNone(row.route));
  const hasPeering = leading.some((row) => isPeering(row.route));
  return hasPeering ? leading.filter((row) => !isConnectedGroup(row.route)) : leading;
};

/** 0 for an explicit prefix, then rising with the breadth of the service tag that the prefix came from. */
function tagBreadth(row: CoveringRow): number {
  const tags = row.route.destinationServiceTags;
  if (tags.length === 0) return 0;
  return tags.reduce((least, tag) => Math.min(least, breadthOfTag(tag.toLowerCase())), WIDEST);
}

/** The breadth of AzureCloud. */
const WIDEST = 4;

function breadthOfTag(name: string): number {
  if (name === "azurecloud") return WIDEST;
  if (name.startsWith("azurecloud.")) return 3;
  return name.includes(".") ? 1 : 2;
}

/**
 * `tag-specificity`: among user routes, explicit prefix > regional tag > top-level tag > AzureCloud.region >
 * AzureCloud.
 */
const byTagSpecificity: Choice = (rows) => {
  // `source-precedence` has left either user routes alone or none.
  if (!rows.some((row) => isUser(row.route))) return rows;
  const narrowest = rows.reduce((least, row) => Math.min(least, tagBreadth(row)), WIDEST);
  return rows.filter((row) => tagBreadth(row) === narrowest);
};

const STEPS: readonly (readonly [RuleId, Choice])[] = [
  ["service-endpoint-tie", betweenUserAndEndpoint],
  ["source-precedence", bySource],
  ["tag-specificity", byTagSpecificity],
];

/**
 * Applies precedence to active rows of one prefix. The rows that no rule separates stay together: equal cost.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
 */
export function settleTie(rows: readonly CoveringRow[]): Settlement {
  let winners = rows;
  let rule: RuleId | null = null;
  const losers: Loser[] = [];
  for (const [id, choose] of STEPS) {
    const kept = choose(winners);
    if (kept.length === winners.length) continue;
    const stays = new Set(kept);
    for (const row of winners) if (!stays.has(row)) losers.push({ row, reason: id });
    winners = kept;
    rule = id;
  }
  return { winners, losers, rule };
}
