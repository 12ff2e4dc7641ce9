import { START_FORMS } from "../../analysis/trace/start.ts";
import { MOST_BACKENDS } from "../../analysis/trace/steps/load-balancer.ts";
import { MOST_HOPS } from "../../analysis/trace/walk.ts";
import { ADDRESS_KINDS } from "../../topology/address-map.ts";
import { columns } from "./topic-columns.ts";

/** `help trace`; `rules` is the text of the catalogue. */
export const traceTopic = (width: number, rules: string) => `How trace finds the way of a packet.

  vnet-explain trace [DIR] --from START --to ADDRESS

DIR is a snapshot directory, or a folder of exported route tables; without it, Azure is asked: Resource Graph for the networks, then for
the tables of the hops alone. A table that Azure does not give makes its branch unknown. START is
${START_FORMS}. A bare name is that of a NIC or a VM.

What becomes of the packet (disposition):

${columns(
  [
    ["delivered", "something in Azure has the address; by no inventory, the network is reached and a host assumed"],
    ["leaves-azure", "it leaves for the Internet, a site or a circuit, where a trace ends"],
    ["dropped", "a route, a peering or a NIC drops it"],
    ["no-route", "a table covers it with nothing"],
    ["loop", "it meets the same router again until its TTL is exceeded"],
    ["refused", "a load balancer has no rule or no backend for it"],
    ["unknown", "a table or a resource is missing that would say more; never taken for a drop"],
    ["depends", "not the same on every branch"],
  ],
  width,
)}

A trace branches over equal-cost next hops, the backends of a load balancer (the first ${MOST_BACKENDS}) and the NICs of an appliance. It
follows at most ${MOST_HOPS} hops and says so where that is not enough. Its certainty is that of its least sure step.

--return traces the reply too and compares the stateful hops: appliances, load balancers, firewalls. Equal-cost next hops are
asymmetric for part of the flows.

--verify, without DIR, also asks Network Watcher: for the next hop at each NIC, and by connection troubleshoot whether packets arrive. It
creates nothing, but sends packets from the virtual machine, which needs Network Watcher's agent extension for that. Checks are
billed beyond a free number. Where the two differ, the answer says so.

--expect takes a disposition, via=ADDRESS or via=NAME (on every branch), and symmetric. Exit 3 where one does not hold.

Lists of resources in a folder of exports are its inventory: what az network vnet list, nic list, lb
list, vnet-gateway list and others print, and az vm list. Without them --addresses map.csv says who
has which address:

  address,name,kind,vm,ip-forwarding,backends
  10.1.0.4,web01
  10.0.1.4,nva-trust,nic,nva,true
  10.0.2.4,nva-untrust,nic,nva,true
  10.0.1.99,ilb,load-balancer,,,nva-trust

The name of a NIC is that of its table, that of a gateway the name of its learned routes. Only address and name are required. Several
backends have spaces between. kind is one of:
${ADDRESS_KINDS.join(", ")}.

The rules, in the order in which a packet meets them:

${rules}

documented, observed, contested, inferred: as in help rules. assumed: nothing in Azure's configuration says so. unknown: what would
say so is missing.
`;
