import { resolve } from "node:path";

const MANIFEST = resolve("package.json");

/** Leaves of package.json what the program shows. A field that is missing would keep the whole object in the bundle. */
export const packageFields = {
  name: "package-fields",
  transform(text, id) {
    if (id !== MANIFEST) return null;
    const { version, homepage, bugs } = JSON.parse(text);
    return JSON.stringify({ version, homepage, bugs });
  },
};
