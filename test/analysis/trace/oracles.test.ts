import { describe, expect, test } from "vitest";
import { traceData } from "../../../src/analysis/trace/from-snapshot.ts";
import type { TraceStart } from "../../../src/analysis/trace/question.ts";
import { roundTrip } from "../../../src/analysis/trace/round-trip.ts";
import { startOf } from "../../../src/analysis/trace/start.ts";
import type { Trace, TraceEnd } from "../../../src/analysis/trace/trace.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { listShared } from "../../shared-data.ts";
import { nameIn, type Oracle, type OracleQuery, readOracle, snapshotOf } from "./oracle-snapshot.ts";

const files = listShared("data/labs/trace-oracles");
const oracles = files.map(readOracle).filter(({ queries }) => queries !== undefined);

const labs = await Promise.all(
  oracles.map(async (oracle) => ({ oracle, data: traceData(await snapshotOf(oracle), null) })),
);

const cases = labs.flatMap(({ oracle, data }) =>
  (oracle.queries ?? []).map((query) => ({ name: `${oracle.id}: ${query.from} to ${query.to}`, oracle, data, query })),
);

type Lab = (typeof cases)[number];

/** Where a lab has no table of the NIC, its packets start in the hub that the NIC's network is connected to. */
function startIn({ data, query, oracle }: Lab): TraceStart {
  const name = nameIn(query.from);
  if (data.index.nics.get(name) !== null) return startOf(data, `nic:${name}`);
  const hub = data.index.topology.hubs.find((each) => query.path?.startsWith(each.name.split("-")[0] ?? "?"));
  if (hub === undefined) throw new Error(`${oracle.id} has neither ${name} nor its hub`);
  return startOf(data, `hub:${hub.id}`);
}

const walk = (lab: Lab) => {
  const { data, query } = lab;
  const question = { from: startIn(lab), to: parseAddress(query.to), protocol: null, port: null };
  return roundTrip(data, question, query.return !== undefined);
};

const dispositions = ({ ends }: Trace) => new Set<string>(ends.map(({ disposition }) => disposition));

/** The disposition that a lab's own words name; null where they name none. */
function saidBy({ disposition = "", measured = "" }: OracleQuery): TraceEnd["disposition"] | null {
  if (/^loop/.test(disposition) || /TTL exceeded/.test(String(measured))) return "loop";
  if (/^drop/.test(disposition)) return "dropped";
  if (/^delivered/.test(disposition)) return "delivered";
  if (/^leaves Azure|ExpressRoute/.test(disposition)) return "leaves-azure";
  return null;
}

/** Whether the names come in this order among the names of the hops. */
function inOrder(wanted: readonly string[], trace: Trace): boolean {
  let at = 0;
  for (const { name } of trace.hops) if (name === wanted[at]) at++;
  return at === wanted.length;
}

describe.skipIf(cases.length === 0)("measured labs", () => {
  test.each(cases)("$name: the trace ends as the lab measured", (lab) => {
    const said = saidBy(lab.query);
    const { trace } = walk(lab);
    const found = dispositions(trace);
    if (said !== null) expect(found).toContain(said);
    // What is not known may stand beside what was measured; another end may not.
    if (said !== null) expect([...found].filter((each) => each !== said && each !== "unknown")).toEqual([]);
    if (/^0% loss/.test(String(lab.query.measured))) expect([...found].sort()).not.toContain("dropped");
  });

  test.each(cases.filter(({ query }) => query.hops !== undefined))("$name: the hops are those of the lab", (lab) => {
    const names = (lab.query.hops ?? []).map(nameIn);
    const once = names.filter((name, at) => name !== names[at - 1]);
    expect(walk(lab).trace.hops.map(({ name }) => name)).toEqual(once);
  });

  test.each(cases.filter(({ query }) => query.hops !== undefined && saidBy(query) === "loop"))(
    "$name: a loop is never a plain one",
    (lab) => {
      const { trace } = walk(lab);
      const end = trace.ends.find(({ disposition }) => disposition === "loop");
      const at = trace.hops.find(({ index }) => index === end?.hop);
      expect(["self-next-hop", "gateway-recursion"]).toContain(
        at?.rules.find(({ id }) => id === "self-next-hop" || id === "gateway-recursion")?.id,
      );
      expect(trace.certainty).not.toBe("documented");
    },
  );

  test.each(cases.filter(({ query }) => Array.isArray(query.measured)))(
    "$name: every measured hop that is known by its address is a hop of the trace",
    (lab) => {
      const known = Object.keys(lab.oracle.addresses ?? {});
      const { trace } = walk(lab);
      const left = trace.ends.some(({ disposition }) => disposition === "leaves-azure");
      // What answers after the packet has left Azure is beyond a trace.
      const measured = (lab.query.measured as readonly string[]).filter((each) => known.includes(each));
      const addresses = trace.hops.map(({ address }) => address);
      for (const each of left ? measured.slice(0, trace.hops.length - 2) : measured) expect(addresses).toContain(each);
    },
  );

  test.each(cases.filter(({ query }) => query.return?.branches !== undefined))(
    "$name: the reply takes every branch of the lab, and they are not symmetric",
    (lab) => {
      const { return: back, symmetry } = walk(lab);
      if (back === null) throw new Error("the reply is not traced");
      for (const branch of lab.query.return?.branches ?? []) {
        const names = branch.map(nameIn).filter((name) => name !== "unknown:");
        expect(inOrder(names, back)).toBe(true);
        const isUnknown = branch.some((each) => each.startsWith("unknown"));
        const last = back.hops.find(({ name }) => name === names.at(-1));
        expect(last?.disposition).toBe(isUnknown ? "unknown" : "delivered");
      }
      expect(symmetry?.symmetric).toBe(!/asymmetry|asymmetric|ECMP/.test(lab.query.asymmetry ?? ""));
    },
  );
});

test("a hub of a lab is reached by the path that the lab measured", () => {
  const { oracle, data } = labs.find((each) => each.oracle.circuits !== undefined) ?? {};
  if (oracle === undefined || data === undefined) return;
  for (const query of (oracle as Oracle).queries ?? []) {
    const { trace } = walk({ name: "", oracle, data, query });
    const hubs = (query.path ?? "").split(", ").filter((each) => /^hub\d/.test(each));
    expect(trace.hops.filter(({ kind }) => kind === "hub")).toHaveLength(hubs.length);
  }
});
