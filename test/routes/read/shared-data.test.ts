import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../../src/net/prefix.ts";
import type { RouteTable } from "../../../src/routes/effective-route.ts";
import { decodeText } from "../../../src/routes/read/decode-text.ts";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";

const SHARED = fileURLToPath(new URL("../../../../shared/", import.meta.url));
const present = existsSync(SHARED);
const jsonFiles = (folder: string) =>
  present ? readdirSync(`${SHARED}${folder}`).filter((file) => file.endsWith(".json")) : [];
const textOf = (path: string) => decodeText(new Uint8Array(readFileSync(`${SHARED}${path}`)));
const read = (text: string) => readRouteTable(text, { kind: "file", name: "shared" });

/** Every body anywhere in a recording that holds effective routes, as the text that went over the wire. */
function routeBodies(value: unknown): readonly string[] {
  if (typeof value === "string") return /^\s*\{\s*"value"[\s\S]*"nextHopType"/.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  const list: unknown = "value" in value ? value.value : undefined;
  if (Array.isArray(list) && JSON.stringify(list).includes('"nextHopType"')) return [JSON.stringify(value)];
  return Object.values(value).flatMap(routeBodies);
}

function expectNothingLost(table: RouteTable, rows: readonly Record<string, unknown>[]): void {
  expect(rows.length).toBeGreaterThan(0);
  expect(table.routes.map((route) => route.fields)).toEqual(rows);
  for (const [index, route] of table.routes.entries()) {
    const row = rows[index] ?? {};
    expect(route).toMatchObject({ source: row.source, state: row.state, nextHopType: row.nextHopType });
    expect(route.name).toBe(row.name ?? null);
    expect(route.nextHopIpAddress).toEqual(row.nextHopIpAddress ?? []);
    expect(route.hasBgpOverride).toBe(row.hasBgpOverride ?? false);
    expect(route.disableBgpRoutePropagation).toBe(row.disableBgpRoutePropagation ?? null);
    expect(route.addressPrefix.map(formatPrefix)).toEqual(row.addressPrefix);
  }
}

describe.skipIf(!present)(`real data${present ? "" : " (../shared is absent)"}`, () => {
  test.each(jsonFiles("data/captures"))("capture %s is read without loss, or refused for its masks", async (file) => {
    const text = textOf(`data/captures/${file}`);
    if (text.includes("<PUBLIC_IP>")) {
      await expect(read(text)).rejects.toMatchObject({ code: "route-prefix-masked" });
    }
    const unmasked = text.replace(/<PUBLIC_IP>\/(\d+)/g, "0.0.0.0/$1");
    expectNothingLost(await read(unmasked), JSON.parse(unmasked).value);
  });

  test.each(jsonFiles("oracle"))("the routes of worked example %s are read without loss", async (file) => {
    const { routes } = JSON.parse(textOf(`oracle/${file}`));
    expectNothingLost(await read(JSON.stringify(routes)), routes);
  });

  const recordings = jsonFiles("data/recordings").flatMap((file) =>
    routeBodies(JSON.parse(textOf(`data/recordings/${file}`))).map((body) => [file, body] as const),
  );
  test.each(recordings)("the recorded answer in %s is read without loss", async (_, body) => {
    expectNothingLost(await read(body), JSON.parse(body).value);
  });

  test("the recordings hold at least four answers with routes", () => {
    expect(recordings.length).toBeGreaterThanOrEqual(4);
  });

  test.each([
    ["xplat.effectiveRouteTable.400.json", "azure-error"],
    ["xplat.nextHop.200.json", "next-hop-result"],
  ])("the recorded answer in %s is refused as %s", async (file, code) => {
    const [interaction] = JSON.parse(textOf(`data/recordings/${file}`));
    await expect(read(interaction.response.body)).rejects.toMatchObject({ code });
  });

  test.each(jsonFiles("data/service-tags"))("%s is refused as a service tag file", async (file) => {
    await expect(read(textOf(`data/service-tags/${file}`))).rejects.toMatchObject({ code: "service-tag-file" });
  });
});
