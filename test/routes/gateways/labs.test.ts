import { readdirSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../../src/net/prefix.ts";
import {
  type AnyGatewayTable,
  type BgpPeer,
  type GatewayRoute,
  isPeerTable,
} from "../../../src/routes/gateways/gateway-table.ts";
import { readGatewayTables } from "../../../src/routes/gateways/read/read-gateway-table.ts";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import { hasSharedData, readShared, sharedRoot } from "../../shared-data.ts";

const LABS = "data/labs/";

const files: readonly string[] = hasSharedData
  ? readdirSync(sharedRoot + LABS, { recursive: true, encoding: "utf8" })
      .filter((file) => statSync(sharedRoot + LABS + file).isFile())
      .sort()
  : [];

/** The files that hold no table of a router, and what they hold instead. The first match counts. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/effective-(lab|nic|onprem|nva)|-effective(-routes)?\.json$|effective-routes-\w+-ep\.json$/, "routes of a NIC"],
  [/nic-effective-routes\.json$|13-vm-effective-routes|14-vm-effective-nsg/, "routes of a NIC, or Azure's refusal"],
  [/nva-rib-|bird|19-vm-ip-route|megaport-\d+\.txt$/, "routes of another maker's router or of a system"],
  [/gcp-|router-[ab]-|cr-[ab]-status|vpc-effective|megaport-mcr|megaport-vxc|failover-/, "another cloud's answers"],
  [/trace-|probe|ping|tcp-|azfw|kql|fault|restore-poll|convergence|recovery-log|deviation/, "traces, pings and logs"],
  [/peering|vnets|connections|resource-|vm-state|forwarding|instance-ips|c2-config|er-arp/, "resources"],
  [/learned-routes-summary\.txt$|\.md$|s2s3-summary/, "an author's words about tables"],
  [/advertised-(to-onprem|routes-peer-[\d-]+)\.json$|er-gw-effective-routes\.json$/, "an empty list without a word"],
  [/^trace-oracles\/|^recordings\//, "cases, and recorded exchanges (below)"],
];

/** What only tables of Azure's routers have. */
const OWN_FIELDS =
  /"(sourcePeer|locPrf|routeOrigin|routesReceived|statePfxRcd)"|^(Network +NextHop|LocPrf +Network|Neighbor +ASN)/m;

/** Rows as a simple search finds them in JSON: whatever has the fields of one. */
function rowsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== "object" || value === null) return [];
  const isRow = ["network", "neighbor", "nextHops"].some((field) => Object.hasOwn(value, field));
  return isRow ? [value as Readonly<Record<string, unknown>>] : Object.values(value).flatMap(rowsIn);
}

/** The JSON values of a file whose other lines are comments, warnings, prompts and prose. */
function jsonIn(text: string): readonly unknown[] {
  const blocks = text.replace(/^(#|WARNING).*$/gm, "").match(/^[[{][\s\S]*?^[\]}]|^\{.*\}\s*$/gm) ?? [];
  return blocks.map((block) => JSON.parse(block));
}

/** The lines of a table in text that begin with an address, after a number at most. */
const lineRows = (text: string) =>
  text.split("\n").filter((line) => /^(\d+ +| +)?[\da-f]*[.:][\da-f.:]*(\/\d+)? /.test(line));

const entriesOf = (table: AnyGatewayTable): readonly (BgpPeer | GatewayRoute)[] =>
  isPeerTable(table) ? table.peers : table.routes;

describe.skipIf(!hasSharedData)(`captures of labs${hasSharedData ? "" : " (../shared is absent)"}`, () => {
  test("there are some", () => {
    expect(files.length).toBeGreaterThan(400);
  });

  test.each(files)("%s is read without loss, or rejected", async (file) => {
    const text = readShared(LABS + file);
    const tables = await readGatewayTables(text, { kind: "file", name: file }).catch(() => null);
    const other = OTHERS.find(([pattern]) => pattern.test(file));
    if (tables === null) {
      expect(other?.[1]).toBeDefined();
      expect(OWN_FIELDS.test(text)).toBe(false);
      return;
    }
    const entries = tables.flatMap(({ table }) => entriesOf(table));
    if (/^\s*[[{]/m.test(text)) {
      const rows = jsonIn(text).flatMap(rowsIn);
      expect(entries.map(({ fields }) => fields)).toEqual(rows);
    } else {
      const lines = lineRows(text);
      expect(lines.length).toBeGreaterThan(0);
      expect(entries.map(({ fields }) => Object.values(fields).join(" ").split(/\s+/).filter(Boolean))).toEqual(
        lines.map((line) => line.split(/\s+/).filter(Boolean)),
      );
    }
    for (const { table } of tables) expectValues(table);
  });

  test("the recorded answers of a hub are read in both shapes", async () => {
    const { exchanges } = JSON.parse(readShared(`${LABS}recordings/vhub.effectiveRoutes.lro.json`));
    const bodies = exchanges.map(({ response }: { response: { body: unknown } }) => response.body).filter(Boolean);
    expect(bodies).toHaveLength(2);
    for (const body of bodies) {
      const tables = await readGatewayTables(JSON.stringify(body));
      expect(tables.map(({ table }) => table.kind)).toEqual(["hub"]);
      expect(tables.flatMap(({ table }) => entriesOf(table)).map(({ fields }) => fields)).toEqual(rowsIn(body));
    }
  });

  test("none of the routers' tables is read as a NIC's", async () => {
    for (const file of files) {
      const tables = await readGatewayTables(readShared(LABS + file)).catch(() => []);
      if (tables.every(({ table }) => entriesOf(table).length === 0)) continue;
      await expect(readRouteTable(readShared(LABS + file)), file).rejects.toThrow();
    }
  });
});

/** Each value of a row is where it belongs. */
function expectValues(table: AnyGatewayTable): void {
  if (isPeerTable(table)) {
    for (const { neighbor, asn, state, routesReceived, fields } of table.peers) {
      const field = (...names: readonly string[]) =>
        names.map((name) => fields[name]).find((value) => value !== undefined);
      expect(neighbor).toBe(field("neighbor", "Neighbor"));
      expect(String(asn)).toBe(String(field("asn", "ASN", "as")));
      expect([String(field("state", "State")), "Established"]).toContain(state);
      expect(String(routesReceived)).toBe(String(field("routesReceived", "RoutesReceived", "statePfxRcd")));
    }
    return;
  }
  for (const { prefix, nextHops, asPath, weight, fields } of table.routes) {
    const field = (...names: readonly string[]) =>
      names.map((name) => fields[name]).find((value) => value !== undefined);
    const list = field("addressPrefixes");
    if (Array.isArray(list)) expect(list).toContain(formatPrefix(prefix));
    else expect(formatPrefix(prefix)).toBe(field("network", "Network"));
    const hops = field("nextHops") ?? [field("nextHop", "NextHop") ?? ""];
    expect(nextHops.map(({ text }) => text)).toEqual(
      (hops as readonly string[]).map((hop) => hop.replace("*", "")).filter((hop) => hop !== ""),
    );
    expect(asPath?.map(String)).toEqual(String(field("asPath", "AsPath", "path", "Path") ?? "").match(/\d+/g) ?? []);
    if (table.kind !== "hub") expect(String(weight)).toBe(String(field("weight", "Weight")));
  }
}
