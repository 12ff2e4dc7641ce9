import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXPECTATION_KEYS } from "../../../src/analysis/expectation/expectation.ts";
import { APPLIANCE_STATES } from "../../../src/analysis/policy/appliance.ts";
import { isPolicyError } from "../../../src/analysis/policy/policy.ts";
import { readPolicy } from "../../../src/analysis/policy/read-policy.ts";

const schema = JSON.parse(readFileSync(new URL("../../../dist/schemas/policy.json", import.meta.url), "utf8"));
const fits = new Ajv({ strict: false }).compile(schema);

function problemsOf(policy: unknown): readonly string[] {
  try {
    readPolicy(JSON.stringify(policy), "policy.json");
    return [];
  } catch (error) {
    if (!isPolicyError(error)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

/** A policy with every key. */
const WHOLE = {
  $schema: "policy.json",
  name: "n",
  description: "d",
  rules: [
    {
      id: "a.b-c_1",
      name: "n",
      description: "d",
      severity: "warning",
      to: ["internet", "10.0.0.0/8", "tag:Storage"],
      except: "10.0.0.1",
      expect: {
        "next-hop": ["Internet", "Virtual appliance"],
        via: "10.0.0.4",
        tag: ["Storage"],
        prefix: "10.0.0.0/8",
        route: "r",
        verdict: "forward",
        appliance: ["used", "unreachable"],
        not: { verdict: ["drop"], appliance: "bypassed", via: ["10.0.0.5"] },
      },
    },
    { to: "private", expect: [{ verdict: "drop" }, { not: { "next-hop": "None" } }] },
    { id: "s", symmetric: true },
    { severity: "note", symmetric: { a: "10.1.0.0/16", b: ["10.2.0.0/16", "internet"] } },
    { id: "i", severity: "note", inventory: "peerings-connected", except: ["to-hub", "vnet/app"] },
    { inventory: "appliances-running", except: "vm-nva" },
  ],
};

/** The paths to every value in a value. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsIn(each, [...path, key]))];
}

/** The value with the part at the path replaced, or removed by undefined. */
function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    const items = value.map((each, at) => (String(at) === key ? replaced(each, rest, by) : each));
    return items.filter((each) => each !== undefined);
  }
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[key], rest, by) };
}

const WORDS = ["x", "Error", "bypass", "a b"];

describe("the schema of policy files and the reader agree", () => {
  it("both accept a policy with every key", () => {
    expect(problemsOf(WHOLE)).toEqual([]);
    fits(WHOLE);
    expect(fits.errors).toBeNull();
  });

  it("both accept it without each optional part, and reject it without each required part", () => {
    for (const path of pathsIn(WHOLE).slice(1)) {
      const policy = JSON.parse(JSON.stringify(replaced(WHOLE, path, undefined)) ?? "null");
      expect([path, fits(policy)]).toEqual([path, problemsOf(policy).length === 0]);
    }
  });

  it("both reject values of another type and unknown words of a closed list", { tags: ["slow"] }, () => {
    const paths = pathsIn(WHOLE);
    const closed = paths.filter((path) => path.some((key) => ["severity", "appliance", "id"].includes(key)));
    const junk = fc.constantFrom<unknown>(null, 1, 1.5, true, false, "", " ", [], {}, [[]], [null], [1], { x: 1 }, [
      {},
    ]);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(fc.constantFrom(...paths), junk),
          fc.tuple(fc.constantFrom(...closed), fc.constantFrom<unknown>(...WORDS)),
        ),
        ([path, by]) => {
          const policy = replaced(WHOLE, path, by);
          expect(fits(policy)).toBe(problemsOf(policy).length === 0);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("both reject an unknown key", () => {
    const at = (path: readonly string[]) =>
      path.reduce((value: unknown, key) => (value as Record<string, unknown>)[key], WHOLE);
    const isObject = (value: unknown) => typeof value === "object" && !Array.isArray(value);
    const objects = pathsIn(WHOLE).filter((path) => isObject(at(path)) && !path.includes("symmetric"));
    for (const path of objects) {
      const policy = replaced(WHOLE, [...path, "colour"], "red");
      expect([path, fits(policy), problemsOf(policy).length > 0]).toEqual([path, false, true]);
    }
  });

  it("the schema offers every key and every word of a closed list", () => {
    const offered = JSON.stringify(schema);
    for (const word of [...EXPECTATION_KEYS, ...APPLIANCE_STATES, "VirtualAppliance", "no-route", "internet"]) {
      expect(offered).toContain(`"${word}"`);
    }
  });
});
