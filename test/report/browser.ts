import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { scratchDirectory } from "../built-program.ts";
import { run } from "../commands/run-in-process.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser of this machine; "" if it has none. */
const executable = NAMES.map((name) => {
  const { stdout } = spawnSync("command", ["-v", name], { shell: true, encoding: "utf8" });
  return String(stdout ?? "").trim();
}).find((path) => path !== "");

/** Whether the tests in a browser can run. If they cannot, global-setup.ts says so. */
export const hasBrowser = executable !== undefined;

/** A page in a browser, and its requests and errors. */
export interface Shown {
  readonly page: Page;
  /** The URLs that the page requested, except its own. */
  readonly requests: readonly string[];
  /** Errors of its script, and violations of its policy. */
  readonly complaints: readonly string[];
}

/** Opens pages in a headless browser, for the tests of a file. */
export function browserForTests() {
  const scratch = scratchDirectory();
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (executable === undefined) return;
    browser = await chromium.launch({ executablePath: executable, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(async () => {
    await browser?.close();
    scratch.remove();
  });

  const show = async (
    html: string,
    { hash = "", ...options }: BrowserContextOptions & { readonly hash?: string } = {},
  ): Promise<Shown> => {
    if (browser === undefined) throw new Error("no browser");
    const file = join(scratch.path, `${Math.random().toString(36).slice(2)}.html`);
    writeFileSync(file, html);
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => {
      if (request.url().split("#")[0] !== pathToFileURL(file).href) requests.push(request.url());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(pathToFileURL(file).href + hash);
    if (options.javaScriptEnabled !== false && html.includes('id="data"')) {
      await page.waitForSelector("html[data-ready]", { state: "attached" });
    }
    return { page, requests, complaints };
  };
  return {
    show,
    scratch: scratch.path,
    browser: (): Browser => {
      if (browser === undefined) throw new Error("no browser");
      return browser;
    },
  };
}

/** The page that a command line prints. */
export async function pageOf(args: readonly string[], code = 0): Promise<string> {
  const result = await run([...args, "-q"], { columns: 80 });
  if (result.code !== code) throw new Error(`exit ${result.code}: ${result.err}`);
  return result.out;
}

const folder = fileURLToPath(new URL("../../screenshots/", import.meta.url));

/** Saves a screenshot of the page in `screenshots/`, for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
