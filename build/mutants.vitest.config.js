import { defineConfig } from "vitest/config";
import { reportPage } from "./report-page.js";

// Tests of the built program cannot see mutants. Long tests, such as those in a browser, would run for each of
// thousands of mutants. A thread cannot change its directory, as the tests of report do.
export default defineConfig({
  plugins: [reportPage],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [
      "test/{bench,fuzz,faults,project}/**",
      "test/{report/page,commands/report}/**",
      "**/*.e2e.test.ts",
      "**/{azure-cli,completion,growth,grepcidr,large-tables,tls}.test.ts",
    ],
    strictTags: false, // Slow tests count too.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
