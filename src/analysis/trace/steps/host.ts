import { formatAddress } from "../../../net/address.ts";
import { same } from "../../../text/same.ts";
import type { HostPlace } from "../places.ts";
import type { TraceQuestion } from "../question.ts";
import { applied, endsWith, noted, type Step, stepOf } from "./branch.ts";

/** The end of the way: what has the destination. */
export function hostStep({ resourceId, name, network, found, powerState }: HostPlace, { to }: TraceQuestion): Step {
  const stopped = powerState !== null && !same(powerState, "running");
  const notes = stopped ? [noted("not-running", "problem", `its virtual machine is ${powerState}`)] : [];
  const where = network === null ? "" : ` in ${network}`;
  const text = found === null ? `delivered to the network of ${name}` : `delivered to ${name}${where}`;
  const hop = {
    kind: "host",
    resourceId,
    name,
    address: formatAddress(to),
    network,
    explanation: null,
    winner: null,
    notes,
  } as const;
  return stepOf(
    hop,
    [],
    [endsWith([applied("vnet-host", text, found === null ? "assumed" : undefined)], "delivered", text)],
  );
}
