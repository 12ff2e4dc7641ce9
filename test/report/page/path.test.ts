import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { traceData } from "../../../src/analysis/trace/from-snapshot.ts";
import { roundTrip } from "../../../src/analysis/trace/round-trip.ts";
import { startOf } from "../../../src/analysis/trace/start.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { htmlPage } from "../../../src/output/formats/html.ts";
import { type TraceVerification, traceReport } from "../../../src/output/results/trace/report.ts";
import { type Draft, dataOf, hubAndSpokes, loadBalancer, nic } from "../../analysis/trace/lab.ts";
import { readOracle, snapshotOf } from "../../analysis/trace/oracle-snapshot.ts";
import { hasSharedData } from "../../shared-data.ts";
import { browserForTests, hasBrowser, keepPicture } from "../browser.ts";

const { show } = browserForTests();

/** The page of the path from a start to an address and back, in the networks that `data` describes. */
function pageOfTrace(
  data: ReturnType<typeof dataOf>,
  from: string,
  to: string,
  verification: TraceVerification | null = null,
): Promise<string> {
  const question = { from: startOf(data, from), to: parseAddress(to), protocol: null, port: null };
  return htmlPage({
    kind: "trace",
    report: traceReport(
      roundTrip(data, question, true),
      { name: "lab", takenAt: "2026-08-03T10:00:00Z", complete: true, inventory: true },
      verification,
    ),
    view: { verbose: false },
    page: { tables: [], carriedTags: null },
  });
}

const lab = (change: (draft: Draft) => void = () => undefined) => {
  const draft = hubAndSpokes();
  change(draft);
  return dataOf(draft);
};

const oracle = async (file: string) => traceData(await snapshotOf(readOracle(file)), null);

/** A load balancer in front of two appliances, and a reply through a third. */
const balanced = (draft: Draft) => {
  draft.nics.push(
    nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }),
    nic("nva3", "hub", "10.0.1.6", { ipForwarding: true }),
  );
  draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.9", ["nva", "nva2"], [{}]));
  const rows = (next: string) => ["0.0.0.0/0 User VirtualAppliance ".concat(next)];
  const local = (space: string) => [`${space} Default VnetLocal`, "10.0.0.0/16 Default VNetPeering"];
  draft.tables.web = [...local("10.1.0.0/16"), ...rows("10.0.1.9")];
  draft.tables.db = [...local("10.2.0.0/16"), ...rows("10.0.1.6")];
  draft.tables.nva2 = draft.tables.nva ?? [];
  draft.tables.nva3 = draft.tables.nva ?? [];
};

/** Two appliances that send packets to each other. */
const looping = (draft: Draft) => {
  draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
  const rows = (next: string) => [
    "10.0.0.0/16 Default VnetLocal",
    "10.1.0.0/16 Default VNetPeering",
    `10.2.0.0/16 User VirtualAppliance ${next}`,
  ];
  draft.tables.nva = rows("10.0.1.5");
  draft.tables.nva2 = rows("10.0.1.4");
};

const VERIFIED: TraceVerification = {
  nextHops: [
    {
      direction: "there",
      hop: 1,
      name: "web",
      networkWatcher: {
        nextHopType: "Internet",
        nextHopIpAddress: null,
        routeTableId: null,
        agrees: false,
        text: "Network Watcher differs: the route goes to VirtualAppliance, Network Watcher says Internet",
      },
    },
  ],
  connection: { status: "Reachable", hops: [], agrees: true, text: "connection troubleshoot agrees: Reachable" },
};

const PAGES: readonly { readonly name: string; readonly page: () => Promise<string>; readonly sheets: number }[] = [
  { name: "balanced", page: () => pageOfTrace(lab(balanced), "nic:web", "10.2.0.4"), sheets: 3 },
  { name: "symmetric", page: () => pageOfTrace(lab(), "nic:web", "10.2.0.4", VERIFIED), sheets: 2 },
  { name: "loop", page: () => pageOfTrace(lab(looping), "nic:web", "10.2.0.4"), sheets: 2 },
  ...(hasSharedData
    ? [
        {
          name: "lab-square",
          page: async () => pageOfTrace(await oracle("square-loops.json"), "nic:spoke-b", "10.50.1.4"),
          sheets: 2,
        },
        {
          name: "lab-hubless",
          page: async () => pageOfTrace(await oracle("hubless-ecmp-return.json"), "nic:hub1-ep", "10.31.0.4"),
          sheets: 2,
        },
        {
          name: "lab-tunnel",
          page: async () => pageOfTrace(await oracle("square-loops.json"), "nic:dc1", "10.50.1.4"),
          sheets: 2,
        },
        {
          name: "lab-long",
          page: async () => pageOfTrace(await oracle("lab01-ilb-nva-vpn.json"), "nic:spoke1", "10.10.0.5"),
          sheets: 2,
        },
      ]
    : []),
];

const LOOKS = [
  { name: "light", colorScheme: "light", width: 1400 },
  { name: "dark", colorScheme: "dark", width: 1400 },
  { name: "narrow", colorScheme: "light", width: 400 },
  { name: "narrow-dark", colorScheme: "dark", width: 400 },
] as const;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.skipIf(!hasBrowser)("the page of a path under its own policy", () => {
  it("has the styles of the picture", async () => {
    const { page, complaints } = await show(await pageOfTrace(lab(), "nic:web", "10.2.0.4"));
    expect(complaints).toEqual([]);
    expect(await page.evaluate("getComputedStyle(document.querySelector('svg.narrow')).display")).toBe("none");
    expect(await page.evaluate("getComputedStyle(document.querySelector('.hops ol')).listStyleType")).toBe("none");
  });
});

describe.skipIf(!hasBrowser).each(PAGES)("the page of the path $name", ({ name, page: html, sheets }) => {
  it("axe finds nothing in any look; nothing is wider than the window; no text leaves its box; it fits its paper", async () => {
    const { page } = await show(await html(), { bypassCSP: true });
    const printed = await page.pdf({ format: "A4" });
    await page.evaluate(axe.source);
    for (const { name: look, colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await keepPicture(page, `path-${name}-${look}`);
      const { violations } = await page.evaluate<{ violations: readonly Violation[] }>("axe.run(document)");
      const found = violations.map(
        ({ id, impact, nodes }) => `${look} ${impact} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
      );
      expect(found).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth"), look).toBe(width);
      const outside = await page.evaluate(`[...document.querySelectorAll("svg.path")]
        .filter((picture) => picture.getBoundingClientRect().width > 0)
        .flatMap((picture) => [...picture.querySelectorAll("svg.box")].flatMap((box) => {
          const right = box.width.baseVal.value - 4;
          return [...box.querySelectorAll("text")].filter((text) => {
            const { x, width } = text.getBBox();
            return x + width > right;
          }).map(({ textContent }) => textContent);
        }))`);
      expect(outside, look).toEqual([]);
    }
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    await page.setViewportSize({ width: 1000, height: 900 });
    await keepPicture(page, `path-${name}-print`);
    expect(printed.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeLessThanOrEqual(sheets);
  });
});
