import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kustoDiagnostics, NTA_NET_ANALYTICS } from "../analysis/export/kusto-parser.ts";
import { scratchDirectory } from "../built-program.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(join(root, "docs", "scripting.md"), "utf8");

/** Each recipe with what it prints. */
const recipes = [...text.matchAll(/^```sh\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```/gm)].map(([, script, output]) => ({
  first: (script ?? "").split("\n")[0],
  script: script ?? "",
  output: output ?? "",
}));

const row = (prefix: string, nextHopType: string, more: object = {}) => ({
  source: "Default",
  state: "Active",
  addressPrefix: [prefix],
  nextHopType,
  nextHopIpAddress: [],
  ...more,
});
const INTERNET = row("0.0.0.0/0", "Internet");
const TO_NVA = row("0.0.0.0/0", "VirtualAppliance", { source: "User", name: "to-nva", nextHopIpAddress: ["10.0.1.4"] });
const AFTER = [
  { ...INTERNET, state: "Invalid" },
  TO_NVA,
  row("10.0.0.0/16", "VnetLocal"),
  row("10.20.0.0/16", "VNetPeering"),
  row("20.38.108.0/23", "VirtualNetworkServiceEndpoint"),
];
const flow = (destination: string, bytes: number) =>
  `1663146003599,10.0.0.6,${destination},23956,443,6,O,E,NX,1,${bytes},1,60`;

const tagFile = (changeNumber: number, addressPrefixes: readonly string[]) => ({
  changeNumber,
  cloud: "Public",
  values: [
    {
      name: "Storage",
      id: "Storage",
      properties: { region: "", platform: "Azure", systemService: "AzureStorage", addressPrefixes },
    },
  ],
});

const FILES = {
  "routes.json": { value: AFTER },
  "after.json": { value: AFTER },
  "before.json": { value: [INTERNET, ...AFTER.slice(2)] },
  "PT1H.json": {
    records: [
      {
        macAddress: "000D3AF8801A",
        flowLogVersion: 4,
        flowRecords: {
          flows: [
            {
              flowGroups: [
                {
                  rule: "R",
                  flowTuples: [
                    flow("8.8.8.8", 1000),
                    flow("20.38.108.7", 2000),
                    flow("10.20.0.4", 400),
                    flow("20.38.108.7", 3000),
                  ],
                },
              ],
            },
          ],
        },
      },
    ],
  },
  "ServiceTags_Public_20981229.json": tagFile(1, ["20.38.108.0/24"]),
  "ServiceTags_Public_20990105.json": tagFile(2, ["20.38.108.0/23"]),
};

const scratch = scratchDirectory();
beforeAll(() => {
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(scratch.path, name), JSON.stringify(content));
  writeFileSync(join(scratch.path, "connections.csv"), "src,dst\na,10.20.0.4\nb,20.38.108.7\nc,010.1.1.1\n");
  const program = join(scratch.path, "vnet-explain");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "bin", "vnet-explain.js")}" "$@"\n`);
  chmodSync(program, 0o755);
});
afterAll(() => scratch.remove());

const isMissing = (tool: string) => spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0;
const missing = ["jq", "awk", "sqlite3"].filter(isMissing);

const runScript = (script: string) =>
  spawnSync("bash", ["--norc", "-euo", "pipefail", "-c", script], {
    cwd: scratch.path,
    encoding: "utf8",
    env: {
      PATH: `${scratch.path}${delimiter}${process.env.PATH ?? ""}`,
      VNET_EXPLAIN_CACHE: join(scratch.path, "cache"),
    },
  });

describe.skipIf(missing.length > 0)(`docs/scripting.md${missing.map((tool) => ` (needs ${tool})`).join("")}`, () => {
  it.each(recipes)("$first", ({ script, output }) => {
    const run = runScript(script);
    expect(run.stdout, run.stderr).toBe(output);
    expect(run.status, run.stderr).toBe(0);
  });

  it("the query that a recipe writes: Microsoft's parser has nothing against it", { timeout: 30_000 }, () => {
    runScript(recipes.find(({ script }) => script.includes("> flows.kql"))?.script ?? "");
    const query = readFileSync(join(scratch.path, "flows.kql"), "utf8");
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
    // What the text proposes in place of the last lines.
    const [, instead = ""] = /`FlowRoutes` gives every\s+flow with its route: `([^`]+)`/.exec(text) ?? [];
    expect(instead).toMatch(/^\| where /);
    const flows = `${query.slice(0, query.lastIndexOf("FlowRoutes\n"))}FlowRoutes\n${instead}\n`;
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + flows)).toEqual([]);
  });

  it("shows what every recipe prints", () => {
    expect(recipes.length).toBe(text.match(/^```sh$/gm)?.length);
  });
});
