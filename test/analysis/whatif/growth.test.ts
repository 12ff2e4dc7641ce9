import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Change } from "../../../src/analysis/whatif/change.ts";
import { predictedMoves } from "../../../src/analysis/whatif/moves.ts";
import {
  parseAddPeering,
  parseAddRoute,
  parsePropagateBgp,
  parseRemovePeering,
  parseRemoveRoute,
} from "../../../src/analysis/whatif/parse.ts";
import { applyChanges } from "../../../src/analysis/whatif/predict.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { RouteTable } from "../../../src/routes/effective-route.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { StepCounter } from "../../steps.ts";

const counter = new StepCounter();
beforeAll(() => counter.start());
afterAll(() => counter.stop());

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };

/**
 * A table of as many networks, private endpoints, routes of a gateway and user routes. No two of them touch; every
 * second route of the gateway is of one address and leads to one place, all others each to a place of its own.
 */
function tableOf(rows: number): RouteTable {
  const routes = [
    row("Default 10.0.0.0/16 VnetLocal"),
    row("Default 0.0.0.0/0 Internet"),
    row("Default 10.0.0.0/8 None"),
  ];
  for (let i = 0; i < rows / 4; i++) {
    const place = `${i >> 8}.${i & 255}`;
    routes.push(row(`Default 20.${place}.0/24 VNetPeering`));
    routes.push(row(`Default 20.${place}.5/32 InterfaceEndpoint`));
    const own = i.toString(16);
    const learned = i % 2 === 0 ? `2001:db8:0:${own}::/64` : `2001:db8:1:${own}::/128`;
    routes.push(row(`VirtualNetworkGateway ${learned} VirtualNetworkGateway fd00::${i % 2 === 0 ? own : "ffff"}`));
    routes.push(row(`User 40.${place}.0/24 VirtualAppliance 20.${place}.4 #u${i}`));
  }
  return { routes, origin };
}

const SMALL = 2000;
const TIMES = 4;
/** In proportion, and a little for the work of a sort. */
const ALLOWED = 4.5;

describe("four times the rows take four times the work", () => {
  test.each<[string, readonly Change[]]>([
    ["a user route around all of them", [parseAddRoute("20.0.0.0/8=VirtualAppliance:10.0.0.9", null)]],
    ["a user route less", [parseRemoveRoute("u7")]],
    ["a peering", [parseAddPeering("192.168.0.0/16")]],
    ["a peering less", [parseRemovePeering("20.0.3.0/24")]],
    ["no routes of the gateway, where each led elsewhere", [parsePropagateBgp("off")]],
  ])("%s", async (_, changes) => {
    const work = (rows: number) => {
      const table = tableOf(rows);
      return counter.count(() => {
        const prediction = applyChanges(table, changes, null);
        predictedMoves(prediction, annotateTable(table, null), annotateTable(prediction.table, null), null);
      });
    };
    await work(SMALL); // what is made once is made now
    // V8 loses some counts of code that it optimises meanwhile, a tenth at most: the least of three is nearest.
    const ratios: number[] = [];
    for (let time = 0; time < 3; time++) ratios.push((await work(TIMES * SMALL)) / (await work(SMALL)));
    expect(Math.min(...ratios)).toBeLessThan(ALLOWED);
  });
});
