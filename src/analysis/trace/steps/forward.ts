import { formatAddress } from "../../../net/address.ts";
import type { Explanation, Winner } from "../../../selection/explanation.ts";
import { same } from "../../../text/same.ts";
import type { HostPlace, Place } from "../places.ts";
import { applied, assume, type Branch, endsWith, goesTo } from "./branch.ts";
import { ambiguous, destination, hostPlace, mapAssumption, noSuchHost, towards } from "./next-hop.ts";
import { find, type Router } from "./router.ts";
import { gatewayBranches } from "./to-gateway.ts";

/** Returns where a router sends a packet, as its table's explanation says: a branch for each next hop. */
export function forwardBranches(router: Router, explanation: Explanation): readonly Branch[] {
  const { verdict, winner, diagnosis } = explanation;
  const table = (text: string) => applied("hop-own-table", text, explanation.certainty);
  switch (verdict) {
    case "platform":
      return [goesTo([table(diagnosis.text)], [{ ...SERVICE, name: "the Azure host", found: diagnosis.text }])];
    case "drop":
      return [endsWith([table(diagnosis.text)], "dropped", diagnosis.text)];
    case "no-route":
      return [endsWith([table(diagnosis.text)], "no-route", diagnosis.text)];
    case "forward":
      return forwarded(router, explanation, winner);
    default:
      return verdict satisfies never;
  }
}

const SERVICE = { kind: "host", resourceId: null, network: null, powerState: null } as const;

function forwarded(router: Router, { diagnosis, certainty }: Explanation, winner: Winner): readonly Branch[] {
  const is = (type: string) => same(winner.nextHopType, type);
  const table = applied("hop-own-table", diagnosis.text, certainty);
  if (is("VnetLocal") || is("VNetPeering") || is("VNetGlobalPeering") || is("ConnectedGroup")) return [arrival(router)];
  if (is("InterfaceEndpoint")) return [privateEndpoint(router)];
  if (is("VirtualNetworkServiceEndpoint")) {
    return [goesTo([table], [{ ...SERVICE, name: diagnosis.brief, found: diagnosis.text }])];
  }
  if (is("Internet")) {
    if (diagnosis.id === "private-to-internet") return [endsWith([table], "dropped", diagnosis.text)];
    return [endsWith([applied("leaves-azure", "leaves for the Internet")], "leaves-azure", "leaves for the Internet")];
  }
  if (is("VirtualNetworkGateway")) return gatewayBranches(router, winner);
  if (is("VirtualAppliance") || is("VirtualApplianceEcmp")) {
    if (winner.nextHopIpAddress.length === 0) {
      return [endsWith([table], "unknown", `${winner.nextHopType} without an address`)];
    }
    return winner.nextHopIpAddress.flatMap((text) => towards(router, text, diagnosis.id === "unreachable-next-hop"));
  }
  const text = `next hop type ${winner.nextHopType} is not known`;
  return [endsWith([applied("no-table", text)], "unknown", text)];
}

/** The private endpoint that has the destination. */
function privateEndpoint(router: Router): Branch {
  const found = find(router, router.question.to);
  if (found.kind === "owner" && found.passage.blocked !== null) return found.passage.blocked;
  const place = found.kind === "owner" ? hostPlace(router.data, found.owner, found.network) : null;
  const rule = applied("vnet-host", "a private endpoint has the address: its route is active");
  return goesTo([rule], [place ?? { ...SERVICE, name: "a private endpoint", found: rule.text }]);
}

/** Delivers to the owner of the destination, in the router's network or a peered one. */
export function arrival(router: Router): Branch {
  const { question, data } = router;
  const to = formatAddress(question.to);
  const found = find(router, question.to);
  switch (found.kind) {
    case "self":
      return goesTo([applied("vnet-host", `${router.name} has ${to} itself`)], [ownPlace(router)]);
    case "owner": {
      if (found.passage.blocked !== null) return found.passage.blocked;
      const { owner, network } = found;
      const { rule, place } = destination(data, to, owner, network);
      const mapped = found.byMap && data.index.topology.networks.length > 0 ? [mapAssumption(to, owner)] : [];
      return goesTo([rule, ...found.passage.rules], [place], [...found.passage.assumptions, ...mapped]);
    }
    case "ambiguous":
      return ambiguous(to, found.names);
    case "nobody":
      return noSuchHost(found.network.name, to);
    case "unknown-network":
    case "no-network": {
      const blocked = found.kind === "unknown-network" ? found.passage.blocked : null;
      if (blocked !== null) return blocked;
      const name = found.kind === "unknown-network" ? found.name : null;
      const text = `${name ?? "the network"} is unknown, so a host with ${to} is assumed`;
      const place: Place = { kind: "host", resourceId: null, name: to, network: name, found: null, powerState: null };
      return goesTo(
        [applied("vnet-host", `the route leads to ${name ?? "the network"} of ${to}`)],
        [place],
        [assume("host-exists", text)],
      );
    }
    default:
      return found satisfies never;
  }
}

function ownPlace({ nic, name, network }: Router): HostPlace {
  return {
    kind: "host",
    resourceId: nic?.id ?? null,
    name,
    network: network?.name ?? null,
    found: "has the address",
    powerState: null,
  };
}
