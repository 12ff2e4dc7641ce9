import type { RoutesReport } from "../../routes/routes-report.ts";
import type { TagListReport, TagReport } from "../../service-tags/list-report.ts";
import type { LookupReport } from "../../service-tags/lookup-report.ts";
import type { Rows } from "./kinds.ts";
import type { TagStatusReport, TagUpdateReport } from "./result.ts";

/** A row for each prefix of each route. */
export function routeRows({ routes }: RoutesReport): Rows {
  return {
    columns: [
      "source",
      "state",
      "addressPrefix",
      "nextHopType",
      "nextHopIpAddress",
      "name",
      "serviceTag",
      "serviceEndpoint",
      "destinationServiceTags",
      "disableBgpRoutePropagation",
      "hasBgpOverride",
    ],
    rows: routes.flatMap((route) =>
      route.prefixes.map(({ addressPrefix, serviceTag }) => [
        route.source,
        route.state,
        addressPrefix,
        route.nextHopType,
        route.nextHopIpAddress,
        route.name,
        serviceTag,
        route.serviceEndpoint,
        route.destinationServiceTags,
        route.disableBgpRoutePropagation,
        route.hasBgpOverride,
      ]),
    ),
  };
}

/** A row for each tag that holds an address; an address that none holds keeps a row. */
export function lookupRows({ lookups }: LookupReport): Rows {
  return {
    columns: ["address", "serviceTag", "addressPrefix", "region", "systemService"],
    rows: lookups.flatMap(({ address, serviceTags }) =>
      serviceTags.length === 0
        ? [[address, null, null, null, null]]
        : serviceTags.map(({ name, addressPrefix, region, systemService }) => [
            address,
            name,
            addressPrefix,
            region,
            systemService,
          ]),
    ),
  };
}

/** One row: what the update brought. */
export function tagUpdateRows({ update }: TagUpdateReport): Rows {
  const { file, cloud, changeNumber, date, tags, prefixes, changed, previousChangeNumber } = update;
  return {
    columns: ["file", "cloud", "changeNumber", "date", "tags", "prefixes", "changed", "previousChangeNumber"],
    rows: [[file, cloud, changeNumber, date, tags, prefixes, changed, previousChangeNumber]],
  };
}

/** One row: the file in use. */
export function tagStatusRows({ status }: TagStatusReport): Rows {
  const { current, previous, ageDays, stale, path } = status;
  return {
    columns: [
      "file",
      "cloud",
      "changeNumber",
      "date",
      "tags",
      "prefixes",
      "ageDays",
      "stale",
      "storedAt",
      "previous",
      "path",
    ],
    rows: [
      [
        current?.file ?? null,
        current?.cloud ?? status.cloud,
        current?.changeNumber ?? null,
        current?.date ?? null,
        current?.tags ?? null,
        current?.prefixes ?? null,
        ageDays,
        stale,
        current?.storedAt ?? null,
        previous?.file ?? null,
        path,
      ],
    ],
  };
}

/** A row for each tag. */
export function tagListRows({ tags }: TagListReport): Rows {
  return {
    columns: ["serviceTag", "region", "systemService", "ipv4Prefixes", "ipv6Prefixes", "changeNumber"],
    rows: tags.map(({ name, region, systemService, prefixes, changeNumber }) => [
      name,
      region,
      systemService,
      prefixes.v4,
      prefixes.v6,
      changeNumber,
    ]),
  };
}

/** A row for each prefix of the tag. */
export function tagRows({ tag }: TagReport): Rows {
  return {
    columns: ["serviceTag", "addressPrefix", "region", "systemService"],
    rows: tag.addressPrefixes.map((prefix) => [tag.name, prefix, tag.region, tag.systemService]),
  };
}
