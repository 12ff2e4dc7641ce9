// Lets Node run the TypeScript of this project as it stands: node --import ./test/fuzz/typescript.js FILE.ts
import { register } from "node:module";

register("./typescript-hooks.js", import.meta.url);
