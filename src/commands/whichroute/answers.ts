import type { DestinationSplit } from "../../analysis/destinations/split.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import { explain } from "../../selection/explain.ts";
import type { Explanation } from "../../selection/explanation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { AddressDestination, TypedDestination } from "./destinations.ts";

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
  let split: Splitter | null = null;
  for (const each of destinations) {
    if (each.kind === "address") {
      answers.push({ ...explain(annotated, each.address, tags), hostName: each.hostName });
    } else {
      split ??= await destinationSplitter(annotated, tags);
      answers.push(split(each));
    }
  }
  return answers;
}

type Splitter = (destination: Exclude<TypedDestination, AddressDestination>) => DestinationSplit;

/**
 * Returns a function that splits a prefix, a tag, a keyword or a file by where the table sends the addresses. What it
 * needs is loaded only then, because most runs ask only for addresses. The function throws UserError.
 */
async function destinationSplitter(annotated: AnnotatedRouteTable, tags: TagCatalogue | null): Promise<Splitter> {
  const [{ ForwardingTable }, { destinationSet }, { splitByDecision, splitSize }] = await Promise.all([
    import("../../analysis/bulk/forwarding-table.ts"),
    import("../../analysis/destinations/destination-set.ts"),
    import("../../analysis/destinations/split.ts"),
  ]);
  const forwarding = new ForwardingTable(annotated.table.routes);
  const size = splitSize();
  return (each) => {
    const set = each.kind === "set" ? destinationSet(each.destination, tags) : each.lines.set(each.name, tags);
    return splitByDecision(set, annotated, forwarding, size);
  };
}
