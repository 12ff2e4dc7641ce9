import { execSync } from "node:child_process";
import { bundledPackages } from "./packages.js";

/** Returns npm's bill of materials of the whole lockfile, in CycloneDX. https://cyclonedx.org/docs/1.5/json/ */
function locked() {
  const text = execSync("npm sbom --sbom-format=cyclonedx --sbom-type=application --include=dev --package-lock-only", {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(text);
}

/**
 * Writes the package's bill of materials: npm's, reduced to bundled packages, without fields that differ between
 * builds.
 */
export const billOfMaterials = {
  name: "bill-of-materials",
  generateBundle() {
    const { serialNumber: _, metadata, components, dependencies, ...bill } = locked();
    const { component } = metadata;
    const name = component["bom-ref"].replace(/@[^@]*$/, ""); // npm names the package after its directory
    const bundled = new Set(bundledPackages().map(({ id }) => id));
    const missing = [...bundled].filter((id) => !components.some((each) => each["bom-ref"] === id));
    if (missing.length > 0) throw new Error(`npm sbom does not list ${missing.join(", ")}`);
    const listed = new Set([component["bom-ref"], ...bundled]);
    const source = {
      ...bill,
      metadata: { lifecycles: [{ phase: "build" }], component: { ...component, name } },
      // Every package is a development dependency, and bundled.
      components: components
        .filter((each) => bundled.has(each["bom-ref"]))
        .map(({ properties, ...each }) => ({ ...each, scope: "required" })),
      dependencies: dependencies
        .filter(({ ref }) => listed.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((id) => bundled.has(id)) })),
    };
    this.emitFile({ type: "asset", fileName: "sbom.cdx.json", source: `${JSON.stringify(source)}\n` });
  },
};
