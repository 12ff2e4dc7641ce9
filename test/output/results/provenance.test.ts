import { describe, expect, it } from "vitest";
import { ageText, dataText, routeTableText, serviceTagFileText } from "../../../src/output/results/provenance.ts";
import type { ServiceTagFile } from "../../../src/routes/annotation.ts";
import type { RouteTableOrigin } from "../../../src/routes/effective-route.ts";

const ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/vm1";
const at = "2026-11-23T20:00:00.123Z";

const origin = (kind: RouteTableOrigin["kind"], name: string, more: Partial<RouteTableOrigin> = {}) =>
  ({ kind, name, format: "arm", fetchedAt: null, note: null, ...more }) as RouteTableOrigin;

const tags = (more: Partial<ServiceTagFile> = {}): ServiceTagFile =>
  ({
    ...{ file: "tags.json", cloud: "Public", changeNumber: "376", numbering: "weekly-file", date: "2025-11-10" },
    ...{ note: null, ...more },
  }) as ServiceTagFile;

describe("where a table came from", () => {
  it.each<[origin: RouteTableOrigin, brief: string, whole: string]>([
    [origin("file", "a.json"), "a.json", "a.json"],
    [origin("stdin", "-"), "standard input", "standard input"],
    [origin("sample", "udr"), "sample udr", "sample udr"],
    [
      origin("azure", ID, { fetchedAt: at }),
      "network interface vm1, fetched 2026-11-23T20:00:00Z",
      `${ID}, fetched ${at}`,
    ],
    [
      origin("cache", ID, { fetchedAt: at }),
      "network interface vm1, fetched 2026-11-23T20:00:00Z",
      `${ID} (cached from the last fetch), fetched ${at}`,
    ],
    [origin("snapshot", ID), "network interface vm1", `${ID} (from a snapshot)`],
    [origin("file", "a.json", { note: "An excerpt" }), "a.json", "a.json. An excerpt"],
  ])("%j is %s, or in full %s", (from, brief, whole) => {
    expect([dataText(from, null), routeTableText(from)]).toEqual([brief, whole]);
  });

  it.each<[file: ServiceTagFile | null, brief: string, whole: string]>([
    [null, "a", "none given"],
    [tags(), "a; service tags of 2025-11-10", "tags.json (Public, change number 376, 2025-11-10)"],
    [tags({ date: null }), "a; service tags tags.json", "tags.json (Public, change number 376)"],
    [
      tags({ cloud: null }),
      "a; service tags of 2025-11-10",
      "tags.json (unknown cloud, change number 376, 2025-11-10)",
    ],
    [tags({ changeNumber: null }), "a; service tags of 2025-11-10", "tags.json (Public, 2025-11-10)"],
    [tags({ note: "Old" }), "a; service tags of 2025-11-10", "tags.json (Public, change number 376, 2025-11-10). Old"],
  ])("with the tags %j it is %s; in full they are %s", (file, brief, whole) => {
    expect([dataText(origin("file", "a"), file), serviceTagFileText(file)]).toEqual([brief, whole]);
  });
});

it.each([
  [-5000, "just now"],
  [0, "just now"],
  [59_999, "just now"],
  [60_000, "1 minute ago"],
  [3_599_999, "59 minutes ago"],
  [3_600_000, "1 hour ago"],
  [86_399_999, "23 hours ago"],
  [86_400_000, "1 day ago"],
  [400 * 86_400_000, "400 days ago"],
])("%i ms ago is %s", (past, text) => {
  expect(ageText(at, Date.parse(at) + past)).toBe(text);
});
