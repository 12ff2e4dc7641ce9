import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
// @ts-expect-error: a plugin without types
import { reportPage } from "./build/report-page.js";

/** The temporary directory of this run alone, which test/global-setup.ts makes and removes. */
const directory = join(tmpdir(), `vnet-explain-tests-${randomUUID()}`);

export default defineConfig({
  plugins: [reportPage],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/global-setup.ts",
    env: { TMPDIR: directory, TEMP: directory, TMP: directory },
    // Vitest leaves one core to itself, and would use one of two.
    maxWorkers: "100%",
    tags: [{ name: "slow", description: "Takes a third of a second or more. `npm run test:fast` leaves it out." }],
    // Property tests and real data take seconds on a small machine that does other things too.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
