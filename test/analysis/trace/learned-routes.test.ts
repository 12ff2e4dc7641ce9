import { expect, test } from "vitest";
import { bestLearned, isOwnRoute, learnedWinner, nextHopsOf } from "../../../src/analysis/trace/learned-routes.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { learned } from "./lab.ts";

const routesOf = (...rows: readonly string[]) => learned("vpn", rows).routes;

test.each<[string, readonly string[], readonly string[]]>([
  ["nothing covers the address", ["10.2.0.0/16 10.0.0.4 EBgp"], []],
  ["the longest prefix wins", ["10.0.0.0/8 10.0.0.4 EBgp", "10.1.0.0/16 10.0.0.5 IBgp"], ["10.1.0.0/16 IBgp"]],
  [
    "the gateway's own route wins",
    ["10.1.0.0/16 10.0.0.4 EBgp 65535", "10.1.0.0/16 - network"],
    ["10.1.0.0/16 network"],
  ],
  [
    "an own route with a shorter prefix does not",
    ["10.0.0.0/8 - Network", "10.1.0.0/16 10.0.0.4 IBgp"],
    ["10.1.0.0/16 IBgp"],
  ],
  ["a longer own route does", ["10.0.0.0/8 10.0.0.4 EBgp", "10.1.0.0/16 - Network"], ["10.1.0.0/16 Network"]],
  [
    "all of several own routes win",
    ["10.1.0.0/16 - Network", "10.1.0.0/16 - Network"],
    ["10.1.0.0/16 Network", "10.1.0.0/16 Network"],
  ],
  ["EBGP wins over IBGP", ["10.1.0.0/16 10.0.0.4 IBgp", "10.1.0.0/16 10.0.0.5 EBgp"], ["10.1.0.0/16 EBgp"]],
])("of what a gateway learned for 10.1.0.4: %s", (_, rows, expected) => {
  const best = bestLearned(routesOf(...rows), parseAddress("10.1.0.4"));
  expect(best.map(({ prefix, origin }) => `${formatPrefix(prefix)} ${origin}`)).toEqual(expected);
});

test.each<[string | null, boolean]>([
  ["Network", true],
  ["NETWORK", true],
  ["EBgp", false],
  ["", false],
  [null, false],
])("a route of origin %j is the gateway's own: %s", (origin, expected) => {
  const [route] = routesOf("10.0.0.0/8 - x");
  if (route === undefined) throw new RangeError("no route");
  expect(isOwnRoute({ ...route, origin })).toBe(expected);
});

test("a route without next hops has one without text", () => {
  const hops = routesOf("10.0.0.0/8 - EBgp", "10.0.0.0/8 10.0.0.4,peer EBgp").map(nextHopsOf);
  expect(hops).toEqual([
    [{ text: "", address: null }],
    [
      { text: "10.0.0.4", address: parseAddress("10.0.0.4") },
      { text: "peer", address: null },
    ],
  ]);
});

test("the winner of equally good routes has the next hops of all of them once, and the rest of the first", () => {
  const [one, two, three] = routesOf(
    "10.0.0.0/8 10.0.0.4,10.0.0.5 EBgp 100 65001-65002",
    "10.0.0.0/8 10.0.0.5, IBgp 7",
    "10.0.0.0/8 - Network",
  );
  if (one === undefined || two === undefined || three === undefined) throw new RangeError("three routes");
  expect(learnedWinner([one, two])).toEqual({
    addressPrefix: "10.0.0.0/8",
    nextHopType: null,
    nextHops: ["10.0.0.4", "10.0.0.5"],
    origin: "EBgp",
    asPath: [65001, 65002],
    weight: 100,
  });
  expect(learnedWinner([{ ...three, asPath: null }])).toMatchObject({ nextHops: [], asPath: [], weight: 0 });
  expect(learnedWinner([])).toBeNull();
});
