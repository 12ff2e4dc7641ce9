import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type OutputOptions, type RolldownOptions, rolldown } from "rolldown";
import { beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Component {
  readonly "bom-ref": string;
  readonly purl: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
}

interface BillOfMaterials {
  readonly bomFormat: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const text = readFileSync(`${root}dist/sbom.cdx.json`, "utf8");
const bill: BillOfMaterials = JSON.parse(text);
const names = bill.components.map((component) => component["bom-ref"]);

/** The packages whose modules the bundles hold, read from the modules' paths. */
async function bundled(): Promise<ReadonlySet<string>> {
  const packages = new Set<string>();
  const { default: bundles } = await import(`${root}rolldown.config.js`);
  for (const { output: settings, ...options } of bundles as readonly (RolldownOptions & { output: OutputOptions })[]) {
    const bundle = await rolldown(options);
    const { output } = await bundle.generate(settings);
    for (const module of output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []))) {
      const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module.replaceAll("\\", "/")) ?? [];
      if (folder === undefined) continue;
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      packages.add(`${name}@${version}`);
    }
  }
  return packages;
}

describe("the bill of materials", () => {
  let packages: ReadonlySet<string>;
  beforeAll(async () => {
    packages = await bundled();
  });

  it("names the packages whose modules are bundled, each once, and no other", () => {
    expect([...names].sort()).toEqual([...packages].sort());
    expect(names).toContainEqual(expect.stringMatching(/^@azure\/arm-network@/));
  });

  it("holds no package that the program cannot reach", () => {
    expect(
      names.filter((name) => /^(open|default-browser|wsl-utils|supports-color|semver|@colors\/colors)@/.test(name)),
    ).toEqual([]);
  });

  it("has the hash of each package as the lockfile has it", () => {
    const { packages: locked } = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8"));
    const hashes = new Set(Object.values<{ integrity?: string }>(locked).map(({ integrity }) => integrity));
    for (const { "bom-ref": name, hashes: own } of bill.components) {
      const [hash] = own;
      expect(hashes, name).toContain(`sha512-${Buffer.from(hash?.content ?? "", "hex").toString("base64")}`);
    }
  });

  it("describes this package, and only dependencies between listed packages", () => {
    expect(bill.bomFormat).toBe("CycloneDX");
    const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
    expect(bill.metadata.component).toMatchObject({ name: "vnet-explain", purl: `pkg:npm/vnet-explain@${version}` });
    const listed = new Set([bill.metadata.component["bom-ref"], ...names]);
    const edges = bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(edges.filter((name) => !listed.has(name))).toEqual([]);
  });

  it("holds nothing that differs from one build to the next", () => {
    expect(text).not.toMatch(/serialNumber|timestamp|urn:uuid/);
    expect(text).not.toContain(root);
  });
});
