import { expect, test } from "vitest";
import { roundTrip } from "../../../src/analysis/trace/round-trip.ts";
import { traceReport } from "../../../src/output/results/trace/report.ts";
import { pathGraph } from "../../../src/report/path/path-graph.ts";
import { type Draft, dataOf, hubAndSpokes, nic, question } from "../../analysis/trace/lab.ts";

const LOCAL = "10.2.0.0/16 Default VnetLocal";

/** Replies take another appliance. */
const byAnother = (draft: Draft) => {
  draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
  draft.tables.nva2 = draft.tables.nva ?? [];
  draft.tables.db = [LOCAL, "10.0.0.0/16 Default VNetPeering", "0.0.0.0/0 User VirtualAppliance 10.0.1.5"];
};

/** Replies leave by ExpressRoute, and may pass the same appliance when they come back. */
const byCircuit = (draft: Draft) => {
  draft.tables.db = [LOCAL, "10.0.0.0/8 VirtualNetworkGateway VirtualNetworkGateway 10.63.110.252"];
};

test.each([
  { name: "none where both directions pass the same", lab: () => undefined, marked: {} },
  { name: "each where they pass others", lab: byAnother, marked: { nva: "there", nva2: "back" } },
  { name: "none where the reply leaves Azure", lab: byCircuit, marked: {} },
  { name: "none where the reply is unknown", lab: (draft: Draft) => delete draft.tables.db, marked: {} },
])("stateful hops that see one direction only: $name", ({ lab, marked }) => {
  const draft = hubAndSpokes();
  lab(draft);
  const data = dataOf(draft);
  const source = { name: "lab", takenAt: null, complete: true, inventory: true };
  const { nodes } = pathGraph(traceReport(roundTrip(data, question(data, "nic:web", "10.2.0.4"), true), source, null));
  const names = nodes.flatMap(({ name, only }) => (only === null ? [] : [[name.replace(/^vm-/, ""), only] as const]));
  expect(Object.fromEntries(names)).toEqual(marked);
});
