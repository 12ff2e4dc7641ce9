import type { ReachRule } from "../../../../src/analysis/policy/policy.ts";

/** A reach rule to nothing, with other fields. */
export const reachRule = (more: Partial<ReachRule> = {}): ReachRule => ({
  kind: "reach",
  id: "way",
  name: null,
  description: null,
  severity: "error",
  line: 3,
  from: ["*"],
  to: [],
  except: [],
  expect: "arrives",
  through: [],
  symmetric: false,
  protocol: null,
  port: null,
  ...more,
});
