import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Change } from "../../../src/analysis/whatif/change.ts";
import { isWhatIfError } from "../../../src/analysis/whatif/change.ts";
import { predictedMoves } from "../../../src/analysis/whatif/moves.ts";
import {
  parseAddEndpoint,
  parseAddPeering,
  parseAddRoute,
  parsePropagateBgp,
  parseRemoveEndpoint,
  parseRemovePeering,
  parseRemoveRoute,
} from "../../../src/analysis/whatif/parse.ts";
import { applyChanges } from "../../../src/analysis/whatif/predict.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import type { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { anyTable } from "../../selection/random-tables.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };

function movesOf(routes: readonly EffectiveRoute[], changes: readonly Change[], tags: TagCatalogue | null) {
  const table = { routes, origin };
  const prediction = applyChanges(table, changes, tags);
  const moves = predictedMoves(prediction, annotateTable(table, tags), annotateTable(prediction.table, tags), tags);
  return { prediction, ...moves };
}

const TAGS = tagsOf({
  Storage: ["20.0.0.0/16"],
  "Storage.WestEurope": ["20.0.0.0/24"],
  "Storage.NorthEurope": ["20.0.1.0/24"],
});
const LOCAL = "Default 10.0.0.0/16 VnetLocal";
const PEER = "Default 10.1.0.0/16 VNetPeering";
const INTERNET = "Default 0.0.0.0/0 Internet";
const NONE = "Default 10.0.0.0/8 None";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva";
const addNva = parseAddRoute("0.0.0.0/0=VirtualAppliance:10.0.1.4", "to-nva");
const storage = parseAddEndpoint("Microsoft.Storage", "westeurope");

describe("each move has its rules and their lowest certainty", () => {
  test.each<[string, readonly string[], readonly Change[], readonly string[]]>([
    ["nothing moves", [LOCAL, INTERNET], [parseAddPeering("10.1.0.0/16"), parseRemovePeering("10.1.0.0/16")], []],
    ["a user route", [LOCAL, INTERNET], [addNva], ["0.0.0.0/0: documented: same-prefix user-route"]],
    [
      "None rows that go are another matter than the default route",
      [LOCAL, INTERNET, NONE],
      [addNva],
      ["0.0.0.0/0: documented: same-prefix user-route", "10.0.0.0/8: observed: no-none-rows user-route"],
    ],
    [
      "an endpoint is less sure than the route beside it",
      [LOCAL, INTERNET],
      [addNva, storage],
      [
        "0.0.0.0/0: documented: same-prefix user-route",
        "20.0.0.0/24: observed: endpoint-of-region-pair same-prefix",
        "20.0.1.0/24: observed: endpoint-of-region-pair same-prefix",
      ],
    ],
    [
      "a route taken out",
      [LOCAL, NVA, INTERNET.replace("lt", "lt!")],
      [parseRemoveRoute("to-nva")],
      [
        "0.0.0.0/0: documented: same-prefix user-route",
        "10.0.0.0/8,100.64.0.0/10,172.16.0.0/12,192.168.0.0/16: observed: no-none-rows none-rows user-route",
      ],
    ],
    [
      "an appliance that gets out of reach",
      [LOCAL, PEER, "User 0.0.0.0/0 VirtualAppliance 10.1.0.4"],
      [parseRemovePeering("10.1.0.0/16")],
      ["0.0.0.0/0: observed: appliance-out-of-reach", "10.1.0.0/16: observed: appliance-out-of-reach peering"],
    ],
    [
      "a new route where there was none is inferred; one that beats a BGP route is documented",
      [LOCAL, "VirtualNetworkGateway 10.1.2.0/24 VirtualNetworkGateway 10.0.0.254"],
      [parseAddPeering("10.1.0.0/16")],
      ["10.1.0.0/16: inferred: peering", "10.1.2.0/24: documented: peering"],
    ],
    [
      "a contested choice makes a contested move",
      [LOCAL, "VirtualNetworkGateway 20.0.0.0/25 VirtualNetworkGateway 10.0.0.254"],
      [storage],
      [
        "20.0.1.0/24: inferred: endpoint-of-region-pair",
        "20.0.0.0/25: contested: endpoint-of-region-pair",
        "20.0.0.128/25: inferred: endpoint-of-region-pair",
      ],
    ],
    [
      "a peering that takes a BGP route out, where a user route then wins",
      [
        LOCAL,
        "User 10.1.0.0/20 VirtualAppliance 10.0.9.4 #fw",
        "VirtualNetworkGateway 10.1.2.0/24 VirtualNetworkGateway 10.0.0.254",
      ],
      [parseAddPeering("10.1.0.0/16")],
      ["10.1.0.0/16: inferred: peering", "10.1.2.0/24: inferred: peering"],
    ],
  ])("%s", (_, rows, changes, expected) => {
    const { moves } = movesOf(rows.map(row), changes, TAGS);
    expect(
      moves.map(
        ({ outline, prefixes, predictedBy, certainty }) =>
          `${(outline?.prefixes ?? prefixes).join()}: ${certainty}: ${[...predictedBy].sort().join(" ")}`,
      ),
    ).toEqual(expected);
  });
});

const anyChange: fc.Arbitrary<Change> = fc.constantFrom(
  addNva,
  parseAddRoute("10.0.0.0/15=None"),
  parseAddRoute("Storage=Internet"),
  parseAddRoute("fd00::/8=Internet"),
  parseAddPeering("10.77.0.0/16"),
  parseAddPeering("172.16.0.0/12"),
  parsePropagateBgp("off"),
  parsePropagateBgp("on"),
  storage,
  parseRemoveEndpoint("Microsoft.Storage"),
);

describe("for any table and changes", () => {
  it("each move has a rule, and each of its rules was applied", { tags: ["slow"] }, () => {
    fc.assert(
      fc.property(anyTable, fc.uniqueArray(anyChange, { minLength: 1, maxLength: 4 }), (routes, changes) => {
        const removed = routes.filter(({ source }) => source === "User").flatMap(({ name }) => name ?? []);
        const all = [...removed.slice(0, 1).map((name) => parseRemoveRoute(name)), ...changes];
        let found: ReturnType<typeof movesOf>;
        try {
          found = movesOf(routes, all, TAGS);
        } catch (error) {
          if (isWhatIfError(error)) return; // the table has no room for these changes
          throw error;
        }
        const used = new Set(found.prediction.rules.map(({ id }) => id));
        for (const { predictedBy } of found.moves) {
          expect(predictedBy.length).toBeGreaterThan(0);
          for (const id of predictedBy) expect(used).toContain(id);
        }
      }),
      { numRuns: 400 },
    );
  });
});
