import type { Gateway, Network } from "../../../../topology/topology.ts";
import type { TraceData, TraceQuestion } from "../../question.ts";
import type { Router } from "../router.ts";

/** A gateway that a packet has come to. */
export interface Subject {
  readonly data: TraceData;
  readonly question: TraceQuestion;
  readonly gateway: Gateway;
  /** Null where it was not read. */
  readonly network: Network | null;
}

/** A gateway sends packets of its tunnels into peered networks by gateway transit, not as forwarded traffic. */
export const routerOf = ({ data, question, gateway, network }: Subject, routes: Router["routes"]): Router => ({
  data,
  question,
  name: gateway.name,
  network,
  routes,
  nic: null,
  addresses: gateway.addresses,
  source: question.from.address,
  forwarded: false,
});
