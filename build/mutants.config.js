import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// `npm run mutants` changes one place at a time in the folders below, and lists the changes that no test detects.
// A whole run takes hours; `npm run mutants -- --mutate src/selection/tie.ts` takes one file.

const directory = ".stryker-tmp";

// The tests run in a copy of the project below this directory, and read ../shared from there.
mkdirSync(directory, { recursive: true });
if (existsSync("../shared") && !existsSync(`${directory}/shared`)) symlinkSync("../../shared", `${directory}/shared`);

// Runs that a mutant keeps from ending are killed, and leave files in the temporary directory.
process.env.TMPDIR = mkdtempSync(join(tmpdir(), "vnet-explain-mutants-"));
process.on("exit", () => rmSync(process.env.TMPDIR, { recursive: true, force: true }));

export default {
  mutate: ["src/{selection,net,routes,service-tags,topology,analysis,azure,store,output}/**/*.ts"],
  tsconfigFile: "none", // Stryker would rewrite tsconfig.json with functions that TypeScript 7 does not have.
  testRunner: "vitest",
  vitest: { configFile: "build/mutants.vitest.config.js" },
  coverageAnalysis: "perTest",
  reporters: ["clear-text", "progress-append-only", "html"],
  htmlReporter: { fileName: `${directory}/mutants.html` },
  clearTextReporter: { allowColor: false, logTests: false, reportScoreTable: true },
  tempDirName: directory,
  cleanTempDir: false,
  disableTypeChecks: false,
  dryRunTimeoutMinutes: 60,
  timeoutMS: 20_000,
};
