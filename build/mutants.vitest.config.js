import { defineConfig } from "vitest/config";
import { reportPage } from "./report-page.js";

// Tests of the built program cannot see mutants. Long tests would run for each of thousands of mutants.
export default defineConfig({
  plugins: [reportPage],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [
      "test/{bench,fuzz,faults,project}/**",
      "**/*.e2e.test.ts",
      "**/{azure-cli,completion,growth,grepcidr,large-tables,tls}.test.ts",
    ],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
