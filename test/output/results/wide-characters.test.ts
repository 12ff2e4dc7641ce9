import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Reports } from "../../../src/output/results/kinds.ts";
import { run } from "../../commands/run-in-process.ts";
import { body, DIRECT, exportFolder, NVA, snapshotDirectory } from "../../commands/snapshot-fixture.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { printed } from "../printed.ts";

const scratch = temporaryDirectory();
const MOVED = body("10.0.0.0/16 VnetLocal", "0.0.0.0/0 VirtualAppliance 10.0.1.5 to-nva");
const before = snapshotDirectory(join(scratch, "before"), [
  ["web", "hub/app", NVA],
  ["mgmt", "hub/mgmt", DIRECT],
  ["batch", "hub/batch", null],
]);
const after = snapshotDirectory(join(scratch, "after"), [
  ["web", "hub/app", MOVED],
  ["new", "hub/new", NVA],
]);
const exports = exportFolder(join(scratch, "exports"), {
  "web.json": body("10.1.0.0/16 VnetLocal", "0.0.0.0/0 VirtualAppliance 10.1.9.4 to-nva"),
  "db.json": body("10.1.0.0/16 VnetLocal"),
});
const map = join(scratch, "map.csv");
writeFileSync(map, "address,name\n10.1.0.4,web\n10.1.2.4,db\n");
const LEARNED = JSON.stringify({
  value: ["10.9.0.4", "10.9.0.5"].map((localAddress) => ({
    ...{ localAddress, network: `${localAddress}/32`, origin: "EBgp", asPath: "65001", weight: 32768 },
    ...{ nextHop: "10.8.0.4", sourcePeer: "10.8.0.4" },
  })),
});
const SAMPLE = ["--sample", "udr-and-endpoint"];

const WORD = "qxqxqxqxqxqx";
const WIDE_WORD = "日本語日本語";
const SENTENCE = Array(9).fill(WORD).join(" ");

/** Yields the report with one text replaced, for each name under which it has texts. */
function* variants(report: object, text: string): Generator<readonly [path: string, report: object]> {
  const seen = new Set<string>();
  function* walk(value: unknown, path: string, put: (value: unknown) => object): Generator<readonly [string, object]> {
    if (typeof value === "string" && !seen.has(path)) {
      seen.add(path);
      yield [path, put(text)];
    } else if (Array.isArray(value)) {
      for (const [at, each] of value.entries()) yield* walk(each, path, (changed) => put(value.with(at, changed)));
    } else if (typeof value === "object" && value !== null) {
      for (const [key, each] of Object.entries(value)) {
        yield* walk(each, `${path}.${key}`, (changed) => put({ ...value, [key]: changed }));
      }
    }
  }
  yield* walk(report, "", (changed) => changed as object);
}

const layout = async (...args: Parameters<typeof printed>) => {
  try {
    return await printed(...args);
  } catch {
    return null; // A text that decides what is printed, such as a verdict.
  }
};

test.each<[kind: keyof Reports, args: readonly string[], view?: object, stdin?: string]>([
  ["trace", ["trace", exports, "--addresses", map, "--from", "web", "--to", "10.1.2.4", "--return"], { verbose: true }],
  ["snapshot-whichroute", ["whichroute", "8.8.8.8", "10.0.0.0/15", before], {}],
  ["snapshot-whichroute", ["whichroute", "8.8.8.8", before], { explain: true }],
  ["snapshot-diff", ["diff", before, after]],
  ["whichroute", ["whichroute", "191.239.203.0", ...SAMPLE], { verbose: true }],
  ["whichroute", ["whichroute", "8.8.8.8", "10.0.0.0/15", ...SAMPLE], {}],
  ["whichroute", ["whichroute", "10.0.0.0/7", ...SAMPLE], {}],
  ["diff", ["diff", "sample:no-udr", "sample:udr-and-endpoint"]],
  [
    "whatif",
    ["whatif", "--sample", "udr", "--add-endpoint", "Microsoft.Storage", "--region", "westeurope"],
    { verbose: true },
  ],
  ["check", ["check", "docs/policies/no-bypass.yaml", ...SAMPLE], {}],
  ["gateway-routes", ["routes", "-f", "-"], {}, LEARNED],
  ["gateway-whichroute", ["whichroute", "10.9.0.4", "10.9.0.0/28", "-f", "-"], {}, LEARNED],
  ["gateway-whichroute", ["whichroute", "10.9.0.4", "-f", "-"], { verbose: true }, LEARNED],
])(
  "%s lays out wide characters as narrow ones that take the same room",
  { tags: ["slow"] },
  async (kind, args, view = {}, stdin) => {
    const { out } = await run([...args, "-o", "json"], stdin === undefined ? {} : { stdin });
    const report = JSON.parse(out);
    const failed: string[] = [];
    let compared = 0;
    for (const text of [WORD, SENTENCE]) {
      for (const [path, changed] of variants(report, text)) {
        const narrow = await layout(kind, changed, { view, widths: [60] });
        if (narrow === null || !narrow.includes(WORD)) continue;
        const wide = JSON.parse(JSON.stringify(changed).replaceAll(WORD, WIDE_WORD));
        compared += 1;
        if ((await layout(kind, wide, { view, widths: [60] })) !== narrow.replaceAll(WORD, WIDE_WORD))
          failed.push(path);
      }
    }
    expect(failed).toEqual([]);
    expect(compared).toBeGreaterThan(3);
  },
);
