import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = resolve("bin/vnet-explain.js");

const TAGS = {
  changeNumber: 1,
  cloud: "Public",
  values: ["Storage.WestEurope", "Storage"].map((name) => ({
    name,
    id: name,
    properties: {
      changeNumber: 1,
      region: name === "Storage" ? "" : "westeurope",
      regionId: 0,
      platform: "Azure",
      systemService: "AzureStorage",
      addressPrefixes: ["192.0.2.0/24", "198.51.100.0/24"],
      networkFeatures: ["API", "NSG", "UDR", "FW"],
    },
  })),
};

const row = (source, nextHopType, addressPrefix, more) => ({
  source,
  state: "Active",
  addressPrefix,
  nextHopType,
  nextHopIpAddress: [],
  name: null,
  hasBgpOverride: false,
  disableBgpRoutePropagation: false,
  ...more,
});

/** A table in which a service endpoint bypasses a firewall: what most people ask about. */
const ROUTES = [
  row("Default", "VnetLocal", ["10.0.0.0/16"]),
  row("Default", "Internet", ["0.0.0.0/0"], { state: "Invalid" }),
  row("User", "VirtualAppliance", ["0.0.0.0/0"], { name: "to-firewall", nextHopIpAddress: ["10.0.1.4"] }),
  row("Default", "VirtualNetworkServiceEndpoint", ["192.0.2.0/24", "198.51.100.0/24"]),
  row("Default", "None", ["10.0.0.0/8"]),
];

/**
 * Runs `tags lookup` and `whichroute --file` of the built program. Returns the functions that ran, by file:
 * path → set of `START-END`, offsets in the file.
 * @throws Error with the program's message if it does not answer. In some user namespaces it finds no directory for its
 * cache that it trusts.
 */
export function functionsOfAStart() {
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-build-"));
  try {
    const [tags, routes] = [join(directory, "ServiceTags_Public_20250101.json"), join(directory, "routes.json")];
    writeFileSync(tags, JSON.stringify(TAGS));
    writeFileSync(routes, JSON.stringify({ value: ROUTES }));
    const coverage = join(directory, "coverage");
    const run = (args, more) => {
      const env = { ...process.env, VNET_EXPLAIN_CACHE: join(directory, "cache"), ...more };
      const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { env, encoding: "utf8" });
      if (status !== 0) throw new Error(`vnet-explain ${args.join(" ")} ended with ${status}: ${stderr}`);
    };
    run(["tags", "update", "--from", tags]);
    run(["tags", "lookup", "192.0.2.1"], { NODE_V8_COVERAGE: coverage });
    run(["whichroute", "--file", routes, "--ip", "192.0.2.1"], { NODE_V8_COVERAGE: coverage });
    return ranFunctions(readdirSync(coverage).map((name) => JSON.parse(readFileSync(join(coverage, name), "utf8"))));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The functions with a count in V8's reports, of the files in dist/. */
function ranFunctions(reports) {
  const dist = resolve("dist") + sep;
  const files = new Map();
  for (const { url, functions } of reports.flatMap(({ result }) => result)) {
    const path = url.startsWith("file:") ? fileURLToPath(url) : "";
    if (!path.startsWith(dist)) continue;
    const ranges = functions.map((each) => each.ranges[0]).filter(({ count }) => count > 0);
    const found = files.get(path) ?? new Set();
    for (const { startOffset, endOffset } of ranges) found.add(`${startOffset}-${endOffset}`);
    files.set(path, found);
  }
  return files;
}
