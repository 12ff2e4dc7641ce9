import { ForwardingTable } from "../../analysis/bulk/forwarding-table.ts";
import { destinationSet } from "../../analysis/destinations/destination-set.ts";
import { type DestinationSplit, splitByDecision, splitSize } from "../../analysis/destinations/split.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { AskedAddress, TypedDestination } from "./destinations.ts";

/**
 * What splits a prefix, a tag, a keyword or a file's lines by where the table sends their addresses. A file of its own: most runs ask for
 * addresses and load nothing of it.
 * @throws UserError when it is called
 */
export function destinationSplitter(
  annotated: AnnotatedRouteTable,
  tags: TagCatalogue | null,
): (destination: Exclude<TypedDestination, AskedAddress>) => DestinationSplit {
  const forwarding = new ForwardingTable(annotated.table.routes);
  const size = splitSize();
  return (each) => {
    const set = each.kind === "set" ? destinationSet(each.destination, tags) : each.lines.set(each.name, tags);
    return splitByDecision(set, annotated, forwarding, size);
  };
}
