import type { ForwardingClass } from "../../analysis/fleet/class-details.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { GatewayPeersReport } from "./gateways/peers.ts";
import type { GatewayRoutesReport } from "./gateways/routes.ts";

/** The tables of a result, for a page that answers by itself. */
export interface PageSource {
  /** `label` tells a table from the others; "" for the only one. */
  readonly tables: readonly { readonly label: string; readonly annotated: AnnotatedRouteTable }[];
  /** The tags that the page carries; null for a page that names only the services in the tables' rows. */
  readonly carriedTags: TagCatalogue | null;
  /** The table of a hub, a gateway, a Route Server or a circuit, if the page is about one. */
  readonly gateway?: GatewayRoutesReport | GatewayPeersReport;
  /** For a page about a snapshot: its classes of equal forwarding. Computed only for a page. */
  readonly classes?: () => readonly ForwardingClass[];
}
