import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Property tests and real data take seconds on a small machine that does other things too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
