import { expect, test } from "vitest";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import type { ServiceTagSource } from "../../src/routes/annotation.ts";
import { readRouteTable } from "../../src/routes/read/read-route-table.ts";
import { oneTag } from "./annotated-rows.ts";
import { armRow } from "./arm-json.ts";

const table = await readRouteTable(
  JSON.stringify([
    armRow(),
    armRow({ addressPrefix: ["20.0.0.0/24", "20.0.1.0/24"], nextHopType: "virtualnetworkserviceendpoint" }),
  ]),
  { kind: "stdin", name: "-" },
);

test("service endpoint rows alone are named by the tags", () => {
  const tags = oneTag("Storage");
  const result = annotateTable(table, tags);
  expect(result.table).toBe(table);
  expect(result.serviceTagFile).toBe(tags.file);
  expect(
    result.routes.map((row) => [row.serviceTag, row.serviceEndpoint, row.prefixes.map((p) => p.serviceTag)]),
  ).toEqual([
    [null, null, [null]],
    [{ name: "Storage", matched: 1, total: 2 }, "Microsoft.Test", ["Storage", "Storage"]],
  ]);
});

test("without tags every row carries nulls, its prefixes kept", () => {
  const result = annotateTable(table, null);
  expect(result.serviceTagFile).toBeNull();
  expect(result.routes.map((row) => [row.route, row.serviceTag, row.serviceEndpoint])).toEqual(
    table.routes.map((route) => [route, null, null]),
  );
  expect(result.routes.map((row) => row.prefixes)).toEqual(
    table.routes.map((route) => route.addressPrefix.map((prefix) => ({ prefix, serviceTag: null }))),
  );
});

test("a row is named once, when it is asked for its name", () => {
  let named = 0;
  const tags: ServiceTagSource = {
    ...oneTag("Storage"),
    annotate: (route) => {
      named++;
      return oneTag("Storage").annotate(route);
    },
  };
  const { routes } = annotateTable(table, tags);
  expect(named).toBe(0);
  for (const row of routes) expect([row.serviceTag?.name, row.serviceEndpoint, row.prefixes.length]).toHaveLength(3);
  expect(named).toBe(1);
});
