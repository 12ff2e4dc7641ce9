import { ForwardingTable } from "../../src/analysis/bulk/forwarding-table.ts";
import { parseAddress } from "../../src/net/address.ts";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import { readRouteTable } from "../../src/routes/read/read-route-table.ts";
import { explain } from "../../src/selection/explain.ts";
import { compileTags } from "../../src/service-tags/index/compile-tags.ts";
import { TagCatalogue } from "../../src/service-tags/tag-catalogue.ts";
import { parseTagFile } from "../../src/service-tags/tag-file.ts";
import { largeTable } from "./routes-for-bench.ts";

/** How cost grows with size: the median of five times of each kind of work, in milliseconds. */
export interface Curve {
  readonly over: string;
  readonly work: readonly string[];
  readonly points: readonly { readonly size: number; readonly ms: readonly number[] }[];
}

type Work = () => unknown;

async function timed(work: Work): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}

async function curve(
  over: string,
  work: readonly string[],
  sizes: readonly number[],
  works: (size: number) => Promise<readonly Work[]>,
): Promise<Curve> {
  const points = [];
  for (const size of sizes) {
    const ms: number[] = [];
    for (const each of await works(size)) ms.push(await timed(each));
    points.push({ size, ms });
  }
  return { over, work, points };
}

const origin = { kind: "file", name: "routes.json" } as const;

const overRoutes = () =>
  curve("route prefixes", ["read", "compile", "1,000 decisions"], [10, 100, 1000, 10_000, 100_000], async (size) => {
    const text = JSON.stringify(largeTable(size));
    const { routes } = await readRouteTable(text, origin);
    const forwarding = new ForwardingTable(routes);
    const addresses = Array.from({ length: 1000 }, (_, k) => parseAddress(`20.${k & 127}.${(k * 7) & 255}.9`));
    return [
      () => readRouteTable(text, origin),
      () => new ForwardingTable(routes),
      () => addresses.map((address) => forwarding.select(address)),
    ];
  });

function tagText(prefixes: number): string {
  const lists = Array.from({ length: Math.ceil(prefixes / 30) }, (_, tag) =>
    Array.from({ length: 30 }, (_, k) => {
      const value = 30 * tag + k;
      return `${20 + (value >>> 16)}.${(value >>> 8) & 255}.${value & 255}.0/24`;
    }),
  );
  const values = lists.map((addressPrefixes, tag) => ({
    name: `Tag${tag}`,
    properties: { region: "", addressPrefixes },
  }));
  return JSON.stringify({ changeNumber: 1, cloud: "Public", values }, null, 2);
}

const overTags = () =>
  curve("tag prefixes", ["compile", "1,000 look-ups"], [10, 100, 1000, 10_000, 100_000], async (size) => {
    const text = tagText(size);
    const tags = new TagCatalogue(compileTags(parseTagFile(text, "tags.json")));
    const addresses = Array.from({ length: 1000 }, (_, k) => parseAddress(`20.0.${(k * 7) & 255}.9`));
    return [() => compileTags(parseTagFile(text, "tags.json")), () => addresses.map((address) => tags.lookup(address))];
  });

const overAddresses = () =>
  curve("addresses", ["decide each", "explain each"], [10, 100, 1000, 10_000, 100_000], async (size) => {
    const table = await readRouteTable(JSON.stringify(largeTable(10)), origin);
    const annotated = annotateTable(table, null);
    const forwarding = new ForwardingTable(table.routes);
    const addresses = Array.from({ length: size }, (_, k) => parseAddress(`20.0.${(k * 7) & 255}.${k & 255}`));
    const each = (work: (address: (typeof addresses)[number]) => unknown) => () => {
      for (const address of addresses) work(address);
    };
    return [each((address) => forwarding.select(address)), each((address) => explain(annotated, address, null))];
  });

/** All curves. */
export async function curves(): Promise<readonly Curve[]> {
  return [await overRoutes(), await overTags(), await overAddresses()];
}

/** A curve as text. */
export function curveText({ over, work, points }: Curve): string {
  const head = [over.padStart(14), ...work.map((each) => `${each}, ms`.padStart(20))].join("");
  const lines = points.map(({ size, ms }) =>
    [String(size).padStart(14), ...ms.map((value) => value.toFixed(value < 1 ? 3 : 1).padStart(20))].join(""),
  );
  return [head, ...lines, ""].join("\n");
}
