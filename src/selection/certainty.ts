import type { Certainty } from "./explanation.ts";

const SUREST_FIRST: readonly Certainty[] = ["documented", "observed", "inferred", "contested"];

/** What several things are sure of together: the least sure of them; documented where there are none. */
export function leastSure(certainties: Iterable<Certainty>): Certainty {
  let worst: Certainty = "documented";
  for (const each of certainties) if (SUREST_FIRST.indexOf(each) > SUREST_FIRST.indexOf(worst)) worst = each;
  return worst;
}
