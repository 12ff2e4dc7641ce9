import { describe, expect, it } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import { readRouteTable } from "../../src/routes/read/read-route-table.ts";
import { explain } from "../../src/selection/explain.ts";
import { compileTags } from "../../src/service-tags/index/compile-tags.ts";
import { TagCatalogue } from "../../src/service-tags/tag-catalogue.ts";
import { parseTagFile } from "../../src/service-tags/tag-file.ts";
import { hasSharedData, listShared, readShared } from "../shared-data.ts";

/** Worked examples with known answers, read in place. */
interface Query {
  readonly ip: string;
  readonly winner: {
    readonly nextHopType: string;
    readonly addressPrefix: string | null;
    readonly source: string | null;
    readonly nextHopIpAddress?: string | readonly string[];
    readonly verdict?: "drop" | "platform";
  } | null;
  readonly contested?: boolean;
  readonly tags?: readonly string[];
}

/**
 * Calls contested what docs/route-selection.md has as documented: only endpoints before BGP are disputed, not peerings.
 */
const DOCUMENTED = new Set(["community-bgp-more-specific-peering"]);

const cases = listShared("oracle")
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => {
    const example = JSON.parse(readShared(`oracle/${name}`)) as {
      id: string;
      routes: unknown[];
      queries: readonly Query[];
    };
    return example.queries.map((query) => ({ id: example.id, ip: query.ip, query, routes: example.routes }));
  });

describe.skipIf(!hasSharedData)("every worked example has the known answer", () => {
  const tags = hasSharedData
    ? new TagCatalogue(
        compileTags(
          parseTagFile(
            readShared("data/service-tags/ServiceTags_Public_20231106.json"),
            "ServiceTags_Public_20231106.json",
          ),
        ),
      )
    : null;

  it.each(cases)("$id: $ip", async ({ id, ip, query, routes }) => {
    const table = await readRouteTable(JSON.stringify({ value: routes }), { kind: "file", name: id });
    const answer = explain(annotateTable(table, tags), parseAddress(ip), tags);
    if (query.winner === null) {
      expect(answer.verdict).toBe("no-route");
      expect(answer.winner).toBeNull();
      return;
    }
    expect(answer.verdict).toBe(query.winner.verdict ?? "forward");
    if (answer.verdict === "platform") {
      expect(answer.winner).toBeNull();
    } else {
      expect(answer.winner).toMatchObject({
        nextHopType: query.winner.nextHopType,
        addressPrefix: query.winner.addressPrefix,
        source: query.winner.source,
      });
    }
    const expectedHops = query.winner.nextHopIpAddress;
    if (expectedHops !== undefined) {
      expect([...(answer.winner?.nextHopIpAddress ?? [])].sort()).toEqual([expectedHops].flat().sort());
    }
    if (query.contested === true && !DOCUMENTED.has(id)) expect(answer.certainty).toBe("contested");
    if (query.tags !== undefined) {
      expect(answer.serviceTags.map((tag) => tag.name)).toEqual(expect.arrayContaining([...query.tags]));
    }
  });

  it("there are examples to check", () => {
    expect(cases.length).toBeGreaterThan(0);
  });
});
