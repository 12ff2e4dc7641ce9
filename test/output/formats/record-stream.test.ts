import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerRuns } from "../../../src/analysis/bulk/answer-runs.ts";
import { Explainer } from "../../../src/analysis/bulk/explainer.ts";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import type { RecordRun } from "../../../src/analysis/bulk/record-run.ts";
import { type Address, toWords } from "../../../src/net/address.ts";
import { AddressBatch, BATCH_SIZE } from "../../../src/net/address-batch.ts";
import { type FormatName, formatEntry, formatsOf } from "../../../src/output/formats/formats.ts";
import { printRecords } from "../../../src/output/formats/record-stream.ts";
import { EXPLANATION_COLUMNS, explanationRows } from "../../../src/output/results/explanations.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute } from "../../../src/routes/effective-route.ts";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import { explain } from "../../../src/selection/explain.ts";
import type { BriefAnswer, Explanation } from "../../../src/selection/explanation.ts";
import { PLATFORM_ADDRESSES } from "../../../src/selection/select.ts";
import type { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { sharedCatalogue } from "../../service-tags/shared-tags.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";
import { hasSharedData, listShared, readShared } from "../../shared-data.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

type Answer = Explanation | BriefAnswer;

const origin = { kind: "file", name: "routes.json", format: "arm", fetchedAt: null, note: null } as const;

async function streamOf(format: FormatName) {
  const { stream } = await formatEntry(format).load();
  if (stream === undefined) throw new Error(`${format} cannot print a stream`);
  return stream;
}

/** The output for the pieces of a stream. */
async function printed(pieces: Iterable<Iterable<Answer | RecordRun<Answer>>>, format: FormatName): Promise<string> {
  const capture = new Capture();
  async function* stream() {
    yield* pieces;
  }
  const kind = {
    list: "explanations",
    columns: EXPLANATION_COLUMNS,
    rows: explanationRows,
    rest: { routeTable: origin },
  };
  await printRecords(stream(), kind, await streamOf(format), (await openTerminal(capture)).stdout);
  return capture.out;
}

/** The addresses as runs, in one batch that is refilled. */
function* runsOf(addresses: readonly Address[], run: (batch: AddressBatch) => RecordRun<Explanation, BriefAnswer>) {
  const batch = new AddressBatch();
  for (let from = 0; from < addresses.length; from += BATCH_SIZE) {
    const some = addresses.slice(from, from + BATCH_SIZE);
    for (const [at, address] of some.entries()) {
      batch.family[at] = address.family;
      toWords(address, batch.words, 4 * at);
    }
    batch.count = some.length;
    yield run(batch);
  }
}

/** The same addresses printed as runs, and one by one from `explain`. */
async function bothWays(
  routes: readonly EffectiveRoute[],
  tags: TagCatalogue | null,
  addresses: readonly Address[],
  format: FormatName,
) {
  const annotated = annotateTable({ routes, origin }, tags);
  const forwarding = new ForwardingTable(routes);
  const run = answerRuns(new Explainer(annotated, forwarding, tags), forwarding, tags);
  return {
    asRuns: await printed([runsOf(addresses, run)], format),
    oneByOne: await printed([addresses.map((address) => explain(annotated, address, tags))], format),
  };
}

const TAGS = tagsOf({
  AzureCloud: ["10.0.0.0/8", "20.0.0.0/6"],
  "Storage.WestEurope": ["10.0.0.0/24", "20.0.0.0/28", "fd00::/64"],
  Storage: ["10.0.0.0/16", "20.0.0.0/24", "10.0.0.240/28"],
});

const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  fc.bigInt(0n, (1n << 32n) - 1n).map((value) => ({ family: 4, value }) as const),
  fc.bigInt(0n, (1n << 128n) - 1n).map((value) => ({ family: 6, value }) as const),
);

describe("a run of addresses has the same output as its records one by one", () => {
  it.each(formatsOf())("%s", async (format) => {
    await fc.assert(
      fc.asyncProperty(anyTable, fc.constantFrom(null, TAGS), fc.array(anyAddress), async (routes, tags, some) => {
        const addresses = [...boundaryAddresses(routes), ...PLATFORM_ADDRESSES, ...some];
        const { asRuns, oneByOne } = await bothWays(routes, tags, addresses, format);
        expect(asRuns).toBe(oneByOne);
      }),
      { numRuns: format === "yaml" ? 3 : 25 },
    );
  });

  it("records longer than a write, and more classes than are cached, have the same output too", {
    tags: ["slow"],
  }, async () => {
    const route = (name: string, prefix: string) => ({
      name,
      source: "User",
      state: "Active",
      addressPrefix: [prefix],
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: ["10.0.0.4"],
    });
    const long = "x".repeat(400_000);
    const rows = Array.from({ length: 40 }, (_, at) => route(`${long}${at}`, `10.${at}.0.0/16`));
    const { routes } = await readRouteTable(JSON.stringify({ value: rows }), origin);
    const addresses = Array.from(
      { length: 80 },
      (_, at) => ({ family: 4, value: BigInt(0x0a000001 + (at % 40) * 65_536) }) as const,
    );
    const { asRuns, oneByOne } = await bothWays(routes, null, addresses, "tsv");
    expect(asRuns === oneByOne).toBe(true);
  });
});

