import { expect, test } from "vitest";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import { readRouteTable } from "../../src/routes/read/read-route-table.ts";
import { routesReport } from "../../src/routes/routes-report.ts";
import { oneTag } from "./annotated-rows.ts";
import { armRow } from "./arm-json.ts";

const reportOf = async (rows: readonly unknown[], tag: string | null = null) =>
  routesReport(
    annotateTable(
      await readRouteTable(JSON.stringify(rows), { kind: "file", name: "routes.json" }),
      tag === null ? null : oneTag(tag),
    ),
  );

test("absent values are null, lists are lists", async () => {
  expect(await reportOf([armRow({ nextHopIpAddress: null })])).toEqual({
    schemaVersion: "1.0",
    routes: [
      {
        name: null,
        source: "Default",
        state: "Active",
        addressPrefix: ["10.0.0.0/16"],
        nextHopType: "VnetLocal",
        nextHopIpAddress: [],
        disableBgpRoutePropagation: null,
        hasBgpOverride: null,
        destinationServiceTags: [],
        tagMap: null,
        serviceTag: null,
        serviceEndpoint: null,
        prefixes: [{ addressPrefix: "10.0.0.0/16", serviceTag: null }],
      },
    ],
    routeTable: { kind: "file", name: "routes.json", format: "arm", fetchedAt: null, note: null },
    serviceTagFile: null,
  });
});

test("a service endpoint row carries its tag, its endpoint and the tag of each prefix", async () => {
  const report = await reportOf([armRow({ nextHopType: "VirtualNetworkServiceEndpoint" })], "Storage");
  expect(report.routes[0]).toMatchObject({
    serviceTag: { name: "Storage", matched: 1, total: 1 },
    serviceEndpoint: "Microsoft.Test",
    prefixes: [{ addressPrefix: "10.0.0.0/16", serviceTag: "Storage" }],
  });
  expect(report.serviceTagFile).toMatchObject({ file: "tags.json" });
});

test("the prefixes of a row are in numeric order, its addressPrefix as Azure sent it", async () => {
  const addressPrefix = ["100.0.0.0/8", "::/0", "20.1.0.0/16", "20.0.0.0/8", "20.0.0.0/16"];
  const [route] = (await reportOf([armRow({ addressPrefix })])).routes;
  expect(route?.addressPrefix).toEqual(addressPrefix);
  expect(route?.prefixes.map((prefix) => prefix.addressPrefix)).toEqual([
    "20.0.0.0/8",
    "20.0.0.0/16",
    "20.1.0.0/16",
    "100.0.0.0/8",
    "::/0",
  ]);
});

test.each([
  [["20.1.0.0/16", "20.0.0.0/16"]],
  [["20.0.0.0/16", "20.1.0.0/16"]],
  [["20.0.0.0/16", "20.1.0.0/16", "20.0.0.0/16"]],
])("the prefixes %j of a row are in numeric order, each with its tag", async (addressPrefix) => {
  const [route] = (await reportOf([armRow({ addressPrefix, nextHopType: "VirtualNetworkServiceEndpoint" })], "Sql"))
    .routes;
  expect(route?.prefixes).toEqual(addressPrefix.toSorted().map((each) => ({ addressPrefix: each, serviceTag: "Sql" })));
});

test("fields that are on the wire though undocumented, and unknown ones, are kept", async () => {
  const row = armRow({
    nextHopType: "QuantumTunnel",
    hasBgpOverride: false,
    destinationServiceTags: ["Storage"],
    tagMap: { Storage: ["20.0.0.0/24"] },
    disableBgpRoutePropagation: true,
    etag: { w: 1 },
  });
  expect((await reportOf([row])).routes[0]).toMatchObject(row);
});

test("schemaVersion comes first in the text", async () => {
  expect(JSON.stringify(await reportOf([]))).toMatch(/^\{"schemaVersion":"1\.0","routes":\[\],/);
});

test("a field of the export cannot replace what this program says", async () => {
  const row = armRow({ serviceTag: "forged", serviceEndpoint: "forged", prefixes: "forged" });
  expect((await reportOf([row])).routes[0]).toMatchObject({ serviceTag: null, serviceEndpoint: null, prefixes: [{}] });
});
