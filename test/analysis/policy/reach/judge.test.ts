import { describe, expect, test } from "vitest";
import type { ReachRule } from "../../../../src/analysis/policy/policy.ts";
import { judge } from "../../../../src/analysis/policy/reach/judge.ts";
import { roundTrip } from "../../../../src/analysis/trace/round-trip.ts";
import {
  change,
  changePeering,
  type Draft,
  dataOf,
  hubAndSpokes,
  loadBalancer,
  nic,
  question,
} from "../../trace/lab.ts";
import { reachRule } from "./rules.ts";

const OWN = ["10.1.0.0/16 Default VnetLocal", "10.0.0.0/16 Default VNetPeering"] as const;
const table =
  (name: string, ...rows: readonly string[]) =>
  (draft: Draft) => {
    draft.tables[name] = rows;
  };
const fromWeb = (...rows: readonly string[]) => table("web", ...OWN, ...rows);
const same = () => undefined;

/** Two appliances share what web sends. */
function equalCost(draft: Draft): void {
  draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
  draft.tables.nva2 = draft.tables.nva ?? [];
  fromWeb("0.0.0.0/0 User VirtualAppliance 10.0.1.4,10.0.1.5")(draft);
}

function balanced(draft: Draft): void {
  const rule = { protocol: "Tcp", frontendPort: 443, backendPort: 443 };
  draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", ["nva"], [rule]));
  fromWeb("0.0.0.0/0 User VirtualAppliance 10.0.1.99")(draft);
}

/** The reply of db goes by another appliance. */
function otherWayBack(draft: Draft): void {
  draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
  draft.tables.nva2 = draft.tables.nva ?? [];
  table(
    "db",
    "10.2.0.0/16 Default VnetLocal",
    "10.0.0.0/16 Default VNetPeering",
    "0.0.0.0/0 User VirtualAppliance 10.0.1.5",
  )(draft);
}

const ENDS: Readonly<Record<string, { lab: (draft: Draft) => void; to?: string; port?: number }>> = {
  delivered: { lab: same },
  "leaves-azure": { lab: fromWeb("0.0.0.0/0 Default Internet"), to: "8.8.8.8" },
  "nobody has it": { lab: same, to: "10.2.0.9" },
  dropped: { lab: fromWeb("0.0.0.0/0 User None") },
  "no-route": { lab: fromWeb() },
  refused: { lab: balanced, port: 80 },
  loop: {
    lab: table(
      "nva",
      "10.0.0.0/16 Default VnetLocal",
      "10.1.0.0/16 Default VNetPeering",
      "10.2.0.0/16 User VirtualAppliance 10.1.0.4",
    ),
  },
  "self next hop": { lab: table("nva", "10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.4") },
  unknown: { lab: (draft) => delete draft.tables.nva },
  "no access": { lab: (draft) => changePeering(draft, "hub", "spoke2", { allowVirtualNetworkAccess: false }) },
  "part delivered, part dropped": {
    lab: (draft) => {
      equalCost(draft);
      change(draft.nics, "nva2", (each) => ({ ...each, ipForwarding: false }));
    },
  },
  "part delivered, part unknown": {
    lab: (draft) => {
      equalCost(draft);
      delete draft.tables.nva2;
    },
  },
};

function statusOf(end: keyof typeof ENDS, rule: Partial<ReachRule>) {
  const draft = hubAndSpokes();
  // What loops comes back to web, which forwards then.
  change(draft.nics, "web", (each) => ({ ...each, ipForwarding: true }));
  const { lab, to = "10.2.0.4", port } = ENDS[end] ?? { lab: same };
  lab(draft);
  const data = dataOf(draft);
  const whole = reachRule(rule);
  return judge(
    whole,
    roundTrip(data, question(data, "nic:web", to, port === undefined ? {} : { port }), whole.symmetric),
  );
}

describe("a reach rule, by the end of the walk", () => {
  test.each<[string, string, string, string, string]>([
    // end, arrives, delivered, leaves-azure, blocked
    ["delivered", "holds", "holds", "violated", "violated"],
    ["leaves-azure", "holds", "violated", "holds", "violated"],
    ["nobody has it", "holds", "holds", "violated", "violated"],
    ["dropped", "violated", "violated", "violated", "holds"],
    ["no-route", "violated", "violated", "violated", "holds"],
    ["refused", "violated", "violated", "violated", "holds"],
    ["loop", "violated", "violated", "violated", "holds"],
    ["self next hop", "unknown", "unknown", "unknown", "unknown"],
    ["unknown", "unknown", "unknown", "unknown", "unknown"],
    ["no access", "violated", "violated", "violated", "holds"],
    ["part delivered, part dropped", "violated", "violated", "violated", "violated"],
    ["part delivered, part unknown", "unknown", "unknown", "violated", "violated"],
  ])("%s: arrives %s, delivered %s, leaves-azure %s, blocked %s", (end, ...expected) => {
    const all = (["arrives", "delivered", "leaves-azure", "blocked"] as const).map(
      (expect) => statusOf(end, { expect }).status,
    );
    expect(all).toEqual(expected);
  });
});

