import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerRuns } from "../../../src/analysis/bulk/answer-runs.ts";
import { Explainer } from "../../../src/analysis/bulk/explainer.ts";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import type { Detail } from "../../../src/analysis/bulk/record-run.ts";
import { type Address, parseAddress, toWords } from "../../../src/net/address.ts";
import { AddressBatch, BATCH_SIZE } from "../../../src/net/address-batch.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute } from "../../../src/routes/effective-route.ts";
import { brief, explain } from "../../../src/selection/explain.ts";
import { PLATFORM_ADDRESSES } from "../../../src/selection/select.ts";
import type { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

const TAGS = tagsOf({
  AzureCloud: ["10.0.0.0/8", "20.0.0.0/6"],
  Storage: ["20.0.0.0/24", "40.0.0.0/24", "fd00::/64"],
  "Storage.WestEurope": ["20.0.0.0/28"],
});

const origin = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null } as const;

function batchOf(addresses: readonly Address[]): AddressBatch {
  const batch = new AddressBatch();
  for (const [at, address] of addresses.entries()) {
    batch.family[at] = address.family;
    toWords(address, batch.words, 4 * at);
  }
  batch.count = addresses.length;
  return batch;
}

function runOf(routes: readonly EffectiveRoute[], tags: TagCatalogue | null) {
  const annotated = annotateTable({ routes, origin }, tags);
  const table = new ForwardingTable(routes);
  const run = answerRuns(new Explainer(annotated, table, tags), table, tags);
  return { annotated, run };
}

const withoutAddress = (answer: object) => JSON.stringify({ ...answer, destination: null });

describe("the answers for a batch of addresses", () => {
  it("are those of each address by itself, and addresses of one class differ in the address alone", () => {
    fc.assert(
      fc.property(anyTable, fc.constantFrom(null, TAGS), (routes, tags) => {
        const { annotated, run } = runOf(routes, tags);
        const addresses = [...boundaryAddresses(routes), ...PLATFORM_ADDRESSES].slice(0, BATCH_SIZE);
        const answers = run(batchOf(addresses));
        expect([...answers.all("record")]).toEqual(addresses.map((address) => explain(annotated, address, tags)));
        expect([...answers.all("row")]).toEqual(addresses.map((address) => brief(explain(annotated, address, tags))));
        for (const detail of ["record", "row"] as const) {
          const byClass = new Map<string, string>();
          for (const [at, number] of answers.classes(detail).slice(0, addresses.length).entries()) {
            const address = addresses[at];
            if (address === undefined) throw new RangeError("more classes than addresses");
            // A text names the family too.
            const key = `${address.family} ${number}`;
            const text = withoutAddress(answers.get(detail, at));
            expect(text).toBe(byClass.get(key) ?? text);
            byClass.set(key, text);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  const ROUTES = [
    "Default 10.0.0.0/16 VnetLocal",
    "Default 0.0.0.0/0,::/0 Internet",
    "User 30.0.0.0/8 VirtualAppliance 30.0.0.4",
  ];
  const classesOf = (detail: Detail, tags: TagCatalogue | null, ...texts: readonly string[]) => {
    const { run } = runOf(ROUTES.map(row), tags);
    return [
      ...run(batchOf(texts.map(parseAddress)))
        .classes(detail)
        .slice(0, texts.length),
    ];
  };

  it.each<[string, Detail, TagCatalogue | null, string, string, boolean]>([
    ["another route", "row", null, "10.0.0.1", "10.1.0.1", false],
    ["another route", "record", null, "10.0.0.1", "10.1.0.1", false],
    ["the same route", "row", null, "8.8.8.8", "9.9.9.9", true],
    ["the same route", "record", null, "8.8.8.8", "9.9.9.9", true],
    ["the same route, private and public", "row", null, "11.0.0.1", "192.168.0.1", true],
    ["the same route, private and public, which have other notes", "record", null, "11.0.0.1", "192.168.0.1", false],
    ["the same route, reserved", "record", null, "11.0.0.1", "192.0.2.1", false],
    ["the appliance itself", "row", null, "30.0.0.4", "30.0.0.5", true],
    ["the appliance itself, which has a note", "record", null, "30.0.0.4", "30.0.0.5", false],
    ["a more specific tag", "row", TAGS, "20.0.0.1", "20.0.0.17", false],
    ["a more specific tag", "record", TAGS, "20.0.0.1", "20.0.0.17", false],
    ["a tag and none", "row", TAGS, "20.0.0.17", "9.9.9.9", false],
    ["the same tag", "row", TAGS, "20.0.0.17", "20.0.0.200", true],
    ["the same tag, beside others", "row", TAGS, "20.0.0.17", "40.0.0.1", true],
    ["the same tag, beside others", "record", TAGS, "20.0.0.17", "40.0.0.1", false],
    ["IPv6 of one route", "row", null, "2001:db8::1", "2001:db9::1", true],
    ["IPv6 of a tag and none", "record", TAGS, "fd00::1", "fd00:0:0:1::1", false],
  ])("have one class or two: %s, for a %s", (_, detail, tags, one, other, same) => {
    const [first, second] = classesOf(detail, tags, one, other);
    expect(first === second).toBe(same);
  });

  it("are compiled once for each detail, and hold for the next batch", () => {
    const { run } = runOf(ROUTES.map(row), null);
    const [one, other] = [["10.0.0.1", "8.8.8.8"], ["8.8.4.4"]].map((texts) => batchOf(texts.map(parseAddress)));
    if (one === undefined || other === undefined) throw new RangeError("two batches");
    const [, before] = run(one).classes("row");
    expect(run(other).classes("row")[0]).toBe(before);
    expect(run(other).classes("row")).toBe(run(one).classes("row"));
    expect(run(other).classes("record")).not.toBe(run(one).classes("row"));
  });
});
