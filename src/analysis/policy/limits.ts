import { UserError } from "../../text/user-error.ts";
import { ResultSize } from "../destinations/result-size.ts";

/** The most results: rules times tables. Each takes about 500 bytes plus its counter-examples. */
const MOST_RESULTS = 50_000;

const ASK_LESS = "check fewer rules or fewer tables at once";

/** @throws UserError for more results than there is memory for. */
export function requireFewResults(results: readonly unknown[]): void {
  if (results.length <= MOST_RESULTS) return;
  const most = MOST_RESULTS.toLocaleString("en");
  throw new UserError("result-too-large", `the result has more than ${most} checks of a rule and a table`, ASK_LESS);
}

/** The limit of all counter-examples of a check. */
export const resultSize = () =>
  new ResultSize({ prefixes: 500_000, groups: 25_000, name: "counter-examples", hint: ASK_LESS });