describe("a reach rule with through", () => {
  test.each<[string, string, readonly string[], string, ((draft: Draft) => void)?]>([
    ["the appliance by name", "delivered", ["nva"], "holds"],
    ["the appliance by its name in other case", "delivered", ["NVA"], "holds"],
    ["the appliance by address", "delivered", ["10.0.1.4"], "holds"],
    ["one of several", "delivered", ["fw", "nva"], "holds"],
    ["what is not on the way", "delivered", ["fw"], "violated"],
    ["what only part of the packets pass", "part delivered, part unknown", ["nva"], "unknown"],
    ["both of two that share the packets", "part delivered, part unknown", ["nva", "nva2"], "unknown"],
    ["what is after a drop", "dropped", ["nva"], "violated"],
    ["what may come later", "unknown", ["fw"], "unknown"],
  ])("%s (%s, %s): %s", (_case, end, through, expected) => {
    expect(statusOf(end, { through }).status).toBe(expected);
  });

  test("says which way is taken around it", () => {
    expect(statusOf("delivered", { through: ["fw", "fw2"] }).mismatches).toEqual([
      "expected: through fw or fw2; actual: web, nva, db",
    ]);
  });

  test("of equal ways each must pass it", () => {
    const draft = hubAndSpokes();
    equalCost(draft);
    const data = dataOf(draft);
    const trip = roundTrip(data, question(data, "nic:web", "10.2.0.4"), false);
    expect(judge(reachRule({ through: ["nva"] }), trip).status).toBe("violated");
    expect(judge(reachRule({ through: ["nva", "nva2"] }), trip).status).toBe("holds");
  });

  test("a share that is dropped passes nothing, and violates only that packets arrive", () => {
    expect(statusOf("part delivered, part dropped", { through: ["nva"] }).mismatches).toEqual([
      expect.stringMatching(/^expected: arrives; actual: nva2 has no IP forwarding/),
    ]);
  });
});

describe("a symmetric reach rule", () => {
  const symmetric = (lab: (draft: Draft) => void, to = "10.2.0.4") => {
    const draft = hubAndSpokes();
    lab(draft);
    const data = dataOf(draft);
    return judge(reachRule({ symmetric: true }), roundTrip(data, question(data, "nic:web", to), true));
  };

  test.each<[string, (draft: Draft) => void, string, string]>([
    ["the same appliance both ways", same, "10.2.0.4", "holds"],
    ["another appliance back", otherWayBack, "10.2.0.4", "violated"],
    ["equal ways there", equalCost, "10.2.0.4", "violated"],
    ["the reply is dropped", table("db", "0.0.0.0/0 User None"), "10.2.0.4", "violated"],
    ["the reply's table is missing", (draft) => delete draft.tables.db, "10.2.0.4", "unknown"],
    ["nothing has the address, so nothing replies", same, "10.2.0.9", "holds"],
    ["outside Azure the reply is not known", fromWeb("0.0.0.0/0 Default Internet"), "8.8.8.8", "unknown"],
    ["a drop violates that packets arrive, once", fromWeb(), "10.2.0.4", "violated"],
  ])("%s", (_case, lab, to, expected) => {
    const { status, mismatches } = symmetric(lab, to);
    expect(status, mismatches.join()).toBe(expected);
    expect(mismatches).toHaveLength(expected === "holds" ? 0 : 1);
  });
});

describe("what is not met", () => {
  const text = (end: keyof typeof ENDS, rule: Partial<ReachRule>) => statusOf(end, rule).mismatches;
  test.each<[string, keyof typeof ENDS, Partial<ReachRule>, readonly string[]]>([
    ["nothing, where the rule holds", "delivered", { through: ["nva"], symmetric: true }, []],
    [
      "each part of the rule, once",
      "delivered",
      { expect: "blocked", through: ["fw"] },
      ["expected: blocked; actual: delivered to db in spoke2", "expected: through fw; actual: web, nva, db"],
    ],
    [
      "only what is violated, where another part is not known",
      "part delivered, part unknown",
      { expect: "delivered", through: ["fw"] },
      ["expected: through fw; actual: web, nva, db, nva2"],
    ],
    [
      "of ends that violate it and ends that are not known the first",
      "part delivered, part unknown",
      { expect: "blocked", through: ["nva2", "nva"] },
      [
        "expected: blocked; actual: delivered to db in spoke2; the effective routes of nva2 are missing: reading them failed",
      ],
    ],
    [
      "not the reply, where it is not known whether packets arrive",
      "unknown",
      { symmetric: true },
      ["expected: arrives; not known: the effective routes of nva are missing: reading them failed"],
    ],
    [
      "what is not known, and why",
      "unknown",
      { through: ["fw"] },
      [
        "expected: arrives; not known: the effective routes of nva are missing: reading them failed",
        "expected: through fw; not known: the effective routes of nva are missing: reading them failed",
      ],
    ],
  ])("is %s", (_, end, rule, expected) => {
    expect(text(end, rule)).toEqual(expected);
  });

  test.each<[string, Partial<ReturnType<typeof roundTrip>>, string | null]>([
    [
      "asymmetry",
      { symmetry: { symmetric: false, text: "other ways", there: [], back: [], notes: [] } },
      "actual: other ways",
    ],
    [
      "what is not known of both ways",
      { symmetry: { symmetric: null, text: "a gap", there: [], back: [], notes: [] } },
      "not known: a gap",
    ],
    ["why the reply was not traced", { symmetry: null, returnReason: "no NIC" }, "not known: no NIC"],
    ["that the reply was not traced", { symmetry: null, returnReason: null }, "not known: the reply was not traced"],
    [
      "nothing where both ways are symmetric",
      { symmetry: { symmetric: true, text: "", there: [], back: [], notes: [] } },
      null,
    ],
  ])("is of a symmetric rule %s", (_, more, expected) => {
    const data = dataOf(hubAndSpokes());
    const trip = { ...roundTrip(data, question(data, "nic:web", "10.2.0.4"), true), ...more };
    const found = judge(reachRule({ symmetric: true }), trip);
    const status = expected === null ? "holds" : expected.startsWith("actual") ? "violated" : "unknown";
    expect(found).toEqual({ status, mismatches: expected === null ? [] : [`expected: symmetric; ${expected}`] });
    expect(judge(reachRule(), trip).status).toBe("holds");
  });
});
