import fc from "fast-check";
import { expect, it } from "vitest";
import { checkPolicy } from "../../../src/analysis/policy/check.ts";
import { INVENTORY_CHECK_NAMES } from "../../../src/analysis/policy/inventory/check-names.ts";
import { readTopology } from "../../../src/topology/read/read-topology.ts";
import { policyOf } from "../../analysis/policy/random-policies.ts";
import { syntheticFleet, syntheticScaleSet } from "../../azure/fleet/synthetic-fleet.ts";

const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
const FLEET = syntheticFleet({ subscription: SUBSCRIPTION, networks: 2, subnets: 2, nics: 6 });
const RESOURCES: readonly unknown[] = JSON.parse(
  JSON.stringify([...FLEET, ...syntheticScaleSet(SUBSCRIPTION, "pool", `${FLEET[0]?.id}/subnets/nva`, 2)]),
);

/** The path to every value inside a value. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsIn(each, [...path, key]))];
}

const PATHS = pathsIn(RESOURCES).filter((path) => path.length > 1);

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((each, at) => (String(at) === key ? replaced(each, rest, by) : each));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[key], rest, by) };
}

const anyChange = fc.tuple(
  fc.nat(PATHS.length - 1),
  fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(null, "", "10.0.0.0/99", "::/0", "/subscriptions//", "__proto__", FLEET[0]?.id, FLEET, {
      id: { id: 1 },
    }),
  ),
);
const POLICY = policyOf(...INVENTORY_CHECK_NAMES.map((name) => ({ inventory: name })));

it("no change of resources makes a reader or a rule fail", { tags: ["slow"] }, () => {
  fc.assert(
    fc.property(fc.array(anyChange, { minLength: 1, maxLength: 4 }), (changes) => {
      const changed = changes.reduce<unknown>((all, [at, by]) => {
        try {
          return replaced(all, PATHS[at] ?? [], by);
        } catch {
          return all; // an earlier change removed this path
        }
      }, RESOURCES);
      const { topology, skipped } = readTopology(changed as readonly unknown[]);
      for (const { reason } of skipped) expect(reason).not.toBe("");
      checkPolicy(POLICY, [], null, topology);
    }),
    { numRuns: 300 },
  );
});

it("the unchanged fleet is read without gaps, and breaks no rule", () => {
  const { topology, skipped } = readTopology(RESOURCES);
  expect(skipped).toEqual([]);
  const { results } = checkPolicy(POLICY, [], null, topology);
  expect(results.map(({ rule, status }) => `${rule.id} ${status}`)).toEqual(
    INVENTORY_CHECK_NAMES.map((_, at) => `rule-${at + 1} holds`),
  );
});
