import { describe, expect, it } from "vitest";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { type Address, formatAddress } from "../../../src/net/address.ts";
import { htmlPage } from "../../../src/output/formats/html.ts";
import { answerCard } from "../../../src/report/card.ts";
import type { Markup } from "../../../src/report/markup.ts";
import { shownText } from "../../../src/report/markup.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { AnnotatedRouteTable } from "../../../src/routes/annotation.ts";
import { explain } from "../../../src/selection/explain.ts";
import type { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { browserForTests, hasBrowser } from "../browser.ts";
import { largeTable } from "./large-table.ts";

const { show } = browserForTests();

/** The text of a card, as an element's textContent has it. */
function textOf(markup: Markup): string {
  if (markup === null) return "";
  if (typeof markup === "string") return shownText(markup);
  if ("lines" in markup) return markup.lines.join("\n");
  return "tag" in markup ? markup.children.map(textOf).join("") : markup.map(textOf).join("");
}

/** The first and last address of every range, then others at even distances. */
function addressesOf({ table: { routes } }: AnnotatedRouteTable, count: number): readonly Address[] {
  const table = new ForwardingTable(routes);
  const ends = ([4, 6] as const).flatMap((family) =>
    [...table.pieces(family)].flatMap(({ first, last }) => [first, last].map((value) => ({ family, value }))),
  );
  const rest = Array.from(
    { length: Math.max(0, count - ends.length) },
    (_, at): Address =>
      at % 10 === 0
        ? { family: 6, value: (0x2001n << 112n) + (BigInt(at) << 80n) }
        : { family: 4, value: (BigInt(at) * 2_654_435_761n) % (1n << 32n) },
  );
  return [...ends, ...rest].slice(0, Math.max(count, ends.length));
}

function pageFor(annotated: AnnotatedRouteTable, carriedTags: TagCatalogue | null): Promise<string> {
  const { origin } = annotated.table;
  return htmlPage({
    kind: "whichroute",
    report: { schemaVersion: "1.0", explanations: [], routeTable: origin, serviceTagFile: annotated.serviceTagFile },
    view: { explain: false, expand: false, verbose: false },
    page: { tables: [{ label: "", annotated }], carriedTags },
  });
}

/** Types each address, and returns the text of each answer. */
const ANSWERS = `(texts) => {
  const field = document.getElementById("ip");
  const typed = document.getElementById("typed");
  return texts.map((text) => {
    field.value = text;
    field.dispatchEvent(new Event("input"));
    return typed.textContent;
  });
}`;

describe.skipIf(!hasBrowser)("an answer on a page equals that of the command line", () => {
  it.each([
    ["with the service tags of the page", true, 10_000],
    ["without them", false, 6_000],
  ])("%s, both ends of every range among the addresses", async (_, withTags, count) => {
    const { table, tags } = largeTable();
    const annotated = annotateTable(table, tags);
    const addresses = addressesOf(annotated, count);
    const { page } = await show(await pageFor(annotated, withTags ? tags : null));
    const texts = addresses.map(formatAddress);
    const answers = await page.evaluate<string[]>(`(${ANSWERS})(${JSON.stringify(texts)})`);
    const differing = addresses.filter(
      (address, at) => answers[at] !== textOf(answerCard(explain(annotated, address, withTags ? tags : null))),
    );
    expect(differing.map(formatAddress)).toEqual([]);
    expect(new Set(answers).size).toBeGreaterThan(0.9 * count);
  });
});
