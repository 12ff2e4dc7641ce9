import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

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

const POLICY = `rules:
  - id: all-by-the-firewall
    to: [internet, 10.20.0.0/16]
    expect: { next-hop: VirtualAppliance, via: 10.0.1.4 }
`;

/** Writes the files that the recipes of the documents name, and a `vnet-explain` that is the built program. */
export function writeRecipeFiles(directory: string): void {
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(directory, name), JSON.stringify(content));
  writeFileSync(join(directory, "connections.csv"), "src,dst\na,10.20.0.4\nb,20.38.108.7\nc,010.1.1.1\n");
  writeFileSync(join(directory, "policy.yaml"), POLICY);
  const program = join(directory, "vnet-explain");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "bin", "vnet-explain.js")}" "$@"\n`);
  chmodSync(program, 0o755);
}

/** Runs a script of bash that finds `vnet-explain` in the directory. */
export const runRecipe = (script: string, directory: string, env: Readonly<Record<string, string>> = {}) =>
  spawnSync("bash", ["--norc", "-euo", "pipefail", "-c", script], {
    cwd: directory,
    encoding: "utf8",
    env: {
      PATH: `${directory}${delimiter}${process.env.PATH ?? ""}`,
      VNET_EXPLAIN_CACHE: join(directory, "cache"),
      LC_ALL: "C.UTF-8",
      ...env,
    },
  });
