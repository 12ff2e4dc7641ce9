import { rmSync } from "node:fs";
import { build } from "rolldown";
import { dts } from "rolldown-plugin-dts";

// Bundles the declarations that the compiler wrote into one file: a package of few files installs fast.
await build({
  input: { index: "dist/types/index.d.ts" },
  plugins: [dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false })],
  output: { dir: "dist", format: "esm" },
});
rmSync("dist/types", { recursive: true });
