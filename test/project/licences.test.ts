import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const lockfile: { packages: Record<string, { version?: string; hasInstallScript?: boolean }> } = JSON.parse(
  readFileSync(`${root}package-lock.json`, "utf8"),
);

/** What was bundled, with the licence that each package names and the text that goes along. */
const bundled = readFileSync(`${root}dist/THIRD-PARTY-NOTICES.txt`, "utf8")
  .split(`\n${"-".repeat(80)}\n\n`)
  .flatMap((entry) => {
    const [heads = ""] = entry.split("\n\n", 1);
    return heads.split("\n").map((head) => {
      const [, name = "", version = "", licence = ""] = /^(.+)@([^@ ]+) \((.+)\)$/.exec(head) ?? [];
      return { name, version, licence, text: entry.slice(heads.length) };
    });
  });

const PERMISSIVE = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT"];
/** docs/decisions/product.md says why. Its licence requires that recipients learn where its source is. */
const WITH_SOURCE = ["@jmespath-community/jmespath"];

it("every bundled package brings the text of its licence", () => {
  expect(bundled.length).toBeGreaterThan(10);
  for (const { name, text } of bundled) {
    expect(name).not.toBe("");
    expect(text, name).toMatch(/permission|redistribut|licen[cs]e/i);
    expect(text.length, name).toBeGreaterThan(400);
  }
});

it("every licence is a permissive one, but for those that ask for their source to be named, and it is", () => {
  const others = bundled.filter(({ licence }) => !PERMISSIVE.includes(licence));
  expect(others.map(({ name }) => name)).toEqual(WITH_SOURCE);
  for (const { name, version, text } of others)
    expect(text).toContain(`Source: https://www.npmjs.com/package/${name}/v/${version}`);
});

it("every bundled package is the one in the lockfile, and runs nothing when installed", () => {
  for (const { name, version } of bundled) {
    const locked = Object.entries(lockfile.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
    const found = locked.find(([, each]) => each.version === version);
    expect(found, `${name}@${version}`).toBeDefined();
    expect(found?.[1].hasInstallScript ?? false, name).toBe(false);
  }
});
