import type { DestinationSplit } from "../../analysis/destinations/split.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import { explain } from "../../selection/explain.ts";
import type { Explanation } from "../../selection/explanation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { destinationSplitter } from "./destination-splitter.ts";
import type { TypedDestination } from "./destinations.ts";

/**
 * Explains each address and splits each set, in the order given.
 * @throws UserError for a tag without a tag file, and for sets that are too large.
 */
export async function answersTo(
  destinations: readonly TypedDestination[],
  annotated: AnnotatedRouteTable,
  tags: TagCatalogue | null,
): Promise<readonly (Explanation | DestinationSplit)[]> {
  const answers: (Explanation | DestinationSplit)[] = [];
  let split: ReturnType<typeof destinationSplitter> | null = null;
  for (const each of destinations) {
    if (each.kind === "address") {
      answers.push({ ...explain(annotated, each.address, tags), hostName: each.hostName });
    } else {
      split ??= (await import("./destination-splitter.ts")).destinationSplitter(annotated, tags);
      answers.push(split(each));
    }
  }
  return answers;
}
