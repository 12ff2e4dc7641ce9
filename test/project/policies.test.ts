import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readPolicy } from "../../src/analysis/policy/read-policy.ts";
import { POLICY_HELP } from "../../src/commands/check/policy-help.ts";
import { run } from "../commands/run-in-process.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const schema = JSON.parse(readFileSync(join(root, "dist/schemas/policy.json"), "utf8"));
const fits = new Ajv({ strict: false }).compile(schema);

const STARTERS = readdirSync(join(root, "docs/policies")).map((name) => [name.replace(".yaml", "")] as const);
const pathOf = (name: string) => join(root, "docs/policies", `${name}.yaml`);

const row = (source: string, prefix: string, nextHopType: string, nextHopIpAddress: readonly string[] = []) => ({
  source,
  state: "Active",
  addressPrefix: [prefix],
  nextHopType,
  nextHopIpAddress,
});
const FIREWALL = row("User", "0.0.0.0/0", "VirtualAppliance", ["10.0.1.4"]);
const spoke = (network: string, ...more: readonly object[]) =>
  JSON.stringify({ value: [row("Default", network, "VnetLocal"), FIREWALL, ...more] });

/** The result of each rule as `id status example…`. */
async function check(name: string, tables: readonly string[], stdin = ""): Promise<readonly string[]> {
  const { out } = await run(["check", pathOf(name), ...tables, "-o", "json", "-q"], { stdin });
  const { results } = JSON.parse(out) as {
    results: { rule: { id: string }; status: string; counterExamples: { prefixes: string[] }[] }[];
  };
  return results.map(({ rule, status, counterExamples }) =>
    [rule.id, status, ...counterExamples.flatMap(({ prefixes }) => prefixes)].join(" "),
  );
}

describe("the policies to start from", () => {
  it("are these", () => {
    expect(STARTERS.flat().sort()).toEqual([
      "appliance-reachable",
      "appliances",
      "endpoint-bypass",
      "fleet-audit",
      "internet-outbound",
      "internet-through-firewall",
      "no-bypass",
      "peerings",
      "reach",
      "storage-by-endpoint",
      "symmetric-next-hops",
      "unused-route-tables",
    ]);
  });

  it.each(STARTERS)("%s fits the schema that its first line names, and is described in docs/policies.md", (name) => {
    const text = readFileSync(pathOf(name), "utf8");
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=../../dist/schemas/policy.json");
    fits(parse(text));
    expect(fits.errors).toBeNull();
    expect(readFileSync(join(root, "docs/policies.md"), "utf8")).toContain(`policies/${name}.yaml`);
  });

  it.each<[string, readonly string[], string, readonly string[]]>([
    [
      "no-bypass",
      ["sample:udr-and-endpoint"],
      "",
      ["internet-past-appliance violated 191.235.255.192/26 191.239.203.0/28", "private-past-appliance holds"],
    ],
    ["no-bypass", ["sample:udr"], "", ["internet-past-appliance holds", "private-past-appliance holds"]],
    [
      "no-bypass",
      ["-"],
      spoke(
        "10.1.0.0/16",
        row("Default", "10.9.9.9/32", "InterfaceEndpoint"),
        row("Default", "10.0.0.0/16", "VNetPeering"),
      ),
      ["internet-past-appliance holds", "private-past-appliance violated 10.9.9.9/32"],
    ],
    ["internet-through-firewall", ["-"], spoke("10.1.0.0/16"), ["internet-through-firewall holds"]],
    [
      "internet-through-firewall",
      ["-"],
      spoke("10.1.0.0/16", row("User", "20.0.0.0/8", "Internet")),
      ["internet-through-firewall violated 20.0.0.0/8"],
    ],
    ["storage-by-endpoint", ["sample:udr-and-endpoint"], "", ["storage-by-endpoint holds"]],
    ["storage-by-endpoint", ["sample:udr"], "", ["storage-by-endpoint violated 191.235.255.192/26 191.239.203.0/28"]],
    ["appliance-reachable", ["-"], spoke("10.1.0.0/16"), ["appliance-reachable holds"]],
    ["symmetric-next-hops", ["-", "sample:no-udr"], spoke("10.1.0.0/16"), ["symmetric-next-hops violated 10.0.0.0/16"]],
    ["symmetric-next-hops", ["sample:no-udr"], "", ["symmetric-next-hops not-judged"]],
  ])("%s of %j %s", async (name, tables, stdin, expected) => {
    expect(await check(name, tables, stdin)).toEqual(expected);
  });

  it("appliance-reachable finds all that the sample's to-nva wins", async () => {
    const [result = ""] = await check("appliance-reachable", ["sample:udr"]);
    expect(result).toMatch(/^appliance-reachable violated 0\.0\.0\.0\/5 /);
  });
});

describe("the examples of the policy language", () => {
  const docs = readFileSync(join(root, "docs/policies.md"), "utf8");
  const examples = [...docs.matchAll(/^```(?:yaml|json)\n([\s\S]*?)^```/gm)].map(([, text = ""]) => [text] as const);

  it.each(examples)("of docs/policies.md: %j is a policy", (text) => {
    expect(readPolicy(text, "docs/policies.md").rules.length).toBeGreaterThan(0);
    fits(parse(text));
    expect(fits.errors).toBeNull();
  });

  it("of help policies is a policy", () => {
    const [, example = ""] = /:\n\n((?: {2}.*\n|\n)+?)\nA rule holds/.exec(POLICY_HELP) ?? [];
    expect(readPolicy(example, "help").rules).toHaveLength(2);
  });

  it("docs/policies.md shows examples", () => {
    expect(examples.length).toBeGreaterThan(3);
  });
});
