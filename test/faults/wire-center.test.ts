import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { isTagFileError } from "../../src/service-tags/tag-file.ts";
import { isStoreError } from "../../src/store/files/store-error.ts";
import { loadTags } from "../../src/store/tags/kept-tags.ts";
import { updateTags } from "../../src/store/tags/update-tags.ts";
import { LoopbackDownloadCenter, PAGE_PATH } from "../store/download/loopback-download-center.ts";
import { tagText } from "../store/tags/tag-text.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { answerBytes, eachOf, FRAMINGS, type Framing, sendBroken, WIRE_FAULTS } from "./broken-wire.ts";
import { some } from "./length.ts";

const LANES = 8;
let lanes: readonly { readonly center: LoopbackDownloadCenter; readonly cache: string }[] = [];

/** The old tags in the cache of every lane: those with 10.1.0.0/24. */
beforeAll(async () => {
  const starting = Array.from({ length: LANES }, async () => {
    const center = await LoopbackDownloadCenter.start();
    const cache = temporaryDirectory();
    await update(cache, { kind: "arm", text: tagText({ changeNumber: 1, part: 1, prefixes: 1 }) });
    return { center, cache };
  });
  lanes = await Promise.all(starting);
});
afterAll(() => Promise.all(lanes.map(({ center }) => center.stop())));

type Source = Parameters<typeof updateTags>[0]["source"];

function update(cache: string, source: Source, more: { downloadCenter?: string; timeoutMs?: number } = {}) {
  return updateTags({ cache, cloud: "public", source, force: true, ...more });
}

/** The second part of the addresses in the tags of the cache. */
async function partIn(cache: string): Promise<number | null> {
  const { catalogue, notes } = await loadTags(cache, "public");
  if (notes.length > 0) return null;
  return [1, 2].find((part) => (catalogue?.lookup(parseAddress(`10.${part}.0.1`)) ?? []).length > 0) ?? null;
}

const FILE = Buffer.from(tagText({ changeNumber: 2, part: 2, prefixes: 1 }).replace(/\n\s*/g, ""));

/** The response to a request as bytes, and what was requested. */
function answerOf(what: "page" | "file", framing: Framing, center: LoopbackDownloadCenter) {
  const body = what === "file" ? FILE : Buffer.from(`<a href="${center.origin}${center.filePath("Public")}">`);
  return {
    path: what === "file" ? center.filePath("Public") : PAGE_PATH,
    answer: answerBytes(framing, body, gzipSync(body)),
    body,
  };
}

describe.each(["page", "file"] as const)("the Download Center's %s", (what) => {
  describe.each(FRAMINGS)("framed by %s", (framing) => {
    it.each(WIRE_FAULTS)("%s at any byte: an error and the old tags, or the new ones", async (fault) => {
      const seen = new Map<string, number>();
      const length = Math.min(...lanes.map(({ center }) => answerOf(what, framing, center).answer.length));
      const all = Array.from({ length: length + 1 }, (_, at) => at);
      await eachOf(
        some(all, (at) => at === length, 12),
        LANES,
        async (at, lane) => {
          const { center, cache } = lanes[lane] as (typeof lanes)[number];
          const { path, answer, body } = answerOf(what, framing, center);
          center.reset();
          center.files.set("Public", FILE.toString());
          center.answer(path, ({ socket }) => sendBroken(socket, answer, at === length ? answer.length : at, fault));
          const timeoutMs = fault === "stall" ? 60 : 10_000;
          const outcome = await update(
            cache,
            { kind: "download-center" },
            { downloadCenter: center.origin, timeoutMs },
          ).then(
            () => "updated",
            (error) => {
              expect(error).toSatisfy((thrown) => isStoreError(thrown) || isTagFileError(thrown));
              return (error as { code: string }).code;
            },
          );
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
          if (fault === "stall" && at < length) expect(outcome, `stall at ${at}`).toBe("download-timeout");
          expect(await partIn(cache), `${fault} at ${at}: ${outcome}`).toBe(outcome === "updated" ? 2 : 1);
          if (outcome !== "updated") return;
          // A page is complete once its link is. Trailing bytes are ignored.
          if (what === "file") expect(at).toBeGreaterThanOrEqual(Math.min(length, answer.length - body.length));
          await update(cache, { kind: "arm", text: tagText({ changeNumber: 1, part: 1, prefixes: 1 }) });
        },
      );
      console.log(`Download Center, ${what}, ${framing}, ${fault}: ${JSON.stringify(Object.fromEntries(seen))}`);
    });
  });
});
