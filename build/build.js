import { build } from "rolldown";
import bundles from "../rolldown.config.js";
import { compileStartsAtOnce } from "./compiled-at-once.js";

// The same as `rolldown -c`, which lists a hundred files. One after the other: the last has the packages of all.
for (const bundle of bundles) await build(bundle);
try {
  compileStartsAtOnce();
} catch (error) {
  process.stderr.write(`The program is complete, but starts more slowly than it could: ${error.message}\n`);
}
