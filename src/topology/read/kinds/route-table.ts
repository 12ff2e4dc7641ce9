import type { ConfiguredRoute } from "../../topology.ts";
import type { Fields } from "../fields.ts";
import type { ResourceKind } from "./kind.ts";

export const ROUTE_TABLE: ResourceKind = {
  types: ["microsoft.network/routetables"],
  read(base, fields, draft) {
    draft.add("routeTables", {
      ...base,
      disableBgpRoutePropagation: fields.flag("disableBgpRoutePropagation"),
      routes: fields.parts("routes").flatMap(route),
      subnetIds: fields.references("subnets"),
    });
  },
};

function route(fields: Fields): readonly ConfiguredRoute[] {
  const destination = fields.text("addressPrefix");
  const nextHopType = fields.text("nextHopType");
  if (destination === null || nextHopType === null) return [];
  // A service tag can take the place of the prefix. Only prefixes have slashes.
  const isPrefix = destination.includes("/");
  const [prefix = null] = isPrefix ? fields.prefixes("addressPrefix") : [];
  if (isPrefix && prefix === null) return [];
  return [
    {
      name: fields.text("name") ?? "",
      prefix,
      destination,
      nextHopType,
      nextHopAddress: fields.address("nextHopIpAddress"),
    },
  ];
}
