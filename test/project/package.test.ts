import { execSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const lockfile = readFileSync(`${root}package-lock.json`, "utf8");

const packed = JSON.parse(execSync("npm pack --dry-run --json --ignore-scripts", { cwd: root, encoding: "utf8" }));
const [{ files, unpackedSize }] = Array.isArray(packed) ? packed : Object.values(packed);

interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe("the package", () => {
  it("holds the program, its declarations and what a package must have, and nothing else", () => {
    expect(unpackedSize).toBeLessThan(3_000_000);
    const kinds = new Set(
      files.map(({ path }: { path: string }) =>
        path
          .replace(/^dist\/library\/[\w.-]+\.js$/, "dist/library/*.js")
          .replace(/^dist\/program\/[\w.-]+\.cjs$/, "dist/program/*.cjs")
          .replace(/^dist\/schemas\/[\w.-]+\.json$/, "dist/schemas/*.json")
          .replace(/^docs\/policies\/[\w.-]+\.yaml$/, "docs/policies/*.yaml")
          .replace(/^docs\/[\w-]+\.md$/, "docs/*.md"),
      ),
    );
    expect([...kinds].sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "bin/package.json",
      "bin/vnet-explain.js",
      "dist/THIRD-PARTY-NOTICES.txt",
      "dist/cli.cjs",
      "dist/compile-cache.cjs",
      "dist/index.d.ts",
      "dist/index.js",
      "dist/library/*.js",
      "dist/program/*.cjs",
      "dist/sbom.cdx.json",
      "dist/schemas/*.json",
      "dist/vnet-explain.1",
      "docs/*.md",
      "docs/policies/*.yaml",
      "docs/report.png",
      "docs/terminal.svg",
      "package.json",
    ]);
  });

  it("has the documents for users, whose links lead to files in the package", () => {
    const names: string[] = files.map(({ path }: { path: string }) => path);
    const documents = names.filter((name) => name.endsWith(".md") && name !== "README.md");
    expect(documents).toContain("docs/library.md");
    const broken = documents.flatMap((document) =>
      [...readFileSync(join(root, document), "utf8").matchAll(/\]\((?!\w+:|#)([^)\s#]+)/g)]
        .map(([, link = ""]) => posix.join(posix.dirname(document), link))
        .filter((target) => !names.some((name) => name === target || name.startsWith(`${target}/`)))
        .map((target) => `${document}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it("has no dependencies at run time and runs nothing when installed", () => {
    expect(Object.keys(manifest).filter((name) => /dependencies$/i.test(name))).toEqual(["devDependencies"]);
    // npm runs these, and builds whatever has a binding.gyp.
    expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
    expect(existsSync(`${root}binding.gyp`)).toBe(false);
  });

  it("names its manual page in a list, for npm links none from a plain text", () => {
    expect(manifest.man).toEqual([expect.stringMatching(/^\.\/dist\/.*\.1$/)]);
    expect(manifest.man.every((page: string) => existsSync(`${root}${page}`))).toBe(true);
  });

  it("pins every package exactly", () => {
    expect(
      Object.values(manifest.devDependencies).filter(
        (version) => !/^(npm:\w+@)?\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(String(version)),
      ),
    ).toEqual([]);
  });

  it("has a lockfile without addresses, in which every package of every platform has its version", () => {
    expect(lockfile).not.toMatch(/"resolved"/);
    const packages: readonly (readonly [string, LockedPackage])[] = Object.entries(JSON.parse(lockfile).packages);
    expect(packages.filter(([, { version }]) => version === undefined)).toEqual([]);
    // npm ci refuses a lockfile that lacks one, if only for another platform.
    const known = new Set(packages.map(([path]) => path.split("node_modules/").at(-1)));
    const missing = packages.flatMap(([path, { dependencies = {}, optionalDependencies = {} }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !known.has(name))
        .map((name) => `${name} of ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it("has chunks that give each other values where a stream calls from one into another for each line", () => {
    const chunks = readdirSync(`${root}dist/program`).filter((name) =>
      /^((net|routes|selection|service-tags|analysis)(-[a-z]+)*|record-stream|stream)-[\w-]{8}\.cjs$/.test(name),
    );
    expect(chunks).not.toEqual([]);
    for (const name of chunks) {
      expect(readFileSync(`${root}dist/program/${name}`, "utf8"), name).not.toContain("defineProperty(exports,");
    }
  });

  it("keeps the Azure SDK and Node's slow modules out of what a start reads", () => {
    const text = readFileSync(`${root}dist/cli.cjs`, "utf8");
    expect(text).not.toMatch(/arm-network|@azure|msal/);
    const modules = [...text.matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)].map(([, name = ""]) => name);
    const loaded = modules.filter((name) => name.startsWith("node:"));
    expect([...new Set(loaded)].sort()).toEqual(["node:events", "node:fs", "node:path", "node:process", "node:util"]);
  });
});