describe("a table of records that arrive one by one", () => {
  const kind = { list: "items", columns: ["name", "nextHop"], rows: (row: readonly string[]) => [row], rest: {} };
  const table = async (pieces: readonly (readonly (readonly string[])[])[], breaksOff = false) => {
    const capture = new Capture();
    async function* stream() {
      yield* pieces;
      if (breaksOff) throw new RangeError("the input broke off");
    }
    const done = printRecords(stream(), kind, await streamOf("table"), (await openTerminal(capture)).stdout);
    if (breaksOff) await expect(done).rejects.toThrow(RangeError);
    else await done;
    return capture.out;
  };

  it.each([
    [
      "is aligned over all that come together, wide characters too",
      [
        [
          ["a", "x"],
          ["日本語", "y"],
          ["long name", "z"],
        ],
      ],
      ["NAME       NEXT HOP", "a          x", "日本語     y", "long name  z"],
    ],
    [
      "widens where wider cells come later",
      [
        [["a", "x"]],
        [
          ["long name", "y"],
          ["b", "z"],
        ],
      ],
      ["NAME  NEXT HOP", "a     x", "long name  y", "b          z"],
    ],
    ["has its heading though nothing came", [], ["NAME  NEXT HOP"]],
  ])("%s", async (_, pieces, lines) => {
    expect(await table(pieces)).toBe(`${lines.join("\n")}\n`);
  });

  it("prints the records before the input fails, and nothing without any", async () => {
    expect(await table([[["a", "x"]]], true)).toBe("NAME  NEXT HOP\na     x\n");
    expect(await table([], true)).toBe("");
  });

  it("holds back a limited number of lines, even if many arrive together", async () => {
    const row = (at: number) => (at === 4500 ? ["long name", "y"] : ["a", "x"]);
    const out = await table([Array.from({ length: 5000 }, (_, at) => row(at))]);
    expect(out.split("\n")).toHaveLength(5002);
    expect(out).toMatch(/^NAME {2}NEXT HOP\na {5}x\n/);
    expect(out).toMatch(/\na {10}x\nlong name {2}y\na {10}x\n/);
  });
});

describe("records are written", () => {
  const kind = { list: "items", columns: ["name"], rows: (name: string) => [[name]], rest: {} };

  it.each<[format: FormatName, before: readonly string[]]>([
    ["csv", ["", "name\r\na\r\n", "name\r\na\r\nb\r\nc\r\n"]],
    ["table", ["", "NAME\na\n", "NAME\na\nb\nc\n"]],
    ["short", ["", "a\n", "a\nb\nc\n"]],
    ["ndjson", ["", '"a"\n', '"a"\n"b"\n"c"\n']],
    ["yaml", ["", ...['schemaVersion: "1.0"\nitems:\n  - a\n'].flatMap((a) => [a, `${a}  - b\n  - c\n`])]],
  ])("as %s before the next input is read", async (format, before) => {
    const capture = new Capture();
    const written: string[] = [];
    async function* stream() {
      for (const piece of [["a"], ["b", "c"], []]) {
        written.push(capture.out);
        yield piece;
      }
    }
    await printRecords(stream(), kind, await streamOf(format), (await openTerminal(capture)).stdout);
    expect(written).toEqual(before);
  });

  it("in pieces of 64 kilobytes, also if many arrive together", async () => {
    const { stdout } = await openTerminal(new Capture());
    const sizes: number[] = [];
    const counting = { ...stdout, write: (bytes: string | Uint8Array) => sizes.push(bytes.length) };
    async function* stream() {
      yield Array(3000).fill("x".repeat(63));
    }
    await printRecords(stream(), kind, await streamOf("tsv"), counting as unknown as typeof stdout);
    expect(sizes).toEqual([64 * 1024, 64 * 1024, 3000 * 64 - 2 * 64 * 1024]);
  });
});

describe.skipIf(!hasSharedData)("the same with real tables and all service tags", { tags: ["slow"] }, () => {
  const tags = hasSharedData ? sharedCatalogue("ServiceTags_Public_20251110.json") : null;

  /** Two addresses of every nth prefix of the tags, and as many random ones. */
  const addresses = [...(tags?.tags() ?? [])]
    .flatMap(({ prefixes }) => prefixes)
    .filter((_, at) => at % 37 === 0)
    .flatMap(({ family, first, length }, at) => [
      { family, value: first },
      { family: 4, value: BigInt(Math.imul(at, 0x9e3779b1) >>> 0) } as const,
      { family, value: first | (length < 24 ? 77n : 0n) },
    ]);

  it.each(
    listShared("data/captures").flatMap((name) =>
      (["tsv", "csv", "ndjson"] as const).map((format) => ({ name, format })),
    ),
  )("$name as $format", async ({ name, format }) => {
    const { routes } = await readRouteTable(
      readShared(`data/captures/${name}`).replaceAll("<PUBLIC_IP>", "0.0.0.0"),
      origin,
    );
    const { asRuns, oneByOne } = await bothWays(routes, tags, addresses, format);
    expect(asRuns.length).toBeGreaterThan(addresses.length);
    expect(asRuns === oneByOne).toBe(true);
  });
});
