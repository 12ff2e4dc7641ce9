import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { hasSharedData, sharedRoot } from "./shared-data.ts";

/** Programs that some tests call. Such a test skips itself where its program is missing. */
const PROGRAMS = ["az", "chromium", "fish", "grepcidr", "jq", "openssl", "psql", "script", "sqlite3", "zsh"];

/** The longest that a run may take beyond one test's time limit. */
const MOST_MINUTES = 30;

/** Says in one line what this machine lacks, so that nobody takes a partial run for a whole one. */
function tellWhatIsSkipped(): void {
  const lookup = process.platform === "win32" ? "where" : "command";
  const hasProgram = (name: string) =>
    spawnSync(lookup, lookup === "command" ? ["-v", name] : [name], { shell: true, stdio: "ignore" }).status === 0;
  const missing = PROGRAMS.filter((name) => !hasProgram(name));
  const reasons = [
    ...(hasSharedData ? [] : [`real route tables and tag files (no folder ${sharedRoot})`]),
    ...(missing.length === 0 ? [] : [`these programs: ${missing.join(", ")}`]),
  ];
  if (reasons.length > 0) console.warn(`Some tests are skipped: this machine lacks ${reasons.join(" and ")}.`);
}

/** Ends the run when a test loops without a turn of the event loop, where no time limit of a test can fire. */
function limitTime({ config }: TestProject, remove: () => void): NodeJS.Timeout | undefined {
  if (config.watch) return undefined;
  const most = MOST_MINUTES + Math.ceil(config.testTimeout / 60_000);
  const limit = setTimeout(() => {
    console.error(`\nThe tests have not ended after ${most} minutes: one of them loops. The run is stopped.`);
    spawnSync("pkill", ["-KILL", "-P", String(process.pid)]);
    remove();
    process.exit(1);
  }, most * 60_000);
  return limit.unref();
}

/** Runs once before all tests. Returns what runs after them. */
export default function setup(project: TestProject): () => void {
  const directory = project.config.env.TMPDIR ?? "";
  // Tests run the program as other users, too, who must be able to pass through.
  mkdirSync(directory, { mode: 0o755 });
  const remove = () => rmSync(directory, { recursive: true, force: true });
  tellWhatIsSkipped();
  const limit = limitTime(project, remove);
  return () => {
    clearTimeout(limit);
    remove();
  };
}
