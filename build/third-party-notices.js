import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundledPackages } from "./packages.js";

/** Licences that also require the location of the source (MPL 2.0, section 3.2). */
const ASKS_FOR_SOURCE = /^MPL-/;

/** Returns a package's name and licence text. @throws for a package without one. */
export function licenceOf({ id, folder, license }) {
  return [`${id} (${license})`, readFileSync(join(folder, licenceFile(id, readdirSync(folder))), "utf8").trim()].join(
    "\n\n",
  );
}

function licenceFile(id, files) {
  const licence = files.find((file) => /^(licen[cs]e|copying)([.-]|$)/i.test(file));
  if (licence === undefined) throw new Error(`${id} has no licence text`);
  return licence;
}

/**
 * Returns a package's licence and notice verbatim. @throws for a package without a licence text: it must not be
 * bundled.
 */
function textsOf({ id, folder, name, version, license }) {
  const files = readdirSync(folder);
  const licence = licenceFile(id, files);
  const notice = files.find((file) => /^notice(\.|$)/i.test(file));
  const texts = [licence, ...(notice === undefined ? [] : [notice])];
  const source = `Source: https://www.npmjs.com/package/${name}/v/${version}`;
  return [
    ...(ASKS_FOR_SOURCE.test(license) ? [source] : []),
    ...texts.map((file) => readFileSync(join(folder, file), "utf8").trim()),
  ].join("\n\n");
}

/**
 * Writes one text with the licences of all bundled packages, since bundling distributes them. Packages with the same
 * text share one entry.
 */
export const thirdPartyNotices = {
  name: "third-party-notices",
  generateBundle() {
    const heads = new Map();
    for (const found of bundledPackages()) {
      const texts = textsOf(found);
      heads.set(texts, [...(heads.get(texts) ?? []), `${found.id} (${found.license})`]);
    }
    const entries = [...heads].map(([texts, ids]) => `${ids.join("\n")}\n\n${texts}\n`);
    this.emitFile({
      type: "asset",
      fileName: "THIRD-PARTY-NOTICES.txt",
      source: entries.join(`\n${"-".repeat(80)}\n\n`),
    });
  },
};
