import { formatPrefix } from "../../net/prefix.ts";
import { contestedRules, hasContestedPrivateEndpoint } from "../certainty.ts";
import { shortName } from "../describe-route.ts";
import { isPrivateEndpoint } from "../route-kinds.ts";
import { ruleOf } from "../rules.ts";
import type { NoteSubject } from "./note-subject.ts";

/**
 * Both sides of every contested rule that separated the rows, and of a private endpoint under a user route to
 * VnetLocal.
 */
export function contested(subject: NoteSubject): readonly string[] {
  const rules = contestedRules(subject.decision).map((id) => `${id}: ${ruleOf(id).dispute}`);
  return [...rules, ...underLocalRoute(subject)];
}

/** https://github.com/MicrosoftDocs/azure-docs/pull/128666 https://github.com/MicrosoftDocs/azure-docs/issues/119645 */
function underLocalRoute({ decision }: NoteSubject): readonly string[] {
  const [winner] = decision.winners;
  const endpoint = decision.inactive.find(({ route }) => isPrivateEndpoint(route));
  if (winner === undefined || endpoint === undefined || !hasContestedPrivateEndpoint(decision)) return [];
  return [
    `private-endpoint: By the table ${shortName(winner)} replaces the ${endpoint.route.state} route of the private endpoint ${formatPrefix(endpoint.prefix)}; by docs#128666 and docs#119645 it does not work either, unless privateEndpointVNetPolicies is Basic.`,
  ];
}
