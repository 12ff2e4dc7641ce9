import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
// @ts-expect-error A module of the build, in JavaScript.
import { openItems } from "../../build/check-release.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

const PAGE = "https://git.invalid/somebody/vnet-explain";
const READY = {
  version: "1.2.3",
  repository: { type: "git", url: `git+${PAGE}.git` },
  bugs: { url: `${PAGE}/issues` },
  homepage: `${PAGE}#readme`,
};
const CHANGELOG = "## [1.2.3] - 2030-01-02\n\n### Added\n\n- all of it\n";

interface Given {
  readonly manifest?: object;
  readonly changelog?: string;
  readonly changes?: string;
  readonly answers?: (address: string) => Promise<boolean>;
}

const open = (given: Given): Promise<string[]> =>
  openItems({ manifest: READY, changelog: CHANGELOG, changes: "", answers: async () => true, ...given });

describe("the release check", () => {
  it("finds nothing open in a package that may be published", async () => {
    expect(await open({})).toEqual([]);
    expect(await open({ changelog: `${CHANGELOG}\n## [1.0.0] - 2029-01-01\n` })).toEqual([]);
    expect(await open({ changelog: `## [Unreleased]\n\n${CHANGELOG}` })).toEqual([]);
  });

  it.each<[string, Given, string]>([
    ["no repository", { manifest: { ...READY, repository: undefined } }, "package.json: repository is not"],
    [
      "an empty one",
      { manifest: { ...READY, repository: { type: "git", url: "" } } },
      "package.json: repository is not",
    ],
    ["one as text", { manifest: { ...READY, repository: PAGE } }, "package.json: repository is not"],
    ["no bugs", { manifest: { ...READY, bugs: undefined } }, `package.json: bugs.url is not ${PAGE}/issues`],
    ["another homepage", { manifest: { ...READY, homepage: "x" } }, `package.json: homepage is not ${PAGE}#readme`],
    ["a remark", { manifest: { "//": "later", ...READY } }, 'package.json: the remark "//" is still there'],
    ["no section", { changelog: "" }, 'CHANGELOG.md: no section "## [1.2.3] - YYYY-MM-DD"'],
    ["no date", { changelog: "## [1.2.3] - unreleased\n" }, 'CHANGELOG.md: no section "## [1.2.3] - YYYY-MM-DD"'],
    [
      "lines left",
      { changelog: `## [Unreleased]\n\n- more\n\n${CHANGELOG}` },
      "CHANGELOG.md: Unreleased still has lines",
    ],
    ["changes", { changes: " M README.md\n" }, "git: there are changes that are not committed"],
    ["a page that is not there", { answers: async (at) => at !== PAGE }, `${PAGE} does not answer`],
  ])("%s is open", async (_, given, item) => {
    expect(await open(given)).toEqual([expect.stringContaining(item)]);
  });

  it("runs before npm publishes", () => {
    expect(manifest.scripts.prepublishOnly).toBe("npm run -s check:release");
    expect(manifest.scripts["check:release"]).toBe("node build/check-release.js");
  });

  it("package.json has whole addresses, or marks them as open and has none", async () => {
    const addresses = ["repository", "bugs", "homepage"].filter((field) => field in manifest);
    if ("//" in manifest) expect(addresses).toEqual([]);
    else expect((await open({ manifest: { ...manifest, version: READY.version } })).join("\n")).toBe("");
  });
});
