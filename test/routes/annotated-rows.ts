import type { AnnotatedRoute, RowAnnotation, ServiceTagSource } from "../../src/routes/annotation.ts";
import { effectiveRouteFromArm } from "../../src/routes/read/arm-row.ts";
import { armRow } from "./arm-json.ts";

/** A row for tests, every prefix annotated with `serviceTag`, the row by `rowTag`. */
export function annotated(
  fields: Readonly<Record<string, unknown>>,
  rowTag: string | null = null,
  serviceTag: string | null = rowTag,
): AnnotatedRoute {
  const route = effectiveRouteFromArm(armRow(fields), "row 1");
  const total = route.addressPrefix.length;
  return {
    route,
    serviceTag: rowTag === null ? null : { name: rowTag, matched: total, total },
    serviceEndpoint: null,
    prefixes: route.addressPrefix.map((prefix) => ({ prefix, serviceTag })),
  };
}

/** A tag source that knows one tag and says it of every row. */
export function oneTag(name: string): ServiceTagSource {
  return {
    file: { cloud: "Public", changeNumber: "1", numbering: "weekly-file", file: "tags.json", date: null, note: null },
    lookup: () => [],
    mostSpecific: () => null,
    annotate: (route): RowAnnotation => ({
      serviceTag: { name, matched: 1, total: route.addressPrefix.length },
      serviceEndpoint: "Microsoft.Test",
      prefixes: route.addressPrefix.map((prefix) => ({ prefix, serviceTag: name })),
    }),
  };
}
