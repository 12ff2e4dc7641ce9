import { describe, expect, test } from "vitest";
import { mismatchOf, passes, readTraceExpectation } from "../../../src/analysis/trace/expectation.ts";
import { roundTrip } from "../../../src/analysis/trace/round-trip.ts";
import type { Hop, Trace } from "../../../src/analysis/trace/trace.ts";
import { dataOf, hubAndSpokes, nic, question } from "./lab.ts";

/** web reaches db by nva alone; by nva or nva2 where `branches`. */
function found(branches: boolean) {
  const draft = hubAndSpokes();
  if (branches) {
    draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
    draft.tables.nva2 = draft.tables.nva ?? [];
    draft.tables.web = [
      ...["10.1.0.0/16 Default VnetLocal", "10.0.0.0/16 Default VNetPeering"],
      "0.0.0.0/0 User VirtualAppliance 10.0.1.4,10.0.1.5",
    ];
  }
  const data = dataOf(draft);
  return roundTrip(data, question(data, "nic:web", "10.2.0.4"), true);
}

describe("what a trace is expected to show", () => {
  test.each([
    { word: "delivered", branches: false, met: true },
    { word: "Delivered", branches: false, met: true },
    { word: "dropped", branches: false, met: false },
    { word: "via=nva", branches: false, met: true },
    { word: "via=10.0.1.4", branches: false, met: true },
    { word: "via=vm-nva", branches: false, met: true },
    { word: "via=10.0.1.9", branches: false, met: false },
    { word: "via=nva", branches: true, met: false },
    { word: "via=db", branches: true, met: true },
    { word: "symmetric", branches: false, met: true },
    { word: "symmetric", branches: true, met: false },
  ])("$word (branches: $branches) is met: $met", ({ word, branches, met }) => {
    expect(mismatchOf(readTraceExpectation(word), found(branches)) === null).toBe(met);
  });

  const WORDS = "one of: delivered, leaves-azure, dropped, no-route, loop, refused, unknown, depends, symmetric, ";
  test.each([
    ["deliverd", "unknown --expect 'deliverd' (did you mean delivered?)", `${WORDS}via=ADDRESS or via=NAME`],
    ["not-via=nva", "unknown --expect 'not-via=nva' (did you mean via=?)", `${WORDS}via=ADDRESS or via=NAME`],
    ["next-hop=x", "unknown --expect 'next-hop=x'", `${WORDS}via=ADDRESS or via=NAME`],
    ["symetric", "unknown --expect 'symetric' (did you mean symmetric?)", `${WORDS}via=ADDRESS or via=NAME`],
    ["via= ", "via= has no value", "write via=10.0.1.4 or via=NAME"],
  ])("%s is refused", (word, message, hint) => {
    expect(() => readTraceExpectation(word)).toThrow(expect.objectContaining({ code: "trace-expect", message, hint }));
  });

  const ECMP = "asymmetric for part of the flows (ECMP): there through nva2, back through nva";
  test.each([
    ["dropped", true, "expected: dropped; actual: delivered (delivered to db in spoke2)"],
    ["via=nva", true, "expected: via nva on every branch; actual: web, nva, db, nva2"],
    [
      "symmetric",
      true,
      `expected: symmetric; actual: ${ECMP}; a stateful appliance drops the reply unless it translates the source address`,
    ],
    ["via=fd00::1", false, "expected: via fd00::1 on every branch; actual: web, nva, db"],
    ["via=10.0.1.9", false, "expected: via 10.0.1.9 on every branch; actual: web, nva, db"],
  ])("a mismatch of %s (branches: %s) names the expected and the actual result", (word, branches, text) => {
    expect(mismatchOf(readTraceExpectation(word), found(branches))).toBe(text);
  });

  test.each([
    [{ returnReason: null }, "the reply is not traced: --return is missing"],
    [{ returnReason: "the packet does not arrive" }, "the reply is not traced: the packet does not arrive"],
  ])("without a reply nothing is symmetric: %j", (more, actual) => {
    const answer = { ...found(false), symmetry: null, ...more };
    expect(mismatchOf(readTraceExpectation("symmetric"), answer)).toBe(`expected: symmetric; actual: ${actual}`);
  });

  test("every disposition is a word", () => {
    const words = "delivered leaves-azure dropped no-route loop refused unknown depends".split(" ");
    for (const wanted of words) {
      expect(readTraceExpectation(` ${wanted} `)).toEqual({ kind: "disposition", wanted });
    }
    expect(readTraceExpectation("VIA= nva ")).toEqual({ kind: "via", wanted: "nva" });
  });
});

interface HopFields {
  readonly kind?: Hop["kind"];
  readonly name?: string;
  readonly resourceId?: string;
  readonly address?: string | null;
  readonly applianceId?: string | null;
  readonly next?: readonly number[];
}

/** A trace of hops as `NAME` with the numbers of those that follow; the fields of a hop are those given. */
const traceOf = (...hops: readonly HopFields[]) =>
  ({
    hops: hops.map((hop, at) => ({
      ...{ index: at + 1, kind: "host", name: `h${at + 1}`, resourceId: null, address: null, next: [at + 2] },
      ...hop,
    })),
  }) as unknown as Trace;
const endAt = (hop: number) => ({ hop, disposition: "delivered", text: "" }) as const;

describe("a hop is named", () => {
  test.each<[string, HopFields, string, boolean]>([
    ["by its name, in any case", { name: "Fw" }, "fW", true],
    ["by its id, in any case", { name: "a", resourceId: "/x/Fw" }, "/X/fw", true],
    ["not by the end of its id", { name: "a", resourceId: "/x/fw" }, "fw", false],
    ["by the id of its appliance", { kind: "nic", name: "a", applianceId: "/x/vm-fw" }, "/x/VM-fw", true],
    ["by the name of its appliance", { kind: "nic", name: "a", applianceId: "/x/vm-fw" }, "vm-FW", true],
    ["not by a part of it", { kind: "nic", name: "a", applianceId: "/x/vm-fw" }, "x", false],
    ["not by an appliance that it has not", { kind: "nic", name: "a", applianceId: null }, "null", false],
    ["by its address", { address: "10.0.0.4" }, "10.0.0.4", true],
    ["by its address, spelled otherwise", { address: "fd00::4" }, "FD00:0:0::4", true],
    ["not by another address", { address: "10.0.0.4" }, "10.0.0.5", false],
    ["not by an address of the other family", { address: "::a00:4" }, "10.0.0.4", false],
    ["by an address that is a text", { address: "public" }, "Public", true],
    ["not by a text that is no address", { address: "10.0.0.4" }, "10.0.0.x", false],
    ["not by an address where it has none", { address: null }, "10.0.0.4", false],
  ])("%s", (_, hop, wanted, expected) => {
    expect(passes(traceOf({}, hop, {}), [wanted], endAt(3))).toBe(expected);
  });
});

describe("every way to an end passes a hop", () => {
  // 1 leads to 2 and 3, both to 4; 4 leads back to 2.
  const found = traceOf({ next: [2, 3] }, { next: [4] }, { next: [4] }, { next: [2] });
  test.each<[readonly string[], number, boolean]>([
    [["h2"], 4, false],
    [["h3"], 4, false],
    [["h2", "h3"], 4, true],
    [["h1"], 4, true],
    [["h4"], 4, true],
    [["h4"], 2, false],
    [["h3"], 2, false],
    [["h2"], 2, true],
    [[], 1, false],
    [["h9"], 4, false],
  ])("one of %j, to the end at hop %i: %s", (wanted, end, expected) => {
    expect(passes(found, wanted, endAt(end))).toBe(expected);
  });
});
