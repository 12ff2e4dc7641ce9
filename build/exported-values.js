import { packageOf } from "./packages.js";

/** An export of a chunk, as rolldown writes it. */
const GETTER =
  /Object\.defineProperty\(exports, "([^"]+)", \{\s*enumerable: true,\s*get: function \(\) \{\s*return ([\w$]+);\s*\}\s*\}\);/g;

/**
 * Replaces the getters that chunks export by values, since no export of the program ever changes. With getters, five
 * million lines of `whichroute --ip -` take a third longer (bench row `stream`).
 */
export const exportedValues = {
  name: "exported-values",
  renderChunk(code, { moduleIds }) {
    const own = moduleIds.some((id) => packageOf(id) === null);
    return own ? { code: code.replace(GETTER, "exports.$1 = $2;") } : null;
  },
};
