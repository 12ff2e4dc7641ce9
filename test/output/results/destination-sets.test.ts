import { expect, test } from "vitest";
import type { DestinationOutcome, DestinationSplit } from "../../../src/analysis/destinations/split.ts";
import { splitLine, splitText } from "../../../src/output/results/destination-sets.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const { stdout } = await openTerminal(new Capture({ env: { LANG: "C" } }));
const counts = (v4: number, v6 = 0) => ({ v4: `${v4}`, v6: `${v6}` });

/** An outcome; each has another diagnosis, so that none are folded. */
let at = 0;
function outcome(more: object = {}, winner: object | null = {}): DestinationOutcome {
  at += 1;
  return {
    ...{ verdict: "forward", certainty: "documented", rule: { id: "longest-prefix" }, next: null, notes: [] },
    ...{ prefixes: [`10.${at}.0.0/16`], outline: null, addresses: counts(4), winningPrefixes: [], winningRows: 1 },
    ...{ ownPrefixes: { whole: 1, partly: 0 }, diagnosis: { id: `d${at}`, level: "fine", text: `the answer ${at}` } },
    ...more,
    winner: winner && {
      ...{ source: "User", name: null, nextHopType: "Internet", nextHopIpAddress: [], addressPrefixes: [] },
      ...{ serviceEndpoint: null, serviceTag: null, ...winner },
    },
  } as unknown as DestinationOutcome;
}
const split = (outcomes: readonly DestinationOutcome[], more: object = {}): DestinationSplit =>
  ({ destination: "set", kind: "tag", ownPrefixes: 12, addresses: counts(16), outcomes, ...more }) as DestinationSplit;
const lineOf = (outcomes: readonly DestinationOutcome[], more: object = {}) => splitLine(split(outcomes, more)).text;
const diagnosed = (id: string, level: string) => ({ id, level, text: "an answer", brief: "an answer" });

const APPLIANCE = { nextHopType: "VirtualAppliance", nextHopIpAddress: ["10.0.0.4", "10.0.0.5"] };
const ENDPOINT = {
  nextHopType: "VirtualNetworkServiceEndpoint",
  serviceTag: "Storage",
  serviceEndpoint: "Microsoft.Storage",
};

test.each<[what: string, outcomes: () => readonly DestinationOutcome[], way: string]>([
  ["the type", () => [outcome(), outcome()], "1 to Internet"],
  ["the type and addresses", () => [outcome({}, APPLIANCE), outcome()], "1 to VirtualAppliance 10.0.0.4, 10.0.0.5"],
  ["the name of the route", () => [outcome({}, { ...APPLIANCE, name: "to-fw" }), outcome()], "1 by to-fw"],
  ["a drop", () => [outcome({ verdict: "drop" }, { nextHopType: "None" }), outcome()], "1 to None: DROPPED"],
  [
    "a problem that is not a drop",
    () => [outcome({ diagnosis: diagnosed("x", "problem") }, { name: "to-fw" }), outcome()],
    "1 by to-fw: NOT DELIVERED",
  ],
  [
    "nothing beyond a warning",
    () => [outcome({ diagnosis: diagnosed("x", "warning") }, { name: "to-fw" }), outcome()],
    "1 by to-fw",
  ],
  ["a service endpoint", () => [outcome({}, ENDPOINT), outcome()], "1 by service endpoint"],
  [
    "a service endpoint's tag, beside others",
    () => [outcome({}, ENDPOINT), outcome({}, ENDPOINT)],
    "1 by service endpoint Storage",
  ],
  [
    "a service endpoint's service, where the tag is unknown",
    () => [outcome({}, { ...ENDPOINT, serviceTag: null }), outcome({}, ENDPOINT)],
    "1 by service endpoint Microsoft.Storage",
  ],
  [
    "a service endpoint of an unknown service",
    () => [outcome({}, { ...ENDPOINT, serviceTag: null, serviceEndpoint: null }), outcome({}, ENDPOINT)],
    "1 by service endpoint",
  ],
  [
    "no IPv6",
    () => [outcome({ verdict: "drop", diagnosis: diagnosed("no-ipv6", "problem") }, null), outcome()],
    "1 not sent (no IPv6)",
  ],
  ["the host", () => [outcome({ verdict: "platform" }, null), outcome()], "1 to the host"],
  ["no route", () => [outcome({ verdict: "no-route" }, null), outcome()], "1 without a route: DROPPED"],
])("an outcome among several is named by %s", (_, outcomes, way) => {
  expect(lineOf(outcomes()).split(", 1 ")[0]).toBe(way);
});

test.each<[own: object, text: string]>([
  [{ whole: 1, partly: 0 }, "1 to Internet"],
  [{ whole: 1500, partly: 0 }, "1,500 to Internet"],
  [{ whole: 0, partly: 1 }, "parts of 1 to Internet"],
  [{ whole: 2, partly: 1500 }, "2 and parts of 1,500 to Internet"],
])("own prefixes are counted whole and in parts: %j", (ownPrefixes, text) => {
  expect(lineOf([outcome({ ownPrefixes }), outcome()])).toBe(`${text}, 1 to Internet (12 prefixes)`);
});

