import { formatPrefix } from "../../net/prefix.ts";
import { contestedRules, hasContestedPrivateEndpoint } from "../certainty.ts";
import { describeRow } from "../describe-route.ts";
import { isPrivateEndpoint } from "../route-kinds.ts";
import { ruleOf } from "../rules.ts";
import type { NoteSubject } from "./note-subject.ts";

const SETTLE = "Settle it with Network Watcher's next hop for this address.";

/**
 * Both sides of every contested rule that separated the rows, and of a private endpoint under a user route to
 * VnetLocal.
 */
export function contested(subject: NoteSubject): readonly string[] {
  const rules = contestedRules(subject.decision).map((id) => `${id}: ${ruleOf(id).dispute} ${SETTLE}`);
  return [...rules, ...underLocalRoute(subject)];
}

/** https://github.com/MicrosoftDocs/azure-docs/pull/128666 https://github.com/MicrosoftDocs/azure-docs/issues/119645 */
function underLocalRoute({ decision }: NoteSubject): readonly string[] {
  const [winner] = decision.winners;
  const endpoint = decision.inactive.find(({ route }) => isPrivateEndpoint(route));
  if (winner === undefined || endpoint === undefined || !hasContestedPrivateEndpoint(decision)) return [];
  return [
    `private-endpoint: By the table the ${describeRow(winner)} to ${winner.route.nextHopType} replaces the ${endpoint.route.state} route of the private endpoint ${formatPrefix(endpoint.prefix)}; docs#128666 says that this user route does not become effective either, so connections to the endpoint fail, unless the network's privateEndpointVNetPolicies is Basic (docs#119645 reports it). Settle it with a connection test.`,
  ];
}
