import type { Result } from "./result.ts";

/** What a result is a list of: ndjson prints an element a line. A result that is no list is its own one element. */
export function elementsOf(result: Result): readonly object[] {
  switch (result.kind) {
    case "routes":
      return result.report.routes;
    case "explanations":
      return result.report.explanations;
    case "diff":
    case "whatif":
      return result.report.moves;
    case "tag-diff":
      return result.report.tags;
    case "check":
      return result.report.results;
    case "tag-lookups":
      return result.report.lookups;
    case "tag-list":
      return result.report.tags;
    case "tag":
      return [result.report.tag];
    case "tag-update":
      return [result.report.update];
    case "tag-status":
      return [result.report.status];
    default:
      return result satisfies never;
  }
}
