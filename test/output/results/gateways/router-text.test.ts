import { expect, test } from "vitest";
import { noteTexts, routerDataText, routerText } from "../../../../src/output/results/gateways/router-text.ts";
import type { ReportedRouter } from "../../../../src/routes/gateways/gateway-report.ts";
import { openTerminal } from "../../../../src/terminal/terminal.ts";
import { Capture } from "../../../terminal/capture-terminal.ts";

const ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualHubs/hub1";
const FILE = { kind: "file", name: "routes.json", fetchedAt: null, note: null };
const router = (more: object) =>
  ({ kind: "hub", routerId: ID, scope: null, instances: [], origin: FILE, ...more }) as unknown as ReportedRouter;

test.each<[kind: string, whole: string, scoped: string]>([
  ["hub", "virtual hub hub1, effective routes", "virtual hub hub1, effective routes of X"],
  ["gateway-learned", "gateway hub1, learned routes", "gateway hub1, learned routes of X"],
  ["gateway-advertised", "gateway hub1, advertised routes", "gateway hub1, routes advertised to X"],
  ["route-server-learned", "Route Server hub1, learned routes", "Route Server hub1, routes learned from X"],
  ["route-server-advertised", "Route Server hub1, advertised routes", "Route Server hub1, routes advertised to X"],
  ["circuit", "circuit hub1, route table", "circuit hub1, route table of path X"],
  ["gateway-peers", "gateway hub1, BGP peers", "gateway hub1, BGP peers of X"],
  ["circuit-summary", "circuit hub1, BGP peers", "circuit hub1, BGP peers of path X"],
])("a table of the kind %s is named by its router and what it holds", (kind, whole, scoped) => {
  expect([routerText(router({ kind })), routerText(router({ kind, scope: "X" }))]).toEqual([whole, scoped]);
});

test.each<[what: string, more: object, text: string]>([
  ["the last part of its id", {}, "virtual hub hub1, effective routes"],
  ["its name in the file", { routerId: "er1" }, "virtual hub er1, effective routes"],
  ["nothing where only the file is known", { routerId: "routes.json" }, "virtual hub, effective routes"],
  [
    "its id, though the origin has the same",
    { origin: { ...FILE, kind: "azure", name: ID } },
    "virtual hub hub1, effective routes",
  ],
])("a router is named by %s", (_, more, text) => {
  expect(routerText(router(more))).toBe(text);
});

const TABLE = "virtual hub hub1, effective routes";

test.each<[origin: object, text: string]>([
  [{}, `${TABLE} (routes.json)`],
  [{ kind: "stdin", name: "-" }, `${TABLE} (standard input)`],
  [{ kind: "azure" }, TABLE],
  [{ fetchedAt: "2026-11-29T10:00:00.123Z" }, `${TABLE} (routes.json), fetched 2026-11-29T10:00:00Z`],
  [{ kind: "azure", fetchedAt: "2026-11-29T10:00:00Z" }, `${TABLE}, fetched 2026-11-29T10:00:00Z`],
  [{ note: "Two tables, of 2 gateways." }, `${TABLE} (routes.json). Two tables, of 2 gateways.`],
])("the origin %j of a router's table in a few words", (origin, text) => {
  expect(routerDataText(router({ origin: { ...FILE, ...origin } }))).toBe(text);
});

test("problems come before remarks, and have a mark instead of a label", async () => {
  const { stdout } = await openTerminal(new Capture());
  const note = (level: string, text: string) => ({ id: "own-instance", level, text }) as never;
  const notes = [note("remark", "a"), note("problem", "b"), note("remark", "c"), note("problem", "d")];
  expect(noteTexts(notes, stdout).map(({ label, labelColour, text }) => [label, labelColour, text])).toEqual([
    ...[
      ["!", "yellow", "b"],
      ["!", "yellow", "d"],
    ],
    ...[
      ["note", "cyan", "a"],
      ["note", "cyan", "c"],
    ],
  ]);
});
