import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { INVENTORY_CHECK_NAMES } from "../../src/analysis/policy/inventory/check-names.ts";
import { formatsOf } from "../../src/output/formats/formats.ts";
import { sha256 } from "../../src/store/files/sha256.ts";
import { run } from "../commands/run-in-process.ts";
import { writeSnapshot } from "../store/snapshot/snapshot-files.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

/**
 * A formula that sets the title, adds a link, clears the screen with a C1 code, reorders text, breaks lines, and hides
 * a word.
 */
const HOSTILE =
  "=cmd|x!A0\u001b]0;owned\u0007\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\\u009b2J\u202eelbisrever\u2066\u200b\r\nnext\u2028line\u0000";

const directory = temporaryDirectory();
const file = (name: string, content: unknown): string => {
  const path = join(directory, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const row = (addressPrefix: string[], more: object) => ({
  source: "User",
  state: "Active",
  nextHopIpAddress: ["10.0.9.4"],
  nextHopType: "VirtualAppliance",
  name: HOSTILE,
  hostile: HOSTILE,
  addressPrefix,
  ...more,
});
const routes = file("routes.json", {
  value: [
    row(["0.0.0.0/0"], {}),
    row(["20.1.0.0/24"], { nextHopType: "VirtualNetworkServiceEndpoint", source: "Default" }),
  ],
});
const after = file("after.json", {
  value: [row(["0.0.0.0/0"], { nextHopIpAddress: ["10.0.9.5"], name: `${HOSTILE}2` })],
});
const tagFile = (name: string, addressPrefixes: string[]) =>
  file(name, {
    changeNumber: 1,
    cloud: `Public${HOSTILE}`,
    values: [
      { name: HOSTILE, id: HOSTILE, properties: { region: HOSTILE, systemService: HOSTILE, addressPrefixes } },
      { name: "Storage", id: "Storage", properties: { region: "", systemService: "AzureStorage", addressPrefixes } },
    ],
  });
const tags = tagFile("ServiceTags_Public_20251110.json", ["20.1.0.0/24"]);
const newer = tagFile("ServiceTags_Public_20251117.json", ["20.1.0.0/24", "20.2.0.0/24"]);

const policy = file("policy.json", {
  name: HOSTILE,
  rules: [{ id: "a", name: HOSTILE, to: "8.8.8.8", expect: { via: "10.0.9.9" } }],
});

/** A hostile name without a slash, which fits into a resource id. */
const NAME = `${HOSTILE}<img src=x>`.replaceAll("/", "|");
const id = (type: string, name = NAME) =>
  `/subscriptions/${NAME}/resourceGroups/${NAME}/providers/Microsoft.Network/${type}/${name}`;
const subnet = `${id("virtualNetworks")}/subnets/${NAME}`;
const machine = id("x").replace("Microsoft.Network/x", "Microsoft.Compute/virtualMachines");
const inventory = [
  {
    id: id("virtualNetworks"),
    name: HOSTILE,
    location: HOSTILE,
    properties: {
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      subnets: [{ id: subnet, name: HOSTILE, properties: { routeTable: { id: id("routeTables") } } }],
      virtualNetworkPeerings: [
        {
          id: `${id("virtualNetworks")}/virtualNetworkPeerings/${NAME}`,
          name: HOSTILE,
          properties: { peeringState: HOSTILE, remoteVirtualNetwork: { id: id("virtualNetworks", `${NAME}2`) } },
        },
      ],
    },
  },
  {
    id: id("routeTables"),
    name: HOSTILE,
    properties: {
      routes: [
        {
          name: HOSTILE,
          properties: { addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.9.4" },
        },
      ],
    },
  },
  { id: id("routeTables", `${NAME}-unused`), name: HOSTILE, properties: { routes: [] } },
  {
    id: id("networkInterfaces"),
    name: HOSTILE,
    properties: {
      enableIPForwarding: false,
      virtualMachine: { id: machine },
      ipConfigurations: [{ name: HOSTILE, properties: { privateIPAddress: "10.0.9.4", subnet: { id: subnet } } }],
    },
  },
  { id: machine, name: HOSTILE, properties: { extended: { instanceView: { powerState: { code: HOSTILE } } } } },
];
const table = readFileSync(routes, "utf8");
const moved = readFileSync(after, "utf8");
const error = { code: HOSTILE, message: HOSTILE };
const taken = (name: string, body: string, half: boolean) => {
  const path = join(directory, name);
  mkdirSync(path);
  writeSnapshot(path, {
    resources: inventory,
    nics: [
      { nicId: id("networkInterfaces"), subnetId: subnet, body },
      { nicId: id("networkInterfaces", `${NAME}2`), subnetId: subnet, standInId: id("networkInterfaces"), body },
      { nicId: id("networkInterfaces", `${NAME}3`), subnetId: `${subnet}3`, outcome: "failed", error },
      ...(half ? [] : [{ nicId: id("networkInterfaces", `${NAME}4`), subnetId: `${subnet}4`, body }]),
    ],
    manifest: half
      ? {
          complete: false,
          inventory: {
            sha256: sha256(inventory.map((each) => `${JSON.stringify(each)}\n`).join("")),
            resources: inventory.length,
            source: HOSTILE,
            subscriptions: [{ id: HOSTILE, name: HOSTILE, outcome: "denied", error }],
            gaps: [{ resourceId: id("virtualHubs"), what: `${HOSTILE} routeTables`, error }],
          },
        }
      : {},
  });
  return path;
};
const monday = taken("monday", table, false);
const tuesday = taken("tuesday", moved, true);
const audit = file("audit.json", {
  rules: [
    { to: "8.8.8.8", expect: { via: "10.0.9.9" } },
    ...INVENTORY_CHECK_NAMES.map((check) => ({ id: check, inventory: check })),
    { id: "reach", reach: { from: "*", to: "8.8.8.8", expect: "delivered" } },
  ],
});
const exports = join(directory, "exports");
mkdirSync(exports);
writeFileSync(join(exports, `${HOSTILE.replaceAll(/[\0/]/g, "")}.json`), table);
writeFileSync(join(exports, "resources.json"), JSON.stringify(inventory));

const COMMANDS: readonly (readonly string[])[] = [
  ["routes", "--file", routes, "--tags", tags],
  ["routes", "--file", routes, "--tags", tags, "--expand"],
  ["whichroute", "--ip", "8.8.8.8", "20.1.0.1", "--file", routes, "--tags", tags],
  ["whichroute", "--ip", "20.0.0.0/8", "--file", routes, "--tags", tags],
  ["diff", routes, after, "--tags", tags],
  ["check", policy, routes, "--tags", tags],
  ["whatif", "--file", routes, "--add-route", "9.0.0.0/8=None", "--tags", tags],
  ["tags", "lookup", "20.1.0.1", "--tags", tags],
  ["tags", "list", "--tags", tags],
  ["tags", "show", "Storage", "--tags", tags],
  ["tags", "diff", tags, newer],
  ["routes", tuesday, "--tags", tags],
  ["routes", tuesday, "--subnet", subnet, "--tags", tags],
  ["whichroute", "8.8.8.8", "20.0.0.0/8", tuesday, "--tags", tags],
  ["whichroute", "8.8.8.8", exports, "--tags", tags],
  ["check", audit, tuesday, "--tags", tags],
  ["check", audit, exports, "--tags", tags],
  ["diff", monday, tuesday, "--tags", tags],
  ["trace", tuesday, "--from", id("networkInterfaces"), "--to", "8.8.8.8", "--return", "--tags", tags],
];

/** What must not reach a terminal. Formats write line breaks and tabs themselves. */
const UNSAFE = /(?![\n\r\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe.each(COMMANDS)("%s %s %s", (...args) => {
  it.each(formatsOf(args[0]))("as %s prints nothing that controls the terminal", async (format) => {
    const { code, out, err } = await run([...args, "-o", format, "--color", "never", "-v"], {
      tty: true,
      columns: 100,
    });
    expect([code, err.match(/unexpected/)], err).toEqual([args[0] === "check" ? 3 : 0, null]);
    expect(out === "").toBe(format === "none");
    expect(out + err).not.toMatch(UNSAFE);
    if (format !== "csv") expect(out).not.toMatch(/\r/);
    if (format === "html" || format === "markdown") expect(out).not.toMatch(/(?<!\\)<img src=x/);
    if (format !== "csv") return;
    const cells = (parseCsv(out) as string[][]).flat();
    expect(cells.filter((cell) => /^\s*[=+@]/.test(cell))).toEqual([]);
  });
});

it("a hostile file name is printed without control characters, in an error and with --debug", async () => {
  const { code, err } = await run(["routes", "--file", join(directory, HOSTILE.replaceAll("\0", "")), "--debug"], {
    tty: true,
    env: { NO_COLOR: "1" },
  });
  expect(code).toBe(2);
  expect(err).not.toMatch(UNSAFE);
});
