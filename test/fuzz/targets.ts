import type { Target } from "./target.ts";
import { addressTarget } from "./targets/address.ts";
import { addressLinesTarget } from "./targets/address-lines.ts";
import { addressMapTarget } from "./targets/address-map.ts";
import { destinationTarget, expectationTarget, whatIfTarget } from "./targets/arguments.ts";
import { azureAnswerTarget } from "./targets/azure-answer.ts";
import { armEndpointTarget, nicTarget } from "./targets/azure-options.ts";
import { cacheTarget } from "./targets/cache.ts";
import { selectionTarget, tableDiffTarget, tagLookupTarget } from "./targets/differential.ts";
import { flowLogTarget } from "./targets/flow-log.ts";
import { gatewayTableTarget } from "./targets/gateway-table.ts";
import { policyTarget } from "./targets/policy.ts";
import { prefixTarget } from "./targets/prefix.ts";
import { builtProgramTarget, programTarget } from "./targets/program.ts";
import { queryTarget } from "./targets/query.ts";
import { armTarget, pasteTarget, portalTarget, powershellTarget } from "./targets/route-table.ts";
import { snapshotTarget } from "./targets/snapshot.ts";
import { largeTagFileTarget, tagFileTarget } from "./targets/tag-file.ts";
import { tagIndexTarget } from "./targets/tag-index.ts";

/** Every reader of text or bytes from outside, and all code that is compared with a slow, obvious reference. */
export const TARGETS: readonly Target[] = [
  addressTarget,
  prefixTarget,
  armTarget,
  powershellTarget,
  pasteTarget,
  gatewayTableTarget,
  portalTarget,
  tagFileTarget,
  largeTagFileTarget,
  tagIndexTarget,
  flowLogTarget,
  addressLinesTarget,
  destinationTarget,
  expectationTarget,
  whatIfTarget,
  policyTarget,
  addressMapTarget,
  queryTarget,
  nicTarget,
  armEndpointTarget,
  azureAnswerTarget,
  selectionTarget,
  tableDiffTarget,
  tagLookupTarget,
  programTarget,
  builtProgramTarget,
  cacheTarget,
  snapshotTarget,
];

/** @throws RangeError if there is no target with this name. */
export function targetNamed(name: string): Target {
  const target = TARGETS.find((each) => each.name === name);
  if (target === undefined) {
    throw new RangeError(`no target '${name}'; there are ${TARGETS.map((each) => each.name).join(", ")}`);
  }
  return target;
}
