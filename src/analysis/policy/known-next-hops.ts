import { quotedText } from "../../text/quoted-text.ts";
import { unknownNextHopHint } from "../expectation/unknown-next-hop.ts";
import { type Policy, type PolicyProblem, policyError } from "./policy.ts";

/**
 * Ensures that every next hop type that the policy expects is known or in a table. `types`: those of the tables.
 * @throws UserError `policy-invalid` with the lines of the others.
 */
export function requireKnownNextHops(policy: Policy, types: ReadonlySet<string>): void {
  const problems: PolicyProblem[] = [];
  for (const rule of policy.rules) {
    if (rule.kind !== "expect") continue;
    for (const { key, values } of rule.expect.flat()) {
      if (key !== "next-hop") continue;
      for (const value of values) {
        const hint = unknownNextHopHint(value, types);
        const message = `unknown next hop type '${quotedText(value)}'`;
        if (hint !== null) problems.push({ line: rule.expectLine, message, hint });
      }
    }
  }
  if (problems.length > 0) throw policyError(policy.file, problems);
}
