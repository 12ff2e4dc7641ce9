import { START_FORMS } from "../../analysis/trace/start.ts";
import { MOST_BACKENDS } from "../../analysis/trace/steps/load-balancer.ts";
import { MOST_HOPS } from "../../analysis/trace/walk.ts";
import { ADDRESS_KINDS } from "../../topology/address-map.ts";
import { columns } from "./topic-columns.ts";

/** `help trace`; `rules` is the text of the catalogue. */
export const traceTopic = (width: number, rules: string) => `How trace finds the path of a packet.

  vnet-explain trace [DIR] --from START --to ADDRESS

DIR is a snapshot directory or a folder of exported route tables. Without it, trace reads from Azure: the networks
by Resource Graph, then only the tables of the hops. If Azure does not return a table, its branch is unknown. START is
${START_FORMS}. A bare name means a NIC or a VM.

What happens to the packet (disposition):

${columns(
  [
    ["delivered", "a resource in Azure has the address; without an inventory, a host is assumed in its network"],
    ["leaves-azure", "it leaves for the Internet, a site or a circuit, where a trace ends"],
    ["dropped", "a route, a peering or a NIC drops it"],
    ["no-route", "no row of a table covers the address"],
    ["loop", "it meets the same router again until its TTL is exceeded"],
    ["refused", "a load balancer has no rule or no backend for it"],
    ["unknown", "a table or a resource is missing; missing data is never taken for a drop"],
    ["depends", "branches end differently"],
  ],
  width,
)}

A trace branches over equal-cost next hops, the backends of a load balancer (the first ${MOST_BACKENDS}) and the NICs
of an appliance. It follows at most ${MOST_HOPS} hops and says so if it stops there. Its certainty is that of its least
certain step.

--return also traces the reply and compares the stateful hops: appliances, load balancers, firewalls. Equal-cost next
hops are asymmetric for part of the flows.

--verify, without DIR, also asks Network Watcher: for the next hop at each NIC, and with connection troubleshoot
whether packets arrive.
It creates no resources, but sends packets from the virtual machine, which needs Network Watcher's agent
extension. Azure bills these checks beyond a free quota. The answer says where the two differ.

--expect takes a disposition, via=ADDRESS or via=NAME (on every branch), and symmetric. The exit code is 3 if one does
not hold.

Lists of resources in a folder of exports are its inventory: what az network vnet list, nic list, lb
list, vnet-gateway list and others print, and az vm list. Without them, --addresses map.csv says which
resource has which address:

  address,name,kind,vm,ip-forwarding,backends
  10.1.0.4,web01
  10.0.1.4,nva-trust,nic,nva,true
  10.0.2.4,nva-untrust,nic,nva,true
  10.0.1.99,ilb,load-balancer,,,nva-trust

A NIC has the name of its table, a gateway that of its learned routes. Only address and name are required. Separate
several backends with spaces. The column network tells equal addresses of two virtual networks apart. kind is one of:
${ADDRESS_KINDS.join(", ")}.

The rules, in the order in which a packet meets them:

${rules}

documented, observed, contested, inferred: as in help rules. assumed: nothing in Azure's configuration
says so. unknown: what would say so is missing.
`;
