import type { Prefix } from "../../net/prefix.ts";
import { pairedRegion, regionName } from "../../service-tags/paired-regions.ts";
import { endpointOfTag, regionOfTag, serviceOfTag } from "../../service-tags/service-endpoints.ts";
import type { ServiceTag, TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import type { AddEndpoint, WhatIfErrorCode } from "./change.ts";
import type { Caution } from "./draft.ts";
import type { PredictionRuleId } from "./rules.ts";

/** The rows that a service endpoint adds, and the rule that predicts them. */
export interface EndpointRows {
  /** In the catalogue's spelling. */
  readonly endpoint: string;
  /** The regions that it covers; `*` for all. */
  readonly locations: readonly string[];
  readonly rows: readonly (readonly Prefix[])[];
  readonly rule: PredictionRuleId;
  readonly cautions: readonly Caution[];
}

/**
 * The endpoints that cover only the network's region, or that region and its pair. Storage: an article's effective
 * route table shows the pair. Sql: it "applies only to Azure service traffic within a virtual network's region".
 * According to the same page, all others cover every region.
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview#limitations
 */
const REGIONAL: ReadonlyMap<string, "region" | "pair"> = new Map([
  ["microsoft.storage", "pair"],
  ["microsoft.sql", "region"],
]);

/**
 * The table of 2021 is that of burningnode's "Azure Service Endpoint, Private Endpoint and Private Link" (2021-03-28).
 */
const IN_ONE_ROW: Caution = {
  id: "storage-in-one-row",
  text: "Microsoft.Storage has been observed with a row for each region of the pair (2023), and once with the global tag's prefixes in one row (2021). To predict one row, use Microsoft.Storage.Global.",
};

/** The only such endpoint with a row in a published table. */
const SEEN_WITH_GLOBAL_TAG = "microsoft.keyvault";

/** Returns the name without `.Global`: Microsoft.Storage.Global is Microsoft.Storage for every region. */
export function serviceEndpointBase(endpoint: string): string {
  return endpoint.toLowerCase().replace(/\.global$/, "");
}

/**
 * Returns the rows of an endpoint: the IPv4 prefixes of its service tags. A service without regional tags in this file
 * has one row for the global tag. Cost: a pass over the tags.
 * @throws UserError for an endpoint without a tag in the file, or a missing or unknown region.
 */
export function endpointRows({ endpoint, region }: AddEndpoint, tags: TagCatalogue): EndpointRows {
  const base = serviceEndpointBase(endpoint);
  const own = [...tags.tags()].filter(({ name }) => same(endpointOfTag(name) ?? "", base));
  const regional = own.filter(({ name }) => name.includes("."));
  const spelling = own[0] === undefined ? null : endpointOfTag(own[0].name);
  if (spelling === null) throw unknownEndpoint(endpoint, tags);
  const isGlobal = !same(base, endpoint);
  const reach = isGlobal || regional.length === 0 ? undefined : REGIONAL.get(base);
  if (reach === undefined) {
    const global = own.find(({ name }) => !name.includes("."));
    if (global === undefined) throw unknownEndpoint(endpoint, tags);
    return {
      endpoint: isGlobal ? `${spelling}.Global` : spelling,
      locations: ["*"],
      rows: [v4Prefixes(global)],
      rule: base === SEEN_WITH_GLOBAL_TAG ? "endpoint-of-global-tag" : "endpoint-of-any-region",
      cautions: [],
    };
  }
  if (region === null) {
    throw new UserError<WhatIfErrorCode>(
      "change-region",
      `missing region of the network for ${spelling}, a regional endpoint`,
      "add --region, e.g. --region westeurope; only a table fetched from Azure has the region",
    );
  }
  const home = tagOfRegion(regional, region);
  if (home === undefined) throw unknownRegion(region, regional);
  const rows = [home];
  const cautions: Caution[] = reach === "pair" ? [IN_ONE_ROW] : [];
  const pair = reach === "pair" ? pairedRegion(regionInName(home)) : null;
  if (pair !== null) {
    const paired = tagOfRegion(regional, pair);
    if (paired !== undefined) rows.push(paired);
    else {
      cautions.push({
        id: "pair-without-tag",
        text: `The tag file has no ${serviceOfTag(home.name)} tag for the paired region ${pair}, so the prediction lacks its row.`,
      });
    }
  }
  // Sorted by tag name, as in the only known table of this kind.
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    endpoint: spelling,
    locations: rows.map(regionInName),
    rows: rows.map(v4Prefixes),
    rule: reach === "pair" ? "endpoint-of-region-pair" : "endpoint-of-region",
    cautions,
  };
}

/** Azure puts only a tag's IPv4 prefixes into an endpoint's row. */
function v4Prefixes({ name, prefixes }: ServiceTag): readonly Prefix[] {
  const own = prefixes.filter(({ family }) => family === 4);
  if (own.length > 0) return own;
  throw new UserError<WhatIfErrorCode>(
    "change-tag",
    `the tag ${name} has no IPv4 prefix`,
    "give a newer tag file with --tags",
  );
}

const regionInName = ({ name }: ServiceTag) => regionName(regionOfTag(name));

function tagOfRegion(tags: readonly ServiceTag[], region: string): ServiceTag | undefined {
  const inName = tags.find((tag) => regionInName(tag) === region);
  return inName ?? tags.find((tag) => tag.region !== null && regionName(tag.region) === region);
}

function unknownRegion(region: string, tags: readonly ServiceTag[]): UserError<WhatIfErrorCode> {
  const known = tags.map(regionInName);
  const near = nearNames(region, known);
  const service = serviceOfTag(tags[0]?.name ?? "");
  return new UserError<WhatIfErrorCode>(
    "change-region",
    `the tag file has no ${service} tag for the region '${quotedText(region)}'`,
    near.length > 0
      ? `did you mean: ${near.join(", ")}`
      : `vnet-explain tags list --service ${service} shows its regions`,
  );
}

function unknownEndpoint(endpoint: string, tags: TagCatalogue): UserError<WhatIfErrorCode> {
  const known = new Set([...tags.tags()].map(({ name }) => endpointOfTag(name)).filter((name) => name !== null));
  const near = nearNames(endpoint, [...known]);
  const all = [...known].sort().join(", ");
  return new UserError<WhatIfErrorCode>(
    "change-endpoint",
    `the tag file has no service tag for '${quotedText(endpoint)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `the file has tags for: ${all === "" ? "none" : all}`,
  );
}
