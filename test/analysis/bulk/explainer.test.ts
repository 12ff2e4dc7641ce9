import fc from "fast-check";
import { expect, test } from "vitest";
import { Explainer } from "../../../src/analysis/bulk/explainer.ts";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { brief, explain } from "../../../src/selection/explain.ts";
import { PLATFORM_ADDRESSES } from "../../../src/selection/select.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

const TAGS = tagsOf({
  AzureCloud: ["10.0.0.0/8", "20.0.0.0/6"],
  "Storage.WestEurope": ["10.0.0.0/24", "20.0.0.0/28", "fd00::/64"],
  Storage: ["10.0.0.0/16", "20.0.0.0/24"],
});

const origin = { kind: "file", name: "routes.json", format: "arm", fetchedAt: null, note: null } as const;

test("an explainer returns the same as explain and brief, also from its cache", { tags: ["slow"] }, () => {
  fc.assert(
    fc.property(anyTable, fc.constantFrom(null, TAGS), (routes, tags) => {
      const annotated = annotateTable({ routes, origin }, tags);
      const explainer = new Explainer(annotated, new ForwardingTable(routes), tags);
      const addresses = [...boundaryAddresses(routes), ...PLATFORM_ADDRESSES];
      for (const address of [...addresses, ...addresses]) {
        const explanation = explain(annotated, address, tags);
        expect(explainer.explain(address)).toEqual(explanation);
        expect(explainer.brief(address)).toEqual(brief(explanation));
      }
    }),
    { numRuns: 50 },
  );
});

test("the sentences of a decision are the same objects for all of its addresses", () => {
  const annotated = annotatedTable("Default 10.0.0.0/16 VnetLocal", "Default 0.0.0.0/0 Internet");
  const explainer = new Explainer(annotated, new ForwardingTable(annotated.table.routes), null);
  const addresses = ["10.0.0.1", "8.8.8.8", "10.0.2.1"].map(parseAddress);
  const [one, other, same] = addresses.map((address) => explainer.explain(address).candidates);
  expect(same).toBe(one);
  expect(other).not.toBe(one);
  const [first, , third] = addresses.map((address) => explainer.brief(address).winner);
  expect(third).toBe(first);
});