test.each<[more: object, text: string]>([
  [{ kind: "tag" }, "(12 prefixes)"],
  [{ kind: "file", ownPrefixes: 1500 }, "(1,500 entries)"],
  [{ kind: "file", ownPrefixes: 2 }, "(2 entries)"],
  [{ kind: "tag", ownPrefixes: 1 }, "(16 IPv4 addresses)"],
  [{ kind: "prefix" }, "(16 IPv4 addresses)"],
])("the size of a set with one outcome, %j, is in its own prefixes, else in addresses", (more, text) => {
  expect(lineOf([outcome({ diagnosis: diagnosed("x", "fine") })], more)).toBe(`an answer ${text}`);
});

test("a set without addresses has nothing to route", () => {
  expect(lineOf([], { kind: "prefix", addresses: counts(0) })).toBe("nothing to route (no addresses)");
});

test("of a prefix, up to four outcomes are named, of five or more the largest three", () => {
  const ways = (count: number) => {
    const outcomes = Array.from({ length: count }, (_, k) => outcome({ addresses: counts(9 - k) }, { name: `r${k}` }));
    return lineOf(outcomes, { kind: "prefix" });
  };
  expect([2, 4, 5].map(ways)).toEqual([
    "9 IPv4 by r0, 8 IPv4 by r1",
    "9 IPv4 by r0, 8 IPv4 by r1, 7 IPv4 by r2, 6 IPv4 by r3",
    "9 IPv4 by r0, 8 IPv4 by r1, 7 IPv4 by r2, and 2 more outcomes",
  ]);
});

test.each<[levels: readonly string[], worst: string]>([
  [[], "fine"],
  [["fine", "fine"], "fine"],
  [["fine", "warning", "fine"], "warning"],
  [["warning", "problem", "fine"], "problem"],
  [["problem", "warning"], "problem"],
])("the level of a set with outcomes %j is %s", (levels, worst) => {
  const outcomes = levels.map((level, k) => outcome({ diagnosis: diagnosed(`x${k}`, level) }));
  expect(splitLine(split(outcomes)).level).toBe(worst);
});

async function textOf(outcomes: readonly DestinationOutcome[], more: object = {}, expand = false) {
  return splitText(split(outcomes, more), stdout, expand);
}

test("each outcome of a set is a row: how many, its answer, its addresses", async () => {
  const outcomes = () => [
    outcome({ ownPrefixes: { whole: 2, partly: 1 }, diagnosis: diagnosed("x", "problem"), prefixes: ["20.0.0.0/8"] }),
    outcome({ ownPrefixes: { whole: 1, partly: 0 }, diagnosis: diagnosed("y", "warning"), prefixes: ["30.0.0.0/8"] }),
    outcome({ ownPrefixes: { whole: 0, partly: 2 }, diagnosis: diagnosed("z", "fine"), prefixes: ["40.0.0.0/8"] }),
  ];
  const head =
    "set  ->  2 and parts of 1 to Internet: NOT DELIVERED, 1 to Internet, parts of 2 to Internet (12 prefixes)";
  expect(await textOf(outcomes())).toBe(`${head}

     ADDRESSES                ANSWER     PREFIXES
  x  2 and parts of 1 prefix  an answer  20.0.0.0/8
  !  1 prefix                 an answer  30.0.0.0/8
  ok parts of 2 prefixes      an answer  40.0.0.0/8
`);
  expect(await textOf(outcomes(), { kind: "prefix" })).toBe(`set  ->  3 outcomes (16 IPv4 addresses)

     ADDRESSES  ANSWER     PREFIXES
  x  4 IPv4     an answer  20.0.0.0/8
  !  4 IPv4     an answer  30.0.0.0/8
  ok 4 IPv4     an answer  40.0.0.0/8
`);
});

test("equal outcomes are one row with the number and the names of their rows; expanded, each has its own", async () => {
  const diagnosis = { id: "x", level: "fine", text: "whole", brief: "brief" };
  const same = (name: string | null, k: number) =>
    outcome({ diagnosis, prefixes: [`10.${2 * k}.0.0/16`], addresses: counts(65536) }, { name });
  const named = ["a", "b", "a", "c", "d"].map(same);
  const two = [same(null, 7), same(null, 8)];
  const other = outcome({ diagnosis: diagnosed("y", "fine"), prefixes: ["40.0.0.0/8"] });
  const prefix = { kind: "prefix" };
  expect(await textOf([...named, other], prefix)).toContain("  brief, 5 rows: a, b, c, d  10.0.0.0/16");
  expect(await textOf([...two, other], prefix)).toContain("  brief, 2 rows  10.14.0.0/16, 10.16.0.0/16\n");
  const expanded = await textOf([...named, other], prefix, true);
  expect(expanded.match(/^ .*whole.*$/gm)).toHaveLength(5);
  expect(expanded).not.toContain("brief");
});

test("what to check next is said once for each advice, below the rows; a set with one outcome has no rows", async () => {
  const [a, b, c] = ["first", "second", "first"].map((next) => outcome({ next }));
  expect(await textOf([a, b, c] as DestinationOutcome[])).toMatch(/\n\n {2}next {2}first\n {2}next {2}second\n$/);
  expect(await textOf([outcome({ diagnosis: diagnosed("x", "fine") })])).toBe("set  ->  an answer (12 prefixes)\n");
  expect(await textOf([outcome({ diagnosis: diagnosed("x", "fine"), next: "look" })])).toBe(
    "set  ->  an answer (12 prefixes)\n\n  next  look\n",
  );
});
