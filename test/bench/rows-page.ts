import { execFileSync, spawnSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { EMPTY_NODE, emptyNode } from "./command.ts";
import { program } from "./program.ts";
import { largeTable } from "./routes-for-bench.ts";
import type { Contender, Row, Workbench } from "./row.ts";

const PREFIXES = 20_000;

/** Playwright, imported at run time because it cannot be bundled into the bench. */
async function playwright(): Promise<typeof import("playwright-core")> {
  return import(new URL("../../node_modules/playwright-core/index.mjs", import.meta.url).href);
}

/** Writes the table, and returns its path. */
function routesIn({ scratch }: Workbench, prefixes: number): string {
  const routes = join(scratch, `page-${prefixes}.json`);
  writeFileSync(routes, JSON.stringify(largeTable(prefixes)));
  return routes;
}

/** Writes the page of the table, and returns its path. */
function pageIn(bench: Workbench, prefixes: number): string {
  const page = join(bench.scratch, `page-${prefixes}.html`);
  const env = { ...process.env, VNET_EXPLAIN_CACHE: bench.cache };
  execFileSync(process.execPath, [bench.program, "report", routesIn(bench, prefixes), "--out", page, "-q"], { env });
  return page;
}

const written: Row = {
  id: "page-written",
  what: `report, a table of ${PREFIXES} prefixes`,
  unit: "ms",
  rounds: 5,
  limits: [{ of: EMPTY_NODE, reach: 40, bound: 90 }],
  open: async (bench) => {
    const args = ["report", routesIn(bench, PREFIXES), "--out", "-"];
    return { contenders: [program(bench, args, { expect: "<!doctype html>" }), emptyNode()] };
  },
};

function size(prefixes: number, reach: number): Row {
  return {
    id: `page-size-${prefixes}`,
    what: `the page of ${prefixes} prefixes`,
    unit: "MB",
    rounds: 1,
    limits: [{ of: null, reach, bound: reach }],
    open: async (bench) => {
      const value = statSync(pageIn(bench, prefixes)).size / 1e6;
      return { contenders: [{ name: "vnet-explain", sample: async () => ({ value, cpu: null }) }] };
    },
  };
}

/** The milliseconds of `action` in a page that is warmed up. */
const timed = (action: string) => `(() => {
  const use = (id, text) => {
    const field = document.getElementById(id);
    field.value = text;
    field.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
  };
  const times = [];
  for (let at = 0; at < 20; at++) {
    const start = performance.now();
    ${action}
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[10];
})()`;

const DRAWN = "new Promise((done) => requestAnimationFrame(() => done(performance.now())))";

function inBrowser(id: string, what: string, reach: number, bound: number, script: string): Row {
  return {
    id,
    what,
    unit: "ms",
    rounds: 5,
    limits: [{ of: null, reach, bound }],
    async open(bench) {
      const found = spawnSync("command", ["-v", "chromium"], { shell: true, encoding: "utf8" }).stdout.trim();
      if (found === "") return { contenders: [{ name: "a page in Chromium", absent: "no chromium" }] };
      const { chromium } = await playwright();
      const browser = await chromium.launch({ executablePath: found, args: ["--no-sandbox"] });
      const url = pathToFileURL(pageIn(bench, PREFIXES)).href;
      const sample = async () => {
        const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
        await page.goto(url);
        await page.waitForSelector("html[data-ready]", { state: "attached" });
        const value = await page.evaluate<number>(script);
        await page.close();
        return { value, cpu: null };
      };
      const contender: Contender = { name: "a page in Chromium", sample };
      return { contenders: [contender], close: () => browser.close() };
    },
  };
}

/** Rows about the HTML page. */
export const pageRows: readonly Row[] = [
  written,
  size(1448, 0.2),
  size(PREFIXES, 1),
  inBrowser("page-drawn", `the page of ${PREFIXES} prefixes, drawn`, 1500, 6000, DRAWN),
  inBrowser(
    "page-filter",
    "the same, its list filtered",
    100,
    500,
    timed(`use("filter-text", at % 2 === 0 ? "10.1.0.4" : "20.0." + at + ".7");`),
  ),
  inBrowser("page-answer", "the same, an answer while typing", 5, 25, timed(`use("ip", "20.0." + at + ".7");`)),
];
