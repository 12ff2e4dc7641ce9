import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { checkPolicy } from "../../../src/analysis/policy/check.ts";
import type { Policy } from "../../../src/analysis/policy/policy.ts";
import { readPolicy } from "../../../src/analysis/policy/read-policy.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { SAMPLE_NAMES, sampleRouteTable } from "../../../src/routes/samples.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import { hold, holdRefusal, judge } from "../oracle.ts";
import type { Target } from "../target.ts";

const examples = fileURLToPath(new URL("../../../docs/policies/", import.meta.url));

const EVERYTHING = {
  name: "every key of a policy",
  rules: [
    {
      id: "all",
      severity: "warning",
      to: ["internet", "10.0.0.0/8", "tag:Storage", "::1"],
      except: "191.239.203.0/28",
      expect: [{ "next-hop": ["VirtualAppliance", "None"], route: "to-nva" }, { not: { verdict: "drop" } }],
    },
    { to: "private", expect: { not: { appliance: "bypassed" } } },
    { symmetric: true },
    { symmetric: { udr: "10.0.0.0/24", "no-udr": ["10.0.1.0/24"] } },
    { inventory: "route-tables-used", except: ["rt-old"] },
  ],
};

const ANCHORS =
  "rules:\n  - &r\n    to: &to [internet, private]\n    expect: {verdict: forward}\n  - to: *to\n    expect: &e\n      - {via: 10.0.1.4}\n  - {to: '::/0', expect: *e}\n";

const tags = sampleTags();
const subjects = SAMPLE_NAMES.map((name) => {
  const table = sampleRouteTable(name);
  return { name, annotated: annotateTable(table, tags), table: new ForwardingTable(table.routes) };
});

/** The policy without line numbers, which differ in another notation. */
const withoutLines = (policy: Policy) =>
  JSON.stringify(policy, (key, value) => {
    if (key === "line" || key === "expectLine") return undefined;
    return typeof value === "bigint" ? String(value) : value;
  });

/** JSON with the fields in the order of the YAML. (Objects put keys that look like numbers first.) */
function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(",")}]`;
  if (!(value instanceof Map)) return JSON.stringify(value ?? null);
  return `{${[...value].map(([key, inner]) => `${JSON.stringify(String(key))}:${jsonOf(inner)}`).join(",")}}`;
}

export const policyTarget: Target = {
  name: "policy",
  about:
    "policies: the same in YAML and in the JSON that another reading of the YAML gives, checked against tables; or PolicyError",
  alphabet: "text",
  words: [
    "rules:",
    "- ",
    "\n  - to: internet\n    expect: {verdict: drop}",
    "expect:",
    "except:",
    "severity:",
    "symmetric: true",
    "not:",
    "next-hop",
    "tag:Storage",
    "appliance: bypassed",
    "&a ",
    "*a",
    "<<: ",
    "? ",
    "|\n",
    ">-\n",
    "!!binary ",
    "!!set ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "~",
    "yes",
    "0o17",
    "\t",
  ],
  largest: 100_000,
  seeds: () => [
    ...readdirSync(examples).map((name) => readFileSync(examples + name, "utf8")),
    JSON.stringify(EVERYTHING, null, 2),
    ANCHORS,
  ],
  check: (text) =>
    judge(
      ["PolicyError"],
      () => readPolicy(text, "policy.yaml"),
      (policy) => {
        const plain: unknown = parse(text, { version: "1.2", uniqueKeys: false, maxAliasCount: -1, mapAsMap: true });
        const again = readPolicy(jsonOf(plain), "policy.yaml");
        hold(withoutLines(again) === withoutLines(policy), () => "as JSON it is another policy");
        hold(policy.rules.length > 0, () => "it has no rule");
        try {
          const { results } = checkPolicy(policy, subjects, tags);
          const judged = new Set(results.map(({ rule }) => rule.id));
          hold(
            policy.rules.every(({ id }) => judged.has(id)),
            () => "a rule is not judged",
          );
        } catch (error) {
          holdRefusal(error, "PolicyError");
        }
      },
    ),
};
