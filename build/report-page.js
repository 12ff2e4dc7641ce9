import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { notePackages, packageOf } from "./packages.js";
import { licenceOf } from "./third-party-notices.js";

/** The import that gives the parts of a report's page which are the same in all pages. */
const MODULE = "virtual:report-page";

const FOLDER = join(import.meta.dirname, "../src/report/page");

const hashOf = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** Returns the page's script, bundled into one function without names of its own outside. */
async function script() {
  const bundle = await rolldown({
    input: join(FOLDER, "main.ts"),
    platform: "browser",
    treeshake: { moduleSideEffects: false },
    plugins: [notePackages],
  });
  const { output } = await bundle.generate({ format: "iife", minify: true, comments: false });
  await bundle.close();
  const [{ code, moduleIds }] = output;
  const packages = new Map(
    moduleIds
      .map(packageOf)
      .filter((found) => found !== null)
      .map((found) => [found.id, found]),
  );
  const licences = [...packages.values()].map(licenceOf).join("\n\n").replaceAll("*/", "* /");
  return `/*\n${licences}\n*/\n${code.trim()}`;
}

/** Returns a style sheet without comments and indentation. */
function style(file) {
  return readFileSync(join(FOLDER, file), "utf8")
    .replaceAll(/\/\*.*?\*\//gs, "")
    .replaceAll(/\s*([{};,>])\s*/g, "$1")
    .replaceAll(/:\s+/g, ":")
    .replaceAll(";}", "}")
    .trim();
}

/** Builds the page's script and style, for the program and for tests of its source. */
export const reportPage = {
  name: "report-page",
  resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
  async load(id) {
    if (id !== `\0${MODULE}`) return null;
    const texts = { script: await script(), style: style("style.css"), pathStyle: style("path.css") };
    const parts = Object.entries(texts).map(([name, text]) => {
      if (/<\/(?:script|style)|<!--/i.test(text))
        throw new Error("the page's script or style would end its own element");
      return [name, { text, hash: hashOf(text) }];
    });
    return `export const parts = ${JSON.stringify(Object.fromEntries(parts))};`;
  },
};
