import { RUNTIME_MODULE_ID } from "rolldown";

/**
 * Puts the bundler's own functions into the file that every start reads. By default they are a file of their own, which
 * takes half a millisecond of each start to find and read.
 */
export const runtimeInStart = {
  name: "runtime-in-start",
  generateBundle(_, bundle) {
    const files = Object.values(bundle).filter(({ type }) => type === "chunk");
    const runtime = files.find(({ moduleIds }) => moduleIds.join() === RUNTIME_MODULE_ID);
    const start = files.find(({ isEntry }) => isEntry);
    if (runtime === undefined) return;
    const path = runtime.fileName.slice(runtime.fileName.lastIndexOf("/"));
    for (const file of files) {
      if (file === start) {
        const own = `(exports=>{${runtime.code}return exports})({})`;
        file.code = `exports.runtime=${own};${file.code.replaceAll(`require("./program${path}")`, "exports.runtime")}`;
      } else {
        file.code = file.code.replaceAll(`require(".${path}")`, `require("../${start.fileName}").runtime`);
      }
    }
    delete bundle[runtime.fileName];
  },
};
