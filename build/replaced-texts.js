/**
 * A class of Unicode in a regular expression of commander's. V8 looks it up at every start, which takes half a
 * millisecond. The options of this program have ASCII names.
 */
const REPLACED = {
  module: /[\\/]commander[\\/]lib[\\/]option\.js$/,
  text: "/\\p{ID_Continue}\\.\\.\\.[>\\]]$/u",
  by: "/\\w\\.\\.\\.[>\\]]$/",
};

/** Replaces that text. A build fails where a new version of the package does not have it. */
export const replacedTexts = {
  name: "replaced-texts",
  transform(code, id) {
    if (!REPLACED.module.test(id)) return null;
    const parts = code.split(REPLACED.text);
    if (parts.length !== 2) this.error(`${REPLACED.text} is not once in ${id}: see build/replaced-texts.js`);
    return parts.join(REPLACED.by);
  },
};
