import { ForwardingTable } from "../../analysis/bulk/forwarding-table.ts";
import { destinationSet } from "../../analysis/destinations/destination-set.ts";
import { type DestinationSplit, splitByDecision, splitSize } from "../../analysis/destinations/split.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { AddressDestination, TypedDestination } from "./destinations.ts";

/**
 * Returns a function that splits a prefix, a tag, a keyword or a file by where the table sends the addresses. In its
 * own file because most runs ask only for addresses and need not load it. The function throws UserError.
 */
export function destinationSplitter(
  annotated: AnnotatedRouteTable,
  tags: TagCatalogue | null,
): (destination: Exclude<TypedDestination, AddressDestination>) => DestinationSplit {
  const forwarding = new ForwardingTable(annotated.table.routes);
  const size = splitSize();
  return (each) => {
    const set = each.kind === "set" ? destinationSet(each.destination, tags) : each.lines.set(each.name, tags);
    return splitByDecision(set, annotated, forwarding, size);
  };
}
