import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { updateTags } from "../../src/store/tags/update-tags.ts";
import { hasSharedData, sharedPath } from "../shared-data.ts";
import { generatedTagFile } from "./generated-tags.ts";
import type { Workbench } from "./row.ts";

const REAL = "data/service-tags/ServiceTags_Public_20251110.json";

/** The origin of the data, for the heading. */
export const DATA = hasSharedData
  ? `real: ${REAL}`
  : "generated, of the size and shape of Microsoft's file of 2025-11-10";

/** Sets up everything that the rows share. */
export async function openWorkbench(): Promise<Workbench & { close(): void }> {
  const scratch = mkdtempSync(join(tmpdir(), "vnet-explain-bench-"));
  let tagFile = sharedPath(REAL);
  if (!hasSharedData) {
    tagFile = join(scratch, "ServiceTags_Public_20251110.json");
    writeFileSync(tagFile, generatedTagFile());
  }
  const cache = join(scratch, "cache");
  await updateTags({ cache: join(cache, "vnet-explain"), cloud: "public", source: { kind: "file", path: tagFile } });
  return {
    program: fileURLToPath(new URL("../../bin/vnet-explain.js", import.meta.url)),
    scratch,
    tagFile,
    cache,
    close: () => rmSync(scratch, { recursive: true, force: true }),
  };
}
